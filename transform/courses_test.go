package transform

import (
	"fmt"
	"math"
	"testing"

	"lvv/internal/day"
)

// TestCoursesByHand has one case whose trajectories lie 27, 28 and 29 days apart, one with a durable
// outcome inside its course, and one that began before the pilot.
func TestCoursesByHand(t *testing.T) {
	t.Parallel()
	none := day.None
	w := &world{missing: map[string]bool{}}
	for n := range 3 {
		w.cases = append(w.cases, aCase{
			id: n + 1, person: n + 1, decision: "admitted", applied: d("2019-03-01"), decided: d("2019-03-02"), birth: none, identityCheckedOn: none, forward: none,
		})
	}
	add := func(c int, start, end, outcome string) {
		x := aTrajectory{id: fmt.Sprintf("T%d", len(w.trajectories)), caseID: c, scenario: "return", start: d(start), end: none, departed: none, outcome: outcome}
		if end != "" {
			x.end = d(end)
		}
		w.trajectories = append(w.trajectories, x)
	}
	add(1, "2020-01-01", "2020-01-10", "")
	add(1, "2020-02-06", "2020-02-10", "")                 // 27 days on: the same course
	add(1, "2020-03-09", "2020-03-10", "medical_deferral") // 28 days on: still
	add(1, "2020-04-08", "", "")                           // 29 days on: another, which runs
	add(2, "2020-03-01", "2020-05-30", "other")
	add(2, "2020-04-01", "2020-04-30", "onward") // the course ends here, with a solution
	add(3, "2018-12-01", "2020-06-01", "")       // entry after 90 days
	e := openStore(t, newStoreWriter(t).write(t, w), 1)
	terms := testTerms()
	terms.CourseGapDays = 28
	p, err := ParsePeriod("2020-01-01..2020-06-30", "", terms)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compute(t.Context(), e, terms, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		id    string
		dims  []string
		value string
	}{
		{"course.ended", []string{"stat", "n"}, "3"},
		{"course.ended", []string{"stat", "median"}, "69"}, // of 60, 69 and 548 days
		{"course.running", []string{"stat", "median"}, "83"},
		{"course.survival", []string{"day", "90", "stat", "at_risk"}, "1"},
		{"course.survival", []string{"day", "365", "stat", "at_risk"}, "1"},
		{"course.cumulative_incidence", []string{"day", "90", "outcome", "onward"}, "0.333333333333"},
		{"course.cumulative_incidence", []string{"day", "90", "outcome", "semi_durable"}, "0.333333333333"},
		{"course.survival", []string{"day", "365", "stat", "estimate"}, "0.333333333333"},
		{"course.survival_median", []string{"stat", "estimate"}, "69"},
		{"duration.ended", []string{"stat", "n"}, "6"},
	} {
		f := r.Figure(want.id, want.dims...)
		if f == nil || f.Value.String() != want.value {
			t.Errorf("%s %v = %+v, want %s", want.id, want.dims, f, want.value)
		}
	}
}

// TestExpectedLine extends a pilot of a hundred days twice; what is decided later is not known yet.
func TestExpectedLine(t *testing.T) {
	start := d("2020-01-01")
	terms := testTerms()
	terms.Start, terms.End, terms.TargetCases = start, start+99, 100
	terms.Extensions = []Extension{{Decided: start + 50, End: start + 149, TargetCases: 110}, {Decided: start + 179, End: start + 198, TargetCases: 150}}
	for _, want := range []struct {
		on    day.Day
		cases float64
	}{
		{start - 1, 0},
		{start, 1},
		{start + 49, 50},    // the day before the first decision
		{start + 50, 50.6},  // 60 more in 100 days, no longer 51
		{start + 149, 110},  // the new end
		{start + 178, 110},  // flat until the second decision, after the end
		{start + 188, 130},  // 40 more in 20 days
		{start + 1000, 150}, // flat for good
	} {
		got := 0.0
		for _, l := range terms.expected(want.on) {
			if l.from < want.on && want.on <= l.to {
				got = l.at(want.on)
			}
		}
		if math.Abs(got-want.cases) > 1e-9 {
			t.Errorf("on %s expected %v, want %v", want.on, got, want.cases)
		}
	}
}
