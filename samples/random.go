package samples

import (
	"math/bits"
	"math/rand/v2"

	"lvv/internal/splitmix"
)

// random draws numbers by integer arithmetic alone. PCG is a fixed algorithm, and no draw goes
// through floating point or through rand.Rand, whose methods may change: the same seed gives the
// same numbers on any machine and with any version of Go.
type random struct{ source rand.PCG }

// newRandom returns the numbers of one stream of a seed. Every person has a stream of their own, so
// that persons can be made in any order.
func newRandom(seed, stream uint64) *random {
	r := new(random)
	r.reset(seed, stream)
	return r
}

func (r *random) reset(seed, stream uint64) {
	r.source.Seed(splitmix.Mix(seed), splitmix.Mix(stream^splitmix.Mix(seed+1)))
}

// below returns a number from 0 to n-1.
func (r *random) below(n int) int {
	hi, _ := bits.Mul64(r.source.Uint64(), uint64(n))
	return int(hi)
}

// between returns a number from lo to hi, both included.
func (r *random) between(lo, hi int) int { return lo + r.below(hi-lo+1) }

// chance is true in perMille of a thousand cases.
func (r *random) chance(perMille int) bool { return r.below(1000) < perMille }

// pick returns an index with a probability in proportion to its weight.
func (r *random) pick(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := r.below(sum)
	for i, w := range weights {
		if n < w {
			return i
		}
		n -= w
	}
	panic("samples: weights changed while picking")
}

// quantile draws from the distribution whose quantiles at equal steps are given, linear in between.
func (r *random) quantile(q []int) int {
	i := r.below(len(q) - 1)
	return r.between(q[i], q[i+1])
}

// shuffle puts s in random order.
func shuffle[T any](r *random, s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := r.below(i + 1)
		s[i], s[j] = s[j], s[i]
	}
}
