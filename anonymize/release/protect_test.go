package release

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomTable returns rows of verlopen, each published as it is or wider.
func randomTable(rng *rand.Rand) *table {
	paths := []string{"return", "undecided > return", "legalisation", "undecided > onward"}
	levels := []string{"running", "durable", "durable", "none", "semi_durable"}
	var rows []*row
	for i := range 20 + rng.IntN(60) {
		level := levels[rng.IntN(len(levels))]
		running := hasEnded
		if level == "running" {
			running = isRunning
		}
		rows = append(rows, &row{
			person: fmt.Sprint(i / (1 + rng.IntN(2))), id: fmt.Sprint(i),
			qi: []string{paths[rng.IntN(len(paths))], dayLeaf(int64(rng.IntN(800)), courseWidths[0]), running}, sensitive: []string{level},
		})
	}
	t := coursesTable(rows)
	t.rows = rows
	for _, r := range rows {
		for i, v := range r.qi {
			path := t.columns[i].paths[v]
			r.labels = append(r.labels, path[rng.IntN(len(path))])
		}
	}
	return t
}

// After join and widen every label still stands for the value of its row, every class meets the rules,
// and every query fits k persons or nobody; or rows are named that stand in the way.
func TestSettleKeepsTruthAndRules(t *testing.T) {
	settled := 0
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 3))
		table := randomTable(rng)
		rules := table.rulesFor(table.rows, 4, 2)
		queries := []*query{
			{table.name, []*condition{{1, []string{"return"}}, anything, {2, []string{hasEnded}}, {3, []string{"durable"}}}},
			{table.name, []*condition{{4, []string{"legalisation"}}, {5, []string{"0-89", "90-179"}}, anything, anything}},
		}
		lost := table.settle(rules, queries)
		for _, r := range table.rows {
			if !table.fits(r.labels, r.qi) {
				t.Fatalf("seed %d: %v is published as %v", seed, r.qi, r.labels)
			}
		}
		if len(lost) > 0 {
			continue
		}
		settled++
		for _, c := range classes(table.rows) {
			if !rules.meets(c) {
				t.Errorf("seed %d: class %v breaks a rule: %+v", seed, c[0].labels, rules.measure(c))
			}
		}
		for _, q := range queries {
			of := map[string]bool{}
			for _, r := range table.rows {
				allows := func(col int, v string) bool {
					return q.conditions[col] == anything || slices.Contains(q.conditions[col].values, v)
				}
				fits := allows(3, r.sensitive[0])
				for i, label := range r.labels {
					stands := slices.ContainsFunc(table.columns[i].hierarchy, func(path []string) bool { return allows(i, path[0]) && slices.Contains(path, label) })
					fits = fits && stands
				}
				if fits {
					of[r.person] = true
				}
			}
			if n := len(of); n > 0 && n < 4 {
				t.Errorf("seed %d: %d persons fit a query", seed, n)
			}
		}
	}
	if settled < 50 {
		t.Errorf("only %d of 200 tables were settled", settled)
	}
}

// fits reports whether labels may stand for values.
func (t *table) fits(labels, values []string) bool {
	for i, label := range labels {
		if !t.columns[i].covers(label, values[i]) {
			return false
		}
	}
	return true
}
