package release

import (
	"slices"
	"strconv"
	"strings"
)

// Attack is what an attacker reaches who knows all quasi-identifiers of one row and guesses among the
// rows that they fit.
type Attack struct {
	// Knowledge is exact, or remembered: ages up to two years off, months, nights and durations up to one
	// step, everything else exact.
	Knowledge      string  `json:"knowledge"`
	Targets        int     `json:"targets"`
	SingledOut     int     `json:"singled_out"` // targets of whom a guess is certain to be right
	ChanceHighest  float64 `json:"chance_highest"`
	ChanceAverage  float64 `json:"chance_average"`
	FewestFitting  int     `json:"fewest_rows_fitting"`
	FewestOfPerson int     `json:"fewest_persons_fitting"`
}

// attack plays both attackers on the rows as they are published. Of a very large table it plays the
// first so many targets that the work stays within bounds.
func (f *finder) attack() []Attack {
	attacks := []Attack{{Knowledge: "exact"}, {Knowledge: "remembered"}}
	targets := f.t.published()
	if len(f.classes) > 0 {
		targets = targets[:min(len(targets), fitWork/len(f.classes)/16+1)]
	}
	own := map[int32][]int{} // of each person, the class of each row
	for n, c := range f.classes {
		for _, r := range c {
			own[r.number] = append(own[r.number], n)
		}
	}
	found := map[string]*[2]fitting{}
	for _, r := range targets {
		known := found[r.known()]
		if known == nil {
			known = &[2]fitting{f.countFitting(exactly(r.qi)), f.countFitting(f.t.near(r.qi))}
			found[r.known()] = known
		}
		for i := range attacks {
			attacks[i].guess(&known[i], own[r.number])
		}
	}
	for i := range attacks {
		attacks[i].ChanceAverage /= float64(max(attacks[i].Targets, 1))
	}
	return attacks
}

// fitting is what fits something that is known.
type fitting struct {
	classes       set
	rows, persons int
}

func (f *finder) countFitting(known [][]string) fitting {
	out := fitting{classes: f.fitting(known)}
	f.count++
	for n := range out.classes.each {
		out.rows += len(f.classes[n])
		for _, r := range f.classes[n] {
			out.persons += f.first(r)
		}
	}
	return out
}

// guess adds the guess of one target, whose rows are in classes of their own, among the rows that fit.
func (a *Attack) guess(fit *fitting, own []int) {
	mine := 0
	for _, n := range own {
		if fit.classes.has(n) {
			mine++
		}
	}
	chance := float64(mine) / float64(fit.rows)
	if mine == fit.rows {
		a.SingledOut++
	}
	if a.Targets == 0 || fit.rows < a.FewestFitting {
		a.FewestFitting = fit.rows
	}
	if a.Targets == 0 || fit.persons < a.FewestOfPerson {
		a.FewestOfPerson = fit.persons
	}
	a.Targets++
	a.ChanceAverage += chance
	a.ChanceHighest = max(a.ChanceHighest, chance)
}

// known is a text of the true values of a row.
func (r *row) known() string { return strings.Join(r.qi, "\x1f") }

func exactly(qi []string) [][]string {
	out := make([][]string, len(qi))
	for i := range qi {
		out[i] = qi[i : i+1]
	}
	return out
}

// near returns for each quasi-identifier the values that a person may remember for the true one.
func (t *table) near(qi []string) [][]string {
	out := make([][]string, len(qi))
	for i, v := range qi {
		c := &t.columns[i]
		steps := map[string]int{colAge: 2, colAdmitted: 1, colDuration: 1, "nights_band": 1}[c.name]
		if _, err := strconv.Atoi(v); err != nil && c.name == colAge {
			steps = 0
		}
		at := slices.IndexFunc(c.hierarchy, func(path []string) bool { return path[0] == v })
		for n := max(at-steps, 0); n <= min(at+steps, len(c.hierarchy)-1); n++ {
			out[i] = append(out[i], c.hierarchy[n][0])
		}
	}
	return out
}
