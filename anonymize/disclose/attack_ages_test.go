package disclose

import (
	"math/rand/v2"
	"slices"
	"testing"

	"lvv/sql"
)

// ages are the groups that persons grow older through; nobody passes over one while a pilot lasts.
var ages = []string{"<18", "18-24", "25-34", "35-44", "45-54", "55+"}

const housedOf, admittedOf, unknownAge = "population.housed|age_band=", "population.admitted|age_band=", "unknown"

// sooner is who of one age group were of which before: of the same, or of the one below.
func sooner(age string) []string {
	k := slices.Index(ages, age)
	if k < 1 {
		return []string{age}
	}
	return []string{ages[k-1], age}
}

// fewestOthers is how many of those who are counted cannot be among those who were, at least: of any of the age groups, what these count
// more than all groups that their persons can have been of.
func fewestOthers(were, are func(age string) int64) int64 {
	most := int64(0)
	for set := range 1 << len(ages) {
		more, of := int64(0), map[string]bool{}
		for k, age := range ages {
			if set&(1<<k) != 0 {
				more += are(age)
				for _, before := range sooner(age) {
					of[before] = true
				}
			}
		}
		for age := range of {
			more -= were(age)
		}
		most = max(most, more)
	}
	return most + max(0, are(unknownAge)-were(unknownAge))
}

// grown says who is counted of whom earlier, and returns those who are not counted any more, and those who were not before.
func (r *reader) grown(before, after *paper, were, are string) (gone, came []int, ok bool) {
	among := map[string][]int{}
	for _, age := range append(slices.Clone(ages), unknownAge) {
		then, known := before.cell[were+age]
		now, also := after.cell[are+age]
		if !known || !also {
			return nil, nil, false
		}
		came = append(came, r.unknown("others of "+are+age))
		of := came[len(came)-1:]
		for _, younger := range sooner(age) {
			c := r.unknown(were + younger + " who are of " + are + age)
			of, among[younger] = append(slices.Clip(of), c), append(among[younger], c)
		}
		r.equal(of, []int{now})
		gone = append(gone, then)
	}
	for k, age := range append(slices.Clone(ages), unknownAge) {
		then := gone[k]
		gone[k] = r.unknown("no more of " + were + age)
		r.equal(append(among[age], gone[k]), []int{then})
	}
	return gone, came, true
}

// aged: whoever is in shelter was admitted at that age or at the one before it, or is not admitted; who was admitted is in shelter, has left
// or never came. Both are so of people of whom no case says otherwise, and who were not admitted before the pilot.
func (p *paper) aged() {
	gone, came, ok := p.r.grown(p, p, admittedOf, housedOf)
	if !ok {
		return
	}
	admitted, housed := func(age string) int64 { return p.exact[admittedOf+age] }, func(age string) int64 { return p.exact[housedOf+age] }
	left, known := p.one("outflow.persons")
	never, also := p.one("inflow.admitted_not_housed")
	lost := fewestOthers(func(age string) int64 { return housed(older(age)) }, func(age string) int64 { return admitted(older(age)) })
	if known && also && lost <= p.exact["outflow.persons"]+p.exact["inflow.admitted_not_housed"] {
		p.r.atMost(gone, []int{left, never}, "others who left")
	}
	p.outside(came, fewestOthers(admitted, housed))
	for _, dim := range []string{"sex", "region"} {
		came, most := []int(nil), int64(0)
		for _, v := range p.values("population.housed", dim, 1) {
			name := "|" + dim + "=" + v
			are, ok := p.cell["population.housed"+name]
			were, also := p.cell["population.admitted"+name]
			if ok && also {
				came = append(came, p.r.unknown("not admitted of "+v))
				p.r.atMost([]int{are}, []int{were, came[len(came)-1]}, "admitted and not in shelter of "+v)
				most += max(0, p.exact["population.housed"+name]-p.exact["population.admitted"+name])
			}
		}
		p.outside(came, most)
	}
}

// outside: those in shelter who are not admitted had a night without it in the period that the reference date lies in. So many of them there
// must be at least; where that is nobody, a reader takes it that nobody is.
func (p *paper) outside(are []int, least int64) {
	if least == 0 && len(are) > 0 {
		p.r.atMost(are, nil, "nobody")
	}
	const nights = "occupancy.person_nights|population=not_admitted"
	within := p.d.Period.From <= p.d.Period.AsOf && p.d.Period.AsOf <= p.d.Period.To
	if c, ok := p.cell[nights]; ok && within && least <= p.exact[nights] {
		p.r.atMost(are, []int{c}, "other nights of those who are not admitted")
	}
}

// older turns the order of age groups round, so that what holds of growing older can be said of those who were younger.
func older(age string) string {
	if k := slices.Index(ages, age); k >= 0 {
		return ages[len(ages)-1-k]
	}
	return age
}

// aged: who was in shelter is there still, at the same age or the next, or has left.
func (x *axis) aged(before, after *paper) {
	const exits = "outflow.shelter_exits"
	left, known := x.exactly(exits, before.d.Period.AsOf, after.d.Period.AsOf)
	were, are := func(age string) int64 { return before.exact[housedOf+age] }, func(age string) int64 { return after.exact[housedOf+age] }
	lost := fewestOthers(func(age string) int64 { return are(older(age)) }, func(age string) int64 { return were(older(age)) })
	if len(x.names(exits)) == 0 || !known || lost > left {
		return
	}
	x.whole(exits)
	if gone, _, ok := x.r.grown(before, after, housedOf, housedOf); ok {
		x.r.atMost(gone, x.between(exits, before.d.Period.AsOf+1, after.d.Period.AsOf+1), "others who left")
	}
}

// TestPeopleGrowOlder hands out small registers that told, by the order of the age groups alone, how many a group has.
func TestPeopleGrowOlder(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []sequence{
		{persons: 30, seed: 23407, periods: [][2]string{{"2020-Q3"}}},
		{persons: 80, seed: 98419, periods: [][2]string{{"2019-Q2"}, {"2019-Q3"}}},
		{persons: 40, seed: 602327, periods: [][2]string{{"2019-11"}, {"2019-12"}}},
	} {
		issues, _, _ := q.issue(t, cat)
		promised, narrowed, err := attack(issues)
		if err != nil || promised == 0 || len(narrowed) > 0 {
			t.Errorf("register %d: %d promised counts, narrowed %v, %v", q.seed, promised, narrowed, err)
		}
	}
}

// TestFewestWhoMoved: of small rows, counts have as many more than all their persons can make up as those who moved leave, and nobody is counted twice.
func TestFewestWhoMoved(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 1))
	for range 2000 {
		s := newSystem(cat, 5, 0, nil)
		count := func(n int64) int { return s.implied("count", exact{n, true}, false) }
		were, are, leaps := make([]int64, len(ages)), make([]int64, len(ages)), random.IntN(2) == 0
		var row []pair
		for k := range ages {
			were[k], are[k] = random.Int64N(5), random.Int64N(5)
			row = append(row, pair{is: []int{count(are[k])}, other: count(were[k])})
		}
		want := fewestOthers(func(age string) int64 { return numberAt(were, age) }, func(age string) int64 { return numberAt(are, age) })
		if leaps {
			want = 0
			more := int64(0)
			for k := range ages {
				more += are[k] - were[k]
				want = max(want, more)
			}
		}
		for most := max(0, want-1); most <= want+1; most++ {
			said := len(s.sys.Relations)
			s.exceed([][]pair{row}, leaps, []int{count(most)}, nil, "the rest")
			if told := len(s.sys.Relations) > said; told != (most >= want) {
				t.Fatalf("%v, %v, leaps %v: at least %d more, and that they are at most %d is told: %v", were, are, leaps, want, most, told)
			}
		}
	}
}

func numberAt(of []int64, age string) int64 {
	if k := slices.Index(ages, age); k >= 0 {
		return of[k]
	}
	return 0
}
