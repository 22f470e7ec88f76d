package amif

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/reports/excel/workbook/booktest"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// randomAccount makes an account of invented persons. Its indicators are counted here once more, in
// plain loops, so that the workbook's formulas are held against something else than the code under test.
func randomAccount(seed uint64, people int) *transform.Account {
	r := rand.New(rand.NewPCG(seed, 7))
	set, err := sql.IndicatorSetNamed([]string{"amif-2014-2020", "amif-2021-2027"}[seed%2])
	if err != nil {
		panic(err)
	}
	a := &transform.Account{
		Pilot: "Voorbeeldstad", Project: "AMIF-0000", Set: set, Guidance: seed%5 != 0,
		Period: transform.Period{Label: "2020-Q3", From: day.Of(2020, 7, 1), To: day.Of(2020, 9, 30), AsOf: day.Of(2020, 9, 30)},
	}
	for i := range people {
		p := randomPerson(r, a.Guidance, i)
		if seed%3 == 0 && i%4 == 0 {
			a.Earlier = append(a.Earlier, p)
		} else {
			a.Participants = append(a.Participants, p)
		}
	}
	for _, list := range [][]transform.Participant{a.Participants, a.Earlier} {
		slices.SortFunc(list, func(x, y transform.Participant) int { return cmp.Compare(x.Pseudonym, y.Pseudonym) })
	}
	fillGaps(a)
	fillMonths(a)
	fillSteps(a, r)
	for i := range set.Indicators {
		a.Indicators = append(a.Indicators, indicatorOf(a, &set.Indicators[i]))
	}
	return a
}

func randomPerson(r *rand.Rand, guidance bool, i int) transform.Participant {
	var id pseudonym.Pseudonym
	for j := range id {
		id[j] = byte(r.IntN(256))
	}
	organisations := append([]string{"Wereldhuis", "Baken", "baken", "unknown", strings.Repeat("lang ", 60) + "slot"}, booktest.Hostile()...)
	p := transform.Participant{
		Pseudonym: id.String(), Steward: "STEWARD" + fmt.Sprint(i),
		Sex:     []string{"male", "female", "other", "unknown"}[r.IntN(4)],
		AgeBand: transform.AgeBands()[r.IntN(4)],
		Start:   day.Of(2019, 3, 1) + day.Day(r.IntN(400)), End: day.None, Departed: day.None,
	}
	start := p.Start
	for s := range 1 + r.IntN(3)*r.IntN(2) {
		t := transform.AccountTrajectory{
			Sequence: int64(s + 1), Organisation: organisations[r.IntN(len(organisations))], Start: start, End: start + day.Day(r.IntN(90)), Departed: day.None,
		}
		if guidance {
			t.Activities = int64(r.IntN(6))
			t.Evidenced = int64(r.IntN(int(t.Activities) + 1))
			t.Hours = t.Activities * int64(r.IntN(33333))
		}
		if r.IntN(2) == 0 {
			t.Outcome, t.Evidence = "return", r.IntN(2) == 0
			if r.IntN(4) > 0 {
				t.Departed = t.End
			}
		}
		start = t.End + day.Day(r.IntN(40))
		p.Hours, p.Activities, p.Evidenced = p.Hours+t.Hours, p.Activities+t.Activities, p.Evidenced+t.Evidenced
		p.Returned = p.Returned || t.Departed != day.None
		p.WithEvidence = p.WithEvidence || t.Departed != day.None && t.Evidence
		p.Outcome, p.Departed, p.Evidence, p.End = t.Outcome, t.Departed, t.Evidence, t.End
		p.Trajectories = append(p.Trajectories, t)
	}
	p.Organisation = p.Trajectories[0].Organisation
	p.Reintegration = p.Returned && guidance && r.IntN(2) == 0
	for _, reason := range []string{transform.ReasonNoEvidence, transform.ReasonUnknownSex, transform.ReasonDouble} {
		if r.IntN(4) == 0 {
			p.Reasons = append(p.Reasons, reason)
		}
	}
	return p
}

func fillGaps(a *transform.Account) {
	at := map[string]int{}
	for _, p := range a.Participants {
		for _, reason := range p.Reasons {
			k := p.Organisation + "\x00" + reason
			if _, ok := at[k]; !ok {
				at[k] = len(a.Gaps)
				a.Gaps = append(a.Gaps, transform.Gap{Organisation: p.Organisation, Reason: reason})
			}
			g := &a.Gaps[at[k]]
			g.People = append(g.People, transform.GapPerson{Pseudonym: p.Pseudonym, Line: 2})
		}
	}
}

func fillMonths(a *transform.Account) {
	for _, p := range a.Participants {
		for _, t := range p.Trajectories {
			y, m, _ := t.Start.Civil()
			a.Months = append(a.Months, transform.GuidanceMonth{Month: day.Of(y, m, 1), Organisation: t.Organisation, Activities: t.Activities, Evidenced: t.Evidenced, Hours: t.Hours})
		}
	}
}

func fillSteps(a *transform.Account, r *rand.Rand) {
	trajectories := int64(0)
	for _, list := range [][]transform.Participant{a.Participants, a.Earlier} {
		for _, p := range list {
			trajectories += int64(len(p.Trajectories))
		}
	}
	off := func() int64 { return int64(r.IntN(50)) }
	later, other, not, unmarked, before, bad, double := off(), off(), off(), off(), off(), off(), off()
	accepted := trajectories + later + other + not + unmarked + before
	fillReturns(a, not, unmarked)
	people := int64(len(a.Participants) + len(a.Earlier))
	a.Steps = []transform.AccountStep{
		{ID: transform.StepRead, Count: accepted + bad + double}, {ID: transform.StepQuarantined, Count: bad}, {ID: transform.StepDuplicates, Count: double},
		{ID: transform.StepAccepted, Count: accepted}, {ID: transform.StepLater, Count: later}, {ID: transform.StepOtherScenario, Count: other},
		{ID: transform.StepBeforePilot, Count: before}, {ID: transform.StepReturn, Count: trajectories + not + unmarked},
		{ID: transform.StepNotAMIF, Count: not}, {ID: transform.StepUnmarked, Count: unmarked}, {ID: transform.StepCounted, Count: trajectories},
		{ID: transform.StepRepeated, Count: trajectories - people}, {ID: transform.StepParticipants, Count: people},
		{ID: transform.StepEarlier, Count: int64(len(a.Earlier))}, {ID: transform.StepClaimed, Count: int64(len(a.Participants))},
	}
}

// fillReturns lists the trajectories of the participants, and as many others as the steps leave out.
func fillReturns(a *transform.Account, not, unmarked int64) {
	for i, list := range [][]transform.Participant{a.Participants, a.Earlier} {
		for _, p := range list {
			for _, t := range p.Trajectories {
				a.Returns = append(a.Returns, transform.ReturnTrajectory{
					Pseudonym: p.Pseudonym, Organisation: t.Organisation, Start: t.Start, End: t.End, Outcome: t.Outcome, Departed: t.Departed,
					Evidence: t.Evidence, Project: transform.ProjectYes, Claimed: i == 0,
				})
			}
		}
	}
	for i := range not + unmarked {
		r := transform.ReturnTrajectory{Pseudonym: fmt.Sprintf("OTHER%021d", i), Organisation: "Baken", Start: day.Of(2019, 5, 1), End: day.None, Departed: day.None, Project: transform.ProjectNo}
		if i >= not {
			r.Project = transform.ProjectUnknown
		}
		a.Returns = append(a.Returns, r)
	}
}

// indicatorOf counts an indicator in plain loops.
func indicatorOf(a *transform.Account, ind *sql.Indicator) transform.IndicatorValue {
	v := transform.IndicatorValue{Indicator: ind, Bands: []transform.BandValue{bandOf(a, ind, "", "")}}
	for _, dim := range ind.By {
		values := map[string][]string{"sex": {"male", "female", "other", "unknown"}, "age_band": transform.AgeBands(), "organisation": a.Organisations()}[dim]
		for _, value := range values {
			v.Bands = append(v.Bands, bandOf(a, ind, dim, value))
		}
	}
	return v
}

func bandOf(a *transform.Account, ind *sql.Indicator, dim, value string) transform.BandValue {
	b := transform.BandValue{Dim: dim, Value: value}
	if !a.Guidance && (ind.Counts == sql.SumHours || ind.Counts == sql.ShareWithEvidence || ind.Counts == sql.CountReintegration) {
		b.NotAvailable = true
		return b
	}
	b.Claimed = countOf(a.Participants, ind.Counts, dim, value)
	b.Earlier = countOf(a.Earlier, ind.Counts, dim, value)
	b.Total = countOf(slices.Concat(a.Participants, a.Earlier), ind.Counts, dim, value)
	return b
}

func countOf(people []transform.Participant, m sql.Measure, dim, value string) engine.Value {
	persons, trajectories, time, activities, evidenced := int64(0), int64(0), int64(0), int64(0), int64(0)
	for _, p := range people {
		in := dim == "" || dim == "sex" && p.Sex == value || dim == "age_band" && p.AgeBand == value
		is := map[sql.Measure]bool{sql.CountParticipants: true, sql.CountReturned: p.Returned, sql.CountReturnedWithEvidence: p.WithEvidence, sql.CountReintegration: p.Reintegration}[m]
		if in && is {
			persons++
		}
		for _, t := range p.Trajectories {
			if dim == "" || t.Organisation == value {
				trajectories, time = trajectories+1, time+t.Hours
			}
			activities, evidenced = activities+t.Activities, evidenced+t.Evidenced
		}
	}
	switch m {
	case sql.CountTrajectories:
		return engine.CountOf(trajectories)
	case sql.SumHours:
		return engine.RealOf(float64(time) / transform.HourUnits)
	case sql.ShareWithEvidence:
		if activities == 0 {
			return engine.Value{}
		}
		return engine.RealOf(float64(evidenced) / float64(activities))
	}
	return engine.CountOf(persons)
}
