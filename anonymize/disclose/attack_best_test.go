package disclose

import (
	"slices"
	"strings"
)

// solutions are the outcomes of each level but the last, which is of all others.
var solutions = [][]string{{"return", "onward", "legalisation"}, {"repeat_application", "medical_deferral"}}

// solvedCases: of the cases with any outcome those with a durable one are the numerator of the strict share, and with those with a semi-durable one at
// best that of the broad share. Each of the persons who left with a semi-durable one at best has such a case.
func (p *paper) solvedCases() {
	named := func(names ...string) int {
		for _, name := range names {
			if c, ok := p.cell[name]; ok {
				return c
			}
		}
		return p.r.unknown(p.d.Period.Label + " " + names[0])
	}
	broad := named("durable.share_broad#n")
	p.best = []int{named("durable.cases", "durable.share_strict#n"), p.r.unknown("cases at semi-durable"), p.r.unknown("cases at none")}
	p.r.equal(p.best[:2], []int{broad})
	p.r.equal(p.best, []int{named("durable.share_broad#d", "durable.share_strict#d")})
	if left, ok := p.one("outflow.persons_level", "level=semi_durable"); ok {
		p.r.atMost([]int{left}, p.best[1:2], "others at semi-durable")
	}
}

// solvedSince: whatever level a case has at best it got by an outcome of that level since an earlier report, or since the pilot's start, or had it.
func (x *axis) solvedSince(before, after *paper) {
	if after.best == nil || len(x.names("outflow.trajectories")) < 2 {
		return
	}
	since, had := after.d.Terms.Start, [][]int{nil, nil, nil}
	if before != nil {
		since = before.d.Period.AsOf + 1
		for n, c := range before.best {
			had[n] = []int{c}
		}
	}
	for n, names := range x.outcomes() {
		var got []int
		for _, name := range names {
			got = append(got, x.between(name, since, after.d.Period.AsOf+1)...)
		}
		x.r.atMost(after.best[n:n+1], append(got, had[n]...), "others who got that far")
	}
}

// outcomes lists the counts of trajectories that ended in each level.
func (x *axis) outcomes() [][]string {
	out := make([][]string, len(best))
	for _, name := range x.names("outflow.trajectories") {
		_, outcome, by := strings.Cut(name, "|outcome=")
		if !by {
			continue
		}
		n := slices.IndexFunc(solutions, func(of []string) bool { return slices.Contains(of, outcome) })
		if n < 0 {
			n = len(solutions)
		}
		x.whole(name)
		out[n] = append(out[n], name)
	}
	return out
}
