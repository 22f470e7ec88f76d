package transform

import (
	"lvv/internal/day"
)

func (o *oracle) outflow() {
	exits, by := 0, map[string]int{}
	for d := o.p.From; d <= o.p.To; d++ {
		for _, s := range o.exitsOn(d) {
			exits++
			by[orUnknown(s.reason)]++
		}
	}
	o.count("outflow.shelter_exits", exits)
	for _, r := range exitReasons {
		o.count("outflow.shelter_exits", by[r], "exit_reason", r)
	}
	ended, byOutcome, byLevel, crossed := 0, map[string]int{}, map[string]int{}, map[string]int{}
	for _, x := range o.w.trajectories {
		if x.outcome == "" || !o.inPeriod(x.end) {
			continue
		}
		ended++
		byOutcome[x.outcome]++
		byLevel[level(x.outcome)]++
		crossed[x.scenario+x.outcome]++
	}
	o.count("outflow.trajectories", ended)
	for _, c := range outcomes {
		o.count("outflow.trajectories", byOutcome[c], "outcome", c)
		for _, s := range scenarios {
			o.count("outflow.scenario_outcome", crossed[s+c], "scenario", s, "outcome", c)
		}
	}
	for _, l := range []string{"durable", "semi_durable", "none"} {
		o.count("outflow.level", byLevel[l], "level", l)
	}
}

// exitsOn returns for each person who left on a day the stay that tells why.
func (o *oracle) exitsOn(d day.Day) map[int]*aStay {
	last := map[int]*aStay{}
	for i := range o.w.stays {
		s := &o.w.stays[i]
		if s.out != d {
			continue
		}
		person := o.caseOf(s.caseID).person
		was := last[person]
		if was == nil || s.in > was.in || s.in == was.in && s.id < was.id {
			last[person] = s
		}
	}
	if len(last) > 0 {
		for person := range o.owners(d) {
			delete(last, person)
		}
	}
	return last
}

func level(outcome string) string {
	switch outcome {
	case "return", "onward", "legalisation":
		return "durable"
	case "repeat_application", "medical_deferral":
		return "semi_durable"
	}
	return "none"
}
