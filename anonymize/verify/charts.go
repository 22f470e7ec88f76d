package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// auditCharts holds the charts of a workbook against its tables, as auditPictures does for a page. A chart
// shows the cells that it refers to and nothing of its own; what stands on the sheet behind the charts,
// and in their descriptions, stands in the tables for readers, of the workbook or of the page.
func auditCharts(r *Report, path string, b *book, pages []grid) {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, c := range b.charts {
		if c.own {
			fault("%s holds numbers of its own", c.name)
		}
		for _, text := range c.texts {
			if !b.names(text) {
				fault("%s bears a text that is no title", c.name)
			}
		}
		for _, s := range c.series {
			if !s.whole() {
				fault("%s has a series that does not refer to a column with its heading and labels", c.name)
			}
		}
	}
	for _, g := range b.behind {
		if label, missing := missingBehind(g, slices.Concat(b.ahead, pages)); missing {
			fault("what a chart shows of %q is in no table", label)
		}
	}
	for _, d := range b.drawings {
		if label, missing := d.missing(b.ahead); missing {
			fault("what the description of the chart %q says of %q is in no table", d.title, label)
		}
	}
	addFile(r, "charts", path, faults, "%d charts show what the tables say", len(b.charts))
}

// missingBehind returns the first label of which the data behind a chart say what no table says, and whether
// there is one.
func missingBehind(g grid, tables []grid) (label string, missing bool) {
	if isCurve(g) {
		return unsteady(g)
	}
	for col := 1; col < len(g[0]); col++ {
		c := course{head: g[0][col]}
		for _, row := range g[1:] {
			if row[col] != "" {
				c.entries = append(c.entries, entry{dateOr(row[0]), row[col]})
			}
		}
		if label, missing := c.missing(tables); missing {
			return label, true
		}
	}
	return "", false
}

// isCurve reports whether data are those of a curve by day, which the page draws too and no table holds in full.
func isCurve(g grid) bool {
	days, err := strconv.Atoi(g[1][0])
	return err == nil && days < firstSheetDate
}

// unsteady returns the first place at which a curve is not what it should be: level up to the day on which it
// changes, so that each of its values stands there twice.
func unsteady(g grid) (label string, is bool) {
	for i := 2; i < len(g); i++ {
		if g[i][0] != g[i-1][0] && !slices.Equal(g[i][1:], g[i-1][1:]) {
			return g[i][0], true
		}
	}
	return "", false
}

// firstSheetDate is the first number of a day in a workbook that stands for a date: a day of 2009.
const firstSheetDate = 40000

// dateOr are the ways in which tables write a label: a date as its number in a workbook, or in words.
func dateOr(label string) []string {
	if number, err := strconv.Atoi(label); err == nil && number >= firstSheetDate {
		return abscissa((float64(number) - sheetEpoch) * perDay)
	}
	return []string{label}
}

// names reports whether a text is the title of a chart or heads a column.
func (b *book) names(text string) bool {
	return slices.ContainsFunc(b.drawings, func(d drawn) bool { return d.title == text }) ||
		slices.ContainsFunc(b.tables, func(g grid) bool { return slices.Contains(g[0], text) })
}

// whole reports whether a series takes its labels from the rows of its values, and its name from above them.
func (s *bookSeries) whole() bool {
	name, okName := spanOf(s.name)
	x, okX := spanOf(s.x)
	y, okY := spanOf(s.y)
	return okName && okX && okY && x.sheet == y.sheet && x.from == y.from && x.to == y.to &&
		name.sheet == y.sheet && name.column == y.column && name.from == y.from-1 && name.to == name.from
}

// more is how a description ends that leaves rows out.
var more = regexp.MustCompile(`^(?:En nog|And) \d+ (?:rijen|more rows): `)

// missing returns the first label of a description that lists the rows of a table, "title. label: value, value;
// label: ...", of which no table says the same, and whether there is one. A description in sentences is
// not held against tables.
func (d *drawn) missing(tables []grid) (label string, missing bool) {
	list, _ := strings.CutPrefix(d.text, d.title+". ")
	var courses []course
	left := "" // of a label with a semicolon
	for part := range strings.SplitSeq(list, "; ") {
		left += part
		at := strings.LastIndex(left, ": ")
		if at < 0 || !headsAny(tables, left[:at]) {
			left += "; "
			continue
		}
		for j, value := range strings.Split(left[at+2:], ", ") {
			if j == len(courses) {
				courses = append(courses, course{})
			}
			courses[j].entries = append(courses[j].entries, entry{[]string{left[:at]}, value})
		}
		left = ""
	}
	for i := range courses {
		if label, missing := courses[i].missing(tables); missing {
			return label, true
		}
	}
	return strings.TrimSuffix(left, "; "), len(courses) > 0 && left != "" && !more.MatchString(left)
}

func headsAny(tables []grid, label string) bool {
	return slices.ContainsFunc(tables, func(g grid) bool {
		return slices.ContainsFunc(g, func(row []string) bool { return strings.EqualFold(row[0], label) })
	})
}
