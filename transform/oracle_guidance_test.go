package transform

import (
	"math/big"
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
		put("conference.consensus")
		for _, g := range endGrounds {
			put("conference.end_grounds", "end_ground", g)
		}
		put("conference.scenario_set")
		put("conference.days_to_scenario", "stat", "mean")
		put("conference.days_to_scenario", "stat", "median")
	})
	if !delivered {
		return
	}
	held, agreed, recorded, by, ends := 0, 0, 0, map[string]int{}, map[string]int{}
	for _, x := range o.w.conferences {
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
		if x.decision == "end" {
			ends[orUnknown(x.ends)]++
		}
	}
	o.count("conference.held", held)
	for _, m := range moments {
		o.count("conference.held", by[m], "moment", m)
	}
	o.ratio("conference.consensus", agreed, recorded)
	for _, g := range endGrounds {
		o.count("conference.end_grounds", ends[g], "end_ground", g)
	}
}

func (o *oracle) scenarioSet() {
	if o.w.missing["conferences"] {
		return
	}
	admitted := 0
	var days []int
	for _, c := range o.w.cases {
		if !o.known(c.applied) || c.decision != "admitted" || !o.inPeriod(c.decided) {
			continue
		}
		admitted++
		first := day.None
		for _, x := range o.w.conferences {
			if x.caseID == c.id && x.moment == "scenario" && o.known(x.on) && (first == day.None || x.on < first) {
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
		if x.result == "rejected" && o.inPeriod(x.decided) {
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
		if before != nil && before.scenario != later.scenario && o.inPeriod(later.start) {
			all = append(all, moment{later.caseID, later.start})
		}
	}
	if !o.needs(map[string]string{"procedures": "procedures"}, func(put func(string, ...string)) { put("conference.change_moments") }) {
		o.needs(map[string]string{"procedures": "procedures", "conferences": "casusoverleg"}, func(put func(string, ...string)) { put("conference.change_followed") })
		return
	}
	o.count("conference.change_moments", len(all))
	if !o.needs(map[string]string{"conferences": "casusoverleg"}, func(put func(string, ...string)) { put("conference.change_followed") }) {
		return
	}
	followed := 0
	for _, m := range all {
		if slices.ContainsFunc(o.w.conferences, func(x aConference) bool {
			return x.caseID == m.caseID && o.known(x.on) && x.on >= m.on && int(x.on-m.on) <= o.t.ChangeMomentDays
		}) {
			followed++
		}
	}
	o.ratio("conference.change_followed", followed, len(all))
}

func (o *oracle) deadlines() {
	days := day.Day(o.t.ReviewDays)
	if o.needs(map[string]string{"reviews": "mrt"}, func(put func(string, ...string)) {
		for _, id := range []string{"submitted", "within_deadline", "overdue_on_reference_date", "put_to_state_secretary", "adopted"} {
			put("review." + id)
		}
	}) {
		submitted, due, within, overdue, put, adopted := 0, 0, 0, 0, 0, 0
		for _, x := range o.w.reviews {
			if o.inPeriod(x.submitted) {
				submitted++
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

// euros writes a rational number of cents, rounded half-up, and an exact one as it is.
func euros(cents *big.Rat) string {
	n := new(big.Int).Mul(cents.Num(), big.NewInt(2))
	n.Add(n, cents.Denom())
	whole, _ := n.DivMod(n, new(big.Int).Mul(cents.Denom(), big.NewInt(2)), new(big.Int))
	return CentsOf(whole.Int64()).String()
}

func (o *oracle) entitled(from, to day.Day) int64 {
	var cents int64
	for d := from; d <= to; d++ {
		if o.inPilot(d) {
			cents += o.t.PlacesOn(d) * o.t.RateCents
		}
	}
	return cents
}

func (o *oracle) funding() {
	money := func(id string, cents int64, dims ...string) { o.put(id, CentsOf(cents).String(), dims...) }
	period, toDate := o.entitled(o.p.From, o.p.To), o.entitled(o.t.Start, o.p.AsOf)
	money("funding.entitlement", period)
	money("funding.entitlement_to_date", toDate)
	for _, y := range o.years() {
		money("funding.entitlement", o.entitled(day.Of(y, 1, 1), min(day.Of(y, 12, 31), o.p.AsOf)), "year", strconv.Itoa(y))
	}
	left := period
	for i, s := range slices.Backward(o.t.FundingSources) {
		share, _ := new(big.Rat).SetString(s.Share)
		part := share.Mul(share, new(big.Rat).SetInt64(period))
		cents := new(big.Int).Div(part.Num(), part.Denom()).Int64()
		if i == 0 {
			cents = left
		}
		left -= cents
		money("funding.entitlement", cents, "source", s.Name)
	}
	for _, b := range o.t.Budget {
		o.put("funding.budget", euros(big.NewRat(b.Cents*int64(o.t.Pilots), 5)), "year", strconv.Itoa(b.Year), "source", b.Source)
	}
	if len(o.t.Budget) == 0 {
		o.put("funding.budget", "not available: no budget in the terms")
	}
	o.unitCosts(period, toDate)
	if !o.needs(map[string]string{"payments": "financiering"}, func(put func(string, ...string)) {
		put("funding.received")
		put("funding.received_to_date")
		put("funding.balance")
		for _, s := range o.t.FundingSources {
			put("funding.received", "source", s.Name)
		}
	}) {
		return
	}
	received, all, by := int64(0), int64(0), map[string]int64{}
	for _, s := range o.t.FundingSources {
		by[s.Name] = 0
	}
	for _, x := range o.w.payments {
		if !o.known(x.on) {
			continue
		}
		all += x.cents
		cents := int64(0)
		if o.inPeriod(x.on) {
			cents = x.cents
		}
		received += cents
		source := x.source
		if source == "RIJK" {
			source = "rijk"
		}
		by[source] += cents
	}
	money("funding.received", received)
	for s, cents := range by {
		money("funding.received", cents, "source", s)
	}
	money("funding.received_to_date", all)
	money("funding.balance", toDate-all)
}

func (o *oracle) unitCosts(period, toDate int64) {
	per := func(id string, cents int64, n string) {
		units, _ := strconv.ParseInt(n, 10, 64)
		if units == 0 {
			o.put(id, "undefined")
			return
		}
		o.put(id, euros(big.NewRat(cents, units)))
	}
	per("funding.per_occupied_night", period, o.out["occupancy.person_nights"])
	per("funding.per_durable_solution", toDate, o.out["durable.cases"])
}
