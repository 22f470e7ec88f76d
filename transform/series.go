package transform

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/transform/engine"
)

// series computes what pictures need beyond figures, in order of their ids.
func (c *computation) series(ctx context.Context) ([]Series, error) {
	var out []Series
	for _, name := range c.graph.folder("series") {
		s := Series{ID: strings.Replace(name, "_", ".", 1)}
		err := c.query(ctx, name, func(row engine.Row) error {
			if s.Columns == nil {
				s.Columns = slices.Clone(row.Columns)
			}
			s.Rows = append(s.Rows, slices.Clone(row.Values))
			return nil
		})
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	for i := range c.cat.Curves {
		of := &c.cat.Curves[i]
		curve, err := c.curve(ctx, of)
		if err != nil {
			return nil, err
		}
		out = append(out, curve.Series(of)...)
	}
	fan, err := c.fan(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, fan)
	slices.SortFunc(out, func(a, b Series) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range out {
		if c.cat.SeriesNamed(s.ID) == nil {
			return nil, fmt.Errorf("the catalogue does not know the series %s", s.ID)
		}
	}
	return out, nil
}

// fan forecasts the total of durable solutions at the ends of the months to come.
func (c *computation) fan(ctx context.Context) (Series, error) {
	s := Series{ID: "durable.fan", Columns: []string{"date", "p10", "p50", "p90"}}
	solved, err := c.solutions(ctx)
	if err != nil {
		return s, err
	}
	passed, all := elapsed(c.terms, c.period.AsOf)
	if passed <= 0 {
		return s, nil
	}
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
		totals := solved.forecast(c.period.AsOf, passed, min(int64(max(0, d-c.period.AsOf)), all-passed))
		s.Rows = append(s.Rows, []engine.Value{engine.DateOf(d), engine.CountOf(totals[0]), engine.CountOf(totals[1]), engine.CountOf(totals[2])})
	}
	return s, nil
}
