package samples

import "lvv/internal/day"

// The scenarios of a trajectory, as exports spell them.
const (
	toReturn    = "terugkeer"
	toOnward    = "doormigratie"
	toPermit    = "legalisering"
	toBeDecided = "nog_te_bepalen"
)

var scenarios = []string{toReturn, toOnward, toPermit, toBeDecided}

// scenarioWeights say which scenario a trajectory has when it ends in a certain way, or runs.
var scenarioWeights = [...][]int{
	byPermit:        {3, 0, 90, 7},
	byMedicalPermit: {10, 0, 75, 15},
	byNewProcedure:  {18, 0, 70, 12},
	byReturn:        {95, 2, 0, 3},
	byOnward:        {15, 80, 0, 5},
	byDetention:     {60, 2, 20, 18},
	byDecision:      {60, 5, 20, 15},
	byLeaving:       {40, 6, 30, 24},
	byDeath:         {30, 0, 50, 20},
	byOther:         {30, 5, 45, 20},
	running:         {33, 3, 52, 12},
}

// The rows that guidance leaves behind.
var (
	trajectory = shapeOf(trajectories, "trajectory_id", "case_id", "organisation", "scenario", "started_on", "ended_on", "outcome",
		"amif", "destination", "departed_on", "departure_evidence")
	activity   = shapeOf(guidance, "trajectory_id", "held_on", "kind", "hours", "evidence")
	conference = shapeOf(conferences, "case_id", "held_on", "moment", "conference_decision", "consensus", "end_ground")
	procedure  = shapeOf(procedures, "case_id", "kind", "filed_on", "decided_on", "result")
	review     = shapeOf(reviews, "case_id", "submitted_on", "advised_on", "put_to_state_secretary", "adopted")
)

// guide adds the trajectories of an admitted episode, one for each scenario that was followed, with
// the conferences, procedures, reviews and activities that belong to them.
func (c *course) guide(e *episode, id cell) {
	r, end := c.r, until(e.out)
	start := e.decided + day.Day(r.below(21))
	if start >= end-7 {
		start = e.decided
	}
	if start > extracted {
		return
	}
	var cuts [3]day.Day // last days of a scenario that was given up, in order
	n := 0
	for at := start; n < 2 && r.chance(330); n++ {
		at += day.Day(r.between(28, 200))
		if at > end-30 {
			break
		}
		cuts[n] = at
	}
	cuts[n] = e.out
	scenario := make([]string, n+1)
	scenario[n] = scenarios[r.pick(scenarioWeights[e.ending])]
	for i := n - 1; i >= 0; i-- {
		scenario[i] = toBeDecided
		if scenario[i+1] == toBeDecided || !r.chance(600) {
			scenario[i] = scenarios[r.pick([]int{40, 5, 45, 0})]
		}
		if scenario[i] == scenario[i+1] {
			scenario[i] = toReturn
			if scenario[i+1] == toReturn {
				scenario[i] = toPermit
			}
		}
	}
	c.firstConference(id, e, end)
	from := start
	for i, to := range cuts[:n+1] {
		c.trajectory(id, e, scenario[i], from, to, i == n)
		if i < n {
			c.changeConference(id, to)
		}
		from = to
	}
	c.progress(id, start, end)
	c.lastConference(id, e)
	c.procedure(id, e, start)
	c.review(id, start, end)
}

// trajectory adds one trajectory and its activities; last says that it ends as the episode does.
func (c *course) trajectory(id cell, e *episode, scenario string, from, to day.Day, last bool) {
	r := c.r
	c.trajectories++
	tid := numberedCell("T", c.p.number*100+c.trajectories, c.w.idWidth+2)
	amif, outcome, destination, departed, evidence := none, none, none, none, none
	subsidised := scenario == toReturn && r.chance(700)
	if scenario == toReturn {
		amif = flagCell(subsidised)
		// Draws of its own, so that the rest of the person's registers does not hang on it.
		if r := newRandom(c.w.seed+2, uint64(c.p.number*100+c.trajectories)); !subsidised && r.chance(350) {
			amif = none // nobody filled it in
		}
	}
	if last && e.ending != running {
		outcome = codeCell(endings[e.ending].outcome)
		switch e.ending {
		case byReturn:
			destination, departed = countryCell(c.p.nationality), dateCell(to)
			if c.p.nationality >= stateless {
				destination = countryCell(0)
			}
		case byOnward:
			destination, departed = countryCell(len(nations)+r.below(len(onward))), dateCell(to)
		}
		if departed != none {
			evidence = flagCell(r.chance(850))
			departed = departed.unless(r.chance(70)) // forgotten, to be completed before the account
		}
	}
	c.b.add(&trajectory, 0, tid, id, textCell(organisations[c.p.organisation]), codeCell(scenario),
		dateCell(from), dateCell(to), outcome, amif, destination, departed, evidence)
	c.activities(tid, scenario, from, to)
}

// activityWeights go with activityKinds, for each scenario.
var (
	activityKinds   = []string{"gesprek", "reisdocumenten", "ambassade", "training", "herintegratie", "medisch", "anders"}
	activityWeights = map[string][]int{
		toReturn:    {40, 18, 14, 8, 14, 3, 3},
		toOnward:    {50, 20, 15, 8, 0, 3, 4},
		toPermit:    {70, 2, 6, 8, 0, 10, 4},
		toBeDecided: {80, 2, 3, 4, 0, 8, 3},
	}
)

func (c *course) activities(tid cell, scenario string, from, to day.Day) {
	r, end := c.r, until(to)
	if r.chance(30) {
		return // nothing was registered
	}
	weights := activityWeights[scenario]
	for at, n := from+day.Day(r.below(14)), 0; at < end && n < 12; n++ {
		hours := none
		if !r.chance(50) {
			hours = centsCell(int64(25 * r.between(2, 12)))
		}
		proof := none
		if !r.chance(80) {
			proof = flagCell(r.chance(900))
		}
		c.b.add(&activity, 0, tid, dateCell(at), codeCell(activityKinds[r.pick(weights)]), hours, proof)
		at += day.Day(r.between(21, 75))
	}
}

var (
	endGrounds        = []string{"geen_medewerking", "geen_perspectief", "recht_op_opvang", "overlast", "anders"}
	endGroundWeights  = []int{40, 20, 15, 20, 5}
	leftGrounds       = []string{"vertrokken", "geen_medewerking", "anders"}
	leftGroundWeights = []int{80, 15, 5}
)

func (c *course) conference(id cell, on day.Day, moment, decision, ground string) {
	consensus := none
	if !c.r.chance(60) {
		consensus = flagCell(c.r.chance(920))
	}
	c.b.add(&conference, 0, id, dateCell(on), codeCell(moment), codeCell(decision), consensus, codeCell(ground))
}

// firstConference sets the scenario, mostly within some weeks of admission.
func (c *course) firstConference(id cell, e *episode, end day.Day) {
	if e.exception && c.r.chance(700) {
		c.conference(id, e.decided-day.Day(c.r.between(0, 9)), "voortgang", "voortzetten", "")
	}
	on := e.decided + day.Day(c.r.between(3, 24)+c.r.below(24))
	if on < end && !c.r.chance(60) {
		c.conference(id, on, "scenario", "voortzetten", "")
	}
}

// changeConference follows a change of scenario or a rejection, mostly within the four weeks of the
// covenant.
func (c *course) changeConference(id cell, changed day.Day) {
	on := changed + day.Day(c.r.below(24))
	if c.r.chance(120) {
		on += 20
	}
	if on <= extracted && !c.r.chance(70) {
		c.conference(id, on, "verandermoment", "wijzigen", "")
	}
}

// lastConference ends the guidance of those who must leave, and of some who already have.
func (c *course) lastConference(id cell, e *episode) {
	switch {
	case e.ending == byDecision:
		c.conference(id, e.out-day.Day(c.r.below(10)), "voortgang", "beeindigen", endGrounds[c.r.pick(endGroundWeights)])
	case e.ending == byLeaving && c.r.chance(400):
		if on := e.out + day.Day(c.r.between(1, 14)); on <= extracted {
			c.conference(id, on, "voortgang", "beeindigen", leftGrounds[c.r.pick(leftGroundWeights)])
		}
	}
}

func (c *course) progress(id cell, start, end day.Day) {
	for on := start + day.Day(c.r.between(80, 180)); on < end; on += day.Day(c.r.between(80, 240)) {
		decision := "voortzetten"
		if c.r.chance(30) {
			decision = "opschalen"
		}
		c.conference(id, on, "voortgang", decision, "")
		if decision == "opschalen" && c.r.chance(750) {
			c.submit(id, on+day.Day(c.r.between(2, 34)))
		}
	}
}

var (
	procedureKinds   = []string{"asiel", "regulier", "buitenschuld", "medisch", "anders"}
	procedureWeights = []int{35, 30, 12, 18, 5}
)

// decisionTime is how long a procedure takes: on asylum about the eighteen weeks that were reported of the IND.
func decisionTime(r *random, kind string) day.Day {
	if kind == "asiel" {
		return day.Day(r.between(70, 130) + r.below(53))
	}
	return day.Day(r.between(40, 260))
}

// procedure adds the residence procedures: the one that an ending rests on, and one that failed.
func (c *course) procedure(id cell, e *episode, start day.Day) {
	r := c.r
	add := func(kind string, filed, decided day.Day, result string) {
		if decided > extracted {
			decided, result = day.None, ""
		}
		if filed <= extracted {
			c.b.add(&procedure, 0, id, codeCell(kind), dateCell(filed), dateCell(decided), codeCell(result))
		}
	}
	if r.chance(330) {
		filed := start + day.Day(r.between(5, 120))
		if e.out == day.None || filed < e.out-30 {
			kind := procedureKinds[r.pick(procedureWeights)]
			decided, result := filed+decisionTime(r, kind), "afgewezen"
			if r.chance(100) {
				result = "ingetrokken"
			}
			if e.out != day.None && decided >= e.out {
				decided, result = day.None, ""
			}
			add(kind, filed, decided, result)
			if result == "afgewezen" && r.chance(750) {
				c.changeConference(id, decided)
			}
		}
	}
	switch e.ending {
	case byPermit:
		decided := e.out - day.Day(r.below(12))
		kind := []string{"regulier", "asiel", "buitenschuld"}[r.pick([]int{45, 40, 15})]
		add(kind, decided-decisionTime(r, kind), decided, "ingewilligd")
	case byMedicalPermit:
		decided := e.out - day.Day(r.below(8))
		add("medisch", decided-day.Day(r.between(20, 120)), decided, "ingewilligd")
	case byNewProcedure:
		add("asiel", e.out, e.out+decisionTime(r, "asiel"), []string{"afgewezen", "ingewilligd"}[r.pick([]int{60, 40})])
	}
}

// review adds a submission to the review team.
func (c *course) review(id cell, start, end day.Day) {
	if !c.r.chance(150) {
		return
	}
	if submitted := start + day.Day(c.r.between(30, 300)); submitted < end {
		c.submit(id, submitted)
	}
}

// submit adds a submission to the review team with its advice, most of it in time.
func (c *course) submit(id cell, submitted day.Day) {
	r := c.r
	if submitted > extracted {
		return
	}
	advised := submitted + day.Day(r.between(10, 29))
	if r.chance(150) {
		advised += day.Day(r.between(10, 60))
	}
	if advised > extracted {
		c.b.add(&review, 0, id, dateCell(submitted))
		return
	}
	c.b.add(&review, 0, id, dateCell(submitted), dateCell(advised), flagCell(r.chance(250)), flagCell(r.chance(750)))
}
