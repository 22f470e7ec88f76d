package disclose

import (
	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// hideDerived hides the means, quantiles and shares that rest on too few, or on a count that is hidden.
func (c *control) hideDerived() {
	for i := range c.exact.Figures {
		exact := &c.exact.Figures[i]
		d := c.cat.Figure(exact.ID)
		if d == nil || d.RestsOn == nil || d.RestsOn.Curve != "" || !carried(c.cat, d.ID) || plainCount(exact) && (d.RestsOn.Base == nil || d.RestsOn.Base.Figure == d.ID) || exact.Status == transform.NotAvailable {
			continue
		}
		if c.restsOnHidden(d, exact) || d.About != sql.Nothing && (c.few(d.RestsOn.Base, exact) || c.ofNobody(d, exact)) {
			c.hide(&c.results.Figures[i], cells.Any)
		}
	}
}

// plainCount reports whether a figure is a count and not a measure or share: how many a mean rests on, too.
func plainCount(f *transform.Figure) bool {
	return f.Unit == "count" && f.Value.Kind() == engine.Count && f.Denominator.IsNull()
}

// restsOnHidden reports whether any of the counts behind a figure is not shown.
func (c *control) restsOnHidden(d *sql.Figure, f *transform.Figure) bool {
	for _, n := range []*sql.Count{d.RestsOn.Numerator, d.RestsOn.Denominator, d.RestsOn.Base} {
		if n == nil {
			continue
		}
		of := c.behind(n, f)
		key := of.name()
		if _, rounded := c.ranges[key]; rounded || c.marks[key] != cells.Shown {
			return true
		}
	}
	return false
}

// few reports whether a figure rests on fewer than the threshold, or on a number that nothing tells. A base about
// nothing of a person may be small.
func (c *control) few(base *sql.Count, f *transform.Figure) bool {
	if base == nil || c.cat.Figure(base.Figure).About == sql.Nothing {
		return false
	}
	n, known := valueOf(c.exact, c.behind(base, f))
	return !known && f.Status != transform.Undefined || known && n > 0 && n < int64(c.MinCell)
}

// ofNobody reports whether a share by a characteristic rests on a count that is printed nowhere else and is 0: that it is undefined, or only
// withheld, would tell whether there are any such persons.
func (c *control) ofNobody(d *sql.Figure, f *transform.Figure) bool {
	n := d.RestsOn.Denominator
	return n != nil && n.Figure == d.ID && f.Value.IsNull() && characteristic(c.cat, f.Dims)
}

// behind names the count that a declaration means for one figure: its own, or that of another by the characteristics
// that the figure has, and the values that the declaration gives.
func (c *control) behind(n *sql.Count, f *transform.Figure) *count {
	out := &count{id: n.Figure, of: n.Of}
	if n.Figure == f.ID && n.Of != "" {
		out.dims = f.Dims
		if _, own := valueOf(c.exact, out); !own {
			out.dims = c.besideIt(f, n.Of)
		}
		return out
	}
	for _, d := range f.Dims {
		if c.cat.Characteristic([]string{d.Name}) {
			out.dims = append(out.dims, d)
		}
	}
	for _, d := range n.Dims {
		if d.Value != "" {
			out.dims = append(out.dims, transform.Dim{Name: d.Name, Value: d.Value})
		}
	}
	return out
}

// besideIt returns the dimensions of the statistic, such as the mean, that says what another, such as the median, rests on; of the
// figure itself where none does.
func (c *control) besideIt(f *transform.Figure, of string) []transform.Dim {
next:
	for i := range c.exact.Figures {
		s := &c.exact.Figures[i]
		if s.ID != f.ID || len(s.Dims) != len(f.Dims) {
			continue
		}
		for _, d := range f.Dims {
			if s.Dim(d.Name) != d.Value && d.Name != "stat" {
				continue next
			}
		}
		if _, known := valueOf(c.exact, &count{id: s.ID, of: of, dims: s.Dims}); known {
			return s.Dims
		}
	}
	return f.Dims
}

// valueOf looks a count up among exact figures. A numerator or denominator may stand beside one of several
// statistics of a figure, such as the mean.
func valueOf(r *transform.Results, n *count) (int64, bool) {
next:
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.ID != n.id {
			continue
		}
		v := f.Value
		switch n.of {
		case "numerator":
			v = f.Numerator
		case "denominator":
			v = f.Denominator
		default:
			if len(f.Dims) != len(n.dims) {
				continue
			}
		}
		if v.Kind() != engine.Count {
			continue
		}
		for _, d := range n.dims {
			if f.Dim(d.Name) != d.Value {
				continue next
			}
		}
		return v.Int(), true
	}
	return 0, false
}

// hideChanges hides a change in a figure that is hidden, or that rested on too few in the period before.
func (c *control) hideChanges() {
	c.results.Changes = make([]transform.Change, len(c.exact.Changes))
	for i, ch := range c.exact.Changes {
		d := c.cat.Figure(ch.ID)
		switch {
		case c.hidden(ch.ID):
			ch.Is, ch.Was, ch.Difference, ch.Status = engine.Value{}, engine.Value{}, engine.Value{}, transform.Suppressed
		case d != nil && d.About != sql.Nothing && d.RestsOn != nil && ch.WasOf < int64(c.MinCell):
			ch.Was, ch.Difference, ch.Status = engine.Value{}, engine.Value{}, transform.Suppressed
		}
		c.results.Changes[i] = ch
	}
}

// hidden reports whether any figure of an id without a characteristic is hidden.
func (c *control) hidden(id string) bool {
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		if f.ID == id && !characteristic(c.cat, f.Dims) && f.Status == transform.Suppressed {
			return true
		}
	}
	return false
}

// hideMoves hides how many rows the tables have that say where persons moved, once this report or an earlier one hides a count by that: as many more rows
// as persons came tell that nobody moved, and so by how much a location changed.
func (c *control) hideMoves() {
	hide := func(dims []transform.Dim) {
		for _, d := range dims {
			if table := c.cat.Moves(d.Name); table != "" {
				c.moves = append(c.moves, table)
			}
		}
	}
	for i := range c.results.Figures {
		if f := &c.results.Figures[i]; f.Status == transform.Suppressed {
			hide(f.Dims)
		}
	}
	for i := range c.options.Earlier {
		if d := c.options.Earlier[i].Published; d != nil {
			for k := range d.Figures {
				if f := &d.Figures[k]; f.Suppressed() {
					hide(f.Dims)
				}
			}
		}
	}
}

// hideCorrections lists corrections of totals only, and not of those that would tell by how much a small count fell. A correction of one cell is one person's; that of a share or mean
// has not been looked at. A report speaks of its own days and those before: corrections of a report of a later reference date are that one's to tell when it is renewed.
func (c *control) hideCorrections() {
	c.results.Restatements = nil
	later, unlisted := map[string]bool{}, map[string]bool{}
	for i := range c.options.Earlier {
		e := &c.options.Earlier[i]
		label := e.Results.Period.Label
		later[label] = later[label] || c.isLater(e.Results.Period)
		for id, of := range c.unlistedOf(e) {
			unlisted[label+" "+id] = unlisted[label+" "+id] || of
		}
	}
	for _, s := range c.exact.Restatements {
		d := c.cat.Figure(s.ID)
		if !carried(c.cat, s.ID) || d != nil && !d.Printed {
			continue // no report has it, or will
		}
		if listed(d, s.Dims) && !later[s.Period] && !unlisted[s.Period+" "+s.ID] {
			c.results.Restatements = append(c.results.Restatements, s)
			continue
		}
		c.Withheld++
	}
}
