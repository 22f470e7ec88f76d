package disclose

import (
	"math"
	"slices"
	"strconv"

	"lvv/anonymize/cells"
	"lvv/transform"
)

// curves are the figures that describe how long trajectories run. Each step of such a curve is one
// trajectory that ended, so they are published in steps of at least MinCell ends (or none).
var curves = map[string]bool{"duration.survival": true, "duration.cumulative_incidence": true}

// step is one number of days at which trajectories ended or were last seen running.
type step struct {
	day    int64
	atRisk int64
	ends   int64    // up to and including this day
	byEnd  [4]int64 // the same by the way in which they ended
}

// ends in the order of the series duration.incidence.
var endColumns = []string{"return", "onward", "legalisation", "other"}

// thin publishes the duration curves in safe steps. Without the exact curves nothing of them is shown.
func (c *control) thin() {
	curve, incidence := c.exact.SeriesNamed("duration.curve"), c.exact.SeriesNamed("duration.incidence")
	steps := readSteps(curve, incidence)
	days := c.thinFigures(steps)
	c.results.Series = nil
	for _, s := range c.exact.Series {
		switch s.ID {
		case "duration.curve":
			s = c.thinCurve(s, steps, days)
		case "duration.incidence":
			s = c.thinIncidence(s, steps, days)
		}
		c.results.Series = append(c.results.Series, s)
	}
}

// readSteps recovers the whole numbers behind the curves.
func readSteps(curve, incidence *transform.Series) []step {
	if curve == nil || incidence == nil || len(curve.Rows) != len(incidence.Rows) {
		return nil
	}
	survival, risk := slices.Index(curve.Columns, "survival"), slices.Index(curve.Columns, "at_risk")
	var out []step
	var at step
	before, shares := 1.0, [4]float64{}
	for i, row := range curve.Rows {
		at.day, at.atRisk = row[0].Int(), row[risk].Int()
		for k, end := range endColumns {
			share := incidence.Rows[i][slices.Index(incidence.Columns, end)].Float()
			if before > 0 {
				n := int64(math.Round((share - shares[k]) / before * float64(at.atRisk)))
				at.byEnd[k] += n
				at.ends += n
			}
			shares[k] = share
		}
		before = row[survival].Float()
		out = append(out, at)
	}
	return out
}

// at returns the state after so many days; its atRisk is of those who reached them.
func at(steps []step, day int64) step {
	var s step
	for _, next := range steps {
		if next.day > day {
			s.atRisk = next.atRisk
			return s
		}
		s = next
	}
	if len(steps) == 0 || steps[len(steps)-1].day < day {
		s.atRisk = 0
	}
	return s
}

// safe reports whether a difference of n may be told.
func (c *control) safe(n int64) bool { return n == 0 || n >= int64(c.MinCell) }

// thinFigures hides the survival figures whose days lie too close together, and returns the days that
// are shown.
func (c *control) thinFigures(steps []step) []int64 {
	var days []int64
	for _, f := range c.exact.Breakdown("duration.survival", "day", "stat") {
		if d, err := strconv.ParseInt(f.Dim("day"), 10, 64); err == nil && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	shown, last := []int64{}, int64(0)
	for _, d := range days {
		if s := at(steps, d); len(steps) > 0 && c.safe(s.ends-last) && s.atRisk >= int64(c.MinCell) {
			shown, last = append(shown, d), s.ends
		}
	}
	for len(shown) > 0 && !c.safe(steps[len(steps)-1].ends-at(steps, shown[len(shown)-1]).ends) {
		shown = shown[:len(shown)-1]
	}
	told := c.daysByEnd(steps, shown)
	risk := c.daysByRisk(steps, shown)
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		if f.ID == "duration.survival_median" && f.Status == "" && (len(steps) == 0 || steps[0].atRisk < int64(c.MinCell)) {
			c.hide(f, cells.Any)
		}
		if !curves[f.ID] || f.Status != "" {
			continue
		}
		d, _ := strconv.ParseInt(f.Dim("day"), 10, 64)
		ok := slices.Contains(shown, d)
		switch {
		case f.ID == "duration.cumulative_incidence":
			ok = slices.Contains(told, d)
		case f.Dim("stat") == "at_risk":
			ok = slices.Contains(risk, d)
		}
		if !ok {
			c.hide(f, cells.Any)
		}
	}
	return shown
}

// daysByEnd are the days for which the ways out may be told apart: none of them has grown by a small
// number since the day before.
func (c *control) daysByEnd(steps []step, days []int64) []int64 {
	var out []int64
	var last [4]int64
	for _, d := range days {
		s := at(steps, d)
		ok := true
		for k, n := range s.byEnd {
			ok = ok && c.safe(n-last[k])
		}
		if ok {
			out, last = append(out, d), s.byEnd
		}
	}
	return out
}

// daysByRisk are the days for which the number still at risk may be told: of those who left since the
// day before, neither the ended nor the running are few.
func (c *control) daysByRisk(steps []step, days []int64) []int64 {
	var out []int64
	if len(steps) == 0 {
		return out
	}
	last := step{atRisk: steps[0].atRisk}
	for _, d := range days {
		s := at(steps, d)
		ended := s.ends - last.ends
		if running := last.atRisk - s.atRisk - ended; c.safe(running) {
			out, last = append(out, d), s
		}
	}
	return out
}

// rowsBetween returns which steps may be drawn: at least MinCell ends after the one before, and as many
// before the next day that a figure is given for.
func (c *control) rowsBetween(steps []step, days []int64) []bool {
	out := make([]bool, len(steps))
	last := int64(0)
	for i, s := range steps {
		if s.day == 0 && s.ends == 0 {
			out[i] = true
			continue
		}
		next := steps[len(steps)-1].ends
		for _, d := range slices.Backward(days) {
			if d >= s.day {
				next = at(steps, d).ends
			} else if ends := at(steps, d).ends; ends > last {
				last = ends
			}
		}
		if s.ends-last >= int64(c.MinCell) && c.safe(next-s.ends) && s.atRisk >= int64(c.MinCell) {
			out[i], last = true, s.ends
		}
	}
	return out
}

// thinCurve keeps the rows that may be drawn, without the numbers at risk.
func (c *control) thinCurve(s transform.Series, steps []step, days []int64) transform.Series {
	rows, risk := s.Rows, slices.Index(s.Columns, "at_risk")
	s.Rows = nil
	for i, ok := range c.rowsBetween(steps, days) {
		if ok {
			row := slices.Clone(rows[i])
			row[risk] = transform.Value{}
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// thinIncidence keeps the rows that may be drawn and in which every way out has grown by enough. Where
// a way out is rare as a whole, the ways out are not drawn.
func (c *control) thinIncidence(s transform.Series, steps []step, days []int64) transform.Series {
	rows := s.Rows
	s.Rows = nil
	if len(steps) == 0 {
		return s
	}
	final := steps[len(steps)-1].byEnd
	for _, n := range final {
		if !c.safe(n) {
			return s
		}
	}
	told := c.daysByEnd(steps, days)
	var last step
	for i, ok := range c.rowsBetween(steps, days) {
		if !ok {
			continue
		}
		for _, d := range told {
			if s := at(steps, d); d < steps[i].day && s.ends > last.ends {
				last = s
			}
		}
		next := final
		for _, d := range slices.Backward(told) {
			if d >= steps[i].day {
				next = at(steps, d).byEnd
			}
		}
		fine := true
		for k, n := range steps[i].byEnd {
			fine = fine && c.safe(n-last.byEnd[k]) && c.safe(next[k]-n)
		}
		if fine {
			s.Rows = append(s.Rows, rows[i])
			last = steps[i]
		}
	}
	return s
}
