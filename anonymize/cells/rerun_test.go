package cells

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestReaderWhoRunsTheProgram: a reader has the program but not the key, and runs it on every table that agrees with what
// is published, under many keys. A table remains possible if one of them publishes the same. Nothing is found exactly; of some
// counts the largest number is excluded, because with it the table would have needed no partner.
func TestReaderWhoRunsTheProgram(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 29))
	promised, narrowed, exact := 0, 0, 0
	for range 250 {
		n := 5 + r.IntN(6)
		values := make([]int64, n)
		for i := range values {
			values[i] = [4]int64{0, 1 + r.Int64N(4), r.Int64N(10), 5 + r.Int64N(20)}[r.IntN(4)]
		}
		published := publishRow(values, r.IntN(keys))
		var hidden []int
		rest := int64(0)
		for i, m := range published {
			if m != Shown {
				hidden = append(hidden, i)
				rest += values[i]
			}
		}
		if len(hidden) == 0 || len(hidden) > 5 || !slices.Contains(published, Small) {
			continue
		}
		found := make([][5]bool, n)
		candidate := slices.Clone(values)
		var try func(k int, left int64)
		try = func(k int, left int64) {
			i := hidden[k]
			low, high := published[i].bounds(0, 5)
			if k == len(hidden)-1 {
				low, high = max(low, left), min(high, left)
			}
			for x := low; x <= min(high, left); x++ {
				candidate[i] = x
				if k < len(hidden)-1 {
					try(k+1, left-x)
					continue
				}
				if slices.ContainsFunc(hidden, func(j int) bool { return published[j] == Small && !found[j][candidate[j]] }) && reruns(candidate, published) {
					for _, j := range hidden {
						if published[j] == Small {
							found[j][candidate[j]] = true
						}
					}
				}
			}
		}
		try(0, rest)
		for _, j := range hidden {
			if published[j] != Small {
				continue
			}
			promised++
			possible := 0
			for x := 1; x < 5; x++ {
				if found[j][x] {
					possible++
				}
			}
			if !found[j][values[j]] {
				t.Fatalf("the true table %v is not found possible", values)
			}
			if possible < 4 {
				narrowed++
			}
			if possible == 1 {
				exact++
			}
		}
	}
	t.Logf("%d promised counts: %d narrowed, %d exact", promised, narrowed, exact)
	if promised < 200 || narrowed*100 > 5*promised || exact > 0 {
		t.Errorf("%d promised counts: %d narrowed (at most 5 %%), %d exact (none)", promised, narrowed, exact)
	}
}

// keys is how many keys the reader tries.
const keys = 30

// publishRow publishes a breakdown with its total, hidden from the end of the code list, each cell moved a little by a key, or in
// one of six in any order.
func publishRow(values []int64, key int) []Mark {
	m := &model{atoms: values, sys: System{MinCell: 5}}
	var cells, atoms []int
	r := rand.New(rand.NewPCG(uint64(key), uint64(len(values))))
	anyOrder := r.IntN(6) == 0
	for i := range values {
		cells, atoms = append(cells, m.cell(Open, 0, i)), append(atoms, i)
		m.sys.Cells[i].Rank = int64((len(values)-1-i)*16 + r.IntN(48))
		if anyOrder {
			m.sys.Cells[i].Rank = int64(r.IntN(16 * len(values)))
		}
	}
	m.sum(m.cell(Fixed, 0, atoms...), cells...)
	p, _, err := Choose(&m.sys, DefaultOptions)
	if err != nil {
		panic(err)
	}
	return p.Marks[:len(values)]
}

func reruns(values []int64, published []Mark) bool {
	for key := range keys {
		if slices.Equal(publishRow(values, key), published) {
			return true
		}
	}
	return false
}
