package disclose

import (
	"fmt"
	"maps"
	"slices"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// Protect decides what readers may see of the results, given what earlier reports showed. It fails
// closed: what cannot be proven safe is not shown. With a threshold of 0 it publishes the results as
// they are, marked so by MinCell.
func Protect(r *transform.Results, cat *sql.Catalogue, o Options) (*Published, error) {
	if o.MinCell == 0 {
		return &Published{results: *r}, nil
	}
	r, absent := withAbsent(r, cat)
	c := &control{
		Published: &Published{results: *r, MinCell: o.MinCell, marks: map[string]cells.Mark{}, levels: map[string]cells.Level{}, ranges: map[string]cells.Range{}},
		exact:     r, cat: cat, options: o, untold: map[curveDay]bool{}, workedOut: map[string]int64{},
	}
	c.results.Figures = slices.Clone(r.Figures)
	c.roundNights()
	if err := c.choose(); err != nil {
		return nil, say.Errorf("protect small counts: %w", err)
	}
	c.roundAll()
	c.hideCounts()
	c.hideDerived()
	c.thin()
	c.hideChanges()
	c.hideCorrections()
	c.hideAsides()
	c.hideMoves()
	if err := c.computeRanges(); err != nil {
		return nil, say.Errorf("protect small counts: %w", err)
	}
	c.results.Figures = slices.DeleteFunc(c.results.Figures, func(f transform.Figure) bool { return absent[name(f.ID, f.Dims)] && f.Status == "" })
	return c.Published, nil
}

// control applies the decisions to everything that is published.
type control struct {
	*Published
	exact   *transform.Results
	cat     *sql.Catalogue
	options Options
	// unlisted are the figures whose total's correction is withheld.
	unlisted map[string]bool
	// untold are the points of curves that are not told apart by ways out.
	untold map[curveDay]bool
	// workedOut has the small counts that readers could work out though no report has counted them, by their names in the system.
	workedOut map[string]int64
}

// system builds the system of all counts: of the earlier reports and, the last one, of the one to be published.
func (c *control) system(withNow bool) (*system, []*report) {
	s := newSystem(c.cat, c.MinCell, c.options.Start, c.options.Order)
	s.days, s.withheld, s.workedOut, s.gone = c.options.Days, c.withheld, c.workedOut, c.options.Withdrawn
	earlier := c.options.Earlier
	var reports []*report
	for i, e := range earlier {
		label := fmt.Sprintf("%s (%d) ", e.Results.Period.Label, i+1)
		reports = append(reports, s.report(label, e.Results.Period, e.counts(c.cat), past))
	}
	if withNow {
		reports = append(reports, s.report("", c.exact.Period, c.counts(), toChoose))
	}
	for i, r := range reports {
		r.relate()
		if i == len(earlier) {
			r.enterCurves(c.pointsIn)
		} else if d := earlier[i].Published; d != nil {
			r.tellsCurves(d)
		}
	}
	s.linkAll(reports, c.exact, earlier, c.unlistedOf)
	if c.options.Beside != nil && withNow {
		s.beside(reports[len(reports)-1], c.options.Beside)
	}
	return s, reports
}

// choose decides which counts are shown, and which totals are told beside them.
func (c *control) choose() error {
	c.unlisted, c.withheld = c.unlistedNow(), map[string]bool{}
	for _, n := range c.counts() {
		if !characteristic(c.cat, n.dims) && slices.Contains(c.options.Withdrawn, n.table()) {
			c.withheld[n.name()] = true
		}
	}
	var s *system
	var reports []*report
	var promises []promise
	for some := true; some; { // what is withheld may leave other relations
		var err error
		s, reports = c.system(true)
		promises = c.promises(s, reports)
		if some, err = c.withhold(s, reports, promises); err != nil {
			return err
		}
	}
	if err := s.nested(reports, c.options.Search.Limits); err != nil {
		return err
	}
	pattern, _, err := cells.Choose(&s.sys, c.options.Search)
	if err != nil {
		return err
	}
	found, err := cells.WorkedOut(pattern.Publication(&s.sys), s.uncounted, c.options.Search.Limits)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		for i, x := range found {
			c.workedOut[s.names[i]] = x
		}
		return c.choose() // now that these are counted, they are protected
	}
	if err := c.holds(promises, s, pattern); err != nil {
		return err
	}
	now := reports[len(reports)-1]
	for _, e := range now.curves {
		for _, p := range e.points {
			c.untold[curveDay{e.curve.ID, p.days}] = slices.ContainsFunc(p.cells, func(i int) bool { return pattern.Marks[i] != cells.Shown })
		}
	}
	for i := range now.counts {
		n := &now.counts[i]
		switch {
		case n.cell < 0:
		case c.withheld[n.name()]:
			c.marks[n.name()] = cells.Any
		case characteristic(c.cat, n.dims) && s.untold(n, c.exact.Period):
			c.marks[n.name()], c.levels[n.table()] = cells.Any, cells.Withdrawn
		case s.cell(n.cell).Role == cells.Fixed && !c.printedHere(n):
			c.totals = append(c.totals, transform.Figure{ID: n.id, Unit: "count", Value: engine.CountOf(n.value), Date: day.None})
		case s.cell(n.cell).Role == cells.Open:
			c.marks[n.name()] = pattern.Marks[n.cell]
			if level := pattern.Levels[s.cell(n.cell).Table]; level != cells.Sharp {
				c.levels[n.table()] = level
			}
		}
	}
	return nil
}

// printedHere reports whether a total is a figure of the results.
func (c *control) printedHere(n *count) bool {
	return n.of != "" || slices.ContainsFunc(c.exact.Figures, func(f transform.Figure) bool { return f.ID == n.id && len(f.Dims) == len(n.dims) })
}

// counts lists the counts of the report to be published.
func (c *control) counts() []count {
	var out []count
	for i := range c.exact.Figures {
		f := &c.exact.Figures[i]
		if !carried(c.cat, f.ID) {
			continue
		}
		for _, n := range countsOf(c.cat, f) {
			if r, ok := c.ranges[n.name()]; ok {
				n.low, n.high = r.Low, r.High
			}
			out = append(out, n)
		}
	}
	return out
}

// carried reports whether the figures of an id have a part in the reports for the steering group.
func carried(cat *sql.Catalogue, id string) bool {
	f := cat.Figure(id)
	return f == nil || !f.Account
}

// counts lists the counts of an earlier report, exact and as its readers know them.
func (e *Earlier) counts(cat *sql.Catalogue) []count {
	known := map[string]*count{}
	if e.Published != nil {
		list, _ := publishedCounts(cat, e.Published)
		for i := range list {
			known[list[i].name()] = &list[i]
		}
	}
	var out []count
	exact, _ := withAbsent(e.Results, cat)
	for i := range exact.Figures {
		if !carried(cat, exact.Figures[i].ID) {
			continue
		}
		for _, n := range countsOf(cat, &exact.Figures[i]) {
			if k := known[n.name()]; k != nil {
				n.low, n.high = k.low, k.high
			} else if e.Published != nil && e.Published.MinCell > 0 && !e.tellsRows(cat.Figure(n.id)) && (characteristic(cat, n.dims) || controlled(cat.Figure(n.id), e.Results.Period)) {
				n.low, n.high = 0, cells.Unbounded
			}
			if n.of != "" && n.high == cells.Unbounded && n.value > 0 && n.value < int64(e.Published.MinCell) && !characteristic(cat, n.dims) {
				n.low, n.high = 1, int64(e.Published.MinCell)-1 // that a share of everybody is withheld, and not undefined, says so
			}
			n.low, n.high = min(n.low, n.value), max(n.high, n.value)
			out = append(out, n)
			delete(known, n.name())
		}
	}
	out = append(out, unprinted(cat, out)...)
	for _, name := range slices.Sorted(maps.Keys(known)) { // totals that are no figures
		if n := *known[name]; len(n.dims) == 0 {
			n.made = true
			out = append(out, n)
		}
	}
	return out
}

// tellsRows reports whether readers of an earlier report see a figure from how many rows its tables have.
func (e *Earlier) tellsRows(f *sql.Figure) bool {
	return f != nil && f.ByRows && !slices.ContainsFunc(e.Published.Quality.Tables, func(t published.TableCount) bool {
		return t.Withheld && slices.Contains(f.Tables, t.Table)
	})
}

// hideCounts hides the counts that were chosen.
func (c *control) hideCounts() {
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		for _, n := range countsOf(c.cat, f) {
			if mark := c.marks[n.name()]; n.of == "" && mark != cells.Shown {
				c.hide(f, mark)
			}
		}
		if _, rounded := c.ranges[name(f.ID, f.Dims)]; rounded {
			c.hide(f, cells.Any)
		}
	}
}

// hide takes the value out of a figure. A small count reads <5; of anything else only its range is known.
func (c *control) hide(f *transform.Figure, mark cells.Mark) {
	if f.Status == transform.Suppressed {
		return
	}
	f.Value, f.Numerator, f.Denominator, f.Date = engine.Value{}, engine.Value{}, engine.Value{}, day.None
	f.Status, f.Reason = transform.Suppressed, transform.Covered
	if mark == cells.Small {
		f.Reason = ""
	}
}

// computeRanges computes what the report alone leaves open of every hidden count, from what it publishes.
func (c *control) computeRanges() error {
	doc := c.Document(c.cat)
	counts, _ := publishedCounts(c.cat, doc)
	for i := range counts {
		n := &counts[i]
		if mark, ok := c.marks[n.name()]; ok && mark != cells.Shown && n.of == "" {
			n.low, n.high = mark.Bounds(n.value, int64(c.MinCell))
		}
	}
	s := newSystem(c.cat, c.MinCell, c.options.Start, nil)
	r := s.report("", c.exact.Period, counts, audited)
	r.relate()
	r.tellsCurves(doc)
	m := moment{reports: []*report{r}}
	m.tell(s, "", s.asidesOf(doc), cells.Past)
	s.link(m)
	var hidden []int
	for i := range r.counts {
		n := &r.counts[i]
		if mark, ok := c.marks[n.name()]; ok && n.cell >= 0 && mark != cells.Shown && mark != cells.Small && n.of == "" {
			hidden = append(hidden, n.cell)
		}
	}
	found, err := cells.Ranges(s.publication(), hidden, c.options.Search.Limits)
	if err != nil {
		return err
	}
	for i := range r.counts {
		if n := &r.counts[i]; n.cell >= 0 {
			if bounds, ok := found[n.cell]; ok {
				c.ranges[n.name()] = bounds
			}
		}
	}
	return nil
}

// name identifies a figure within a report, in whatever order its dimensions come.
func name(id string, dims []transform.Dim) string { return transform.FigureName(id, dims) }

// Range returns what readers may know of a hidden count, if it has a range.
func (p *Published) Range(f *transform.Figure) *published.Range {
	r, ok := p.ranges[name(f.ID, f.Dims)]
	if !ok {
		return nil
	}
	out := &published.Range{Low: r.Low, High: r.High}
	if r.High >= cells.Unbounded {
		out.High = published.Unbounded
	}
	return out
}
