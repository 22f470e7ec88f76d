package transform

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/transform/engine"
)

func accountInput(w *world, r *Results, earlier map[string]bool) AccountInput {
	key, err := pseudonym.ParseKey("LVV-KEY-1-" + strings.Repeat("A", 52))
	if err != nil {
		panic(err)
	}
	n := int64(len(w.trajectories))
	return AccountInput{
		Results: r, Earlier: earlier,
		Rows:    ingest.TableAccount{Table: "trajectories", Delivered: true, Counts: ingest.Counts{Read: n + 3, Accepted: n, Quarantined: 2, Duplicates: 1}},
		AMIF:    pseudonym.NewPseudonymizer(key, "Proefstad", pseudonym.ForAMIF, 1),
		Steward: pseudonym.NewPseudonymizer(key, "Proefstad", pseudonym.ForSteward, 1),
	}
}

func accountOf(t *testing.T, eng engine.Engine, w *world, terms *Terms, r *Results, earlier map[string]bool) *Account {
	t.Helper()
	p := r.Period
	a, err := NewAccount(t.Context(), eng, terms, p, accountInput(w, r, earlier))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAccount holds the account of random registers against plain loops over them. That its
// indicators equal the figures is checked by NewAccount itself, and the figures have their own oracle.
func TestAccount(t *testing.T) {
	t.Parallel()
	store := newStoreWriter(t)
	people := 0
	for _, seed := range seeds(20, 3, 4, 5, 8, 10, 17) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			w, terms, p := newRandomWorld(seed)
			terms.AMIF.Indicators = []string{"amif-2014-2020", "amif-2021-2027"}[seed%2]
			eng := openStore(t, store.write(t, w), 1)
			r, err := Compute(t.Context(), eng, terms, p)
			if err != nil {
				t.Fatal(err)
			}
			a := accountOf(t, eng, w, terms, r, nil)
			people += len(a.Participants)
			checkSteps(t, a, newOracle(w, terms, p))
			checkGuidance(t, a, newOracle(w, terms, p))
			checkPeople(t, a, newOracle(w, terms, p))
			checkOrigins(t, a, newOracle(w, terms, p))
			checkEarlier(t, a, accountOf(t, eng, w, terms, r, someOf(a)))
		})
	}
	if people < 30 {
		t.Errorf("the random registers have only %d participants", people)
	}
}

// checkSteps sorts every trajectory by hand.
func checkSteps(t *testing.T, a *Account, o *oracle) {
	t.Helper()
	want := map[string]int64{}
	persons := map[int]bool{}
	for _, x := range o.w.trajectories {
		switch {
		case x.start > o.p.AsOf:
			want[StepLater]++
		case x.scenario != "return":
			want[StepOtherScenario]++
		case x.end != day.None && x.end < o.t.Start, o.p.AsOf < o.t.Start:
			want[StepBeforePilot]++
		case x.amif == nil:
			want[StepUnmarked]++
			want[StepReturn]++
		case !*x.amif:
			want[StepNotAMIF]++
			want[StepReturn]++
		default:
			want[StepCounted]++
			want[StepReturn]++
			persons[o.caseOf(x.caseID).person] = true
		}
	}
	n := int64(len(o.w.trajectories))
	want[StepRead], want[StepQuarantined], want[StepDuplicates], want[StepAccepted] = n+3, 2, 1, n
	want[StepParticipants], want[StepClaimed] = int64(len(persons)), int64(len(persons))
	want[StepRepeated] = want[StepCounted] - want[StepParticipants]
	checkReturns(t, a, o)
	for _, s := range a.Steps {
		if s.Count != want[s.ID] {
			t.Errorf("step %s: %d, want %d", s.ID, s.Count, want[s.ID])
		}
	}
}

// checkReturns lists by hand what every return trajectory is, and whether it is claimed.
func checkReturns(t *testing.T, a *Account, o *oracle) {
	t.Helper()
	var want, got []string
	for _, x := range o.w.trajectories {
		if x.scenario != "return" || !o.runsInPilot(&x) {
			continue
		}
		project, end, outcome, departed := "unknown", x.end, x.outcome, x.departed
		if x.amif != nil {
			project = map[bool]string{true: "yes", false: "no"}[*x.amif]
		}
		if !o.known(end) {
			end, outcome = day.None, ""
		}
		if !o.known(departed) {
			departed = day.None
		}
		want = append(want, fmt.Sprint(orUnknown(x.org), x.start, end, outcome, departed, x.evidence != nil && *x.evidence, project, project == "yes"))
	}
	persons := map[string]bool{}
	for _, r := range a.Returns {
		got = append(got, fmt.Sprint(r.Organisation, r.Start, r.End, r.Outcome, r.Departed, r.Evidence, r.Project, r.Claimed))
		if r.Claimed {
			persons[r.Pseudonym] = true
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) || len(persons) != len(a.Participants) {
		t.Errorf("return trajectories of %d claimed persons:\n%v, want\n%v", len(persons), got, want)
	}
}

// counted are the trajectories of the account, by hand.
func counted(o *oracle) map[string]aTrajectory {
	out := map[string]aTrajectory{}
	for _, x := range o.w.trajectories {
		if x.scenario == "return" && x.amif != nil && *x.amif && o.runsInPilot(&x) {
			out[x.id] = x
		}
	}
	return out
}

func checkGuidance(t *testing.T, a *Account, o *oracle) {
	t.Helper()
	want := map[string]int64{}
	on := counted(o)
	if o.w.missing["guidance"] {
		on = nil
	}
	for _, g := range o.w.guidance {
		if x, ok := on[g.trajectory]; ok && o.known(g.on) {
			y, m, _ := g.on.Civil()
			k := fmt.Sprintf("%d-%02d-01 %s", y, m, orUnknown(x.org))
			want[k+" hours"] += max(g.hours, 0) * HourUnits / 100
			want[k+" activities"]++
		}
	}
	got := map[string]int64{}
	for _, m := range a.Months {
		k := m.Month.String() + " " + m.Organisation
		got[k+" hours"], got[k+" activities"] = m.Hours, m.Activities
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("guidance by month: %v, want %v", got, want)
	}
	hours, activities := int64(0), int64(0)
	for i := range a.Participants {
		hours += a.Participants[i].Hours
		activities += a.Participants[i].Activities
	}
	for _, m := range a.Months {
		hours -= m.Hours
		activities -= m.Activities
	}
	if hours != 0 || activities != 0 {
		t.Errorf("participants and months differ by %d units of an hour and %d activities", hours, activities)
	}
}

func checkPeople(t *testing.T, a *Account, o *oracle) {
	t.Helper()
	if !slices.IsSortedFunc(a.Participants, func(x, y Participant) int { return strings.Compare(x.Pseudonym, y.Pseudonym) }) {
		t.Error("the participants do not stand in the order of their pseudonyms")
	}
	on := counted(o)
	var got, want []string
	for i := range a.Participants {
		p := &a.Participants[i]
		got = append(got, fmt.Sprint(p.Sex, p.AgeBand, p.Start, p.End, len(p.Trajectories)))
		if p.WithEvidence && (!p.Evidence || p.Departed == day.None || p.Outcome != "return") {
			t.Errorf("a return with evidence is shown as %q, %s, %v", p.Outcome, p.Departed, p.Evidence)
		}
		if p.Returned != (p.Outcome == "return" && p.Departed != day.None) {
			t.Errorf("returned = %v is shown as %q, %s", p.Returned, p.Outcome, p.Departed)
		}
		if p.Steward == p.Pseudonym || p.Steward == "" {
			t.Error("the steward's pseudonym is that of the account")
		}
	}
	byPerson := map[int][]aTrajectory{}
	for _, x := range on {
		n := o.caseOf(x.caseID).person
		byPerson[n] = append(byPerson[n], x)
	}
	for _, list := range byPerson {
		slices.SortFunc(list, func(x, y aTrajectory) int {
			if x.start != y.start {
				return int(x.start - y.start)
			}
			return strings.Compare(x.id, y.id)
		})
		c := o.caseOf(list[0].caseID)
		end := list[0].start
		for _, x := range list {
			if !o.known(x.end) {
				end = day.None
				break
			}
			end = max(end, x.end)
		}
		want = append(want, fmt.Sprint(orUnknown(c.sex), ageBand(c.birth, list[0].start), list[0].start, end, len(list)))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("participants:\n%v, want\n%v", got, want)
	}
}

// checkOrigins follows every trajectory and activity to its row: the auditor's walk.
func checkOrigins(t *testing.T, a *Account, o *oracle) {
	t.Helper()
	want := map[string]int{}
	on := counted(o)
	for i, x := range o.w.trajectories {
		if _, ok := on[x.id]; ok {
			want[fmt.Sprint("trajectories", i+2)]++
			for j := range o.w.cases {
				if o.w.cases[j].id == x.caseID {
					want[fmt.Sprint("cases", j+2)]++
				}
			}
		}
	}
	for i, g := range o.w.guidance {
		if _, ok := on[g.trajectory]; ok && o.known(g.on) && !o.w.missing["guidance"] {
			want[fmt.Sprint("guidance", i+2)]++
		}
	}
	got := map[string]int{}
	stewards := map[string]bool{}
	for x := range a.Origins {
		got[fmt.Sprint(x.Register, x.Line)]++
		stewards[x.Steward] = true
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("origins: %v, want %v", got, want)
	}
	for i := range a.Participants {
		s, ok := a.StewardOf(a.Participants[i].Pseudonym)
		if !ok || !stewards[s] {
			t.Errorf("participant %d cannot be followed to a row", i)
		}
	}
}

// someOf are the pseudonyms of every second participant.
func someOf(a *Account) map[string]bool {
	out := map[string]bool{}
	for i := 0; i < len(a.Participants); i += 2 {
		out[a.Participants[i].Pseudonym] = true
	}
	return out
}

// checkEarlier: who was claimed before is not claimed again, and the totals stay what they were.
func checkEarlier(t *testing.T, a, later *Account) {
	t.Helper()
	was := someOf(a)
	if len(later.Earlier) != len(was) || len(later.Participants)+len(was) != len(a.Participants) {
		t.Errorf("%d claimed and %d earlier of %d, of whom %d were claimed before", len(later.Participants), len(later.Earlier), len(a.Participants), len(was))
	}
	for i := range later.Participants {
		if was[later.Participants[i].Pseudonym] {
			t.Error("a person is claimed twice")
		}
	}
	for i, v := range later.Indicators {
		for j, b := range v.Bands {
			before := a.Indicators[i].Bands[j]
			if b.Total != before.Total {
				t.Errorf("%s %s: the total was %s and is %s", v.Indicator.ID, b.Value, before.Total, b.Total)
			}
			if b.Total.Kind() == engine.Count && b.Claimed.Int()+b.Earlier.Int() != b.Total.Int() {
				t.Errorf("%s %s: %s and %s are not %s", v.Indicator.ID, b.Value, b.Claimed, b.Earlier, b.Total)
			}
		}
	}
}

// Before the pilot's start nothing counts, though trajectories may run already.
func TestAccountBeforePilot(t *testing.T) {
	w, terms, p := newRandomWorld(3)
	terms.AMIF.Indicators = "amif-2014-2020"
	p.From, p.To, p.AsOf = terms.Start-30, terms.Start-1, terms.Start-1
	yes := true
	x := &w.trajectories[0]
	x.scenario, x.amif, x.start, x.end = "return", &yes, terms.Start-10, day.None
	eng := openStore(t, newStoreWriter(t).write(t, w), 1)
	r, err := Compute(t.Context(), eng, terms, p)
	if err != nil {
		t.Fatal(err)
	}
	a := accountOf(t, eng, w, terms, r, nil)
	checkSteps(t, a, newOracle(w, terms, p))
	if len(a.Participants) != 0 {
		t.Errorf("%d participants before the pilot's start", len(a.Participants))
	}
}

// An account that disagrees with the figures, or with the rows that were read, is not made.
func TestAccountFailsClosed(t *testing.T) {
	w, terms, p := newRandomWorld(3)
	terms.AMIF.Indicators = "amif-2014-2020"
	eng := openStore(t, newStoreWriter(t).write(t, w), 1)
	r, err := Compute(t.Context(), eng, terms, p)
	if err != nil {
		t.Fatal(err)
	}
	in := accountInput(w, r, nil)
	in.Rows.Accepted--
	if _, err := NewAccount(t.Context(), eng, terms, p, in); err == nil || !strings.Contains(err.Error(), "does not add up") {
		t.Errorf("a row too few: %v", err)
	}
	for i := range r.Figures {
		if f := &r.Figures[i]; f.ID == "amif.participants" && len(f.Dims) == 0 {
			f.Value = engine.CountOf(f.Value.Int() + 1)
		}
	}
	if _, err := NewAccount(t.Context(), eng, terms, p, accountInput(w, r, nil)); err == nil || !strings.Contains(err.Error(), "the figures say") {
		t.Errorf("a figure that differs: %v", err)
	}
	terms.AMIF.Indicators = "amif-1999"
	if _, err := NewAccount(t.Context(), eng, terms, p, accountInput(w, r, nil)); err == nil {
		t.Error("an unknown set is accepted")
	}
}

// The gaps name every participant that the figures count, by organisation, worst first.
func TestAMIFGaps(t *testing.T) {
	t.Parallel()
	store := newStoreWriter(t)
	for _, seed := range seeds(4, 0, 3) {
		w, terms, p := newRandomWorld(seed)
		eng := openStore(t, store.write(t, w), 1)
		gaps, err := AMIFGaps(t.Context(), eng, terms, p)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Compute(t.Context(), eng, terms, p)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int64{}
		for _, g := range gaps {
			got[g.Reason] += int64(len(g.People))
			for _, x := range g.People {
				if x.Pseudonym != "" || x.Line < 2 {
					t.Errorf("seed %d: a gap names %+v", seed, x)
				}
			}
		}
		for _, f := range r.Breakdown("amif.incomplete", "reason") {
			if f.Status == "" && got[f.Dims[0].Value] != f.Value.Int() {
				t.Errorf("seed %d: %d gaps of %s, the figure says %s", seed, got[f.Dims[0].Value], f.Dims[0].Value, f.Value)
			}
		}
	}
}
