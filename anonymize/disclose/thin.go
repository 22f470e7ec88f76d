package disclose

import (
	"slices"
	"strconv"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// step is one number of days at which some entered the study, ended, or were last seen running.
type step struct {
	day     int64
	atRisk  int64
	entered int64   // up to and including this day
	running int64   // those last seen running up to and including this day
	ends    int64   // up to and including this day
	byEnd   []int64 // the same by the way in which they ended
}

// thin publishes the curves in safe steps: each step of a curve is one that ended, so that at least MinCell
// ends (or none) lie between two that are shown. Without the exact counts nothing of a curve is shown; of those counts
// it is told how many had ended in each way at the points that tell the ways out apart.
func (c *control) thin() {
	series := slices.Clone(c.exact.Series)
	for _, k := range c.cat.Curves {
		steps := readSteps(c.exact.SeriesNamed(k.Lifetimes))
		days := c.daysShown(&k, steps)
		c.thinFigures(&k, steps, days)
		for i := range series {
			switch series[i].ID {
			case k.Lifetimes:
				series[i] = c.tellEnds(series[i], &k)
			case k.IncidenceSteps:
				rows := series[i].Rows
				series[i].Rows = nil
				for _, n := range c.rowsByEnd(steps, days) {
					if !c.untold[curveDay{k.ID, steps[n].day}] {
						series[i].Rows = append(series[i].Rows, rows[n])
					}
				}
			case k.Steps:
				series[i] = c.thinCurve(series[i], steps, days)
			}
		}
	}
	c.results.Series = series
}

// readSteps adds up the counts that the curves are computed from.
func readSteps(lifetimes *transform.Series) []step {
	if lifetimes == nil {
		return nil
	}
	var out []step
	last := len(lifetimes.Columns) - 1
	at := step{byEnd: make([]int64, last-2)}
	for row := range lifetimes.All() {
		entered := at.entered + row.Get("entered").Int()
		at = step{
			day: row.Get("day").Int(), atRisk: entered - at.running - at.ends, entered: entered,
			running: at.running + row.Get("running").Int(), ends: at.ends, byEnd: slices.Clone(at.byEnd),
		}
		for k, n := range row.Values[2:last] {
			at.byEnd[k] += n.Int()
			at.ends += n.Int()
		}
		out = append(out, at)
	}
	return out
}

// at returns the state after so many days; its atRisk is of those who reached them.
func at(steps []step, day int64) step {
	var s step
	for _, next := range steps {
		if next.day > day {
			break
		}
		s = next
	}
	if s.day < day {
		s.atRisk = s.entered - s.running - s.ends
	}
	return s
}

// safe reports whether a difference of n may be told.
func (c *control) safe(n int64) bool { return n == 0 || n >= int64(c.MinCell) }

// daysShown are the days of survival figures that lie far enough apart.
func (c *control) daysShown(curve *sql.Curve, steps []step) []int64 {
	var days []int64
	for _, f := range c.exact.Breakdown(curve.Survival, "day", "stat") {
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
	return shown
}

// thinFigures hides the figures of a curve but those of the days that are shown.
func (c *control) thinFigures(curve *sql.Curve, steps []step, shown []int64) {
	told := slices.DeleteFunc(c.daysByEnd(steps, shown), func(d int64) bool { return c.untold[curveDay{curve.ID, d}] })
	risk := c.daysByRisk(steps, shown)
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		if f.ID == curve.Median && f.Status == "" && (len(steps) == 0 || steps[len(steps)-1].entered < int64(c.MinCell)) {
			c.hide(f, cells.Any)
		}
		if f.ID != curve.Survival && f.ID != curve.Incidence || f.Status != "" {
			continue
		}
		d, _ := strconv.ParseInt(f.Dim("day"), 10, 64)
		ok := slices.Contains(shown, d)
		switch {
		case f.ID == curve.Incidence:
			ok = slices.Contains(told, d)
		case f.Dim("stat") == "at_risk":
			ok = slices.Contains(risk, d)
		}
		if !ok {
			c.hide(f, cells.Any)
		}
	}
}

// daysByEnd are the days for which the ways out may be told apart: none of them has grown by a small
// number since the day before.
func (c *control) daysByEnd(steps []step, days []int64) []int64 {
	var out []int64
	var last []int64
	for _, d := range days {
		s := at(steps, d)
		ok := true
		for k, n := range s.byEnd {
			ok = ok && c.safe(n-before(last, k))
		}
		if ok {
			out, last = append(out, d), s.byEnd
		}
	}
	return out
}

// before is what had ended in a way at the day before, where there is one.
func before(byEnd []int64, k int) int64 {
	if byEnd == nil {
		return 0
	}
	return byEnd[k]
}

// daysByRisk are the days for which the number still at risk may be told: of those who entered or left
// since the day before, neither the entered nor the ended nor the running are few.
func (c *control) daysByRisk(steps []step, days []int64) []int64 {
	var out []int64
	var last step
	for _, d := range days {
		s, reached := at(steps, d), at(steps, d-1) // at risk on a day are those who had not left before it
		if c.safe(s.entered-last.entered) && c.safe(reached.running-last.running) {
			out, last = append(out, d), step{entered: s.entered, running: reached.running}
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
			row[risk] = engine.Value{}
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// rowsByEnd are the steps that may be drawn and in which every way out has grown by enough. Where a way out is rare
// as a whole, there are none.
func (c *control) rowsByEnd(steps []step, days []int64) (rows []int) {
	if len(steps) == 0 {
		return nil
	}
	final := steps[len(steps)-1].byEnd
	for _, n := range final {
		if !c.safe(n) {
			return nil
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
			fine = fine && c.safe(n-before(last.byEnd, k)) && c.safe(next[k]-n)
		}
		if fine {
			rows, last = append(rows, i), steps[i]
		}
	}
	return rows
}
