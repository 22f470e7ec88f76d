package cells

import (
	"fmt"
	"slices"
)

// Limits bound the work of one question to the solver, in steps. They are the same on every machine.
type Limits struct {
	Nodes  int // branches
	Pivots int // simplex steps
}

// DefaultLimits are far above what tables of this kind need.
var DefaultLimits = Limits{Nodes: 5_000, Pivots: 200_000}

// Finding says what remains possible for one protected cell.
type Finding struct {
	Cell     int
	Possible []int64 // of the numbers 1 to MinCell-1, those that some table agreeing with everything published has
	Missing  []int64 // of those that must remain possible, the ones that do not
	Unproven []int64 // of the missing, those that a limit on the work left open
}

// Report is the outcome of an audit.
type Report struct {
	Findings []Finding // a protected cell each, in the order of the cells
	Cleared  bool      // no finding misses anything
}

// Audit finds, for every cell with numbers that must remain possible, which of the numbers from 1 to
// MinCell-1 do remain possible given everything that is published: the values shown, the meaning of
// the marks, and the relations. It is exact; what a limit leaves open counts as not possible. A
// publication that contradicts itself is a [*ContradictionError], beside the findings on what does not.
func Audit(p *Publication, limits Limits) (*Report, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	report, contradicted := &Report{Cleared: true}, &ContradictionError{}
	for _, part := range p.hiddenParts() {
		findings, agrees := part.audit(p, limits)
		if !agrees {
			for _, f := range findings {
				contradicted.Cells = append(contradicted.Cells, f.Cell)
			}
			continue
		}
		report.Findings = append(report.Findings, findings...)
	}
	slices.SortFunc(report.Findings, func(a, b Finding) int { return a.Cell - b.Cell })
	for _, f := range report.Findings {
		report.Cleared = report.Cleared && len(f.Missing) == 0
	}
	if len(contradicted.Cells) > 0 {
		slices.Sort(contradicted.Cells)
		report.Cleared = false
		return report, contradicted
	}
	return report, nil
}

// ContradictionError says that no counts at all agree with what is published of some protected cells and of those that
// they are summed with.
type ContradictionError struct{ Cells []int }

func (e *ContradictionError) Error() string {
	return fmt.Sprintf("audit cell %d and the cells it is summed with: no counts agree with what is published", e.Cells[0])
}

func (p *Publication) check() error {
	s := System{MinCell: p.MinCell, Cells: make([]Cell, len(p.Cells)), Relations: p.Relations}
	for i, c := range p.Cells {
		s.Cells[i] = Cell{Value: c.Low, Role: Past, Low: c.Low, High: c.High, Known: c.Low == c.High}
	}
	return s.check()
}

// part is a set of cells that nothing joins to another.
type part struct {
	cells     []int
	relations []Relation // among these, by their index in cells; what is known of others is in Sum
}

// hiddenParts takes what is shown out of the relations and separates what then hangs together.
func (p *Publication) hiddenParts() []part {
	shown := func(i int) (int64, bool) { return p.Cells[i].Low, p.Cells[i].Low == p.Cells[i].High }
	return separated(p.Relations, shown, newUnionFind(len(p.Cells)), func(i int) bool { return len(p.Cells[i].Must) > 0 })
}

// separated takes what is constant out of relations and separates what then hangs together, or was joined before. What is constant and wanted is in some
// part too.
func separated(relations []Relation, constant func(i int) (value int64, is bool), joined unionFind, wanted func(i int) bool) []part {
	left := make([]Relation, 0, len(relations))
	for _, rel := range relations {
		out := Relation{Sum: rel.Sum}
		for _, t := range rel.Terms {
			if value, is := constant(t.Cell); is {
				out.Sum -= t.Coef * value
				continue
			}
			out.Terms = append(out.Terms, t)
			joined.join(out.Terms[0].Cell, t.Cell)
		}
		if len(out.Terms) > 0 {
			left = append(left, out)
		}
	}
	var parts []part
	number := make(map[int]int) // root -> index in parts
	index := make([]int, len(joined))
	for i := range joined {
		if _, is := constant(i); is && !wanted(i) {
			continue
		}
		root := joined.find(i)
		k, seen := number[root]
		if !seen {
			k = len(parts)
			number[root] = k
			parts = append(parts, part{})
		}
		index[i] = len(parts[k].cells)
		parts[k].cells = append(parts[k].cells, i)
	}
	for _, rel := range left {
		k := number[joined.find(rel.Terms[0].Cell)]
		for j := range rel.Terms {
			rel.Terms[j].Cell = index[rel.Terms[j].Cell]
		}
		parts[k].relations = append(parts[k].relations, rel)
	}
	return parts
}

func (q *part) solver(p *Publication, limits Limits) *solver {
	s := newSolver(len(q.cells), q.relations, limits)
	for i, c := range q.cells {
		s.t.bound(i, p.Cells[c].Low, p.Cells[c].High)
	}
	return s
}

// audit also says whether any counts at all agree with what is published.
func (q *part) audit(p *Publication, limits Limits) (findings []Finding, agrees bool) {
	var protected []int // indexes in q.cells
	for i, c := range q.cells {
		if len(p.Cells[c].Must) > 0 {
			protected = append(protected, i)
		}
	}
	if len(protected) == 0 {
		return nil, true
	}
	s := q.solver(p, limits)
	found := make([][]answer, len(q.cells)) // by cell and number
	for _, i := range protected {
		found[i] = make([]answer, p.MinCell)
	}
	for _, i := range protected {
		for x := int64(1); x < p.MinCell; x++ {
			if found[i][x] == possible {
				continue // another question's table had it
			}
			a, table, _ := s.value(i, x)
			found[i][x] = a
			if a != possible {
				continue
			}
			for _, j := range protected {
				if n := table[j]; n > 0 && n < p.MinCell {
					found[j][n] = possible
				}
			}
		}
	}
	var out []Finding
	for _, i := range protected {
		out = append(out, finding(q.cells[i], found[i], p.Cells[q.cells[i]].Must))
	}
	return out, q.agrees(s, out)
}

func finding(cell int, found []answer, must []int64) Finding {
	f := Finding{Cell: cell}
	for x := int64(1); x < int64(len(found)); x++ {
		if found[x] == possible {
			f.Possible = append(f.Possible, x)
			continue
		}
		if slices.Contains(must, x) {
			f.Missing = append(f.Missing, x)
			if found[x] == unknown {
				f.Unproven = append(f.Unproven, x)
			}
		}
	}
	return f
}

// agrees reports whether any table at all agrees with what is published of a part.
func (q *part) agrees(s *solver, findings []Finding) bool {
	for _, f := range findings {
		if len(f.Possible) > 0 || len(f.Unproven) > 0 {
			return true
		}
	}
	return s.agrees()
}

// agrees reports whether there is any table within the bounds.
func (s *solver) agrees() bool {
	s.nodes, s.limit = 0, s.t.pivots+s.maxPivots
	found, _, _ := s.branch()
	return found != impossible
}

// Agree reports whether some numbers of persons make relations hold, for those of their cells whose values are not known. What a limit on the
// work leaves open counts as if they did.
func Agree(relations []Relation, known func(cell int) (value int64, ok bool), limits Limits) bool {
	p := Publication{Relations: make([]Relation, len(relations))}
	at := make(map[int]int)
	for i, rel := range relations {
		left := -rel.Sum
		for _, t := range rel.Terms {
			value, ok := known(t.Cell)
			if ok {
				left += t.Coef * value
				continue
			}
			k, seen := at[t.Cell]
			if !seen {
				k = len(p.Cells)
				at[t.Cell] = k
				p.Cells = append(p.Cells, Known{High: Unbounded})
			}
			p.Relations[i].Terms = append(p.Relations[i].Terms, Term{k, t.Coef})
		}
		p.Relations[i].Sum = -left
		if len(p.Relations[i].Terms) == 0 && left != 0 {
			return false
		}
	}
	return !slices.ContainsFunc(p.hiddenParts(), func(q part) bool { return !q.solver(&p, limits).agrees() })
}

// unionFind joins cells that hang together.
type unionFind []int

func newUnionFind(n int) unionFind {
	u := make(unionFind, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u unionFind) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// join keeps the smallest cell as the root, so that parts come in the order of their cells.
func (u unionFind) join(i, j int) {
	i, j = u.find(i), u.find(j)
	u[max(i, j)] = min(i, j)
}
