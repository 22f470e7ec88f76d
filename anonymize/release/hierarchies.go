package release

import (
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/kanon"
	"lvv/ingest"
	"lvv/internal/country"
	"lvv/internal/day"
	"lvv/internal/lists"
)

const unknown = "unknown"

// flat is the hierarchy of values that are known or withheld.
func flat(values ...string) [][]string {
	return lists.Map(values, func(v string) []string { return []string{v, kanon.Star} })
}

// codeValues are the values of a code list of the contract, and unknown.
func codeValues(table, field string) (values []string) {
	values = lists.Map(ingest.TableNamed(table).Field(field).Codes, func(c ingest.Code) string { return c.Value })
	if !slices.Contains(values, unknown) {
		values = append(values, unknown)
	}
	return values
}

// oldest is the age from which all are published as one.
const oldest = 100

var ageLevels = []string{"5 years", "10 years", "20 years"}

// ageRows: years, 5, 10 and 20 years.
func ageRows() (rows [][]string) {
	for age := range oldest {
		rows = append(rows, []string{fmt.Sprint(age), band(age, 5), band(age, 10), band(age, 20), kanon.Star})
	}
	top := fmt.Sprintf("%d+", oldest)
	return append(rows, []string{top, top, top, top, kanon.Star}, []string{unknown, unknown, unknown, unknown, kanon.Star})
}

// band is the label of the numbers that n lies among, in steps of a width.
func band(n, width int) string {
	from := n / width * width
	return fmt.Sprintf("%d-%d", from, from+width-1)
}

var nationalityLevels = []string{"UN subregion", "UN region"}

// nationalityRows: countries, subregions and regions of M.49.
func nationalityRows() (rows [][]string) {
	for _, code := range country.Codes() {
		sub, region := country.Subregion(code), country.Region(code)
		switch {
		case code == country.Stateless:
			sub, region = "stateless", "stateless"
		case code == country.Unknown:
			sub, region = unknown, unknown
		case sub == "":
			sub, region = "other", "other"
		}
		rows = append(rows, []string{code, sub, region, kanon.Star})
	}
	return rows
}

var admittedLevels = []string{"quarter", "half-year", "year"}

// admittedRows: months, quarters, half-years and years, of whole years from one to another.
func admittedRows(first, last int) (rows [][]string) {
	for y := first; y <= last; y++ {
		for m := 1; m <= 12; m++ {
			rows = append(rows, []string{
				fmt.Sprintf("%04d-%02d", y, m), fmt.Sprintf("%04d-Q%d", y, (m+2)/3), fmt.Sprintf("%04d-H%d", y, (m+5)/6), fmt.Sprintf("%04d", y), kanon.Star,
			})
		}
	}
	return rows
}

func monthLeaf(d day.Day) string {
	y, m, _ := d.Civil()
	return fmt.Sprintf("%04d-%02d", y, m)
}

// longest is the number of days from which all durations are published as one: the four years that
// hold a pilot and what was brought into it.
const longest = 1440

// dayRows: bands of the widths, each of which divides the next; the first are the values.
func dayRows(widths ...int) (rows [][]string) {
	for from := 0; from < longest; from += widths[0] {
		row := lists.Map(widths, func(width int) string { return band(from, width) })
		rows = append(rows, append(row, kanon.Star))
	}
	top := slices.Repeat([]string{dayLeaf(longest, 1)}, len(widths))
	return append(rows, append(top, kanon.Star))
}

// dayLevels names the levels of dayRows above the first.
func dayLevels(widths ...int) []string {
	return lists.Map(widths[1:], func(width int) string { return fmt.Sprintf("%d days", width) })
}

func dayLeaf(days int64, width int) string {
	if days >= longest {
		return fmt.Sprintf("%d+", longest)
	}
	return band(int(max(days, 0)), width)
}

func countLeaf(n int64) string {
	if n >= 3 {
		return "3+"
	}
	return fmt.Sprint(n)
}

// hoursRows: bands whose upper limit belongs to them.
func hoursRows() [][]string {
	return [][]string{
		{"0", "0-10", kanon.Star}, {"0-5", "0-10", kanon.Star}, {"5-10", "0-10", kanon.Star},
		{"10-20", "10+", kanon.Star}, {"20-40", "10+", kanon.Star}, {"40+", "10+", kanon.Star},
		{unknown, unknown, kanon.Star},
	}
}

// scenarioRows: days from admission to the first conference on the scenario.
func scenarioRows() [][]string {
	return [][]string{
		{"<0", "<28", kanon.Star}, {"0-13", "<28", kanon.Star}, {"14-27", "<28", kanon.Star},
		{"28-55", "28+", kanon.Star}, {"56+", "28+", kanon.Star},
		{"none", "none", kanon.Star}, {unknown, unknown, kanon.Star},
	}
}

// then stands between the scenarios of a course; gap for those that a label leaves open.
const (
	then = " > "
	gap  = "…"
)

var pathLevels = []string{"first and last", "last"}

// pathRows: each sequence of scenarios that occurs, its first and last, its last.
func pathRows(courses []*row) (rows [][]string) {
	for _, g := range group(courses, func(r *row) string { return r.qi[0] }) {
		path := g[0].qi[0]
		steps := strings.Split(path, then)
		first, last := steps[0], steps[len(steps)-1]
		rows = append(rows, []string{path, first + then + gap + then + last, gap + then + last, kanon.Star})
	}
	return rows
}
