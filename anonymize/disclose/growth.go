package disclose

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/cells"
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
			if g.Kind != sql.AtMost || !sameDims(c, &g.Count) {
				continue
			}
			of := lines[(&count{id: g.Count.Figure, of: g.Count.Of, dims: c.dims}).name()]
			for k, piece := range t.pieces {
				if in, ok := of.between(t.edges[k], t.edges[k+1]); ok && piece >= 0 && !slices.Contains(in, -1) {
					s.atMost(piece, in, "the rest of "+growthName(of.name, t.edges[k], t.edges[k+1])+" beside what was added")
				}
			}
		}
	}
	s.growthAddsUp(f, lines)
}

// increase says of a figure of an instant that from one reference date to the next it rises by no more than is declared.
func (s *system) increase(m moment, f *sql.Figure, lines map[string]*timeline) {
	reports := inOrderOfDates(m.reports)
	for k := 1; k < len(reports); k++ {
		before, after := reports[k-1], reports[k]
		for i := range after.counts {
			c := &after.counts[i]
			j, also := before.index[c.name()]
			if c.id != f.ID || c.of != "" || c.cell < 0 || !also || before.counts[j].cell < 0 {
				continue
			}
			for _, g := range f.Growth {
				of := lines[(&count{id: g.Count.Figure, of: g.Count.Of, dims: c.dims}).name()]
				if in, ok := of.between(before.period.AsOf+1, after.period.AsOf+1); ok && sameDims(c, &g.Count) && !slices.Contains(in, -1) {
					s.atMost(c.cell, append(slices.Clone(in), before.counts[j].cell), "what "+growthName(of.name, before.period.AsOf+1, after.period.AsOf+1)+" did not add")
				}
			}
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
		for k := range whole.pieces {
			if whole.pieces[k] < 0 {
				continue
			}
			terms := []cells.Term{{Cell: whole.pieces[k], Coef: -1}}
			complete := true
			for _, name := range slices.Sorted(maps.Keys(lines)) {
				if !isPart(name, f.ID, &rel.Part) {
					continue
				}
				pieces, ok := lines[name].between(whole.edges[k], whole.edges[k+1])
				complete = complete && ok && !slices.Contains(pieces, -1)
				for _, p := range pieces {
					terms = append(terms, cells.Term{Cell: p, Coef: 1})
				}
			}
			if complete && len(terms) > 1 {
				s.sum(terms)
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

// atMost says that a part does not exceed the wholes together.
func (s *system) atMost(part int, wholes []int, rest string) {
	lacks := exact{-s.exact[part].value, s.exact[part].valued}
	terms := []cells.Term{{Cell: part, Coef: 1}}
	for _, w := range wholes {
		lacks = exact{lacks.value + s.exact[w].value, lacks.valued && s.exact[w].valued}
		terms = append(terms, cells.Term{Cell: w, Coef: -1})
	}
	if lacks.valued && lacks.value < 0 {
		return
	}
	s.sum(append(terms, cells.Term{Cell: s.implied(rest, lacks, false), Coef: 1}))
}

// climbs says of a cumulative figure by a dimension along which cases climb that from one report to the next
// the first value, the first two, and so on, never fall: what was added to them is a count of its own.
func (s *system) climbs(m moment, f *sql.Figure) {
	reports := inOrderOfDates(m.reports)
	for k := 1; k < len(reports); k++ {
		before, after := reports[k-1], reports[k]
		for _, b := range f.Breakdowns {
			i := slices.IndexFunc(b, func(l *sql.List) bool { return l.Dim == f.Climbs })
			if i < 0 {
				continue
			}
			for _, first := range s.columns(after, f, b[i]) {
				s.climb(before, after, first, b[i])
			}
		}
	}
}

// inOrderOfDates sorts reports by reference date.
func inOrderOfDates(reports []*report) []*report {
	out := slices.Clone(reports)
	slices.SortStableFunc(out, func(a, b *report) int { return int(a.period.AsOf - b.period.AsOf) })
	return out
}

// columns lists the counts of a breakdown that have the first value of the list that cases climb along.
func (s *system) columns(r *report, f *sql.Figure, l *sql.List) []*count {
	var out []*count
	for i := range r.counts {
		c := &r.counts[i]
		if v, ok := c.dim(l.Dim); c.id == f.ID && c.of == "" && ok && v == l.Values[0].Value {
			out = append(out, c)
		}
	}
	return out
}

// climb enters the sums of the first value, the first two, and so on, of one column.
func (s *system) climb(before, after *report, first *count, l *sql.List) {
	var then, now []cells.Term
	was, is, valued := int64(0), int64(0), true
	for n, v := range l.Values[:len(l.Values)-1] {
		c := count{id: first.id, dims: slices.Clone(first.dims)}
		for i := range c.dims {
			if c.dims[i].Name == l.Dim {
				c.dims[i].Value = v.Value
			}
		}
		i, ok := before.index[c.name()]
		j, also := after.index[c.name()]
		if !ok || !also || before.counts[i].cell < 0 || after.counts[j].cell < 0 {
			return
		}
		a, b := s.exact[before.counts[i].cell], s.exact[after.counts[j].cell]
		then, now = append(then, cells.Term{Cell: before.counts[i].cell, Coef: 1}), append(now, cells.Term{Cell: after.counts[j].cell, Coef: -1})
		was, is, valued = was+a.value, is+b.value, valued && a.valued && b.valued
		if valued && is < was {
			continue
		}
		grown := s.implied(fmt.Sprintf("what was added to the first %d of %s since %s", n+1, first.name(), before.label), exact{is - was, valued}, after.now)
		s.sum(append(slices.Concat(then, now), cells.Term{Cell: grown, Coef: 1}))
	}
}
