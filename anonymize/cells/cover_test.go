package cells

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCover compares the covering problem's answers with a trial of all sets.
func TestCover(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for n := range 400 {
		cells := 4 + r.IntN(8)
		value := make([]int64, cells)
		for k := range value {
			value[k] = r.Int64N(30)
		}
		var needs, cuts []row
		some := func() []int {
			var out []int
			for k := range cells {
				if r.IntN(3) == 0 {
					out = append(out, k)
				}
			}
			return out
		}
		for range r.IntN(4) {
			holder := r.IntN(cells)
			needs = append(needs, row{slices.DeleteFunc(some(), func(k int) bool { return k == holder }), holder})
		}
		for range 1 + r.IntN(7) {
			cut := row{append(some(), n%cells), -1}
			if r.IntN(4) == 0 {
				cut = row{some(), r.IntN(cells)}
			}
			slices.Sort(cut.cells)
			cut.cells = slices.Compact(cut.cells)
			cuts = append(cuts, cut)
		}
		every := make([]int, cells) // more than any answer costs
		for k := range every {
			every[k] = k
		}
		c := newCover(slices.Concat(value, []int64{1000}), 100_000, needs)
		cost := func(set []int) int64 {
			sum := int64(0)
			for _, k := range set {
				sum += costOfCell + c.value[k]
			}
			return sum
		}
		want := int64(-1)
		for bits := range 1 << cells {
			has := func(k int) bool { return bits>>k&1 == 1 }
			fits := !slices.ContainsFunc(slices.Concat(needs, cuts), func(n row) bool {
				return (n.holder < 0 || has(n.holder)) && !slices.ContainsFunc(n.cells, has)
			})
			var set []int
			for k := range cells {
				if has(k) {
					set = append(set, k)
				}
			}
			if total := cost(set); fits && (want < 0 || total < want) {
				want = total
			}
		}
		best, half := slices.Concat(every, []int{cells}), len(cuts)/2
		for _, some := range [][]row{cuts[:half], cuts} { // prices are kept from one call to the next
			best = slices.Concat(every, []int{cells})
			for {
				picked, ok := c.solve(some, best)
				if !ok {
					t.Fatalf("problem %d: not finished", n)
				}
				if picked == nil {
					break
				}
				best = picked
			}
		}
		if got := cost(best); want >= 0 && got != want {
			t.Fatalf("problem %d: %v costs %d, want %d; cuts %v, needs %v, values %v", n, best, got, want, cuts, needs, value)
		}
	}
}
