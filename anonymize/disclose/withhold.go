package disclose

import (
	"errors"
	"slices"

	"lvv/anonymize/cells"
	"lvv/transform"
)

// promise is a count that reads as small in an earlier report.
type promise struct {
	period   transform.Period
	cell     string  // its name in the system
	possible []int64 // the small numbers that readers cannot exclude without the report to be published
}

// promises lists what reads as small in the earlier reports, taking it that their readers can exclude nothing.
func (c *control) promises(s *system, reports []*report) []promise {
	all := c.small()
	var out []promise
	for i := range c.options.Earlier {
		e := &c.options.Earlier[i]
		if e.Published == nil {
			continue
		}
		_, small := publishedCounts(c.cat, e.Published)
		for k := range reports[i].counts {
			if of := &reports[i].counts[k]; of.cell >= 0 && small[of.name()] && s.exact[of.cell].value > 0 {
				out = append(out, promise{e.Results.Period, s.names[of.cell], all})
			}
		}
	}
	return out
}

// small lists the numbers that are not shown.
func (c *control) small() []int64 {
	var all []int64
	for x := int64(1); x < int64(c.MinCell); x++ {
		all = append(all, x)
	}
	return all
}

// broken returns the promises that a pattern does not keep.
func broken(of []promise, s *system, p *cells.Pattern) []promise {
	must := map[string][]int64{}
	for i, name := range s.names {
		must[name] = p.Must[i]
	}
	return slices.DeleteFunc(slices.Clone(of), func(a promise) bool {
		return !slices.ContainsFunc(a.possible, func(x int64) bool { return !slices.Contains(must[a.cell], x) })
	})
}

// told is what readers have when nothing is said but totals and what was said before.
func (s *system) told() *cells.Publication {
	pub := s.publication()
	for i := range s.sys.Cells {
		switch cell := s.cell(i); cell.Role {
		case cells.Open:
			pub.Cells[i] = cells.Known{High: cells.Unbounded}
		case cells.Fixed:
			pub.Cells[i] = cells.Known{Low: cell.Value, High: cell.Value}
		}
	}
	return pub
}

// audit finds what is possible of each promise, by cell, when nothing is said but totals and what was said before. Where what is declared
// contradicts the figures, all is: a reader who assumes more than is true learns nothing that is.
func (c *control) audit(of []promise, s *system) (map[string]cells.Finding, error) {
	pub := s.told()
	protected := map[string][]int64{}
	for _, a := range of {
		protected[a.cell] = a.possible
	}
	for i := range pub.Cells {
		pub.Cells[i].Must = protected[s.names[i]]
	}
	out := map[string]cells.Finding{}
	found, err := cells.Audit(pub, c.options.Search.Limits)
	if contradicted, ok := errors.AsType[*cells.ContradictionError](err); ok {
		for _, i := range contradicted.Cells {
			out[s.names[i]] = cells.Finding{Cell: i, Possible: c.small()}
		}
	} else if err != nil {
		return nil, err
	}
	for _, f := range found.Findings {
		out[s.names[f.Cell]] = f
	}
	return out, nil
}

// lessened leaves of the promises what readers cannot exclude already, without the report to be published.
func (c *control) lessened(of []promise) ([]promise, error) {
	s, _ := c.system(false)
	found, err := c.audit(of, s)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(of)
	for i := range out {
		f := found[out[i].cell]
		out[i].possible = slices.Concat(f.Possible, f.Unproven)
		slices.Sort(out[i].possible)
	}
	return out, nil
}

// total is something that is told of the report unless it is withheld in the last resort.
type total func(told bool)

// lastResort lists what may be withheld in the last resort, what is the dearest first: the totals on the first screen, the others in the order of
// the catalogue, those told beside the figures, and the corrections of earlier totals. Shares that no
// breakdown divides are the cheapest.
func (c *control) lastResort(s *system, now *report) (totals, shares []total) {
	var first, others, corrections []total
	for i := range now.counts {
		n := &now.counts[i]
		if n.cell < 0 || s.cell(n.cell).Role != cells.Fixed {
			continue
		}
		name := n.name()
		tell := func(told bool) { c.withheld[name] = !told }
		switch f := c.cat.Figure(n.id); {
		case n.of != "" && !c.divided(f):
			shares = append(shares, tell)
		case f != nil && f.Headline:
			first = append(first, tell)
		default:
			others = append(others, tell)
		}
	}
	listed := map[string]bool{}
	for i := range c.options.Earlier {
		for _, change := range c.options.Earlier[i].Corrections {
			id := change.ID
			if len(change.Dims) > 0 || listed[id] || c.unlisted[id] {
				continue
			}
			listed[id] = true
			corrections = append(corrections, func(told bool) { c.unlisted[id] = !told })
		}
	}
	var beside []total
	for _, a := range s.asidesIn(c.exact) {
		key := a.key()
		beside = append(beside, func(told bool) { c.withheld[key] = !told })
	}
	return slices.Concat(first, others, beside, corrections), shares
}

// withhold decides which totals are not told, because beside them readers could narrow what earlier reports hide, however much else is hidden.
// It tells as many as it can, the dearest first, and looks at nothing else of them.
func (c *control) withhold(of []promise) error {
	s, reports := c.system(true)
	totals := slices.Concat(c.lastResort(s, reports[len(reports)-1]))
	for _, t := range totals {
		t(false)
	}
	if kept, err := c.keeps(of); err != nil {
		return err
	} else if !kept {
		return narrows(of)
	}
	return tell(totals, func() (bool, error) { return c.keeps(of) })
}

// keeps reports whether all promises can be kept beside the totals that are told.
func (c *control) keeps(of []promise) (bool, error) {
	s, _ := c.system(true)
	found, err := c.audit(of, s)
	return err == nil && !slices.ContainsFunc(of, func(a promise) bool { return len(found[a.cell].Missing) > 0 }), err
}

// tell tells as many of the totals as can be told while something holds, the first ones first.
func tell(totals []total, holds func() (bool, error)) error {
	for _, t := range totals {
		t(true)
	}
	held, err := holds()
	if err != nil || held {
		return err
	}
	for _, t := range totals {
		t(false)
	}
	if len(totals) <= 1 {
		return nil
	}
	half := len(totals) / 2
	if err := tell(totals[:half], holds); err != nil {
		return err
	}
	return tell(totals[half:], holds)
}

// narrows says of broken promises that they are.
func narrows(of []promise) error {
	period, n := of[0].period, 0
	for _, a := range of {
		if a.period == period {
			n++
		}
	}
	return &NarrowsError{Period: period.Label, Counts: n}
}
