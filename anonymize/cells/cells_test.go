package cells

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// kinds are the systems that the properties are tried on. Small ones: the oracle counts every table.
var kinds = []struct {
	name string
	n    int // systems to try
	make func(r *rand.Rand) *model
}{
	{"two-way", 1500, func(r *rand.Rand) *model {
		rows, cols := 2+r.IntN(2), 2+r.IntN(3)
		return twoWay(3+r.Int64N(3), rows, cols, counts(r, rows*cols, 9))
	}},
	{"crossed", 600, func(r *rand.Rand) *model {
		rows, cols := 2+r.IntN(2), 2+r.IntN(2)
		m := twoWay(3+r.Int64N(3), rows, cols, counts(r, rows*cols, 9))
		for i := range m.sys.Cells {
			m.sys.Cells[i].Rank = 1 << (i % 12) // no two sets of margins have the same ranks
			if i < rows*cols {
				m.sys.Cells[i].Crossed, m.sys.Cells[i].Table = true, 1
			}
		}
		return m
	}},
	{"three-way", 400, func(r *rand.Rand) *model {
		c := 2 + r.IntN(2)
		return threeWay(3+r.Int64N(2), 2, 2, c, counts(r, 4*c, 6))
	}},
	{"linked", 600, func(r *rand.Rand) *model {
		return linkedTables(3+r.Int64N(3), 2, 2, 2, r, 6)
	}},
	{"quarters", 1500, func(r *rand.Rand) *model {
		m := quarters(3+r.Int64N(3), 2+r.IntN(2), r, 9)
		markPast(m)
		return m
	}},
}

// markPast gives the earlier report's cells the marks that the same rule gave them then.
func markPast(m *model) {
	var then model
	then.sys.MinCell = m.sys.MinCell
	then.atoms = m.atoms
	var past, cells, atoms []int
	for i, c := range m.sys.Cells {
		if c.Role == Past {
			past, cells = append(past, i), append(cells, then.cell(Open, 0, m.parts[i]...))
			atoms = append(atoms, m.parts[i]...)
		}
	}
	then.sum(then.cell(Fixed, 0, atoms...), cells...)
	p, _, err := Choose(&then.sys, DefaultOptions)
	if err != nil {
		panic(err)
	}
	for n, i := range past {
		c := &m.sys.Cells[i]
		c.Low, c.High = then.sys.Cells[cells[n]].bounds(p.Marks[cells[n]], m.sys.MinCell)
	}
}

// TestAuditAgainstEnumeration compares what the audit finds possible with a count of all tables, for
// patterns that the rule chose and for arbitrary ones, most of which are not safe.
func TestAuditAgainstEnumeration(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 11))
			tried, unsafe := 0, 0
			for n := range kind.n {
				m := kind.make(r)
				pub := arbitrary(m, r)
				if n%2 == 0 {
					p, _, err := Choose(&m.sys, DefaultOptions)
					if err != nil {
						t.Fatalf("system %d: %v", n, err)
					}
					pub = p.Publication(&m.sys)
				}
				occurs, ranges, ok := m.oracle(pub, 300_000)
				if !ok {
					continue
				}
				tried++
				report, err := Audit(pub, DefaultLimits)
				if err != nil {
					t.Fatalf("system %d: %v", n, err)
				}
				checkRanges(t, n, pub, ranges)
				if n%2 == 0 && !report.Cleared {
					t.Fatalf("system %d: the chosen pattern is not cleared", n)
				}
				if !report.Cleared {
					unsafe++
				}
				for _, f := range report.Findings {
					var want []int64
					for x := int64(1); x < m.sys.MinCell; x++ {
						if occurs[f.Cell][x] {
							want = append(want, x)
						}
					}
					if !slices.Equal(f.Possible, want) {
						t.Fatalf("system %d, cell %d: audit finds %v possible, counting finds %v\n%+v", n, f.Cell, f.Possible, want, pub)
					}
				}
			}
			if tried < kind.n*2/3 || unsafe < kind.n/20 {
				t.Errorf("%d of %d systems could be counted, %d of them not safe: too few to mean anything", tried, kind.n, unsafe)
			}
		})
	}
}

// arbitrary hides the small counts and a random choice of others.
func arbitrary(m *model, r *rand.Rand) *Publication {
	p := Pattern{Marks: make([]Mark, len(m.sys.Cells)), Must: make([][]int64, len(m.sys.Cells))}
	oneMark := r.IntN(3) == 0
	for i, c := range m.sys.Cells {
		small := m.sys.small(i)
		switch {
		case c.Role == Fixed:
		case c.Role == Past:
		case c.Role == Implied:
			p.Marks[i] = Any
		case small && !oneMark:
			p.Marks[i] = Small
		case small:
			p.Marks[i] = Any
		case r.IntN(3) == 0 && !oneMark:
			p.Marks[i] = Large
		case r.IntN(3) == 0:
			p.Marks[i] = Any
		}
		if c.Role == Open && c.Value == 0 && (p.Marks[i] == Large || p.Marks[i] == Vague) {
			p.Marks[i] = Shown
		}
		if small {
			for x := int64(1); x < m.sys.MinCell; x++ {
				p.Must[i] = append(p.Must[i], x)
			}
		}
	}
	return p.Publication(&m.sys)
}

// TestSmallestPattern tries every set of cells that could be hidden, and finds none that is safe and
// cheaper than the chosen one.
func TestSmallestPattern(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 5))
			tried := 0
			for n := range kind.n / 4 {
				m := kind.make(r)
				p, _, err := Choose(&m.sys, DefaultOptions)
				if err != nil {
					t.Fatalf("system %d: %v", n, err)
				}
				if !p.Optimal {
					t.Fatalf("system %d: not proven", n)
				}
				free := freeCells(&m.sys, p)
				if len(free) > 12 || len(free) == 0 {
					continue
				}
				tried++
				got := patternCost(&m.sys, p)
				for set := range 1 << len(free) {
					q := *p
					q.Marks = slices.Clone(p.Marks)
					for j, i := range free {
						q.Marks[i] = Shown
						if set>>j&1 == 1 {
							q.Marks[i] = Large
							if p.Levels[m.sys.Cells[i].Table] == Blurred && !m.sys.Cells[i].Crossed {
								q.Marks[i] = Vague
							}
						}
					}
					if slices.Compare(patternCost(&m.sys, &q), got) >= 0 {
						continue
					}
					report, err := Audit(q.Publication(&m.sys), DefaultLimits)
					if err != nil {
						t.Fatal(err)
					}
					if report.Cleared {
						t.Fatalf("system %d: %v hides less than %v and is safe too\n%+v", n, q.Marks, p.Marks, m.sys)
					}
				}
			}
			if tried < kind.n/50 {
				t.Errorf("%d systems tried: too few to mean anything", tried)
			}
		})
	}
}

// freeCells are those that the choice could have shown or hidden.
func freeCells(s *System, p *Pattern) []int {
	var out []int
	for i, c := range s.Cells {
		if c.Role == Open && c.Value >= s.MinCell && p.Marks[i] != Any {
			out = append(out, i)
		}
	}
	return out
}

func patternCost(s *System, p *Pattern) []int64 {
	cost := make([]int64, 2)
	for i, c := range s.Cells {
		if c.Role == Open && p.Marks[i] != Shown {
			if c.Crossed {
				cost[1] += costOfCell + c.Rank
			} else {
				cost[0] += costOfCell + c.Rank
			}
		}
	}
	return cost
}

func TestChoose(t *testing.T) {
	row := func(values ...int64) *System {
		m := &model{atoms: values, sys: System{MinCell: 5}}
		var cells, atoms []int
		for i := range values {
			cells, atoms = append(cells, m.cell(Open, 0, i)), append(atoms, i)
		}
		m.sum(m.cell(Fixed, 0, atoms...), cells...)
		return &m.sys
	}
	tests := []struct {
		name  string
		sys   *System
		marks []Mark // of the cells before the total
		level Level
	}{
		{"nothing small", row(7, 0, 9), []Mark{Shown, Shown, Shown}, Sharp},
		{"one small count", row(2, 30, 12, 9), []Mark{Small, Large, Shown, Shown}, Sharp},
		{"two that cover each other", row(2, 3, 40), []Mark{Small, Small, Shown}, Sharp},
		{"a partner that must be large enough", row(2, 5, 30), []Mark{Small, Shown, Large}, Sharp},
		{"a reader who knows that the partner is not small", row(1, 5), []Mark{Vague, Vague}, Blurred},
		{"small counts that cover each other too tightly", row(4, 2), []Mark{Vague, Vague}, Blurred},
		{"the same with a zero", row(4, 2, 0), []Mark{Vague, Vague, Shown}, Blurred},
		{"a total below the threshold", row(2, 1, 0), []Mark{Any, Any, Any}, Withdrawn},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, report, err := Choose(test.sys, DefaultOptions)
			if err != nil {
				t.Fatal(err)
			}
			if !report.Cleared || !p.Optimal {
				t.Errorf("cleared %v, proven %v", report.Cleared, p.Optimal)
			}
			if got := p.Marks[:len(test.marks)]; !slices.Equal(got, test.marks) || p.Levels[0] != test.level {
				t.Errorf("marks %v at level %d, want %v at %d", got, p.Levels[0], test.marks, test.level)
			}
		})
	}
}

// TestLimitsFailClosed lowers the limits until nothing can be proven: then nothing is shown.
func TestLimitsFailClosed(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := twoWay(5, 5, 5, counts(r, 25, 30))
	for _, limits := range []Limits{{}, {Nodes: 1}, {Pivots: 1_000}, {Nodes: 1, Pivots: 3}} {
		t.Run(fmt.Sprint(limits), func(t *testing.T) {
			o := DefaultOptions
			o.Limits = limits
			p, report, err := Choose(&m.sys, o)
			if err != nil {
				t.Fatal(err)
			}
			full, err := Audit(p.Publication(&m.sys), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if !report.Cleared || !full.Cleared {
				t.Errorf("cleared %v under the limits, %v without", report.Cleared, full.Cleared)
			}
			if limits.Nodes == 0 || limits.Pivots == 0 {
				for i, c := range m.sys.Cells {
					if c.Role == Open && p.Marks[i] != Any {
						t.Errorf("cell %d has mark %d although nothing could be proven", i, p.Marks[i])
					}
				}
			}
		})
	}
}

// checkRanges compares the ranges of the hidden cells with those that counting all tables finds.
func checkRanges(t *testing.T, n int, pub *Publication, want []Range) {
	t.Helper()
	var hidden []int
	for i, c := range pub.Cells {
		if c.Low < c.High {
			hidden = append(hidden, i)
		}
	}
	got, err := Ranges(pub, hidden, DefaultLimits)
	if err != nil {
		t.Fatalf("system %d: %v", n, err)
	}
	for _, i := range hidden {
		if got[i] != want[i] {
			t.Fatalf("system %d, cell %d: range %v, counting finds %v", n, i, got[i], want[i])
		}
	}
}

// TestUnboundedRange: what no sum binds has no upper bound.
func TestUnboundedRange(t *testing.T) {
	pub := &Publication{MinCell: 5, Cells: []Known{{Low: 5, High: Unbounded}, {Low: 1, High: Unbounded}, {Low: 40, High: 40}},
		Relations: []Relation{{Terms: []Term{{1, 1}, {2, -1}}}}}
	got, err := Ranges(pub, []int{0, 1}, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got[0] != (Range{5, Unbounded}) || got[1] != (Range{40, 40}) {
		t.Errorf("ranges %v", got)
	}
}

// TestChooseIsDeterministic runs the same system twice.
func TestChooseIsDeterministic(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	m := twoWay(5, 7, 6, counts(r, 42, 30))
	first, report, err := Choose(&m.sys, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	again, reportAgain, err := Choose(&m.sys, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first, again) || !reflect.DeepEqual(report, reportAgain) {
		t.Error("two runs on one system differ")
	}
}

func TestSystemErrors(t *testing.T) {
	cells := []Cell{{Value: 3}, {Value: 4}, {Value: 7, Role: Fixed}}
	sum := Relation{Terms: []Term{{0, 1}, {1, 1}, {2, -1}}}
	tests := map[string]System{
		"threshold":      {MinCell: 1, Cells: cells},
		"negative count": {MinCell: 5, Cells: []Cell{{Value: -1}}},
		"unknown cell":   {MinCell: 5, Cells: cells, Relations: []Relation{{Terms: []Term{{3, 1}}}}},
		"weight":         {MinCell: 5, Cells: cells, Relations: []Relation{{Terms: []Term{{0, 0}}}}},
		"sum":            {MinCell: 5, Cells: cells, Relations: []Relation{{Terms: sum.Terms, Sum: 1}}},
		"table":          {MinCell: 5, Cells: []Cell{{Table: -1}}},
	}
	for name, s := range tests {
		if _, _, err := Choose(&s, DefaultOptions); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, _, err := Choose(&System{MinCell: 5, Cells: cells, Relations: []Relation{sum}}, DefaultOptions); err != nil {
		t.Errorf("a correct system: %v", err)
	}
}

// TestAuditContradiction: a publication that no counts agree with is an error, not a finding.
func TestAuditContradiction(t *testing.T) {
	pub := Publication{MinCell: 5,
		Cells:     []Known{{Low: 1, High: 4, Must: []int64{1, 2, 3, 4}}, {Low: 1, High: 4}, {Low: 20, High: 20}},
		Relations: []Relation{{Terms: []Term{{0, 1}, {1, 1}, {2, -1}}}},
	}
	if _, err := Audit(&pub, DefaultLimits); err == nil {
		t.Error("two counts below 5 that add up to 20 pass")
	}
}

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
// bounded number of attempts.
func TestImprove(t *testing.T) {
	total := map[int]int{}
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed+1, 20))
		m := twoWay(5, 20, 15, skewed(r, 20*15))
		for _, repairs := range []int{0, DefaultOptions.Repairs} {
			o := DefaultOptions
			o.Repairs = repairs
			p, report, err := Choose(&m.sys, o)
			if err != nil || !report.Cleared || p.Optimal {
				t.Fatalf("cleared %v, proven %v: %v", report.Cleared, p.Optimal, err)
			}
			for i, mark := range p.Marks {
				if mark == Large && !m.sys.small(i) {
					total[repairs]++
				}
			}
		}
	}
	if total[0] != 48 || total[DefaultOptions.Repairs] != 42 {
		t.Errorf("three tables of 20 by 15: %d cells hidden to protect others at first, %d then; want 48 and 42", total[0], total[DefaultOptions.Repairs])
	}
}

// TestCover compares the covering problem's answers with a trial of all sets.
func TestCover(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for n := range 400 {
		cells := 4 + r.IntN(8)
		value := make([]int64, cells)
		for k := range value {
			value[k] = r.Int64N(30)
		}
		var needs []row
		var cuts [][]int
		some := func() []int {
			var out []int
			for k := range cells {
				if r.IntN(3) == 0 {
					out = append(out, k)
				}
			}
			return out
		}
		for range r.IntN(4) {
			holder := r.IntN(cells)
			needs = append(needs, row{slices.DeleteFunc(some(), func(k int) bool { return k == holder }), holder})
		}
		for range 1 + r.IntN(7) {
			cuts = append(cuts, append(some(), n%cells))
		}
		for i := range cuts {
			slices.Sort(cuts[i])
			cuts[i] = slices.Compact(cuts[i])
		}
		every := make([]int, cells) // more than any answer costs
		for k := range every {
			every[k] = k
		}
		c := newCover(slices.Concat(value, []int64{1000}), 100_000, needs)
		cost := func(set []int) int64 {
			sum := int64(0)
			for _, k := range set {
				sum += costOfCell + c.value[k]
			}
			return sum
		}
		want := int64(-1)
		for bits := range 1 << cells {
			has := func(k int) bool { return bits>>k&1 == 1 }
			fits := !slices.ContainsFunc(cuts, func(cut []int) bool { return !slices.ContainsFunc(cut, has) }) &&
				!slices.ContainsFunc(needs, func(n row) bool { return has(n.holder) && !slices.ContainsFunc(n.cells, has) })
			var set []int
			for k := range cells {
				if has(k) {
					set = append(set, k)
				}
			}
			if total := cost(set); fits && (want < 0 || total < want) {
				want = total
			}
		}
		best, half := slices.Concat(every, []int{cells}), len(cuts)/2
		for _, some := range [][][]int{cuts[:half], cuts} { // prices are kept from one call to the next
			best = slices.Concat(every, []int{cells})
			for {
				picked, ok := c.solve(some, best)
				if !ok {
					t.Fatalf("problem %d: not finished", n)
				}
				if picked == nil {
					break
				}
				best = picked
			}
		}
		if got := cost(best); want >= 0 && got != want {
			t.Fatalf("problem %d: %v costs %d, want %d; cuts %v, needs %v, values %v", n, best, got, want, cuts, needs, value)
		}
	}
}
