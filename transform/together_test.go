package transform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/thorough"
	models "lvv/sql"
	"lvv/transform/engine"
)

// qualifiedWorld is the register of all pilots in one: numbers and locations bear the pilot, persons do not.
func qualifiedWorld(pilots []string, worlds []*world) *world {
	all := &world{missing: map[string]bool{}}
	for _, table := range ingest.Contract() {
		all.missing[table.Name] = true
	}
	for i, w := range worlds {
		q := func(number string) string {
			if number == "" {
				return ""
			}
			return pilots[i] + "/" + number
		}
		caseID := func(n int) int { return n + 1000*i }
		at := func(location string) string { return ingest.QualifiedLocation(pilots[i], location) }
		has := func(table string) bool {
			if w.missing[table] {
				return false
			}
			all.missing[table] = false
			return true
		}
		for _, c := range w.cases {
			c.id = caseID(c.id)
			has("cases")
			all.cases = append(all.cases, c)
		}
		for _, s := range w.stays {
			s.id, s.caseID, s.location = q(s.id), caseID(s.caseID), at(s.location)
			all.stays = append(all.stays, s)
		}
		for _, t := range w.trajectories {
			t.id, t.caseID = q(t.id), caseID(t.caseID)
			all.trajectories = append(all.trajectories, t)
		}
		has("cases")
		has("stays")
		has("trajectories")
		if has("conferences") {
			for _, c := range w.conferences {
				c.caseID = caseID(c.caseID)
				all.conferences = append(all.conferences, c)
			}
		}
		if has("reviews") {
			for _, r := range w.reviews {
				r.caseID = caseID(r.caseID)
				all.reviews = append(all.reviews, r)
			}
		}
		if has("procedures") {
			for _, p := range w.procedures {
				p.caseID = caseID(p.caseID)
				all.procedures = append(all.procedures, p)
			}
		}
		if has("guidance") {
			for _, g := range w.guidance {
				g.trajectory = q(g.trajectory)
				all.guidance = append(all.guidance, g)
			}
		}
		if has("capacity") {
			for _, c := range w.capacity {
				c.location = at(c.location)
				all.capacity = append(all.capacity, c)
			}
		}
		if has("payments") {
			all.payments = append(all.payments, w.payments...)
		}
		if has("meetings") {
			all.meetings = append(all.meetings, w.meetings...)
		}
		if has("escalations") {
			for _, e := range w.escalations {
				e.id = q(e.id)
				all.escalations = append(all.escalations, e)
			}
		}
		if has("costs") {
			all.costs = append(all.costs, w.costs...)
		}
	}
	return all
}

// randomProgramme is the registers of two or three pilots between which persons move, with the figures of each under
// terms of its own, and the engine on all of them.
func randomProgramme(t *testing.T, store *storeWriter, seed uint64, change func(r *rand.Rand, terms *Terms)) ([]PilotFigures, *world, *Terms, Period, engine.Engine) {
	r := rand.New(rand.NewPCG(seed, 77))
	names := []string{"A b", "B", "Ç"}[:2+r.IntN(2)]
	_, base, p := newRandomWorld(seed)
	base.Extensions = nil
	var worlds []*world
	var pilots []PilotFigures
	for i, name := range names {
		w, _, _ := newRandomWorld(seed + uint64(100*i))
		terms := *base
		terms.Pilot = name
		change(r, &terms)
		worlds = append(worlds, w)
		pilots = append(pilots, PilotFigures{&terms, figuresOf(t, openStore(t, store.write(t, w), 1), &terms, p)})
	}
	all := qualifiedWorld(names, worlds)
	return pilots, all, base, p, openStore(t, store.write(t, all), 1)
}

// figuresOf are the results of a period without what nothing together is made of: series and changes.
func figuresOf(t *testing.T, eng engine.Engine, terms *Terms, p Period) *Results {
	t.Helper()
	c, err := newComputation(t.Context(), eng, terms, p)
	if err != nil {
		t.Fatal(err)
	}
	r := &Results{Pilot: terms.Pilot, Period: p}
	if r.Figures, err = c.figures(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// Every sum is the sum of the pilots' exact figures, and every figure over the union is what the oracle finds in one
// register of all pilots with qualified numbers, whatever their places, money and targets.
func TestTogether(t *testing.T) {
	t.Parallel()
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	store := newStoreWriter(t)
	partly := 0
	for _, seed := range seeds(6, 0, 1, 2) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			pilots, all, base, p, eng := randomProgramme(t, store, seed, func(r *rand.Rand, terms *Terms) {
				terms.Places = []Places{{terms.Start, int64(r.IntN(9))}}
				terms.RateCents, terms.TargetCases = int64(1+r.IntN(9000)), int64(1+r.IntN(20))
			})
			together, err := Together(t.Context(), eng, "P", pilots, p)
			if err != nil {
				t.Fatal(err)
			}
			oracle := newOracle(all, base, p).out
			seen := map[string]bool{}
			for _, j := range together {
				f := cat.Figure(j.ID)
				seen[j.ID] = true
				if j.Pilots+len(j.Without) != len(pilots) {
					t.Errorf("%s rests on %d pilots and lacks %v", j.ID, j.Pilots, j.Without)
				}
				if len(j.Without) > 0 && j.Pilots > 0 {
					partly++
				}
				if f.Together == models.Sum {
					checkSum(t, j, pilots)
					continue
				}
				var dims []string
				for _, d := range j.Dims {
					dims = append(dims, d.Name, d.Value)
				}
				want := oracle[oracleKey(j.ID, dims...)]
				if f.RestsOn != nil && f.RestsOn.Numerator != nil && f.RestsOn.Denominator != nil && !j.Denominator.IsNull() {
					for part, of := range map[*models.Count]engine.Value{f.RestsOn.Numerator: j.Numerator, f.RestsOn.Denominator: j.Denominator} {
						if part.Of != "" || len(part.Dims) > 0 || cat.Figure(part.Figure).Together != models.Sum {
							continue
						}
						want = "" // the oracle has other terms
						at := slices.IndexFunc(together, func(o Joint) bool {
							return FigureName(o.ID, o.Dims) == FigureName(part.Figure, j.Dims)
						})
						if at < 0 || together[at].Value != of {
							t.Errorf("%s %v has %v for %s, which is not the sum", j.ID, j.Dims, of, part.Figure)
						}
					}
					if want == "" {
						continue
					}
				}
				if got := said(&j.Figure); !same(got, want) {
					t.Errorf("%s %v = %q over the union, the oracle says %q", j.ID, j.Dims, got, want)
				}
			}
			for _, f := range cat.Figures {
				if !seen[f.ID] && slices.ContainsFunc(pilots, func(p PilotFigures) bool {
					return slices.ContainsFunc(p.Results.Figures, func(r Figure) bool { return r.ID == f.ID })
				}) {
					t.Errorf("%s is not among the figures together", f.ID)
				}
			}
		})
	}
	if partly == 0 {
		t.Error("no figure rested on some of the pilots alone")
	}
}

// checkSum adds the pilots' records up anew.
func checkSum(t *testing.T, j Joint, pilots []PilotFigures) {
	t.Helper()
	var value, numerator, denominator float64
	parts, known := false, false
	for _, p := range pilots {
		if slices.Contains(j.Without, p.Results.Pilot) {
			continue
		}
		for _, r := range p.Results.Figures {
			if r.ID != j.ID || FigureName(r.ID, qualified(p.Results.Pilot, r.Dims)) != FigureName(j.ID, j.Dims) {
				continue
			}
			known = known || !r.Value.IsNull()
			value += r.Value.Float()
			if !r.Denominator.IsNull() && r.Unit != "count" {
				parts = true
				numerator, denominator = numerator+r.Numerator.Float(), denominator+r.Denominator.Float()
			}
		}
	}
	want := engine.RealOf(value).String()
	switch {
	case j.Pilots == 0:
		if j.Status != NotAvailable {
			t.Errorf("%s %v is %q, and no pilot has it", j.ID, j.Dims, said(&j.Figure))
		}
		return
	case parts && denominator == 0, !parts && !known:
		want = "undefined"
	case parts && j.Unit == "eur":
		// Half up to cents, which floating point need not do.
		if d := j.Value.Float() - numerator/denominator; d < -0.0051 || d > 0.0051 {
			t.Errorf("%s %v = %v, want %v / %v", j.ID, j.Dims, j.Value, numerator, denominator)
		}
		return
	case parts:
		want = engine.RealOf(numerator / denominator).String()
	}
	got := said(&j.Figure)
	if !j.Value.IsNull() {
		got = engine.RealOf(j.Value.Float()).String()
	}
	if !same(got, want) {
		t.Errorf("%s %v = %q, the pilots add up to %q", j.ID, j.Dims, got, want)
	}
}

// Where the pilots have other settings, what is given over the union does not hang on whose settings are taken, and
// what does is not given; somewhere, each setting decides.
func TestTogetherUnderOtherTerms(t *testing.T) {
	t.Parallel()
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	store := newStoreWriter(t)
	refused, given := map[string]bool{}, 0
	settings := []func(r *rand.Rand, terms *Terms){
		func(r *rand.Rand, terms *Terms) { terms.Start -= day.Day(r.IntN(90)) },
		func(r *rand.Rand, terms *Terms) { terms.End += day.Day(r.IntN(90)) },
		func(_ *rand.Rand, terms *Terms) { terms.ReviewDays++ },
		func(_ *rand.Rand, terms *Terms) { terms.ScenarioDays += 10 },
		func(_ *rand.Rand, terms *Terms) { terms.ChangeMomentDays += 5 },
		func(_ *rand.Rand, terms *Terms) { terms.ReviewIntervalDays += 30 },
		func(_ *rand.Rand, terms *Terms) { terms.CourseGapDays += 20 },
		func(_ *rand.Rand, terms *Terms) { terms.LongStayDays += 15 },
	}
	programmes := [][]int{{0, 2, 5}, {1, 3, 4, 6, 7}} // which of them differ in one programme
	if thorough.On {
		for i := range settings {
			programmes = append(programmes, []int{i})
		}
	}
	for i, differing := range programmes {
		seed := uint64(i)
		change := func(r *rand.Rand, terms *Terms) {
			for _, s := range differing {
				if terms.Pilot != "B" {
					settings[s](r, terms)
				}
			}
		}
		pilots, _, _, p, eng := randomProgramme(t, store, seed, change)
		together, err := Together(t.Context(), eng, "P", pilots, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, pilot := range pilots[:2] { // the others have the terms of one of them
			results := figuresOf(t, eng, pilot.Terms, p)
			under := map[string]*Figure{}
			for i := range results.Figures {
				r := &results.Figures[i]
				under[FigureName(r.ID, r.Dims)] = r
			}
			for _, j := range together {
				f := cat.Figure(j.ID)
				if f.Together != models.Union || f.RestsOn != nil && !j.Denominator.IsNull() {
					continue
				}
				if why, differs := strings.CutPrefix(j.Reason, DiffersReason); differs {
					for setting := range strings.SplitSeq(why, ", ") {
						refused[setting] = true
					}
					continue
				}
				given++
				if r := under[FigureName(j.ID, j.Dims)]; r == nil || said(r) != said(&j.Figure) {
					t.Errorf("seed %d: %s %v is %q, and other under the terms of %s", seed, j.ID, j.Dims, said(&j.Figure), pilot.Terms.Pilot)
				}
			}
		}
	}
	for _, s := range []string{"pilot_start", "pilot_end", "review_interval_days", "course_gap_days", "long_stay_days"} {
		if !refused[s] {
			t.Errorf("nothing was refused for %s", s)
		}
	}
	t.Logf("%d figures given", given)
}

func TestDivideHalfUp(t *testing.T) {
	for _, c := range [][3]int64{{5, 2, 3}, {4, 2, 2}, {-5, 2, -2}, {-7, 2, -3}, {7, 3, 2}, {-7, 3, -2}, {8, 3, 3}, {0, 9, 0}} {
		if got := divideHalfUp(c[0], c[1]); got != c[2] {
			t.Errorf("%d / %d = %d, want %d", c[0], c[1], got, c[2])
		}
	}
}

func TestWriteProgrammeKPIs(t *testing.T) {
	pilots := []PilotFigures{{Results: &Results{Pilot: "A \"1\"", Figures: []Figure{{ID: "x", Unit: "count", Value: engine.CountOf(2), Date: day.None}}}}}
	together := []Joint{{Figure: Figure{ID: "x", Unit: "count", Value: engine.CountOf(2), Date: day.None}, Pilots: 1, Without: []string{"B"}}}
	var b bytes.Buffer
	if err := WriteProgrammeKPIs(&b, "P", Period{Label: "2020-Q3"}, []string{}, pilots, together); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Pilots   map[string][]struct{ Value int }
		Together []struct {
			Value, Pilots int
			Without       []string
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if got.Pilots["A \"1\""][0].Value != 2 || got.Together[0].Pilots != 1 || !slices.Equal(got.Together[0].Without, []string{"B"}) {
		t.Errorf("got %+v", got)
	}
}
