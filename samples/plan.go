package samples

import "lvv/internal/day"

// person is someone who applied, once or more often.
type person struct {
	number       int // from 1, in this set
	identity     int // that of number in a set of its own; somebody who moved keeps the first
	birth        day.Day
	male         bool
	nationality  int
	group        string // bijzondere_groep
	town         int
	organisation int // that guides
}

// until is the first day on which what ends on a day, or runs, is over in the registers.
func until(out day.Day) day.Day {
	if out == day.None {
		return extracted + 1
	}
	return out
}

// ending is how a trajectory and the stay of its person come to an end.
type ending struct{ outcome, exitReason string }

// The endings, in the order in which the figures about the pilot list them.
const (
	byPermit = iota
	byMedicalPermit
	byNewProcedure
	byReturn
	byOnward
	byDetention
	byDecision
	byLeaving
	byDeath
	byOther
	running
)

var endings = [...]ending{
	byPermit:        {"legalisering", "bestendige_oplossing"},
	byMedicalPermit: {"uitstel_medisch", "rijksopvang"},
	byNewProcedure:  {"herhaalde_aanvraag", "rijksopvang"},
	byReturn:        {"terugkeer", "bestendige_oplossing"},
	byOnward:        {"doormigratie", "bestendige_oplossing"},
	byDetention:     {"detentie", "detentie"},
	byDecision:      {"beeindigd", "beeindigd"},
	byLeaving:       {"mob", "mob"},
	byDeath:         {"overleden", "overleden"},
	byOther:         {"anders", "eigen_beweging"},
	running:         {},
}

// Decisions on an application, as exports spell them.
const (
	admitted  = "toegelaten"
	refused   = "afgewezen"
	withdrawn = "ingetrokken"
	pending   = "in_behandeling"
)

// episode is one application with what followed: the frame that a course fills with rows.
type episode struct {
	applied   day.Day
	decided   day.Day // day.None while pending
	decision  string
	ground    string // uitsluitingsgrond
	exception bool
	in        day.Day // first night, day.None without shelter
	out       day.Day // end of guidance and shelter, day.None while running
	ending    int
}

func newPerson(r *random, w *world, number int) person {
	p := person{number: number, identity: w.before + number, nationality: r.pick(w.nationW), male: r.chance(820), group: "geen"}
	p.birth = pilotStart - day.Day(r.quantile(ageDays))
	p.town, p.organisation = r.below(w.towns), r.pick(w.orgWeights)
	switch {
	case p.nationality == stateless:
		p.group = "staatloos"
	case r.chance(210):
		p.group = "medisch_psychisch"
	case r.chance(240):
		p.group = "moeilijk_terugkeerbaar"
	case r.chance(40):
		p.group = "anders"
	}
	return p
}

// ageDays are the deciles of age at the pilot's start, in days.
var ageDays = []int{6300, 8400, 9800, 11000, 12200, 13400, 14700, 16200, 18100, 20800, 27000}

// decisionDays draws how long a decision takes: about four weeks, the term of the covenant, with a
// tail of late ones.
func decisionDays(r *random) day.Day {
	d := 7 + r.below(15) + r.below(15) + r.below(15)
	if r.chance(100) {
		d += r.below(60)
	}
	return day.Day(d)
}

// guidanceDays are quantiles of the days from admission to the end of guidance, at equal steps. Most
// outlast the registers' nineteen months.
var guidanceDays = []int{20, 75, 140, 210, 290, 370, 450, 540, 640, 760, 900, 1080, 1320, 1700, 2400}

// endingWeights follow the 142 exits reported to March 2020, with a few that were not among them.
var endingWeights = []int{170, 50, 460, 210, 10, 130, 20, 370, 8, 12}

// groundWeights go with grounds.
var (
	grounds       = []string{"dublinclaimant", "rijksopvang", "eu_burger", "zwaar_inreisverbod", "ongewenstverklaring"}
	groundWeights = []int{40, 25, 20, 10, 5}
)

// draw lets chance decide on a person's episodes. It is how sets of any size are made; the checked-in
// samples have their episodes from a census instead.
func draw(r *random, eps []episode) []episode {
	applied := pilotStart + day.Day(r.below(int(extracted-pilotStart)+1))
	if r.chance(480) {
		applied = pilotStart + day.Day(r.between(-20, 60))
	}
	e := apply(r, applied)
	if e.decision != admitted {
		eps = append(eps, e)
		again := applied + day.Day(r.between(60, 300))
		if e.decision == pending || again > extracted || !r.chance(120) {
			return eps
		}
		e = apply(r, again)
	}
	eps = append(eps, e)
	if e.ending == byLeaving && r.chance(returnPerMille) {
		if again := e.out + day.Day(r.between(30, 160)); again <= extracted-60 {
			eps = append(eps, apply(r, again))
		}
	}
	return eps
}

// apply draws the decision on an application, and what followed where it was admitted.
func apply(r *random, applied day.Day) episode {
	e := episode{applied: applied, decided: applied + decisionDays(r), in: day.None, out: day.None, ending: running, ground: "geen"}
	switch n := r.below(100); {
	case n < 66:
		e.decision = admitted
		if r.chance(30) {
			e.ground, e.exception = grounds[r.pick(groundWeights)], true
		}
	case n < 92:
		e.decision = refused
		if r.chance(850) {
			e.ground = grounds[r.pick(groundWeights)]
		}
	default:
		e.decision = withdrawn
	}
	if e.decided > extracted {
		e.decision, e.decided, e.ground, e.exception = pending, day.None, "geen", false
	}
	if e.decision == admitted {
		follow(r, &e)
	}
	return e
}

// follow draws shelter and the end of an admitted episode.
func follow(r *random, e *episode) {
	if r.chance(900) {
		e.in = e.decided + day.Day(r.below(10))
		if r.chance(80) {
			e.in = e.applied - day.Day(r.below(30)) // sheltered while awaiting the decision
		}
		if e.in > extracted {
			e.in = day.None
		}
	}
	if out := e.decided + day.Day(r.quantile(guidanceDays)); out <= extracted {
		e.out, e.ending = out, r.pick(endingWeights)
	}
}
