package request

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lvv/anonymize/cells"
	"lvv/internal/lists"
	"lvv/internal/thorough"
	"lvv/sql"
	"lvv/transform"
)

// TestValuesBesideBands: whoever is told what the mean and the quantiles of ages are, and how many persons there are in each band, excludes no number of what
// reads as small. The reader tries all numbers of persons in the bands, and which ages they can have.
func TestValuesBesideBands(t *testing.T) {
	rounds := 150
	if thorough.On {
		rounds = 2_000
	}
	small, told, withheld, withdrawn, refused := 0, 0, 0, 0, 0
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 11))
		var ages []int
		for range 6 + r.IntN(20) {
			ages = append(ages, []int{r.IntN(80), 25 + r.IntN(10), 25 + r.IntN(10)}[r.IntN(3)])
		}
		slices.Sort(ages)
		stats := [][]string{{Mean}, {Median}, {Mean, Median}, {"p25", Median, "p75", Mean}}[r.IntN(4)]
		valuesFirst, bandsFirst := r.IntN(3) == 0, r.IntN(3) == 0
		c := ageControl(ages, stats)
		values, table := c.tallies[0], c.tallies[1]
		values.now, table.now = !valuesFirst, valuesFirst || !bandsFirst
		if !values.now {
			values.source, values.known = 1, func([]string) (int64, int64) { return int64(len(ages)), int64(len(ages)) }
		}
		if !table.now { // a report: it hides what is small, and what could be computed from the total
			counts := bandCounts(ages)
			table.source, table.known = 2, func(labels []string) (int64, int64) { return roughly(counts, labels[0]) }
		}
		err := c.decide(cells.DefaultOptions)
		if _, is := errors.AsType[*Refusal](err); is {
			refused++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		bounds := map[string][2]int64{}
		gone, tells := c.withdrawn[1], !values.now
		for i, n := range c.cells {
			switch d := c.told[i]; {
			case n.tally == 0 && values.now && d != nil:
				tells = d.valued
			case n.tally == 1 && !table.now:
				low, high := table.known(n.labels)
				bounds[n.labels[0]] = [2]int64{low, high}
			case n.tally == 1 && d != nil:
				bounds[n.labels[0]] = [2]int64{d.low, d.high}
			}
		}
		if !tells {
			withheld++
			continue
		}
		if gone {
			withdrawn++
			continue
		}
		told++
		possible := possible(ages, ageBands, stats, bounds)
		for band, b := range bounds {
			if b[0] == b[1] || bandCounts(ages)[band] > 4 {
				continue
			}
			small++
			for x := int64(1); x < 5; x++ {
				if !possible[band][x] && x >= b[0] && x <= b[1] {
					t.Errorf("%d: of ages %v, told %v and %v of them: %s cannot be %d", seed, ages, bounds, stats, band, x)
				}
			}
		}
	}
	t.Logf("%d told, with %d small counts; of %d the values are withheld, %d tables withdrawn, %d refused", told, small, withheld, withdrawn, refused)
	if told < rounds/4 || small < rounds/8 || withheld == 0 || withdrawn == 0 {
		t.Error("too little was told or withheld to say anything")
	}
}

// roughly is how a report tells one of the counts that add up to a known total.
func roughly(counts map[string]int64, band string) (low, high int64) {
	n, hidden := counts[band], 0
	for _, k := range counts {
		if k < 5 {
			hidden++
		}
	}
	switch {
	case n > 0 && n < 5:
		return 1, 4
	case hidden > 0:
		return 5, cells.Unbounded
	}
	return n, n
}

// ageControl has a table of persons without fields, of whose ages statistics are told, and one by age.
func ageControl(ages []int, stats []string) *control {
	persons := unitNamed("persons")
	tallies := []*counted{
		{tally: &tally{unit: persons}, name: "values", first: true, of: "age", statistics: func([]string) []string { return stats }},
		{tally: &tally{unit: persons, by: []label{persons.label("age")}}, name: "bands", first: true},
	}
	u := newUniverse(map[string]bool{"persons": true})
	v := spread{}
	for i, age := range ages {
		person := fmt.Sprint(i)
		u.add(0, &member{person: person, key: person}, persons, nil)
		u.add(1, &member{person: person, key: person}, persons, []string{ageBand(age)})
		v = append(v, float64(age))
	}
	u.build()
	tallies[0].values = map[string]spread{key(nil): v}
	return &control{universe: u, tallies: tallies, minCell: 5, order: func(_ string, i, _ int) int { return i }}
}

// testBand is a band of values, as the reader knows it.
type testBand struct {
	name      string
	low, high int
}

var ageBands = []testBand{{"0-17", 0, 17}, {"18-24", 18, 24}, {"25-34", 25, 34}, {"35-44", 35, 44}, {"45-54", 45, 54}, {"55+", 55, 120}}

func ageBand(age int) string {
	for _, b := range ageBands {
		if age <= b.high {
			return b.name
		}
	}
	return ""
}

func bandCounts(ages []int) map[string]int64 {
	out := map[string]int64{}
	for _, age := range ages {
		out[ageBand(age)]++
	}
	return out
}

// possible finds, by band, how many of the values it can have, given the statistics of them and how many are told to be in each band.
func possible(values []int, bands []testBand, stats []string, bounds map[string][2]int64) map[string]map[int64]bool {
	out := map[string]map[int64]bool{}
	for _, b := range bands {
		out[b.name] = map[int64]bool{}
	}
	var counts []int64
	var try func(left int64)
	try = func(left int64) {
		if len(counts) == len(bands) {
			if left == 0 && fit(values, bands, stats, counts) {
				for i, n := range counts {
					out[bands[i].name][n] = true
				}
			}
			return
		}
		b := bounds[bands[len(counts)].name]
		for n := b[0]; n <= min(b[1], left); n++ {
			counts = append(counts, n)
			try(left - n)
			counts = counts[:len(counts)-1]
		}
	}
	try(int64(len(values)))
	return out
}

// fit reports whether so many in each band can have the statistics of the values, in order: each quantile by itself, and the mean with what the quantiles
// say of those on either side.
func fit(values []int, bands []testBand, stats []string, counts []int64) bool {
	var low, high []float64 // of each, the smallest first
	for i, n := range counts {
		for range n {
			low, high = append(low, float64(bands[i].low)), append(high, float64(bands[i].high))
		}
	}
	for _, stat := range stats {
		if stat == Mean {
			continue
		}
		at, part := math.Modf(quantiles[stat] * float64(len(values)-1))
		k, next := int(at), int(math.Ceil(at+part))
		told := (1-part)*float64(values[k]) + part*float64(values[next])
		if (1-part)*low[k]+part*low[next] > told || (1-part)*high[k]+part*high[next] < told {
			return false
		}
		for i := range low {
			if i >= next {
				low[i] = max(low[i], told)
			}
			if i <= k {
				high[i] = min(high[i], told)
			}
		}
	}
	least, most, sum := 0.0, 0.0, 0.0
	for i, x := range values {
		if low[i] > high[i] {
			return false
		}
		least, most, sum = least+math.Ceil(low[i]), most+math.Floor(high[i]), sum+float64(x)
	}
	return !slices.Contains(stats, Mean) || least <= sum && sum <= most
}

// TestBandsOfValues: readers know of a value what tables by bands of its field say, those of curves among them, and what conditions do.
func TestBandsOfValues(t *testing.T) {
	days := func(from, to string) *Table {
		return &Table{Unit: "trajectories", Measure: Count, Where: []condition{between("days", from, to)}}
	}
	for _, test := range []struct {
		table  *Table
		tally  int
		labels []string
		want   band
	}{
		{&Table{Unit: "trajectories", Measure: Count, By: []string{"days"}}, 0, []string{"91-180"}, band{91, 180}},
		{&Table{Unit: "trajectories", Measure: Survival}, 1, []string{"1", "ended"}, band{91, 180}},
		{&Table{Unit: "trajectories", Measure: Survival, By: []string{"sex"}}, 1, []string{"female", "5", "ended"}, band{721, 1_000}},
		{&Table{Unit: "trajectories", Measure: Survival}, 2, []string{"1"}, band{0, 1_000}}, // the days before the pilot
		{days("200", "300"), 0, nil, band{200, 300}},
		{days("1100", ""), 0, nil, band{1_000, 1_000}}, // known of a later date, of values of an earlier one
	} {
		one := &counted{tally: test.table.tallies(transform.Period{})[test.tally]}
		c := &control{universe: &universe{cells: []*cell{{labels: test.labels}}}, tallies: []*counted{one}}
		if got := c.band(&atom{cells: []int{0}}, "days", 1_000, false); got != test.want {
			t.Errorf("%+v, count %d, %q: the days are from %v, want %v", test.table, test.tally, test.labels, got, test.want)
		}
		if banded := test.want != (band{0, 1_000}); one.names("days") != banded {
			t.Errorf("%+v, count %d: that it tells of days is %v", test.table, test.tally, !banded)
		}
	}
}

// TestValuesOfParts: of units that are listed in parts, such as nights by run, the values are those of the units.
func TestValuesOfParts(t *testing.T) {
	o := optionsFor(t, "2020-Q3")
	of := func(unit string) spread {
		v, err := spreads(t.Context(), o.Engine, o.Terms, &tally{unit: unitNamed(unit), period: o.Period}, "nights")
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(v[key(nil)], func(nights float64) bool { return nights == 0 })
	}
	if got, want := of("nights"), of("persons"); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("nights have %d values up to %v, of the nights of %d persons up to %v", len(got), slices.Max(got), len(want), slices.Max(want))
	}
}

// TestValuesOfFigures: the catalogue names the field of every duration that requests can be asked about, and its values have the mean that the figure has.
func TestValuesOfFigures(t *testing.T) {
	unasked := []string{ // no unit has the field
		"conference.days_to_scenario", "course.survival_median", "durable.days_to_solution", "duration.survival_median", "inflow.pending_age", "procedure.days_to_decision",
	}
	o := optionsFor(t, "2020-Q3")
	results, err := transform.Compute(t.Context(), o.Engine, o.Terms, o.Period)
	if err != nil {
		t.Fatal(err)
	}
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	equals, err := equalsOf(cat)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range cat.Figures {
		if f.Unit != "days" || !f.Printed {
			continue
		}
		e := lists.Find(equals, func(e *equal) bool { return e.figure == f.ID && e.values != "" })
		if (e == nil) != slices.Contains(unasked, f.ID) {
			t.Errorf("%s: values %v", f.ID, e)
		}
		if e == nil {
			continue
		}
		one, _ := e.tally(o.Period, []string{e.dims[0].Name})
		v, err := spreads(t.Context(), o.Engine, o.Terms, one, e.values)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, x := range v[key(nil)] {
			sum += x
		}
		mean := results.Figure(f.ID, e.dims[0].Name, Mean)
		if mean.Numerator.Float() != sum || mean.Denominator.Int() != int64(len(v[key(nil)])) || sum == 0 {
			t.Errorf("%s: the mean is %v of %v, the values add up to %v of %d", f.ID, mean.Numerator, mean.Denominator, sum, len(v[key(nil)]))
		}
		if stats := e.allStatistics(&f); !slices.Contains(stats, Mean) || !slices.Contains(stats, Median) {
			t.Errorf("%s: told are %v", f.ID, stats)
		}
	}
}
