package disclose

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"lvv/sql"
	"lvv/transform"
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
		ends := func(day int64) (all int64, by [4]int64) {
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
		for _, row := range p.Results().SeriesNamed("duration.curve").Rows {
			told = append(told, row[0].Int())
			rows++
			if !row[4].IsNull() {
				t.Fatal("the curve tells the number at risk")
			}
		}
		for _, row := range p.Results().SeriesNamed("duration.incidence").Rows {
			told, toldBy = append(told, row[0].Int()), append(toldBy, row[0].Int())
		}
		for _, f := range p.Results().Figures {
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
			all, _ := ends(d)
			if grown := all - last; grown > 0 && grown < 5 {
				t.Fatalf("system %d: %d ends up to day %d stand out", n, grown, d)
			}
			last = all
		}
		for _, d := range toldBy {
			_, by := ends(d)
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

func randomExits(r *rand.Rand) []transform.Exit {
	var out []transform.Exit
	for day := range 900 {
		if r.IntN(12) > 0 {
			continue
		}
		e := transform.Exit{Days: day + 1, Running: r.Int64N(3)}
		for k := range e.Ended {
			if r.IntN(3) == 0 {
				e.Ended[k] = r.Int64N(4)
			}
		}
		out = append(out, e)
	}
	return out
}

// curveResults are results with the duration curves alone.
func curveResults(exits []transform.Exit) *transform.Results {
	curve := transform.NewCurve(exits)
	r := &transform.Results{}
	a := transform.Series{ID: "duration.curve", Columns: []string{"day", "survival", "low", "high", "at_risk"}}
	b := transform.Series{ID: "duration.incidence", Columns: append(append([]string{"day"}, endColumns...), "running")}
	for _, s := range curve.Steps {
		day := transform.CountOf(int64(s.Days))
		a.Rows = append(a.Rows, []transform.Value{day, transform.RealOf(s.Survival), transform.RealOf(s.Low), transform.RealOf(s.High), transform.CountOf(s.AtRisk)})
		row := []transform.Value{day}
		for _, share := range s.Incidence {
			row = append(row, transform.RealOf(share))
		}
		b.Rows = append(b.Rows, append(row, transform.RealOf(s.Survival)))
	}
	r.Series = []transform.Series{a, b}
	for _, day := range []string{"90", "180", "365", "540", "730"} {
		for _, stat := range []string{"estimate", "at_risk"} {
			v := transform.RealOf(0.5)
			if stat == "at_risk" {
				v = transform.CountOf(7)
			}
			r.Figures = append(r.Figures, transform.Figure{ID: "duration.survival", Unit: "ratio", Value: v,
				Dims: []transform.Dim{{Name: "day", Value: day}, {Name: "stat", Value: stat}}})
		}
		for _, end := range endColumns {
			r.Figures = append(r.Figures, transform.Figure{ID: "duration.cumulative_incidence", Unit: "ratio", Value: transform.RealOf(0.1),
				Dims: []transform.Dim{{Name: "outcome", Value: end}, {Name: "day", Value: day}}})
		}
	}
	return r
}
