package transform

import (
	"math"
	"strconv"

	"lvv/internal/day"
)

// solutions returns for each case its first durable outcome from the pilot's start up to a day.
func (o *oracle) solutions(until day.Day) map[int]aTrajectory {
	first := map[int]aTrajectory{}
	for _, x := range o.w.trajectories {
		if level(x.outcome) != "durable" || x.end == day.None || x.end > until || x.end < o.t.Start {
			continue
		}
		was, ok := first[x.caseID]
		if !ok || x.end < was.end || x.end == was.end && x.id < was.id {
			first[x.caseID] = x
		}
	}
	return first
}

// solved counts the cases with a durable solution in other ways.
func (o *oracle) solved(durable map[int]aTrajectory, semi map[int]day.Day) {
	persons, again, proven := map[int]bool{}, 0, 0
	origin, destination := map[string]int{}, map[string]int{"unknown": 0}
	var days []int
	for c, x := range durable {
		person := o.caseOf(c).person
		persons[person] = true
		origin[regionOf(o.caseOf(c).nationality)]++
		if k := o.caseOf(c); o.inPeriod(x.end) && k.decision == "admitted" && k.decided != day.None && k.decided <= x.end {
			days = append(days, int(x.end-k.decided))
		}
		if x.outcome != "legalisation" {
			destination[regionOf(x.destination)]++
		}
		if x.outcome == "return" && o.known(x.departed) && x.evidence != nil && *x.evidence {
			proven++
		}
		back := false
		for _, s := range o.w.stays {
			back = back || o.caseOf(s.caseID).person == person && s.in > x.end && o.known(s.in)
		}
		if back {
			again++
		}
	}
	o.count("durable.persons", len(persons))
	o.count("durable.proven", proven)
	o.meanMedian("durable.days_to_solution", days)
	o.byRegion("durable.region", origin)
	for r, n := range destination {
		o.count("durable.destination", n, "region", r)
	}
	o.count("stability.durable_sheltered_again", again)
	if !o.needs(map[string]string{"procedures": "procedures"}, func(put func(string, ...string)) { put("durable.later_granted") }) {
		return
	}
	later := 0
	for c, on := range semi {
		if _, ok := durable[c]; ok {
			continue
		}
		granted := false
		for _, x := range o.w.procedures {
			granted = granted || x.caseID == c && x.result == "granted" && o.known(x.filed) && o.known(x.decided) && x.decided >= on
		}
		if granted {
			later++
		}
	}
	o.count("durable.later_granted", later)
}

// pace is about where the solutions are expected to go.
func (o *oracle) pace() {
	all, agreed, reported := 0, 0, 0
	for d := o.t.Start; d <= o.t.End; d++ {
		all++
		agreed += int(o.t.PlacesOn(d))
		for _, c := range o.w.capacity {
			if d <= o.p.AsOf && c.from <= d && (c.to == day.None || d <= c.to) {
				reported += int(c.places)
			}
		}
	}
	o.real("durable.expected", o.line(o.p.AsOf, len(o.all.Extensions)))
	if o.needs(map[string]string{"capacity": "capaciteit"}, func(put func(string, ...string)) { put("durable.expected_by_places") }) {
		o.ratio("durable.expected_by_places", int(o.t.TargetCases)*reported, agreed)
	}
	passed := o.passed(o.p.AsOf)
	for stat, q := range map[string]float64{"p10": 0.1, "p50": 0.5, "p90": 0.9} {
		if passed == 0 {
			o.put("durable.forecast", "undefined", "stat", stat)
			continue
		}
		o.count("durable.forecast", o.forecast(o.p.AsOf, all-passed, q), "stat", stat)
	}
	held, bands, total := 0, 0, len(o.solutions(o.p.AsOf))
	for q := o.t.Start + 180; q <= o.p.AsOf-90; q++ {
		if _, month, dayOfMonth := (q + 1).Civil(); dayOfMonth != 1 || month%3 != 1 {
			continue
		}
		bands++
		if n := int(o.p.AsOf - q); o.forecast(q, n, 0.1) <= total && total <= o.forecast(q, n, 0.9) {
			held++
		}
	}
	o.ratio("durable.forecast_backtest", held, bands)
}

// passed counts the pilot days up to a day.
func (o *oracle) passed(until day.Day) int {
	n := 0
	for d := o.t.Start; d <= o.t.End && d <= until; d++ {
		n++
	}
	return n
}

// line is what to expect on a day with the first extensions.
func (o *oracle) line(on day.Day, extensions int) float64 {
	from, to, at, target := o.all.Start-1, o.all.End, 0.0, float64(o.all.TargetCases)
	if extensions > 0 {
		x := o.all.Extensions[extensions-1]
		if x.Decided > o.p.AsOf || on < x.Decided {
			return o.line(on, extensions-1)
		}
		from, to, target = x.Decided-1, x.End, float64(x.TargetCases)
		at = o.line(from, extensions-1)
	}
	switch {
	case on <= from:
		return at
	case on >= to:
		return target
	}
	return at + (target-at)*float64(on-from)/float64(to-from)
}

// forecast is a quantile of the total so many days after a day, from what was known on it.
func (o *oracle) forecast(on day.Day, ahead int, q float64) int {
	known := o.solutions(on)
	if ahead == 0 {
		return len(known)
	}
	last := min(365, o.passed(on))
	counts := make([]float64, last/30)
	n := 0.0
	for _, x := range known {
		ago := int(on - x.end)
		if ago < last {
			n++
		}
		if ago/30 < len(counts) {
			counts[ago/30]++
		}
	}
	phi, mean, squares := 1.0, 0.0, 0.0
	for _, c := range counts {
		mean += c / float64(len(counts))
	}
	for _, c := range counts {
		squares += (c - mean) * (c - mean)
	}
	if len(counts) >= 4 && mean > 0 {
		phi = max(1, squares/float64(len(counts)-1)/mean)
	}
	days := float64(ahead) / float64(last)
	p := 1 / (phi * (1 + days))
	return len(known) + negativeBinomial((n+0.5)*days*p/(1-p), p, q)
}

func (o *oracle) leavers() {
	total, by, byLevel, recent, recently := 0, map[string]int{}, map[string]int{}, 0, map[string]int{}
	for person, nights := range o.nights() {
		inPilot, inPeriod := false, false
		for d := range nights {
			inPilot = inPilot || d >= o.t.Start
			inPeriod = inPeriod || d >= max(o.t.Start, o.p.From) && d <= min(o.t.End, o.p.To)
		}
		if !inPilot || nights[o.p.AsOf] {
			continue
		}
		var last *aStay
		for i := range o.w.stays {
			s := &o.w.stays[i]
			if o.caseOf(s.caseID).person != person || !o.known(s.in) {
				continue
			}
			if last == nil || s.out > last.out || s.out == last.out && (s.in > last.in || s.in == last.in && s.id < last.id) {
				last = s
			}
		}
		best := "none"
		for _, x := range o.w.trajectories {
			if o.caseOf(x.caseID).person != person || x.outcome == "" || !o.known(x.end) || x.end < o.t.Start {
				continue
			}
			if l := level(x.outcome); l == "durable" || l == "semi_durable" && best == "none" {
				best = l
			}
		}
		total++
		by[orUnknown(last.reason)]++
		if inPeriod {
			recent++
			recently[orUnknown(last.reason)]++
		}
		byLevel[best]++
	}
	o.count("outflow.persons", total)
	o.count("outflow.left_in_period", recent)
	for _, r := range exitReasons {
		o.count("outflow.left_in_period", recently[r], "exit_reason", r)
		o.count("outflow.persons", by[r], "exit_reason", r)
	}
	for _, l := range []string{"durable", "semi_durable", "none"} {
		o.count("outflow.persons_level", byLevel[l], "level", l)
	}
	o.ratio("durable.leavers_strict", byLevel["durable"], total)
	o.ratio("durable.leavers_broad", byLevel["durable"]+byLevel["semi_durable"], total)
}

// nights returns every night that a person spent up to the reference date, pilot or not.
func (o *oracle) nights() map[int]map[day.Day]bool {
	out := map[int]map[day.Day]bool{}
	for i := range o.w.stays {
		s := &o.w.stays[i]
		for d := s.in; o.holds(s, d); d++ {
			person := o.caseOf(s.caseID).person
			if out[person] == nil {
				out[person] = map[day.Day]bool{}
			}
			out[person][d] = true
		}
	}
	return out
}

func (o *oracle) stability() {
	nights := o.nights()
	for _, horizon := range []int{180, 365, 730} {
		back, all := map[string]int{}, map[string]int{}
		for d := o.t.Start; d+day.Day(horizon) <= o.p.AsOf; d++ {
			for person, s := range o.exitsOn(d) {
				again := false
				for n := d + 1; n <= d+day.Day(horizon) && !again; n++ {
					again = nights[person][n]
				}
				for _, r := range []string{"", orUnknown(s.reason)} {
					all[r]++
					if again {
						back[r]++
					}
				}
			}
		}
		h := strconv.Itoa(horizon)
		o.ratio("stability.sheltered_again", back[""], all[""], "horizon", h)
		for _, r := range exitReasons {
			o.ratio("stability.sheltered_again", back[r], all[r], "horizon", h, "exit_reason", r)
			o.count("stability.not_sheltered_again", all[r]-back[r], "horizon", h, "exit_reason", r)
		}
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
