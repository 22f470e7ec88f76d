package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// aside is a total that a report tells beside its figures, of its own days or of others: in a series, by date, or as that of the period before.
type aside struct {
	count
	from, until day.Day
}

// key names an aside: the same total may be told in several places.
func (a *aside) key() string { return growthName(a.name(), a.from, a.until) }

// asides lists what a report tells beside its figures. do is given each, with the series that it stands in, or none, and what
// withholds it there.
func asides(cat *sql.Catalogue, r *transform.Results, start day.Day, do func(a aside, series string, withhold func())) {
	take := func(n *sql.Count, p transform.Period, v engine.Value, series string, withhold func()) {
		f := cat.Figure(n.Figure)
		c := count{id: n.Figure, of: n.Of}
		for _, d := range n.Dims {
			c.dims = append(c.dims, transform.Dim{Name: d.Name, Value: d.Value})
		}
		if v.Kind() != engine.Count || !controlled(f, p) || characteristic(cat, c.dims) {
			return
		}
		c.value = v.Int()
		a := aside{c, p.From, p.To + 1}
		switch f.Accumulates {
		case sql.FromStart:
			a.from, a.until = start, p.AsOf+1
		case sql.Instant:
			a.from, a.until = p.AsOf, p.AsOf+1
		}
		do(a, series, withhold)
	}
	for i := range r.Series {
		s := &r.Series[i]
		of := cat.SeriesNamed(s.ID)
		if of == nil {
			continue
		}
		for row, values := range s.Rows {
			p, ok := periodOf(values[0], r.Period)
			for k, column := range s.Columns {
				if n, told := of.Columns[column]; ok && told {
					take(&n, p, values[k], s.ID, func() { s.Rows[row][k] = engine.Value{} })
				}
			}
		}
	}
	for i := range cat.Curves {
		k := &cat.Curves[i]
		if n, some := allEnded(r.SeriesNamed(k.Lifetimes), k); some {
			take(k.All, transform.Period{From: start, To: r.Period.AsOf, AsOf: r.Period.AsOf}, engine.CountOf(n), k.Steps, func() { hideCurve(cat, r, k) })
		}
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		if of := cat.Figure(f.ID); of != nil && of.OnDate != nil {
			if d, err := day.Parse(f.Dim("date")); err == nil {
				take(of.OnDate, transform.Period{From: d, To: d, AsOf: d}, f.Value, "", func() {
					f.Value, f.Status, f.Reason = engine.Value{}, transform.Suppressed, transform.Covered
				})
			}
		}
	}
	if before, ok := r.Period.Before(); ok {
		for i := range r.Changes {
			c := &r.Changes[i]
			take(&sql.Count{Figure: c.ID}, before, c.Was, "", func() { c.Was, c.Difference, c.Status = engine.Value{}, engine.Value{}, transform.Suppressed })
		}
	}
}

// periodOf is the time that a row of a series is of: a day, or the days of a quarter up to the reference date.
func periodOf(key engine.Value, of transform.Period) (transform.Period, bool) {
	if key.Kind() == engine.Date {
		return transform.Period{From: key.Day(), To: key.Day(), AsOf: key.Day()}, true
	}
	p, err := transform.ParsePeriod(key.Str(), "", nil)
	p.To, p.AsOf = min(p.To, of.AsOf), min(p.AsOf, of.AsOf)
	return p, err == nil
}

// asidesOf lists each aside of a published document once.
func (s *system) asidesOf(d *published.Document) []aside {
	r := &transform.Results{Period: d.Period}
	for i := range d.Series {
		one := transform.Series{ID: d.Series[i].ID, Rows: d.Series[i].Rows}
		for _, c := range d.Series[i].Columns {
			one.Columns = append(one.Columns, c.Name)
		}
		r.Series = append(r.Series, one)
	}
	for _, c := range d.Compared {
		r.Changes = append(r.Changes, transform.Change{ID: c.ID, Was: c.Was})
	}
	for i := range d.Figures {
		f := &d.Figures[i]
		r.Figures = append(r.Figures, transform.Figure{ID: f.ID, Dims: f.Dims, Value: f.Value})
	}
	return s.asidesIn(r)
}

// asidesIn lists each aside of exact results once.
func (s *system) asidesIn(r *transform.Results) []aside {
	var out []aside
	seen := map[string]bool{}
	asides(s.cat, r, s.start, func(a aside, _ string, _ func()) {
		if !seen[a.key()] && s.linked[a.id] {
			seen[a.key()] = true
			out = append(out, a)
		}
	})
	return out
}

// tell enters asides that say something of the reports of a moment. Of what accumulates from the start, and of what there is on a date, only
// the days next to those on which a report begins or ends do, or of what is carried over those days: what lies between two such days may have
// happened on any of them.
func (m *moment) tell(s *system, label string, list []aside, as cells.Role) {
	edges := map[day.Day]bool{}
	for _, r := range m.reports {
		for _, d := range []day.Day{r.period.From, r.period.To + 1, r.period.AsOf + 1} {
			edges[d] = true
		}
	}
	for _, a := range list {
		if s.cat.Figure(a.id).Accumulates == sql.Period {
			edges[a.from], edges[a.until] = true, true
		}
	}
	for _, a := range list {
		near := func(d day.Day) bool { // no other day of the same total lies between a's and d
			return !slices.ContainsFunc(list, func(o aside) bool {
				return o.name() == a.name() && o.from == a.from && (a.until < o.until && o.until <= d || d <= o.until && o.until < a.until)
			})
		}
		tells := true
		switch s.cat.Figure(a.id).Accumulates {
		case sql.FromStart:
			tells = false
			for d := range edges {
				tells = tells || near(d)
			}
		case sql.Instant:
			tells = edges[a.until] && carriedOver(s.cat, a.id) || slices.ContainsFunc(m.reports, func(r *report) bool { return r.period.AsOf == a.from })
		}
		if !tells || m.told[a.key()] {
			continue
		}
		cell := cells.Cell{Value: a.value, Role: as, Known: true, Low: a.value, High: a.value, Table: s.tableNumber("")}
		if m.told == nil {
			m.told = map[string]bool{}
		}
		m.told[a.key()] = true
		line, _ := s.line(&a.count)
		a.cell = s.add(label+a.key()+" as it is told beside", cell, exact{a.value, true})
		m.asides = append(m.asides, toldAside{a, line})
		if as == cells.Fixed {
			s.asides = append(s.asides, toldAside{a, line})
		}
	}
}

// carriedOver reports whether what came in and went out makes of a figure of one day what it is on another.
func carriedOver(cat *sql.Catalogue, id string) bool {
	return slices.ContainsFunc(cat.Figures, func(f sql.Figure) bool {
		return slices.ContainsFunc(f.Relations, func(r sql.Relation) bool { return r.Before != nil && r.Before.Figure == id })
	})
}

// asidesBefore lists what an earlier report told beside its figures.
func (s *system) asidesBefore(e *Earlier) []aside {
	if e.Published != nil {
		return s.asidesOf(e.Published)
	}
	return s.asidesIn(e.Results)
}

// tellsOf reports whether any of the counts of a relation between totals and their parts is told of several times, and the relation holds of
// every piece of time: what is cumulative adds up in each of them, but one that is no more than another may have grown by more, and where
// cases climb nothing grows by what is added.
func (m *moment) tellsOf(cat *sql.Catalogue, rel *sql.Relation) bool {
	if part := cat.Figure(rel.Part.Figure); part.Climbs != "" || rel.Kind != sql.Wholly && part.Accumulates != sql.Period {
		return false
	}
	for _, w := range rel.Whole {
		if len(w.Free()) > 0 || cat.Figure(w.Figure).Accumulates != cat.Figure(rel.Part.Figure).Accumulates {
			return false
		}
	}
	return !rel.InPeriod && rel.ButFor == "" && slices.ContainsFunc(m.asides, func(a toldAside) bool {
		return a.id == rel.Part.Figure || slices.ContainsFunc(rel.Whole, func(w sql.Count) bool { return a.id == w.Figure })
	})
}

// beside lists the days of which totals are told that hang together with what a figure counts in a period.
func (m *moment) beside(cat *sql.Catalogue, f *sql.Figure, family []string) (out []span) {
	for _, a := range m.asides {
		if f.Accumulates == sql.Period && cat.Figure(a.id).Accumulates == sql.Period && slices.Contains(family, a.id) {
			out = append(out, span{from: a.from, until: a.until})
		}
	}
	return out
}

// tellsMore reports whether asides of any of the figures, or curves whose ends are among them, are told that the last moment does not tell.
func (m *moment) tellsMore(ids []string) bool {
	return slices.ContainsFunc(m.asides, func(a toldAside) bool { return slices.Contains(ids, a.id) && !m.now.told[a.key()] }) ||
		slices.ContainsFunc(m.reports, func(r *report) bool {
			return slices.ContainsFunc(r.curves, func(e curveEnds) bool {
				return slices.Contains(ids, e.curve.Among[0].Figure) && !m.now.hasCurve(r, e.curve)
			})
		})
}

// toldAside is an aside that has its cell.
type toldAside struct {
	aside
	line string // the timeline that it lies in
}

// hideAsides leaves out what is withheld of the asides, and what rests on a total that is.
func (c *control) hideAsides() {
	c.gaps = map[string]bool{}
	for i := range c.results.Series {
		s := &c.results.Series[i]
		s.Rows = slices.Clone(s.Rows)
		for k := range s.Rows {
			s.Rows[k] = slices.Clone(s.Rows[k])
		}
		of := c.cat.SeriesNamed(s.ID)
		if of != nil && of.RestsOn != nil && of.RestsOn.Base != nil && c.marks[(&count{id: of.RestsOn.Base.Figure, of: of.RestsOn.Base.Of}).name()] != cells.Shown {
			s.Rows, c.gaps[s.ID] = nil, true
		}
	}
	dated := false
	of := map[string]bool{} // the totals of which a day is withheld: its nights are those of the period less those of the other days
	asides(c.cat, &c.results, since(c.options.Start), func(a aside, _ string, _ func()) {
		of[a.name()] = of[a.name()] || c.withheld[a.key()] && a.from+1 == a.until
	})
	asides(c.cat, &c.results, since(c.options.Start), func(a aside, series string, withhold func()) {
		if c.withheld[a.key()] || of[a.name()] && a.from+1 == a.until && a.from >= c.results.Period.From {
			withhold()
			c.gaps[series] = true
			dated = dated || series == "" && a.from+1 == a.until
		}
	})
	for i := range c.results.Figures { // the largest of the counts by date may be the one that is withheld, and says of which date it is
		if f := &c.results.Figures[i]; dated && f.Date != day.None {
			c.hide(f, cells.Any)
		}
	}
}
