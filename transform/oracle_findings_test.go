package transform

import (
	"slices"

	"lvv/internal/day"
)

// ofDecisions looks at admissions and decisions to escalate that something should have gone with.
func (o *objections) ofDecisions() {
	for i, c := range o.w.cases {
		if !o.known(c.applied) || c.decision != "admitted" || !o.known(c.decided) {
			continue
		}
		discussed := slices.ContainsFunc(o.w.conferences, func(x aConference) bool { return x.caseID == c.id && x.on <= c.decided })
		if c.ground != "" && c.ground != "none" && !discussed && !o.w.missing["conferences"] {
			o.add("exceptional_without_conference", "cases", lineOf(i))
		}
		if c.identityUnknown && !o.known(c.identityCheckedOn) {
			o.add("admitted_without_identity", "cases", lineOf(i))
		}
	}
	if o.w.missing["conferences"] || o.w.missing["reviews"] {
		return
	}
	for i, x := range o.w.conferences {
		submitted := slices.ContainsFunc(o.w.reviews, func(r aReview) bool {
			return r.caseID == x.caseID && r.submitted >= x.on && o.known(r.submitted)
		})
		if x.decision == "escalate" && int(o.p.AsOf-x.on) > o.t.ReviewDays && !submitted {
			o.add("escalated_without_review", "conferences", lineOf(i))
		}
	}
}

func (o *objections) ofMarks() {
	for i, x := range o.w.trajectories {
		if x.scenario == "return" && x.amif == nil && o.runsInPilot(&x) {
			o.add("amif_mark_missing", "trajectories", lineOf(i))
		}
	}
}

func (o *objections) ofCosts() {
	if o.w.missing["costs"] {
		return
	}
	for i, x := range o.w.costs {
		if x.kind == "other" && x.reference == "" && o.known(x.on) {
			o.add("costs_without_kind", "costs", lineOf(i))
		}
	}
}

// ofPeriod looks at the run as a whole: whether registers and pilot reach the period.
func (o *objections) ofPeriod() {
	outside := true
	for d := o.p.From; d <= o.p.To; d++ {
		outside = outside && !o.inPilot(d)
	}
	if outside {
		o.add("period_outside_pilot", "stays", 0)
	}
	stale := func(table string, events []day.Day) {
		last := -1
		for i, d := range events {
			if last < 0 || d > events[last] {
				last = i
			}
		}
		if last >= 0 && o.p.AsOf-events[last] > 31 {
			o.add("register_not_current", table, lineOf(last))
		}
	}
	var stays, trajectories []day.Day
	for _, s := range o.w.stays {
		stays = append(stays, max(s.in, s.out)) // day.None lies before every day
	}
	for _, x := range o.w.trajectories {
		trajectories = append(trajectories, max(x.start, x.end))
	}
	stale("stays", stays)
	stale("trajectories", trajectories)
}

func (o *objections) afterSolution() {
	for i, s := range o.w.stays {
		if !o.known(s.in) {
			continue
		}
		var before []earlier
		for j, x := range o.w.trajectories {
			if x.outcome != "" && level(x.outcome) == "durable" && o.known(x.end) && x.end >= o.t.Start && x.end < s.in &&
				o.caseOf(x.caseID).person == o.caseOf(s.caseID).person {
				before = append(before, earlier{lineOf(j), x.end, x.id})
			}
		}
		if len(before) > 0 {
			last := endsLast(before)
			o.add("sheltered_after_durable", "stays", lineOf(i), "trajectories", last.line)
		}
	}
}

func (o *objections) withoutReview() {
	if o.w.missing["conferences"] || !o.inPilot(o.p.AsOf) {
		return
	}
	interval := day.Day(o.t.ReviewIntervalDays)
	due := map[int]bool{}
	for _, s := range o.owners(o.p.AsOf) {
		due[s.caseID] = true
	}
	for i, c := range o.w.cases {
		reviewed := slices.ContainsFunc(o.w.conferences, func(x aConference) bool {
			return x.caseID == c.id && o.known(x.on) && x.on > o.p.AsOf-interval
		})
		if due[c.id] && c.decision == "admitted" && o.known(c.decided) && c.decided <= o.p.AsOf-interval && !reviewed {
			o.add("no_review_for_long", "cases", lineOf(i))
		}
	}
}
