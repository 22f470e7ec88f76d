package cells

import "slices"

// The arithmetic stays within 63 bits because everything that is multiplied is bounded: a row's value
// is at most maxCells x maxCount x maxCoef = 2^62. What outgrows a bound makes the tableau stuck.
const (
	maxWeight = 1 << 10 // weights of a relation as given
	maxScale  = 1 << 12 // common denominator of the rows that meet in a new one
	maxCoef   = 1 << 24 // entries of the tableau
	maxKonst  = 1 << 36 // its constants
)

// tableau is a system of linear equations in exact integer arithmetic, solved for some of its
// variables (the basic ones, one a row) in terms of the others (one a column):
//
//	den[r] * x(basic[r]) = konst[r] + sum over columns k of rows[r][k] * x(cols[k])
//
// Every variable has bounds; those in a column stand on a whole number within theirs. As in Dutertre
// and de Moura (CAV 2006) bounds change freely between calls of solve, and the basis is kept. Few
// entries are not zero, and it is known where they stand.
type tableau struct {
	rows       [][]int64
	at         [][]int // row -> the columns in which it has an entry, in no order
	of         [][]int // column -> the rows that have an entry in it, in no order
	den, konst []int64
	num        []int64 // den[r] * x(basic[r]), kept up to date
	basic      []int   // row -> variable
	cols       []int   // column -> variable
	place      []int   // variable -> its column, or -1-row
	lo, hi     []int64 // by variable
	val        []int64 // by variable, of those in a column
	pivots     int
	stuck      bool // an entry outgrew maxCoef, so no further answer can be trusted
	never      bool // the equations contradict each other
}

// newTableau solves the relations over n variables by elimination.
func newTableau(n int, relations []Relation) *tableau {
	t := &tableau{
		cols: make([]int, n), place: make([]int, n), of: make([][]int, n),
		lo: make([]int64, n), hi: make([]int64, n), val: make([]int64, n),
	}
	for i := range n {
		t.cols[i], t.place[i], t.hi[i] = i, i, maxCount
	}
	for _, rel := range relations {
		t.add(rel)
	}
	for r := range t.rows {
		t.revalue(r)
	}
	return t
}

// add takes a relation into the tableau: its basic variables are replaced by their rows, and one of
// the others leaves the columns and becomes basic.
func (t *tableau) add(rel Relation) {
	scale := int64(1)
	for _, term := range rel.Terms {
		if r := -1 - t.place[term.Cell]; r >= 0 {
			scale *= t.den[r] / gcd(scale, t.den[r])
		}
		t.stuck = t.stuck || scale > maxScale
	}
	if t.stuck {
		return
	}
	row, konst := make([]int64, len(t.cols)), -scale*rel.Sum // 0 = konst + row
	for _, term := range rel.Terms {
		if k := t.place[term.Cell]; k >= 0 {
			row[k] += scale * term.Coef
			continue
		}
		r := -1 - t.place[term.Cell]
		f := scale / t.den[r] * term.Coef
		konst += f * t.konst[r]
		t.stuck = abs(konst) > 1<<60
		for _, k := range t.at[r] {
			row[k] += f * t.rows[r][k]
			t.stuck = t.stuck || abs(row[k]) > 1<<60
		}
		if t.stuck {
			return
		}
	}
	k := t.sparsest(row)
	if k < 0 {
		t.never = t.never || konst != 0
		return
	}
	v, a := t.cols[k], row[k]
	if a > 0 {
		for j := range row {
			row[j] = -row[j]
		}
		konst = -konst
	}
	row[k] = 0
	last := len(t.rows)
	var at []int
	for j, a := range row {
		if a != 0 {
			at = append(at, j)
			t.of[j] = append(t.of[j], last)
		}
	}
	t.rows, t.at = append(t.rows, row), append(t.at, at)
	t.den = append(t.den, abs(a))
	t.konst = append(t.konst, konst)
	t.num = append(t.num, 0)
	t.basic = append(t.basic, v)
	t.reduce(last)
	for _, r := range slices.Clone(t.of[k]) {
		t.substitute(r, k, last)
	}
	t.dropColumn(k)
	t.place[v] = -1 - last
}

// sparsest picks the column to solve a row for: a weight of 1 before larger ones, then the column
// with the fewest entries, then the last.
func (t *tableau) sparsest(row []int64) int {
	best, bestWeight, bestCount := -1, int64(0), 0
	for k, a := range row {
		if a == 0 {
			continue
		}
		count := len(t.of[k])
		if w := abs(a); best < 0 || w < bestWeight || w == bestWeight && count <= bestCount {
			best, bestWeight, bestCount = k, w, count
		}
	}
	return best
}

// dropColumn takes out a column whose variable has become basic; the last column fills its place.
func (t *tableau) dropColumn(k int) {
	last := len(t.cols) - 1
	moved := t.cols[last]
	t.cols[k], t.place[moved], t.of[k] = moved, k, t.of[last]
	t.cols, t.of = t.cols[:last], t.of[:last]
	if k == last {
		return
	}
	for _, r := range t.of[k] {
		t.rows[r][k] = t.rows[r][last]
		t.at[r][slices.Index(t.at[r], last)] = k
	}
}

// substitute replaces, in row r, the variable of column k by row s, which is solved for that variable
// and has its own entry in column k (0 when the column is about to go).
func (t *tableau) substitute(r, k, s int) {
	row, c := t.rows[r], t.rows[r][k]
	if c == 0 || t.stuck {
		return
	}
	from, d := t.rows[s], t.den[s]
	row[k] = 0
	if d != 1 {
		for _, j := range t.at[r] {
			row[j] *= d
		}
		t.konst[r] *= d
		t.den[r] *= d
	}
	var bits uint64
	gone := from[k] == 0
	for _, j := range t.at[s] {
		if row[j] == 0 && j != k {
			t.at[r], t.of[j] = append(t.at[r], j), append(t.of[j], r)
		}
		row[j] += c * from[j]
		gone = gone || row[j] == 0
		bits |= uint64(abs(row[j]))
	}
	if gone {
		t.forget(r)
	}
	t.konst[r] += c * t.konst[s]
	if t.den[r] != 1 {
		t.reduce(r)
		return
	}
	t.stuck = t.stuck || bits > maxCoef || abs(t.konst[r]) > maxKonst
}

// forget takes note of the entries of a row that have become zero.
func (t *tableau) forget(r int) {
	t.at[r] = slices.DeleteFunc(t.at[r], func(j int) bool {
		if t.rows[r][j] != 0 {
			return false
		}
		of, last := t.of[j], len(t.of[j])-1
		of[slices.Index(of, r)] = of[last]
		t.of[j] = of[:last]
		return true
	})
}

// reduce divides a row by what all its entries share, and checks that they stay small.
func (t *tableau) reduce(r int) {
	row := t.rows[r]
	g := gcd(t.den[r], t.konst[r])
	for _, k := range t.at[r] {
		if g == 1 {
			break
		}
		g = gcd(g, row[k])
	}
	bits := uint64(t.den[r] / g)
	for _, k := range t.at[r] {
		if g > 1 {
			row[k] /= g
		}
		bits |= uint64(abs(row[k]))
	}
	t.den[r] /= g
	t.konst[r] /= g
	t.stuck = t.stuck || bits > maxCoef || abs(t.konst[r]) > maxKonst
}

// revalue computes a row's value from those of the columns.
func (t *tableau) revalue(r int) {
	sum := t.konst[r]
	for _, k := range t.at[r] {
		sum += t.rows[r][k] * t.val[t.cols[k]]
	}
	t.num[r] = sum
}

// bound sets the bounds of a variable and, when it stands in a column, moves it within them.
func (t *tableau) bound(v int, lo, hi int64) {
	t.lo[v], t.hi[v] = lo, hi
	k := t.place[v]
	if k < 0 || lo > hi {
		return
	}
	t.move(k, min(max(t.val[v], lo), hi)-t.val[v])
}

// move changes the variable of column k by step.
func (t *tableau) move(k int, step int64) {
	if step == 0 {
		return
	}
	t.val[t.cols[k]] += step
	for _, r := range t.of[k] {
		t.num[r] += t.rows[r][k] * step
	}
}

// pivot makes the variable of column k basic in row r, and leaves the one that was basic there in
// the column, standing on target.
func (t *tableau) pivot(r, k int, target int64) {
	enter, leave := t.cols[k], t.basic[r]
	row, a, d := t.rows[r], t.rows[r][k], t.den[r]
	sign := int64(1) // a x = d leave - konst - the rest
	if a < 0 {
		sign = -1
	}
	for _, j := range t.at[r] {
		row[j] *= -sign
	}
	row[k] = sign * d
	t.konst[r] *= -sign
	t.den[r] = abs(a)
	t.basic[r], t.cols[k] = enter, leave
	t.place[enter], t.place[leave] = -1-r, k
	t.val[leave] = target
	t.reduce(r)
	t.revalue(r)
	step := t.num[r] - t.val[enter] // if whole, how far enter has moved
	for _, i := range t.of[k] {
		c := t.rows[i][k]
		if i == r {
			continue
		}
		whole := t.den[i] == 1 && t.den[r] == 1
		t.substitute(i, k, r)
		if whole {
			t.num[i] += c * step
		} else {
			t.revalue(i)
		}
	}
}

func abs(a int64) int64 {
	if a < 0 {
		return -a
	}
	return a
}

// gcd returns the greatest common divisor of the absolute values; gcd(0, b) is |b|.
func gcd(a, b int64) int64 {
	a, b = abs(a), abs(b)
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
