package transform

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"lvv/internal/day"
)

// quantilesAgreeWithR holds the quantiles against a table of R's qnbinom: size, prob, p10, p50, p90.
func quantilesAgreeWithR(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 20 {
		t.Fatalf("%d rows: too few to mean anything", len(rows))
	}
	for _, row := range rows[1:] {
		size, err := strconv.ParseFloat(row[0], 64)
		if err != nil {
			t.Fatal(err)
		}
		p, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range negativeBinomialQuantiles(size, p, 0.1, 0.5, 0.9) {
			if got := strconv.FormatInt(k, 10); got != row[2+i] {
				t.Errorf("size %v, probability %v: quantile %d is %s, R says %s", size, p, i, got, row[2+i])
			}
		}
	}
}

func TestQuantilesAgreeWithR(t *testing.T) {
	quantilesAgreeWithR(t, filepath.Join("testdata", "forecast", "expected.csv"))
}

// TestForecastByHand has one solution every ten days of a year, and as many days to go: as even a pace
// as there is, so that nothing widens the band of a Poisson process with a gamma posterior.
func TestForecastByHand(t *testing.T) {
	var s solutions
	start := d("2019-01-01")
	for i := range 36 {
		s = append(s, struct {
			on day.Day
			n  int64
		}{start + day.Day(10*i), 1})
	}
	// qnbinom(c(.1, .5, .9), size = 36.5, prob = 1/2) in R 4: 26, 36, 48.
	on := start + 364
	if got := s.forecast(on, 365, 365); !slices.Equal(got[:], []int64{62, 72, 84}) {
		t.Errorf("forecast = %v", got)
	}
	if got := s.forecast(on, 365, 0); !slices.Equal(got[:], []int64{36, 36, 36}) {
		t.Errorf("forecast for the same day = %v", got)
	}
	if got := s.dispersion(on, 119); got != 1 {
		t.Errorf("dispersion of three blocks = %v, want 1", got)
	}
	// All in one block of twelve: mean 3, sample variance 108.
	one := solutions{{on, 36}}
	if got := one.dispersion(on, 365); got != 36 {
		t.Errorf("dispersion of one block = %v, want 36", got)
	}
}
