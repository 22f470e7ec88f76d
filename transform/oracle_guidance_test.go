package transform

import (
	"slices"
	"strconv"

	"lvv/internal/day"
)

func (o *oracle) conferences() {
	o.held()
	o.scenarioSet()
	o.changeMoments()
}

func (o *oracle) held() {
	delivered := o.needs(map[string]string{"conferences": "casusoverleg"}, func(put func(string, ...string)) {
		put("conference.held")
		for _, m := range moments {
			put("conference.held", "moment", m)
		}
		for _, d := range decisions {
			put("conference.decided", "conference_decision", d)
		}
		put("conference.consensus")
		for _, g := range endGrounds {
			put("conference.end_grounds", "end_ground", g)
		}
		for _, g := range endGrounds {
			put("conference.end_grounds_to_date", "end_ground", g)
		}
		put("review.escalated")
		put("conference.known")
		put("conference.scenario_set")
		put("conference.days_to_scenario", "stat", "mean")
		put("conference.days_to_scenario", "stat", "median")
	})
	if !delivered {
		return
	}
	known, held, agreed, recorded, by, decided, ends, endsToDate := 0, 0, 0, 0, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, x := range o.w.conferences {
		if o.known(x.on) {
			known++
		}
		if x.decision == "end" && x.on >= o.t.Start && o.known(x.on) {
			endsToDate[orUnknown(x.ends)]++
		}
		if !o.inPeriod(x.on) {
			continue
		}
		held++
		by[x.moment]++
		if x.consensus != nil {
			recorded++
			if *x.consensus {
				agreed++
			}
		}
		decided[orUnknown(x.decision)]++
		if x.decision == "end" {
			ends[orUnknown(x.ends)]++
		}
	}
	for _, d := range decisions {
		o.count("conference.decided", decided[d], "conference_decision", d)
	}
	o.count("review.escalated", decided["escalate"])
	o.count("conference.held", held)
	o.count("conference.known", known)
	for _, m := range moments {
		o.count("conference.held", by[m], "moment", m)
	}
	o.ratio("conference.consensus", agreed, recorded)
	for _, g := range endGrounds {
		o.count("conference.end_grounds", ends[g], "end_ground", g)
		o.count("conference.end_grounds_to_date", endsToDate[g], "end_ground", g)
	}
}

func (o *oracle) scenarioSet() {
	if o.w.missing["conferences"] {
		return
	}
	admitted := 0
	due := day.Day(o.t.ScenarioDays)
	var days []int
	for _, c := range o.w.cases {
		if !o.known(c.applied) || c.decision != "admitted" || c.decided == day.None || !o.inPeriod(c.decided+due) {
			continue
		}
		admitted++
		first := day.None
		for _, x := range o.w.conferences {
			if x.caseID == c.id && x.moment == "scenario" && x.on <= c.decided+due && (first == day.None || x.on < first) {
				first = x.on
			}
		}
		if first != day.None {
			days = append(days, int(first-c.decided))
		}
	}
	o.ratio("conference.scenario_set", len(days), admitted)
	o.meanMedian("conference.days_to_scenario", days)
}

func (o *oracle) changeMoments() {
	type moment struct {
		caseID int
		on     day.Day
	}
	var all []moment
	for _, x := range o.w.procedures {
		if x.result == "rejected" && x.decided != day.None {
			all = append(all, moment{x.caseID, x.decided})
		}
	}
	for _, later := range o.w.trajectories {
		var before *aTrajectory
		for i := range o.w.trajectories {
			x := &o.w.trajectories[i]
			if x.caseID != later.caseID || x.start > later.start || x.start == later.start && x.id >= later.id {
				continue
			}
			if before == nil || x.start > before.start || x.start == before.start && x.id > before.id {
				before = x
			}
		}
		if before != nil && before.scenario != later.scenario {
			all = append(all, moment{later.caseID, later.start})
		}
	}
	if !o.needs(map[string]string{"procedures": "procedures"}, func(put func(string, ...string)) { put("conference.change_moments") }) {
		o.needs(map[string]string{"procedures": "procedures", "conferences": "casusoverleg"}, func(put func(string, ...string)) { put("conference.change_followed") })
		return
	}
	moments, matured, followed := 0, 0, 0
	for _, m := range all {
		if o.inPeriod(m.on) {
			moments++
		}
	}
	o.count("conference.change_moments", moments)
	if !o.needs(map[string]string{"conferences": "casusoverleg"}, func(put func(string, ...string)) { put("conference.change_followed") }) {
		return
	}
	days := day.Day(o.t.ChangeMomentDays)
	for _, m := range all {
		if !o.inPeriod(m.on + days) {
			continue
		}
		matured++
		if slices.ContainsFunc(o.w.conferences, func(x aConference) bool {
			return x.caseID == m.caseID && m.on-days <= x.on && x.on <= m.on+days
		}) {
			followed++
		}
	}
	o.ratio("conference.change_followed", followed, matured)
}

func (o *oracle) deadlines() {
	days := day.Day(o.t.ReviewDays)
	if o.needs(map[string]string{"reviews": "mrt"}, func(put func(string, ...string)) {
		for _, id := range []string{"submitted", "advised", "within_deadline", "overdue_on_reference_date", "put_to_state_secretary", "adopted"} {
			put("review." + id)
		}
	}) {
		submitted, advised, due, within, overdue, put, adopted := 0, 0, 0, 0, 0, 0, 0
		for _, x := range o.w.reviews {
			if o.inPeriod(x.submitted) {
				submitted++
			}
			if o.inPeriod(x.advised) {
				advised++
			}
			if o.inPeriod(x.submitted + days) {
				due++
				if x.advised != day.None && x.advised <= x.submitted+days {
					within++
				}
			}
			if o.known(x.submitted) && !o.known(x.advised) && x.submitted+days < o.p.AsOf {
				overdue++
			}
			if o.inPeriod(x.advised) && x.put != nil && *x.put {
				put++
			}
			if o.inPeriod(x.advised) && x.adopted != nil && *x.adopted {
				adopted++
			}
		}
		o.count("review.submitted", submitted)
		o.count("review.advised", advised)
		o.ratio("review.within_deadline", within, due)
		o.count("review.overdue_on_reference_date", overdue)
		o.count("review.put_to_state_secretary", put)
		o.count("review.adopted", adopted)
	}
	if o.needs(map[string]string{"escalations": "escalaties"}, func(put func(string, ...string)) {
		put("escalation.within_deadline")
		for _, k := range issueKinds {
			put("escalation.within_deadline", "kind", k)
		}
	}) {
		for _, k := range append([]string{""}, issueKinds...) {
			due, within := 0, 0
			for _, x := range o.w.escalations {
				if (k == "" || x.kind == k) && o.inPeriod(x.submitted+days) {
					due++
					if x.advised != day.None && x.advised <= x.submitted+days {
						within++
					}
				}
			}
			if k == "" {
				o.ratio("escalation.within_deadline", within, due)
			} else {
				o.ratio("escalation.within_deadline", within, due, "kind", k)
			}
		}
	}
	o.governance()
}

// years are the calendar years of the pilot up to the reference date.
func (o *oracle) years() []int {
	var years []int
	for d := o.t.Start; d <= o.t.End && d <= o.p.AsOf; d++ {
		if y, _, _ := d.Civil(); !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	return years
}

func (o *oracle) governance() {
	for _, y := range o.years() {
		passed, all := 0, 0
		for d := day.Of(y, 1, 1); d <= day.Of(y, 12, 31); d++ {
			all++
			if o.inPilot(d) && d <= o.p.AsOf {
				passed++
			}
		}
		required := 0
		for required*all < o.t.MeetingsPerYear*passed {
			required++
		}
		year := strconv.Itoa(y)
		o.count("governance.meetings_required", required, "year", year)
		for _, k := range meetingKinds {
			if !o.needs(map[string]string{"meetings": "overleggen"}, func(put func(string, ...string)) {
				put("governance.meetings", "kind", k, "year", year)
			}) {
				continue
			}
			held := 0
			for _, m := range o.w.meetings {
				if my, _, _ := m.on.Civil(); m.kind == k && my == y && o.known(m.on) {
					held++
				}
			}
			o.count("governance.meetings", held, "kind", k, "year", year)
		}
	}
	if len(o.years()) == 0 {
		o.needs(map[string]string{"meetings": "overleggen"}, func(put func(string, ...string)) { put("governance.meetings") })
	}
}
