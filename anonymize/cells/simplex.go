package cells

import (
	"cmp"
	"slices"
)

// The arithmetic stays within 63 bits because everything that is multiplied is bounded: a row's value
// is at most maxEntries x maxCount x maxCoef = 2^62. What outgrows a bound makes the tableau stuck.
const (
	maxEntries = 1 << 15 // entries of a row
	maxWeight  = 1 << 10 // weights of a relation as given
	maxScale   = 1 << 12 // common denominator of the rows that meet in a new one
	maxCoef    = 1 << 24 // entries of the tableau
	maxKonst   = 1 << 36 // its constants
)

// tableau is a system of linear equations in exact integer arithmetic, solved for some of its
// variables (the basic ones, one a row) in terms of the others (one a column):
//
//	den[r] * x(basic[r]) = konst[r] + sum over the entries of rows[r] of coef * x(cols[col])
//
// Every variable has bounds; those in a column stand on a whole number within theirs. As in Dutertre
// and de Moura (CAV 2006) bounds change freely between calls of solve, and the basis is kept. Few
// entries are not zero, one in a thousand where many reports are held beside one another; only these are kept.
type tableau struct {
	rows       [][]entry // in no order
	of         [][]place // column -> where its entries stand, in no order
	den, konst []int64
	num        []int64  // den[r] * x(basic[r]), kept up to date
	basic      []int    // row -> variable
	cols       []int    // column -> variable
	place      []int    // variable -> its column, or -1-row
	lo, hi     []int64  // by variable
	val        []int64  // by variable, of those in a column
	outside    []uint64 // the rows whose variable stands outside its bounds, a bit each
	stands     []int32  // scratch: column -> 1 + where it stands in the row at hand, else 0
	pivots     int
	stuck      bool // an entry outgrew maxCoef, so no further answer can be trusted
	never      bool // the equations contradict each other
}

// entry is a coefficient that is not zero.
type entry struct {
	coef int64
	col  int32
	up   int32 // where it stands in its column
}

// place is where an entry of a column stands: in which row, and there.
type place struct{ row, at int32 }

// newTableau solves the relations over n variables by elimination.
func newTableau(n int, relations []Relation) *tableau {
	t := &tableau{
		cols: make([]int, n), place: make([]int, n), of: make([][]place, n), stands: make([]int32, n),
		lo: make([]int64, n), hi: make([]int64, n), val: make([]int64, n),
	}
	for i := range n {
		t.cols[i], t.place[i], t.hi[i] = i, i, maxCount
	}
	sum := make([]int64, n)
	for _, rel := range relations {
		t.add(rel, sum)
	}
	t.outside = make([]uint64, (len(t.rows)+63)/64)
	for r := range t.rows {
		t.revalue(r)
	}
	return t
}

// add takes a relation into the tableau: its basic variables are replaced by their rows, and one of
// the others leaves the columns and becomes basic. The scratch, a number a column, is zero before and after.
func (t *tableau) add(rel Relation, scratch []int64) {
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
	row, konst := t.expanded(rel, scale, scratch) // 0 = konst + row
	k := t.sparsest(row)
	if t.stuck || k < 0 {
		t.never = t.never || !t.stuck && konst != 0
		return
	}
	last, a, sign := len(t.rows), int64(0), int64(1)
	for _, e := range row {
		if int(e.col) == k {
			a = e.coef
		}
	}
	if a > 0 {
		sign = -1
	}
	t.rows = append(t.rows, make([]entry, 0, len(row)-1))
	for _, e := range row {
		if int(e.col) != k {
			t.insert(last, e.col, sign*e.coef)
		}
	}
	v := t.cols[k]
	t.den = append(t.den, abs(a))
	t.konst = append(t.konst, sign*konst)
	t.num = append(t.num, 0)
	t.basic = append(t.basic, v)
	t.reduce(last)
	for len(t.of[k]) > 0 && !t.stuck {
		t.substitute(t.of[k][0], last)
	}
	t.dropColumn(k)
	t.place[v] = -1 - last
}

// expanded is a relation, scaled, over the columns alone. Its entries come in the order of their first terms.
func (t *tableau) expanded(rel Relation, scale int64, scratch []int64) (row []entry, konst int64) {
	var touched []int32
	put := func(k int32, by int64) {
		if scratch[k] == 0 {
			touched = append(touched, k)
		}
		scratch[k] += by
		t.stuck = t.stuck || abs(scratch[k]) > 1<<60
	}
	konst = -scale * rel.Sum
	for _, term := range rel.Terms {
		if k := t.place[term.Cell]; k >= 0 {
			put(int32(k), scale*term.Coef)
			continue
		}
		r := -1 - t.place[term.Cell]
		f := scale / t.den[r] * term.Coef
		konst += f * t.konst[r]
		t.stuck = t.stuck || abs(konst) > 1<<60
		for _, e := range t.rows[r] {
			if t.stuck {
				break
			}
			put(e.col, f*e.coef)
		}
	}
	for _, k := range touched { // twice, where it was zero in between
		if scratch[k] != 0 {
			row = append(row, entry{coef: scratch[k], col: k})
			scratch[k] = 0
		}
	}
	return row, konst
}

// sparsest picks the column to solve a row for: a weight of 1 before larger ones, then the column
// with the fewest entries, then the last. It is -1 for a row without entries.
func (t *tableau) sparsest(row []entry) int {
	if len(row) == 0 {
		return -1
	}
	return int(slices.MinFunc(row, func(x, y entry) int {
		return cmp.Or(cmp.Compare(abs(x.coef), abs(y.coef)), len(t.of[x.col])-len(t.of[y.col]), int(y.col-x.col))
	}).col)
}

// insert puts a new entry into a row and its column.
func (t *tableau) insert(r int, col int32, coef int64) {
	t.rows[r] = append(t.rows[r], entry{coef, col, int32(len(t.of[col]))})
	t.of[col] = append(t.of[col], place{int32(r), int32(len(t.rows[r]) - 1)})
}

// remove takes an entry out of a row and its column; the last of each fills its place.
func (t *tableau) remove(r, at int) {
	row := t.rows[r]
	e, last := row[at], len(row)-1
	of, lowest := t.of[e.col], len(t.of[e.col])-1
	of[e.up] = of[lowest]
	t.rows[of[e.up].row][of[e.up].at].up = e.up
	t.of[e.col] = of[:lowest]
	if at != last {
		row[at] = row[last]
		t.of[row[at].col][row[at].up].at = int32(at)
	}
	t.rows[r] = row[:last]
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
	for _, p := range t.of[k] {
		t.rows[p.row][p.at].col = int32(k)
	}
}

// substitute replaces, in the row of an entry, the variable of its column by row s, which is solved for that
// variable and has its own entry in the column (none when the column is about to go).
func (t *tableau) substitute(p place, s int) {
	r := int(p.row)
	e := t.rows[r][p.at]
	if t.stuck {
		return
	}
	t.rows[r][p.at].coef = 0
	if d := t.den[s]; d != 1 {
		for i := range t.rows[r] {
			t.rows[r][i].coef *= d
		}
		t.konst[r] *= d
		t.den[r] *= d
	}
	for i, in := range t.rows[r] {
		t.stands[in.col] = int32(i + 1)
	}
	var bits uint64
	for _, by := range t.rows[s] {
		add := e.coef * by.coef
		if i := t.stands[by.col]; i > 0 {
			t.rows[r][i-1].coef += add
			add = t.rows[r][i-1].coef
		} else {
			t.insert(r, by.col, add)
		}
		bits |= uint64(abs(add))
	}
	for i, e := range slices.Backward(t.rows[r]) { // what takes the place of one that goes has been looked at
		t.stands[e.col] = 0
		if e.coef == 0 {
			t.remove(r, i)
		}
	}
	t.konst[r] += e.coef * t.konst[s]
	if t.den[r] != 1 {
		t.reduce(r)
		return
	}
	t.stuck = t.stuck || t.outgrown(r, bits)
}

// outgrown reports whether a row with entries of so many bits is beyond the arithmetic.
func (t *tableau) outgrown(r int, bits uint64) bool {
	return bits > maxCoef || abs(t.konst[r]) > maxKonst || len(t.rows[r]) > maxEntries
}

// reduce divides a row by what all its entries share, and checks that they stay small.
func (t *tableau) reduce(r int) {
	g := gcd(t.den[r], t.konst[r])
	for _, e := range t.rows[r] {
		if g == 1 {
			break
		}
		g = gcd(g, e.coef)
	}
	bits := uint64(t.den[r] / g)
	for i := range t.rows[r] {
		e := &t.rows[r][i]
		if g > 1 {
			e.coef /= g
		}
		bits |= uint64(abs(e.coef))
	}
	t.den[r] /= g
	t.konst[r] /= g
	t.stuck = t.stuck || t.outgrown(r, bits)
}

// revalue computes a row's value from those of the columns.
func (t *tableau) revalue(r int) {
	sum := t.konst[r]
	for _, e := range t.rows[r] {
		sum += e.coef * t.val[t.cols[e.col]]
	}
	t.num[r] = sum
	t.watch(r)
}

// watch notes whether the variable of a row stands outside its bounds, after either has changed.
func (t *tableau) watch(r int) {
	if bit := uint64(1) << (r % 64); t.violation(r) != 0 {
		t.outside[r/64] |= bit
	} else {
		t.outside[r/64] &^= bit
	}
}

// bound sets the bounds of a variable and, when it stands in a column, moves it within them.
func (t *tableau) bound(v int, lo, hi int64) {
	t.lo[v], t.hi[v] = lo, hi
	k := t.place[v]
	if k < 0 {
		t.watch(-1 - k)
	}
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
	for _, p := range t.of[k] {
		t.num[p.row] += t.rows[p.row][p.at].coef * step
		t.watch(int(p.row))
	}
}

// stand moves the variables of the columns to values, as far as their bounds let them.
func (t *tableau) stand(on func(v int) int64) {
	for k, v := range t.cols {
		t.move(k, min(max(on(v), t.lo[v]), t.hi[v])-t.val[v])
	}
}

// pivot makes the variable of column k basic in the row of one of its entries, and leaves the one that was basic
// there in the column, standing on target.
func (t *tableau) pivot(at place, k int, target int64) {
	r := int(at.row)
	enter, leave := t.cols[k], t.basic[r]
	a, d := t.rows[r][at.at].coef, t.den[r]
	sign := int64(1) // a x = d leave - konst - the rest
	if a < 0 {
		sign = -1
	}
	for i := range t.rows[r] {
		t.rows[r][i].coef *= -sign
	}
	t.rows[r][at.at].coef = sign * d
	t.konst[r] *= -sign
	t.den[r] = abs(a)
	t.basic[r], t.cols[k] = enter, leave
	t.place[enter], t.place[leave] = -1-r, k
	t.val[leave] = target
	t.reduce(r)
	t.revalue(r)
	step := t.num[r] - t.val[enter] // if whole, how far enter has moved
	for n := range t.of[k] {        // all of which keep their entries there
		p := t.of[k][n]
		i := int(p.row)
		if i == r {
			continue
		}
		c := t.rows[i][p.at].coef
		whole := t.den[i] == 1 && t.den[r] == 1
		t.substitute(p, r)
		if whole {
			t.num[i] += c * step
			t.watch(i)
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
