package transform

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"lvv/internal/day"
)

// series computes what pictures need beyond figures, in order of their ids.
func (c *computation) series(ctx context.Context) ([]Series, error) {
	var out []Series
	for _, name := range c.graph.folder("series") {
		s := Series{ID: strings.Replace(name, "_", ".", 1)}
		err := c.query(ctx, name, func(columns []string, row []Value) error {
			if s.Columns == nil {
				s.Columns = slices.Clone(columns)
			}
			s.Rows = append(s.Rows, slices.Clone(row))
			return nil
		})
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	curve, err := c.curve(ctx)
	if err != nil {
		return nil, err
	}
	fan, err := c.fan(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, curve.survivalSeries(), curve.incidenceSeries(), fan)
	slices.SortFunc(out, func(a, b Series) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range out {
		if c.cat.SeriesNamed(s.ID) == nil {
			return nil, fmt.Errorf("the catalogue does not know the series %s", s.ID)
		}
	}
	return out, nil
}

// survivalSeries is the Kaplan-Meier curve with its limits, step by step.
func (c *Curve) survivalSeries() Series {
	s := Series{ID: "duration.curve", Columns: []string{"day", "survival", "low", "high", "at_risk"}}
	for _, step := range c.Steps {
		s.Rows = append(s.Rows, []Value{
			CountOf(int64(step.Days)), RealOf(step.Survival), realOrNull(step.Low), realOrNull(step.High), CountOf(step.AtRisk),
		})
	}
	return s
}

// incidenceSeries is the cumulative incidence of each end, and the share still running.
func (c *Curve) incidenceSeries() Series {
	s := Series{ID: "duration.incidence", Columns: append(append([]string{"day"}, endKinds...), "running")}
	for _, step := range c.Steps {
		row := []Value{CountOf(int64(step.Days))}
		for _, share := range step.Incidence {
			row = append(row, RealOf(share))
		}
		s.Rows = append(s.Rows, append(row, RealOf(step.Survival)))
	}
	return s
}

func realOrNull(f float64) Value {
	if math.IsNaN(f) {
		return Value{}
	}
	return RealOf(f)
}

// fan forecasts the total of durable solutions at the ends of the months to come.
func (c *computation) fan(ctx context.Context) (Series, error) {
	s := Series{ID: "durable.fan", Columns: []string{"date", "p10", "p50", "p90"}}
	records := recordSet{}
	if err := c.query(ctx, "durable", records.add); err != nil {
		return s, err
	}
	passed, all := elapsed(c.terms, c.period.AsOf)
	if passed <= 0 {
		return s, nil
	}
	cases := records["durable.cases"][""].value.Int()
	dates := []day.Day{c.period.AsOf}
	y, m, _ := c.period.AsOf.Civil()
	for d := day.Of(y, m+1, 0); d < c.terms.End; d = day.Of(y, m+1, 0) {
		if d > c.period.AsOf {
			dates = append(dates, d)
		}
		m++
	}
	if c.terms.End > c.period.AsOf {
		dates = append(dates, c.terms.End)
	}
	for _, d := range dates {
		totals := forecastTotals(cases, passed, min(int64(max(0, d-c.period.AsOf)), all-passed))
		s.Rows = append(s.Rows, []Value{DateOf(d), CountOf(totals[0]), CountOf(totals[1]), CountOf(totals[2])})
	}
	return s, nil
}
