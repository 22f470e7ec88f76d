package release

import (
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/datapackage"
	"lvv/internal/lists"
)

// table is one of the three tables of the release: its columns, and the rows that it is made from.
type table struct {
	name             string // personen, trajecten or verlopen; with .csv or .parquet the file
	titleNL, titleEN string
	nl, en           string // what one row is
	columns          []column
	rows             []*row // everything in scope, in the order of person and id
}

// column is a column of a table.
type column struct {
	name             string
	unit             string // of the values, where they have one
	source           string // canonical tables and fields that the definition draws on
	titleNL, titleEN string
	nl, en           string
	categories       []datapackage.Category // code list; of a quasi-identifier the values of its hierarchy
	// levels names the levels of the hierarchy between the value and *; hierarchy has a row for each
	// value with its generalisations, * last. A sensitive column has neither.
	levels    []string
	hierarchy [][]string
	sensitive bool
	// pending values of a sensitive column stand for an outcome that is still to come.
	pending []string

	paths  map[string][]string // of each value, its row of the hierarchy
	values map[string][]string // of each label, the values that it may stand for
}

func category(value, label, nl string) datapackage.Category {
	return datapackage.Category{Value: value, Label: label, NL: nl}
}

// row is one row: the true values, and the labels that are published for them.
type row struct {
	person    string // the store's pseudonym
	id        string // tells the row from others of the person, the same in every delivery
	qi        []string
	sensitive []string
	days      int64    // exact, for the bounds of the answers; never written
	labels    []string // of the quasi-identifiers; nil for a row that is left out
	left      bool     // out of the table for good
	number    int32    // of the person in the table; see finder
}

// newTable returns a table with its columns indexed.
func newTable(t table) *table {
	for i := range t.columns {
		c := &t.columns[i]
		c.paths, c.values = make(map[string][]string, len(c.hierarchy)), map[string][]string{}
		for _, path := range c.hierarchy {
			c.paths[path[0]] = path
			for at, label := range path {
				if !slices.Contains(path[:at], label) {
					c.values[label] = append(c.values[label], path[0])
				}
			}
		}
	}
	return &t
}

// quasi returns the quasi-identifiers, which stand first.
func (t *table) quasi() []column {
	return t.columns[:slices.IndexFunc(t.columns, func(c column) bool { return c.sensitive })]
}

// sensitive returns the sensitive columns, which stand last.
func (t *table) sensitive() []column { return t.columns[len(t.quasi()):] }

// at is the place of a quasi-identifier.
func (t *table) at(name string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
}

// loss is what a reader does not learn from a label, from 0 (the value itself) to 1 (withheld).
func (c *column) loss(label string) float64 {
	if len(c.hierarchy) == 1 {
		return 0
	}
	return float64(len(c.values[label])-1) / float64(len(c.hierarchy)-1)
}

// covers reports whether a label may stand for a value.
func (c *column) covers(label, value string) bool { return slices.Contains(c.paths[value], label) }

// published returns the rows that are in the release.
func (t *table) published() []*row {
	return slices.DeleteFunc(slices.Clone(t.rows), func(r *row) bool { return r.labels == nil })
}

// leftOut returns the rows that are not, and how many persons they are of.
func (t *table) leftOut() (rows, persons int) {
	of := map[string]bool{}
	for _, r := range t.rows {
		if r.labels == nil {
			rows++
			of[r.person] = true
		}
	}
	return rows, len(of)
}

// text is what a reader sees of the quasi-identifiers of a row.
func (r *row) text() string { return strings.Join(r.labels, "\x1f") }

// classes divides published rows by their labels, in the order of these: those of a class are published alike.
func classes(rows []*row) [][]*row { return group(rows, (*row).text) }

// group divides rows by a text, in the order of the texts.
func group(rows []*row, key func(*row) string) [][]*row {
	byKey := map[string][]*row{}
	for _, r := range rows {
		k := key(r)
		byKey[k] = append(byKey[k], r)
	}
	return lists.Map(slices.Sorted(maps.Keys(byKey)), func(k string) []*row { return byKey[k] })
}

func personsOf(rows []*row) int {
	seen := make(map[string]struct{}, len(rows))
	for _, r := range rows {
		seen[r.person] = struct{}{}
	}
	return len(seen)
}
