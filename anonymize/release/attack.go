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
func (t *table) attack(all []*class) []Attack {
	exact, remembered := Attack{Knowledge: "exact"}, Attack{Knowledge: "remembered"}
	targets := t.published()
	if len(all) > 0 {
		targets = targets[:min(len(targets), fitWork/len(all)/16+1)]
	}
	known := map[string]*[2][]*class{}
	for _, r := range targets {
		key := strings.Join(r.qi, "\x1f")
		if known[key] == nil {
			near := t.near(r.qi)
			known[key] = &[2][]*class{}
			for _, c := range all {
				if t.fits(c.rows[0].labels, r.qi) {
					known[key][0] = append(known[key][0], c)
				}
				if t.fitsNear(c.rows[0].labels, near) {
					known[key][1] = append(known[key][1], c)
				}
			}
		}
		exact.guess(r, known[key][0])
		remembered.guess(r, known[key][1])
	}
	for _, a := range []*Attack{&exact, &remembered} {
		if a.Targets > 0 {
			a.ChanceAverage /= float64(a.Targets)
		}
	}
	return []Attack{exact, remembered}
}

// guess adds the guess of one target among the rows of the classes that fit.
func (a *Attack) guess(target *row, fitting []*class) {
	rows, own := 0, 0
	of := map[string]bool{}
	for _, c := range fitting {
		rows += len(c.rows)
		for _, r := range c.rows {
			if r.person == target.person {
				own++
			}
			of[r.person] = true
		}
	}
	chance := float64(own) / float64(rows)
	if own == rows {
		a.SingledOut++
	}
	if a.Targets == 0 || rows < a.FewestFitting {
		a.FewestFitting = rows
	}
	if a.Targets == 0 || len(of) < a.FewestOfPerson {
		a.FewestOfPerson = len(of)
	}
	a.Targets++
	a.ChanceAverage += chance
	a.ChanceHighest = max(a.ChanceHighest, chance)
}

// near returns for each quasi-identifier the values that a person may remember for the true one.
func (t *table) near(qi []string) [][]string {
	out := make([][]string, len(qi))
	for i, v := range qi {
		c := &t.columns[i]
		steps := 1
		switch c.name {
		case colAge:
			steps = 2
		case colAdmitted, colDuration, "nights_band":
		default:
			steps = 0
		}
		at := slices.IndexFunc(c.hierarchy, func(path []string) bool { return path[0] == v })
		if c.name == colAge {
			if _, err := strconv.Atoi(v); err != nil {
				steps = 0
			}
		}
		for n := max(at-steps, 0); n <= min(at+steps, len(c.hierarchy)-1); n++ {
			out[i] = append(out[i], c.hierarchy[n][0])
		}
	}
	return out
}

// fitsNear reports whether labels may stand for one of the values in each column.
func (t *table) fitsNear(labels []string, near [][]string) bool {
	for i, label := range labels {
		if !slices.ContainsFunc(near[i], func(v string) bool { return t.columns[i].covers(label, v) }) {
			return false
		}
	}
	return true
}
