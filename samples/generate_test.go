package samples

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/guard"
)

// generated makes the rows of a set without writing them.
func generated(persons int, seed uint64) (*world, *batch) {
	w := newWorld(seed, persons, AgreedPlaces(persons))
	b := new(batch)
	ledger(w, b)
	c := course{r: new(random), w: w, b: b}
	var eps []episode
	for n := 1; n <= persons; n++ {
		c.r.reset(seed, uint64(n))
		p := newPerson(c.r, w, n)
		eps = draw(c.r, eps[:0])
		c.write(p, eps)
	}
	return w, b
}

func TestTablesFollowTheContract(t *testing.T) {
	names := []string{"cases", "capacity", "stays", "trajectories", "conferences", "reviews", "procedures", "guidance", "payments", "meetings", "escalations", "costs"}
	if len(ingest.Contract()) != tableCount {
		t.Fatalf("the contract has %d tables, the generator %d", len(ingest.Contract()), tableCount)
	}
	for i, table := range ingest.Contract() {
		if table.Name != names[i] {
			t.Errorf("table %d of the contract is %s, the generator takes it for %s", i, table.Name, names[i])
		}
	}
}

// TestOccupancy finds the number of places right: about 84 % of them are occupied in 2020.
func TestOccupancy(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		w, b := generated(6000, seed)
		from := day.Of(2020, 1, 1)
		share := float64(personNights(b, from, extracted)) / float64(w.places*int(extracted-from+1))
		if share < 0.82 || share > 0.86 {
			t.Errorf("seed %d: occupancy in 2020 is %.4f, want about 0.84", seed, share)
		}
	}
}

// TestRowsCohere checks every row of a set: codes of the contract, required fields, references,
// dates in order, locations that are open.
func TestRowsCohere(t *testing.T) {
	_, b := generated(3000, 7)
	keys := make(map[string]map[string]bool) // by table
	text := func(c cell) string { return string((&layout{delimiter: ';'}).appendCell(nil, &c)) }
	opened := make(map[string]day.Day)
	for _, row := range rowsOf(b, capacity) {
		name, from := row[0].s, day.Day(row[1].n)
		if at, ok := opened[name]; !ok || from < at {
			opened[name] = from
		}
	}
	for i, table := range ingest.Contract() {
		keys[table.Name] = make(map[string]bool)
		for _, row := range rowsOf(b, i) {
			for j, f := range table.Fields {
				c := row[j]
				if f.Required && c.kind == blank {
					t.Fatalf("%s: %s is required: %v", table.Name, f.Name, row)
				}
				if c.kind == code && !hasCode(&f, c.s) {
					t.Fatalf("%s: %s has no code %q", table.Name, f.Name, c.s)
				}
				if c.kind == date && f.Name != "valid_to" && day.Day(c.n) > extracted {
					t.Fatalf("%s: %s lies after the registers were extracted: %v", table.Name, f.Name, row)
				}
			}
			if table.Key != "" {
				k := text(row[field(i, table.Key)])
				if keys[table.Name][k] {
					t.Fatalf("%s: second row with key %s", table.Name, k)
				}
				keys[table.Name][k] = true
			}
			if table.Parent != "" && !keys[table.Parent][text(row[field(i, table.Ref)])] {
				t.Fatalf("%s: orphan %v", table.Name, row)
			}
			if table.End != "" {
				if start, end := row[field(i, table.Start)], row[field(i, table.End)]; end.kind == date && end.n < start.n {
					t.Fatalf("%s: ends before it starts: %v", table.Name, row)
				}
			}
			if i == stays {
				if in := day.Day(row[field(i, "date_in")].n); in >= pilotStart && in < opened[row[field(i, "location")].s] {
					t.Fatalf("stay at a location that was not open: %v", row)
				}
			}
		}
	}
}

func hasCode(f *ingest.Field, s string) bool {
	for _, c := range f.Codes {
		if c.Dutch == s {
			return true
		}
	}
	return false
}

// TestSameBytes guards the promise that a size and a seed fix every byte, whatever the machine, the
// version of Go and the number of cores. The sums change only when the generator is changed.
func TestSameBytes(t *testing.T) {
	for _, c := range []struct {
		persons int
		seed    uint64
		cores   int
		sum     string
	}{
		{5000, 1, 1, "ef417552c900c5df"},
		{5000, 1, 4, "ef417552c900c5df"},
		{30000, 2, 3, "020de900edcdfe03"},
	} {
		t.Run(fmt.Sprintf("%d persons, seed %d, %d cores", c.persons, c.seed, c.cores), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(c.cores))
			dir := filepath.Join(t.TempDir(), "set")
			if err := Generate(t.Context(), Options{Persons: c.persons, Seed: c.seed, Dir: dir}); err != nil {
				t.Fatal(err)
			}
			if got := sumOf(t, dir); got != c.sum {
				t.Errorf("the set has sum %s, want %s", got, c.sum)
			}
		})
	}
}

// sumOf is a hash over names and contents of all files of a folder.
func sumOf(t *testing.T, dir string) string {
	h := sha256.New()
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, path))
		fmt.Fprintf(h, "%s %d\n", path, len(content))
		h.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func TestGenerateRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "keep"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var full *NotEmptyError
	if err := Generate(t.Context(), Options{Persons: 10, Dir: dir}); !errors.As(err, &full) {
		t.Errorf("a folder that is not empty: %v", err)
	}
	for _, n := range []int{-1, 0, MaxPersons + 1} {
		if err := Generate(t.Context(), Options{Persons: n, Dir: filepath.Join(dir, "new")}); err == nil || !strings.Contains(err.Error(), "persons must lie between") {
			t.Errorf("%d persons: %v", n, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// TestStopped leaves nothing behind when a run is stopped half-way.
func TestStopped(t *testing.T) {
	parent := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	err := Generate(ctx, Options{Persons: 1_000_000, Dir: filepath.Join(parent, "set"), Progress: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped run: %v", err)
	}
	if entries, err := os.ReadDir(parent); err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// TestPanicLeavesNothing lets the writer panic, and each of those who make the persons.
func TestPanicLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	err := Generate(t.Context(), Options{Persons: 5000, Dir: filepath.Join(parent, "set"), Progress: func(int64, int64) { panic("Walborg") }})
	if !errors.Is(err, guard.ErrPanic) || strings.Contains(err.Error(), "Walborg") {
		t.Errorf("a panic became %v", err)
	}
	if entries, err := os.ReadDir(parent); err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	d, err := begin(parent, plainLayouts(1))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(1, 5000, 100)
	w.orgWeights = nil
	if err := stream(t.Context(), Options{Persons: 5000, Seed: 1}, w, d); !errors.Is(err, guard.ErrPanic) {
		t.Errorf("a panic became %v", err)
	}
}

func BenchmarkGenerate(b *testing.B) {
	for _, persons := range []int{5_000, 100_000} {
		b.Run(fmt.Sprint(persons), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				dir := filepath.Join(b.TempDir(), "set")
				if err := Generate(b.Context(), Options{Persons: persons, Seed: 1, Dir: dir}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(persons)*float64(b.N)/b.Elapsed().Seconds(), "persons/s")
		})
	}
}
