package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
)

// climbs says of a cumulative figure by a dimension along which cases climb how it changes from one report to the next: what was there stays
// and only climbs, what came in stands anywhere, and those who came to the first value, to the first two, and so on, are no more
// than what is declared has grown by.
func (s *system) climbs(m moment, f *sql.Figure) {
	reports := inOrderOfDates(m.reports)
	for k := 1; k < len(reports); k++ {
		before, after := reports[k-1], reports[k]
		climbers := make([][]int, len(f.ClimbsTo))
		for _, b := range f.Breakdowns {
			i := slices.IndexFunc(b, func(l *sql.List) bool { return l.Dim == f.Climbs })
			if i < 0 {
				continue
			}
			for _, c := range s.columns(before, after, f, b[i]) {
				for n, cell := range c.climb(s, after.now) {
					climbers[n] = append(climbers[n], cell)
				}
			}
		}
		for n := range f.ClimbsTo {
			was, is := before.matching(&f.ClimbsTo[n]), after.matching(&f.ClimbsTo[n])
			if len(was) != 1 || len(is) != 1 || before.counts[was[0]].cell < 0 || after.counts[is[0]].cell < 0 {
				continue
			}
			s.atMost(append(climbers[n], before.counts[was[0]].cell), []int{after.counts[is[0]].cell}, fmt.Sprintf("what else was added to %s since %s", f.ClimbsTo[n], before.label))
		}
	}
}

// column is a count in two reports by the values of the list that cases climb along, for one value of each other dimension.
type column struct {
	name      string // of its first count and of the earlier report
	was, is   []int  // cells
	had, has  int    // the cells of all that came in so far
	entered   exact
	grown     []exact // by how many of the first values: what these have more than they had
	contested bool    // the reports contradict each other
}

// columns lists the columns that both reports have.
func (s *system) columns(before, after *report, f *sql.Figure, l *sql.List) []column {
	var out []column
	for i := range after.counts {
		first := &after.counts[i]
		if v, ok := first.dim(l.Dim); first.id != f.ID || first.of != "" || !ok || v != l.Values[0].Value {
			continue
		}
		c := column{name: first.name() + " since " + before.label}
		find := func(n count) (was, is int, both bool) {
			i, then := before.index[n.name()]
			j, now := after.index[n.name()]
			if !then || !now || before.counts[i].cell < 0 || after.counts[j].cell < 0 {
				return 0, 0, false
			}
			return before.counts[i].cell, after.counts[j].cell, true
		}
		of := count{id: f.Entering.Figure, of: f.Entering.Of}
		for _, d := range first.dims {
			if d.Name != l.Dim {
				of.dims = append(of.dims, d)
			}
		}
		var complete bool
		if c.had, c.has, complete = find(of); !complete {
			continue
		}
		for _, v := range l.Values {
			n := count{id: first.id, dims: slices.Clone(first.dims)}
			for i := range n.dims {
				if n.dims[i].Name == l.Dim {
					n.dims[i].Value = v.Value
				}
			}
			was, is, ok := find(n)
			complete = complete && ok
			c.was, c.is = append(c.was, was), append(c.is, is)
		}
		if complete {
			c.grow(s)
			out = append(out, c)
		}
	}
	return out
}

// grow works out by how much the first values have grown, where that is known.
func (c *column) grow(s *system) {
	less := func(now, then int) exact {
		a, b := s.exact[now], s.exact[then]
		return exact{a.value - b.value, a.valued && b.valued}
	}
	c.entered = less(c.has, c.had)
	sum := exact{valued: true}
	for n := range c.is {
		more := less(c.is[n], c.was[n])
		sum = exact{sum.value + more.value, sum.valued && more.valued}
		c.grown = append(c.grown, sum)
		c.contested = c.contested || sum.valued && sum.value < 0
	}
	c.contested = c.contested || sum.valued && c.entered.valued && sum.value != c.entered.value
}

// climb enters the column and returns the cells of those who were there and came to the first value, to the first two, and so on. What the first
// values have grown by is protected if protect says so.
func (c *column) climb(s *system, protect bool) []int {
	if c.contested {
		return nil
	}
	last := len(c.is) - 1
	climbed := c.fewest()
	var out, added []int
	var then, now, old []cells.Term
	for n := range c.is {
		then, now = append(then, cells.Term{Cell: c.was[n], Coef: 1}), append(now, cells.Term{Cell: c.is[n], Coef: -1})
		came := exact{c.grown[n].value - climbed[n].value, climbed[n].valued}
		if n > 0 {
			came.value -= c.grown[n-1].value - climbed[n-1].value
		}
		of := exact{s.exact[c.is[n]].value - came.value, came.valued}
		stayed := s.implied(fmt.Sprintf("of %s, value %d, what was there", c.name, n+1), of, false)
		added = append(added, s.implied(fmt.Sprintf("of %s, value %d, what came in", c.name, n+1), came, false))
		s.addsUp(c.is[n], []int{stayed, added[n]})
		old = append(old, cells.Term{Cell: stayed, Coef: -1})
		if n == last {
			break
		}
		if protect {
			grown := s.implied(fmt.Sprintf("what was added to the first %d of %s", n+1, c.name), c.grown[n], true)
			s.sum(append(slices.Concat(then, now), cells.Term{Cell: grown, Coef: 1}))
		}
		out = append(out, s.implied(fmt.Sprintf("what climbed to the first %d of %s", n+1, c.name), climbed[n], false))
		s.sum(append(slices.Concat(then, old), cells.Term{Cell: out[n], Coef: 1}))
	}
	s.addsUp(c.has, append(added, c.had))
	return out
}

// fewest returns how many at least have climbed to the first values: all that these have grown by but what came in, each as far up as
// it can have. Such counts of what came in and of what climbed agree with all that is declared wherever any do.
func (c *column) fewest() []exact {
	out := slices.Clone(c.grown)
	least := c.entered
	for n := range slices.Backward(out) {
		least = exact{min(least.value, c.grown[n].value), least.valued && c.grown[n].valued}
		out[n] = exact{c.grown[n].value - least.value, least.valued}
	}
	return out
}

// climbersOf lists the figures that what is declared of a climb is about.
func climbersOf(f *sql.Figure) []string {
	out := []string{f.ID, f.Entering.Figure}
	for _, n := range f.ClimbsTo {
		out = append(out, n.Figure)
	}
	return out
}
