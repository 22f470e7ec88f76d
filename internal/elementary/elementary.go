// Package elementary has functions of package math that are the same to the last bit on every processor. Package math
// lets some multiply and add in one step; here each product is rounded on its own, which the conversions see to.
package elementary

import (
	"math"
	"slices"
)

// Exp and Log follow FreeBSD's msun (e_exp.c, e_log.c, Sun Microsystems 1993), as package math does.

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
)

// Exp returns e**x, for x whose result is an ordinary number; 0 and infinity beyond.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x > 700:
		return math.Inf(1)
	case x < -700:
		return 0
	}
	k := math.Round(float64(math.Log2E * x))
	hi := x - float64(k*ln2Hi)
	lo := float64(k * ln2Lo)
	r := hi - lo
	t := float64(r * r)
	c := r - polynomial(t, 0, 1.66666666666666657415e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
		-1.65339022054652515390e-06, 4.13813679705723846039e-08)
	y := 1 - ((lo - float64(r*c)/(2-c)) - hi)
	return math.Ldexp(y, int(k))
}

// Log returns the natural logarithm of a positive ordinary number.
func Log(x float64) float64 {
	f, e := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f *= 2
		e--
	}
	f--
	k := float64(e)
	s := f / (2 + f)
	s2 := float64(s * s)
	s4 := float64(s2 * s2)
	odd := float64(s2 * polynomial(s4, 6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01))
	even := polynomial(s4, 0, 3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)
	half := float64(float64(0.5*f) * f)
	return float64(k*ln2Hi) - ((half - (float64(s*(half+odd+even)) + float64(k*ln2Lo))) - f)
}

// polynomial returns c[0] + c[1] x + c[2] x^2 + ..., by Horner's rule.
func polynomial(x float64, c ...float64) float64 {
	sum := 0.0
	for _, v := range slices.Backward(c) {
		sum = float64(sum*x) + v
	}
	return sum
}
