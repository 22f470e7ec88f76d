package request

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/say"
)

// alone is what a reader has who holds some tables against one figure of a report, and takes all that its marks allow to be possible. Beside
// everything else that was told, and by all that readers are taken to know, some of it may be excluded before, so that the control of all together
// has nothing left to protect: what few readers could work out would be told to all.
type alone struct {
	*control
	from []int     // cell -> that of all together
	must [][]int64 // by cell
	open []int     // the cells of which only one small number is open, and others are
	// values are, by cell, what the statistics of its values tell.
	values map[int][]cells.Relation
}

// which picks tallies.
type which func(tally int) bool

// eachAlone lists the figures of reports that have small counts that are hidden, or means and quantiles by which a table may be narrowed, and the
// earlier answers, beside each table that is asked now, and all of these by themselves.
func (c *control) eachAlone(o cells.Options) (out []*alone, err error) {
	for _, t := range c.tallies {
		if !t.now || !t.first {
			continue
		}
		now := func(tally int) bool { return c.tallies[tally].now && c.tallies[tally].name == t.name }
		for _, of := range c.sources() {
			a := c.beside(now, func(tally int) bool { return c.tallies[tally].answer || of > 0 && c.tallies[tally].source == of })
			if err := a.before(now, o); err != nil {
				return nil, err
			}
			out = append(out, a)
		}
	}
	all := c.beside(func(tally int) bool { return c.tallies[tally].now }, func(int) bool { return false })
	return append(out, all), all.before(func(int) bool { return true }, o)
}

// givenAway lists the tallies of a report by which a small count of them, or of an earlier answer, is known better to whoever has that answer and
// their figure than to whoever has one of the two: its totals, or else its tables.
func (c *control) givenAway(o cells.Options) (map[int]bool, error) {
	given, total := map[int]bool{}, map[int]bool{}
	for _, n := range c.cells {
		total[n.tally] = len(n.labels) == 0
	}
	for i, t := range c.tallies {
		if !t.answer || !t.first {
			continue
		}
		next := i + 1
		for next < len(c.tallies) && c.tallies[next].answer && !c.tallies[next].first {
			next++
		}
		answer := func(tally int) bool { return i <= tally && tally < next }
		for k, f := range c.tallies {
			if f.source == 0 || k > 0 && c.tallies[k-1].source == f.source {
				continue
			}
			for _, totals := range []bool{true, false} {
				figure := func(tally int) bool {
					return c.tallies[tally].source == f.source && !given[tally] && (!totals || total[tally])
				}
				gives, err := c.gives(answer, figure, o)
				if err != nil {
					return nil, err
				}
				for n := range c.tallies {
					if gives && figure(n) && totals == total[n] {
						given[n] = true
					}
				}
			}
		}
	}
	return given, nil
}

// gives reports whether an answer and a figure give a small count of either away.
func (c *control) gives(answer, figure which, o cells.Options) (bool, error) {
	var told, counted, hides bool
	for i, n := range c.cells {
		of, by := answer(n.tally), figure(n.tally)
		told, counted, hides = told || of, counted || by, hides || (of || by) && c.hidden(i)
	}
	if !told || !counted || !hides {
		return false, nil
	}
	a := c.beside(answer, figure)
	for _, untold := range []which{answer, figure} {
		if err := a.before(untold, o); err != nil {
			return false, err
		}
	}
	holds, err := a.holds(a.known, func(int) bool { return true }, o)
	return !holds, err
}

// sources are the numbers of the figures, or 0 for the answers, that have small counts that are hidden, or tell something of values by which others
// are counted.
func (c *control) sources() (out []int) {
	for i, n := range c.cells {
		if of := c.tallies[n.tally].source; (c.hidden(i) || len(c.tallies[n.tally].values[n.key]) > 0 && !c.nowAt(i)) && !slices.Contains(out, of) {
			out = append(out, of)
		}
	}
	return out
}

// hidden reports whether a cell is a small count that was told before and hidden. Of an answer's table of which nothing was told none is.
func (c *control) hidden(i int) bool {
	one := c.sys.Cells[i]
	untold := c.tallies[c.cells[i].tally].answer && one.Low == 0 && one.High == cells.Unbounded
	return one.Role == cells.Past && one.Low < one.High && one.Value > 0 && one.Value < c.threshold && !untold
}

// asked reports whether a cell is a small count of what is asked now.
func (c *control) asked(i int) bool {
	return c.nowAt(i) && c.cells[i].size > 0 && c.cells[i].size < c.threshold
}

// beside is what a reader has of some tables, and of others.
func (c *control) beside(some, others which) *alone {
	a := &alone{control: &control{tallies: c.tallies, minCell: c.minCell, order: c.order, threshold: c.threshold}}
	var at []int
	a.universe, at = c.only(func(tally int) bool { return some(tally) || others(tally) }, some)
	a.sys.MinCell, a.fresh = c.threshold, map[int]bool{}
	a.enterCells()
	a.enterAtoms()
	a.link()
	a.enterValues()
	a.from, a.must = make([]int, len(a.cells)), make([][]int64, len(a.cells))
	for i, k := range at {
		if k >= 0 {
			a.from[k] = i
		}
	}
	return a
}

// known is what was told before of a cell.
func (a *alone) known(i int) cells.Known {
	if one := a.sys.Cells[i]; one.Role == cells.Past {
		return cells.Known{Low: one.Low, High: one.High}
	}
	return cells.Known{High: cells.Unbounded}
}

// before finds what is open of the small counts when nothing is told of some tables.
func (a *alone) before(untold which, o cells.Options) error {
	pub := a.publication(func(i int) cells.Known {
		switch {
		case a.asked(i):
			return cells.Known{Low: 1, High: cells.Unbounded}
		case untold(a.cells[i].tally):
			return cells.Known{High: cells.Unbounded}
		}
		return a.known(i)
	}, func(i int) bool { return !untold(a.cells[i].tally) })
	for i, n := range a.cells {
		if a.asked(i) || a.hidden(i) && !untold(n.tally) {
			pub.Cells[i].Must = a.small()
		}
	}
	report, err := cells.Audit(pub, o.Limits)
	if err != nil {
		return say.Errorf("audit what was told before: %w", err)
	}
	var few []int
	for _, f := range report.Findings {
		a.must[f.Cell] = slices.Sorted(slices.Values(slices.Concat(f.Possible, f.Unproven)))
		if len(a.must[f.Cell]) < 2 && !a.asked(f.Cell) {
			few = append(few, f.Cell)
		}
	}
	open, err := unknown(pub, few, o)
	a.open = append(a.open, open...)
	return err
}

// publication is what the reader has, given what is told of each cell, and of which what was computed of its values.
func (a *alone) publication(told func(i int) cells.Known, valued func(i int) bool) *cells.Publication {
	pub := &cells.Publication{MinCell: a.threshold, Relations: slices.Clone(a.sys.Relations), Cells: make([]cells.Known, len(a.sys.Cells))}
	for i := range pub.Cells {
		pub.Cells[i] = cells.Known{High: cells.Unbounded}
		if i < len(a.cells) {
			pub.Cells[i] = told(i)
		}
	}
	for i := range a.cells {
		if valued(i) {
			pub.Relations = append(pub.Relations, a.values[i]...)
		}
	}
	return pub
}

// unknown lists those of the cells that may still be more than one number.
func unknown(pub *cells.Publication, of []int, o cells.Options) ([]int, error) {
	found, err := cells.Ranges(pub, of, o.Limits)
	if err != nil {
		return nil, say.Errorf("audit what is told beside one figure: %w", err)
	}
	return slices.DeleteFunc(of, func(i int) bool { return found[i].Low == found[i].High }), nil
}

// holds reports whether each small count that was hidden may still be every number that it could be before, and none is worked out.
func (a *alone) holds(told func(i int) cells.Known, valued func(i int) bool, o cells.Options) (bool, error) {
	pub := a.publication(told, valued)
	for i, must := range a.must {
		pub.Cells[i].Must = must
	}
	report, err := cells.Audit(pub, o.Limits)
	if err != nil {
		return false, say.Errorf("audit what is told beside one figure: %w", err)
	}
	if !report.Cleared {
		return false, nil
	}
	open, err := unknown(pub, slices.Clone(a.open), o)
	return slices.Equal(open, a.open), err
}
