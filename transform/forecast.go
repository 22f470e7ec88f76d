package transform

import "math"

// forecastQuantiles returns, for each q in rising order, the smallest k with CDF(k) >= q of the
// negative binomial distribution with r = cases + 1/2 and success probability
// p = elapsed / (elapsed + remaining): the predictive distribution of a Poisson count over the
// remaining days, with a gamma posterior from Jeffreys' prior (Gelman et al., Bayesian Data Analysis,
// 3rd ed., section 2.6). elapsed is positive, remaining not negative.
//
// The probabilities are summed relative to the largest one, so that neither many cases nor a long
// way ahead makes them underflow.
func forecastQuantiles(cases, elapsed, remaining int64, qs ...float64) []int64 {
	out := make([]int64, len(qs))
	if remaining == 0 {
		return out
	}
	r := float64(cases) + 0.5
	p := float64(elapsed) / float64(elapsed+remaining)
	fail := float64(remaining) / float64(elapsed+remaining)
	// weight(k+1) / weight(k); it falls with k, to fail.
	ratio := func(k float64) float64 { return (k + r) / (k + 1) * fail }
	mode := 0.0
	if r > 1 {
		mode = math.Floor((r - 1) * fail / p)
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
		if k >= mode && w < negligible*(1-ratio(k))*total.value() {
			break
		}
		w *= ratio(k)
	}
	var below sum
	w = start
	k := first
	below.add(w)
	for i, q := range qs {
		for below.value() < q*total.value() {
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
	y := x - a.c
	t := a.s + y
	a.c = (t - a.s) - y
	a.s = t
}

func (a *sum) value() float64 { return a.s }
