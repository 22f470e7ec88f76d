package transform

import "math"

// The ends of a trajectory that compete with one another, in the order of the catalogue.
var endKinds = []string{"return", "onward", "legalisation", "other"}

// Exit counts the trajectories that ran for a number of days, by how that ended.
type Exit struct {
	Days    int
	Ended   [4]int64 // by kind: return, onward, legalisation, other
	Running int64    // still running then: censored
}

// Step is the state of the curves from a number of days on, until the next step.
type Step struct {
	Days      int
	AtRisk    int64   // trajectories that ran at least so long
	Survival  float64 // Kaplan-Meier
	Low, High float64 // its 95 % limits; NaN where nobody is left
	Incidence [4]float64
}

// Curve holds the Kaplan-Meier and Aalen-Johansen estimates of how long trajectories run.
type Curve struct {
	Steps []Step // from day 0, one for each number of days that occurs
	total int64
	exits []Exit
}

// z975 is the 97.5th percentile of the standard normal distribution.
const z975 = 1.959963984540054

// half is what the median compares with. The product of the curve is off by a few units in the last
// place, so that a curve at exactly one half must not miss it.
const half = 0.5 + 1e-12

// NewCurve estimates the curves from exits in order of days, each number of days once.
//
// Survival is Kaplan, Meier (1958), its variance Greenwood's, its limits on the log(-log) scale
// (Kalbfleisch, Prentice, The Statistical Analysis of Failure Time Data, 2002, section 1.4); the
// cumulative incidences are Aalen, Johansen (1978). R's survival package computes the same.
func NewCurve(exits []Exit) *Curve {
	c := &Curve{exits: exits}
	for _, e := range exits {
		c.total += e.Running + e.ended()
	}
	state := Step{AtRisk: c.total, Survival: 1, Low: 1, High: 1}
	if len(exits) > 0 && exits[0].Days > 0 {
		c.Steps = append(c.Steps, state)
	}
	variance, atRisk := 0.0, c.total
	for _, e := range exits {
		n, d := float64(atRisk), e.ended()
		before := state.Survival
		for k, ended := range e.Ended {
			state.Incidence[k] += before * float64(ended) / n
		}
		if d > 0 {
			state.Survival *= float64(atRisk-d) / n
			variance += float64(d) / (n * float64(atRisk-d))
			state.Low, state.High = limits(state.Survival, variance)
		}
		state.Days, state.AtRisk = e.Days, atRisk
		c.Steps = append(c.Steps, state)
		atRisk -= d + e.Running
	}
	return c
}

func (e *Exit) ended() int64 { return e.Ended[0] + e.Ended[1] + e.Ended[2] + e.Ended[3] }

// limits returns the 95 % limits on the log(-log) scale, where variance is Greenwood's sum.
func limits(survival, variance float64) (low, high float64) {
	if survival == 0 {
		return math.NaN(), math.NaN()
	}
	logS := math.Log(survival)
	width := z975 * math.Sqrt(variance) / logS // negative
	centre := math.Log(-logS)
	return math.Exp(-math.Exp(centre - width)), math.Exp(-math.Exp(centre + width))
}

// Total returns how many trajectories the curve rests on.
func (c *Curve) Total() int64 { return c.total }

// At returns the state after a number of days. AtRisk is exact for that day: the trajectories that
// ran at least so long.
func (c *Curve) At(days int) Step {
	s := Step{Survival: 1, Low: 1, High: 1}
	for _, step := range c.Steps {
		if step.Days > days {
			break
		}
		s = step
	}
	s.AtRisk = 0
	for _, e := range c.exits {
		if e.Days >= days {
			s.AtRisk += e.Running + e.ended()
		}
	}
	s.Days = days
	return s
}

// Median returns the smallest number of days at which at most half still runs, and where the limits
// of the curve cross one half. ok is false for what is never reached.
func (c *Curve) Median() (estimate, low, high int, ok [3]bool) {
	first := func(of func(Step) float64) (int, bool) {
		for _, s := range c.Steps {
			if of(s) <= half {
				return s.Days, true
			}
		}
		return 0, false
	}
	estimate, ok[0] = first(func(s Step) float64 { return s.Survival })
	low, ok[1] = first(func(s Step) float64 { return s.Low })
	high, ok[2] = first(func(s Step) float64 { return s.High })
	return estimate, low, high, ok
}
