package transform

import (
	"slices"
	"strings"

	"lvv/internal/day"
)

// aCourse is what a case went through without a break. end is none while it runs.
type aCourse struct {
	begin, end day.Day
	outcome    string
}

// coursesOf puts the trajectories of a case together one by one.
func (o *oracle) coursesOf(c int) []aCourse {
	var list []aTrajectory
	for _, x := range o.w.trajectories {
		if x.caseID == c && o.known(x.start) {
			list = append(list, x)
		}
	}
	slices.SortFunc(list, func(a, b aTrajectory) int {
		if a.start != b.start {
			return int(a.start - b.start)
		}
		return strings.Compare(a.id, b.id)
	})
	var groups [][]aTrajectory
	for _, x := range list {
		joins := false
		if n := len(groups); n > 0 {
			for _, y := range groups[n-1] {
				joins = joins || y.end == day.None || int(x.start-y.end) <= o.t.CourseGapDays
			}
		}
		if joins {
			groups[len(groups)-1] = append(groups[len(groups)-1], x)
		} else {
			groups = append(groups, []aTrajectory{x})
		}
	}
	var out []aCourse
	for _, g := range groups {
		out = append(out, o.courseOf(g))
	}
	return out
}

func (o *oracle) courseOf(parts []aTrajectory) aCourse {
	var solved, last *aTrajectory
	running := false
	for i := range parts {
		x := &parts[i]
		if !o.known(x.end) {
			running = true
			continue
		}
		if level(x.outcome) == "durable" && (solved == nil || x.end < solved.end || x.end == solved.end && x.id < solved.id) {
			solved = x
		}
		if last == nil || x.end > last.end || x.end == last.end && x.id < last.id {
			last = x
		}
	}
	c := aCourse{begin: parts[0].start, end: day.None}
	switch {
	case solved != nil:
		c.end, c.outcome = solved.end, solved.outcome
	case !running:
		c.end, c.outcome = last.end, "other"
		if level(last.outcome) == "semi_durable" {
			c.outcome = "semi_durable"
		}
	}
	return c
}

func (o *oracle) courses() {
	var ended, running []int
	var lives []life
	for _, c := range o.w.cases {
		for _, x := range o.coursesOf(c.id) {
			if o.inPeriod(x.end) {
				ended = append(ended, int(x.end-x.begin))
			}
			if x.end == day.None {
				running = append(running, int(o.p.AsOf-x.begin))
			}
			lives = o.live(lives, x.begin, x.end, x.outcome)
		}
	}
	o.count("course.ended", len(ended), "stat", "n")
	o.meanMedian("course.ended", ended)
	o.quantile("course.ended", ended, 0.25, "stat", "p25")
	o.quantile("course.ended", ended, 0.75, "stat", "p75")
	o.count("course.running", len(running), "stat", "n")
	o.meanMedian("course.running", running)
	o.curves("course", lives, []string{"return", "onward", "legalisation", "semi_durable", "other"})
}

func (o *oracle) caseload() {
	cases, by := 0, map[string]int{}
	guided := map[int]bool{}
	for _, c := range o.w.cases {
		var last *aTrajectory
		for i := range o.w.trajectories {
			x := &o.w.trajectories[i]
			if x.caseID != c.id || !o.known(x.start) || o.known(x.end) {
				continue
			}
			if last == nil || x.start > last.start || x.start == last.start && x.id > last.id {
				last = x
			}
		}
		if last == nil {
			continue
		}
		guided[c.person] = true
		if c.decision == "admitted" && o.known(c.decided) && o.known(c.applied) {
			cases++
			by[last.scenario]++
		}
	}
	o.count("caseload.cases", cases)
	for _, s := range scenarios {
		o.count("caseload.cases", by[s], "scenario", s)
	}
	without, due, reviewed := 0, 0, 0
	since := o.p.AsOf - day.Day(o.t.ReviewIntervalDays)
	for person, s := range o.housed() {
		if !guided[person] {
			without++
		}
		c := o.caseOf(s.caseID)
		if c.decision != "admitted" || c.decided > since {
			continue
		}
		due++
		held := false
		for _, x := range o.w.conferences {
			held = held || x.caseID == c.id && x.on > since && o.known(x.on)
		}
		if held {
			reviewed++
		}
	}
	o.count("caseload.housed_without_trajectory", without)
	o.count("caseload.review_due", due)
	if o.needs(map[string]string{"conferences": "casusoverleg"}, func(put func(string, ...string)) { put("caseload.review_current") }) {
		o.ratio("caseload.review_current", reviewed, due)
	}
}

// housed returns who has the night of the reference date, by the stay that counts it.
func (o *oracle) housed() map[int]*aStay {
	if !o.inPilot(o.p.AsOf) {
		return nil
	}
	return o.owners(o.p.AsOf)
}

var (
	procedureKinds   = []string{"asylum", "regular", "no_fault", "medical", "other"}
	procedureResults = []string{"granted", "rejected", "withdrawn", "unknown"}
)

func (o *oracle) procedures() {
	delivered := o.needs(map[string]string{"procedures": "procedures"}, func(put func(string, ...string)) {
		for _, dims := range o.procedureDims() {
			put("procedure.decided", dims...)
			if len(dims) == 0 || len(dims) == 2 && dims[0] == "kind" {
				put("procedure.filed", dims...)
				put("procedure.pending_on_reference_date", dims...)
				put("procedure.days_to_decision", append(slices.Clone(dims), "stat", "mean")...)
				put("procedure.days_to_decision", append(slices.Clone(dims), "stat", "median")...)
			}
		}
	})
	if !delivered {
		return
	}
	for _, dims := range o.procedureDims() {
		filed, decided, pending := 0, 0, 0
		var days []int
		for _, x := range o.w.procedures {
			is := map[string]string{"kind": x.kind, "result": orUnknown(x.result)}
			if !o.known(x.filed) || len(dims) > 0 && is[dims[0]] != dims[1] || len(dims) > 2 && is[dims[2]] != dims[3] {
				continue
			}
			if o.inPeriod(x.filed) {
				filed++
			}
			if !o.known(x.decided) {
				pending++
			}
			if o.inPeriod(x.decided) {
				decided++
				days = append(days, int(x.decided-x.filed))
			}
		}
		o.count("procedure.decided", decided, dims...)
		if len(dims) == 0 || len(dims) == 2 && dims[0] == "kind" {
			o.count("procedure.filed", filed, dims...)
			o.count("procedure.pending_on_reference_date", pending, dims...)
			o.meanMedian("procedure.days_to_decision", days, dims...)
		}
	}
}

func (o *oracle) procedureDims() [][]string {
	out := [][]string{nil}
	for _, r := range procedureResults {
		out = append(out, []string{"result", r})
	}
	for _, k := range procedureKinds {
		out = append(out, []string{"kind", k})
		for _, r := range procedureResults {
			out = append(out, []string{"kind", k, "result", r})
		}
	}
	return out
}
