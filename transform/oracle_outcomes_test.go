package transform

import (
	"math"
	"slices"
	"strconv"

	"lvv/internal/day"
)

func (o *oracle) durable() {
	durable, semi, anything := o.solutions(o.p.AsOf), map[int]day.Day{}, map[int]bool{}
	for _, x := range o.w.trajectories {
		if x.outcome == "" || !o.known(x.end) || x.end < o.t.Start {
			continue
		}
		anything[x.caseID] = true
		if was, ok := semi[x.caseID]; level(x.outcome) == "semi_durable" && (!ok || x.end < was) {
			semi[x.caseID] = x.end
		}
	}
	inPeriod, by, broad := 0, map[string]int{}, len(semi)
	for c, f := range durable {
		by[f.outcome]++
		if o.inPeriod(f.end) {
			inPeriod++
		}
		if _, also := semi[c]; !also {
			broad++
		}
	}
	o.count("durable.cases", len(durable))
	for _, c := range []string{"return", "onward", "legalisation"} {
		o.count("durable.cases", by[c], "outcome", c)
	}
	o.count("durable.cases_in_period", inPeriod)
	o.count("durable.target", int(o.t.TargetCases))
	o.ratio("durable.progress", len(durable), int(o.t.TargetCases))
	o.ratio("durable.share_strict", len(durable), len(anything))
	o.ratio("durable.share_broad", broad, len(anything))
	for l, n := range map[string]int{"durable": len(durable), "semi_durable": broad - len(durable), "none": len(anything) - broad} {
		o.count("durable.cases_level", n, "level", l)
	}
	o.solved(durable, semi)
}

func (o *oracle) duration() {
	ended := map[string][]int{}
	var running []int
	runs, started, all, known := map[string]int{}, map[string]int{}, 0, 0
	for _, x := range o.w.trajectories {
		if o.known(x.start) {
			known++
		}
		if o.inPeriod(x.start) {
			started[x.scenario]++
			all++
		}
		if o.inPeriod(x.end) {
			days := int(x.end - x.start)
			ended[""] = append(ended[""], days)
			ended[x.scenario] = append(ended[x.scenario], days)
		}
		if o.known(x.start) && !o.known(x.end) {
			running = append(running, int(o.p.AsOf-x.start))
			runs[x.scenario]++
		}
	}
	for _, s := range append([]string{""}, scenarios...) {
		var dims []string
		if s != "" {
			dims = []string{"scenario", s}
		}
		o.count("duration.ended", len(ended[s]), append(slices.Clone(dims), "stat", "n")...)
		o.meanMedian("duration.ended", ended[s], dims...)
		o.quantile("duration.ended", ended[s], 0.25, append(slices.Clone(dims), "stat", "p25")...)
		o.quantile("duration.ended", ended[s], 0.75, append(slices.Clone(dims), "stat", "p75")...)
	}
	o.count("duration.running", len(running), "stat", "n")
	o.meanMedian("duration.running", running)
	for _, s := range scenarios {
		o.count("trajectories.running", runs[s], "scenario", s)
		o.count("trajectories.started", started[s], "scenario", s)
	}
	o.count("trajectories.started", all)
	o.count("trajectories.known", known)
}

// life is how long something was under way, as far as it is known.
type life struct {
	entry, days int
	end         string // "" while running
}

func (o *oracle) survival() {
	var lives []life
	for _, x := range o.w.trajectories {
		if !o.known(x.start) {
			continue
		}
		end := ""
		if o.known(x.end) {
			end = "other"
			if level(x.outcome) == "durable" {
				end = x.outcome
			}
		}
		lives = o.live(lives, x.start, x.end, end)
	}
	o.curves("duration", lives, []string{"return", "onward", "legalisation", "other"})
}

// live adds what ran on a day of the pilot so far.
func (o *oracle) live(lives []life, begin, end day.Day, kind string) []life {
	last := o.p.AsOf
	if kind != "" {
		last = end
	}
	if last < o.t.Start {
		return lives
	}
	return append(lives, life{max(0, int(o.t.Start-begin)), int(last - begin), kind})
}

// curves walks over the days one by one and counts anew for each who is at risk.
func (o *oracle) curves(area string, lives []life, ends []string) {
	last := 0
	for _, l := range lives {
		last = max(last, l.days)
	}
	survival, variance, incidence := 1.0, 0.0, map[string]float64{}
	median := map[string]string{"estimate": "undefined", "low": "undefined", "high": "undefined"}
	shown := []int{90, 180, 365, 540, 730}
	for d := 0; d <= max(last, 730); d++ {
		if !slices.Contains(shown, d) && !slices.ContainsFunc(lives, func(l life) bool { return l.days == d }) {
			continue // nothing changes
		}
		atRisk, died := 0, 0
		for _, l := range lives {
			if l.entry <= d && d <= l.days {
				atRisk++
			}
		}
		for _, e := range ends {
			n := 0
			for _, l := range lives {
				if l.days == d && l.end == e {
					n++
				}
			}
			if atRisk > 0 {
				incidence[e] += survival * float64(n) / float64(atRisk)
			}
			died += n
		}
		if died > 0 {
			survival *= 1 - float64(died)/float64(atRisk)
			variance += float64(died) / float64(atRisk) / float64(atRisk-died)
		}
		low, high := 1.0, 1.0
		if survival < 1 {
			theta := math.Log(-math.Log(survival))
			se := math.Sqrt(variance) / math.Abs(math.Log(survival))
			low, high = math.Exp(-math.Exp(theta+1.959963984540054*se)), math.Exp(-math.Exp(theta-1.959963984540054*se))
		}
		for stat, v := range map[string]float64{"estimate": survival, "low": low, "high": high} {
			if median[stat] == "undefined" && len(lives) > 0 && v <= 0.5+1e-12 {
				median[stat] = strconv.Itoa(d)
			}
		}
		if slices.Contains(shown, d) {
			after := strconv.Itoa(d)
			o.count(area+".survival", atRisk, "day", after, "stat", "at_risk")
			o.share(area+".survival", survival, len(lives), "day", after, "stat", "estimate")
			o.share(area+".survival", low, len(lives), "day", after, "stat", "low")
			o.share(area+".survival", high, len(lives), "day", after, "stat", "high")
			for _, e := range ends {
				o.share(area+".cumulative_incidence", incidence[e], len(lives), "day", after, "outcome", e)
			}
		}
	}
	for stat, v := range median {
		o.put(area+".survival_median", v, "stat", stat)
	}
}

// share is undefined over nothing and where it is no number.
func (o *oracle) share(id string, v float64, n int, dims ...string) {
	if n == 0 || math.IsNaN(v) {
		o.put(id, "undefined", dims...)
		return
	}
	o.real(id, v, dims...)
}

func (o *oracle) subgoals() {
	admitted, levels, others := map[string]int{}, map[string]int{}, 0
	for _, c := range o.w.cases {
		if !o.known(c.applied) {
			continue
		}
		if c.decision != "admitted" || !o.known(c.decided) || c.decided < o.t.Start {
			others++
			continue
		}
		group, best := orUnknown(c.special), "running"
		for _, x := range o.w.trajectories {
			if x.caseID != c.id || x.outcome == "" || !o.known(x.end) {
				continue
			}
			order := []string{"running", "none", "semi_durable", "durable"}
			if l := level(x.outcome); slices.Index(order, l) > slices.Index(order, best) {
				best = l
			}
		}
		admitted[group]++
		levels[group+best]++
	}
	o.count("subgoal.not_admitted", others)
	for _, g := range specials {
		o.count("subgoal.admitted", admitted[g], "special_group", g)
		for _, l := range []string{"durable", "semi_durable", "none", "running"} {
			o.count("subgoal.level", levels[g+l], "special_group", g, "level", l)
		}
	}
}
