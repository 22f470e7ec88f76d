package transform

import (
	"cmp"

	"lvv/internal/day"
)

// regionsOf is written out by hand after the United Nations' list M.49.
var regionsOf = map[string]string{
	"": "unknown", "XXX": "unknown", "XXA": "stateless", "ATA": "unknown", "SDN": "Northern Africa", "NGA": "Western Africa",
	"SOM": "Eastern Africa", "COD": "Middle Africa", "ZAF": "Southern Africa", "IRQ": "Western Asia", "VNM": "South-eastern Asia",
	"AFG": "Southern Asia", "KAZ": "Central Asia", "SUR": "South America", "JAM": "Caribbean", "FJI": "Melanesia", "NZL": "Australia and New Zealand",
}

func regionOf(country string) string {
	r, ok := regionsOf[country]
	if !ok {
		panic("no region for " + country)
	}
	return r
}

// byRegion lists every region of the cases known on the reference date, and what else occurs.
func (o *oracle) byRegion(id string, by map[string]int) {
	listed := map[string]bool{}
	for _, c := range o.w.cases {
		if o.known(c.applied) {
			listed[regionOf(c.nationality)] = true
		}
	}
	for r := range by {
		listed[r] = true
	}
	for r := range listed {
		o.count(id, by[r], "region", r)
	}
}

var populationAges = []string{"<18", "18-24", "25-34", "35-44", "45-54", "55+", "unknown"}

func (o *oracle) population() {
	var housed, admitted []described
	for _, s := range o.housed() {
		housed = append(housed, described{o.caseOf(s.caseID), o.p.AsOf})
	}
	first := map[int]*aCase{}
	for i := range o.w.cases {
		c := &o.w.cases[i]
		if c.decision != "admitted" || !o.known(c.decided) || c.decided < o.t.Start {
			continue
		}
		if was := first[c.person]; was == nil || sooner(c, was) {
			first[c.person] = c
		}
	}
	for _, c := range first {
		admitted = append(admitted, described{c, c.decided})
	}
	o.describe("population.housed", housed)
	o.describe("population.admitted", admitted)
}

// described is a case on the day on which its person's age counts.
type described struct {
	c  *aCase
	on day.Day
}

// sooner orders the admissions of a person; what is empty comes last.
func sooner(a, b *aCase) bool {
	last := func(x, y string) int {
		if x == "" || y == "" {
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	}
	born := func(x, y day.Day) int {
		if x == day.None || y == day.None {
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	}
	return cmp.Or(cmp.Compare(a.decided, b.decided), born(a.birth, b.birth), last(a.sex, b.sex), last(a.nationality, b.nationality)) < 0
}

func (o *oracle) describe(id string, persons []described) {
	sex, ages, regions := map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range persons {
		sex[orUnknown(p.c.sex)]++
		ages[bandOn(p.c.birth, p.on)]++
		regions[regionOf(p.c.nationality)]++
	}
	for _, s := range sexes {
		o.count(id, sex[s], "sex", s)
	}
	for _, a := range populationAges {
		o.count(id, ages[a], "age_band", a)
	}
	o.byRegion(id, regions)
}

// bandOn counts birthdays year by year.
func bandOn(birth, on day.Day) string {
	if birth == day.None {
		return "unknown"
	}
	y, m, d := birth.Civil()
	age := 0
	for day.Of(y+age+1, m, d) <= on { // who was born on 29 February has a birthday on 1 March in other years
		age++
	}
	switch {
	case age < 18:
		return "<18"
	case age < 25:
		return "18-24"
	case age < 35:
		return "25-34"
	case age < 45:
		return "35-44"
	case age < 55:
		return "45-54"
	}
	return "55+"
}
