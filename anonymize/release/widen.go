package release

import (
	"math"
	"slices"
	"strings"
)

// failing returns the columns in which the labels of a class stand for nothing that the query allows.
func (f *finder) failing(q *query, class int) (cols []int) {
	for i := range f.t.quasi() {
		if c := q.conditions[i]; c != nil && !f.of(i, c).has(class) {
			cols = append(cols, i)
		}
	}
	return cols
}

// says reports whether the sensitive values of a row are among those that the query allows.
func (q *query) says(r *row) bool {
	for f, v := range r.sensitive {
		if c := q.conditions[len(r.qi)+f]; c != nil && !slices.Contains(c.values, v) {
			return false
		}
	}
	return true
}

// matches returns the rows that fit a query, until they are of so many persons. The slice is good until
// the next call.
func (f *finder) matches(q *query, limit int) (rows []*row, persons int) {
	s := f.fit
	copy(s, f.all)
	for i, c := range q.conditions {
		if c != nil {
			s.and(f.of(i, c))
		}
	}
	rows = f.rows[:0]
	f.count++
	for n := range s.each {
		for _, r := range f.classes[n] {
			if q.says(r) {
				rows = append(rows, r)
				persons += f.first(r)
			}
		}
		if persons >= limit {
			break
		}
	}
	f.rows = rows
	return rows, persons
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
	best, least := -1, math.Inf(1)
	var labels []string
	for i, c := range f.classes[:min(len(f.classes), seen)] {
		cols := f.failing(q, i)
		if len(c) == 0 || len(cols) == 0 {
			continue
		}
		f.count++
		for _, r := range fitting {
			f.first(r)
		}
		more := 0
		for _, r := range c {
			if q.says(r) {
				more += f.first(r)
			}
		}
		if more == 0 {
			continue
		}
		to := slices.Clone(c[0].labels)
		for _, col := range cols {
			to[col] = f.t.columns[col].widened(to[col], c[0].qi[col], q.conditions[col].values)
		}
		cost := (f.t.cost(to, len(c)) - f.t.cost(c[0].labels, len(c))) / float64(min(more, wanted))
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

// relabel publishes a class under wider labels, together with those that have them already.
func (f *finder) relabel(at int, labels []string) {
	c := f.classes[at]
	for i, label := range labels {
		if label == c[0].labels[i] {
			continue
		}
		for _, v := range f.t.columns[i].values[label] {
			f.mark(i, v, at)
		}
	}
	for _, r := range c {
		r.labels = labels
	}
	text := strings.Join(labels, "\x1f")
	for i, o := range f.classes {
		if i != at && len(o) > 0 && o[0].text() == text {
			for _, r := range c {
				for col, v := range r.sensitive {
					f.mark(len(r.qi)+col, v, i)
				}
			}
			f.classes[i], f.classes[at] = append(o, c...), nil
			f.all.remove(at)
			break
		}
	}
	for i := range f.conditions {
		clear(f.conditions[i])
	}
}
