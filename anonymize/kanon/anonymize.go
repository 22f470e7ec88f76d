package kanon

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lvv/internal/say"
)

// Mode says how values are generalised.
type Mode string

// The modes.
const (
	Local   Mode = "local"   // each class as far as it needs
	Uniform Mode = "uniform" // one level a column, the same for all rows that are not suppressed
)

// Options say what the result must meet.
type Options struct {
	K    int // persons that share each published combination, at least
	L    int // distinct values of each sensitive field in each class; fewer only if the whole table has fewer
	Mode Mode
	// Rules, one for each sensitive column, stand in the place of L. With them, no person has more than one
	// in K of the rows of a class either. They need mode Local.
	Rules []Rule
}

// UnmetError says that even all rows as one class do not meet the rules.
type UnmetError struct{ say.Speaker }

func unmet() error {
	return &UnmetError{say.Errorf("the table as a whole does not meet what is asked of each class\n  Ask for less, or give a larger table.")}
}

// Anonymize finds the recoding of a table that meets the options at the least loss it can find. In
// local mode without rules the result never loses more than the best global recoding.
func Anonymize(ctx context.Context, t *Table, o Options) (*Result, error) {
	if o.K < 1 || o.L < 1 {
		return nil, say.Errorf("k and l must be at least 1, not %d and %d", o.K, o.L)
	}
	if t.Rows() > math.MaxInt32/2 {
		return nil, say.Errorf("the table has too many rows (more than 1,073,741,823)")
	}
	if o.Rules != nil && (len(o.Rules) != len(t.sensitive) || o.Mode == Uniform) {
		return nil, say.Errorf("%d rules for %d sensitive columns in mode %q; give one for each, in mode %s", len(o.Rules), len(t.sensitive), o.Mode, Local)
	}
	p := t.problem(o)
	if p.persons < o.K || p.rows == 0 {
		return nil, say.Errorf("the table has %d persons, and a class needs %d (k)\n  Give a larger table, or ask for a smaller k.", p.persons, o.K)
	}
	switch o.Mode {
	case Local, "":
		s, err := p.local(ctx)
		if err != nil {
			return nil, err
		}
		return s.result(t), nil
	case Uniform:
		r, err := p.uniform(ctx, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		res := p.recode(r).result(t)
		res.Levels = make([]int, len(r.levels))
		for i, l := range r.levels {
			res.Levels[p.order[i]] = int(l)
		}
		return res, nil
	}
	return nil, say.Errorf("there is no mode %q; the modes are %s and %s", o.Mode, Local, Uniform)
}

// local peels, places and refines, and without rules starts again from the best global recoding if that
// is better.
func (p *problem) local(ctx context.Context) (*partition, error) {
	s := p.newPartition(nil)
	rest, err := s.peel(ctx)
	if err != nil {
		return nil, err
	}
	s.place(rest)
	if p.rules != nil && !s.mend() {
		return nil, unmet()
	}
	if err := s.refine(ctx); err != nil {
		return nil, err
	}
	if p.rules != nil {
		return s, s.settleUnited()
	}
	global, err := p.uniform(ctx, s.loss())
	if err != nil || global == nil {
		return s, err
	}
	s = p.recode(global)
	return s, s.refine(ctx)
}

// Result is a table made anonymous. A class is what a reader can see as one: the rows that are
// published alike.
type Result struct {
	Class   []int32    // of each row of the table, in the order in which rows were added
	Labels  [][]string // of each class, the published value of each column; classes stand in the order of these
	Persons []int      // of each class
	Rows    []int      // of each class
	Levels  []int      // of each column in uniform mode, else nil

	// SuppressedRows have all quasi-identifiers at the top; they are a class like the others.
	SuppressedRows, SuppressedPersons int
	// NCP is the mean over all quasi-identifying cells of (leaves below the published value - 1) /
	// (leaves of the hierarchy - 1), and Columns the same a column.
	NCP       float64
	Columns   []float64
	SmallestK int   // persons of the smallest class
	SmallestL []int // of each sensitive column, the fewest distinct values of a class
}

// result describes a partition in the terms of its table.
func (s *partition) result(t *Table) *Result {
	nc := len(t.hierarchies)
	nodesOf := make([][]int32, len(s.classes)) // in the table's order, as published
	var order []int32
	for i, c := range s.classes {
		if len(c.items) == 0 {
			continue
		}
		nodes := make([]int32, nc)
		for j, n := range c.nodes {
			nodes[s.order[j]] = s.cols[j].published[n]
		}
		nodesOf[i] = nodes
		order = append(order, int32(i))
	}
	label := func(class int32, col int) string { return t.hierarchies[col].label[nodesOf[class][col]] }
	compare := func(a, b int32) int {
		for col := range nc {
			if c := cmp.Compare(label(a, col), label(b, col)); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortStableFunc(order, compare)
	r := &Result{Columns: make([]float64, nc), SmallestK: math.MaxInt}
	number := make([]int32, len(s.classes))
	var items [][]int32 // of each class as readers see it
	for i, id := range order {
		if i == 0 || compare(order[i-1], id) != 0 {
			labels := make([]string, nc)
			for col := range labels {
				labels[col] = label(id, col)
			}
			r.Labels = append(r.Labels, labels)
			items = append(items, nil)
			r.Rows = append(r.Rows, 0)
		}
		last := len(items) - 1
		number[id] = int32(last)
		items[last] = append(items[last], s.classes[id].items...)
		r.Rows[last] += int(s.classes[id].rows)
		for col, h := range t.hierarchies {
			r.Columns[col] += float64(float64(s.classes[id].rows) * h.ncp(nodesOf[id][col])) // rounded on every processor
		}
	}
	for col := range r.Columns {
		r.Columns[col] /= float64(s.rows)
		r.NCP += r.Columns[col] / float64(nc)
	}
	r.Class = make([]int32, len(s.row))
	for row, it := range s.row {
		r.Class[row] = number[s.of[it]]
	}
	r.describe(s.problem, t, items)
	return r
}

// describe counts what the classes meet.
func (r *Result) describe(p *problem, t *Table, items [][]int32) {
	r.SmallestL = make([]int, p.nsens)
	for i, its := range items {
		persons := p.countPersons(its)
		r.Persons = append(r.Persons, persons)
		r.SmallestK = min(r.SmallestK, persons)
		top := true
		for col, h := range t.hierarchies {
			top = top && r.Labels[i][col] == h.label[0]
		}
		if top {
			r.SuppressedRows, r.SuppressedPersons = r.Rows[i], persons
		}
		for f := range r.SmallestL {
			values := map[int32]struct{}{}
			for _, it := range its {
				values[p.value(it, f)] = struct{}{}
			}
			if n := len(values); i == 0 || n < r.SmallestL[f] {
				r.SmallestL[f] = n
			}
		}
	}
}
