package cells

import (
	"cmp"
	"math/bits"
	"slices"
)

// maxStalled is the number of steps without progress after which the choice is by number alone, which cannot go in circles (Bland 1977).
const maxStalled = 50

// maxShare is the weight of a row without fractions; see weight.
const maxShare = 1 << 20

// solve looks for values within all bounds, fractions allowed. When there are none it returns the
// variables whose bounds exclude each other, ascending. It gives up (ok false) when an entry outgrows
// the arithmetic or the pivots run out.
//
// Every step lowers the sum of infeasibilities, what all basic variables together stand outside their
// bounds (King, Barrett, Dutertre: Simplex with sum of infeasibilities for SMT, FMCAD 2013): mending one
// row at a time breaks others, which in thousands of rows has no end.
func (t *tableau) solve(maxPivots int) (conflict []int, feasible, ok bool) {
	if t.never {
		return nil, false, true
	}
	slope := make([]int64, len(t.cols))
	for stalled := 0; ; t.pivots++ {
		first := stalled > maxStalled
		if t.stuck || t.pivots >= maxPivots {
			return nil, false, false
		}
		outside, alone := t.slopes(slope)
		switch {
		case alone >= 0:
			return t.conflict(slope, []int{alone}), false, true
		case len(outside) == 0:
			return nil, true, true
		}
		k := t.entering(slope, first)
		if k < 0 {
			return t.conflict(slope, outside), false, true
		}
		stalled++
		if t.step(k, slope[k], first) {
			stalled = 0
		}
	}
}

// weight makes what rows miss comparable: as nearly as whole numbers can the same for every variable. A slope stays below
// 2 x maxCells x maxShare x maxCoef = 2^62.
func (t *tableau) weight(r int) int64 { return max(1, maxShare/t.den[r]) }

// slopes finds the rows whose variable stands outside its bounds, and how the sum of infeasibilities changes with
// the variable of each column. If a row cannot be helped by any column, it is alone (otherwise -1), and the slopes are its own.
func (t *tableau) slopes(slope []int64) (outside []int, alone int) {
	clear(slope)
	for i, rows := range t.outside {
		for ; rows != 0; rows &= rows - 1 {
			r := 64*i + bits.TrailingZeros64(rows)
			outside = append(outside, r)
			helped, w := false, t.violation(r)*t.weight(r)
			for _, e := range t.rows[r] {
				c := w * e.coef
				slope[e.col] += c
				helped = helped || t.canMove(int(e.col), c)
			}
			if helped {
				continue
			}
			clear(slope)
			for _, e := range t.rows[r] {
				slope[e.col] = e.coef
			}
			return outside, r
		}
	}
	return outside, -1
}

// violation says whether the variable of row r stands below (-1) or above (+1) its bounds.
func (t *tableau) violation(r int) int64 {
	v := t.basic[r]
	switch {
	case t.num[r] < t.den[r]*t.lo[v]:
		return -1
	case t.num[r] > t.den[r]*t.hi[v]:
		return +1
	}
	return 0
}

// canMove reports whether the variable of column k can move against a slope.
func (t *tableau) canMove(k int, slope int64) bool {
	v := t.cols[k]
	return slope < 0 && t.val[v] < t.hi[v] || slope > 0 && t.val[v] > t.lo[v]
}

// conflict lists the variables of rows and those that the slopes depend on.
func (t *tableau) conflict(slope []int64, rows []int) (out []int) {
	for _, r := range rows {
		out = append(out, t.basic[r])
	}
	for k, g := range slope {
		if g != 0 {
			out = append(out, t.cols[k])
		}
	}
	slices.Sort(out)
	return out
}

// entering finds the column whose variable can lower the sum of infeasibilities, the steepest for the entries that it has, so that
// the rows stay short (Markowitz 1957); first takes the smallest variable instead. It is -1 when none can.
func (t *tableau) entering(slope []int64, first bool) int {
	best := -1
	for k, g := range slope {
		if !t.canMove(k, g) {
			continue
		}
		better := 1
		if best >= 0 {
			if better = 0; !first {
				better = compare(uint64(abs(g)), uint64(len(t.of[k])), uint64(abs(slope[best])), uint64(len(t.of[best])))
			}
			if better == 0 {
				better = t.cols[best] - t.cols[k]
			}
		}
		if better > 0 {
			best = k
		}
	}
	return best
}

// corner is where the basic variable of an entry's row meets a bound while that of a column moves.
type corner struct {
	at             place
	far, per       uint64 // after far/per
	bound, steeper int64  // the bound it meets, and how much the slope grows there
}

// step moves the variable of column k against its slope, past every corner as long as the sum of infeasibilities falls (with
// first to the first only): to a corner, whose variable takes the column, or to the variable's own bound.
// It reports whether it moved at all.
func (t *tableau) step(k int, slope int64, first bool) bool {
	v, way := t.cols[k], int64(1)
	own := t.hi[v] - t.val[v]
	if slope > 0 {
		way, own = -1, t.val[v]-t.lo[v]
	}
	corners := t.corners(k, way)
	slices.SortFunc(corners, func(x, y corner) int {
		by := compare(x.far, x.per, y.far, y.per)
		if by == 0 && !first {
			by = len(t.rows[x.at.row]) - len(t.rows[y.at.row])
		}
		return cmp.Or(by, t.basic[x.at.row]-t.basic[y.at.row])
	})
	turn, rising := 0, -abs(slope)
	for i, c := range corners {
		if i > 0 && compare(corners[turn].far, corners[turn].per, c.far, c.per) != 0 {
			turn = i
		}
		if rising += c.steeper; rising >= 0 || first {
			break
		}
	}
	if len(corners) == 0 || compare(corners[turn].far, corners[turn].per, uint64(own), 1) > 0 {
		t.move(k, way*own)
		return own > 0
	}
	t.pivot(corners[turn].at, k, corners[turn].bound)
	return corners[turn].far > 0
}

// corners lists the bounds that basic variables meet when that of column k moves up (way 1) or down (-1).
func (t *tableau) corners(k int, way int64) (out []corner) {
	for _, p := range t.of[k] {
		r := p.row
		c, b := way*t.rows[r][p.at].coef, t.basic[r]
		near, far, up := t.lo[b], t.hi[b], int64(1)
		if c < 0 {
			near, far, up = far, near, -1
		}
		per := uint64(abs(c))
		steeper := abs(c) * t.weight(int(r))
		if d := up * (near*t.den[r] - t.num[r]); d > 0 {
			out = append(out, corner{p, uint64(d), per, near, steeper})
		}
		if d := up * (far*t.den[r] - t.num[r]); d >= 0 {
			out = append(out, corner{p, uint64(d), per, far, steeper})
		}
	}
	return out
}

// compare compares a/b with c/d.
func compare(a, b, c, d uint64) int {
	high, low := bits.Mul64(a, d)
	high2, low2 := bits.Mul64(c, b)
	return cmp.Or(cmp.Compare(high, high2), cmp.Compare(low, low2))
}
