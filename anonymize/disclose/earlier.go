package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/day"
	"lvv/transform"
)

// span is what one report's figure covers: the days from From up to but not including Until.
type span struct {
	from, until day.Day
	cell        int
	value       int64
	now         bool // of the report to be published
}

// always stands for the pilot's start, where cumulative figures begin.
const always = day.Day(-1 << 30)

// link binds the figures of the report to the same figures of earlier ones: periods that lie within
// others, and cumulative figures, whose difference is what happened in between. A figure that was restated
// since is not bound: today's exports say something else about that period.
func (b *builder) link(now *book, earlier []*book) {
	if len(earlier) == 0 {
		return
	}
	restated := map[string]bool{}
	for _, c := range now.r.Restatements {
		restated[c.Period+" "+name(c.ID, c.Dims)] = true
	}
	for i := range now.r.Figures {
		f := &now.r.Figures[i]
		n := name(f.ID, f.Dims)
		cell, counted := now.cell[n]
		if !counted || !characteristic(f.Dims) {
			continue
		}
		spans := []span{now.span(f, cell)}
		spans[0].now = true
		for _, k := range earlier {
			if c, ok := k.cell[n]; ok && !restated[k.r.Period.Label+" "+n] {
				spans = append(spans, k.span(f, c))
			}
		}
		b.linkSpans(n, spans)
	}
	b.boundDurable(now)
}

// span returns what a figure of the report covers. What is neither a flow nor cumulative holds on the
// reference date alone.
func (k *book) span(f *transform.Figure, cell int) span {
	p := k.r.Period
	s := span{from: p.AsOf, until: p.AsOf + 1, cell: cell, value: k.value(cell)}
	switch {
	case slices.Contains(flow, f.ID):
		s.from, s.until = p.From, p.To+1
	case slices.Contains(cumulative, f.ID), f.ID == "subgoal.level" && f.Dim("level") == "durable":
		s.from = always
	}
	return s
}

// linkSpans divides the days that the spans cover into the pieces that they have in common, and says of
// every span that it is the sum of its pieces. What fell in a piece is a count that a reader may be able to compute.
func (b *builder) linkSpans(name string, spans []span) {
	var edges []day.Day
	for _, s := range spans {
		edges = append(edges, s.from, s.until)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	pieces := make([]int, len(edges)-1) // -> cell, or -1
	height, known := potentials(edges, spans)
	for i := range pieces {
		pieces[i] = -1
		if known[i] && known[i+1] && height[i] > height[i+1] {
			return // the reports contradict each other, so nothing adds up
		}
	}
	for _, s := range spans {
		if i := slices.Index(edges, s.from); edges[i+1] == s.until && pieces[i] < 0 {
			pieces[i] = s.cell
		}
	}
	for _, s := range spans {
		from, until := slices.Index(edges, s.from), slices.Index(edges, s.until)
		if until-from == 1 && pieces[from] == s.cell {
			continue
		}
		rel := cells.Relation{Terms: []cells.Term{{Cell: s.cell, Coef: -1}}}
		for i := from; i < until; i++ {
			if pieces[i] < 0 {
				value, exact := int64(0), known[i] && known[i+1]
				if exact {
					value = height[i+1] - height[i]
				}
				pieces[i] = b.implied(growth(name, edges[i], edges[i+1]), value, exact)
			}
			rel.Terms = append(rel.Terms, cells.Term{Cell: pieces[i], Coef: 1})
		}
		if b.consistent(rel) {
			b.sys.Relations = append(b.sys.Relations, rel)
		}
	}
}

// growth names what a figure counted in a piece of time.
func growth(name string, from, until day.Day) string {
	if from == always {
		return fmt.Sprintf("%s up to %s", name, until-1)
	}
	return fmt.Sprintf("%s from %s to %s", name, from, until-1)
}

// potentials computes running totals at the edges, as far as the spans tie them to the first.
func potentials(edges []day.Day, spans []span) (height []int64, known []bool) {
	height, known = make([]int64, len(edges)), make([]bool, len(edges))
	known[0] = true
	for range edges {
		for _, s := range spans {
			i, j := slices.Index(edges, s.from), slices.Index(edges, s.until)
			switch {
			case known[i] && !known[j]:
				height[j], known[j] = height[i]+s.value, true
			case known[j] && !known[i]:
				height[i], known[i] = height[j]-s.value, true
			}
		}
	}
	return height, known
}

// consistent reports whether a sum holds as far as its counts are known.
func (b *builder) consistent(rel cells.Relation) bool {
	sum := int64(0)
	for _, t := range rel.Terms {
		c := b.sys.Cells[t.Cell]
		if c.Role == cells.Implied && !c.Known {
			return true
		}
		sum += t.Coef * c.Value
	}
	return sum == rel.Sum
}

// boundDurable says that the cases that first reached a durable outcome in the period are at most the
// trajectories that ended in it with that outcome, where an earlier report ends on the day before.
func (b *builder) boundDurable(now *book) {
	p := now.r.Period
	if p.AsOf != p.To {
		return
	}
	for _, f := range now.r.Breakdown("durable.cases", "outcome") {
		n := name(f.ID, f.Dims)
		ended := now.one("outflow.trajectories", f.Dims...)
		grown := slices.Index(b.names, growth(n, p.From, p.To+1))
		if ended < 0 || grown < 0 || b.sys.Cells[grown].Value > now.value(ended) {
			continue
		}
		rest := b.implied("further trajectories|"+n, now.value(ended)-b.sys.Cells[grown].Value, false)
		b.sys.Relations = append(b.sys.Relations, cells.Relation{Terms: []cells.Term{
			{Cell: ended, Coef: -1}, {Cell: grown, Coef: 1}, {Cell: rest, Coef: 1},
		}})
	}
}
