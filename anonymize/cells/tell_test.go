package cells

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTell compares with every table: what is told is what telling one total after the other, where all stays possible, comes to.
func TestTell(t *testing.T) {
	const counts, most = 4, 5
	r := rand.New(rand.NewPCG(1, 1))
	withheld, given := 0, 0
	for range 300 {
		pub := &Publication{MinCell: 5, Cells: make([]Known, counts)}
		value := make([]int64, counts)
		for i := range value {
			pub.Cells[i].High, value[i] = most, r.Int64N(most+1)
		}
		var totals [][]int
		var sums [][]int64 // of each total, by count: how often it has it
		for range 5 {
			weights, rel, sum := make([]int64, counts), Relation{Terms: []Term{{len(pub.Cells), -1}}}, int64(0)
			for i := range weights {
				if weights[i] = r.Int64N(2); weights[i] > 0 {
					rel.Terms, sum = append(rel.Terms, Term{i, 1}), sum+value[i]
				}
			}
			totals, sums = append(totals, []int{len(pub.Cells)}), append(sums, weights)
			pub.Cells, pub.Relations = append(pub.Cells, Known{Low: sum, High: sum}), append(pub.Relations, rel)
		}
		var questions []Question
		for range 4 {
			x := r.Int64N(most + 1)
			questions = append(questions, Question{r.IntN(counts), []Range{{x, x}, {most, most}}[:1+r.IntN(2)], r.IntN(3)})
		}
		possible := func(q *Question, told []bool) bool {
			table := make([]int64, counts)
			for n := range 6 * 6 * 6 * 6 {
				for i := range table {
					table[i], n = int64(n%6), n/6
				}
				agrees := slices.ContainsFunc(q.Of, func(r Range) bool { return r.Low <= table[q.Cell] && table[q.Cell] <= r.High })
				for j, weights := range sums {
					sum := int64(0)
					for i, w := range weights {
						sum += w * table[i]
					}
					agrees = agrees && (!told[j] || sum == pub.Cells[totals[j][0]].Low)
				}
				if agrees {
					return true
				}
			}
			return false
		}
		var kept []Question
		for _, q := range questions {
			told := make([]bool, len(totals))
			for j := range told {
				told[j] = j < q.From
			}
			if possible(&q, told) {
				kept = append(kept, q)
			}
		}
		given += len(questions) - len(kept)
		want := make([]bool, len(totals))
		for j := range want {
			want[j] = true
			want[j] = !slices.ContainsFunc(kept, func(q Question) bool { return !possible(&q, want) })
			if !want[j] {
				withheld++
			}
		}
		near := make([]int64, len(pub.Cells)) // from anywhere
		for i := range near {
			near[i] = r.Int64N(2 * most)
		}
		told, err := Tell(pub, totals, questions, near, DefaultLimits)
		if err != nil || !slices.Equal(told, want) {
			t.Fatalf("%v %v: told %v, want %v, %v", pub, questions, told, want, err)
		}
	}
	if withheld < 100 || given < 50 {
		t.Errorf("%d totals withheld, %d questions given up: too few to mean anything", withheld, given)
	}
}
