package transform

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"lvv/internal/day"
)

// randomWorld makes registers of a few persons with everything that is awkward: overlapping and empty
// stays, stays that cross every boundary, persons with several cases, events in the future, empty fields.
type randomWorld struct {
	r    *rand.Rand
	w    *world
	t    *Terms
	from day.Day // where dates are drawn from
	days int
}

func newRandomWorld(seed uint64) (*world, *Terms, Period) {
	g := &randomWorld{r: rand.New(rand.NewPCG(seed, 1)), w: &world{missing: map[string]bool{}}}
	g.terms()
	p := g.period()
	g.cases()
	g.stays()
	g.trajectories()
	g.rest()
	g.awkward(seed, p)
	for _, table := range []string{"conferences", "reviews", "procedures", "guidance", "capacity", "payments", "meetings", "escalations", "costs"} {
		if g.chance(0.12) {
			g.w.missing[table] = true
		}
	}
	return g.w, g.t, p
}

func (g *randomWorld) chance(p float64) bool    { return g.r.Float64() < p }
func (g *randomWorld) some(n int) int           { return g.r.IntN(n + 1) }
func (g *randomWorld) one(list []string) string { return list[g.r.IntN(len(list))] }
func (g *randomWorld) date() day.Day            { return g.from + day.Day(g.r.IntN(g.days)) }
func (g *randomWorld) after(d day.Day) day.Day  { return d + day.Day(g.r.IntN(g.days/2)) }
func (g *randomWorld) maybe(list []string) string {
	if v := g.one(list); v != "unknown" && !g.chance(0.2) {
		return v
	}
	return ""
}

func (g *randomWorld) maybeDate(d day.Day) day.Day {
	if g.chance(0.3) {
		return day.None
	}
	return d
}

func (g *randomWorld) flag() *bool {
	switch g.r.IntN(3) {
	case 0:
		return yes()
	case 1:
		return no()
	}
	return nil
}

func (g *randomWorld) terms() {
	g.t = testTerms()
	g.t.Start = d("2019-03-01") + day.Day(g.some(300))
	g.t.End = g.t.Start + day.Day(20+g.some(700))
	g.from, g.days = g.t.Start-60, int(g.t.End-g.t.Start)+120
	g.t.Places = nil
	for from := g.t.Start - day.Day(g.some(5)); len(g.t.Places) < 3; from += day.Day(1 + g.some(200)) {
		g.t.Places = append(g.t.Places, Places{from, int64(g.some(4))})
	}
	g.t.RateCents = int64(1 + g.some(9999))
	g.t.TargetCases = int64(1 + g.some(20))
	g.t.FundingSources = []Source{{"rijk", "0.333333333"}, {"gemeentefonds", "0.1"}, {"stadsdeel", "0.566666667"}}
	g.t.Pilots = 1 + g.some(4)
	g.t.ReviewDays, g.t.ChangeMomentDays, g.t.LongStayDays, g.t.MeetingsPerYear = g.some(40), g.some(30), 1+g.some(60), g.some(8)
	g.t.ScenarioDays, g.t.ReviewIntervalDays, g.t.CourseGapDays = g.some(60), 1+g.some(200), g.some(30)
	if g.chance(0.4) {
		g.t.Extensions = []Extension{{g.t.Start + day.Day(g.some(500)), g.t.End + day.Day(1+g.some(100)), int64(1 + g.some(30))}}
	}
	if g.chance(0.7) {
		year, _, _ := g.t.Start.Civil()
		g.t.Budget = []Budget{{year, "rijk", int64(g.some(99999))}, {year, "stadsdeel", int64(g.some(99999))}}
	}
}

func (g *randomWorld) period() Period {
	from := g.t.Start - 40 + day.Day(g.r.IntN(int(g.t.End-g.t.Start)+80))
	p := Period{Label: "test", From: from, To: from + day.Day(g.some(120))}
	if g.chance(0.1) {
		p.From, p.To = g.t.Start, g.t.End
	}
	p.AsOf = p.To
	if g.chance(0.4) {
		p.AsOf += day.Day(g.some(200))
	}
	return p
}

func (g *randomWorld) cases() {
	for i := range 2 + g.some(25) {
		c := aCase{
			id: i + 1, person: 1 + g.r.IntN(i+1), birth: g.maybeDate(d("1940-01-01") + day.Day(g.r.IntN(27000))),
			sex: g.maybe(sexes), referred: g.maybe(referredBy), ground: g.maybe(grounds), special: g.maybe(specials),
			decision: g.one([]string{"admitted", "admitted", "refused", "withdrawn", "pending"}),
			applied:  g.date(), decided: day.None, identityCheckedOn: day.None, forward: day.None, exceptional: g.flag(), tested: g.flag(),
		}
		for _, o := range []string{"guidance", "shelter", "allowance"} {
			if g.chance(0.5) {
				c.offer = strings.TrimPrefix(c.offer+"+"+o, "+")
			}
		}
		if g.chance(0.4) {
			c.forward = g.date()
		}
		if g.chance(0.3) {
			c.sex = "unknown"
		}
		if g.chance(0.1) {
			// Somebody without a V-number is a person of that one case.
			c.person, c.identityUnknown = 1000+i, true
		}
		if c.decision != "pending" || g.chance(0.2) {
			c.decided = g.after(c.applied) - day.Day(g.some(3))
		}
		if g.chance(0.3) {
			c.identityCheckedOn = g.date()
		}
		g.w.cases = append(g.w.cases, c)
	}
}

func (g *randomWorld) aCase() int { return 1 + g.r.IntN(len(g.w.cases)) }

func (g *randomWorld) stays() {
	locations := []string{"Noord", "Zuid", "Oost"}
	for i := range g.some(45) {
		s := aStay{id: fmt.Sprintf("S%d", i), caseID: g.aCase(), location: g.one(locations), in: g.date(), out: day.None, reason: g.maybe(exitReasons)}
		if g.chance(0.8) {
			s.out = s.in + day.Day(g.some(40))
		}
		if g.chance(0.2) && i > 0 {
			// Next to, or on top of, an earlier stay of the same case.
			o := g.w.stays[g.r.IntN(i)]
			s.caseID, s.in, s.out = o.caseID, o.in, o.out
			if o.out != day.None && g.chance(0.5) {
				s.in, s.out = o.out, o.out+day.Day(g.some(30))
			}
		}
		g.w.stays = append(g.w.stays, s)
	}
}

func (g *randomWorld) trajectories() {
	for i := range g.some(40) {
		x := aTrajectory{
			id: fmt.Sprintf("T%d", i), caseID: g.aCase(), scenario: g.one(scenarios), start: g.date(), end: day.None, departed: day.None,
			org: g.maybe([]string{"Wereldhuis", "Baken"}), amif: g.flag(), evidence: g.flag(),
		}
		if g.chance(0.5) {
			x.scenario = "return"
			if g.chance(0.8) {
				x.amif = yes()
			}
		}
		if g.chance(0.75) {
			x.end = x.start + day.Day(g.some(60)*g.some(3))
			x.outcome = g.maybe(outcomes)
			if g.chance(0.4) {
				x.outcome = "return"
			}
			if g.chance(0.6) {
				x.departed = x.end + day.Day(g.some(20)-10)
			}
		} else if g.chance(0.2) {
			x.outcome = g.one(outcomes) // does not count without an end
		}
		g.w.trajectories = append(g.w.trajectories, x)
	}
}

func (g *randomWorld) rest() {
	w := g.w
	for range g.some(40) {
		w.conferences = append(w.conferences, aConference{
			caseID: g.aCase(), on: g.date(), moment: g.one(moments),
			decision: g.maybe([]string{"continue", "change", "end", "end", "escalate"}), ends: g.maybe(endGrounds), consensus: g.flag(),
		})
	}
	for range g.some(20) {
		on := g.date()
		w.reviews = append(w.reviews, aReview{g.aCase(), on, g.maybeDate(on + day.Day(g.some(60))), g.flag(), g.flag()})
	}
	for range g.some(20) {
		on := g.date()
		w.procedures = append(w.procedures, aProcedure{g.aCase(), "asylum", g.maybe([]string{"granted", "rejected", "rejected", "withdrawn"}), on, g.maybeDate(g.after(on))})
	}
	for range g.some(30) {
		if len(w.trajectories) > 0 {
			hours := int64(g.some(900))
			if g.chance(0.2) {
				hours = -1
			}
			w.guidance = append(w.guidance, anActivity{w.trajectories[g.r.IntN(len(w.trajectories))].id, g.date(), "interview", hours, g.flag()})
		}
	}
	for range g.some(6) {
		from := g.date()
		w.capacity = append(w.capacity, aCapacity{g.one([]string{"Noord", "Zuid", "West"}), from, g.maybeDate(g.after(from)), int64(g.some(9))})
	}
	for range g.some(8) {
		w.payments = append(w.payments, aPayment{g.date(), g.one([]string{"rijk", "RIJK", "gemeentefonds", "fonds"}), int64(g.some(99999))})
	}
	for range g.some(8) {
		w.meetings = append(w.meetings, aMeeting{g.date(), g.one(meetingKinds), g.attendance()})
	}
	for i := range g.some(8) {
		on := g.date()
		w.escalations = append(w.escalations, anEscalation{fmt.Sprint("E", i), g.one(issueKinds), on, g.maybeDate(on + day.Day(g.some(60))), g.flag()})
	}
	for range g.some(15) {
		w.costs = append(w.costs, aCost{g.date(), g.one(costKinds), int64(g.some(99999)) - 20000, g.maybe([]string{"F-1", "F-2"})})
	}
}

// attendance is empty now and then.
func (g *randomWorld) attendance() string {
	var there []string
	for _, p := range parties {
		if g.chance(0.6) {
			there = append(there, p)
		}
	}
	return strings.Join(there, "+")
}
