package disclose

import (
	"testing"

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
