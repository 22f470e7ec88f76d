package samples

import "lvv/internal/day"

// course turns the episodes of one person after another into rows of the case tables.
type course struct {
	r *random
	w *world
	b *batch

	p            person
	stays        int // of this person so far
	trajectories int
}

// write adds all rows of a person.
func (c *course) write(p person, eps []episode) {
	c.p, c.stays, c.trajectories = p, 0, 0
	for i := range eps {
		e := &eps[i]
		id := c.caseID(e, i)
		c.application(e, id)
		if e.in != day.None {
			c.shelter(e, id)
		}
		if e.decision == admitted {
			c.guide(e, id)
		}
	}
}

func (c *course) caseID(e *episode, i int) cell {
	year, _, _ := e.applied.Civil()
	return numberedCell(c.w.prefixes[min(max(year-2018, 0), 3)], c.p.number*10+i, c.w.idWidth+1)
}

// vNumber is ten digits beginning 00, which no register has given out. Neighbouring persons have
// numbers that lie far apart, and the eight digits that a spreadsheet leaves never begin with 0.
func vNumber(person int) cell {
	const span = 90_000_000
	return numberedCell("00", 10_000_000+person*7919%span, 8)
}

var application = shapeOf(cases, "case_id", "v_number", "family_name", "given_names", "birth_date", "sex", "nationality", "applied_on",
	"referred_by", "exclusion_ground", "exceptional", "identity_check_on", "decision", "decided_on", "offer", "special_group", "put_forward_on", "solution_tested")

func (c *course) application(e *episode, id cell) {
	r, p := c.r, &c.p
	v, birth, sex, nationality := vNumber(p.identity), dateCell(p.birth), codeCell("vrouw"), countryCell(p.nationality)
	if p.male {
		sex = codeCell("man")
	}
	// What the registers do not know.
	v, birth = v.unless(r.chance(8)), birth.unless(r.chance(12))
	if r.chance(15) {
		sex = codeCell("onbekend")
	}
	referred := codeCell(referrers[r.pick(referrerWeights)])
	referred = referred.unless(r.chance(40))
	identity := none
	if p.nationality == unknownNation || r.chance(130) {
		if d := e.applied + day.Day(r.between(1, 14)); d <= extracted {
			identity = dateCell(d)
		}
	}
	offer := none
	if e.decision == admitted {
		offer = textCell(offers[r.pick(offerWeights)])
		if e.in == day.None {
			offer = textCell("begeleiding+leefgeld")
		}
	}
	exception := flagCell(e.exception).unless(e.ground == "geen")
	forward, tested := none, none
	// Draws of its own, so that the rest of the person's registers does not hang on it.
	if r := newRandom(c.w.seed+1, uint64(p.number)<<16+uint64(e.applied)); e.decision == admitted && p.group != "geen" && r.chance(300) {
		// Without a standard way out, and put forward to the national programme.
		if on := e.decided + day.Day(r.between(40, 260)); on <= extracted && (e.out == day.None || on < e.out) {
			forward = dateCell(on)
			if !r.chance(150) {
				tested = flagCell(r.chance(550))
			}
		}
	}
	part := 0
	if year, _, _ := e.applied.Civil(); c.w.byYear && year > 2019 {
		part = 1
	}
	c.b.add(&application, part,
		id, v, numberedCell("Voorbeeld-", p.identity, c.w.idWidth), textCell(given[r.below(len(given))]),
		birth, sex, nationality, dateCell(e.applied), referred, codeCell(e.ground), exception, identity,
		codeCell(e.decision), dateCell(e.decided), offer, codeCell(p.group), forward, tested)
}

var (
	referrers       = []string{"zelf", "gemeente", "dtv", "ind", "politie", "ngo", "anders"}
	referrerWeights = []int{30, 20, 8, 4, 6, 28, 4}
	offers          = []string{"begeleiding+onderdak", "begeleiding+onderdak+leefgeld", "begeleiding + onderdak", "onderdak, begeleiding", "begeleiding/onderdak"}
	offerWeights    = []int{60, 15, 10, 8, 7}
)

// shelter adds the stays of an episode: transfers between locations, now and then with days between
// them or with two registrations that overlap.
func (c *course) shelter(e *episode, id cell) {
	r, end := c.r, until(e.out)
	in, organisation := e.in, c.p.organisation
	if r.chance(4) {
		c.stay(id, organisation, in, in, "doorstroom") // moved on the day of arrival
	}
	for {
		out := in + day.Day(r.between(40, 300))
		if out > end-30 || !r.chance(600) {
			break
		}
		next, reason := out, "doorstroom"
		switch n := r.below(1000); {
		case n < 30:
			next -= day.Day(r.between(1, 5))
		case n < 60:
			next, reason = next+day.Day(r.between(2, 20)), "eigen_beweging"
		}
		c.stay(id, organisation, in, out, reason)
		in = next
		if r.chance(250) {
			organisation = r.pick(c.w.orgWeights)
		}
	}
	reason := ""
	if e.out != day.None {
		reason = endings[e.ending].exitReason
		if r.chance(25) {
			reason = "" // not filled in
		}
	}
	c.stay(id, organisation, in, e.out, reason)
}

var stay = shapeOf(stays, "stay_id", "case_id", "location", "organisation", "date_in", "date_out", "exit_reason")

func (c *course) stay(id cell, organisation int, in, out day.Day, reason string) {
	c.stays++
	c.b.add(&stay, organisation, numberedCell("V", c.p.number*100+c.stays, c.w.idWidth+2), id,
		textCell(c.w.siteOf(c.r, c.p.town, organisation, in).name), textCell(organisations[organisation]),
		dateCell(in), dateCell(out), codeCell(reason))
}
