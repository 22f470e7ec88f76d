package disclose

import (
	"maps"
	"slices"
	"strconv"

	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// link binds the counts of all reports of a moment to one another: periods that lie within others, cumulative figures, whose
// difference is what happened in between, and what is there on a date, which changes by what comes in and goes out.
func (s *system) link(m moment) {
	families := s.families(&m)
	var edges []day.Day
	for _, r := range m.reports {
		edges = append(edges, r.period.From, r.period.To+1, r.period.AsOf+1, s.start)
	}
	for _, a := range m.asides {
		if s.cat.Figure(a.id).Accumulates != sql.Instant {
			edges = append(edges, max(a.from, s.start), a.from, a.until)
		}
	}
	lines, entries := map[string]*timeline{}, s.entries(m)
	ids := m.ids()
	for _, id := range ids {
		f, family := s.cat.Figure(id), families[id]
		if family != nil && m.settled(family) && !m.tellsMore(family) {
			continue
		}
		for _, name := range m.namesOf(id) {
			line, _ := s.line(m.count(name))
			if lines[line] != nil || family == nil && m.settledCount(name) {
				continue
			}
			t := s.timelineOf(m, line, entries[line])
			if family != nil && (f.Accumulates == sql.Period || f.Accumulates == sql.FromStart && len(f.Growth) > 0) {
				t.extra = edges
				t.beside = append(m.beside(s.cat, f, family), m.ofCurves(id, s.start)...)
			} else if len(t.spans) < 2 {
				continue
			}
			t.link(s, m.last)
			lines[line] = t
			for _, p := range entries[line] {
				if p.lag == 0 {
					lines[p.count.name()] = t
				}
			}
		}
	}
	s.curves(m, lines)
	for _, id := range ids {
		if f := s.cat.Figure(id); f != nil {
			s.declared(m, f, lines)
		}
	}
}

// declared enters what is declared of a figure over time.
func (s *system) declared(m moment, f *sql.Figure, lines map[string]*timeline) {
	if len(f.Growth) > 0 {
		s.growth(m, f, lines)
	}
	for i := range f.Falls {
		s.moves(m, &f.Falls[i], lines, false)
	}
	for i := range f.Rises {
		s.moves(m, &f.Rises[i], lines, true)
	}
	if f.Climbs != "" && !m.settled(climbersOf(f)) {
		s.climbs(m, f, lines)
	}
	for i := range f.Relations {
		rel := &f.Relations[i]
		switch {
		case rel.Before != nil:
			s.balance(m, rel, lines)
		case rel.SoFar:
			s.soFar(m, rel)
		default:
			s.nights(m, rel, lines)
		}
		s.inPieces(&m, rel, lines)
	}
}

// families lists, for each of them, the figures whose time is divided alike, because what is declared of them holds of every piece
// of it: cumulative figures and what bounds their growth, what is there with what comes in, goes out, or bounds what is lost, totals that are
// told of several times with what divides them, what the ends of a curve are among, and what divides any of these, or is divided by it.
func (s *system) families(m *moment) map[string][]string {
	out := map[string][]string{}
	join := func(ids ...string) {
		var all []string
		for _, id := range ids {
			all = append(all, id)
			all = append(all, out[id]...)
		}
		slices.Sort(all)
		all = slices.Compact(all)
		for _, id := range all {
			out[id] = all
		}
	}
	for i := range s.cat.Figures {
		f := &s.cat.Figures[i]
		for _, g := range f.Growth {
			join(append(g.Figures(), f.ID)...)
		}
		for _, rel := range slices.Concat(f.Falls, f.Rises) {
			join(f.ID, rel.Whole[0].Figure)
		}
		if f.Climbs != "" && f.Accumulates == sql.Instant {
			join(f.ID, f.Entering.Figure)
		}
		for _, rel := range f.Relations {
			if rel.Before != nil {
				join(f.ID, rel.Before.Figure)
			} else if !rel.Since && !rel.AllSoFar && !rel.AnyTime && !m.tellsOf(s.cat, &rel) {
				continue
			}
			for _, w := range rel.Whole {
				join(f.ID, w.Figure)
			}
		}
	}
	for _, r := range m.reports {
		for _, e := range r.curves {
			join(among(e.curve)...)
		}
	}
	said := maps.Clone(out)
	for i := range s.cat.Figures {
		f := &s.cat.Figures[i]
		for _, rel := range f.Relations {
			if !s.holdsInPieces(&rel) {
				continue
			}
			more := said[f.ID] != nil || said[rel.Part.Figure] != nil
			for _, w := range rel.Whole {
				more = more || said[w.Figure] != nil
			}
			for _, w := range rel.Whole {
				if more {
					join(f.ID, w.Figure)
				}
			}
		}
	}
	return out
}

// ids lists the figures that the reports have counts of, in the order of the last one's.
func (m *moment) ids() []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range slices.Backward(m.reports) {
		for i := range r.counts {
			if id := r.counts[i].id; !seen[id] && r.counts[i].cell >= 0 {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// namesOf lists the counts of a figure that any report has.
func (m *moment) namesOf(id string) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range slices.Backward(m.reports) {
		for i := range r.counts {
			if c := &r.counts[i]; c.id == id && c.cell >= 0 && !seen[c.name()] {
				seen[c.name()] = true
				out = append(out, c.name())
			}
		}
	}
	return out
}

// entry is a count of one of the reports in the timeline that it lies in.
type entry struct {
	period transform.Period
	count  *count
	lag    day.Day // the days before the reference date at which it ends
}

// entries lists the counts of all reports by the timelines that they lie in.
func (s *system) entries(m moment) map[string][]entry {
	out := map[string][]entry{}
	for _, r := range m.reports {
		for i := range r.counts {
			if c := &r.counts[i]; c.cell >= 0 {
				line, lag := s.line(c)
				if lag > 0 && r.was != nil {
					continue // of the counts behind a share nobody is told whether they were corrected
				}
				out[line] = append(out[line], entry{r.period, c, lag})
			}
		}
	}
	return out
}

// line names the timeline that a count lies in: of what it is declared to have added, or its own.
func (s *system) line(c *count) (name string, lag day.Day) {
	f := s.cat.Figure(c.id)
	if f == nil || climbing(f, c) {
		return c.name(), 0
	}
	for _, g := range f.Growth {
		if g.Kind != sql.Wholly || g.Of != c.of {
			continue
		}
		added := count{id: g.Count.Figure, of: g.Count.Of}
		for _, d := range c.dims {
			if d.Name != g.Matured {
				added.dims = append(added.dims, d)
			} else if n, err := strconv.ParseUint(d.Value, 10, 31); err == nil {
				lag = day.Day(n)
			}
		}
		if sameDims(&added, &g.Count) && (lag > 0) == (g.Matured != "") {
			return added.name(), lag
		}
	}
	return c.name(), 0
}

// timelineOf makes the spans of what lies in a timeline.
func (s *system) timelineOf(m moment, name string, of []entry) *timeline {
	t := &timeline{name: name, start: s.start, asOf: map[day.Day]bool{}, matured: map[day.Day]bool{}}
	cumulative := func(p entry) bool {
		f := s.cat.Figure(p.count.id)
		return f != nil && f.Accumulates == sql.FromStart && !climbing(f, p.count)
	}
	for _, r := range m.reports {
		t.asOf[r.period.AsOf+1] = true
	}
	t.grows = slices.ContainsFunc(of, func(p entry) bool { return p.lag == 0 && cumulative(p) })
	for _, p := range of {
		t.protect = s.protected(p.count.id) && characteristic(s.cat, p.count.dims)
		sp := span{from: p.period.AsOf, until: p.period.AsOf + 1, cell: p.count.cell}
		switch f := s.cat.Figure(p.count.id); {
		case cumulative(p):
			sp.from, sp.until = s.start, sp.until-p.lag
		case p.count.remains || f != nil && f.Accumulates == sql.Period:
			sp.from, sp.until, sp.early = p.period.From, p.period.To+1, t.grows && p.period.From < s.start
			if sp.early {
				sp.from = s.start
			}
		}
		switch {
		case sp.until <= sp.from: // before the pilot, or nothing has matured
		case p.lag > 0:
			t.late = append(t.late, sp)
			t.matured[sp.until] = true
		default:
			t.spans = append(t.spans, sp)
			t.asOf[sp.until] = true
		}
	}
	for _, a := range m.asides {
		if a.line == name {
			sp := span{from: a.from, until: a.until, cell: a.cell, aside: true}
			if sp.early = t.grows && a.from < s.start; sp.early {
				sp.from = s.start
			}
			t.spans = append(t.spans, sp)
		}
	}
	return t
}

// climbing reports whether a count is by the dimension along which cases climb, so that it may fall.
func climbing(f *sql.Figure, c *count) bool {
	_, has := c.dim(f.Climbs)
	return f.Climbs != "" && has
}

// sameDims reports whether a declared count has the dimensions of another.
func sameDims(c *count, n *sql.Count) bool {
	if len(c.dims) != len(n.Dims) {
		return false
	}
	for _, d := range n.Dims {
		if _, ok := c.dim(d.Name); !ok {
			return false
		}
	}
	return true
}
