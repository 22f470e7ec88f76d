package kanon

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"lvv/internal/guard"
)

// TestPanicReachesTheCaller spoils what only the goroutines of a search use: who called can recover.
func TestPanicReachesTheCaller(t *testing.T) {
	w := randomWorld(rand.New(rand.NewPCG(1, 2)), true)
	p := w.table(t, w.all()).problem(Options{K: 2, L: 1})
	for name, search := range map[string]func(){
		"uniform": func() {
			p.nsens, p.values, p.l = 1, nil, []int{2}
			_, _ = p.uniform(t.Context(), math.MaxInt64)
		},
		"nearest": func() {
			classes := []class{p.newClass([]int32{0}), p.newClass([]int32{1})}
			p.newIndex(classes).together(2, func(q *finder, i int) {
				q.x = nil
				q.nearest(classes[i].nodes, 1, int32(i), math.MaxInt64, 1)
			})
		},
	} {
		func() {
			defer func() {
				if err, _ := recover().(error); !errors.Is(err, guard.ErrPanic) {
					t.Errorf("%s: recovered %v", name, err)
				}
			}()
			search()
		}()
	}
}

// Ten columns of dates with six levels are a lattice of sixty million nodes.
func TestDeepLattice(t *testing.T) {
	var rows [][]string
	for i := range 720 {
		y, m, d := 2019+i/360, i/30%12+1, i%30+1
		rows = append(rows, []string{
			fmt.Sprintf("%d-%02d-%02d", y, m, d), fmt.Sprintf("%d-%02d", y, m), fmt.Sprintf("%d-Q%d", y, (m+2)/3),
			fmt.Sprintf("%d-H%d", y, (m+5)/6), fmt.Sprint(y), "*",
		})
	}
	w := &world{}
	rng := rand.New(rand.NewPCG(4, 4))
	for range 10 {
		w.hierarchies = append(w.hierarchies, rows)
	}
	for i := range 400 {
		base := rng.IntN(600)
		var qi []string
		for range 10 {
			qi = append(qi, rows[base+rng.IntN(100)][0])
		}
		w.qi, w.sensitive, w.person = append(w.qi, qi), append(w.sensitive, nil), append(w.person, fmt.Sprint(i))
	}
	for _, mode := range []Mode{Local, Uniform} {
		res, err := Anonymize(t.Context(), w.table(t, w.all()), Options{K: 5, L: 2, Mode: mode})
		if err != nil {
			t.Fatal(err)
		}
		w.check(t, res, 5, 2)
		t.Logf("%s: ncp %.4f in %d classes", mode, res.NCP, len(res.Labels))
	}
}
