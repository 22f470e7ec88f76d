package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
)

// Protect decides what readers may see of the results, given what earlier reports showed. It fails
// closed: what cannot be proven safe is not shown. With a threshold of 0 it publishes the results as
// they are, marked so by MinCell.
func Protect(r *transform.Results, cat *sql.Catalogue, o Options) (*Published, error) {
	if o.MinCell == 0 {
		return Uncontrolled(r), nil
	}
	b := newBuilder(cat, o.MinCell)
	now := b.book(r, false, nil)
	var earlier []*book
	for _, e := range o.Earlier {
		earlier = append(earlier, b.book(e.Results, true, e.Decisions.under(o.MinCell)))
	}
	b.link(now, earlier)
	pattern, _, err := cells.Choose(&b.sys, o.Search)
	if err != nil {
		return nil, fmt.Errorf("protect small counts: %w", err)
	}
	p := &Published{results: *r, MinCell: o.MinCell, Notes: map[string]Note{}}
	p.results.Figures = slices.Clone(r.Figures)
	c := control{Published: p, exact: r, cat: cat, book: now, pattern: pattern, marks: map[string]cells.Mark{}}
	c.hideCounts()
	c.hideDerived()
	c.thin()
	c.hideChanges()
	c.hideRestatements(o.Earlier)
	p.Decisions = newDecisions(&c, b)
	return p, nil
}

// control applies the decisions to everything that is published.
type control struct {
	*Published
	exact   *transform.Results
	cat     *sql.Catalogue
	book    *book
	pattern *cells.Pattern
	marks   map[string]cells.Mark // by name, of the counts
}

// hideCounts hides the counts that were chosen.
func (c *control) hideCounts() {
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		n := name(f.ID, f.Dims)
		cell, ok := c.book.cell[n]
		if !ok {
			continue
		}
		mark := c.pattern.Marks[cell]
		c.marks[n] = mark
		if mark == cells.Shown {
			continue
		}
		c.hide(f, mark)
		note := c.Notes[f.ID]
		switch c.pattern.Levels[c.book.b.sys.Cells[cell].Table] {
		case cells.Vague:
			note.Vague = true
		case cells.Withdrawn:
			note.Withdrawn = true
		}
		c.Notes[f.ID] = note
	}
}

// hide takes the value out of a figure. A small count reads <5; anything else says nothing.
func (c *control) hide(f *transform.Figure, mark cells.Mark) {
	if f.Status == transform.Suppressed {
		return
	}
	f.Value, f.Numerator, f.Denominator = transform.Value{}, transform.Value{}, transform.Value{}
	f.Status, f.Reason = transform.Suppressed, transform.Covered
	note := c.Notes[f.ID]
	if mark == cells.Small {
		f.Reason = ""
		note.Primary++
	} else {
		note.Secondary++
	}
	c.Notes[f.ID] = note
	c.Hidden++
}

// curved reports whether a figure is read off a curve step by step; see thin.
func (c *control) curved(id string) bool {
	return slices.ContainsFunc(c.cat.Curves, func(k sql.Curve) bool { return id == k.ID+".survival" || id == k.ID+".cumulative_incidence" })
}

// hideDerived hides the means, quantiles and shares that rest on too few persons, or on a number of
// them that is hidden.
func (c *control) hideDerived() {
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		exact := &c.exact.Figures[i]
		if counts(exact) || !personal(c.cat, c.exact, f.ID) || f.Unit == "eur" || c.curved(f.ID) {
			continue
		}
		if f.Status == transform.NotAvailable || f.Status == transform.Undefined && !characteristic(f.Dims) {
			continue
		}
		base, mark, known := c.base(exact)
		few := known && base > 0 && base < int64(c.MinCell)
		if few || mark != cells.Shown || !known && characteristic(f.Dims) {
			c.hide(f, cells.Any)
		}
	}
}

// base returns the number of persons that a mean, quantile or share rests on, and how that number is shown.
func (c *control) base(f *transform.Figure) (n int64, mark cells.Mark, known bool) {
	var dims []transform.Dim // without the statistic
	for _, d := range f.Dims {
		if d.Name != "stat" {
			dims = append(dims, d)
		}
	}
	for _, of := range []struct {
		id   string
		dims []transform.Dim
	}{
		{f.ID, append(slices.Clone(dims), transform.Dim{Name: "stat", Value: "n"})},
		{restsOn[f.ID], dims},
	} {
		key := name(of.id, of.dims)
		if cell, ok := c.book.cell[key]; ok {
			return c.book.value(cell), c.marks[key], true
		}
	}
	if f.Denominator.Kind() == transform.Count {
		return f.Denominator.Int(), cells.Shown, !characteristic(f.Dims)
	}
	mean := append(slices.Clone(dims), transform.Dim{Name: "stat", Value: "mean"})
	for i := range c.exact.Figures {
		g := &c.exact.Figures[i]
		if g.ID == f.ID && name(g.ID, g.Dims) == name(f.ID, mean) && g.Denominator.Kind() == transform.Count {
			return g.Denominator.Int(), cells.Shown, !characteristic(f.Dims)
		}
	}
	return 0, cells.Shown, false
}

// restsOn names the count behind a figure that has none of its own.
var restsOn = map[string]string{
	"amif.guidance_hours":   "amif.trajectories",
	"occupancy.utilisation": "occupancy.person_nights",
}

// hideChanges hides a change in a figure that is hidden, or was then too small to be shown. A median's number of
// persons in the period before is known from the course of the quarters, or not at all.
func (c *control) hideChanges() {
	c.results.Changes = slices.Clone(c.exact.Changes)
	for i := range c.results.Changes {
		ch := &c.results.Changes[i]
		if c.hidden(ch.ID) {
			ch.Is, ch.Was, ch.Difference, ch.Status = transform.Value{}, transform.Value{}, transform.Value{}, transform.Suppressed
		} else if ch.ID == "duration.ended" && c.endedIn(ch.Period) < int64(c.MinCell) {
			ch.Was, ch.Difference, ch.Status = transform.Value{}, transform.Value{}, transform.Suppressed
		}
	}
}

// hidden reports whether any figure of an id without a characteristic is hidden.
func (c *control) hidden(id string) bool {
	return slices.ContainsFunc(c.results.Figures, func(f transform.Figure) bool {
		return f.ID == id && !characteristic(f.Dims) && f.Status == transform.Suppressed
	})
}

func (c *control) endedIn(quarter string) int64 {
	s := c.exact.SeriesNamed("flow.quarters")
	if s == nil {
		return 0
	}
	label, ended := slices.Index(s.Columns, "quarter"), slices.Index(s.Columns, "trajectories_ended")
	for _, row := range s.Rows {
		if label >= 0 && ended >= 0 && row[label].Str() == quarter {
			return row[ended].Int()
		}
	}
	return 0
}

// hideRestatements lists a correction of a breakdown, a share or a mean only where readers saw the figure,
// and then without what it is now, which the control has not looked at. Corrections of totals stay.
func (c *control) hideRestatements(earlier []Earlier) {
	c.results.Restatements = nil
	for _, s := range c.exact.Restatements {
		if personal(c.cat, c.exact, s.ID) && (characteristic(s.Dims) || !c.counted(s)) {
			if hiddenThen(earlier, s) {
				c.Withheld++
				continue
			}
			s.Is = transform.TextOf(CoveredMark)
		}
		c.results.Restatements = append(c.results.Restatements, s)
	}
}

// counted reports whether a correction is of a plain count.
func (c *control) counted(s transform.Restatement) bool {
	f := c.cat.Figure(s.ID)
	return f != nil && f.Unit == "count" && len(s.Dims) == 0
}

func hiddenThen(earlier []Earlier, s transform.Restatement) bool {
	return slices.ContainsFunc(earlier, func(e Earlier) bool {
		return e.Results.Period.Label == s.Period && e.Decisions.mark(name(s.ID, s.Dims)) != cells.Shown
	})
}
