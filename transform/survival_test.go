package transform

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/csvtest"
)

// readNumbers reads a table of numbers under its header; NA is NaN.
func readNumbers(t *testing.T, path string) [][]float64 {
	t.Helper()
	var out [][]float64
	for _, r := range csvtest.Rows(t, path)[1:] {
		row := make([]float64, len(r))
		var err error
		for i, s := range r {
			if s == "NA" {
				row[i] = math.NaN()
			} else if row[i], err = strconv.ParseFloat(s, 64); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, row)
	}
	return out
}

// survivalSets are the names of the data sets in testdata/survival.
func survivalSets(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/survival/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range paths {
		if name := strings.TrimSuffix(filepath.Base(p), ".csv"); !strings.HasSuffix(name, ".expected") {
			names = append(names, name)
		}
	}
	if len(names) < 3 {
		t.Fatalf("found %d data sets, expected at least 3", len(names))
	}
	return names
}

func curveOf(t *testing.T, name string) *Curve {
	t.Helper()
	by := map[int]*Exit{}
	for _, row := range readNumbers(t, filepath.Join("testdata/survival", name+".csv")) {
		days, end := int(row[0]), int(row[1])
		if by[days] == nil {
			by[days] = &Exit{Days: days}
		}
		if end == 0 {
			by[days].Running++
		} else {
			by[days].Ended[end-1]++
		}
	}
	var exits []Exit
	for _, e := range by {
		exits = append(exits, *e)
	}
	slices.SortFunc(exits, func(a, b Exit) int { return a.Days - b.Days })
	return NewCurve(exits)
}

// agreeWithR holds the curves against what reference.R wrote into a folder.
func agreeWithR(t *testing.T, folder string) {
	for _, name := range survivalSets(t) {
		c := curveOf(t, name)
		for _, want := range readNumbers(t, filepath.Join(folder, name+".expected.csv")) {
			s := c.At(int(want[0]))
			got := []float64{want[0], float64(s.AtRisk), s.Survival, s.Low, s.High, s.Incidence[0], s.Incidence[1], s.Incidence[2], s.Incidence[3]}
			for i := range want {
				if !(math.Abs(got[i]-want[i]) <= 1e-9) && !(math.IsNaN(got[i]) && math.IsNaN(want[i])) {
					t.Errorf("%s, day %v, column %d: %v, R says %v", name, want[0], i, got[i], want[i])
				}
			}
			if sum := s.Survival + s.Incidence[0] + s.Incidence[1] + s.Incidence[2] + s.Incidence[3]; math.Abs(sum-1) > 1e-12 {
				t.Errorf("%s, day %v: survival and incidences add up to %v", name, want[0], sum)
			}
		}
	}
}

func TestCurveAgreesWithR(t *testing.T) { agreeWithR(t, "testdata/survival") }

func TestCurveBetweenSteps(t *testing.T) {
	c := NewCurve([]Exit{{Days: 10, Ended: [4]int64{1}}, {Days: 20, Ended: [4]int64{0, 0, 0, 1}, Running: 2}})
	for _, want := range []struct {
		days     int
		atRisk   int64
		survival float64
	}{{0, 4, 1}, {9, 4, 1}, {10, 4, 0.75}, {11, 3, 0.75}, {20, 3, 0.5}, {21, 0, 0.5}} {
		if s := c.At(want.days); s.AtRisk != want.atRisk || math.Abs(s.Survival-want.survival) > 1e-15 {
			t.Errorf("day %d: %d at risk, survival %v; want %d, %v", want.days, s.AtRisk, s.Survival, want.atRisk, want.survival)
		}
	}
	if estimate, _, _, ok := c.Median(); !ok[0] || estimate != 20 {
		t.Errorf("median = %d, %v; want 20: the curve reaches one half exactly", estimate, ok)
	}
}

// TestMedianAtOneHalf takes curves that reach one half exactly, though the product is off by a few
// units in the last place.
func TestMedianAtOneHalf(t *testing.T) {
	for n := int64(2); n < 200; n += 2 {
		var exits []Exit
		for d := range n {
			exits = append(exits, Exit{Days: int(d), Ended: [4]int64{1}})
		}
		if estimate, _, _, _ := NewCurve(exits).Median(); int64(estimate) != n/2-1 {
			t.Errorf("of %d trajectories that end one a day, the median is day %d, want %d", n, estimate, n/2-1)
		}
	}
}

func TestForecastQuantiles(t *testing.T) {
	// qnbinom(c(.1, .5, .9), size = cases + 0.5, prob = elapsed / (elapsed + remaining)) in R 4.
	for _, c := range forecastReference {
		got := forecastQuantiles(c.cases, c.elapsed, c.remaining, 0.1, 0.5, 0.9)
		if !slices.Equal(got, c.want) {
			t.Errorf("%d cases in %d days, %d days to go: %v, R says %v", c.cases, c.elapsed, c.remaining, got, c.want)
		}
	}
}
