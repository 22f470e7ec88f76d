package transform

import (
	"fmt"
	"math/rand/v2"

	"lvv/internal/day"
)

var nationalities = []string{"XXX", "XXA", "ATA", "SDN", "NGA", "SOM", "COD", "ZAF", "IRQ", "VNM", "AFG", "KAZ", "SUR", "JAM", "FJI", "NZL", "unknown"}

// awkward adds what lies on the edge of a definition: a course with a gap of as many days as its terms
// allow, one fewer and one more; a procedure granted on the day of an outcome, and a day before; a birthday on the reference date; an
// extension decided on the reference date, and a day later; cases of a person admitted on one day.
func (g *randomWorld) awkward(seed uint64, p Period) {
	g.r = rand.New(rand.NewPCG(seed, 2))
	w := g.w
	for i := range w.cases {
		c := &w.cases[i]
		c.nationality = g.maybe(nationalities)
		if g.chance(0.2) {
			y, m, d := p.AsOf.Civil()
			c.birth = day.Of(y-18-g.some(40), m, d) + day.Day(g.some(1))
		}
		if o := &w.cases[g.r.IntN(i+1)]; o.person == c.person && o.decision == "admitted" && c.decided != day.None {
			c.decision, c.decided = "admitted", o.decided
		}
	}
	for i := range w.trajectories {
		x := &w.trajectories[i]
		x.destination = g.maybe(nationalities)
		if o := w.trajectories[g.r.IntN(i+1)]; i > 0 && o.end != day.None && g.chance(0.5) {
			length := max(0, x.end-x.start)
			x.caseID, x.start = o.caseID, o.end+day.Day(g.t.CourseGapDays+g.some(2)-1)
			if x.end != day.None {
				x.end = x.start + length
			}
		}
	}
	for i := range w.procedures {
		w.procedures[i].kind = g.one(procedureKinds)
	}
	for _, x := range w.trajectories {
		if level(x.outcome) == "semi_durable" && x.end != day.None && g.chance(0.6) {
			w.procedures = append(w.procedures, aProcedure{x.caseID, g.one(procedureKinds), "granted", x.end - day.Day(1+g.some(50)), x.end - day.Day(g.some(1))})
		}
	}
	if n := len(g.t.Extensions); n > 0 && p.AsOf > g.t.Start && g.chance(0.5) {
		g.t.Extensions[n-1].Decided = p.AsOf + day.Day(g.some(1))
	}
	g.edges(p)
}

// edges adds persons who have nothing but one such edge.
func (g *randomWorld) edges(p Period) {
	w := g.w
	stay := func(c int, in, out day.Day) {
		w.stays = append(w.stays, aStay{fmt.Sprintf("E%02d", len(w.stays)), c, "Noord", in, out, g.one(exitReasons[:9])})
	}
	for _, horizon := range []day.Day{180, 365, 730} {
		c := g.somebody(g.t.Start)
		out := p.AsOf - horizon - day.Day(g.some(2)-1)
		stay(c, out-3, out)
		back := out + horizon + day.Day(g.some(1))
		stay(c, back, back+day.Day(g.some(4)))
	}
	// Two stays alike but for their reasons, the last of their person.
	c := g.somebody(g.t.Start)
	stay(c, p.AsOf-9, p.AsOf-2)
	stay(c, p.AsOf-9, p.AsOf-2)
	// Two trajectories that began on one day.
	c = g.somebody(p.AsOf - day.Day(g.some(1)))
	for _, scenario := range []string{g.one(scenarios), g.one(scenarios)} {
		w.trajectories = append(w.trajectories, aTrajectory{
			id: fmt.Sprintf("E%02d", len(w.trajectories)), caseID: c, scenario: scenario, start: p.AsOf - 5, end: day.None, departed: day.None,
		})
	}
	// Whose review falls due on the reference date, with the last conference on the first day that counts or before.
	since := p.AsOf - day.Day(g.t.ReviewIntervalDays)
	c = g.somebody(since + day.Day(g.some(1)))
	stay(c, p.AsOf-1, day.None)
	w.conferences = append(w.conferences, aConference{caseID: c, on: since + day.Day(g.some(1)), moment: "progress"})
}

// somebody adds a case of a person of its own, admitted on a day.
func (g *randomWorld) somebody(on day.Day) int {
	n := len(g.w.cases) + 1
	g.w.cases = append(g.w.cases, aCase{
		id: n, person: 2000 + n, decision: "admitted", applied: on - 1, decided: on, birth: day.None, identityCheckedOn: day.None, forward: day.None,
	})
	return n
}
