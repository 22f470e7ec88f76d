package disclose

import (
	"slices"

	"lvv/internal/day"
)

// ran: a trajectory that ran runs still, or has ended.
func (x *axis) ran(before, after *paper) {
	for _, s := range after.values("caseload.cases", "scenario", 1) {
		ran, ok := before.cell["running|scenario="+s]
		runs, also := after.cell["running|scenario="+s]
		ended := "duration.ended|scenario=" + s + "|stat=n"
		if !ok || !also || len(x.names(ended)) == 0 {
			continue
		}
		x.whole(ended)
		x.r.atMost([]int{ran}, append(slices.Clone(x.between(ended, before.d.Period.AsOf+1, after.d.Period.AsOf+1)), runs), "began since")
	}
}

// stayed: who was in shelter is there still, of the same sex and from the same region, or has left. It is not so of somebody who is
// counted by another case that says otherwise, so that a reader who takes it to be so is wrong.
func (x *axis) stayed(before, after *paper) {
	const exits = "outflow.shelter_exits"
	if len(x.names(exits)) == 0 {
		return
	}
	left, known := x.exactly(exits, before.d.Period.AsOf, after.d.Period.AsOf)
	x.whole(exits)
	for _, dim := range []string{"sex", "region"} {
		var gone []int
		lost := int64(0)
		for _, v := range before.values("population.housed", dim, 1) {
			name := "population.housed|" + dim + "=" + v
			were, ok := before.cell[name]
			are, also := after.cell[name]
			if ok && also {
				lost += max(0, before.exact[name]-after.exact[name])
				gone = append(gone, x.r.unknown("who left of "+name))
				x.r.atMost([]int{were}, []int{are, gone[len(gone)-1]}, "who came of "+name)
			}
		}
		if len(gone) > 0 && known && lost <= left {
			x.r.atMost(gone, x.between(exits, before.d.Period.AsOf+1, after.d.Period.AsOf+1), "others who left")
		}
	}
}

// exactly is what a figure counted after one day up to another, where one report says so, or two.
func (x *axis) exactly(name string, after, to day.Day) (int64, bool) {
	for _, p := range x.papers {
		n, ok := p.exact[name]
		if !ok || p.d.Period.To != to {
			continue
		}
		if p.d.Period.From == after+1 {
			return n, true
		}
		for _, q := range x.papers {
			if less, also := q.exact[name]; also && q.d.Period.From == p.d.Period.From && q.d.Period.To == after {
				return n - less, true
			}
		}
	}
	return 0, false
}
