package transform

import (
	"context"
	"math"
	"slices"
	"strconv"

	models "lvv/sql"

	"lvv/internal/lists"
	"lvv/transform/engine"
)

// curve reads durations and estimates their curves, once.
func (c *computation) curve(ctx context.Context, of *models.Curve) (*Curve, error) {
	if c.curves[of.ID] != nil {
		return c.curves[of.ID], nil
	}
	kinds := lists.Map(of.Ends.Values, func(end models.Code) string { return end.Value })
	byDays := map[int]*Lifetimes{}
	at := func(days engine.Value) *Lifetimes {
		n := int(days.Int())
		if byDays[n] == nil {
			byDays[n] = &Lifetimes{Days: n, Ended: make([]int64, len(kinds))}
		}
		return byDays[n]
	}
	err := c.query(ctx, of.Model, func(row engine.Row) error {
		number := row.Get("number").Int()
		at(row.Get("entered")).Entered += number
		if k := slices.Index(kinds, row.Get("end_kind").Str()); k >= 0 {
			at(row.Get("days")).Ended[k] += number
		} else {
			at(row.Get("days")).Running += number
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	lives := make([]Lifetimes, 0, len(byDays))
	for _, l := range byDays {
		lives = append(lives, *l)
	}
	slices.SortFunc(lives, func(a, b Lifetimes) int { return a.Days - b.Days })
	c.curves[of.ID] = NewCurve(kinds, lives)
	return c.curves[of.ID], nil
}

// addCurve reads survival, its median and the cumulative incidences off the curves. Where nobody was
// ever at risk there is nothing to estimate.
func (s recordSet) addCurve(cat *models.Catalogue, of *models.Curve, c *Curve) {
	survival, some := of.Survival, !c.Empty()
	for _, code := range cat.Figure(survival).Breakdowns[0][0].Values {
		days, _ := strconv.Atoi(code.Value)
		at, day := c.At(days), Dim{"day", code.Value}
		s.mustPut(survival, realOrUndefined(at.Survival, some), day, Dim{"stat", "estimate"})
		s.mustPut(survival, realOrUndefined(at.Low, some), day, Dim{"stat", "low"})
		s.mustPut(survival, realOrUndefined(at.High, some), day, Dim{"stat", "high"})
		s.mustPut(survival, record{value: engine.CountOf(at.AtRisk)}, day, Dim{"stat", "at_risk"})
		for k, kind := range c.Kinds {
			s.mustPut(of.Incidence, realOrUndefined(at.Incidence[k], some), day, Dim{"outcome", kind})
		}
	}
	estimate, low, high, ok := c.Median()
	for i, v := range []int{estimate, low, high} {
		stat := []string{"estimate", "low", "high"}[i]
		s.mustPut(of.Median, realOrUndefined(float64(v), ok[i]), Dim{"stat", stat})
	}
}

// Series are the Kaplan-Meier curve with its limits, step by step; the cumulative incidence of each
// end with the share still running; and the counts that both are computed from.
func (c *Curve) Series(of *models.Curve) []Series {
	curve := Series{ID: of.Steps, Columns: []string{"day", "survival", "low", "high", "at_risk"}}
	incidence := Series{ID: of.IncidenceSteps, Columns: append(append([]string{"day"}, c.Kinds...), "running")}
	for _, step := range c.Steps {
		day := engine.CountOf(int64(step.Days))
		curve.Rows = append(curve.Rows, []engine.Value{
			day, rounded(step.Survival), realOrNull(step.Low), realOrNull(step.High), engine.CountOf(step.AtRisk),
		})
		row := []engine.Value{day}
		for _, share := range step.Incidence {
			row = append(row, rounded(share))
		}
		incidence.Rows = append(incidence.Rows, append(row, rounded(step.Survival)))
	}
	counts := Series{ID: of.Lifetimes, Columns: append(append([]string{"day", "entered"}, c.Kinds...), "running")}
	for _, l := range c.lives {
		row := []engine.Value{engine.CountOf(int64(l.Days)), engine.CountOf(l.Entered)}
		for _, n := range l.Ended {
			row = append(row, engine.CountOf(n))
		}
		counts.Rows = append(counts.Rows, append(row, engine.CountOf(l.Running)))
	}
	return []Series{curve, incidence, counts}
}

func realOrNull(f float64) engine.Value {
	if math.IsNaN(f) {
		return engine.Value{}
	}
	return rounded(f)
}
