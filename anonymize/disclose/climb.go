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
		since, climbers := len(s.sys.Relations), make([][]int, len(f.ClimbsTo))
		for _, b := range f.Breakdowns {
			i := slices.IndexFunc(b, func(l *sql.List) bool { return l.Dim == f.Climbs })
			if i < 0 {
				continue
			}
			for _, c := range s.columns(before, after, f, b[i], lines) {
				var climbed []int
				if s.agreeing(len(s.sys.Relations), func() { climbed = c.climb(s, after.now) }) {
					for n, cell := range climbed {
						climbers[n] = append(climbers[n], cell)
					}
				}
			}
		}
		for n, climbed := range climbers {
			was, is := before.matching(&f.ClimbsTo[n]), after.matching(&f.ClimbsTo[n])
			if len(climbed) == 0 || len(was) != 1 || len(is) != 1 || before.counts[was[0]].cell < 0 || after.counts[is[0]].cell < 0 {
				continue
			}
			s.agreeing(since, func() {
				s.atMost(append(climbed, before.counts[was[0]].cell), []int{after.counts[is[0]].cell}, fmt.Sprintf("what else was added to %s since %s", f.ClimbsTo[n], before.label))
			})
		}
	}
}

// column is a count in two reports by the values of the list that cases climb along, for one value of each other dimension.
type column struct {
	name     string // of its first count and of the earlier report
	was, is  []int  // cells
	leaves   bool   // it is of an instant, so that some may have gone out
	in       []int  // the cells of those that can have come in, where leaves
	had, has int    // else the cells of all that came in up to each report
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
			out = append(out, c)
		}
	}
	return out
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
func (c *column) climb(s *system, protect bool) (climbed []int) {
	last := len(c.is) - 1
	var added []int
	var then, now, old []cells.Term
	for n := range c.is {
		of := func(what string) string { return fmt.Sprintf("of %s, value %d, %s", c.name, n+1, what) }
		kept := c.was[n]
		if c.leaves {
			kept = s.implied(of("what did not go out"), exact{}, false)
			s.atMost([]int{kept}, []int{c.was[n]}, of("what went out"))
		}
		then, now = append(then, cells.Term{Cell: kept, Coef: 1}), append(now, cells.Term{Cell: c.is[n], Coef: -1})
		stayed := s.implied(of("what was there"), exact{}, false)
		added = append(added, s.implied(of("what came in"), exact{}, false))
		s.addsUp(c.is[n], []int{stayed, added[n]})
		old = append(old, cells.Term{Cell: stayed, Coef: -1})
		if n == last {
			break
		}
		if protect && !c.leaves {
			grown := s.added(c.is[:n+1]).less(s.added(c.was[:n+1]))
			s.sum(append(slices.Concat(then, now), cells.Term{Cell: s.implied(of("what the first were added to"), grown, true), Coef: 1}))
		}
		climbed = append(climbed, s.implied(of("what climbed so far"), exact{}, false))
		s.sum(append(slices.Concat(then, old), cells.Term{Cell: climbed[n], Coef: 1}))
	}
	if c.leaves {
		s.sum(slices.Concat(then, old))
		s.atMost(added, c.in, "what else came in of "+c.name)
	} else {
		s.addsUp(c.has, append(added, c.had))
	}
	return climbed
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
