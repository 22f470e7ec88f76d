package cells

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSixtyCells is a table of 11 regions by 4 sources of income with its margins: 60 cells, 6 of them
// small. The smallest pattern is proven. Four more hidden cells would do for a reader who took "·" for any
// number, by 1 and 7 in the second region; who knows that it is not small can tell that 1 is not 4.
func TestSixtyCells(t *testing.T) {
	m := twoWay(5, 11, 4, []int64{
		11, 11, 55, 36,
		7, 1, 29, 18,
		5, 8, 35, 25,
		13, 2, 17, 13,
		9, 14, 63, 52,
		12, 9, 24, 22,
		6, 4, 22, 8,
		14, 9, 38, 30,
		3, 12, 27, 19,
		17, 9, 32, 20,
		4, 2, 18, 11,
	})
	p, report, err := Choose(&m.sys, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	small, also := 0, 0
	for i, mark := range p.Marks[:len(p.Marks)-1] {
		switch {
		case m.sys.small(i):
			small++
		case mark != Shown:
			also++
		}
	}
	if len(m.sys.Cells) != 60 || small != 6 || !p.Optimal || !report.Cleared || p.Levels[0] != Sharp {
		t.Errorf("%d cells, %d small; proven %v, cleared %v, level %d", len(m.sys.Cells), small, p.Optimal, report.Cleared, p.Levels[0])
	}
	for i, f := range report.Findings {
		if !slices.Equal(f.Possible, []int64{1, 2, 3, 4}) {
			t.Errorf("finding %d: %v remain possible", i, f.Possible)
		}
	}
	if also != 5 {
		t.Errorf("%d cells hidden to protect the small ones, want 5", also)
	}
}

// TestDenseTable: the smallest pattern of a dense table of 12 by 13 with its margins, 182 cells, is proven.
func TestDenseTable(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 12))
	m := twoWay(5, 12, 13, skewed(r, 12*13))
	p, report, err := Choose(&m.sys, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	also := 0
	for i, mark := range p.Marks {
		if mark == Large && !m.sys.small(i) {
			also++
		}
	}
	if !p.Optimal || !report.Cleared || also != 6 {
		t.Errorf("proven %v, cleared %v, %d cells hidden to protect others, want 6", p.Optimal, report.Cleared, also)
	}
}

// TestImprove: above the size that is solved exactly, a better pattern is sought near the first one, by a
// bounded number of steps.
func TestImprove(t *testing.T) {
	total := map[int]int{}
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed+1, 20))
		m := twoWay(5, 20, 15, skewed(r, 20*15))
		for _, steps := range []int{0, DefaultOptions.Improve} {
			o := DefaultOptions
			o.Improve = steps
			p, report, err := Choose(&m.sys, o)
			if err != nil || !report.Cleared || p.Optimal {
				t.Fatalf("cleared %v, proven %v: %v", report.Cleared, p.Optimal, err)
			}
			for i, mark := range p.Marks {
				if mark == Large && !m.sys.small(i) {
					total[steps]++
				}
			}
		}
	}
	if total[0] != 48 || total[DefaultOptions.Improve] != 44 {
		t.Errorf("three tables of 20 by 15: %d cells hidden to protect others at first, %d then; want 48 and 44", total[0], total[DefaultOptions.Improve])
	}
}
