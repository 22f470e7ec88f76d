package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/day"
	"lvv/sql"
)

// balance says of every count that is there on a date, such as procedures that are pending, that it changes from one day to
// another by what came in and what went out in between. The relation's part is what comes in; its wholes are what is there at
// the end and what went out.
func (s *system) balance(m moment, rel *sql.Relation, lines map[string]*timeline) {
	if rel.ButFor != "" && slices.ContainsFunc(m.reports, func(r *report) bool { return r.audited }) {
		return
	}
	for _, name := range m.namesOf(rel.Before.Figure) {
		stock := m.count(name)
		if stock.of != rel.Before.Of || !sameDims(stock, rel.Before) {
			continue
		}
		line := func(n *sql.Count) *timeline { return lines[stock.named(n)] }
		var out []*timeline
		for _, w := range rel.Whole {
			if w.Figure != rel.Before.Figure {
				out = append(out, line(&w))
			}
		}
		if in := line(&rel.Part); in != nil {
			s.carry(m, name, in, out)
		}
	}
}

// carry enters what is there on each of the days between which reports tell of what came in and went out.
func (s *system) carry(m moment, name string, in *timeline, out []*timeline) {
	there := map[day.Day]int{} // -> cell
	for _, r := range m.reports {
		if k, ok := r.index[name]; ok && r.counts[k].cell >= 0 {
			there[r.period.AsOf+1] = r.counts[k].cell
		}
	}
	for _, a := range m.asides {
		if _, ok := there[a.until]; !ok && a.name() == name {
			there[a.until] = a.cell
		}
	}
	at := func(d day.Day) int {
		if _, ok := there[d]; !ok {
			there[d] = s.implied(fmt.Sprintf("%s before %s", name, d), exact{}, false)
		}
		return there[d]
	}
	s.agreeing(len(s.sys.Relations), func() {
		for k := range in.pieces {
			from, until := in.edges[k], in.edges[k+1]
			came, told := piecesOf([]*timeline{in}, from, until)
			went, also := piecesOf(out, from, until)
			if told && also {
				s.sum(append(weighed(append(came, at(from)), 1), weighed(append(went, at(until)), -1)...))
			}
		}
	})
}

// count returns a count of that name, of any of the reports.
func (m *moment) count(name string) *count {
	for _, r := range m.reports {
		if k, ok := r.index[name]; ok {
			return &r.counts[k]
		}
	}
	return nil
}

// nights says of what is there on a reference date that it is no more than the nights of the piece of time which that date
// lies in, and of a piece of one night that it is the same.
func (s *system) nights(m moment, rel *sql.Relation, lines map[string]*timeline) {
	if rel.Kind != sql.AtMost || !rel.InPeriod || len(rel.Whole) != 1 || s.cat.Figure(rel.Whole[0].Figure).Nightly == "" {
		return
	}
	for _, r := range m.reports {
		for _, k := range r.matching(&rel.Part) {
			c := &r.counts[k]
			name := (&count{id: rel.Whole[0].Figure, of: rel.Whole[0].Of, dims: c.dims}).name()
			t := lines[name]
			if t == nil || t.pieces == nil || c.cell < 0 {
				continue
			}
			i := slices.IndexFunc(t.edges, func(d day.Day) bool { return d > r.period.AsOf }) - 1
			own, listed := r.index[name]
			if i < 0 || t.pieces[i] < 0 || listed && r.counts[own].cell == t.pieces[i] {
				continue
			}
			if t.edges[i+1]-t.edges[i] == 1 {
				s.sum([]cells.Term{{Cell: c.cell, Coef: -1}, {Cell: t.pieces[i], Coef: 1}})
			} else {
				s.atMost([]int{c.cell}, t.pieces[i:i+1], "the other nights of "+growthName(name, t.edges[i], t.edges[i+1]))
			}
		}
	}
}
