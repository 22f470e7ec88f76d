package transform

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"lvv/internal/day"
	"lvv/internal/thorough"
)

// TestOracle holds every figure and dimension of random registers against the oracle.
func TestOracle(t *testing.T) {
	t.Parallel()
	store := newStoreWriter(t)
	// Reference dates before the pilot, in the year in which it begins; a trajectory that ends on the day
	// it begins, as another one does; then those in which most figures are something, which no earlier one has.
	for _, seed := range seeds(28, 103, 114, 726, 3, 5, 23, 25, 1, 17, 6, 18, 2) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			w, terms, p := newRandomWorld(seed)
			c, err := newComputation(t.Context(), openStore(t, store.write(t, w), 1), terms, p)
			if err != nil {
				t.Fatal(err)
			}
			figures, err := c.figures(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			compare(t, figures, newOracle(w, terms, p).out)
		})
	}
}

// seeds are those of the random registers that a test tries: the first ones, and to try everything also all
// below n.
func seeds(n uint64, first ...uint64) []uint64 {
	for seed := range n {
		if thorough.On && !slices.Contains(first, seed) {
			first = append(first, seed)
		}
	}
	return first
}

func compare(t *testing.T, figures []Figure, want map[string]string) {
	t.Helper()
	seen := map[string]bool{}
	for i := range figures {
		f := &figures[i]
		var dims []string
		for _, d := range f.Dims {
			dims = append(dims, d.Name, d.Value)
		}
		k := oracleKey(f.ID, dims...)
		if seen[k] {
			t.Errorf("%s occurs twice", k)
		}
		seen[k] = true
		if got := said(f); !same(got, want[k]) {
			t.Errorf("%s = %q, the oracle says %q", k, got, want[k])
		}
	}
	var absent []string
	for k := range want {
		if !seen[k] {
			absent = append(absent, k)
		}
	}
	slices.Sort(absent)
	for _, k := range absent {
		t.Errorf("%s is absent, the oracle says %q", k, want[k])
	}
}

// said puts a figure as the oracle does.
func said(f *Figure) string {
	switch {
	case f.Status == NotAvailable:
		return "not available: " + f.Reason
	case f.Status == Undefined:
		return "undefined"
	case f.Date != day.None:
		return fmt.Sprintf("%s on %s", f.Value, f.Date)
	}
	return f.Value.String()
}

// same compares texts, and numbers to the twelve digits that results have.
func same(got, want string) bool {
	if got == want {
		return true
	}
	a, err := strconv.ParseFloat(got, 64)
	if err != nil || want == "" {
		return false
	}
	b, err := strconv.ParseFloat(want, 64)
	return err == nil && math.Abs(a-b) <= 1e-11*max(1, math.Abs(b))
}

// TestThreads expects the same bytes from one thread that reads small tables once and from many that scan the files, and
// again from the same engine.
func TestThreads(t *testing.T) {
	t.Parallel()
	store := newStoreWriter(t)
	for _, seed := range seeds(2, 1) {
		w, terms, p := newRandomWorld(seed)
		dir := store.write(t, w)
		var first []byte
		for _, threads := range []int{1, 7} {
			e := openStore(t, dir, threads)
			for range 2 {
				r, err := Compute(t.Context(), e, terms, p)
				if err != nil {
					t.Fatal(err)
				}
				var b bytes.Buffer
				if err := WriteKPIs(&b, r); err != nil {
					t.Fatal(err)
				}
				if first == nil {
					first = b.Bytes()
				}
				if !bytes.Equal(first, b.Bytes()) {
					t.Fatalf("seed %d: %d threads give other bytes", seed, threads)
				}
			}
		}
	}
}
