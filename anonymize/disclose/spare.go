package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
)

// unkept lists the small counts of the report itself for which a pattern does not keep all small numbers possible.
func (c *control) unkept(s *system, now *report, p *cells.Pattern) []promise {
	var out []promise
	for i := range now.counts {
		n := &now.counts[i]
		if n.cell >= 0 && s.cell(n.cell).Role == cells.Open && n.value > 0 && n.value < int64(c.MinCell) && len(p.Must[n.cell]) < c.MinCell-1 {
			out = append(out, promise{c.exact.Period, s.names[n.cell], c.small()})
		}
	}
	return out
}

// spare withholds shares that narrow small counts of the report itself, however much else is hidden. Where a small count could be worked out
// exactly all the same, totals are withheld too, those on the first screen last. What a total alone leaves no room for, such as a 4 among
// three persons, stays so: totals are shown, and readers see of such a count no more than its range.
func (c *control) spare(of []promise) error {
	beside, err := c.remains(of)
	if err != nil {
		return err
	}
	s, reports := c.system(true)
	totals, shares := c.lastResort(s, reports[len(reports)-1])
	for _, t := range shares {
		t(false)
	}
	without, err := c.remains(of)
	if err != nil {
		return err
	}
	few := slices.DeleteFunc(slices.Clone(of), func(a promise) bool { return len(without[a.cell]) > 1 })
	exact, err := c.workedOut(few)
	if err != nil {
		return err
	}
	if len(exact) > 0 {
		for _, t := range totals {
			t(false)
		}
		still, err := c.workedOut(exact)
		if err != nil {
			return err
		}
		exact = slices.DeleteFunc(exact, func(a promise) bool {
			return slices.ContainsFunc(still, func(b promise) bool { return a.cell == b.cell })
		})
		for _, t := range totals {
			t(len(exact) == 0)
		}
	}
	if len(exact) > 0 {
		shares = slices.Concat(totals, shares)
	}
	of = slices.DeleteFunc(of, func(a promise) bool { return len(without[a.cell]) == len(beside[a.cell]) })
	for i := range of {
		of[i].possible = without[of[i].cell]
	}
	return tell(shares, func() (bool, error) {
		if len(of)+len(exact) == 0 {
			return true, nil
		}
		if kept, err := c.keeps(of); err != nil || !kept {
			return false, err
		}
		still, err := c.workedOut(exact)
		return len(still) == 0, err
	})
}

// remains finds which small numbers are possible of each count, by cell, when nothing is said but totals and shares.
func (c *control) remains(of []promise) (map[string][]int64, error) {
	s, _ := c.system(true)
	found, err := c.audit(of, s)
	if err != nil {
		return nil, err
	}
	out := map[string][]int64{}
	for cell, f := range found {
		out[cell] = f.Possible
	}
	return out, nil
}

// workedOut lists the counts that can be worked out when nothing is said but totals and shares.
func (c *control) workedOut(of []promise) ([]promise, error) {
	s, _ := c.system(true)
	var asked []int
	for i, name := range s.names {
		if slices.ContainsFunc(of, func(a promise) bool { return a.cell == name }) {
			asked = append(asked, i)
		}
	}
	found, err := cells.Ranges(s.told(), asked, c.options.Search.Limits)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(of), func(a promise) bool {
		return !slices.ContainsFunc(asked, func(i int) bool { return s.names[i] == a.cell && found[i].Low == found[i].High })
	}), nil
}

// divided reports whether a figure is broken down by a characteristic, too.
func (c *control) divided(f *sql.Figure) bool {
	return f != nil && slices.ContainsFunc(f.Breakdowns, func(b sql.Breakdown) bool {
		return slices.ContainsFunc(b, func(l *sql.List) bool { return c.cat.Characteristic([]string{l.Dim}) })
	})
}

// withdrawZeros withdraws tables whose zeros, in a sum with the table of a small count, leave one number for it. It reports whether there are any.
func (c *control) withdrawZeros(s *system, r *report, ranges map[int]cells.Range) bool {
	beside := map[int]bool{} // the cells of tables with such a count
	for i := range r.counts {
		n := &r.counts[i]
		if known, ok := ranges[n.cell]; !ok || known.Low != known.High || known.Low == 0 || known.Low >= int64(c.MinCell) {
			continue
		}
		for k := range r.counts {
			beside[r.counts[k].cell] = beside[r.counts[k].cell] || r.counts[k].cell >= 0 && r.counts[k].table() == n.table()
		}
	}
	summed := map[int]bool{}
	for _, rel := range s.sys.Relations {
		if slices.ContainsFunc(rel.Terms, func(t cells.Term) bool { return beside[t.Cell] }) {
			for _, t := range rel.Terms {
				summed[t.Cell] = true
			}
		}
	}
	tables := map[string]bool{}
	for i := range r.counts {
		n := &r.counts[i]
		zero := n.cell >= 0 && summed[n.cell] && n.valued && n.value == 0 && characteristic(c.cat, n.dims) && s.printed(n.id)
		tables[n.table()] = tables[n.table()] || zero && c.marks[n.name()] == cells.Shown
	}
	found := false
	for i := range r.counts {
		if n := &r.counts[i]; tables[n.table()] && n.of == "" && c.marks[n.name()] != cells.Any {
			c.marks[n.name()], c.levels[n.table()], found = cells.Any, cells.Withdrawn, true
		}
	}
	return found
}
