package transform

import (
	"slices"
	"strings"

	"lvv/internal/day"
)

// admissions looks at what was offered, discussed and asked with the admissions of the period.
func (o *oracle) admissions() {
	withdrawn, exceptional, discussed, nameless, checked, offers := 0, 0, 0, 0, 0, map[string]int{}
	for _, c := range o.w.cases {
		if !o.known(c.applied) || !o.inPeriod(c.decided) {
			continue
		}
		if c.decision == "withdrawn" {
			withdrawn++
		}
		if c.decision != "admitted" {
			continue
		}
		for offer := range strings.SplitSeq(orUnknown(c.offer), "+") {
			offers[offer]++
		}
		if c.ground != "" && c.ground != "none" {
			exceptional++
			if slices.ContainsFunc(o.w.conferences, func(x aConference) bool { return x.caseID == c.id && x.on <= c.decided }) {
				discussed++
			}
		}
		if c.identityUnknown {
			nameless++
			if o.known(c.identityCheckedOn) {
				checked++
			}
		}
	}
	o.count("inflow.withdrawals", withdrawn)
	for _, offer := range []string{"guidance", "shelter", "allowance", "unknown"} {
		o.count("inflow.offer", offers[offer], "offer", offer)
	}
	if o.needs(map[string]string{"conferences": "casusoverleg"}, func(put func(string, ...string)) { put("inflow.exceptions_discussed") }) {
		o.ratio("inflow.exceptions_discussed", discussed, exceptional)
	}
	o.count("inflow.unidentified", nameless)
	o.ratio("inflow.unidentified_checked", checked, nameless)
}

// waiting looks at who waits on the reference date: for a decision, or for a first night.
func (o *oracle) waiting() {
	var ages []int
	persons := map[int]bool{}
	for _, c := range o.w.cases {
		if !o.known(c.applied) {
			continue
		}
		if c.decision == "pending" || !o.known(c.decided) {
			ages = append(ages, int(o.p.AsOf-c.applied))
		} else if c.decision == "admitted" {
			persons[c.person] = true
		}
	}
	o.meanMedian("inflow.pending_age", ages)
	if len(ages) == 0 {
		o.put("inflow.pending_age", "undefined", "stat", "max")
	} else {
		o.count("inflow.pending_age", slices.Max(ages), "stat", "max")
	}
	for _, s := range o.w.stays {
		for d := s.in; o.known(d) && (s.out == day.None || d < s.out); d++ {
			delete(persons, o.caseOf(s.caseID).person)
		}
	}
	o.count("inflow.admitted_not_housed", len(persons))
}

// forward looks at the cases without a standard way out.
func (o *oracle) forward() {
	put, tested := map[string]int{}, map[string]int{}
	for _, c := range o.w.cases {
		if !o.known(c.applied) || !o.known(c.forward) || c.forward < o.t.Start {
			continue
		}
		put[orUnknown(c.special)]++
		if c.tested != nil && *c.tested {
			tested[orUnknown(c.special)]++
		}
	}
	for _, g := range specials {
		o.count("subgoal.put_forward", put[g], "special_group", g)
		o.count("subgoal.solution_tested", tested[g], "special_group", g)
	}
}

// escalations follows every decision to escalate to the review team, and the issues to their advice.
func (o *oracle) escalations() {
	days := day.Day(o.t.ReviewDays)
	if o.needs(map[string]string{"conferences": "casusoverleg", "reviews": "mrt"}, func(put func(string, ...string)) { put("review.escalated_submitted") }) {
		matured, submitted := 0, 0
		for _, x := range o.w.conferences {
			if x.decision != "escalate" || !o.inPeriod(x.on+days) {
				continue
			}
			matured++
			if slices.ContainsFunc(o.w.reviews, func(r aReview) bool {
				return r.caseID == x.caseID && x.on <= r.submitted && r.submitted <= x.on+days
			}) {
				submitted++
			}
		}
		o.ratio("review.escalated_submitted", submitted, matured)
	}
	if o.needs(map[string]string{"escalations": "escalaties"}, func(put func(string, ...string)) {
		put("escalation.advised")
		put("escalation.adopted")
	}) {
		advised, adopted := 0, 0
		for _, x := range o.w.escalations {
			if o.inPeriod(x.advised) {
				advised++
				if x.adopted != nil && *x.adopted {
					adopted++
				}
			}
		}
		o.count("escalation.advised", advised)
		o.count("escalation.adopted", adopted)
	}
}

func (o *oracle) attendance() {
	if !o.needs(map[string]string{"meetings": "overleggen"}, func(put func(string, ...string)) {
		for _, p := range parties {
			put("governance.attendance", "party", p)
		}
	}) {
		return
	}
	for _, p := range parties {
		recorded, there := 0, 0
		for _, m := range o.w.meetings {
			if m.kind != "steering_group" || m.attended == "" || !o.inPeriod(m.on) {
				continue
			}
			recorded++
			if slices.Contains(strings.Split(m.attended, "+"), p) {
				there++
			}
		}
		o.ratio("governance.attendance", there, recorded, "party", p)
	}
}
