package kanon

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// Under rules every class of random tables, with persons of several rows, meets them: counted anew from
// the published labels.
func TestRulesHoldInEveryClass(t *testing.T) {
	const k, share = 4, 0.6
	hierarchy := func() *Hierarchy {
		var rows [][]string
		for i := range 12 {
			rows = append(rows, []string{fmt.Sprint(i), fmt.Sprintf("%d+", i/3*3), fmt.Sprintf("half %d", i/6), Star})
		}
		h, err := NewHierarchy(rows)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	met := 0
	all := tries(40)
	for seed := range all {
		rng := rand.New(rand.NewPCG(seed, 9))
		table := NewTable([]*Hierarchy{hierarchy(), hierarchy()}, 1, true)
		type line struct{ person, value string }
		var lines []line
		for range 20 + rng.IntN(200) {
			l := line{fmt.Sprint(rng.IntN(80)), []string{"open", "open", "a", "a", "a", "b", "c"}[rng.IntN(7)]}
			if err := table.Add([]string{fmt.Sprint(rng.IntN(12)), fmt.Sprint(min(rng.IntN(12), rng.IntN(12)))}, []string{l.value}, l.person); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, l)
		}
		rule := Rule{Values: 2, Pending: func(v string) bool { return v == "open" }, MaxShare: func(v string) float64 {
			if v == "open" {
				return 1
			}
			return share
		}}
		res, err := Anonymize(t.Context(), table, Options{K: k, L: 1, Rules: []Rule{rule}})
		if _, unmet := errors.AsType[*UnmetError](err); unmet {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		met++
		type class struct {
			rows   int
			own    map[string]int
			values map[string]map[string]bool
		}
		classes := map[int32]*class{}
		for i, c := range res.Class {
			if classes[c] == nil {
				classes[c] = &class{own: map[string]int{}, values: map[string]map[string]bool{}}
			}
			x, l := classes[c], lines[i]
			x.rows++
			x.own[l.person]++
			if x.values[l.value] == nil {
				x.values[l.value] = map[string]bool{}
			}
			x.values[l.value][l.person] = true
		}
		for _, x := range classes {
			if len(x.own) < k {
				t.Errorf("seed %d: a class of %d persons", seed, len(x.own))
			}
			for _, n := range x.own {
				if n*k > x.rows {
					t.Errorf("seed %d: a person has %d of %d rows", seed, n, x.rows)
				}
			}
			known := len(x.values)
			if x.values["open"] != nil {
				known--
			}
			if known == 1 {
				t.Errorf("seed %d: one value in a class: %v", seed, x.values)
			}
			for v, persons := range x.values {
				if v != "open" && float64(len(persons)) > share*float64(len(x.own))+1e-9 {
					t.Errorf("seed %d: %d of %d persons have %s", seed, len(persons), len(x.own), v)
				}
			}
		}
	}
	if uint64(met)*10 < 6*all {
		t.Errorf("only %d of %d tables could be met", met, all)
	}
}
