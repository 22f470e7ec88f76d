package disclose

import (
	"errors"
	"maps"
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/lists"
	"lvv/sql"
	"lvv/transform"
)

// promise is a count that reads as small in an earlier report.
type promise struct {
	period   transform.Period
	cell     string  // its name in the system
	possible []int64 // the small numbers that are to remain possible
}

// promises lists what reads as small in the earlier reports, taking it that their readers can exclude nothing.
func (c *control) promises(s *system, reports []*report) []promise {
	all := smallNumbers(c.MinCell)
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

// smallNumbers lists the numbers that are not shown.
func smallNumbers(minCell int) []int64 {
	var all []int64
	for x := int64(1); x < int64(minCell); x++ {
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

// holds reports promises that a pattern does not keep, of what readers could not exclude already without the report to be published.
func (c *control) holds(promises []promise, s *system, p *cells.Pattern) error {
	of := broken(promises, s, p)
	if len(of) == 0 {
		return nil
	}
	before, _ := c.system(false)
	pub := before.told()
	for i, name := range before.names {
		if slices.ContainsFunc(of, func(a promise) bool { return a.cell == name }) {
			pub.Cells[i].Must = smallNumbers(c.MinCell)
		}
	}
	found, err := cells.Audit(pub, c.options.Search.Limits)
	if _, contradicted := errors.AsType[*cells.ContradictionError](err); err != nil && !contradicted {
		return err
	}
	for _, f := range found.Findings {
		k := slices.IndexFunc(of, func(a promise) bool { return a.cell == before.names[f.Cell] })
		of[k].possible = slices.Sorted(slices.Values(slices.Concat(f.Possible, f.Unproven)))
	}
	if of = broken(of, s, p); len(of) > 0 {
		return narrows(of)
	}
	return nil
}

// total is something that is told of the report unless it is withheld in the last resort.
type total struct {
	cells []int
	of    map[string]bool // where it is listed when it is withheld
	name  string
}

// lastResort lists what may be withheld in the last resort, what is the dearest first: the totals on the first screen, the others in the order of
// the catalogue, those told beside the figures, the corrections of earlier totals, and, from shares on, the counts behind shares that no
// breakdown divides, and the rows of tables.
func (c *control) lastResort(s *system, now *report) (out []total, shares int) {
	var first, others, cheapest []total
	for i := range now.counts {
		n := &now.counts[i]
		if n.cell < 0 || s.cell(n.cell).Role != cells.Fixed {
			continue
		}
		t := total{[]int{n.cell}, c.withheld, n.name()}
		switch f := c.cat.Figure(n.id); {
		case n.of != "" && !c.divided(f) || byRows(c.cat, n.id):
			cheapest = append(cheapest, t)
		case f != nil && f.Headline:
			first = append(first, t)
		default:
			others = append(others, t)
		}
	}
	out = slices.Concat(first, others)
	for _, a := range s.asides {
		out = append(out, total{[]int{a.cell}, c.withheld, a.key()})
	}
	listed := maps.Clone(c.unlisted)
	for i := range c.options.Earlier {
		for _, change := range c.options.Earlier[i].Corrections {
			if id := change.ID; len(change.Dims) == 0 && !listed[id] {
				listed[id] = true
				out = append(out, total{s.corrections[id], c.unlisted, id})
			}
		}
	}
	return append(out, cheapest...), len(out)
}

// withhold decides which totals are not told, because beside them readers could narrow small counts however much else is hidden: what earlier
// reports hide, where any total may be withheld for every number of what reads as small and so that nothing else can be worked out, and small counts of the report itself. Of these, a share may be for every
// number, and any total so that none can be worked out. What totals alone leave no room for, such as a 4 among three persons, stays so:
// totals are shown, and readers see of such a count no more than its range. It reports whether there are any.
func (c *control) withhold(s *system, reports []*report, promises []promise) (some bool, err error) {
	totals, shares := c.lastResort(s, reports[len(reports)-1])
	var questions []cells.Question
	every := func(cell, from int) {
		for _, x := range smallNumbers(c.MinCell) {
			questions = append(questions, cells.Question{Cell: cell, Of: []cells.Range{{Low: x, High: x}}, From: from})
		}
	}
	for i, name := range s.names {
		if slices.ContainsFunc(promises, func(a promise) bool { return a.cell == name }) {
			every(i, 0)
		}
	}
	for _, r := range reports {
		for i := range r.counts {
			n := &r.counts[i]
			if n.cell < 0 || !s.few(n) || !characteristic(s.cat, n.dims) || !s.printed(n.id) {
				continue
			}
			switch role := s.cell(n.cell).Role; {
			case role == cells.Open:
				every(n.cell, shares)
			case role != cells.Past || n.low == n.high:
				continue
			}
			questions = append(questions, cells.Question{Cell: n.cell, Of: []cells.Range{{Low: 0, High: n.value - 1}, {Low: n.value + 1, High: cells.Unbounded}}})
		}
	}
	var told [][]int
	for _, t := range totals {
		told = append(told, t.cells)
	}
	near := lists.Map(s.exact, func(e exact) int64 { return e.value })
	tells, err := cells.Tell(s.told(), told, questions, near, c.options.Search.Limits)
	for j := range tells {
		if !tells[j] {
			totals[j].of[totals[j].name], some = true, true
		}
	}
	return some, err
}

// divided reports whether a figure is broken down by a characteristic, too.
func (c *control) divided(f *sql.Figure) bool {
	return f != nil && slices.ContainsFunc(f.Breakdowns, func(b sql.Breakdown) bool {
		return slices.ContainsFunc(b, func(l *sql.List) bool { return c.cat.Characteristic([]string{l.Dim}) })
	})
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
