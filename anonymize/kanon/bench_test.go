package kanon

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// census makes a synthetic table of the shape of a census extract: nine columns of 2 to 80 values,
// skewed, and depending on one another through a hidden kind of person.
func census(tb testing.TB, rows int) *Table {
	tb.Helper()
	sizes := []int{2, 80, 5, 7, 16, 40, 8, 14, 2}
	var hs []*Hierarchy
	for c, n := range sizes {
		var levels [][]string
		for v := range n {
			row := []string{fmt.Sprintf("c%dv%d", c, v)}
			for w := 5; w < n; w *= 3 {
				row = append(row, fmt.Sprintf("c%dg%d.%d", c, w, v/w))
			}
			levels = append(levels, append(row, Star))
		}
		h, err := NewHierarchy(levels)
		if err != nil {
			tb.Fatal(err)
		}
		hs = append(hs, h)
	}
	t := NewTable(hs, 0, false)
	rng := rand.New(rand.NewPCG(1, 9))
	qi := make([]string, len(sizes))
	for range rows {
		kind := rng.ExpFloat64()
		for c, n := range sizes {
			v := int(float64(n) * (0.2*kind + 0.12*rng.ExpFloat64()))
			qi[c] = fmt.Sprintf("c%dv%d", c, min(v, n-1))
		}
		if err := t.Add(qi, nil, ""); err != nil {
			tb.Fatal(err)
		}
	}
	return t
}

func BenchmarkAnonymize(b *testing.B) {
	for _, rows := range []int{3_000, 30_000, 300_000} {
		for _, mode := range []Mode{Local, Uniform} {
			b.Run(fmt.Sprintf("%s/%d", mode, rows), func(b *testing.B) {
				t := census(b, rows)
				b.ReportAllocs()
				for b.Loop() {
					res, err := Anonymize(b.Context(), t, Options{K: 5, L: 2, Mode: mode})
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(res.NCP, "ncp")
				}
			})
		}
	}
}
