package disclose

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
)

// TestRenewedGivesNothingAway: a period is handed out, the register is corrected, and the period is handed out again. A
// reader with both, who is told which figures were corrected and whether upwards, finds no small count of either.
func TestRenewedGivesNothingAway(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	promised, corrected := 0, 0
	for seed := range uint64(3) {
		persons := int(80 + seed*170)
		before, err := computeQuarters(register(persons, seed, 30), "2020-Q3")
		if err != nil {
			t.Fatal(err)
		}
		var now *transform.Results
		var changes []transform.Restatement
		if err := withRegister(register(persons, seed, 0), func(ctx context.Context, e transform.Engine, terms *transform.Terms) (err error) {
			if changes, err = transform.Restate(ctx, e, terms, before[0]); err == nil {
				now, err = transform.Compute(ctx, e, terms, before[0].Period)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		corrected += len(changes)
		now.Restatements = changes
		_, former := publish(t, before, cat)
		o := DefaultOptions(5)
		o.Earlier = []Earlier{{Results: before[0], Published: former[0], Corrections: changes}}
		p, err := Protect(now, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		renewed := p.Document(cat)
		some, narrowed, err := attackRenewed(former[0], renewed, changes)
		if err != nil {
			t.Fatalf("register %d: %v", seed, err)
		}
		promised += some
		for _, s := range narrowed {
			t.Errorf("register %d (%d persons): %s", seed, persons, s)
		}
		a, err := AuditDocument(renewed, former, cat)
		if err != nil || len(a.Faults) > 0 || a.Proven <= a.Apart {
			t.Errorf("register %d: audit %+v, %v", seed, a, err)
		}
	}
	t.Logf("%d promised counts, %d corrections", promised, corrected)
	if promised < 60 || corrected < 60 {
		t.Errorf("%d promised counts and %d corrections: too few to mean anything", promised, corrected)
	}
}

// register fills a folder with a random register, of which one row in so many has not been entered yet; 0 for all rows.
func register(persons int, seed uint64, late int) func(dir string) error {
	return func(dir string) error {
		if err := os.Remove(dir); err != nil {
			return err
		}
		if err := samples.Generate(context.Background(), samples.Options{Persons: persons, Seed: seed, Dir: dir}); err != nil || late == 0 {
			return err
		}
		paths, err := filepath.Glob(filepath.Join(dir, samples.Exports, "*.csv"))
		if err != nil {
			return err
		}
		random := rand.New(rand.NewPCG(seed, 1))
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			lines := bytes.SplitAfter(b, []byte("\n"))
			entered := lines[:1:1]
			for _, line := range lines[1:] {
				if len(line) == 0 || random.IntN(late) > 0 {
					entered = append(entered, line)
				}
			}
			if err := os.WriteFile(path, bytes.Join(entered, nil), 0o600); err != nil {
				return err
			}
		}
		return nil
	}
}

// attackRenewed reads two versions of one report. What was not corrected is the same in both.
func attackRenewed(former, renewed *published.Document, changes []transform.Restatement) (promised int, narrowed []string, err error) {
	r := &reader{pub: cells.Publication{MinCell: int64(former.MinCell)}}
	then, now := r.read(former), r.read(renewed)
	then.know()
	now.know()
	change := map[string]*transform.Restatement{}
	for i := range changes {
		change[transform.FigureName(changes[i].ID, changes[i].Dims)] = &changes[i]
	}
	for _, name := range slices.Sorted(maps.Keys(then.cell)) {
		was := then.cell[name]
		is, ok := now.cell[name]
		if !ok || strings.HasPrefix(name, "added ") {
			continue
		}
		if a, b := r.pub.Cells[was], r.pub.Cells[is]; a.Low == a.High && b.Low == b.High {
			continue // there to be read
		}
		switch c := change[name]; {
		case c == nil:
			r.equal([]int{was}, []int{is})
		case c.Was.Kind() != transform.Count || c.Is.Kind() != transform.Count:
		case c.Was.Int() < c.Is.Int():
			r.atMost([]int{was}, []int{is}, "added to "+name)
		default:
			r.atMost([]int{is}, []int{was}, "taken from "+name)
		}
	}
	found, err := cells.Audit(&r.pub, cells.DefaultLimits)
	if err != nil {
		return 0, nil, err
	}
	for _, f := range found.Findings {
		promised++
		if len(f.Missing) > 0 {
			narrowed = append(narrowed, fmt.Sprintf("%s cannot be %v", r.name[f.Cell], f.Missing))
		}
	}
	return promised, narrowed, nil
}
