package cells

import (
	"errors"
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
	unsaid := func(s *System) *System {
		for i := range s.Cells {
			s.Cells[i].Unsaid = true
		}
		return s
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
		{"what reads as nothing", unsaid(row(1, 5)), []Mark{Any, Any}, Sharp},
		{"what reads as nothing, beside a zero", unsaid(row(4, 2, 0)), []Mark{Any, Any, Shown}, Sharp},
		{"what reads as nothing, of a total below the threshold", unsaid(row(2, 1, 0)), []Mark{Any, Any, Shown}, Sharp},
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
	_, _, err := Choose(&System{MinCell: 5, Cells: make([]Cell, maxCells+1)}, DefaultOptions)
	if many, ok := errors.AsType[*TooManyError](err); !ok || many.Cells != maxCells+1 {
		t.Errorf("too many cells: %v", err)
	}
}

// TestAuditContradiction: a publication that no counts agree with is an error, not a finding; what hangs together with
// nothing of it is audited all the same.
func TestAuditContradiction(t *testing.T) {
	pub := Publication{MinCell: 5,
		Cells:     []Known{{Low: 1, High: 4, Must: []int64{1, 2, 3, 4}}, {Low: 1, High: 4}, {Low: 20, High: 20}, {Low: 1, High: 4, Must: []int64{1, 2, 3, 4}}},
		Relations: []Relation{{Terms: []Term{{0, 1}, {1, 1}, {2, -1}}}},
	}
	report, err := Audit(&pub, DefaultLimits)
	contradicted, ok := errors.AsType[*ContradictionError](err)
	if !ok || !slices.Equal(contradicted.Cells, []int{0}) {
		t.Errorf("two counts below 5 that add up to 20: %v", err)
	}
	if report.Cleared || len(report.Findings) != 1 || report.Findings[0].Cell != 3 || len(report.Findings[0].Missing) > 0 {
		t.Errorf("beside the contradiction: %+v", report)
	}
}
