package kanon

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// smallWorld makes a table of so few rows that the best of all partitions can be found.
func smallWorld(rng *rand.Rand, rows int) *world {
	w := &world{}
	for c := range 2 + rng.IntN(4) {
		var h [][]string
		leaves, group := 2+rng.IntN(10), 2+rng.IntN(3)
		for v := range leaves {
			h = append(h, []string{fmt.Sprintf("c%dv%d", c, v), fmt.Sprintf("c%dg%d", c, v/group), Star})
		}
		w.hierarchies = append(w.hierarchies, h)
	}
	for i := range rows {
		var qi []string
		for _, h := range w.hierarchies {
			qi = append(qi, h[rng.IntN(len(h))][0])
		}
		w.qi, w.sensitive, w.person = append(w.qi, qi), append(w.sensitive, nil), append(w.person, fmt.Sprint(i))
	}
	return w
}

// classLoss is that of rows that are published alike, from the rows of the hierarchies.
func (w *world) classLoss(rows []int) float64 {
	loss := 0.0
	for c, h := range w.hierarchies {
		var paths [][]string
		for _, row := range rows {
			paths = append(paths, h[slices.IndexFunc(h, func(p []string) bool { return p[0] == w.qi[row][c] })])
		}
		level := slices.IndexFunc(paths[0], func(label string) bool {
			return !slices.ContainsFunc(paths, func(p []string) bool { return !slices.Contains(p, label) })
		})
		loss += cellLoss(h, paths[0][level])
	}
	return float64(len(rows)) * loss
}

// bestLocal tries every partition into classes of k to 2k - 1 rows: larger ones can be divided
// without loss.
func (w *world) bestLocal(k int) float64 {
	n := len(w.qi)
	best := make([]float64, 1<<n)
	loss := make([]float64, 1<<n)
	for set := 1; set < 1<<n; set++ {
		best[set], loss[set] = math.Inf(1), math.NaN()
		if size := bits.OnesCount(uint(set)); size >= k && size < 2*k {
			var rows []int
			for row := range n {
				if set>>row&1 == 1 {
					rows = append(rows, row)
				}
			}
			loss[set] = w.classLoss(rows)
		}
	}
	for set := 1; set < 1<<n; set++ {
		first := set & -set
		for rest := set ^ first; ; rest = (rest - 1) & (set ^ first) {
			if part := set ^ rest; !math.IsNaN(loss[part]) {
				best[set] = min(best[set], loss[part]+best[rest])
			}
			if rest == 0 {
				break
			}
		}
	}
	return best[1<<n-1] / float64(n*len(w.hierarchies))
}

// TestLocalComesCloseToTheBestOfAllPartitions holds small tables against an exhaustive search: no
// heuristic can be better than that.
func TestLocalComesCloseToTheBestOfAllPartitions(t *testing.T) {
	const tables = 30
	found, best, exact := 0.0, 0.0, 0
	for seed := range uint64(tables) {
		rng := rand.New(rand.NewPCG(seed, 5))
		w := smallWorld(rng, 12)
		k := 2 + rng.IntN(2)
		res, err := Anonymize(t.Context(), w.table(t, w.all()), Options{K: k, L: 1})
		if err != nil {
			t.Fatal(err)
		}
		least := w.bestLocal(k)
		if res.NCP < least-1e-9 {
			t.Fatalf("seed %d: ncp %v is below the least possible, %v", seed, res.NCP, least)
		}
		if res.NCP < least+1e-9 {
			exact++
		}
		found, best = found+res.NCP, best+least
	}
	t.Logf("%d of %d tables at the optimum, %.2f %% above it on average", exact, tables, 100*(found/best-1))
	if found > 1.005*best {
		t.Errorf("the loss is %.2f %% above the least possible, more than 0.5 %%", 100*(found/best-1))
	}
}
