package disclose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// endPoint is how many of a curve had ended after a number of days, in each way. A report tells it of every point that tells the ways out apart: whoever has
// the probabilities in all their digits may well work it out.
type endPoint struct {
	days  int64
	ended []int64
	cells []int // of the system, once they have some
}

// curveEnds are the points of one curve of a report.
type curveEnds struct {
	curve  *sql.Curve
	points []endPoint
}

// point returns the first point that is as far or further.
func (e *curveEnds) point(days int64) *endPoint {
	if e == nil {
		return nil
	}
	if i := slices.IndexFunc(e.points, func(p endPoint) bool { return p.days >= days }); i >= 0 {
		return &e.points[i]
	}
	return nil
}

// pointsOf reads the points of a curve from the series of those who ended between each of them and the one before.
func pointsOf(ended *published.Series, k *sql.Curve) []endPoint {
	if ended == nil {
		return nil
	}
	var out []endPoint
	last := make([]int64, len(k.Ends.Values))
	for _, row := range ended.Rows {
		if row[0].Kind() != engine.Count {
			break // those who ended after the last point
		}
		p := endPoint{days: row[0].Int(), ended: slices.Clone(last)}
		for w, end := range k.Ends.Values {
			i := slices.IndexFunc(ended.Columns, func(c published.Column) bool { return c.Name == end.Value })
			if i < 0 || row[i].Kind() != engine.Count {
				return nil
			}
			p.ended[w] += row[i].Int()
		}
		last = p.ended
		out = append(out, p)
	}
	return out
}

// pointsIn lists the points at which the curves of the report to be published may be told apart by ways out, as far as the curves themselves go.
func (c *control) pointsIn(k *sql.Curve) []endPoint {
	steps := readSteps(c.exact.SeriesNamed(k.Lifetimes))
	shown := c.daysShown(k, steps)
	days := c.daysByEnd(steps, shown)
	for _, i := range c.rowsByEnd(steps, shown) {
		days = append(days, steps[i].day)
	}
	slices.Sort(days)
	var out []endPoint
	for _, d := range slices.Compact(days) {
		if s := at(steps, d); s.ends > 0 {
			out = append(out, endPoint{days: d, ended: s.byEnd})
		}
	}
	return out
}

// tellEnds leaves of the counts that a curve is computed from what is told of its points, and how many ended after the last of them.
func (c *control) tellEnds(s transform.Series, k *sql.Curve) transform.Series {
	out := transform.Series{ID: s.ID, Columns: []string{"day", "ended"}}
	for _, end := range k.Ends.Values {
		out.Columns = append(out.Columns, end.Value)
	}
	last := make([]int64, len(k.Ends.Values))
	for _, p := range c.pointsIn(k) {
		if c.untold[curveDay{k.ID, p.days}] {
			continue
		}
		row, sum := []engine.Value{engine.CountOf(p.days), {}}, int64(0)
		for w, n := range p.ended {
			row, sum = append(row, engine.CountOf(n-last[w])), sum+n-last[w]
		}
		row[1] = engine.CountOf(sum)
		out.Rows, last = append(out.Rows, row), p.ended
	}
	if all, some := allEnded(&s, k); some {
		rest := make([]engine.Value, len(out.Columns))
		for _, n := range last {
			all -= n
		}
		rest[1] = engine.CountOf(all)
		out.Rows = append(out.Rows, rest)
	}
	return out
}

// allEnded adds up all who ended: of the exact counts, or of what is told of them. A document may hold anything in their place.
func allEnded(s *transform.Series, k *sql.Curve) (n int64, some bool) {
	if s == nil || k.All == nil || len(s.Rows) == 0 {
		return 0, false
	}
	told := slices.Contains(s.Columns, "ended")
	for i, name := range s.Columns {
		if name != "ended" && (told || k.Ends.Value(name) == nil) {
			continue
		}
		for _, row := range s.Rows {
			if row[i].Kind() != engine.Count {
				return 0, false
			}
			n += row[i].Int()
		}
	}
	return n, true
}

// hideCurve hides all that rests on a curve.
func hideCurve(cat *sql.Catalogue, r *transform.Results, k *sql.Curve) {
	for i := range r.Series {
		if of := cat.SeriesNamed(r.Series[i].ID); of != nil && of.RestsOn != nil && of.RestsOn.Curve == k.ID {
			r.Series[i].Rows = nil
		}
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		if of := cat.Figure(f.ID); of != nil && of.RestsOn != nil && of.RestsOn.Curve == k.ID {
			f.Value, f.Status, f.Reason = engine.Value{}, transform.Suppressed, transform.Covered
		}
	}
}

// curveDay is a point of a curve.
type curveDay struct {
	curve string
	days  int64
}

// enterCurves enters the points of a report's curves.
func (r *report) enterCurves(of func(*sql.Curve) []endPoint) {
	for i := range r.s.cat.Curves {
		k := &r.s.cat.Curves[i]
		e := curveEnds{k, of(k)}
		table := r.label + k.Incidence
		for n := range e.points {
			p := &e.points[n]
			for w, ended := range p.ended {
				cell := cells.Cell{Value: ended, Known: true, Role: cells.Past, Low: ended, High: ended, Table: r.s.tableNumber("")}
				if r.now {
					cell.Role, cell.Table, cell.Crossed, cell.Unsaid = cells.Open, r.s.tableNumber(table), true, true
					cell.Rank = int64(r.s.order(table, n, len(e.points)))
				}
				of := table + "|" + k.Ends.Dim + "=" + k.Ends.Values[w].Value + "|day=" + strconv.FormatInt(p.days, 10)
				p.cells = append(p.cells, r.s.add(of, cell, exact{ended, true}))
			}
		}
		if len(e.points) > 0 {
			r.curves = append(r.curves, e)
		}
	}
}

// tellsCurves enters what a published document tells of its curves.
func (r *report) tellsCurves(d *published.Document) {
	r.enterCurves(func(k *sql.Curve) []endPoint { return pointsOf(d.SeriesNamed(k.Lifetimes), k) })
}

// curveOf returns the points of a curve, or nil.
func (r *report) curveOf(k *sql.Curve) *curveEnds {
	if i := slices.IndexFunc(r.curves, func(e curveEnds) bool { return e.curve == k }); i >= 0 {
		return &r.curves[i]
	}
	return nil
}

// hasCurve reports whether a curve of a report still reads as it did.
func (m *moment) hasCurve(r *report, k *sql.Curve) bool {
	return m != nil && slices.ContainsFunc(m.reports, func(now *report) bool { return now.origin() == r.origin() && now.curveOf(k) != nil })
}

// uncorrected are the curves of which no figure was corrected.
func (r *report) uncorrected(of []transform.Restatement) []curveEnds {
	return slices.DeleteFunc(slices.Clone(r.curves), func(e curveEnds) bool {
		return slices.ContainsFunc(of, func(c transform.Restatement) bool {
			return c.ID == e.curve.Survival || c.ID == e.curve.Incidence || c.ID == e.curve.Median
		})
	})
}

// among lists the figures of which counts are those that the ends of a curve are among.
func among(k *sql.Curve) []string {
	var out []string
	for _, of := range k.Among {
		out = append(out, of.Figure)
	}
	return out
}

// ofCurves lists the days from the pilot's start of which curves tell something of a figure.
func (m *moment) ofCurves(id string, start day.Day) (out []span) {
	for _, r := range m.reports {
		if slices.ContainsFunc(r.curves, func(e curveEnds) bool { return slices.Contains(among(e.curve), id) }) && start <= r.period.AsOf {
			out = append(out, span{from: start, until: r.period.AsOf + 1})
		}
	}
	return out
}

// curves says of every point of a curve that those who had ended in a way are among all who ended so from the pilot's start to the reference
// date; and those of them who had not ended at an earlier report, among those who ended so since. Whoever is counted after so many days was
// counted after as many or more before, and a curve in which an end can be taken back does not count it any longer.
func (s *system) curves(m moment, lines map[string]*timeline) {
	reports := inOrderOfDates(m.reports)
	for i, r := range reports {
		for _, e := range r.curves {
			for n := range e.points {
				p := &e.points[n]
				s.amongEnded(m, lines, e.curve, p, nil, s.start, r.period.AsOf+1)
				for _, before := range reports[:i] {
					if was := before.curveOf(e.curve).point(p.days); was != nil && before.period.AsOf < r.period.AsOf {
						s.amongEnded(m, lines, e.curve, p, was, before.period.AsOf+1, r.period.AsOf+1)
					}
				}
			}
		}
	}
}

// amongEnded enters what a point, less an earlier one, says of the time from one day up to but not including another.
func (s *system) amongEnded(m moment, lines map[string]*timeline, k *sql.Curve, p, was *endPoint, from, until day.Day) {
	var others []int
	for w := range k.Among {
		in, ok := m.ended(&k.Among[w], lines, from, until)
		if !ok {
			continue
		}
		parts := []int{p.cells[w]}
		if w == len(k.Among)-1 {
			parts = append(parts, others...)
		}
		others = append(others, in...)
		added := s.exact[p.cells[w]].value
		if was != nil {
			added -= s.exact[was.cells[w]].value
			in = append(slices.Clip(in), was.cells[w])
		}
		if added > 0 || len(parts) > 1 {
			s.atMost(parts, in, fmt.Sprintf("what is beside %s since %s", s.names[p.cells[w]], from))
		}
	}
}

// ended returns the pieces between two days of the counts that a declaration names, each of its values.
func (m *moment) ended(n *sql.Count, lines map[string]*timeline, from, until day.Day) ([]int, bool) {
	var names []string
	for _, name := range m.namesOf(n.Figure) {
		if m.count(name).is(n) {
			names = append(names, name)
		}
	}
	values := 1
	for _, d := range n.Dims {
		values *= 1 + strings.Count(d.Value, "|")
	}
	if len(names) < values {
		return nil, false
	}
	return betweenAll(names, lines, from, until)
}
