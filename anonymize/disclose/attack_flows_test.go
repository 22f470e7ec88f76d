package disclose

import (
	"maps"
	"slices"

	"lvv/transform"
)

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

// met: whoever was ever in shelter is there or has left it, unless that was before the start; whoever was ever admitted was ever in shelter, or never;
// and is of the same sex, from the same region and of known age or not wherever counted, unless cases of one person say different things.
func (x *axis) met() {
	for _, dim := range []string{"sex", "region", "age_band"} {
		groups := map[string][]string{}
		for _, p := range x.papers {
			for _, v := range p.values("population.housed", dim, 1) {
				of := v
				if dim == "age_band" && v != unknownAge {
					of = "known"
				}
				if !slices.Contains(groups[of], v) {
					groups[of] = append(groups[of], v)
				}
			}
		}
		x.everIn(dim, groups)
	}
}

// everIn enters, date by date, who was ever in shelter of each group of values. Of the fewest who can have been, and then of those who were admitted
// and not counted as never there, it must be so that they are no more than all; where not, the reader takes nothing of that date to be so.
func (x *axis) everIn(dim string, groups map[string][]string) {
	ever, fewest := map[string]int{}, map[string]int64{}
	for _, p := range x.papers {
		in, ok := p.one("occupancy.persons_on_reference_date")
		left, also := p.one("outflow.persons")
		never, told := p.one("inflow.admitted_not_housed")
		if !ok || !also {
			continue
		}
		least, lacking, all := maps.Clone(fewest), map[string]int64{}, int64(0)
		beyond := -p.exact["inflow.admitted_not_housed"]
		for of, values := range groups {
			housed, admitted := int64(0), int64(0)
			for _, v := range values {
				housed, admitted = housed+p.exact["population.housed|"+dim+"="+v], admitted+p.exact["population.admitted|"+dim+"="+v]
			}
			least[of] = max(least[of], housed)
			if told {
				lacking[of] = max(0, admitted-least[of])
			}
			all, beyond = all+least[of], beyond+lacking[of]
		}
		for _, of := range slices.Sorted(maps.Keys(groups)) {
			if more := min(beyond, lacking[of]); more > 0 {
				least[of], all, beyond = least[of]+more, all+more, beyond-more
			}
		}
		if all > p.exact["occupancy.persons_on_reference_date"]+p.exact["outflow.persons"] {
			continue
		}
		fewest = least
		var allEver, allNever []int
		for _, of := range slices.Sorted(maps.Keys(groups)) {
			now, not := x.r.unknown("ever in shelter of "+of), x.r.unknown("never in shelter of "+of)
			if was, before := ever[of]; before {
				x.r.atMost([]int{was}, []int{now}, "in shelter since")
			}
			var housed, admitted []int
			for _, v := range groups[of] {
				if c, ok := p.cell["population.housed|"+dim+"="+v]; ok {
					housed = append(housed, c)
				}
				if c, ok := p.cell["population.admitted|"+dim+"="+v]; ok {
					admitted = append(admitted, c)
				}
			}
			x.r.atMost(housed, []int{now}, "no longer in shelter")
			if told {
				x.r.atMost(admitted, []int{now, not}, "in shelter and not admitted")
			}
			ever[of], allEver, allNever = now, append(allEver, now), append(allNever, not)
		}
		x.r.atMost(allEver, []int{in, left}, "others who were in shelter")
		if told {
			x.r.atMost(allNever, []int{never}, "others who never were")
		}
	}
}

// apart: whoever is in shelter was admitted since the start, and is of the same sex and from the same region; and of one region they are others than
// those who left with a durable outcome, which are all who have one but for so many. It is not so where cases of one person say different things.
func (p *paper) apart() {
	for _, dim := range []string{"sex", "region"} {
		for _, v := range p.values("population.housed", dim, 1) {
			h, a := "population.housed|"+dim+"="+v, "population.admitted|"+dim+"="+v
			housed, ok := p.cell[h]
			if admitted, also := p.cell[a]; ok && also && p.exact[h] <= p.exact[a] {
				p.r.atMost([]int{housed}, []int{admitted}, "admitted and not in shelter")
			}
		}
	}
	left, ok := p.one("outflow.persons_level", "level=durable")
	all, also := p.one("durable.cases")
	if !ok || !also {
		return
	}
	others, room := []int{left}, p.exact["durable.cases"]-p.exact["outflow.persons_level|level=durable"]
	type row struct{ durable, housed, admitted int }
	var rows []row
	for _, v := range p.values("durable.region", "region", 1) {
		names := []string{"durable.region|region=" + v, "population.housed|region=" + v, "population.admitted|region=" + v}
		var of []int
		for _, name := range names {
			if c, ok := p.cell[name]; ok {
				of = append(of, c)
			}
		}
		if len(of) == len(names) {
			rows = append(rows, row{of[0], of[1], of[2]})
			room -= max(0, p.exact[names[0]]+p.exact[names[1]]-p.exact[names[2]])
		}
	}
	if room < 0 {
		return
	}
	for _, of := range rows {
		others = append(others, p.r.unknown("durable and did not leave"))
		p.r.atMost([]int{of.durable, of.housed}, []int{of.admitted, others[len(others)-1]}, "admitted, neither in shelter nor durable")
	}
	p.r.atMost(others, []int{all}, "durable, and nothing else is known")
}

// scenariosSet: each scenario that was set in time was set in a conference: since the start, unless that was before the pilot, and in a row of
// reports since the six weeks before the first of those that count it, unless that was before admission.
func (x *axis) scenariosSet() {
	const set, held = "conference.scenario_set#n", "conference.held|moment=scenario"
	const term = 42
	for _, p := range x.papers {
		row := []*paper{p}
		for k := 0; k >= 0 && row[0].d.Period.From > p.d.Terms.Start; {
			if k = slices.IndexFunc(x.papers, func(q *paper) bool { return q.d.Period.To+1 == row[0].d.Period.From }); k >= 0 {
				row = slices.Insert(row, 0, x.papers[k])
			}
		}
		var of, in []int
		room, from := int64(0), len(row)
		for j, q := range slices.Backward(row) {
			n, ok := q.cell[set]
			if !ok {
				break
			}
			of, room = append(of, n), room-q.exact[set]
			for ; from > 0 && (from > j || row[from].d.Period.From > max(q.d.Period.From-term, p.d.Terms.Start)); from-- {
				c, also := row[from-1].cell[held]
				if !also {
					return
				}
				in, room = append(in, c), room+row[from-1].exact[held]
			}
			if row[from].d.Period.From <= max(q.d.Period.From-term, p.d.Terms.Start) && room >= 0 {
				x.r.atMost(slices.Clone(of), slices.Clone(in), "other conferences on a scenario")
			}
		}
	}
}
