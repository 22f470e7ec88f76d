package disclose

import (
	"testing"

	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestRegionsOfNobody: a report lists every region, also one that no case has, which would tell until when none had applied from there. Of destinations it
// lists those that occur and those that are hidden.
func TestRegionsOfNobody(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := len(occurring(cat, "population.admitted", []transform.Dim{{Name: "region"}}).Values)
	last := day.Of(2020, 3, 31)
	of := func(id string, n int64, dims ...transform.Dim) transform.Figure {
		return transform.Figure{ID: id, Dims: dims, Unit: "count", Value: engine.CountOf(n), Date: day.None}
	}
	here := transform.Dim{Name: "region", Value: "Western Africa"}
	p, err := Protect(&transform.Results{Period: transform.Period{Label: "2020-Q1", From: day.Of(2020, 1, 1), To: last, AsOf: last}, Figures: []transform.Figure{
		of("population.admitted", 9, here), of("durable.destination", 9, here),
	}}, cat, DefaultOptions(5))
	if err != nil {
		t.Fatal(err)
	}
	d := p.Document(cat)
	for id, want := range map[string]int{"population.admitted": all, "durable.destination": 1} {
		listed := d.Breakdown(id, "region")
		if len(listed) != want || want < 1 {
			t.Errorf("%s: %d regions are listed, want %d", id, len(listed), want)
		}
		for _, f := range listed {
			if n := f.Value; !f.Known() || (n.Int() == 9) != (f.Dim("region") == here.Value) {
				t.Errorf("%s: %+v", id, f)
			}
		}
	}
}
