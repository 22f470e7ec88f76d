package ingest

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// sumRows remembers the rows of a table without key that stay, and counts those that an earlier file of the
// table holds too: deliveries overlap. Of periods it also counts those that stand twice in one file.
func (t *tableReading) sumRows(b *batch) {
	file := uint64(len(t.parts))
	for i, sum := range b.keys {
		if t.drop[i] {
			continue
		}
		switch e := t.keys.find(sum); {
		case e == nil:
			t.keys.add(entry{key: sum, check: file})
		case e.check != file || t.plan.periods():
			t.repeats.add(b.lines[i])
		}
	}
}

// maxSpellings bounds the locations that are compared; no pilot has as many.
const maxSpellings = 2000

// spelling is a location as a file writes it, with the first row that does.
type spelling struct {
	Text string `json:"text"`
	Line int64  `json:"line"`
}

// noteLocation remembers how a location is written.
func (r *rowParser) noteLocation(text []byte, line int64) {
	if bytes.Equal(text, r.lastLocation) || len(r.locations) > maxSpellings {
		return
	}
	r.lastLocation = append(r.lastLocation[:0], text...)
	if first, seen := r.locations[string(text)]; !seen || line < first {
		r.locations[string(text)] = line
	}
}

// spellings gathers the locations of a file; nil where there are too many to be locations.
func spellings(parsers []*rowParser) []spelling {
	first := map[string]int64{}
	for _, r := range parsers {
		for text, line := range r.locations {
			if l, seen := first[text]; !seen || line < l {
				first[text] = line
			}
		}
	}
	out := []spelling{}
	if len(first) > maxSpellings {
		return out
	}
	for text, line := range first {
		out = append(out, spelling{text, line})
	}
	slices.SortFunc(out, func(a, b spelling) int { return cmp.Or(cmp.Compare(a.Line, b.Line), strings.Compare(a.Text, b.Text)) })
	return out
}

// compareLocations finds the locations of all files that differ only in capitals, blanks, dashes and dots.
func (r *reading) compareLocations() {
	type group struct {
		texts []string
		w     Warning
	}
	groups := map[string]*group{}
	var order []*group
	for _, p := range r.parts {
		for _, s := range p.Locations {
			key := foldName([]byte(s.Text))
			g := groups[key]
			if g == nil {
				g = &group{w: Warning{Check: LocationSpelling, Severity: WarningLevel, Table: p.Account.Table, Field: "location"}}
				groups[key] = g
				order = append(order, g)
			}
			if !slices.Contains(g.texts, s.Text) {
				g.texts = append(g.texts, s.Text)
				if g.w.Count++; len(g.w.Places) < maxPlaces {
					g.w.Places = append(g.w.Places, Place{File: p.Account.File, Line: s.Line, Value: s.Text})
				}
			}
		}
	}
	for _, g := range order {
		if len(g.texts) > 1 {
			r.result.Warnings = append(r.result.Warnings, g.w)
		}
	}
}
