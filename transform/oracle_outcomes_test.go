package transform

import (
	"math"
	"slices"
	"strconv"

	"lvv/internal/day"
)

func (o *oracle) durable() {
	type first struct {
		on      day.Day
		id      string
		outcome string
	}
	durable, semi, anything := map[int]first{}, map[int]bool{}, map[int]bool{}
	for _, x := range o.w.trajectories {
		if x.outcome == "" || !o.known(x.end) || x.end < o.t.Start {
			continue
		}
		anything[x.caseID] = true
		switch level(x.outcome) {
		case "semi_durable":
			semi[x.caseID] = true
		case "durable":
			was, ok := durable[x.caseID]
			if !ok || x.end < was.on || x.end == was.on && x.id < was.id {
				durable[x.caseID] = first{x.end, x.id, x.outcome}
			}
		}
	}
	inPeriod, by, broad := 0, map[string]int{}, len(semi)
	for c, f := range durable {
		by[f.outcome]++
		if o.inPeriod(f.on) {
			inPeriod++
		}
		if !semi[c] {
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
	passed, all := 0, 0
	for d := o.t.Start; d <= o.t.End; d++ {
		all++
		if d <= o.p.AsOf {
			passed++
		}
	}
	o.real("durable.expected", float64(int(o.t.TargetCases)*passed)/float64(all))
	for stat, q := range map[string]float64{"p10": 0.1, "p50": 0.5, "p90": 0.9} {
		if passed == 0 {
			o.put("durable.forecast", "undefined", "stat", stat)
			continue
		}
		o.count("durable.forecast", len(durable)+negativeBinomial(float64(len(durable))+0.5, float64(passed)/float64(all), q), "stat", stat)
	}
}

// negativeBinomial adds up probabilities from 0 until q is reached.
func negativeBinomial(r, p, q float64) int {
	cdf := 0.0
	for k := 0; ; k++ {
		a, _ := math.Lgamma(float64(k) + r)
		b, _ := math.Lgamma(r)
		c, _ := math.Lgamma(float64(k) + 1)
		weight := math.Exp(a - b - c + r*math.Log(p))
		if k > 0 {
			weight *= math.Pow(1-p, float64(k))
		}
		cdf += weight
		if cdf >= q-1e-12 {
			return k
		}
	}
}

func (o *oracle) duration() {
	ended := map[string][]int{}
	var running []int
	for _, x := range o.w.trajectories {
		if o.inPeriod(x.end) {
			days := int(x.end - x.start)
			ended[""] = append(ended[""], days)
			ended[x.scenario] = append(ended[x.scenario], days)
		}
		if o.known(x.start) && !o.known(x.end) {
			running = append(running, int(o.p.AsOf-x.start))
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
}

// survival walks over the days one by one and counts trajectories anew for each.
func (o *oracle) survival() {
	type life struct {
		days int
		end  string // "" while running
	}
	var lives []life
	last := 0
	for _, x := range o.w.trajectories {
		if !o.known(x.start) {
			continue
		}
		l := life{days: int(o.p.AsOf - x.start)}
		if o.known(x.end) {
			l = life{int(x.end - x.start), "other"}
			if level(x.outcome) == "durable" {
				l.end = x.outcome
			}
		}
		lives = append(lives, l)
		last = max(last, l.days)
	}
	ends := []string{"return", "onward", "legalisation", "other"}
	survival, variance, incidence := 1.0, 0.0, map[string]float64{}
	median := map[string]string{"estimate": "undefined", "low": "undefined", "high": "undefined"}
	for d := 0; d <= max(last, 730); d++ {
		atRisk, died := 0, 0
		for _, l := range lives {
			if l.days >= d {
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
		if slices.Contains([]int{90, 180, 365, 540, 730}, d) {
			after := strconv.Itoa(d)
			o.count("duration.survival", atRisk, "day", after, "stat", "at_risk")
			o.share("duration.survival", survival, len(lives), "day", after, "stat", "estimate")
			o.share("duration.survival", low, len(lives), "day", after, "stat", "low")
			o.share("duration.survival", high, len(lives), "day", after, "stat", "high")
			for _, e := range ends {
				o.share("duration.cumulative_incidence", incidence[e], len(lives), "day", after, "outcome", e)
			}
		}
	}
	for stat, v := range median {
		o.put("duration.survival_median", v, "stat", stat)
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
	admitted, levels := map[string]int{}, map[string]int{}
	for _, c := range o.w.cases {
		if !o.known(c.applied) || c.decision != "admitted" || !o.known(c.decided) || c.decided < o.t.Start {
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
	for _, g := range specials {
		o.count("subgoal.admitted", admitted[g], "special_group", g)
		for _, l := range []string{"durable", "semi_durable", "none", "running"} {
			o.count("subgoal.level", levels[g+l], "special_group", g, "level", l)
		}
	}
}
