package html

import (
	"slices"
	"testing"

	"lvv/transform"
)

// TestSteps leaves out what is thinner than a line, and never what adds up to more.
func TestSteps(t *testing.T) {
	row := func(day int64, values ...float64) []transform.Value {
		r := []transform.Value{transform.CountOf(day)}
		for _, v := range values {
			r = append(r, transform.RealOf(v))
		}
		return r
	}
	rows := [][]transform.Value{
		row(0, 1, 0), row(1, 0.999, 0), row(2, 0.998, 0), row(3, 0.997, 0), // the third adds up to a step
		row(4, 0.997, 0.003), row(5, 0.9969, 0.003), {transform.CountOf(6), {}, transform.RealOf(0.003)}, row(7, 0.9969, 0.003),
	}
	var days []int64
	for _, r := range steps(rows) {
		days = append(days, r[0].Int())
	}
	if want := []int64{0, 3, 4, 6, 7}; !slices.Equal(days, want) {
		t.Errorf("days %v stay, want %v", days, want)
	}
}
