package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvv/internal/day"
)

// objections is what the oracle holds against the rows of a world: by check and table, "line" or
// "line (table line)". It looks at every pair of rows and every day.
type objections struct {
	*oracle
	rows map[string][]string
}

// lineOf is the line of the i-th row of a table.
func lineOf(i int) int { return i + 2 }

func (o *objections) add(check, table string, line int, other ...any) {
	s := fmt.Sprint(line)
	if len(other) > 0 {
		s += fmt.Sprintf(" (%s %d)", other...)
	}
	o.rows[check+" "+table] = append(o.rows[check+" "+table], s)
}

func newObjections(w *world, t *Terms, p Period) map[string][]string {
	o := &objections{&oracle{w: w, t: asKnown(t, p), p: p}, map[string][]string{}}
	o.ofCases()
	o.ofStays()
	o.ofOverlaps()
	o.ofTrajectories()
	o.ofDoubleParticipation()
	o.ofPlaces()
	o.beforePilot()
	o.ofDecisions()
	o.ofMarks()
	o.ofCosts()
	o.ofPeriod()
	o.afterSolution()
	o.withoutReview()
	return o.rows
}

func (o *objections) ofCases() {
	for i, c := range o.w.cases {
		if o.known(c.decided) && c.decided < c.applied {
			o.add("decision_before_application", "cases", lineOf(i))
		}
		if !o.known(c.applied) {
			continue
		}
		if c.decision == "admitted" && o.known(c.decided) && c.ground != "" && c.ground != "none" && (c.exceptional == nil || !*c.exceptional) {
			o.add("admitted_without_exception", "cases", lineOf(i))
		}
		if c.birth != day.None {
			born, _, _ := c.birth.Civil()
			applied, _, _ := c.applied.Civil()
			if c.birth > c.applied || applied-born > 110 {
				o.add("implausible_birth_date", "cases", lineOf(i))
			}
		}
	}
}

func (o *objections) ofStays() {
	for i, s := range o.w.stays {
		for j, c := range o.w.cases {
			if c.id != s.caseID || !o.known(s.in) {
				continue
			}
			if c.decision == "refused" && o.known(c.decided) {
				o.add("stay_of_refused_case", "stays", lineOf(i), "cases", lineOf(j))
			}
			if c.decision == "admitted" && c.decided != day.None && s.in < c.decided {
				o.add("stay_before_admission", "stays", lineOf(i), "cases", lineOf(j))
			}
		}
	}
}

// earlier is a record that began before another; the one that ends last is named.
type earlier struct {
	line int
	end  day.Day
	id   string
}

// endsLast returns the record that ends last, of several the one with the smallest id.
func endsLast(list []earlier) earlier {
	return slices.MinFunc(list, func(a, b earlier) int { return cmp.Or(cmp.Compare(b.end, a.end), cmp.Compare(a.id, b.id)) })
}

const forever = day.Day(1 << 30)

func openEnd(d day.Day) day.Day {
	if d == day.None {
		return forever
	}
	return d
}

func (o *objections) ofOverlaps() {
	for i, l := range o.w.stays {
		var before []earlier
		for j, e := range o.w.stays {
			first := e.in < l.in || e.in == l.in && e.id < l.id
			if !first || o.caseOf(l.caseID).person != o.caseOf(e.caseID).person {
				continue
			}
			for night := l.in; night < min(openEnd(l.out), l.in+2000); night++ {
				if e.in <= night && night < openEnd(e.out) {
					before = append(before, earlier{lineOf(j), openEnd(e.out), e.id})
					break
				}
			}
		}
		if len(before) > 0 && o.known(l.in) {
			o.add("overlapping_stays", "stays", lineOf(i), "stays", endsLast(before).line)
		}
	}
}

func (o *objections) ofTrajectories() {
	for i, x := range o.w.trajectories {
		if !o.known(x.start) {
			continue
		}
		if x.outcome != "" && x.end == day.None {
			o.add("outcome_without_end", "trajectories", lineOf(i))
		}
		if !slices.ContainsFunc(o.w.conferences, func(c aConference) bool { return c.caseID == x.caseID && o.known(c.on) }) && !o.w.missing["conferences"] {
			o.add("trajectory_without_conference", "trajectories", lineOf(i))
		}
		if o.known(x.end) {
			continue
		}
		if x.scenario == "undecided" && o.p.AsOf-x.start > 90 {
			o.add("scenario_undecided", "trajectories", lineOf(i))
		}
		if o.hasGap(o.caseOf(x.caseID).person, x.start) {
			o.add("gap_without_end", "trajectories", lineOf(i))
		}
	}
}

// hasGap looks for more than 90 days on end without a night, after a night, of which more than 90 lie
// behind the start.
func (o *objections) hasGap(person int, start day.Day) bool {
	housed, since := false, day.Day(0)
	for d := d("2018-01-01"); d <= o.p.AsOf+1; d++ {
		there := slices.ContainsFunc(o.w.stays, func(s aStay) bool {
			return o.caseOf(s.caseID).person == person && o.known(s.in) && s.in <= d && d < openEnd(s.out)
		})
		if there || d == o.p.AsOf+1 {
			if housed && d-since > 90 && d-max(since, start) > 90 {
				return true
			}
		}
		if there {
			housed, since = true, d+1
		}
	}
	return false
}

func (o *objections) ofDoubleParticipation() {
	var on []int
	for i := range o.w.trajectories {
		x := &o.w.trajectories[i]
		if x.scenario == "return" && x.amif != nil && *x.amif && o.known(x.start) && o.runsInPilot(x) {
			on = append(on, i)
		}
	}
	for _, i := range on {
		l := o.w.trajectories[i]
		var before []earlier
		for _, j := range on {
			e := o.w.trajectories[j]
			first := cmp.Or(cmp.Compare(e.start, l.start), cmp.Compare(o.endOf(&e), o.endOf(&l)), cmp.Compare(e.id, l.id)) < 0
			if first && o.caseOf(e.caseID).person == o.caseOf(l.caseID).person && o.overlap(&e, &l) {
				before = append(before, earlier{lineOf(j), o.endOf(&e), e.id})
			}
		}
		if len(before) > 0 {
			o.add("double_amif_participation", "trajectories", lineOf(i), "trajectories", endsLast(before).line)
		}
	}
}

// endOf is the end of a trajectory as far as it is known.
func (o *objections) endOf(x *aTrajectory) day.Day {
	if !o.known(x.end) {
		return forever
	}
	return x.end
}

func (o *objections) ofPlaces() {
	if o.w.missing["capacity"] {
		return
	}
	for _, location := range o.locations() {
		for night := o.p.From; night <= o.p.To; night++ {
			persons := 0
			for _, s := range o.owners(night) {
				if s.location == location {
					persons++
				}
			}
			places, line := int64(0), 0
			for i, c := range o.w.capacity {
				if c.location == location && c.from <= night && night <= openEnd(c.to) {
					places += c.places
					if line == 0 {
						line = lineOf(i)
					}
				}
			}
			if o.inPilot(night) && int64(persons) > places {
				there := slices.IndexFunc(o.w.stays, func(s aStay) bool { return s.location == location && o.holds(&s, night) })
				o.add("location_above_places", "capacity", line, "stays", lineOf(there))
				break
			}
		}
	}
}

func (o *objections) beforePilot() {
	note := func(table string, i int, d day.Day) {
		if d < o.t.Start && !o.w.missing[table] {
			o.add("before_pilot", table, lineOf(i))
		}
	}
	for i, x := range o.w.cases {
		note("cases", i, x.applied)
	}
	for i, x := range o.w.stays {
		note("stays", i, x.in)
	}
	for i, x := range o.w.trajectories {
		note("trajectories", i, x.start)
	}
	for i, x := range o.w.conferences {
		note("conferences", i, x.on)
	}
	for i, x := range o.w.reviews {
		note("reviews", i, x.submitted)
	}
	for i, x := range o.w.guidance {
		note("guidance", i, x.on)
	}
	for i, x := range o.w.payments {
		note("payments", i, x.on)
	}
	for i, x := range o.w.meetings {
		note("meetings", i, x.on)
	}
	for i, x := range o.w.escalations {
		note("escalations", i, x.submitted)
	}
	for i, x := range o.w.costs {
		note("costs", i, x.on)
	}
}

// TestChecksOracle holds every check on random registers against the oracle.
func TestChecksOracle(t *testing.T) {
	t.Parallel()
	store := newStoreWriter(t)
	for _, seed := range seeds(40, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) { // each check objects to something in several
		w, terms, p := newRandomWorld(seed)
		results, err := Checks(t.Context(), openStore(t, store.write(t, w), 1), terms, p)
		if err != nil {
			t.Fatal(err)
		}
		want := newObjections(w, terms, p)
		for _, r := range results {
			key := r.Check.ID + " " + r.Table
			var got []string
			for _, row := range r.Rows {
				s := fmt.Sprint(row.Source.Line)
				if row.Other.Table != "" {
					s += fmt.Sprintf(" (%s %d)", row.Other.Table, row.Other.Line)
				}
				got = append(got, s)
			}
			slices.Sort(got)
			slices.Sort(want[key])
			if !slices.Equal(got, want[key]) || r.Count != int64(len(got)) {
				t.Errorf("seed %d: %s: %d: %s\nthe oracle says %s", seed, key, r.Count, strings.Join(got, ", "), strings.Join(want[key], ", "))
			}
			delete(want, key)
		}
		for key, rows := range want {
			if len(rows) > 0 {
				t.Errorf("seed %d: %s: nothing; the oracle says %s", seed, key, strings.Join(rows, ", "))
			}
		}
	}
}
