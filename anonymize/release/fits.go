package release

import (
	"math/bits"
	"slices"
)

// set is a set of classes, by their number.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) remove(i int)   { s[i/64] &^= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

func (s set) and(o set) {
	if o == nil {
		clear(s)
	}
	for i := range o {
		s[i] &= o[i]
	}
}

func (s set) or(o set) {
	for i := range o {
		s[i] |= o[i]
	}
}

// each yields the numbers in a set, from low to high.
func (s set) each(yield func(int) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(64*i + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// finder tells whom values, and conditions on them, fit in a table as it is published.
type finder struct {
	t       *table
	classes [][]*row // one that was published alike with another since has no rows
	all     set      // that have rows
	// values holds, of each column, the classes whose label may stand for a value, and those that have a
	// row with a sensitive value; conditions the same of each condition asked so far.
	values     []map[string]set
	conditions []map[*condition]set
	persons    []int32 // by number: the last count that a person was seen in
	count      int32
	fit        set // scratch of matches
	rows       []*row
}

func (t *table) newFinder() *finder {
	f := &finder{t: t, classes: classes(t.published()), values: make([]map[string]set, len(t.columns)), conditions: make([]map[*condition]set, len(t.columns))}
	numbers := make(map[string]int32, len(t.rows))
	for _, r := range t.rows {
		n, ok := numbers[r.person]
		if !ok {
			n = int32(len(numbers))
			numbers[r.person] = n
		}
		r.number = n
	}
	f.persons, f.all, f.fit = make([]int32, len(numbers)), newSet(len(f.classes)), newSet(len(f.classes))
	for i := range t.columns {
		f.values[i], f.conditions[i] = make(map[string]set, len(t.columns[i].hierarchy)), map[*condition]set{}
	}
	for n, c := range f.classes {
		f.all.add(n)
		for i, label := range c[0].labels {
			for _, v := range t.columns[i].values[label] {
				f.mark(i, v, n)
			}
		}
		for _, r := range c {
			for i, v := range r.sensitive {
				f.mark(len(r.qi)+i, v, n)
			}
		}
	}
	return f
}

// mark adds a class to those of a value.
func (f *finder) mark(col int, value string, class int) {
	s := f.values[col][value]
	if s == nil {
		s = newSet(len(f.classes))
		f.values[col][value] = s
	}
	s.add(class)
}

// of returns the classes that a condition on a column fits.
func (f *finder) of(col int, c *condition) set {
	s := f.conditions[col][c]
	if s == nil {
		s = newSet(len(f.classes))
		for _, v := range c.values {
			s.or(f.values[col][v])
		}
		f.conditions[col][c] = s
	}
	return s
}

// fitting returns the classes whose labels may stand for one of the values of each quasi-identifier.
func (f *finder) fitting(known [][]string) set {
	s := slices.Clone(f.all)
	for i, values := range known {
		if len(values) == 1 {
			s.and(f.values[i][values[0]])
			continue
		}
		either := newSet(len(f.classes))
		for _, v := range values {
			either.or(f.values[i][v])
		}
		s.and(either)
	}
	return s
}

// first is 1 for the first row of a person since count was last raised, 0 for others.
func (f *finder) first(r *row) int {
	if f.persons[r.number] == f.count {
		return 0
	}
	f.persons[r.number] = f.count
	return 1
}
