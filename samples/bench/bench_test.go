package main

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lvv/samples"
)

// TestBaseline runs the plain DuckDB program on a set and checks what must hold between its figures.
func TestBaseline(t *testing.T) {
	const persons = samples.WorkbookLimit + 1
	set := filepath.Join(t.TempDir(), "set")
	if err := samples.Generate(t.Context(), samples.Options{Persons: persons, Seed: 3, Dir: set}); err != nil {
		t.Fatal(err)
	}
	t.Chdir(set) // runBaseline changes the folder; this restores it
	var stdout bytes.Buffer
	if err := runBaseline(t.Context(), set, samples.AgreedPlaces(persons), &stdout); err != nil {
		t.Fatal(err)
	}
	var got report
	if err := json.Unmarshal(stdout.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Steps) != 6 {
		t.Errorf("%d steps, want 6: %v", len(got.Steps), got.Steps)
	}
	f := got.Figures
	sumDaily := 0.0
	for on, end := time.Date(2020, 7, 1, 0, 0, 0, 0, time.UTC), time.Date(2020, 9, 30, 0, 0, 0, 0, time.UTC); !on.After(end); on = on.AddDate(0, 0, 1) {
		sumDaily += f["occupancy.daily date="+on.Format(time.DateOnly)]
	}
	if nights := f["occupancy.person_nights"]; nights == 0 || nights != sumDaily {
		t.Errorf("%v person nights, %v over the days", nights, sumDaily)
	}
	if a, b := f["occupancy.person_nights"], f["occupancy.person_nights population=admitted"]+f["occupancy.person_nights population=not_admitted"]; a != b {
		t.Errorf("%v person nights, %v over the populations", a, b)
	}
	if a, b := f["durable.cases"], f["durable.cases outcome=return"]+f["durable.cases outcome=onward"]+f["durable.cases outcome=legalisation"]; a == 0 || a != b {
		t.Errorf("%v durable cases, %v over the outcomes", a, b)
	}
	for _, table := range []string{"cases", "stays", "trajectories", "conferences", "reviews", "procedures", "guidance", "capacity", "payments", "meetings", "escalations"} {
		if info, err := os.Stat(filepath.Join(set, baselineFolder, table+".parquet")); err != nil || info.Size() == 0 {
			t.Errorf("%s was not written: %v", table, err)
		}
	}
}

// TestModels holds the figures of the second program against those of the first, which is written by hand, and
// sees that it understands every offer, however it is written.
func TestModels(t *testing.T) {
	const persons = samples.WorkbookLimit + 1
	set := filepath.Join(t.TempDir(), "set")
	if err := samples.Generate(t.Context(), samples.Options{Persons: persons, Seed: 3, Dir: set}); err != nil {
		t.Fatal(err)
	}
	t.Chdir(set)
	var hand, models report
	for into, program := range map[*report]func(io.Writer) error{
		&hand:   func(w io.Writer) error { return runBaseline(t.Context(), set, samples.AgreedPlaces(persons), w) },
		&models: func(w io.Writer) error { return runModels(t.Context(), set, w) },
	} {
		var stdout bytes.Buffer
		if err := program(&stdout); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(stdout.Bytes(), into); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range hand.Figures {
		if got, ok := models.Figures[name]; !ok || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("%s is %v, and %v by hand", name, got, want)
		}
	}
	if n := models.Figures["inflow.offer offer=unknown"]; n != 0 {
		t.Errorf("%v offers were not understood", n)
	}
	if len(hand.Figures) < 500 {
		t.Errorf("only %d figures by hand", len(hand.Figures))
	}
}

func TestCompareFigures(t *testing.T) {
	kpis := filepath.Join(t.TempDir(), "kpis.json")
	content := `{"schema": "lvv-kpis/1", "metrics": [
		{"id": "a", "dims": {}, "value": 3, "unit": "count"},
		{"id": "b", "dims": {"stat": "low", "day": "90"}, "value": 0.25, "unit": "ratio"},
		{"id": "c", "dims": {}, "value": "12.50", "unit": "eur"},
		{"id": "d", "dims": {}, "value": null, "unit": "ratio"}]}`
	if err := os.WriteFile(kpis, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	n, differ, err := compareFigures(kpis, map[string]float64{"a": 3, "b day=90,stat=low": 0.25, "c": 12.5})
	if err != nil || n != 3 || len(differ) != 0 {
		t.Errorf("equal figures: %d, %q, %v", n, differ, err)
	}
	_, differ, err = compareFigures(kpis, map[string]float64{"a": 4, "d": 0, "c": 12.5})
	if err != nil || len(differ) != 2 || differ[0] != "a is 4, in kpis.json 3" || differ[1] != "d is 0, and not in kpis.json" {
		t.Errorf("other figures: %q, %v", differ, err)
	}
}

func TestMedian(t *testing.T) {
	runs := []measured{{wall: 5}, {wall: 1}, {wall: 3}}
	if got := median(runs).wall; got != 3 {
		t.Errorf("median of 5, 1, 3 is %d", got)
	}
	if got := median(runs[:2]).wall; got != 1 {
		t.Errorf("median of 5, 1 is %d", got)
	}
}

// TestMeasure measures a process: this test binary, which lists no tests and ends.
func TestMeasure(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	m, err := measure(t.Context(), self, "-test.run", "^$")
	if err != nil {
		t.Fatal(err)
	}
	if m.wall <= 0 || m.peak <= 0 || !bytes.Contains(m.stdout, []byte("PASS")) {
		t.Errorf("measured %v, output %q", m, m.stdout)
	}
	if _, err := measure(t.Context(), self, "-test.nonsense"); err == nil {
		t.Error("a program that failed was measured")
	}
}
