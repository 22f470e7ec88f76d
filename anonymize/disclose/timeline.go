package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/day"
)

// span is what one count covers: the days from From up to but not including Until.
type span struct {
	from, until day.Day
	cell        int
	early       bool // its period began before the pilot, and nothing is taken to have been counted then
	aside       bool // it is no figure of a report
}

// always stands for the pilot's start where that is not known.
const always = day.Day(-1 << 30)

// timeline is one count over time: a cell for what it counted in each piece of it.
type timeline struct {
	name    string
	protect bool // it is by a characteristic
	grows   bool // it is cumulative
	spans   []span
	late    []span           // those that end some days before the reference date
	asOf    map[day.Day]bool // edges at which a report was published
	matured map[day.Day]bool // the ends of the late ones
	extra   []day.Day        // edges of others
	beside  []span           // days of which others are told, and with them that they are what this one is divided into or divides
	edges   []day.Day
	start   day.Day // of cumulative counts
	pieces  []int   // -> cell; nil where the reports contradict each other, -1 where none tells of the piece
}

// link divides the days that the spans cover into the pieces that they have in common, and says of every span that it is
// the sum of its pieces. What fell in a piece is a count that a reader may be able to compute; protect says that those that two
// reports enclose are to be protected.
func (t *timeline) link(s *system, protect bool) {
	if len(t.spans) == 0 {
		return
	}
	_, agree := t.heights(s)
	for _, doubtful := range []func(sp span) bool{func(sp span) bool { return sp.aside }, func(sp span) bool { return sp.early }} {
		if !agree {
			t.spans = slices.DeleteFunc(t.spans, doubtful)
			_, agree = t.heights(s)
		}
	}
	if !agree {
		return // the reports contradict each other, so nothing adds up
	}
	own := daysOf(t.spans)
	for _, sp := range slices.Backward(t.late) {
		t.spans = append(t.spans, sp)
		if _, agree := t.heights(s); !agree { // corrected, and the share is as it was
			t.spans = t.spans[:len(t.spans)-1]
		}
	}
	height, _ := t.heights(s)
	pieces := make([]int, len(t.edges)-1)
	for i := range pieces {
		pieces[i] = -1
	}
	for _, sp := range t.spans {
		i := slices.Index(t.edges, sp.from)
		if t.edges[i+1] != sp.until {
			continue
		}
		if pieces[i] < 0 {
			pieces[i] = sp.cell
		} else if pieces[i] != sp.cell {
			s.sum([]cells.Term{{Cell: pieces[i], Coef: -1}, {Cell: sp.cell, Coef: 1}})
		}
	}
	for i := range pieces {
		from, until := t.edges[i], t.edges[i+1]
		covers := func(sp span) bool { return sp.from <= from && until <= sp.until }
		if pieces[i] < 0 && (slices.ContainsFunc(t.spans, covers) || slices.ContainsFunc(t.beside, covers)) {
			pieces[i] = s.implied(growthName(t.name, from, until), height[until].less(height[from]), protect && t.enclosed(from, until))
		}
	}
	t.pieces = pieces
	for _, sp := range t.spans {
		if of, _ := t.between(sp.from, sp.until); len(of) > 1 {
			s.addsUp(sp.cell, of)
		}
	}
	if protect && t.protect {
		t.protectGrowth(s, own, height)
		t.protectGrowth(s, daysOf(t.late), height)
	}
}

// enclosed reports whether what fell between two days is protected: it is by a characteristic, and readers subtract what
// was published up to the one from what was up to the other.
func (t *timeline) enclosed(from, until day.Day) bool {
	return t.protect && (t.asOf[until] && (from == t.start || t.asOf[from]) || t.matured[until] && (from == t.start || t.matured[from]))
}

// protectGrowth protects what was added between the days of two reports and is no single piece: the next one's, and, of a cumulative
// count, the last one's, whatever lies in between.
func (t *timeline) protectGrowth(s *system, own []day.Day, height map[day.Day]level) {
	for i, from := range own[:max(len(own)-1, 0)] {
		untils := []day.Day{own[i+1]}
		if last := own[len(own)-1]; t.grows && from != t.start && own[i+1] != last {
			untils = append(untils, last)
		}
		for _, until := range untils {
			if of, ok := t.between(from, until); ok && len(of) > 1 && t.enclosed(from, until) && !slices.Contains(of, -1) {
				s.addsUp(s.implied(growthName(t.name, from, until), height[until].less(height[from]), true), of)
			}
		}
	}
}

// addsUp says of a cell that it is the sum of others.
func (s *system) addsUp(cell int, of []int) {
	s.sum(append(weighed([]int{cell}, -1), weighed(of, 1)...))
}

// weighed are cells as terms of a sum, each with the same sign.
func weighed(of []int, sign int64) []cells.Term {
	out := make([]cells.Term, len(of))
	for i, cell := range of {
		out[i] = cells.Term{Cell: cell, Coef: sign}
	}
	return out
}

// between returns the pieces from one day up to but not including another.
func (t *timeline) between(from, until day.Day) ([]int, bool) {
	if t == nil || t.pieces == nil {
		return nil, false
	}
	i, j := slices.Index(t.edges, from), slices.Index(t.edges, until)
	if i < 0 || j <= i {
		return nil, false
	}
	return t.pieces[i:j], true
}

// piecesOf returns the pieces of several timelines between two days, if reports tell of them all.
func piecesOf(of []*timeline, from, until day.Day) (out []int, told bool) {
	for _, t := range of {
		in, ok := t.between(from, until)
		if !ok || slices.Contains(in, -1) {
			return nil, false
		}
		out = append(out, in...)
	}
	return out, true
}

// growthName names what a count added in a piece of time.
func growthName(name string, from, until day.Day) string {
	if from == always {
		return fmt.Sprintf("%s up to %s", name, until-1)
	}
	return fmt.Sprintf("%s from %s to %s", name, from, until-1)
}

// level is a running total at an edge, beside those that spans tie to the same first one.
type level struct {
	of    int // the number of the first one
	value int64
}

// less is what was added since another.
func (l level) less(before level) exact {
	return exact{l.value - before.value, l.of == before.of}
}

// daysOf lists the days at which spans begin and end.
func daysOf(spans []span) []day.Day {
	var out []day.Day
	for _, sp := range spans {
		out = append(out, sp.from, sp.until)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// heights sets the edges, computes running totals at them, and reports whether those agree with all spans.
func (t *timeline) heights(s *system) (at map[day.Day]level, agree bool) {
	t.edges = daysOf(t.spans)
	for _, sp := range t.beside {
		t.edges = append(t.edges, sp.from, sp.until)
	}
	slices.Sort(t.edges)
	first, last := t.edges[0], t.edges[len(t.edges)-1]
	for _, e := range t.extra {
		if first < e && e < last {
			t.edges = append(t.edges, e)
		}
	}
	slices.Sort(t.edges)
	t.edges = slices.Compact(t.edges)
	at = map[day.Day]level{}
	for n, first := range t.edges {
		if _, done := at[first]; done {
			continue
		}
		at[first] = level{of: n}
		for more := true; more; {
			more = false
			for _, sp := range t.spans {
				e := s.exact[sp.cell]
				from, before := at[sp.from]
				until, after := at[sp.until]
				switch {
				case !e.valued || !before && !after:
					continue
				case before && after:
					if until.value-from.value != e.value {
						return nil, false
					}
					continue
				case before:
					at[sp.until] = level{from.of, from.value + e.value}
				default:
					at[sp.from] = level{until.of, until.value - e.value}
				}
				more = true
			}
		}
	}
	for i, e := range t.edges[1:] {
		if from, until := at[t.edges[i]], at[e]; from.of == until.of && from.value > until.value {
			return nil, false
		}
	}
	return at, true
}
