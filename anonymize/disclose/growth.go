package disclose

import (
	"maps"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/sql"
)

// growth says of what a cumulative figure added in each piece of time what is declared of it, and that it adds up as the
// figure itself does.
func (s *system) growth(m moment, f *sql.Figure, lines map[string]*timeline) {
	if f.Accumulates == sql.Instant {
		s.increase(m, f, lines)
		return
	}
	for _, name := range m.namesOf(f.ID) {
		t, c := lines[name], m.count(name)
		if t == nil || t.pieces == nil {
			continue
		}
		for _, g := range f.Growth {
			if g.Kind != sql.AtMost || g.Of != c.of {
				continue
			}
			of := m.boundedBy(&g.Count, c)
			for k, piece := range t.pieces {
				in, ok := betweenAll(of, lines, t.edges[k], t.edges[k+1])
				if ok && piece >= 0 {
					s.atMost([]int{piece}, in, "the rest of "+growthName(of[0], t.edges[k], t.edges[k+1])+" beside what was added")
				}
			}
		}
	}
	s.growthAddsUp(f, lines)
}

// boundedBy names the counts that a declaration means for another count: those with its values, and with each that the declaration gives.
func (m *moment) boundedBy(n *sql.Count, c *count) []string {
	var out []string
	for _, name := range m.namesOf(n.Figure) {
		of := m.count(name)
		if of.of == n.Of && sameDims(of, n) && len(n.Free()) == len(c.dims) && !slices.ContainsFunc(n.Dims, func(d sql.CountDim) bool {
			v, _ := of.dim(d.Name)
			own, _ := c.dim(d.Name)
			return !d.Has(v) || d.Value == "" && v != own
		}) {
			out = append(out, name)
		}
	}
	return out
}

// betweenAll returns the pieces of the timelines of several counts between two days.
func betweenAll(names []string, lines map[string]*timeline, from, until day.Day) ([]int, bool) {
	var of []*timeline
	for _, name := range names {
		of = append(of, lines[name])
	}
	out, told := piecesOf(of, from, until)
	return out, told && len(names) > 0
}

// increase says of a figure of an instant that from one reference date to the next, and from nothing at the pilot's start, it rises by
// no more than is declared.
func (s *system) increase(m moment, f *sql.Figure, lines map[string]*timeline) {
	reports := inOrderOfDates(m.reports)
	for k, after := range reports {
		for i := range after.counts {
			c := &after.counts[i]
			if c.id != f.ID || c.of != "" || c.cell < 0 {
				continue
			}
			for _, g := range f.Growth {
				in := m.boundedBy(&g.Count, c)
				s.rise(c.cell, nil, in, lines, s.start, after.period.AsOf+1)
				if g.After != nil {
					s.comesAfter(c.cell, in, m.boundedBy(g.After, c), lines, after.period.AsOf+1)
				}
				if k == 0 {
					continue
				}
				before := reports[k-1]
				if j, also := before.index[c.name()]; also && before.counts[j].cell >= 0 {
					s.rise(c.cell, []int{before.counts[j].cell}, in, lines, before.period.AsOf+1, after.period.AsOf+1)
				}
			}
		}
	}
}

// rise says of a count that since a day it rose, from what it was, by no more than others counted.
func (s *system) rise(is int, was []int, of []string, lines map[string]*timeline, since, until day.Day) {
	if in, ok := betweenAll(of, lines, since, until); ok {
		s.atMost([]int{is}, append(in, was...), "what "+growthName(of[0], since, until)+" did not add")
	}
}

// comesAfter says of a count that, but for as many as what came first had counted since the pilot's start up to a day, it is no more than others counted
// since that day.
func (s *system) comesAfter(is int, of, first []string, lines map[string]*timeline, until day.Day) {
	if len(of) == 0 || lines[of[0]] == nil {
		return
	}
	for _, d := range lines[of[0]].edges {
		before, told := betweenAll(first, lines, s.start, d)
		since, also := betweenAll(of, lines, d, until)
		if told && also {
			s.atMost([]int{is}, append(since, before...), "what "+growthName(of[0], d, until)+" did not add")
		}
	}
}

// growthAddsUp says of what a figure added in each piece of time that it adds up as the figure does.
func (s *system) growthAddsUp(f *sql.Figure, lines map[string]*timeline) {
	for i := range f.Relations {
		rel := &f.Relations[i]
		if rel.Kind != sql.Wholly || len(rel.Whole) != 1 || rel.Whole[0].Figure != f.ID || len(rel.Whole[0].Dims) != 0 {
			continue
		}
		whole := lines[f.ID]
		if whole == nil || whole.pieces == nil {
			continue
		}
		parts := slices.DeleteFunc(slices.Sorted(maps.Keys(lines)), func(name string) bool { return !isPart(name, f.ID, &rel.Part) })
		for k, piece := range whole.pieces {
			if in, ok := betweenAll(parts, lines, whole.edges[k], whole.edges[k+1]); ok && piece >= 0 {
				s.addsUp(piece, in)
			}
		}
	}
}

// isPart reports whether a name is of the breakdown that a declared count names.
func isPart(name, id string, n *sql.Count) bool {
	rest, ok := strings.CutPrefix(name, id+"|")
	if !ok || strings.Count(rest, "|")+1 != len(n.Dims) {
		return false
	}
	for _, d := range n.Dims {
		if !strings.Contains("|"+rest, "|"+d.Name+"=") {
			return false
		}
	}
	return true
}

// moves says of a figure that from one reference date to the next its parts lose, or gain, each or together, no more than is declared.
func (s *system) moves(m moment, rel *sql.Relation, lines map[string]*timeline, gain bool) {
	reports := inOrderOfDates(m.reports)
	for k := 1; k < len(reports); k++ {
		before, after := reports[k-1], reports[k]
		if rel.ButFor != "" && after.audited {
			continue
		}
		more, less := before, after
		if gain {
			more, less = after, before
		}
		for _, g := range more.groups(rel, more.matching(&rel.Part)) {
			if len(g.parts) == 0 {
				continue
			}
			of := more.counts[g.parts[0]].named(&rel.Whole[0])
			since, ok := betweenAll([]string{of}, lines, before.period.AsOf+1, after.period.AsOf+1)
			if !ok {
				continue
			}
			var pairs []pair
			for _, i := range g.parts {
				if j, ok := less.index[more.counts[i].name()]; ok && more.counts[i].cell >= 0 && less.counts[j].cell >= 0 {
					pairs = append(pairs, pair{more.counts[i].dims, []int{more.counts[i].cell}, less.counts[j].cell})
				}
			}
			rows, leaps := s.rows(&rel.Part, pairs, !gain, after.period.AsOf-before.period.AsOf)
			s.exceed(rows, leaps, since, nil, "the rest of "+growthName(of, before.period.AsOf+1, after.period.AsOf+1))
		}
	}
}

// soFar says of each reference date that of each part all that ever were there are together no more than the wholes.
func (s *system) soFar(m moment, rel *sql.Relation) {
	ever, since := map[string]int{}, len(s.sys.Relations)
	for _, r := range inOrderOfDates(m.reports) {
		if rel.ButFor != "" && r.audited {
			continue
		}
		with := maps.Clone(ever)
		if s.agreeing(since, func() { r.soFar(rel, with) }) {
			ever = with
		}
	}
}

// soFar enters what one report says of all that ever were there, by part.
func (r *report) soFar(rel *sql.Relation, ever map[string]int) {
	parts := map[string][]int{} // all along which persons move are one
	list, _ := r.s.cat.Advancing(&rel.Part)
	for _, p := range r.matching(&rel.Part) {
		name := r.counts[p].name()
		if list != nil {
			if v, _ := r.counts[p].dim(list.Dim); v != "unknown" {
				name = "all others of " + rel.Part.String()
			}
		}
		parts[name] = append(parts[name], p)
	}
	var never []int // -> cell
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		all := r.s.implied("all that ever were there of "+r.label+name, exact{}, false)
		if was, before := ever[name]; before {
			r.s.atMost([]int{was}, []int{all}, "what came first to "+r.label+name)
		}
		ever[name] = all
		r.s.atMost(r.cells(parts[name]), []int{all}, "what was there, of "+r.label+name)
		var or []int
		for _, p := range parts[name] {
			or = append(or, r.cells(r.like(rel.Or, r.counts[p].dims))...)
		}
		never = append(never, r.s.implied("what never was there of "+r.label+name, exact{}, false))
		r.s.atMost(or, []int{all, never[len(never)-1]}, "what was there and is not of "+r.label+name)
	}
	for _, of := range []struct {
		cells  []int
		wholes []sql.Count
	}{{slices.Collect(maps.Values(ever)), rel.Whole}, {never, []sql.Count{*rel.Never}}} {
		var wholes []int
		for i := range of.wholes {
			wholes = append(wholes, r.cells(r.matching(&of.wholes[i]))...)
		}
		if len(wholes) == len(of.wholes) {
			slices.Sort(of.cells)
			r.s.atMost(of.cells, wholes, "the rest of "+r.label+r.s.names[wholes[0]]+" beside all that ever were there")
		}
	}
}

// atMost says that the parts together do not exceed the wholes together.
func (s *system) atMost(parts, wholes []int, rest string) {
	lacks := s.added(wholes).less(s.added(parts))
	if lacks.valued && lacks.value < 0 {
		return
	}
	s.sum(slices.Concat(weighed(parts, 1), weighed(wholes, -1), weighed([]int{s.implied(rest, lacks, false)}, 1)))
}

// inOrderOfDates sorts reports by reference date.
func inOrderOfDates(reports []*report) []*report {
	out := slices.Clone(reports)
	slices.SortStableFunc(out, func(a, b *report) int { return int(a.period.AsOf - b.period.AsOf) })
	return out
}
