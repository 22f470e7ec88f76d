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

// solved: whoever had left with a best outcome is in shelter again, or has left with one that is no worse; who has left and had not before left since.
// Those with a better one got it since: the first durable ones, or the first of any worth, of a case.
func (x *axis) solved(before, after *paper) {
	const exits, became, level = "outflow.shelter_exits", "durable.cases_in_period", "outflow.persons_level|level="
	if len(x.names(exits)) == 0 {
		return
	}
	for _, name := range []string{exits, became} {
		x.whole(name)
	}
	then, now := before.d.Period.AsOf+1, after.d.Period.AsOf+1
	var left []int
	is, better := make([][]int, len(best)), make([][]int, len(best)-1)
	for from, l := range best {
		was, ok := before.cell[level+l]
		_, also := after.cell[level+l]
		if !ok || !also {
			return
		}
		still := []int{}
		for to := range from + 1 {
			one := x.r.unknown("left with " + l + " and now with " + best[to])
			still, is[to] = append(still, one), append(is[to], one)
			for n := to; n < from; n++ {
				better[n] = append(better[n], one)
			}
		}
		x.r.atMost(still, []int{was}, "in shelter again, with "+l)
		left = append(left, x.r.unknown("left since with "+l))
		is[from] = append(is[from], left[from])
	}
	for n, l := range best {
		x.r.equal(is[n], []int{after.cell[level+l]})
	}
	x.r.atMost(left, x.between(exits, then, now), "left since and in shelter again")
	if x.pieces[became] != nil {
		x.r.atMost(better[0], x.between(became, then, now), "others who got a durable outcome")
	}
	for n, total := range []string{"durable.persons", "durable.share_broad#n"} {
		had, ok := before.cell[total]
		if have, also := after.cell[total]; ok && also {
			x.r.atMost(append(slices.Clone(better[n]), had), []int{have}, "others who got so far since")
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
