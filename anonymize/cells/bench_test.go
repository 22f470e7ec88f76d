package cells

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// skewed draws counts as breakdowns of a register have them: a few large, many around the threshold.
func skewed(r *rand.Rand, n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		x := r.Float64()
		out[i] = int64(60 * x * x * x)
		if r.IntN(4) > 0 {
			out[i] += 5
		}
	}
	return out
}

func BenchmarkChoose(b *testing.B) {
	for _, size := range [][2]int{{11, 4}, {12, 13}, {13, 13}, {20, 15}, {24, 40}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, uint64(size[0])))
			m := twoWay(5, size[0], size[1], skewed(r, size[0]*size[1]))
			b.ReportAllocs()
			for b.Loop() {
				p, report, err := Choose(&m.sys, DefaultOptions)
				if err != nil || !report.Cleared {
					b.Fatal("not cleared", err)
				}
				small, second := 0, 0
				for i, c := range m.sys.Cells {
					if m.sys.small(i) {
						small++
					} else if c.Role == Open && p.Marks[i] != Shown {
						second++
					}
				}
				b.ReportMetric(float64(small), "small")
				b.ReportMetric(float64(second), "also-hidden")
				proven := 0.0
				if p.Optimal {
					proven = 1
				}
				b.ReportMetric(proven, "proven")
			}
		})
	}
}
