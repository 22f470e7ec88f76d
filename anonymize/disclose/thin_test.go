package disclose

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestThinnedCurves publishes random curves and takes everything that is left of them together, as a reader
// would: between any two days that something is told of, no small number of trajectories has ended, in
// all or in any of the four ways that are told.
func TestThinnedCurves(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(2, 9))
	rows := 0
	for n := range 300 {
		exits := randomExits(r)
		results := curveResults(exits)
		p, err := Protect(results, cat, DefaultOptions(5))
		if err != nil {
			t.Fatal(err)
		}
		endsBy := func(day int64) (all int64, by [4]int64) {
			for _, e := range exits {
				if int64(e.Days) <= day {
					for k, ended := range e.Ended {
						all += ended
						by[k] += ended
					}
				}
			}
			return all, by
		}
		told, toldBy := []int64{}, []int64{}
		for _, row := range p.results.SeriesNamed("duration.curve").Rows {
			told = append(told, row[0].Int())
			rows++
			if !row[4].IsNull() {
				t.Fatal("the curve tells the number at risk")
			}
		}
		for _, row := range p.results.SeriesNamed("duration.incidence").Rows {
			told, toldBy = append(told, row[0].Int()), append(toldBy, row[0].Int())
		}
		for _, f := range p.results.Figures {
			day, err := strconv.ParseInt(f.Dim("day"), 10, 64)
			if err != nil || f.Status != "" {
				continue
			}
			if f.Dim("stat") != "at_risk" {
				told = append(told, day)
			}
			if f.ID == "duration.cumulative_incidence" {
				toldBy = append(toldBy, day)
			}
		}
		slices.Sort(told)
		slices.Sort(toldBy)
		last, lastBy := int64(0), [4]int64{}
		for _, d := range append(told, 1<<40) {
			all, _ := endsBy(d)
			if grown := all - last; grown > 0 && grown < 5 {
				t.Fatalf("system %d: %d ends up to day %d stand out", n, grown, d)
			}
			last = all
		}
		for _, d := range toldBy {
			_, by := endsBy(d)
			for k := range by {
				if grown := by[k] - lastBy[k]; grown > 0 && grown < 5 {
					t.Fatalf("system %d: %d ends of kind %d up to day %d stand out", n, grown, k, d)
				}
			}
			lastBy = by
		}
	}
	if rows < 1000 {
		t.Errorf("%d rows were shown in all: too few to mean anything", rows)
	}
}

var ends = []string{"return", "onward", "legalisation", "other"}

func randomExits(r *rand.Rand) []transform.Lifetimes {
	var out []transform.Lifetimes
	all := int64(0)
	for day := range 900 {
		if r.IntN(12) > 0 {
			continue
		}
		e := transform.Lifetimes{Days: day + 1, Running: r.Int64N(3), Ended: make([]int64, len(ends))}
		for k := range e.Ended {
			if r.IntN(3) == 0 {
				e.Ended[k] = r.Int64N(4)
			}
		}
		out = append(out, e)
		all += e.Running
		for _, n := range e.Ended {
			all += n
		}
	}
	// Some enter late, before the first leaves.
	late := min(all, r.Int64N(20))
	first := []transform.Lifetimes{{Entered: all - late, Ended: make([]int64, len(ends))}}
	if late > 0 && out[0].Days > 1 {
		first = append(first, transform.Lifetimes{Days: 1, Entered: late, Ended: make([]int64, len(ends))})
	} else {
		first[0].Entered = all
	}
	return append(first, out...)
}

// curveResults are results with the duration curves alone.
func curveResults(exits []transform.Lifetimes) *transform.Results {
	r := &transform.Results{Series: transform.NewCurve(ends, exits).Series(&sql.Curve{Steps: "duration.curve", IncidenceSteps: "duration.incidence", Lifetimes: "duration.lifetimes"})}
	for _, day := range []string{"90", "180", "365", "540", "730"} {
		for _, stat := range []string{"estimate", "at_risk"} {
			v := engine.RealOf(0.5)
			if stat == "at_risk" {
				v = engine.CountOf(7)
			}
			r.Figures = append(r.Figures, transform.Figure{ID: "duration.survival", Unit: "ratio", Value: v,
				Dims: []transform.Dim{{Name: "day", Value: day}, {Name: "stat", Value: stat}}})
		}
		for _, end := range ends {
			r.Figures = append(r.Figures, transform.Figure{ID: "duration.cumulative_incidence", Unit: "ratio", Value: engine.RealOf(0.1),
				Dims: []transform.Dim{{Name: "outcome", Value: end}, {Name: "day", Value: day}}})
		}
	}
	return r
}
