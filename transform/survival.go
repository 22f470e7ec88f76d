package transform

import (
	"math"

	"lvv/internal/elementary"
)

// Lifetimes counts those who entered the study or left it after a number of days. Who began before the
// pilot enters late: at risk only from the days that had passed when the pilot started.
type Lifetimes struct {
	Days    int
	Entered int64
	Ended   []int64 // by kind of end, in the order of the curve's kinds
	Running int64   // last seen running: right-censored
}

// Step is the state of the curves from a number of days on, until the next step.
type Step struct {
	Days      int
	AtRisk    int64   // those with entry <= Days <= exit
	Survival  float64 // Kaplan-Meier
	Low, High float64 // its 95 % limits; NaN where nobody is left
	Incidence []float64
}

// Curve holds the Kaplan-Meier and Aalen-Johansen estimates of how long something lasts.
type Curve struct {
	Kinds []string // of ends that compete with one another
	Steps []Step   // from day 0, one for each number of days that occurs
	lives []Lifetimes
}

// z975 is the 97.5th percentile of the standard normal distribution.
const z975 = 1.959963984540054

// half is what the median compares with. The product of the curve is off by a few units in the last
// place, so that a curve at exactly one half must not miss it.
const half = 0.5 + 1e-12

// NewCurve estimates the curves from lifetimes in order of days, each number of days once.
//
// Survival is Kaplan, Meier (1958), its variance Greenwood's, its limits on the log(-log) scale
// (Kalbfleisch, Prentice, The Statistical Analysis of Failure Time Data, 2002, section 1.4); the
// cumulative incidences are Aalen, Johansen (1978). Late entries make the risk set grow (left
// truncation; Andersen, Borgan, Gill, Keiding, Statistical Models Based on Counting Processes, 1993,
// section IV.1). R's survival package computes the same for Surv(entry - 1/2, exit, event): here an
// entry counts on its own day.
func NewCurve(kinds []string, lives []Lifetimes) *Curve {
	c := &Curve{Kinds: kinds, lives: lives}
	state := Step{Survival: 1, Low: 1, High: 1, Incidence: make([]float64, len(kinds))}
	if len(lives) > 0 && lives[0].Days > 0 {
		c.Steps = append(c.Steps, state)
	}
	variance, atRisk := 0.0, int64(0)
	for _, l := range lives {
		atRisk += l.Entered
		n, d := float64(atRisk), l.ended()
		before := state.Survival
		state.Incidence = append([]float64(nil), state.Incidence...)
		for k, ended := range l.Ended {
			if ended > 0 {
				state.Incidence[k] += before * float64(ended) / n
			}
		}
		if d > 0 {
			state.Survival *= float64(atRisk-d) / n
			variance += float64(d) / (n * float64(atRisk-d))
			state.Low, state.High = limits(state.Survival, variance)
		}
		state.Days, state.AtRisk = l.Days, atRisk
		c.Steps = append(c.Steps, state)
		atRisk -= d + l.Running
	}
	return c
}

func (l *Lifetimes) ended() int64 {
	var n int64
	for _, k := range l.Ended {
		n += k
	}
	return n
}

// limits returns the 95 % limits on the log(-log) scale, where variance is Greenwood's sum.
func limits(survival, variance float64) (low, high float64) {
	if survival == 0 {
		return math.NaN(), math.NaN()
	}
	logS := elementary.Log(survival)
	width := z975 * math.Sqrt(variance) / logS // negative
	centre := elementary.Log(-logS)
	return elementary.Exp(-elementary.Exp(centre - width)), elementary.Exp(-elementary.Exp(centre + width))
}

// Empty reports whether the curve rests on nobody.
func (c *Curve) Empty() bool { return len(c.lives) == 0 }

// At returns the state after a number of days. AtRisk is exact for that day.
func (c *Curve) At(days int) Step {
	s := Step{Survival: 1, Low: 1, High: 1, Incidence: make([]float64, len(c.Kinds))}
	for _, step := range c.Steps {
		if step.Days > days {
			break
		}
		s = step
	}
	s.AtRisk = 0
	for _, l := range c.lives {
		if l.Days <= days {
			s.AtRisk += l.Entered
		}
		if l.Days < days {
			s.AtRisk -= l.Running + l.ended()
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
