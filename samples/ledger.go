package samples

import (
	"fmt"
	"time"

	"lvv/internal/day"
)

// ratePerPlace is the contribution in cents per agreed place per day (art. 15.2).
const ratePerPlace = 50_00

// ledger adds the tables that are about the pilot and not about persons.
func ledger(w *world, b *batch) {
	// Persons have the streams from 1 on.
	r := newRandom(w.seed, 0)
	places(w, b)
	paid(w, b)
	met(r, b)
	escalated(r, w, b)
}

// places gives the capacity of each location. One takes a few beds out in the spring of 2020, when
// rooms had to be shared by fewer persons, and one had begun with fewer.
func places(w *world, b *batch) {
	row := func(s *site, from, to day.Day, places int) {
		b.add(capacity, 0, textCell(s.name), dateCell(from), dateCell(to), wholeCell(places))
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
		b.add(payments, 0, dateCell(workday(on)), textCell(source), centsCell(amount), textCell(reference))
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
			b.add(meetings, 0, dateCell(on), codeCell(kind))
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

// escalated adds the questions on which the parties asked for advice.
func escalated(r *random, w *world, b *batch) {
	for i := range min(9, 2+w.persons/100) {
		kind := []string{"uitleg", "inrichting"}[r.below(2)]
		submitted := pilotStart + day.Day(60*i+r.between(10, 50))
		advised := submitted + day.Day(r.between(12, 40))
		if advised > extracted {
			advised = day.None
		}
		b.add(escalations, 0, numberedCell("E-", i+1, 3), codeCell(kind), dateCell(submitted), dateCell(advised))
	}
}
