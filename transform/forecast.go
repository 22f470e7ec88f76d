package transform

import (
	"context"
	"math"

	"lvv/internal/day"
	"lvv/transform/engine"
)

// solutions counts the first durable outcomes of cases by day, in order of day.
type solutions []solution

type solution struct {
	on day.Day
	n  int64
}

// solutions reads the days on which cases found a durable solution.
func (c *computation) solutions(ctx context.Context) (solutions, error) {
	if c.solved != nil {
		return c.solved, nil
	}
	out := solutions{}
	err := c.query(ctx, "durable_days", func(row engine.Row) error {
		out = append(out, solution{row.Get("durable_on").Day(), row.Get("cases").Int()})
		return nil
	})
	c.solved = out
	return out, err
}

// between counts the solutions from a day up to and including another.
func (s solutions) between(from, to day.Day) int64 {
	var n int64
	for _, x := range s {
		if from <= x.on && x.on <= to {
			n += x.n
		}
	}
	return n
}

// The forecast goes by the last year. How much more the numbers vary than those of a Poisson process
// is seen from blocks of days, given enough of them.
const (
	forecastDays = 365
	blockDays    = 30
	leastBlocks  = 4
)

// forecast returns the 10th, 50th and 90th percentiles of the total after the remaining days, going by
// what was known on a day of the pilot; elapsed, the pilot days up to it, is positive.
//
// The solutions of the remaining days are a negative binomial: a Poisson process with the pace of the
// last days and a gamma posterior from Jeffreys' prior (Gelman et al., Bayesian Data Analysis, 3rd ed.,
// section 2.6), its variance widened by the dispersion of the blocks (McCullagh, Nelder, Generalized
// Linear Models, 2nd ed., section 6.2.3).
func (s solutions) forecast(on day.Day, elapsed, remaining int64) [3]int64 {
	so, last := s.between(math.MinInt32, on), min(forecastDays, elapsed)
	out := [3]int64{so, so, so}
	if remaining <= 0 {
		return out
	}
	n := s.between(on-day.Day(last)+1, on)
	ahead := float64(remaining) / float64(last)
	mean := (float64(n) + 0.5) * ahead
	p := 1 / (s.dispersion(on, last) * (1 + ahead))
	for i, k := range negativeBinomialQuantiles(mean*p/(1-p), p, 0.1, 0.5, 0.9) {
		out[i] += k
	}
	return out
}

// dispersion is the variance of the solutions in blocks of days over their mean, at least 1.
func (s solutions) dispersion(on day.Day, last int64) float64 {
	blocks := last / blockDays
	if blocks < leastBlocks {
		return 1
	}
	var total, squares int64
	for i := range blocks {
		to := on - day.Day(i*blockDays)
		n := s.between(to-blockDays+1, to)
		total += n
		squares += n * n
	}
	if total == 0 {
		return 1
	}
	// Sample variance over mean, in whole numbers up to the last division.
	return max(1, float64(blocks*squares-total*total)/float64((blocks-1)*total))
}

// backtest forecasts the total on the reference date at each quarter end that lies far enough behind
// it and after the pilot's start. It returns how many bands hold the total, of how many.
func (s solutions) backtest(t *Terms, asOf day.Day) (held, bands int64) {
	const afterStart, beforeAsOf = 180, 90
	total := s.between(math.MinInt32, asOf)
	y, m, _ := t.Start.Civil()
	for q := (m + 2) / 3 * 3; ; q += 3 {
		end := day.Of(y, q+1, 0)
		if end > asOf-beforeAsOf {
			return held, bands
		}
		if end < t.Start+afterStart {
			continue
		}
		passed, _ := elapsed(t, end)
		band := s.forecast(end, passed, int64(asOf-end))
		bands++
		if band[0] <= total && total <= band[2] {
			held++
		}
	}
}

// negativeBinomialQuantiles returns, for each q in rising order, the smallest k with CDF(k) >= q of the
// negative binomial distribution with a positive real size and success probability p below 1. A CDF
// that reaches q but for the rounding of its sum has reached it.
//
// The probabilities are summed relative to the largest one, so that neither a large size nor a small
// p makes them underflow.
func negativeBinomialQuantiles(size, p float64, qs ...float64) []int64 {
	out := make([]int64, len(qs))
	fail := 1 - p
	// weight(k+1) / weight(k); it falls with k, to fail, or rises to it where size is below 1.
	ratio := func(k float64) float64 { return (k + size) / (k + 1) * fail }
	mode := 0.0
	if size > 1 {
		mode = math.Floor((size - 1) * fail / p)
	}
	const negligible = 1e-19
	first, w := mode, 1.0
	for first > 0 && w > negligible {
		w /= ratio(first - 1)
		first--
	}
	start := w
	var total sum
	for k := first; ; k++ {
		total.add(w)
		if r := max(ratio(k), fail); k >= mode && r < 1 && w < negligible*(1-r)*total.value() {
			break
		}
		w *= ratio(k)
	}
	const reached = 1 - 1e-12
	var below sum
	w = start
	k := first
	below.add(w)
	for i, q := range qs {
		for below.value() < q*total.value()*reached {
			w *= ratio(k)
			k++
			below.add(w)
		}
		out[i] = int64(k)
	}
	return out
}

// sum adds with Kahan's compensation.
type sum struct{ s, c float64 }

func (a *sum) add(x float64) {
	y := float64(x) - a.c // what is added is rounded before
	t := a.s + y
	a.c = (t - a.s) - y
	a.s = t
}

func (a *sum) value() float64 { return a.s }
