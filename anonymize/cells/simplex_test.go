package cells

import (
	"math/rand/v2"
	"testing"
)

// TestSolveLarge: the numbers of a cube of 8 by 8 by 8, of which all sums along its edges are known, are found in about as many steps as there
// are sums; in none, where the search sets out from them.
func TestSolveLarge(t *testing.T) {
	const n = 8
	r := rand.New(rand.NewPCG(1, n))
	for _, high := range []int{2, 10, 1000} {
		relations := make([]Relation, 0, 3*n*n)
		var s [3][n][n]Relation
		known := make([]int64, n*n*n)
		for c := range known {
			x := int64(r.IntN(high + 1))
			known[c] = x
			i, j, k := c/n/n, c/n%n, c%n
			for _, rel := range []*Relation{&s[0][i][j], &s[1][j][k], &s[2][i][k]} {
				rel.Terms = append(rel.Terms, Term{Cell: c, Coef: 1})
				rel.Sum += x
			}
		}
		for _, plane := range s {
			for _, line := range plane {
				relations = append(relations, line[:]...)
			}
		}
		tab := newTableau(n*n*n, relations)
		for v := range n * n * n {
			tab.bound(v, 0, int64(high))
		}
		_, feasible, ok := tab.solve(DefaultLimits.Pivots)
		if !feasible || !ok || tab.pivots > 3*len(relations) {
			t.Errorf("numbers to %d: found %v, sure %v, after %d pivots of %d sums", high, feasible, ok, tab.pivots, len(relations))
		}
		tab = newTableau(n*n*n, relations)
		tab.stand(func(v int) int64 { return known[v] })
		if _, feasible, ok := tab.solve(DefaultLimits.Pivots); !feasible || !ok || tab.pivots > 0 {
			t.Errorf("numbers to %d, from what they are: found %v, sure %v, after %d pivots", high, feasible, ok, tab.pivots)
		}
	}
}
