package disclose

import (
	"fmt"
	"maps"
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// span is what one count covers: the days from From up to but not including Until.
type span struct {
	from, until day.Day
	cell        int
}

// always stands for the pilot's start, where cumulative figures begin.
const always = day.Day(-1 << 30)

// link binds the counts of all reports to one another: periods that lie within others, and cumulative
// figures, whose difference is what happened in between. Earlier reports say what they said then; where today's
// exports say something else, the correction stands between the two.
func (s *system) link(reports []*report, corrected []corrections) {
	today := make([][]int, len(reports)) // by report and count: the cell of what it comes to today
	for i, r := range reports {
		today[i] = make([]int, len(r.counts))
		for k := range r.counts {
			today[i][k] = r.counts[k].cell
			if r.counts[k].cell >= 0 && i < len(corrected) {
				today[i][k] = s.correct(r, &r.counts[k], corrected[i])
			}
		}
	}
	for _, before := range s.rests {
		for i, r := range reports {
			if k, ok := r.index[before.name]; ok && r.period.AsOf == before.day && today[i][k] >= 0 {
				s.sum([]cells.Term{{Cell: before.cell, Coef: -1}, {Cell: today[i][k], Coef: 1}})
			}
		}
	}
	for _, id := range s.ids(reports) {
		f := s.cat.Figure(id)
		pieces := map[string]*timeline{}
		for _, name := range s.namesOf(reports, id) {
			t := s.timelineOf(reports, today, f, name)
			if t == nil {
				continue
			}
			t.link(s)
			pieces[name] = t
		}
		if f != nil && len(f.Growth) > 0 {
			s.growth(reports, f, pieces)
		}
		if f != nil && f.Climbs != "" {
			s.climbs(reports, today, f)
		}
	}
}

// ids lists the figures that the reports have counts of, in the order of the last one's.
func (s *system) ids(reports []*report) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range slices.Backward(reports) {
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
func (s *system) namesOf(reports []*report, id string) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range slices.Backward(reports) {
		for i := range r.counts {
			if c := &r.counts[i]; c.id == id && c.cell >= 0 && !seen[c.name()] {
				seen[c.name()] = true
				out = append(out, c.name())
			}
		}
	}
	return out
}

// corrections are what today's exports say of an earlier report's figures, where it differs.
type corrections map[string]transform.Restatement // by name

// correct returns the cell of what a count of an earlier report comes to today. Between the two stands the correction,
// whose direction a reader is taken to know, and which is protected if it is small.
func (s *system) correct(r *report, c *count, of corrections) int {
	change, ok := of[transform.FigureName(c.id, c.dims)]
	if !ok {
		return c.cell
	}
	if c.of != "" || change.Is.Kind() != transform.Count && !change.Is.IsNull() || !c.valued {
		return -1 // nothing is known of what it is today
	}
	is := int64(0)
	if !change.Is.IsNull() {
		is = change.Is.Int()
	}
	name := r.label + c.name()
	now := s.implied(name+" as it is today", exact{is, true}, true)
	sign := int64(1)
	if is < c.value {
		sign = -1
	}
	difference := s.implied("the correction of "+name, exact{sign * (is - c.value), true}, characteristic(s.cat, c.dims))
	s.sum([]cells.Term{{Cell: now, Coef: -1}, {Cell: c.cell, Coef: 1}, {Cell: difference, Coef: sign}})
	return now
}

// timeline is one count over time.
type timeline struct {
	name    string
	protect bool // it is by a characteristic
	spans   []span
	asOf    map[day.Day]bool // edges at which a report was published
	edges   []day.Day
	pieces  []int // -> cell, or -1
	extra   []day.Day
}

// timelineOf collects the spans of a count; nil when there is nothing to link.
func (s *system) timelineOf(reports []*report, today [][]int, f *sql.Figure, name string) *timeline {
	t := &timeline{name: name, asOf: map[day.Day]bool{}}
	grows := f != nil && f.Accumulates == sql.FromStart
	for i, r := range reports {
		k, ok := r.index[name]
		if !ok || today[i][k] < 0 {
			continue
		}
		c := &r.counts[k]
		t.protect = characteristic(s.cat, c.dims)
		p := r.period
		sp := span{p.AsOf, p.AsOf + 1, today[i][k]}
		switch {
		case grows && !s.climbing(f, c):
			sp.from = always
		case f != nil && f.Accumulates == sql.Period:
			sp.from, sp.until = p.From, p.To+1
		}
		t.spans = append(t.spans, sp)
		t.asOf[sp.until] = true
		if !grows || s.climbing(f, c) {
			continue
		}
		for _, g := range f.Growth {
			if !sameDims(c, &g.Count) {
				continue
			}
			t.extra = append(t.extra, p.From, p.To+1)
			if j, ok := r.index[(&count{id: g.Count.Figure, of: g.Count.Of, dims: c.dims}).name()]; ok && g.Kind == sql.Wholly && today[i][j] >= 0 {
				t.spans = append(t.spans, span{p.From, p.To + 1, today[i][j]})
			}
		}
		if len(f.Growth) > 0 && p.From <= p.AsOf {
			t.extra = append(t.extra, p.From, p.To+1)
		}
	}
	if len(t.spans) < 2 && len(t.extra) == 0 {
		return nil
	}
	return t
}

// climbing reports whether a count is by the dimension along which cases climb, so that it may fall.
func (s *system) climbing(f *sql.Figure, c *count) bool {
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

// link divides the days that the spans cover into the pieces that they have in common, and says of
// every span that it is the sum of its pieces. What fell in a piece is a count that a reader may be able to compute.
func (t *timeline) link(s *system) {
	edges := map[day.Day]bool{}
	until := always
	for _, sp := range t.spans {
		edges[sp.from], edges[sp.until] = true, true
		until = max(until, sp.until)
	}
	for _, e := range t.extra {
		if e < until {
			edges[e] = true
		}
	}
	t.edges = slices.Sorted(maps.Keys(edges))
	height, known := t.heights(s)
	t.pieces = make([]int, len(t.edges)-1)
	for i := range t.pieces {
		t.pieces[i] = -1
		if known[i] && known[i+1] && height[i] > height[i+1] {
			t.pieces = nil
			return // the reports contradict each other, so nothing adds up
		}
	}
	for _, sp := range t.spans {
		i := slices.Index(t.edges, sp.from)
		if t.edges[i+1] != sp.until {
			continue
		}
		if t.pieces[i] < 0 {
			t.pieces[i] = sp.cell
		} else if t.pieces[i] != sp.cell {
			s.sum([]cells.Term{{Cell: t.pieces[i], Coef: -1}, {Cell: sp.cell, Coef: 1}})
		}
	}
	for i := range t.pieces {
		if t.pieces[i] >= 0 {
			continue
		}
		added := exact{valued: known[i] && known[i+1]}
		if added.valued {
			added.value = height[i+1] - height[i]
		}
		published := (t.edges[i] == always || t.asOf[t.edges[i]]) && t.asOf[t.edges[i+1]]
		t.pieces[i] = s.implied(growthName(t.name, t.edges[i], t.edges[i+1]), added, t.protect && published)
	}
	for _, sp := range t.spans {
		from, until := slices.Index(t.edges, sp.from), slices.Index(t.edges, sp.until)
		if until-from == 1 {
			continue
		}
		terms := []cells.Term{{Cell: sp.cell, Coef: -1}}
		for i := from; i < until; i++ {
			terms = append(terms, cells.Term{Cell: t.pieces[i], Coef: 1})
		}
		s.sum(terms)
	}
	t.skip(s, height, known)
}

// skip protects what a cumulative count added since each earlier report, whatever lies in between: whoever has both
// subtracts one from the other.
func (t *timeline) skip(s *system, height []int64, known []bool) {
	last := len(t.edges) - 1
	if t.edges[0] != always || !t.protect || !t.asOf[t.edges[last]] {
		return
	}
	for i := 1; i < last-1; i++ {
		if !t.asOf[t.edges[i]] {
			continue
		}
		added := exact{height[last] - height[i], known[i] && known[last]}
		terms := []cells.Term{{Cell: s.implied(growthName(t.name, t.edges[i], t.edges[last]), added, true), Coef: -1}}
		for _, p := range t.pieces[i:last] {
			terms = append(terms, cells.Term{Cell: p, Coef: 1})
		}
		s.sum(terms)
	}
}

// between returns the pieces from one day up to but not including another.
func (t *timeline) between(from, until day.Day) ([]int, bool) {
	if t == nil || t.pieces == nil {
		return nil, false
	}
	i, j := slices.Index(t.edges, from), slices.Index(t.edges, until)
	if i < 0 || j <= i {
		return nil, false
	}
	return t.pieces[i:j], true
}

// growthName names what a count added in a piece of time.
func growthName(name string, from, until day.Day) string {
	if from == always {
		return fmt.Sprintf("%s up to %s", name, until-1)
	}
	return fmt.Sprintf("%s from %s to %s", name, from, until-1)
}

// heights computes running totals at the edges, as far as the spans tie them to the first.
func (t *timeline) heights(s *system) (height []int64, known []bool) {
	height, known = make([]int64, len(t.edges)), make([]bool, len(t.edges))
	known[0] = true
	for range t.edges {
		for _, sp := range t.spans {
			e := s.exact[sp.cell]
			if !e.valued {
				continue
			}
			i, j := slices.Index(t.edges, sp.from), slices.Index(t.edges, sp.until)
			switch {
			case known[i] && !known[j]:
				height[j], known[j] = height[i]+e.value, true
			case known[j] && !known[i]:
				height[i], known[i] = height[j]-e.value, true
			}
		}
	}
	return height, known
}
