package disclose

import (
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/transform"
)

// endings are, of each way out of a curve, the outcomes of trajectories that end so. Whatever else ends is other.
var endings = map[string]map[string][]string{
	"duration": {"return": {"return"}, "onward": {"onward"}, "legalisation": {"legalisation"}},
	"course":   {"return": {"return"}, "onward": {"onward"}, "legalisation": {"legalisation"}, "semi_durable": {"repeat_application", "medical_deferral"}},
}

const endedInAll = "duration.ended|stat=n"

// point is how many of a curve had ended after so many days, by way out.
type point struct {
	days  int64
	ended map[string]int64
}

// points reads what a report tells of the ends of a curve.
func (p *paper) points(id string) (out []point) {
	s := p.d.SeriesNamed(id + ".lifetimes")
	if s == nil || p.redrawn[id] {
		return nil
	}
	last := map[string]int64{}
	for _, row := range s.Rows {
		if row[0].IsNull() {
			break // those who ended after the last point
		}
		ended := maps.Clone(last)
		for k, c := range s.Columns[2:] {
			ended[c.Name] += row[k+2].Int()
		}
		out, last = append(out, point{row[0].Int(), ended}), ended
	}
	return out
}

// allEnded adds up the trajectories that ended since the pilot's start.
func (p *paper) allEnded() (n int64, known bool) {
	s := p.d.SeriesNamed("duration.lifetimes")
	if s == nil || len(s.Rows) == 0 || p.redrawn["duration"] {
		return 0, false
	}
	for _, row := range s.Rows {
		n += row[1].Int()
	}
	return n, true
}

// redrawnBy lists the curves of which a figure was corrected.
func redrawnBy(corrected map[string]int) map[string]bool {
	out := map[string]bool{}
	for name := range corrected {
		id, figure, _ := strings.Cut(name, ".")
		figure, _, _ = strings.Cut(figure, "|")
		out[id] = out[id] || slices.Contains([]string{"survival", "survival_median", "cumulative_incidence"}, figure)
	}
	return out
}

// curves: those who had ended in a way after so many days are among the trajectories that ended so from the pilot's start to the reference
// date, and those who did so since an earlier report are among what ended so since. A course that had ended may go on; none of the
// others had ended before.
func (x *axis) curves(charts []*published.Document) {
	for i, p := range x.papers {
		if n, known := p.allEnded(); known && slices.Contains(charts, p.d) {
			all := x.r.unknown("all who ended")
			x.r.pub.Cells[all] = cells.Known{Low: n, High: n}
			x.whole(endedInAll)
			x.r.equal(x.between(endedInAll, p.d.Terms.Start, p.d.Period.AsOf+1), []int{all})
		}
		for _, id := range slices.Sorted(maps.Keys(endings)) {
			for _, pt := range p.points(id) {
				x.amongEnded(id, pt, nil, p.d.Terms.Start, p)
				for _, before := range x.papers[:i] {
					was := before.points(id)
					k := slices.IndexFunc(was, func(b point) bool { return b.days >= pt.days })
					if k >= 0 && before.d.Period.AsOf < p.d.Period.AsOf {
						x.amongEnded(id, pt, was[k].ended, before.d.Period.AsOf+1, p)
					}
				}
			}
		}
	}
}

// amongEnded says of each way out of a point that what was added to it since a day, or ever, is among what ended so.
func (x *axis) amongEnded(id string, pt point, was map[string]int64, from day.Day, p *paper) {
	added := func(way string) int {
		n := max(0, pt.ended[way]-was[way])
		c := x.r.unknown("what a curve says of " + way)
		x.r.pub.Cells[c] = cells.Known{Low: n, High: n}
		return c
	}
	since := func(name string) []int {
		x.whole(name)
		return x.between(name, from, p.d.Period.AsOf+1)
	}
	told := []int{added("other")}
	for _, way := range slices.Sorted(maps.Keys(endings[id])) {
		var flow []int
		for _, o := range endings[id][way] {
			flow = append(flow, since(transform.FigureName("outflow.trajectories", []transform.Dim{{Name: "outcome", Value: o}}))...)
		}
		told = append(told, flow...)
		x.r.atMost([]int{added(way)}, flow, "ended so, and is not counted by the curve")
	}
	x.r.atMost(told, since(endedInAll), "ended otherwise, and is not counted by the curve")
}
