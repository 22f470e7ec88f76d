package disclose

import (
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestNightsOfADay: what the nights of one day are by a characteristic counts persons, and is not told whatever it comes to; the nights of two days are, and so is the total.
func TestNightsOfADay(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const nights = "occupancy.person_nights"
	for _, test := range []struct {
		days int
		not  int64 // nights of those not admitted
		told bool
		name string
	}{
		{1, 0, false, "none of them"}, {1, 3, false, "few"}, {1, 8, false, "many"}, {2, 3, true, "two days"},
	} {
		from := day.Of(2020, 3, 1)
		last := from + day.Day(test.days-1)
		count := func(n int64, dims ...transform.Dim) transform.Figure {
			return transform.Figure{ID: nights, Dims: dims, Unit: "count", Value: engine.CountOf(n), Date: day.None}
		}
		r := &transform.Results{Period: transform.Period{Label: "days", From: from, To: last, AsOf: last}, Figures: []transform.Figure{
			count(20 + test.not), count(20, transform.Dim{Name: "population", Value: "admitted"}), count(test.not, transform.Dim{Name: "population", Value: "not_admitted"}),
		}}
		p, err := Protect(r, cat, DefaultOptions(5))
		if err != nil {
			t.Fatal(err)
		}
		d := p.Document(cat)
		if !d.Figure(nights).Known() {
			t.Errorf("%s: the total is not told", test.name)
		}
		for _, f := range d.Breakdown(nights, "population") {
			of := d.ProtectionOf(f)
			if f.Known() != test.told || f.Hidden != "" || (of != nil && of.Withdrawn) == test.told {
				t.Errorf("%s: %+v, %+v", test.name, f, of)
			}
		}
	}
}

// TestNightsOfADayBetween: two reports that end on one day and begin a day apart leave the nights of a place on the day between, which counts
// persons.
func TestNightsOfADayBetween(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	last := day.Of(2019, 5, 31)
	report := func(from day.Day, a, b int64) *transform.Results {
		r := &transform.Results{Period: transform.Period{Label: from.String(), From: from, To: last, AsOf: last}}
		add := func(id string, n int64, location ...string) {
			f := transform.Figure{ID: id, Unit: "count", Value: engine.CountOf(n), Date: day.None}
			for _, l := range location {
				f.Dims = append(f.Dims, transform.Dim{Name: "location", Value: l})
			}
			r.Figures = append(r.Figures, f)
		}
		add("occupancy.person_nights", a+b)
		add("occupancy.person_nights", a, "A")
		add("occupancy.person_nights", b, "B")
		add("occupancy.persons_on_reference_date", 30)
		add("occupancy.persons_on_reference_date", 10, "A")
		add("occupancy.persons_on_reference_date", 20, "B")
		return r
	}
	for _, test := range []struct {
		from   day.Day
		nights int64 // of A before 1 May
		told   bool
	}{{day.Of(2019, 4, 30), 4, false}, {day.Of(2019, 4, 30), 9, true}, {day.Of(2019, 4, 29), 4, true}} {
		days := int64(day.Of(2019, 5, 1) - test.from)
		first, o := report(test.from, 298+test.nights, 600+20*days), DefaultOptions(5)
		published, err := Protect(first, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Earlier = []Earlier{{Results: first, Published: published.Document(cat)}}
		now, err := Protect(report(day.Of(2019, 5, 1), 298, 600), cat, o)
		if err != nil {
			t.Fatal(err)
		}
		if f := now.Document(cat).Figure("occupancy.person_nights", "location", "A"); f.Known() != test.told {
			t.Errorf("from %s, %d nights before May: %+v", test.from, test.nights, f)
		}
	}
}

// TestNightsBesideVagueRegions: how many nights there were in all is told, also where the regions of those in shelter read as ranges.
func TestNightsBesideVagueRegions(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	housed := map[string]int64{"Northern Africa": 5, "Southern Asia": 7, "Western Africa": 7, "Western Asia": 7}
	solved := map[string]int64{"Northern Africa": 3, "Southern Asia": 7, "Western Africa": 7, "Western Asia": 7}
	d := handOut(t, cat, told(day.Of(2019, 7, 1), day.Of(2019, 9, 30), slices.Concat(
		divideBy(cat, "population.housed", "region", housed), divideBy(cat, "durable.region", "region", solved), []published.Figure{
			figure("occupancy.person_nights", 2392), figure("occupancy.person_nights", 2392, "location", "A"), figure("occupancy.persons_on_reference_date", 26),
			figure("occupancy.person_nights", 2392, "population", "admitted"), figure("occupancy.person_nights", 0, "population", "not_admitted"),
		},
	)...))[0].d
	if f := d.Figure("population.housed", "region", "Northern Africa"); f.Known() || f.Range == nil || f.Range.Low > 1 {
		t.Fatalf("the regions do not read as ranges: %v", f)
	}
	for _, dims := range [][]string{nil, {"location", "A"}, {"population", "admitted"}} {
		if f := d.Figure("occupancy.person_nights", dims...); !f.Known() {
			t.Errorf("nights %v read %v", dims, f.Range)
		}
	}
}
