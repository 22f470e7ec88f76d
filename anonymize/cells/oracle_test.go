package cells

import (
	"math/rand/v2"
	"slices"
)

// model is a system made of atoms: every cell is the sum of some of them. The oracle below reasons
// from the atoms, the package from the relations between the cells.
type model struct {
	atoms []int64
	parts [][]int // by cell: the atoms it counts
	sys   System
}

// cell adds a cell that counts the given atoms.
func (m *model) cell(role Role, table int, atoms ...int) int {
	sum := int64(0)
	for _, a := range atoms {
		sum += m.atoms[a]
	}
	m.parts = append(m.parts, atoms)
	m.sys.Cells = append(m.sys.Cells, Cell{Value: sum, Role: role, Table: table, Known: role == Implied})
	return len(m.sys.Cells) - 1
}

// sum binds cells to their total.
func (m *model) sum(total int, cells ...int) {
	rel := Relation{Terms: []Term{{total, -1}}}
	for _, c := range cells {
		rel.Terms = append(rel.Terms, Term{c, 1})
	}
	m.sys.Relations = append(m.sys.Relations, rel)
}

// counts draws n counts as small statistics have them: many zeros and ones.
func counts(r *rand.Rand, n int, most int64) []int64 {
	out := make([]int64, n)
	for i := range out {
		switch r.IntN(4) {
		case 0:
		case 1:
			out[i] = 1 + r.Int64N(3)
		default:
			out[i] = r.Int64N(most + 1)
		}
	}
	return out
}

// twoWay is a table of rows by columns with its margins and a shown total.
func twoWay(min int64, rows, cols int, values []int64) *model {
	m := &model{atoms: values, sys: System{MinCell: min}}
	inner := make([]int, rows*cols)
	for i := range inner {
		inner[i] = m.cell(Open, 0, i)
	}
	var rowTotals, colTotals []int
	all := make([]int, rows*cols)
	for i := range all {
		all[i] = i
	}
	for i := range rows {
		rowTotals = append(rowTotals, m.cell(Open, 0, all[i*cols:(i+1)*cols]...))
		m.sum(rowTotals[i], inner[i*cols:(i+1)*cols]...)
	}
	for j := range cols {
		var col []int
		for i := range rows {
			col = append(col, i*cols+j)
		}
		colTotals = append(colTotals, m.cell(Open, 0, col...))
		m.sum(colTotals[j], col...)
	}
	grand := m.cell(Fixed, 0, all...)
	m.sum(grand, rowTotals...)
	m.sum(grand, colTotals...)
	return m
}

// threeWay is a table of a x b x c with its two-way margins, a shown total, and one-way margins along
// the first axis.
func threeWay(min int64, a, b, c int, values []int64) *model {
	m := &model{atoms: values, sys: System{MinCell: min}}
	at := func(i, j, k int) int { return (i*b+j)*c + k }
	for i := range a * b * c {
		m.cell(Open, 0, i)
	}
	margin := func(n1, n2, n3 int, atom func(x, y, z int) int) [][]int {
		out := make([][]int, n1)
		for x := range n1 {
			for y := range n2 {
				var atoms []int
				for z := range n3 {
					atoms = append(atoms, atom(x, y, z))
				}
				cell := m.cell(Open, 1, atoms...)
				m.sum(cell, atoms...)
				out[x] = append(out[x], cell)
			}
		}
		return out
	}
	ab := margin(a, b, c, at)
	margin(a, c, b, func(i, k, j int) int { return at(i, j, k) })
	margin(b, c, a, func(j, k, i int) int { return at(i, j, k) })
	var all, ones []int
	for i := range a {
		var atoms []int
		for j := range b {
			for k := range c {
				atoms = append(atoms, at(i, j, k))
			}
		}
		ones = append(ones, m.cell(Open, 2, atoms...))
		m.sum(ones[i], ab[i]...)
		all = append(all, atoms...)
	}
	m.sum(m.cell(Fixed, 2, all...), ones...)
	return m
}

// linkedTables are two tables that share one margin: a by b, and a by c.
func linkedTables(min int64, a, b, c int, r *rand.Rand, most int64) *model {
	// Atoms are the cells of a by b by c; neither table shows them.
	m := &model{atoms: make([]int64, a*b*c), sys: System{MinCell: min}}
	for i := range m.atoms {
		if r.IntN(3) == 0 {
			m.atoms[i] = r.Int64N(most + 1)
		}
	}
	at := func(i, j, k int) int { return (i*b+j)*c + k }
	var margin, all []int
	for i := range a {
		var atoms, left, right []int
		for j := range b {
			var part []int
			for k := range c {
				part = append(part, at(i, j, k))
			}
			atoms = append(atoms, part...)
			left = append(left, m.cell(Open, 0, part...))
		}
		for k := range c {
			var part []int
			for j := range b {
				part = append(part, at(i, j, k))
			}
			right = append(right, m.cell(Open, 1, part...))
		}
		margin = append(margin, m.cell(Open, 2, atoms...))
		m.sum(margin[i], left...)
		m.sum(margin[i], right...)
		all = append(all, atoms...)
	}
	m.sum(m.cell(Fixed, 2, all...), margin...)
	return m
}

// quarters are a breakdown up to one quarter, as reported then, the same up to the next, and the growth
// between them, which is not printed.
func quarters(min int64, n int, r *rand.Rand, most int64) *model {
	m := &model{atoms: append(counts(r, n, most), counts(r, n, most)...), sys: System{MinCell: min}}
	var before, growth, now, old, young, all []int
	for i := range n {
		c := m.cell(Past, 0, i)
		m.sys.Cells[c].Known = true
		before, old = append(before, c), append(old, i)
	}
	for i := range n {
		growth, young = append(growth, m.cell(Implied, 0, n+i)), append(young, n+i)
	}
	for i := range n {
		now = append(now, m.cell(Open, 1, i, n+i))
		m.sum(now[i], before[i], growth[i])
	}
	all = append(append(all, old...), young...)
	m.sum(m.cell(Fixed, 0, old...), before...)
	m.sum(m.cell(Fixed, 0, young...), growth...)
	m.sum(m.cell(Fixed, 0, all...), now...)
	return m
}

// oracle counts, of every table that agrees with a publication of the model's cells, by cell which numbers below the threshold
// occur, and the range of all that do. ok is false when there are too many.
func (m *model) oracle(pub *Publication, tries int) (occurs [][]bool, ranges []Range, ok bool) {
	n := len(m.sys.Cells)
	occurs, ranges = make([][]bool, n), make([]Range, n)
	for i := range occurs {
		occurs[i], ranges[i] = make([]bool, m.sys.MinCell), Range{maxCount, -1}
	}
	ok = m.enumerate(pub, tries, func(_, sums []int64) {
		for i, s := range sums {
			ranges[i] = Range{min(ranges[i].Low, s), max(ranges[i].High, s)}
			if s < m.sys.MinCell {
				occurs[i][s] = true
			}
		}
	})
	return occurs, ranges, ok
}

// enumerate calls each with the atoms, and the cells that they come to, of every table that agrees with a publication of the
// model's cells. It is not ok when there are too many.
func (m *model) enumerate(pub *Publication, tries int, each func(atoms, sums []int64)) (ok bool) {
	in := make([][]int, len(m.atoms)) // atom -> cells
	for i, atoms := range m.parts {
		for _, a := range atoms {
			in[a] = append(in[a], i)
		}
	}
	last := make([][]int, len(m.atoms)) // cells that are complete with this atom
	for i, atoms := range m.parts {
		if len(atoms) > 0 {
			a := slices.Max(atoms)
			last[a] = append(last[a], i)
		}
	}
	values, sums := make([]int64, len(m.atoms)), make([]int64, len(m.sys.Cells))
	var walk func(a int) bool
	walk = func(a int) bool {
		if tries--; tries < 0 {
			return false
		}
		if a == len(m.atoms) {
			each(values, sums)
			return true
		}
		room := int64(maxCount)
		for _, i := range in[a] {
			room = min(room, pub.Cells[i].High-sums[i])
		}
		fine := true
		for x := int64(0); x <= room && fine; x++ {
			values[a] = x
			for _, i := range in[a] {
				sums[i] += x
			}
			agrees := true
			for _, i := range last[a] {
				agrees = agrees && sums[i] >= pub.Cells[i].Low && sums[i] <= pub.Cells[i].High
			}
			if agrees {
				fine = walk(a + 1)
			}
			for _, i := range in[a] {
				sums[i] -= x
			}
		}
		return fine
	}
	return walk(0)
}
