package release

import (
	"math"
	"slices"
	"strings"
)

// finder counts whom queries fit in a table as it is published.
type finder struct {
	t       *table
	classes []*class
}

func (t *table) newFinder() *finder {
	return &finder{t: t, classes: classes(t.published())}
}

// coversOne reports whether a label may stand for one of the values of a condition.
func (c *column) coversOne(label string, values map[string]bool) bool {
	for v := range values {
		if c.covers(label, v) {
			return true
		}
	}
	return false
}

// failing returns the columns whose labels stand for nothing that the query allows.
func (f *finder) failing(q *query, labels []string) (cols []int) {
	for i := range f.t.quasi() {
		if q.values[i] != nil && !f.covers(i, labels[i], q.values[i]) {
			cols = append(cols, i)
		}
	}
	return cols
}

func (f *finder) covers(col int, label string, values map[string]bool) bool {
	c := &f.t.columns[col]
	if values[label] {
		return true
	}
	if len(c.paths[label]) > 0 && c.below[label] == 1 {
		return false // a value itself
	}
	return c.coversOne(label, values)
}

// says reports whether the sensitive values of a row are among those that the query allows.
func (q *query) says(r *row) bool {
	first := len(q.values) - len(r.sensitive)
	for f, v := range r.sensitive {
		if allowed := q.values[first+f]; allowed != nil && !allowed[v] {
			return false
		}
	}
	return true
}

// matches returns the rows that fit a query, until they are of k persons.
func (f *finder) matches(q *query, k int) (rows []*row, persons int) {
	of := map[string]bool{}
	for _, c := range f.classes {
		if len(f.failing(q, c.rows[0].labels)) > 0 {
			continue
		}
		for _, r := range c.rows {
			if q.says(r) {
				rows = append(rows, r)
				of[r.person] = true
			}
		}
		if len(of) >= k {
			break
		}
	}
	return rows, len(of)
}

// widen makes labels wider until every query that fits anybody fits k persons. A class only grows by
// that, and its rules are kept. It returns the rows that fit a query which no widening helps.
func (t *table) widen(queries []*query, k int) (lost []*row) {
	f := t.newFinder()
	for changed := true; changed && len(lost) == 0; {
		changed = false
		for _, q := range queries {
			if q.table != t.name {
				continue
			}
			for {
				rows, persons := f.matches(q, k)
				if persons == 0 || persons >= k {
					break
				}
				if !f.admit(q, rows, k-persons) {
					lost = append(lost, rows...)
					break
				}
				changed = true
			}
		}
	}
	return lost
}

// admit widens the class that brings a query more persons at the least loss for each. It reports
// whether there is any.
func (f *finder) admit(q *query, fitting []*row, wanted int) bool {
	known := map[string]bool{}
	for _, r := range fitting {
		known[r.person] = true
	}
	best, least := -1, math.Inf(1)
	var labels []string
	for i, c := range f.classes[:min(len(f.classes), seen)] {
		cols := f.failing(q, c.rows[0].labels)
		if len(cols) == 0 {
			continue
		}
		more := map[string]bool{}
		for _, r := range c.rows {
			if q.says(r) && !known[r.person] {
				more[r.person] = true
			}
		}
		if len(more) == 0 {
			continue
		}
		to := slices.Clone(c.rows[0].labels)
		for _, col := range cols {
			to[col] = f.t.columns[col].widenedFor(to[col], c.rows[0].qi[col], q.values[col])
		}
		cost := (f.t.cost(to, len(c.rows)) - f.t.cost(c.rows[0].labels, len(c.rows))) / float64(min(len(more), wanted))
		if cost < least {
			best, least, labels = i, cost, to
		}
	}
	if best < 0 {
		return false
	}
	f.relabel(best, labels)
	return true
}

// widenedFor returns the narrowest label at or above one that stands for one of the values.
func (c *column) widenedFor(label, leaf string, values map[string]bool) string {
	path := c.paths[leaf]
	for _, up := range path[slices.Index(path, label):] {
		if c.coversOne(up, values) {
			return up
		}
	}
	return path[len(path)-1]
}

// relabel publishes a class under other labels, together with those that have them already.
func (f *finder) relabel(at int, labels []string) {
	c := f.classes[at]
	for _, r := range c.rows {
		r.labels = labels
	}
	text := strings.Join(labels, "\x1f")
	for i, o := range f.classes {
		if i != at && o.rows[0].text() == text {
			o.rows = append(o.rows, c.rows...)
			f.classes = slices.Delete(f.classes, at, at+1)
			return
		}
	}
}
