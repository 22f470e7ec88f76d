package disclose

import (
	"context"
	"os"
	"testing"

	"lvv/anonymize/published"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
)

// shown returns how much of a breakdown's total its shown counts come to, and whether every hidden one has a range.
func shown(t *testing.T, r *transform.Results, cat *sql.Catalogue, pilot, id, dim string) (share float64, ranges bool) {
	t.Helper()
	o := DefaultOptions(5)
	o.Order = KeyedOrder(samples.Key(), pilot, 0)
	p, err := Protect(r, cat, o)
	if err != nil {
		t.Fatal(err)
	}
	var seen, total int64
	ranges = true
	for i, f := range p.Results().Breakdown(id, dim) {
		exact := r.Breakdown(id, dim)[i].Value.Int()
		total += exact
		if f.Status == "" {
			seen += exact
			continue
		}
		if n := p.Range(&f); f.Reason == transform.Covered && (n == nil || n.High == published.Unbounded) {
			ranges = false
		}
	}
	return float64(seen) / float64(total), ranges
}

// TestStillInforms prints what a steering group learns from the table of outcomes: three quarters of its total is shown of the
// samples, and there is a range for every hidden count. In a quarter of a register of 600 persons some 30 trajectories
// end, most outcomes are small, and half of the total at most could be shown.
func TestStillInforms(t *testing.T) {
	results, cat := sampleQuarters(t)
	few := 0
	for _, pilot := range []string{results[3].Pilot, "A", "B", "C", "D", "E"} { // under the key of each
		share, ranges := shown(t, results[3], cat, pilot, "outflow.trajectories", "outcome")
		t.Logf("samples, %s, as of pilot %s: %.0f %% of the total shown", results[3].Period.Label, pilot, 100*share)
		if !ranges {
			t.Error("samples: a hidden count has no range")
		}
		if share < 0.745 {
			few++
		}
	}
	if few > 1 { // one table in six is in any order
		t.Errorf("samples: less than three quarters is shown under %d of 6 keys", few)
	}
	sum := 0.0
	const registers = 6
	for seed := range registers {
		of, err := computeQuarters(func(dir string) error {
			if err := os.Remove(dir); err != nil {
				return err
			}
			return samples.Generate(context.Background(), samples.Options{Persons: 600, Seed: uint64(seed) + 100, Dir: dir})
		}, "2020-Q3")
		if err != nil {
			t.Fatal(err)
		}
		share, ranges := shown(t, of[0], cat, of[0].Pilot, "outflow.trajectories", "outcome")
		t.Logf("600 persons, seed %d: %.0f %%", seed+100, 100*share)
		if !ranges {
			t.Errorf("seed %d: a hidden count has no range", seed+100)
		}
		sum += share
	}
	t.Logf("registers of 600 persons: %.0f %%", 100*sum/registers)
	if sum/registers < 0.4 {
		t.Errorf("registers of 600 persons: %.0f %% shown", 100*sum/registers)
	}
}
