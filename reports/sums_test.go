package reports_test

import (
	"math"
	"slices"
	"testing"

	"lvv/sql"
	"lvv/transform"
)

// TestBreakdownsAddUp adds up what a reader of the samples' report would: the parts of every breakdown
// make its total, tables that share a margin agree, and the quarters make what is cumulative. What does not
// add up is explained beside it (WhyNotSum).
func TestBreakdownsAddUp(t *testing.T) {
	r, _ := sampleResults(t)
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	same := func(what string, sum, want float64) {
		checked++
		if math.Abs(sum-want) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("%s: the parts make %v, the total is %v", what, sum, want)
		}
	}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		total := r.Figure(f.ID)
		if total == nil || total.Status != "" || !slices.Contains([]string{"count", "eur", "hours"}, f.Unit) {
			continue
		}
		for _, b := range f.Breakdowns {
			if len(b) != 1 || b[0].Dim == "stat" {
				continue
			}
			want := total
			if b[0].Dim == "year" { // each calendar year of the pilot to the reference date
				want = r.Figure(f.ID + "_to_date")
			}
			same(f.ID+" by "+b[0].Dim, sum(r.Breakdown(f.ID, b[0].Dim)), want.Value.Float())
		}
	}
	same("outflow.level", sum(r.Breakdown("outflow.level", "level")), r.Figure("outflow.trajectories").Value.Float())
	same("occupancy.daily", sum(r.Breakdown("occupancy.daily", "date")), r.Figure("occupancy.person_nights").Value.Float())
	for _, f := range r.Breakdown("outflow.trajectories", "outcome") {
		same("outflow.scenario_outcome of "+f.Dim("outcome"), sumWith(r.Breakdown("outflow.scenario_outcome", "scenario", "outcome"), "outcome", f.Dim("outcome")), f.Value.Float())
	}
	for _, f := range r.Breakdown("subgoal.admitted", "special_group") {
		same("subgoal.level of "+f.Dim("special_group"), sumWith(r.Breakdown("subgoal.level", "special_group", "level"), "special_group", f.Dim("special_group")), f.Value.Float())
	}
	ended := 0.0
	for _, scenario := range []string{"return", "onward", "legalisation", "undecided"} {
		ended += r.Figure("duration.ended", "scenario", scenario, "stat", "n").Value.Float()
	}
	same("duration.ended by scenario", ended, r.Figure("duration.ended", "stat", "n").Value.Float())
	for _, day := range []string{"90", "180", "365", "540"} {
		share := r.Figure("duration.survival", "day", day, "stat", "estimate").Value.Float()
		share += sumWith(r.Breakdown("duration.cumulative_incidence", "day", "outcome"), "day", day)
		same("shares after "+day+" days", share, 1)
	}
	for _, c := range []struct{ series, column, total string }{
		{"flow.quarters", "durable_cases", "durable.cases"},
		{"funding.quarters", "entitlement", "funding.entitlement_to_date"},
		{"funding.quarters", "received", "funding.received_to_date"},
		{"occupancy.places", "persons", "occupancy.person_nights"},
		{"occupancy.places", "agreed", "capacity.agreed_place_nights"},
		{"occupancy.places", "capacity", "capacity.place_nights"},
	} {
		s := r.SeriesNamed(c.series)
		column, total := slices.Index(s.Columns, c.column), 0.0
		for _, row := range s.Rows {
			total += row[column].Float()
		}
		same(c.series+" "+c.column, total, r.Figure(c.total).Value.Float())
	}
	if checked < 40 {
		t.Errorf("%d sums were made: the breakdowns were not found", checked)
	}
}

func sum(list []transform.Figure) float64 { return sumWith(list, "", "") }

// sumWith adds up the figures that have a value of a dimension.
func sumWith(list []transform.Figure, dim, value string) float64 {
	total := 0.0
	for i := range list {
		if list[i].Dim(dim) == value {
			total += list[i].Value.Float()
		}
	}
	return total
}
