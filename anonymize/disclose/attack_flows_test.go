package disclose

import "lvv/transform"

// allOwn: cases with an outcome since the pilot's start were admitted since then, so that those of all groups at a level are all cases at it. It
// is not so of outcomes without admission, or before.
func (p *paper) allOwn(own [3]bool) {
	for n, level := range best {
		if column, ok := p.all("subgoal.level", "special_group", "level="+level); ok && own[n] && p.best != nil {
			p.r.equal(column, p.best[n:n+1])
		}
	}
}

// ownOutcomes reports of each level whether the groups have as many cases at it as there are.
func ownOutcomes(r *transform.Results) (own [3]bool) {
	all, broad := r.Figure("durable.cases").Value.Int(), r.Figure("durable.share_broad")
	at := [3]int64{all, broad.Numerator.Int() - all, broad.Denominator.Int() - broad.Numerator.Int()}
	for n, level := range best {
		for _, f := range r.Breakdown("subgoal.level", "special_group", "level") {
			if f.Dim("level") == level {
				at[n] -= f.Value.Int()
			}
		}
		own[n] = at[n] == 0
	}
	return own
}

// gained: by as much as the groups have more cases at a level, all of them together, trajectories ended so since. It is not so of outcomes
// before admission, so that a reader who takes it to be so is wrong.
func (x *axis) gained(before, after *paper) {
	then, now := before.d.Period.AsOf, after.d.Period.AsOf
	for n, names := range x.outcomes() {
		var since, more []int
		came, known := int64(0), len(names) > 0
		for _, name := range names {
			left, ok := x.exactly(name, then, now)
			came, known = came+left, known && ok
			since = append(since, x.between(name, then+1, now+1)...)
		}
		for _, g := range after.values("subgoal.admitted", "special_group", 1) {
			name := "subgoal.level|level=" + best[n] + "|special_group=" + g
			had, ok := before.cell[name]
			if have, also := after.cell[name]; ok && also {
				came -= max(0, after.exact[name]-before.exact[name])
				more = append(more, x.r.unknown("more of "+name))
				x.r.atMost([]int{have}, []int{had, more[len(more)-1]}, "fewer of "+name)
			}
		}
		if known && came >= 0 && len(more) > 0 {
			x.r.atMost(more, since, "others who ended so")
		}
	}
}
