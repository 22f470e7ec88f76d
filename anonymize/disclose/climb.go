package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
)

// climbs says how a figure changes from one report to the next by the dimension along which what it counts climbs. What was there stays where
// it was, or climbs; of an instant it may also have gone out. What came in stands anywhere. Those who came to the first value, to the first
// two, and so on, are no more than what is declared has grown by.
func (s *system) climbs(m moment, f *sql.Figure, lines map[string]*timeline) {
	reports := inOrderOfDates(m.reports)
	for k := 1; k < len(reports); k++ {
		before, after := reports[k-1], reports[k]
		climbers := make([][]int, len(f.ClimbsTo))
		for _, b := range f.Breakdowns {
			i := slices.IndexFunc(b, func(l *sql.List) bool { return l.Dim == f.Climbs })
			if i < 0 {
				continue
			}
			for _, c := range s.columns(before, after, f, b[i], lines) {
				for n, cell := range c.climb(s, after.now) {
					climbers[n] = append(climbers[n], cell)
				}
			}
		}
		for n, climbed := range climbers {
			was, is := before.matching(&f.ClimbsTo[n]), after.matching(&f.ClimbsTo[n])
			if len(climbed) == 0 || len(was) != 1 || len(is) != 1 || before.counts[was[0]].cell < 0 || after.counts[is[0]].cell < 0 {
				continue
			}
			s.atMost(append(climbed, before.counts[was[0]].cell), []int{after.counts[is[0]].cell}, fmt.Sprintf("what else was added to %s since %s", f.ClimbsTo[n], before.label))
		}
	}
}

// column is a count in two reports by the values of the list that cases climb along, for one value of each other dimension.
type column struct {
	name      string // of its first count and of the earlier report
	was, is   []int  // cells
	leaves    bool   // it is of an instant, so that some may have gone out
	in        []int  // the cells of those that can have come in, where leaves
	had, has  int    // else the cells of all that came in up to each report
	entered   exact
	kept      []exact // of what was there, what has not gone out
	grown     []exact // by how many of the first values: what these have more than was kept
	contested bool    // the reports contradict each other
}

// columns lists the columns that both reports have.
func (s *system) columns(before, after *report, f *sql.Figure, l *sql.List, lines map[string]*timeline) []column {
	var out []column
	for i := range after.counts {
		first := &after.counts[i]
		if v, ok := first.dim(l.Dim); first.id != f.ID || first.of != "" || !ok || v != l.Values[0].Value {
			continue
		}
		c := column{name: first.name() + " since " + before.label, leaves: f.Accumulates == sql.Instant}
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
		if c.leaves {
			c.in, complete = betweenAll([]string{of.name()}, lines, before.period.AsOf+1, after.period.AsOf+1)
		} else {
			c.had, c.has, complete = find(of)
		}
		if !complete {
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
	if c.leaves {
		c.keep(s)
	} else {
		c.entered = s.exact[c.has].less(s.exact[c.had])
		for _, was := range c.was {
			c.kept = append(c.kept, s.exact[was])
		}
	}
	sum := exact{valued: true}
	for n, is := range c.is {
		more := s.exact[is].less(c.kept[n])
		sum = exact{sum.value + more.value, sum.valued && more.valued}
		c.grown = append(c.grown, sum)
		c.contested = c.contested || sum.valued && sum.value < 0
	}
	c.contested = c.contested || sum.valued && c.entered.valued && sum.value != c.entered.value
}

// keep works out what has not gone out, taking it that as many came in as can have: it stands where it stood as far as there is room, and else has
// climbed as little as it can have.
func (c *column) keep(s *system) {
	came, were, are := s.added(c.in), s.added(c.was), s.added(c.is)
	c.entered = exact{min(came.value, are.value), came.valued && were.valued && are.valued}
	left := are.value - c.entered.value
	for n, is := range c.is {
		kept := min(left, s.exact[is].value, s.exact[c.was[n]].value)
		left -= kept
		c.kept = append(c.kept, exact{kept, c.entered.valued})
	}
	room := int64(0)
	for n, is := range c.is {
		room += s.exact[is].value - c.kept[n].value
		more := min(left, room, s.exact[c.was[n]].value-c.kept[n].value)
		left, room = left-more, room-more
		c.kept[n].value += more
	}
}

// added is what cells come to together.
func (s *system) added(of []int) exact {
	sum := exact{valued: true}
	for _, cell := range of {
		sum = exact{sum.value + s.exact[cell].value, sum.valued && s.exact[cell].valued}
	}
	return sum
}

// climb enters the column and returns the cells of those who were there and came to the first value, to the first two, and so on. What the first
// values have grown by is protected if protect says so, but where some may have gone out.
func (c *column) climb(s *system, protect bool) []int {
	if c.contested {
		return nil
	}
	last := len(c.is) - 1
	climbed := c.fewest()
	var out, added []int
	var then, now, old []cells.Term
	for n := range c.is {
		kept := c.was[n]
		if c.leaves {
			kept = s.implied(fmt.Sprintf("of %s, value %d, what did not go out", c.name, n+1), c.kept[n], false)
			s.atMost([]int{kept}, []int{c.was[n]}, fmt.Sprintf("of %s, value %d, what went out", c.name, n+1))
		}
		then, now = append(then, cells.Term{Cell: kept, Coef: 1}), append(now, cells.Term{Cell: c.is[n], Coef: -1})
		came := exact{c.grown[n].value - climbed[n].value, climbed[n].valued}
		if n > 0 {
			came.value -= c.grown[n-1].value - climbed[n-1].value
		}
		of := s.exact[c.is[n]].less(came)
		stayed := s.implied(fmt.Sprintf("of %s, value %d, what was there", c.name, n+1), of, false)
		added = append(added, s.implied(fmt.Sprintf("of %s, value %d, what came in", c.name, n+1), came, false))
		s.addsUp(c.is[n], []int{stayed, added[n]})
		old = append(old, cells.Term{Cell: stayed, Coef: -1})
		if n == last {
			break
		}
		if protect && !c.leaves {
			grown := s.implied(fmt.Sprintf("what was added to the first %d of %s", n+1, c.name), c.grown[n], true)
			s.sum(append(slices.Concat(then, now), cells.Term{Cell: grown, Coef: 1}))
		}
		out = append(out, s.implied(fmt.Sprintf("what climbed to the first %d of %s", n+1, c.name), climbed[n], false))
		s.sum(append(slices.Concat(then, old), cells.Term{Cell: out[n], Coef: 1}))
	}
	if c.leaves {
		s.sum(slices.Concat(then, old))
		s.atMost(added, c.in, "what else came in of "+c.name)
	} else {
		s.addsUp(c.has, append(added, c.had))
	}
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

// less is what a count has more than another.
func (e exact) less(other exact) exact {
	return exact{e.value - other.value, e.valued && other.valued}
}

// climbersOf lists the figures that what is declared of a climb is about.
func climbersOf(f *sql.Figure) []string {
	out := []string{f.ID, f.Entering.Figure}
	for _, n := range f.ClimbsTo {
		out = append(out, n.Figure)
	}
	return out
}
