package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/transform"
)

// levelOf is the level of an outcome (sql/stage/outcome_levels.sql); any other outcome is none.
var levelOf = map[string]string{
	"return": "durable", "onward": "durable", "legalisation": "durable",
	"repeat_application": "semi_durable", "medical_deferral": "semi_durable",
}

// cumulative figures count from the pilot's start to the reference date and only grow.
var cumulative = []string{
	"durable.cases", "subgoal.admitted", "amif.trajectories", "amif.participants", "amif.returned", "amif.returned_with_evidence",
}

// flow figures count what happened in the period, so that periods add up.
var flow = []string{
	"inflow.applications", "inflow.refusals", "outflow.shelter_exits", "outflow.trajectories", "outflow.level",
	"outflow.scenario_outcome", "duration.ended", "conference.held", "conference.end_grounds",
}

// bind says which counts of a report add up to which.
func (k *book) bind() {
	k.bindBreakdowns()
	k.bindOutflow()
	k.bindSubgoals()
	k.bindAMIF()
	// Every end of shelter was decided in a conference.
	k.atMost(k.one("conference.held"), k.all("conference.end_grounds", transform.Dim{}, "end_ground"), "conferences that ended nothing", false)
	if p := k.r.Period; p.From == p.To && p.To == p.AsOf {
		for _, f := range k.r.Breakdown("occupancy.person_nights", "location") {
			k.relate(k.one(f.ID, f.Dims...), []int{k.one("occupancy.persons_on_reference_date", f.Dims...)})
		}
	}
}

// bindBreakdowns binds every breakdown by one characteristic to its total.
func (k *book) bindBreakdowns() {
	var done []string
	for _, f := range k.r.Figures {
		if len(f.Dims) != 1 || aside[f.Dims[0].Name] {
			continue
		}
		table := tableOf(f.ID, f.Dims)
		if _, counted := k.cell[name(f.ID, f.Dims)]; !counted || slices.Contains(done, table) {
			continue
		}
		done = append(done, table)
		parts := k.all(f.ID, transform.Dim{}, f.Dims[0].Name)
		if !k.relate(k.one(f.ID), parts) && f.ID != "amif.incomplete" {
			k.atMost(k.one(f.ID), parts, table+" elsewhere", false)
		}
	}
}

// bindOutflow binds the outcomes to their levels, and both to the table by scenario.
func (k *book) bindOutflow() {
	for _, f := range k.r.Breakdown("outflow.level", "level") {
		var parts []int
		for _, o := range k.r.Breakdown("outflow.trajectories", "outcome") {
			level := levelOf[o.Dim("outcome")]
			if level == "" {
				level = "none"
			}
			if level == f.Dim("level") {
				parts = append(parts, k.one(o.ID, o.Dims...))
			}
		}
		k.relate(k.one(f.ID, f.Dims...), parts)
	}
	for _, f := range k.r.Breakdown("outflow.trajectories", "outcome") {
		k.relate(k.one(f.ID, f.Dims...), k.all("outflow.scenario_outcome", f.Dims[0], "scenario", "outcome"))
	}
	// A case that first became durable in the period had a trajectory that ended so in it.
	durable := transform.Dim{Name: "level", Value: "durable"}
	k.atMost(k.one("outflow.level", durable), []int{k.one("durable.cases_in_period")}, "further durable trajectories", false)
	// duration.ended also counts trajectories that ended without an outcome.
	var without []int
	for _, f := range k.r.Breakdown("duration.ended", "scenario", "stat") {
		if f.Dim("stat") != "n" {
			continue
		}
		scenario := transform.Dim{Name: "scenario", Value: f.Dim("scenario")}
		c := k.atMost(k.one(f.ID, f.Dims...), k.all("outflow.scenario_outcome", scenario, "scenario", "outcome"),
			"ended without an outcome|scenario="+scenario.Value, true)
		if c >= 0 {
			without = append(without, c)
		}
	}
	ended := k.one("duration.ended", transform.Dim{Name: "stat", Value: "n"})
	var scenarios []int
	for _, f := range k.r.Breakdown("duration.ended", "scenario", "stat") {
		if f.Dim("stat") == "n" {
			scenarios = append(scenarios, k.one(f.ID, f.Dims...))
		}
	}
	k.relate(ended, scenarios)
	if total := k.one("outflow.trajectories"); ended >= 0 && total >= 0 && len(without) > 0 {
		// A reader knows how many ended without an outcome: the difference of two totals.
		k.relate(k.b.add("ended without an outcome", "implied",
			cells.Cell{Value: k.value(ended) - k.value(total), Role: cells.Fixed}), without)
	}
}

// bindSubgoals binds the target groups' cases to their number, the groups' results to their cases, and the
// results of all groups to the shares of durable solutions, whose numerators count the same cases.
func (k *book) bindSubgoals() {
	if groups := k.all("subgoal.admitted", transform.Dim{}, "special_group"); len(groups) > 0 {
		// No figure, but a reader can add up the admissions of all quarters.
		admitted := int64(0)
		for _, c := range groups {
			admitted += k.value(c)
		}
		k.relate(k.b.add("admitted since the start", "implied", cells.Cell{Value: admitted, Role: cells.Fixed}), groups)
	}
	for _, f := range k.r.Breakdown("subgoal.admitted", "special_group") {
		k.relate(k.one(f.ID, f.Dims...), k.all("subgoal.level", f.Dims[0], "special_group", "level"))
	}
	strict, broad := k.r.Figure("durable.share_strict"), k.r.Figure("durable.share_broad")
	if strict == nil || broad == nil || strict.Numerator.Kind() != transform.Count || broad.Numerator.Kind() != transform.Count {
		return
	}
	durable, semi := strict.Numerator.Int(), broad.Numerator.Int()-strict.Numerator.Int()
	for _, c := range []struct {
		level string
		cases int64
	}{{"durable", durable}, {"semi_durable", semi}, {"none", broad.Denominator.Int() - durable - semi}} {
		total := k.b.add("cases with "+c.level+" as their best", "implied", cells.Cell{Value: c.cases, Role: cells.Fixed})
		parts := k.all("subgoal.level", transform.Dim{Name: "level", Value: c.level}, "special_group", "level")
		if !k.relate(total, parts) {
			k.atMost(total, parts, "never admitted|level="+c.level, false)
		}
	}
}

// bindAMIF says that those who returned are among the participants, and those with evidence among these.
func (k *book) bindAMIF() {
	chain := []string{"amif.participants", "amif.returned", "amif.returned_with_evidence"}
	for i, id := range chain[1:] {
		for _, dim := range []string{"sex", "age_band"} {
			for _, f := range k.r.Breakdown(id, dim) {
				whole := k.one(chain[i], f.Dims...)
				if part := k.one(id, f.Dims...); part >= 0 {
					k.atMost(whole, []int{part}, "the rest of "+name(chain[i], f.Dims)+" after "+id, true)
				}
			}
		}
	}
}
