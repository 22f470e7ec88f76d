package transform_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/duckdb"
	"lvv/transform/engine"
)

// checkedIn is a file or folder of the samples that are checked in.
func checkedIn(name string) string { return filepath.Join("..", "samples", name) }

// read reads a folder of exports into a store.
func read(t *testing.T, exports string) *ingest.Result {
	t.Helper()
	result, err := ingest.Read(t.Context(), ingest.Options{Dir: exports, StoreDir: t.TempDir(),
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), "Amsterdam", pseudonym.ForStore, 1)})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// compute computes the figures of a period.
func compute(t *testing.T, store ingest.Store, terms, label string) *transform.Results {
	t.Helper()
	eng, agreed, period := open(t, store, terms, label)
	results, err := transform.Compute(t.Context(), eng, agreed, period)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// open opens the store under the terms.
func open(t *testing.T, store ingest.Store, terms, label string) (engine.Engine, *transform.Terms, transform.Period) {
	t.Helper()
	agreed, err := transform.LoadTerms(terms)
	if err != nil {
		t.Fatal(err)
	}
	period, err := transform.ParsePeriod(label, "", agreed)
	if err != nil {
		t.Fatal(err)
	}
	eng, err := duckdb.Open(t.Context(), duckdb.Options{Store: store, TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { eng.Close() })
	return eng, agreed, period
}

// TestFiguresAsPublished holds the figures that the programme computes from the checked-in files
// against what was published about the pilot.
func TestFiguresAsPublished(t *testing.T) {
	store := read(t, checkedIn(samples.Exports)).Store
	results := compute(t, store, checkedIn(samples.Terms), "2019-03-01..2020-03-31")
	for outcome, want := range map[string]int64{
		"legalisation": 17, "medical_deferral": 5, "repeat_application": 46, "return": 21, "onward": 1,
		"detention": 13, "ended_by_decision": 2, "unknown_destination": 37, "state_reception": 0, "died": 0, "other": 0,
	} {
		if f := results.Figure("outflow.trajectories", "outcome", outcome); f == nil || f.Value.Int() != want {
			t.Errorf("exits by %s: %+v, want %d", outcome, f, want)
		}
	}
	if f := results.Figure("outflow.trajectories"); f == nil || f.Value.Int() != 142 {
		t.Errorf("exits: %+v, want 142", f)
	}
	results = compute(t, store, checkedIn(samples.Terms), "2020-01-01..2020-09-30")
	if f := results.Figure("occupancy.rate"); f == nil || f.Value.Float() < 0.835 || f.Value.Float() > 0.845 {
		t.Errorf("occupancy in 2020: %+v, want about 0.84", f)
	}
}

// TestEveryMistakeIsFound keeps the samples a lesson in what goes wrong: each reason for which a row
// is refused occurs in them, and so does each kind of warning that reading gives.
func TestEveryMistakeIsFound(t *testing.T) {
	result := read(t, checkedIn(samples.Exports))
	reasons := make(map[string]int)
	for r := range result.Rejects.All() {
		reasons[r.Reason]++
	}
	for _, reason := range []string{"missing_required", "invalid_date", "invalid_code", "invalid_number", "invalid_text",
		"duplicate_key", "orphan", "end_before_start", "malformed_row"} {
		if reasons[reason] == 0 {
			t.Errorf("no row is refused for %s: %v", reason, reasons)
		}
	}
	checks := make(map[string]int64)
	for _, w := range result.Warnings {
		checks[w.Check] += w.Count
	}
	for _, check := range []string{"invalid_v_number", "invalid_country", "invalid_boolean", "v_number_padded", "identity_unknown"} {
		if checks[check] == 0 {
			t.Errorf("no warning %s: %v", check, checks)
		}
	}
	eng, terms, period := open(t, result.Store, checkedIn(samples.Terms), samples.Period)
	found, err := transform.Checks(t.Context(), eng, terms, period)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(found, func(c transform.CheckResult) bool { return c.Check.ID == "outcome_without_end" }); i < 0 || found[i].Count == 0 {
		t.Error("no outcome without an end date")
	}
	t.Logf("refused: %v, warnings: %v", slices.Sorted(maps.Keys(reasons)), checks)
	duplicates, quarantined := int64(0), int64(0)
	for _, f := range result.Files {
		duplicates += f.Duplicates
		quarantined += f.Quarantined
	}
	if duplicates != 3 || quarantined > 40 {
		t.Errorf("%d duplicates and %d rows refused, want 3 and at most 40", duplicates, quarantined)
	}
}

// TestGeneratedSetIsClean reads a generated set without an objection, and finds its occupancy right.
func TestGeneratedSetIsClean(t *testing.T) {
	dir := t.TempDir()
	if err := samples.Generate(t.Context(), samples.Options{Persons: 2000, Seed: 11, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	result := read(t, dir+"/"+samples.Exports)
	for r := range result.Rejects.All() {
		t.Errorf("refused: %+v", r)
	}
	for _, table := range result.Tables {
		if !table.Delivered || table.Accepted != table.Read {
			t.Errorf("account of %s: %+v", table.Table, table)
		}
	}
	results := compute(t, result.Store, dir+"/"+samples.Terms, "2020-01-01..2020-09-30")
	if f := results.Figure("occupancy.rate"); f == nil || f.Value.Float() < 0.8 || f.Value.Float() > 0.88 {
		t.Errorf("occupancy in 2020: %+v, want about 0.84", f)
	}
}
