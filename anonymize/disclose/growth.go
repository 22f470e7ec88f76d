package disclose

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/sql"
)

// growth says of what a cumulative figure added in each report's period what is declared of it, and that what was
// added adds up as the figure itself does.
func (s *system) growth(reports []*report, f *sql.Figure, timelines map[string]*timeline) {
	for _, r := range reports {
		from, until := r.period.From, r.period.To+1
		if r.period.AsOf < r.period.To {
			continue
		}
		for _, g := range f.Growth {
			if g.Kind != sql.AtMost {
				continue
			}
			for _, k := range r.matching(&g.Count) {
				c := &r.counts[k]
				pieces, ok := timelines[(&count{id: f.ID, dims: c.dims}).name()].between(from, until)
				if !ok || c.cell < 0 {
					continue
				}
				s.atMost(pieces, c.cell, r.label+"the rest of "+c.name()+" beside what was added")
			}
		}
	}
	for i := range f.Relations {
		rel := &f.Relations[i]
		if rel.Kind != sql.Wholly || len(rel.Whole) != 1 || rel.Whole[0].Figure != f.ID || len(rel.Whole[0].Dims) != 0 {
			continue
		}
		whole := timelines[f.ID]
		if whole == nil || whole.pieces == nil {
			continue
		}
		for k := range whole.pieces {
			terms := []cells.Term{{Cell: whole.pieces[k], Coef: -1}}
			complete := true
			for _, name := range slices.Sorted(maps.Keys(timelines)) {
				if !isPart(name, f.ID, &rel.Part) {
					continue
				}
				pieces, ok := timelines[name].between(whole.edges[k], whole.edges[k+1])
				complete = complete && ok
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

// atMost says that parts do not exceed a whole.
func (s *system) atMost(parts []int, whole int, rest string) {
	terms := []cells.Term{{Cell: whole, Coef: -1}}
	lacks := s.exact[whole]
	for _, p := range parts {
		lacks = exact{lacks.value - s.exact[p].value, lacks.valued && s.exact[p].valued}
		terms = append(terms, cells.Term{Cell: p, Coef: 1})
	}
	if lacks.valued && lacks.value < 0 {
		return
	}
	s.sum(append(terms, cells.Term{Cell: s.implied(rest, lacks, false), Coef: 1}))
}

// climbs says of a cumulative figure by a dimension along which cases climb that from one report to the next
// the first value, the first two, and so on, never fall: what was added to them is a count of its own.
func (s *system) climbs(reports []*report, today [][]int, f *sql.Figure) {
	order := make([]int, len(reports))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(reports[a].period.AsOf - reports[b].period.AsOf) })
	for k := 1; k < len(order); k++ {
		before, after := order[k-1], order[k]
		for _, b := range f.Breakdowns {
			i := slices.IndexFunc(b, func(l *sql.List) bool { return l.Dim == f.Climbs })
			if i < 0 {
				continue
			}
			for _, first := range s.columns(reports[after], f, b[i]) {
				s.climb(reports, today, before, after, first, b[i])
			}
		}
	}
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
func (s *system) climb(reports []*report, today [][]int, before, after int, first *count, l *sql.List) {
	var then, now []cells.Term
	was, is, valued := int64(0), int64(0), true
	for n, v := range l.Values[:len(l.Values)-1] {
		c := count{id: first.id, dims: slices.Clone(first.dims)}
		for i := range c.dims {
			if c.dims[i].Name == l.Dim {
				c.dims[i].Value = v.Value
			}
		}
		i, ok := reports[before].index[c.name()]
		j, also := reports[after].index[c.name()]
		if !ok || !also || today[before][i] < 0 || today[after][j] < 0 {
			return
		}
		then, now = append(then, cells.Term{Cell: today[before][i], Coef: 1}), append(now, cells.Term{Cell: today[after][j], Coef: -1})
		a, b := s.exact[today[before][i]], s.exact[today[after][j]]
		was, is, valued = was+a.value, is+b.value, valued && a.valued && b.valued
		if valued && is < was {
			continue
		}
		grown := s.implied(fmt.Sprintf("what was added to the first %d of %s since %s", n+1, first.name(), reports[before].label), exact{is - was, valued}, reports[after].now)
		s.sum(append(slices.Concat(then, now), cells.Term{Cell: grown, Coef: 1}))
	}
}
