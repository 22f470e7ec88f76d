package transform

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/csvtest"
	models "lvv/sql"
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

var competing = []string{"return", "onward", "legalisation", "other"}

// lived counts lifetimes by days: a row is days, how it ended (0: still running), and, where there is
// a third column, the days after which it was first at risk.
func lived(rows [][]float64) []Lifetimes {
	by := map[int]*Lifetimes{}
	at := func(days float64) *Lifetimes {
		d := int(days)
		if by[d] == nil {
			by[d] = &Lifetimes{Days: d, Ended: make([]int64, len(competing))}
		}
		return by[d]
	}
	for _, row := range rows {
		entered := 0.0
		if len(row) > 2 {
			entered = row[2]
		}
		at(entered).Entered++
		if row[1] == 0 {
			at(row[0]).Running++
		} else {
			at(row[0]).Ended[int(row[1])-1]++
		}
	}
	var out []Lifetimes
	for _, l := range by {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b Lifetimes) int { return a.Days - b.Days })
	return out
}

// agreeWithR holds the curves against what reference.R wrote into a folder.
func agreeWithR(t *testing.T, folder string) {
	for _, name := range survivalSets(t) {
		c := NewCurve(competing, lived(readNumbers(t, filepath.Join("testdata/survival", name+".csv"))))
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
	c := NewCurve(competing, lived([][]float64{{10, 1}, {20, 4}, {20, 0}, {20, 0}}))
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
		var rows [][]float64
		for d := range n {
			rows = append(rows, []float64{float64(d), 1})
		}
		if estimate, _, _, _ := NewCurve(competing, lived(rows)).Median(); int64(estimate) != n/2-1 {
			t.Errorf("of %d trajectories that end one a day, the median is day %d, want %d", n, estimate, n/2-1)
		}
	}
}

// TestLateEntry takes three who began 10 days before the pilot and one who began in it: of the four only
// one was at risk when it ended on day 5.
func TestLateEntry(t *testing.T) {
	c := NewCurve(competing, lived([][]float64{{5, 4, 0}, {12, 1, 10}, {20, 0, 10}, {20, 0, 10}}))
	for _, want := range []struct {
		days     int
		atRisk   int64
		survival float64
	}{{0, 1, 1}, {5, 1, 0}, {6, 0, 0}, {10, 3, 0}, {12, 3, 0}, {13, 2, 0}} {
		if s := c.At(want.days); s.AtRisk != want.atRisk || s.Survival != want.survival {
			t.Errorf("day %d: %d at risk, survival %v; want %d, %v", want.days, s.AtRisk, s.Survival, want.atRisk, want.survival)
		}
	}
	again := curveOf(&c.Series(&models.Curve{Lifetimes: "course.lifetimes"})[2])
	if !slices.EqualFunc(again.Steps, c.Steps, func(a, b Step) bool {
		return a.AtRisk == b.AtRisk && a.Survival == b.Survival && slices.Equal(a.Incidence, b.Incidence)
	}) {
		t.Errorf("the counts give %v, not %v", again.Steps, c.Steps)
	}
}

// curveOf estimates the curves anew from a series of lifetimes, such as course.lifetimes.
func curveOf(lifetimes *Series) *Curve {
	last := len(lifetimes.Columns) - 1
	lives := make([]Lifetimes, 0, len(lifetimes.Rows))
	for row := range lifetimes.All() {
		l := Lifetimes{Days: int(row.Get("day").Int()), Entered: row.Get("entered").Int(), Running: row.Get("running").Int()}
		for _, n := range row.Values[2:last] {
			l.Ended = append(l.Ended, n.Int())
		}
		lives = append(lives, l)
	}
	return NewCurve(lifetimes.Columns[2:last], lives)
}
