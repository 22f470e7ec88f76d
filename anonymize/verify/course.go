package verify

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// course is what a picture shows along its labels: a row of bars, a line, the ribbons of a flow. It
// should be a column of a table.
type course struct {
	head    string // of the column, where the picture names it
	entries []entry
}

// entry is one text or number of a course.
type entry struct {
	labels []string // what a table may call it
	text   string
}

// missing returns the label of the first entry that the table which comes nearest does not have, and
// whether there is one.
func (c *course) missing(tables []grid) (label string, missing bool) {
	most := -1
	for _, g := range tables {
		for _, col := range c.columns(g) {
			found, first := 0, ""
			for i := range c.entries {
				switch e := &c.entries[i]; {
				case e.in(g, col):
					found++
				case first == "":
					first = e.labels[0]
				}
			}
			if found == len(c.entries) {
				return "", false
			}
			if found > most {
				most, label = found, first
			}
		}
	}
	if most < 0 && len(c.entries) > 0 {
		label = c.entries[0].labels[0]
	}
	return label, len(c.entries) > 0
}

// columns are those of a table in which the course may stand: the one that bears its name, else any.
func (c *course) columns(g grid) []int {
	if len(g) == 0 {
		return nil
	}
	if col := g.column(c.head); c.head != "" && col > 0 {
		return []int{col}
	}
	var all []int
	for col := 1; col < len(g[0]); col++ {
		all = append(all, col)
	}
	return all
}

// in reports whether a table has the entry in a column.
func (e *entry) in(g grid, col int) bool {
	return slices.ContainsFunc(g, func(row []string) bool {
		cell := ""
		if col < len(row) {
			cell = row[col]
		}
		return slices.ContainsFunc(e.labels, func(label string) bool { return len(row) > 0 && heads(row[0], label) }) && same(cell, e.text)
	})
}

// heads reports whether a row's first cell is a label, or begins with it and explains it.
func heads(cell, label string) bool {
	if strings.EqualFold(cell, label) {
		return true
	}
	begin, _, explains := strings.Cut(cell, ":")
	return explains && strings.EqualFold(begin, label)
}

// same reports whether two texts say the same: in the same words, or as numbers, each as exact as it
// is written. What is read aloud for a mark may follow it.
func same(cell, text string) bool {
	if text == "" {
		return cell == ""
	}
	if spoken, ok := strings.CutPrefix(cell, text); ok && !strings.ContainsAny(spoken, "0123456789") {
		return true
	}
	for _, a := range readings(cell) {
		for _, b := range readings(text) {
			if math.Abs(a.value-b.value) <= max(a.half, b.half)+1e-9*math.Abs(a.value) {
				return true
			}
		}
	}
	return false
}

// reading is a number as it was written, with half of its last digit where it may have been rounded.
type reading struct {
	value, half float64
	fraction    bool
	mark        string // of the fraction, in its language
}

var written = regexp.MustCompile(`^(?:€\s*)?([-−]?)(?:€\s*)?(\d[\d.,]*)(%|\s*mln|m|\s+\pL+)?$`)

// readings are the numbers that a text may stand for, with the points and commas of Dutch and of English;
// none if it is not a number.
func readings(text string) []reading {
	m := written.FindStringSubmatch(strings.ReplaceAll(text, "\u00a0", " "))
	if m == nil {
		return nil
	}
	scale := 1.0
	switch strings.TrimSpace(m[3]) {
	case "%":
		scale = 0.01
	case "mln", "m":
		scale = 1e6
	}
	if m[1] != "" {
		scale = -scale
	}
	var out []reading
	for _, marks := range [][2]string{{".", ","}, {",", "."}} { // of thousands, and of the fraction
		whole, fraction, _ := strings.Cut(m[2], marks[1])
		if groups := strings.Split(whole, marks[0]); slices.ContainsFunc(groups[1:], func(g string) bool { return len(g) != 3 }) {
			continue
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(whole, marks[0], "")+"."+fraction, 64)
		if err != nil {
			continue
		}
		r := reading{value: v * scale, fraction: fraction != "", mark: marks[1]}
		if fraction != "" || scale != 1 || strings.Contains(text, "€") { // whole euros may be rounded
			r.half = 0.5 * math.Abs(scale) * math.Pow10(-len(fraction))
		}
		out = append(out, r)
	}
	return out
}

// plain writes a number so that it can be read back.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
