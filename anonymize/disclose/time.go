package disclose

import (
	"slices"

	"lvv/internal/day"
	"lvv/sql"
)

// link binds the counts of all reports of a moment to one another: periods that lie within others, cumulative figures, whose
// difference is what happened in between, and what is there on a date, which changes by what comes in and goes out.
func (s *system) link(m moment) {
	families := s.families()
	var edges []day.Day
	for _, r := range m.reports {
		edges = append(edges, r.period.From, r.period.To+1, r.period.AsOf+1, s.start)
	}
	lines := map[string]*timeline{}
	ids := m.ids()
	for _, id := range ids {
		f, family := s.cat.Figure(id), families[id]
		if family != nil && m.settled(family) {
			continue
		}
		for _, name := range m.namesOf(id) {
			if lines[name] != nil || family == nil && m.settledCount(name) {
				continue
			}
			t := s.timelineOf(m, f, name)
			if family != nil && (f.Accumulates == sql.Period || f.Accumulates == sql.FromStart && len(f.Growth) > 0) {
				t.extra = edges
			} else if len(t.spans) < 2 {
				continue
			}
			t.link(s, m.last)
			lines[name] = t
			for _, same := range t.same {
				lines[same] = t
			}
		}
	}
	for _, id := range ids {
		f := s.cat.Figure(id)
		if f == nil {
			continue
		}
		if len(f.Growth) > 0 {
			s.growth(m, f, lines)
		}
		if f.Climbs != "" && !m.settled([]string{id}) {
			s.climbs(m, f)
		}
		for i := range f.Relations {
			if rel := &f.Relations[i]; rel.Before != nil {
				s.balance(m, rel, lines)
			} else {
				s.nights(m, rel, lines)
			}
		}
	}
}

// families lists, for each of them, the figures whose time is divided alike, because what is declared of them holds of every piece
// of it: cumulative figures and what bounds their growth, and what is there with what comes in and goes out.
func (s *system) families() map[string][]string {
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
			join(f.ID, g.Count.Figure)
		}
		for _, rel := range f.Relations {
			if rel.Before == nil {
				continue
			}
			join(f.ID, rel.Before.Figure)
			for _, w := range rel.Whole {
				join(f.ID, w.Figure)
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

// timelineOf collects the spans of a count.
func (s *system) timelineOf(m moment, f *sql.Figure, name string) *timeline {
	grows := f != nil && f.Accumulates == sql.FromStart
	t := &timeline{name: name, start: s.start, asOf: map[day.Day]bool{}}
	for _, r := range m.reports {
		k, ok := r.index[name]
		if !ok || r.counts[k].cell < 0 {
			continue
		}
		c := &r.counts[k]
		t.protect = characteristic(s.cat, c.dims)
		p := r.period
		sp := span{from: p.AsOf, until: p.AsOf + 1, cell: c.cell}
		t.grows = grows && !climbing(f, c)
		switch {
		case t.grows:
			sp.from = s.start
		case c.remains || f != nil && f.Accumulates == sql.Period:
			sp.from, sp.until = p.From, p.To+1
		}
		t.spans = append(t.spans, sp)
		t.asOf[sp.until] = true
		if !t.grows {
			continue
		}
		for _, g := range f.Growth {
			if g.Kind != sql.Wholly || !sameDims(c, &g.Count) {
				continue
			}
			added := (&count{id: g.Count.Figure, of: g.Count.Of, dims: c.dims}).name()
			if j, ok := r.index[added]; ok && r.counts[j].cell >= 0 {
				if p.To >= s.start {
					t.spans = append(t.spans, span{max(p.From, s.start), p.To + 1, r.counts[j].cell, p.From < s.start})
				}
				if !slices.Contains(t.same, added) {
					t.same = append(t.same, added)
				}
			}
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
