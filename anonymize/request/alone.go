package request

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/say"
)

// alone is what a reader has who holds one table that is asked, and earlier answers, against one figure of a report, and takes all that its marks
// allow to be possible. Beside everything else that was told, and by all that readers are taken to know, some of it may be excluded before, so that
// the control of all together has nothing left to protect: what few readers could work out would be told to all.
type alone struct {
	*control
	from []int     // cell -> that of all together
	must [][]int64 // by cell
	open []int     // the cells that are not worked out without the answer
}

// eachAlone lists the figures of reports that have small counts that are hidden, and the earlier answers without any, beside each table.
func (c *control) eachAlone(o cells.Options) (out []*alone, err error) {
	for _, t := range c.tallies {
		if !t.now || !t.first {
			continue
		}
		beside, err := c.alone(t.name, o)
		if err != nil {
			return nil, err
		}
		out = append(out, beside...)
	}
	return out, nil
}

// alone is eachAlone for the table of a name.
func (c *control) alone(table string, o cells.Options) (out []*alone, err error) {
	for _, of := range c.sources() {
		a := &alone{control: &control{tallies: c.tallies, minCell: c.minCell, order: c.order, threshold: c.threshold}}
		var at []int
		now := func(tally int) bool { return c.tallies[tally].now && c.tallies[tally].name == table }
		a.universe, at = c.only(func(tally int) bool {
			return now(tally) || c.tallies[tally].answer || of > 0 && c.tallies[tally].source == of
		}, now)
		a.sys.MinCell, a.fresh = c.threshold, map[int]bool{}
		a.enterCells()
		a.enterAtoms()
		a.link()
		a.from = make([]int, len(a.cells))
		for i, k := range at {
			if k >= 0 {
				a.from[k] = i
			}
		}
		untold := &cells.Publication{Cells: make([]cells.Known, len(c.sys.Cells))}
		for i := range untold.Cells {
			untold.Cells[i] = cells.Known{Low: c.sys.Cells[i].Low, High: c.sys.Cells[i].High}
			if c.sys.Cells[i].Role != cells.Past {
				untold.Cells[i] = cells.Known{High: cells.Unbounded}
			}
		}
		if err := a.before(a.publication(untold), o); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// sources are the numbers of the figures, or 0 for the answers, that have small counts that are hidden.
func (c *control) sources() (out []int) {
	for i, n := range c.cells {
		if of := c.tallies[n.tally].source; c.hidden(i) && !slices.Contains(out, of) {
			out = append(out, of)
		}
	}
	return out
}

// hidden reports whether a cell is a small count that was told before and hidden.
func (c *control) hidden(i int) bool {
	one := c.sys.Cells[i]
	return one.Role == cells.Past && one.Low < one.High && one.Value > 0 && one.Value < c.threshold
}

// before finds what is open of the small counts when nothing of the answer is told.
func (a *alone) before(pub *cells.Publication, o cells.Options) error {
	a.must = make([][]int64, len(a.sys.Cells))
	for i := range a.cells {
		if a.hidden(i) {
			pub.Cells[i].Must = a.control.small()
		}
	}
	report, err := cells.Audit(pub, o.Limits)
	if err != nil {
		return say.Errorf("audit what was told before: %w", err)
	}
	for _, f := range report.Findings {
		a.must[f.Cell] = slices.Sorted(slices.Values(slices.Concat(f.Possible, f.Unproven)))
	}
	a.open, err = a.unknown(pub, o)
	return err
}

// publication is what the reader has, of what is told by all together.
func (a *alone) publication(told *cells.Publication) *cells.Publication {
	pub := &cells.Publication{MinCell: a.threshold, Relations: a.sys.Relations, Cells: make([]cells.Known, len(a.sys.Cells))}
	for i := range pub.Cells {
		pub.Cells[i] = cells.Known{High: cells.Unbounded}
		if i >= len(a.cells) {
			continue
		}
		known := told.Cells[a.from[i]]
		pub.Cells[i] = cells.Known{Low: known.Low, High: known.High}
		if a.must != nil {
			pub.Cells[i].Must = a.must[i]
		}
	}
	return pub
}

// unknown lists the small counts that may still be another number, though only one that is small.
func (a *alone) unknown(pub *cells.Publication, o cells.Options) (out []int, err error) {
	var hidden []int
	for i := range a.cells {
		if a.hidden(i) && len(a.must[i]) < 2 {
			hidden = append(hidden, i)
		}
	}
	of, err := cells.Ranges(pub, hidden, o.Limits)
	if err != nil {
		return nil, say.Errorf("audit what is told beside one figure: %w", err)
	}
	return slices.DeleteFunc(hidden, func(i int) bool { return of[i].Low == of[i].High }), nil
}

// holds reports whether each small count that was hidden may still be every number that its own table left open, and none is worked out.
func (a *alone) holds(told *cells.Publication, o cells.Options) (bool, error) {
	pub := a.publication(told)
	report, err := cells.Audit(pub, o.Limits)
	if err != nil {
		return false, say.Errorf("audit what is told beside one figure: %w", err)
	}
	if !report.Cleared {
		return false, nil
	}
	open, err := a.unknown(pub, o)
	return slices.Equal(open, a.open), err
}
