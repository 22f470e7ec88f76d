package samples

import (
	"fmt"
	"strings"
	"time"

	"lvv/internal/day"
)

// ratePerPlace is the contribution in cents per agreed place per day (art. 15.2).
const ratePerPlace = 50_00

// The rows of the tables about the pilot.
var (
	placesRow     = shapeOf(capacity, "location", "valid_from", "valid_to", "places")
	paymentRow    = shapeOf(payments, "received_on", "source", "amount", "reference")
	meetingRow    = shapeOf(meetings, "held_on", "kind", "attended")
	escalationRow = shapeOf(escalations, "issue_id", "kind", "submitted_on", "advised_on", "adopted")
	costRow       = shapeOf(costs, "spent_on", "kind", "organisation", "amount", "reference")
)

// ledger adds the tables that are about the pilot and not about persons.
func ledger(w *world, b *batch) {
	// Persons have the streams from 1 on.
	r := newRandom(w.seed, 0)
	places(w, b)
	paid(w, b)
	met(r, b)
	escalated(r, w, b)
	spent(r, w, b)
}

// places gives the capacity of each location. One takes a few beds out in the spring of 2020, when
// rooms had to be shared by fewer persons, and one had begun with fewer.
func places(w *world, b *batch) {
	row := func(s *site, from, to day.Day, places int) {
		b.add(&placesRow, 0, textCell(s.name), dateCell(from), dateCell(to), wholeCell(places))
	}
	distancing, grown := day.Of(2020, 4, 1), day.Of(2019, 6, 1)
	for i := range w.sites {
		s := &w.sites[i]
		switch i % len(siteNames) {
		case 0:
			row(s, day.Of(2019, 1, 1), grown-1, s.places-s.places/4)
			row(s, grown, day.None, s.places)
		case 1:
			row(s, pilotStart, distancing-1, s.places)
			row(s, distancing, day.None, s.places-s.places/12)
		default:
			row(s, max(s.opened, pilotStart), day.None, s.places)
		}
	}
}

// paid adds what the two sources paid: the one each quarter, the other twice a year, with one
// correction.
func paid(w *world, b *batch) {
	row := func(on day.Day, source string, amount int64, reference string) {
		b.add(&paymentRow, 0, dateCell(workday(on)), textCell(source), centsCell(amount), textCell(reference))
	}
	perDay := int64(w.places) * ratePerPlace / 2
	for q, from := 1, pilotStart; from <= extracted; q++ {
		y, m, _ := from.Civil()
		next := day.Of(y, (m-1)/3*3+4, 1)
		year, quarter := y, (m-1)/3+1
		row(from+14, "rijk", perDay*int64(next-from), fmt.Sprintf("RIJK-%d-K%d", year, quarter))
		if q%2 == 1 {
			half := next.AddMonths(3)
			row(from+39, "gemeentefonds", perDay*int64(half-from), fmt.Sprintf("GF-%d-%d", year, q/2+1))
		}
		from = next
	}
	row(day.Of(2020, 2, 3), "rijk", -perDay*3, "RIJK-CORRECTIE-2019")
}

// workday is the day itself, or the Monday after a weekend.
func workday(on day.Day) day.Day {
	switch on.Time().Weekday() {
	case time.Saturday:
		return on + 2
	case time.Sunday:
		return on + 1
	}
	return on
}

// met adds the meetings: the steering group somewhat more often than five times a year.
func met(r *random, b *batch) {
	row := func(on day.Day, kind string) {
		if on = workday(on); on <= extracted {
			b.add(&meetingRow, 0, dateCell(on), codeCell(kind), textCell(attendance(r)))
		}
	}
	for m := range 10 {
		first := pilotStart.AddMonths(2 * m)
		row(first+day.Day(r.between(7, 25)), "stuurgroep")
		if m%2 == 0 {
			row(first+day.Day(r.between(10, 40)), "programmaraad")
		}
		if m%3 == 1 {
			row(first+day.Day(r.between(10, 40)), "bestuurlijk_overleg")
		}
	}
}

// attendance are the parties at a meeting; the police misses the most.
func attendance(r *random) string {
	there := []string{"gemeente", "JenV"}
	for _, p := range []struct {
		party    string
		perMille int
	}{{"DT&V", 950}, {"IND", 850}, {"AVIM", 650}} {
		if r.chance(p.perMille) {
			there = append(there, p.party)
		}
	}
	return strings.Join(there, ", ")
}

// costKinds are the costs in cents per agreed place per day. Together they are more than the
// contribution of EUR 50.
var costKinds = []struct {
	kind  string
	cents int
	split bool // booked by each organisation
}{
	{"onderdak", 30_20, true}, {"begeleiding", 13_60, true}, {"leefgeld", 5_90, false}, {"medisch", 2_40, false}, {"overhead", 5_70, false}, {"anders", 80, false},
}

// spent adds what the pilot cost, month by month and kind by kind, give or take a tenth.
func spent(r *random, w *world, b *batch) {
	row := func(on day.Day, kind, organisation string, amount int64) {
		reference := none
		if !r.chance(60) {
			y, m, _ := on.Civil()
			reference = textCell(fmt.Sprintf("K-%d-%02d", y, m))
		}
		b.add(&costRow, 0, dateCell(workday(on)), codeCell(kind), textCell(organisation), centsCell(amount), reference)
	}
	for from := pilotStart; from <= extracted; from = from.AddMonths(1) {
		last := from.AddMonths(1) - 1
		on := min(last, extracted) - 3
		for _, c := range costKinds {
			month := int64(w.places) * int64(last-from+1) * int64(c.cents) * int64(r.between(900, 1100)) / 1000
			if !c.split {
				row(on, c.kind, "Gemeente", month)
				continue
			}
			all := 0
			for _, weight := range w.orgWeights {
				all += weight
			}
			for i, weight := range w.orgWeights {
				row(on, c.kind, organisations[i], month*int64(weight)/int64(all))
			}
		}
	}
	row(day.Of(2020, 5, 18), "onderdak", organisations[0], -int64(w.places)*850)
}

// escalated adds the questions on which the parties asked for advice.
func escalated(r *random, w *world, b *batch) {
	for i := range min(9, 2+w.persons/100) {
		kind := []string{"uitleg", "inrichting"}[r.below(2)]
		submitted := pilotStart + day.Day(60*i+r.between(10, 50))
		advised := submitted + day.Day(r.between(12, 40))
		if advised > extracted {
			advised = day.None
		}
		adopted := none
		if advised != day.None {
			adopted = flagCell(r.chance(700))
		}
		b.add(&escalationRow, 0, numberedCell("E-", i+1, 3), codeCell(kind), dateCell(submitted), dateCell(advised), adopted)
	}
}
