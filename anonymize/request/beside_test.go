package request

import (
	"errors"
	"slices"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/internal/thorough"
	"lvv/sql"
	"lvv/transform"
)

// TestReportBesideAnswers: an answer told two values of a characteristic together, and the report tells them apart: whoever has both
// subtracts one from the other. Of every pair of a small count and a shown one, the report that knows of the answer shows neither.
func TestReportBesideAnswers(t *testing.T) {
	o := optionsFor(t, "2020-Q3")
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	results, err := transform.Compute(t.Context(), o.Engine, o.Terms, o.Period)
	if err != nil {
		t.Fatal(err)
	}
	protect := func(answers []*Answer) *published.Document {
		p := disclose.DefaultOptions(o.Terms.MinCell)
		if p.Beside, err = Beside(t.Context(), o.Engine, o.Terms, o.Period, cat, answers); err != nil {
			t.Fatal(err)
		}
		out, err := disclose.Protect(results, cat, p)
		if err != nil {
			t.Fatal(err)
		}
		return out.Document(cat)
	}
	alone := protect(nil)
	attacked, held, most := 0, 0, 2 // most: attacks on one figure
	if thorough.On {
		most = 12
	}
	for _, a := range []struct{ figure, dim string }{{"subgoal.admitted", "special_group"}, {"inflow.applications", "referred_by"}, {"outflow.trajectories", "outcome"}} {
		equals, err := equalsOf(cat)
		if err != nil {
			t.Fatal(err)
		}
		var e equal
		for _, one := range equals {
			if one.figure == a.figure {
				e = one
			}
		}
		before := attacked
		for _, small := range alone.Breakdown(a.figure, a.dim) {
			exact := results.Figure(a.figure, a.dim, small.Dim(a.dim)).Value.Int()
			for _, shown := range alone.Breakdown(a.figure, a.dim) {
				if exact == 0 || exact > 4 || !shown.Known() || shown.Value.Int() == 0 || attacked-before >= most {
					continue
				}
				asked := o
				where := append([]condition{among(a.dim, small.Dim(a.dim), shown.Dim(a.dim))}, e.where...)
				asked.Request = &Request{Title: "both", Tables: []Table{{Name: "both", Unit: e.unit.Name, Measure: Count, Where: where}}}
				answer, err := Run(t.Context(), asked)
				if _, refused := errors.AsType[*Refusal](err); refused {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				told := answer.Tables[0].Counts[0]
				if told.Withdrawn || len(told.Cells) == 0 || !told.Cells[0].shown() {
					continue
				}
				attacked++
				f := protect([]*Answer{answer}).Figure(a.figure, a.dim, shown.Dim(a.dim))
				if f.Suppressed() {
					held++
				} else {
					t.Errorf("%s: %s and %s were told together, and the second is shown", a.figure, small.Dim(a.dim), shown.Dim(a.dim))
				}
			}
		}
	}
	t.Logf("%d attacks, %d held", attacked, held)
	if attacked < 4 {
		t.Errorf("only %d attacks", attacked)
	}
}

// TestAnswerBeforeReport: an answer that is given before there is a report leaves every small number open beside the total that the report of its period
// will tell, and beside the mean and the quantiles of the days.
func TestAnswerBeforeReport(t *testing.T) {
	small := 0
	for _, label := range []string{"2019-07", "2019-10", "2020-05", "2020-06"} {
		o := optionsFor(t, label)
		results, err := transform.Compute(t.Context(), o.Engine, o.Terms, o.Period)
		if err != nil {
			t.Fatal(err)
		}
		total := results.Figure("duration.ended", "stat", "n").Value.Int()
		for _, by := range []string{"days", "age", "scenario"} {
			ended := between("ended_on", o.Period.From.String(), o.Period.To.String())
			o.Request = &Request{Title: by, Tables: []Table{{Name: by, Unit: "trajectories", Measure: Count, By: []string{by}, Where: []condition{ended}}}}
			a, err := Run(t.Context(), o)
			if _, refused := errors.AsType[*Refusal](err); refused {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			told := a.Tables[0].Counts[0]
			low, high := int64(0), int64(0)
			for _, c := range told.Cells {
				low, high = low+c.Low, min(high+c.High, cells.Unbounded)
			}
			if by == "days" {
				bounds := map[string][2]int64{}
				for _, c := range told.Cells {
					bounds[c.Labels[0]] = [2]int64{c.Low, c.High}
				}
				open := possible(o.daysEnded(t), dayBands, []string{"p25", Median, "p75", Mean}, bounds)
				for band, b := range bounds {
					for x := int64(1); b[1] == 4 && b[0] == 1 && x < 5; x++ {
						if !open[band][x] {
							t.Errorf("%s: of the days of all that ended, with %v told, %s cannot be of %d", label, bounds, band, x)
						}
					}
				}
			}
			for _, c := range told.Cells {
				if c.High >= 5 || c.Low == c.High {
					continue
				}
				small++
				for x := int64(1); x < 5; x++ {
					if rest := total - x; rest < low-c.Low || high < cells.Unbounded && rest > high-c.High {
						t.Errorf("%s by %s: of %d that ended, %v cannot be %d", label, by, total, c.Labels, x)
					}
				}
			}
		}
	}
	if small == 0 {
		t.Error("no small count was hidden")
	}
	t.Logf("%d small counts", small)
}

// TestReportsTellFigureByFigure: each figure of each report has a number of its own, also of reports that lack most figures.
func TestReportsTellFigureByFigure(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	equals, err := equalsOf(cat)
	if err != nil {
		t.Fatal(err)
	}
	var all []*counted
	of := map[int]string{}
	for _, e := range slices.Backward(equals) {
		d := &published.Document{Figures: []published.Figure{{ID: e.figure, Unit: "count"}}}
		for _, one := range reported(equals, d, len(all)) {
			if before, has := of[one.source]; has && before != e.figure {
				t.Errorf("%s and %s of another report have the number %d", e.figure, before, one.source)
			}
			of[one.source] = e.figure
			all = append(all, one)
		}
	}
	if len(all) < 10 {
		t.Errorf("%d counts", len(all))
	}
}

var dayBands = []testBand{
	{"0-30", 0, 30}, {"31-90", 31, 90}, {"91-180", 91, 180}, {"181-360", 181, 360}, {"361-540", 361, 540}, {"541-720", 541, 720}, {"721+", 721, 10_000},
}

// daysEnded are the days of the trajectories that ended in the period, the shortest first.
func (o *Options) daysEnded(t *testing.T) []int {
	trajectories := unitNamed("trajectories")
	ended := &tally{unit: trajectories, period: o.Period, where: []condition{between("ended_on", fromPeriod, toPeriod)}}
	v, err := spreads(t.Context(), o.Engine, o.Terms, ended, "days")
	if err != nil {
		t.Fatal(err)
	}
	return lists.Map(v[key(nil)], func(days float64) int { return int(days) })
}
