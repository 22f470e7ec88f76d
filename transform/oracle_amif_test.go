package transform

import (
	"strconv"

	"lvv/internal/day"
)

func (o *oracle) amif() {
	o.returnTrajectories()
	var on []aTrajectory
	byOrg := map[string]int{}
	first := map[int]aTrajectory{}
	for _, x := range o.w.trajectories {
		if x.scenario != "return" || x.amif == nil || !*x.amif || !o.runsInPilot(&x) {
			continue
		}
		on = append(on, x)
		byOrg[orUnknown(x.org)]++
		person := o.caseOf(x.caseID).person
		was, ok := first[person]
		if !ok || x.start < was.start || x.start == was.start && x.id < was.id {
			first[person] = x
		}
	}
	o.count("amif.trajectories", len(on))
	for org, n := range byOrg {
		o.count("amif.trajectories", n, "organisation", org)
	}
	sex, band, returnedSex, returnedBand, reasons := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	returned, withEvidence := 0, 0
	for person, x := range first {
		c := o.caseOf(x.caseID)
		s, b := orUnknown(c.sex), ageBand(c.birth, x.start)
		sex[s]++
		band[b]++
		q := o.participation(person, on)
		if q.left {
			returned++
			returnedSex[s]++
			returnedBand[b]++
		}
		if q.proven {
			withEvidence++
		}
		for reason, is := range map[string]bool{
			"no_guidance": !q.guided, "no_evidence": q.unproven, "unknown_birth_date": c.birth == day.None, "unknown_sex": s == "unknown",
			"identity_unknown": q.nameless, "no_departure_date": q.undated, "double_participation": q.double,
		} {
			if is {
				reasons[reason]++
			}
		}
	}
	o.count("amif.participants", len(first))
	o.count("amif.returned", returned)
	o.count("amif.returned_with_evidence", withEvidence)
	for _, s := range sexes {
		o.count("amif.participants", sex[s], "sex", s)
		o.count("amif.returned", returnedSex[s], "sex", s)
	}
	for _, b := range ageBands {
		o.count("amif.participants", band[b], "age_band", b)
		o.count("amif.returned", returnedBand[b], "age_band", b)
	}
	for _, reason := range []string{"no_guidance", "no_evidence", "unknown_birth_date", "unknown_sex", "identity_unknown", "no_departure_date", "double_participation"} {
		if reason == "no_guidance" && !o.needs(map[string]string{"guidance": "begeleiding"}, func(put func(string, ...string)) { put("amif.incomplete", "reason", reason) }) {
			continue
		}
		o.count("amif.incomplete", reasons[reason], "reason", reason)
	}
	o.amifGuidance(on, byOrg)
}

// returnTrajectories counts all of them, marked or not.
func (o *oracle) returnTrajectories() {
	all, by := 0, map[string]int{}
	for _, x := range o.w.trajectories {
		if x.scenario != "return" || !o.runsInPilot(&x) {
			continue
		}
		all++
		switch {
		case x.amif == nil:
			by["unknown"]++
		case *x.amif:
			by["yes"]++
		default:
			by["no"]++
		}
	}
	o.count("amif.return_trajectories", all)
	for _, project := range []string{"yes", "no", "unknown"} {
		o.count("amif.return_trajectories", by[project], "project", project)
	}
}

// participation is what is known of one person over all of their AMIF trajectories.
type participation struct{ left, proven, unproven, undated, double, guided, nameless bool }

func (o *oracle) participation(person int, on []aTrajectory) participation {
	var q participation
	for i, y := range on {
		if o.caseOf(y.caseID).person != person {
			continue
		}
		q.nameless = q.nameless || o.caseOf(y.caseID).identityUnknown
		if y.outcome == "return" && o.known(y.end) {
			evidence := y.evidence != nil && *y.evidence
			q.left = q.left || o.known(y.departed)
			q.proven = q.proven || o.known(y.departed) && evidence
			q.unproven = q.unproven || !evidence
			q.undated = q.undated || !o.known(y.departed)
		}
		for _, g := range o.w.guidance {
			q.guided = q.guided || g.trajectory == y.id && o.known(g.on)
		}
		for j, z := range on {
			if i != j && o.caseOf(z.caseID).person == person && o.overlap(&y, &z) {
				q.double = true
			}
		}
	}
	return q
}

func (o *oracle) amifGuidance(on []aTrajectory, byOrg map[string]int) {
	if !o.needs(map[string]string{"guidance": "begeleiding"}, func(put func(string, ...string)) {
		put("amif.guidance_hours")
		put("amif.guidance_with_evidence")
		for org := range byOrg {
			put("amif.guidance_hours", "organisation", org)
		}
	}) {
		return
	}
	hours, by, all, evidence := int64(0), map[string]int64{}, 0, 0
	for _, x := range on {
		by[orUnknown(x.org)] += 0
		for _, g := range o.w.guidance {
			if g.trajectory != x.id || !o.known(g.on) {
				continue
			}
			all++
			if g.evidence != nil && *g.evidence {
				evidence++
			}
			hours += max(g.hours, 0)
			by[orUnknown(x.org)] += max(g.hours, 0)
		}
	}
	o.put("amif.guidance_hours", strconv.FormatFloat(float64(hours)/100, 'g', -1, 64))
	for org, n := range by {
		o.put("amif.guidance_hours", strconv.FormatFloat(float64(n)/100, 'g', -1, 64), "organisation", org)
	}
	o.ratio("amif.guidance_with_evidence", evidence, all)
}

// runsInPilot looks for a day from the pilot's start to the reference date on which the trajectory ran.
func (o *oracle) runsInPilot(x *aTrajectory) bool {
	for d := o.t.Start; d <= o.p.AsOf; d++ {
		if x.start <= d && (x.end == day.None || d <= x.end) {
			return true
		}
	}
	return false
}

// overlap reports whether two trajectories run at one time: each begins before the other ends. The day
// on which one ends is the other's to begin.
func (o *oracle) overlap(a, b *aTrajectory) bool {
	before := func(d day.Day, x *aTrajectory) bool { return !o.known(x.end) || d < x.end }
	return before(a.start, b) && before(b.start, a)
}

func ageBand(birth, on day.Day) string {
	if birth == day.None {
		return "unknown"
	}
	by, bm, bd := birth.Civil()
	y, m, d := on.Civil()
	age := y - by
	if m < bm || m == bm && d < bd {
		age--
	}
	switch {
	case age < 18:
		return "<18"
	case age <= 60:
		return "18-60"
	}
	return ">60"
}
