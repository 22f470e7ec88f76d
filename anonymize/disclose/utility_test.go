package disclose

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/thorough"
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
	for i, f := range p.results.Breakdown(id, dim) {
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

// mostShown returns how much of a breakdown's total could be shown at the level that its table has, if what is hidden might be chosen
// by the counts: of every set of its larger counts, the one of the smallest sum that protects its small ones.
func mostShown(t *testing.T, r *transform.Results, cat *sql.Catalogue, table string) float64 {
	t.Helper()
	c := control{Published: &Published{}, exact: r, cat: cat}
	s := newSystem(cat, 5, 0, nil)
	now := s.report("", r.Period, c.counts(), toChoose)
	now.relate()
	s.link(moment{reports: []*report{now}, last: true})
	p, _, err := cells.Choose(&s.sys, cells.DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	small, large := cells.Small, cells.Large
	var sets []int // the larger counts
	total := int64(0)
	for i := range s.sys.Cells {
		cell := &s.sys.Cells[i]
		p.Must[i] = nil
		if cell.Role != cells.Open {
			continue
		}
		if !strings.HasPrefix(s.names[i], table) {
			if cell.Crossed {
				p.Marks[i] = cells.Any
			}
			continue
		}
		total += cell.Value
		if p.Levels[cell.Table] == cells.Blurred {
			small, large = cells.Vague, cells.Vague
		}
		switch {
		case cell.Value >= 5:
			sets = append(sets, i)
		case cell.Value > 0:
			p.Marks[i], p.Must[i] = small, []int64{1, 2, 3, 4}
		}
	}
	most := int64(0)
	for set := range 1 << len(sets) {
		sum := int64(0)
		for j, i := range sets {
			if p.Marks[i] = large; set>>j&1 == 0 {
				p.Marks[i] = cells.Shown
				sum += s.sys.Cells[i].Value
			}
		}
		if sum <= most {
			continue
		}
		found, err := cells.Audit(p.Publication(&s.sys), cells.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if found.Cleared {
			most = sum
		}
	}
	return float64(most) / float64(total)
}

// TestStillInforms prints what a steering group learns from the table of outcomes: three quarters of its total is shown of the
// samples, half or more of every second register of 600 persons, and there is a range for every hidden count. In a quarter of such
// a register some 30 trajectories end and most outcomes are small. The durable solutions of the period are shown, and say what the
// durable outcomes come to at least, so that of these a second is hidden where one is small, and one of the others where these are
// few: hardly any choice could show more.
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
	sum, most := 0.0, 0.0
	registers := 6
	if thorough.On {
		registers = 36
	}
	var shares []float64
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
		best := mostShown(t, of[0], cat, "outflow.trajectories|outcome")
		t.Logf("600 persons, seed %d: %.0f %% of at most %.0f", seed+100, 100*share, 100*best)
		if !ranges {
			t.Errorf("seed %d: a hidden count has no range", seed+100)
		}
		if share > best {
			t.Errorf("seed %d: more is shown than can be", seed+100)
		}
		sum, most, shares = sum+share, most+best, append(shares, share)
	}
	slices.Sort(shares)
	n := float64(registers)
	t.Logf("registers of 600 persons: %.1f %% on average, of at most %.1f; in half of them %.1f or more", 100*sum/n, 100*most/n, 100*shares[registers/2])
	if sum/n < 0.45 || sum < 0.95*most || shares[registers/2] < 0.5 {
		t.Errorf("registers of 600 persons: %.1f %% shown of at most %.1f, in half of them %.1f or more", 100*sum/n, 100*most/n, 100*shares[registers/2])
	}
}
