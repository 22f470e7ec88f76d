package disclose

import (
	"slices"

	"lvv/sql"
	"lvv/transform"
)

// rows are totals that readers work out from how many rows the tables have, where they are told.
var rows = map[string]string{"subgoal.not_admitted": "cases", "conference.known": "conferences", "trajectories.known": "trajectories"}

// rowsTold lists those of a report.
func rowsTold(r *transform.Results, p *Published, cat *sql.Catalogue) map[string]int64 {
	out, withheld := map[string]int64{}, p.WithheldTables(cat)
	for id, table := range rows {
		if f := r.Figure(id); f != nil && !slices.Contains(withheld, table) {
			out[id] = f.Value.Int()
		}
	}
	return out
}

// ofRows enters what follows from how many rows there are.
func (p *paper) ofRows(told map[string]int64) {
	if n, ok := told["subgoal.not_admitted"]; ok {
		p.notAdmitted(p.r.number(n))
	}
	if n, ok := told["conference.known"]; ok {
		p.endedBefore(p.r.number(n))
		p.setByConferences(p.r.number(n))
	}
	if n, ok := told["trajectories.known"]; ok {
		p.changedScenario(p.r.number(n))
	}
}

// solvedAdmitted: whoever has a durable solution was admitted, of the same region, or is one of so many other cases. Of a person with several nationalities it
// is not so, so that a reader who takes it to be so is wrong.
func (p *paper) solvedAdmitted(others int64) {
	cases, ok := p.one("durable.cases")
	persons, also := p.one("durable.persons")
	if !ok || !also {
		return
	}
	all, lacks := []int{persons}, others+p.exact["durable.cases"]-p.exact["durable.persons"]
	for _, region := range p.values("durable.region", "region", 1) {
		solved, ok := p.one("durable.region", "region="+region)
		admitted, also := p.one("population.admitted", "region="+region)
		if lacks -= max(0, p.exact["durable.region|region="+region]-p.exact["population.admitted|region="+region]); !ok || !also || lacks < 0 {
			return
		}
		all = append(all, p.r.unknown("solved and not admitted"))
		p.r.atMost([]int{solved}, []int{admitted, all[len(all)-1]}, "admitted and not solved")
	}
	p.r.atMost(all, []int{cases, p.r.number(others)}, "not admitted and not solved")
}

// setByConferences: each scenario that was set in time has a conference of its own, in the period or among the others.
func (p *paper) setByConferences(known int) {
	set, ok := p.cell["conference.scenario_set#n"]
	held, also := p.one("conference.held")
	scenario, told := p.one("conference.held", "moment=scenario")
	if ok && also && told {
		p.r.atMost([]int{set, held}, []int{scenario, known}, "other conferences")
	}
}

// changedScenario: a trajectory that is the first of its case changes no scenario, and each case in guidance has one.
func (p *paper) changedScenario(known int) {
	moments, ok := p.one("conference.change_moments")
	cases, also := p.one("caseload.cases")
	rejected, told := p.one("procedure.decided", "result=rejected")
	if ok && also && told {
		p.r.atMost([]int{moments, cases}, []int{known, rejected}, "other trajectories")
	}
}

// endedBefore: whatever ended on a ground, and did not in the period, did so in a conference that was not held in it.
func (p *paper) endedBefore(known int) {
	held, ok := p.one("conference.held")
	if !ok {
		return
	}
	all := []int{held}
	for _, g := range p.values("conference.end_grounds", "end_ground", 1) {
		now, ok := p.one("conference.end_grounds", "end_ground="+g)
		if ever, also := p.one("conference.end_grounds_to_date", "end_ground="+g); ok && also {
			all = append(all, p.r.unknown("ended on this ground in other conferences"))
			p.r.atMost([]int{ever}, []int{now, all[len(all)-1]}, "of another time")
		}
	}
	p.adds("conference.end_grounds_to_date", []string{"end_ground"}, "conference.end_grounds_to_date")
	p.r.atMost(all, []int{known}, "conferences that decided otherwise")
}

// notAdmitted: whoever was put forward was admitted, of the same group, or is one of the other cases.
func (p *paper) notAdmitted(others int) {
	p.solvedAdmitted(p.r.pub.Cells[others].Low)
	p.adds("subgoal.put_forward", []string{"special_group"}, "subgoal.put_forward")
	var beyond []int
	for _, g := range p.values("subgoal.put_forward", "special_group", 1) {
		forward, ok := p.one("subgoal.put_forward", "special_group="+g)
		if admitted, also := p.one("subgoal.admitted", "special_group="+g); ok && also {
			beyond = append(beyond, p.r.unknown("put forward and not admitted"))
			p.r.atMost([]int{forward}, []int{admitted, beyond[len(beyond)-1]}, "admitted and not put forward")
		}
	}
	if len(beyond) > 0 {
		p.r.atMost(beyond, []int{others}, "neither admitted nor put forward")
	}
}
