package release

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lvv/anonymize/kanon"
)

// TestLinksAgainstEveryPair holds random small deliveries against a comparison of everybody with
// everybody: how many fit, up to two, and who alone does.
func TestLinksAgainstEveryPair(t *testing.T) {
	alone, none := 0, 0
	for seed := range uint64(1000) {
		rng := rand.New(rand.NewPCG(seed, 9))
		pick := func(s ...string) string { return s[rng.IntN(len(s))] }
		courses := func(n int, published bool) (out []trajectory) {
			for range n {
				c := trajectory{scenario: "return", running: rng.IntN(3) == 0, truth: [cells]string{pick("0-5", "5-10"), pick("0-29", "30-59"), pick("", "return")}}
				c.published = c.truth
				if published {
					c.scenario = pick("return", "return", "onward")
					for i := range c.published {
						if rng.IntN(3) == 0 {
							c.published[i] = kanon.Star
						}
					}
				}
				out = append(out, c)
			}
			return out
		}
		d := &delivery{}
		for i := range rng.IntN(15) {
			p := &person{id: fmt.Sprint(i), trajectories: courses(rng.IntN(4), true)}
			p.published[qiSex], p.published[qiAge] = pick("male", "female", kanon.Star), pick("16", "15-19", "20-39", "60-79", "90+", unknown, kanon.Star)
			d.persons = append(d.persons, p)
		}
		for i := range rng.IntN(12) {
			d.participants = append(d.participants, &participant{
				key: fmt.Sprint(i), sex: pick("male", "female", "other"), ageBand: pick("<18", "18-60", "18-60", ">60", unknown), courses: courses(1+rng.IntN(3), false),
			})
		}
		want := links{make([][]int, len(d.participants)), make([][]int, len(d.persons))}
		for at, a := range d.participants {
			for i, p := range d.persons {
				if a.mayBe(p) && a.coursesFit(p.trajectories, 0, 0) {
					want.personsOf[at], want.participantsOf[i] = append(want.personsOf[at], i), append(want.participantsOf[i], at)
				}
			}
		}
		got := d.links()
		for _, side := range [][2][][]int{{got.personsOf, want.personsOf}, {got.participantsOf, want.participantsOf}} {
			for n := range side[0] {
				is, should := side[0][n], side[1][n]
				if len(is) != min(2, len(should)) || len(should) == 1 && is[0] != should[0] || slices.ContainsFunc(is, func(i int) bool { return !slices.Contains(should, i) }) {
					t.Fatalf("seed %d: %d is said to fit %v; it fits %v", seed, n, is, should)
				}
				switch len(should) {
				case 0:
					none++
				case 1:
					alone++
				}
			}
		}
	}
	if alone < 500 || none < 500 {
		t.Errorf("only %d fit one, %d none", alone, none)
	}
}
