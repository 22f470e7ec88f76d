package cells

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestReaderWhoRunsTheProgram: a reader has the program but not the key, and runs it on every table that agrees with what
// is published, under many keys. A table remains possible if one of them publishes the same. Of one table he narrows next to
// nothing. Where cells stand in two sums he finds more: which of them was hidden, and that one alone did not do, says something of
// the small ones.
func TestReaderWhoRunsTheProgram(t *testing.T) {
	for _, test := range []struct {
		name            string
		tables, atLeast int // how many are tried, and what reads as small in them
		narrowed, exact int // at most so many of a hundred
		make            func(values []int64) *model
		atoms           func(r *rand.Rand) int
	}{
		{"one table", 100, 200, 1, 0, oneWay, func(r *rand.Rand) int { return 5 + r.IntN(6) }},
		{"a table and one that it refines", 30, 30, 10, 0, refined, func(r *rand.Rand) int { return 5 + r.IntN(3) }},
		{"two tables and their crossing", 40, 20, 25, 5, crossing, func(r *rand.Rand) int { return 2 * (2 + r.IntN(2)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(12, 29))
			var small, vague tally
			for range test.tables {
				values := make([]int64, test.atoms(r))
				for i := range values {
					values[i] = [4]int64{0, 1 + r.Int64N(4), r.Int64N(10), 5 + r.Int64N(20)}[r.IntN(4)]
				}
				p := publish(test.make(values), r.IntN(keys))
				found := rerun(test.make(values), p, test.make)
				for i, c := range test.make(values).sys.Cells {
					if found == nil || c.Role != Open || c.Value < 1 || c.Value > 4 {
						continue
					}
					if !found[i][c.Value] {
						t.Fatalf("the true table %v is not found possible", values)
					}
					switch p.Marks[i] {
					case Small:
						small.count(found[i])
					case Vague:
						vague.count(found[i])
					}
				}
			}
			t.Logf("of %d counts that read as small %d are narrowed, %d exact; of %d in ranges %d and %d", small.all, small.narrowed, small.exact, vague.all, vague.narrowed, vague.exact)
			if small.all < test.atLeast || small.narrowed*100 > test.narrowed*small.all || small.exact*100 > test.exact*small.all || vague.exact > 0 {
				t.Errorf("more than %d %% of what reads as small is narrowed, or %d %% exact", test.narrowed, test.exact)
			}
		})
	}
}

// tally counts small counts, those of which a number from 1 to 4 is excluded, and those that can have one value only.
type tally struct{ all, narrowed, exact int }

func (t *tally) count(found map[int64]bool) {
	t.all++
	if !found[1] || !found[2] || !found[3] || !found[4] {
		t.narrowed++
	}
	if len(found) == 1 {
		t.exact++
	}
}

// rerun returns which values each small count has among the tables that may have been published so, or nil when there are too many.
func rerun(m *model, p *Pattern, build func(values []int64) *model) []map[int64]bool {
	pub := p.Publication(&m.sys)
	found := make([]map[int64]bool, len(m.sys.Cells))
	for i := range found {
		found[i] = map[int64]bool{}
	}
	if n := 0; !m.enumerate(pub, 20_000, func(_, _ []int64) { n++ }) || n > 300 {
		return nil
	}
	m.enumerate(pub, 20_000, func(atoms, sums []int64) {
		adds := false
		for i, c := range m.sys.Cells {
			adds = adds || c.Role == Open && m.sys.small(i) && !found[i][sums[i]]
		}
		if !adds {
			return
		}
		for key := range keys {
			if slices.Equal(publish(build(atoms), key).Marks, p.Marks) {
				for i, n := range sums {
					found[i][n] = true
				}
				return
			}
		}
	})
	return found
}

// keys is how many keys the reader tries.
const keys = 240

// publish hides from the end of the code list, each cell moved a little by a key, or in one table of six in any order.
func publish(m *model, key int) *Pattern {
	size := map[int]int{}
	for _, c := range m.sys.Cells {
		if c.Role == Open {
			size[c.Table]++
		}
	}
	at, anyOrder := map[int]int{}, map[int]bool{}
	r := rand.New(rand.NewPCG(uint64(key), uint64(len(m.sys.Cells))))
	for i := range m.sys.Cells {
		c := &m.sys.Cells[i]
		if c.Role != Open {
			continue
		}
		n := size[c.Table]
		if at[c.Table] == 0 {
			anyOrder[c.Table] = r.IntN(6) == 0
		}
		c.Rank = int64((n-1-at[c.Table])*16 + r.IntN(48))
		if anyOrder[c.Table] {
			c.Rank = int64(r.IntN(16 * n))
		}
		at[c.Table]++
	}
	p, _, err := Choose(&m.sys, DefaultOptions)
	if err != nil {
		panic(err)
	}
	return p
}

// oneWay is a breakdown with its total.
func oneWay(values []int64) *model {
	m := &model{atoms: slices.Clone(values), sys: System{MinCell: 5}}
	var cells, atoms []int
	for i := range values {
		cells, atoms = append(cells, m.cell(Open, 0, i)), append(atoms, i)
	}
	m.sum(m.cell(Fixed, 0, atoms...), cells...)
	return m
}

// refined is a breakdown, another that its cells add up to by two or three, and the total.
func refined(values []int64) *model {
	m := &model{atoms: slices.Clone(values), sys: System{MinCell: 5}}
	var coarse, atoms []int
	for from := 0; from < len(values); {
		to := from + 2
		if len(values)-to < 2 {
			to = len(values)
		}
		var cells, parts []int
		for i := from; i < to; i++ {
			cells, parts = append(cells, m.cell(Open, 0, i)), append(parts, i)
		}
		coarse, atoms = append(coarse, m.cell(Open, 1, parts...)), append(atoms, parts...)
		m.sum(coarse[len(coarse)-1], cells...)
		from = to
	}
	m.sum(m.cell(Fixed, 0, atoms...), coarse...)
	return m
}

// crossing is a table of two rows, whose inner cells give way to its margins.
func crossing(values []int64) *model {
	m := twoWay(5, 2, len(values)/2, slices.Clone(values))
	for i := range m.sys.Cells {
		switch c := &m.sys.Cells[i]; {
		case i < len(values):
			c.Crossed, c.Table = true, 2
		case i >= len(values)+2:
			c.Table = 1
		}
	}
	return m
}
