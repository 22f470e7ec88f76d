package cells

import "slices"

// solver answers whether one variable can take a given value, all variables being whole numbers
// within their ranges, some with a gap. It is a tableau with branch and bound around it.
//
// A gap is first tried on one side only, which is a question without branches and answers most.
type solver struct {
	t         *tableau
	relations []Relation // to check what is found
	gap       []bool     // by variable: 1 to min-1 is left out
	zero      []bool     // by variable with a gap: it is tried on 0 first, not on min and above
	min       int64
	oneSided  bool // leave it at one side: an answer of impossible may then be wrong
	maxNodes  int
	maxPivots int // a query

	nodes int // of the query that runs
	limit int // pivots at which it gives up
}

// answer is what a solver found.
type answer uint8

const (
	impossible answer = iota
	possible
	unknown // a limit was met
)

func newSolver(n int, relations []Relation, min int64, limits Limits) *solver {
	return &solver{
		t: newTableau(n, relations), relations: relations,
		gap: make([]bool, n), zero: make([]bool, n), min: min,
		maxNodes: limits.Nodes, maxPivots: limits.Pivots,
	}
}

// bound sets the range of a variable for the questions to come. One with a gap has no further bounds.
func (s *solver) bound(v int, lo, hi int64, gap bool) {
	s.gap[v] = gap
	if gap {
		lo, hi = s.side(s.zero[v])
	}
	s.t.bound(v, lo, hi)
}

// side returns one side of a gap.
func (s *solver) side(zero bool) (lo, hi int64) {
	if zero {
		return 0, 0
	}
	return s.min, maxCount
}

// prefer tries the gaps on the sides that a table has.
func (s *solver) prefer(table []int64) {
	for v, n := range table {
		s.zero[v] = n < s.min
		if s.gap[v] {
			s.bound(v, 0, 0, true)
		}
	}
}

// value asks whether variable v can be x, which its own range allows. If so, table holds a value for
// every variable; if not, blame holds the variables whose ranges together exclude it, ascending
// and without v.
func (s *solver) value(v int, x int64) (found answer, table []int64, blame []int) {
	lo, hi := s.t.lo[v], s.t.hi[v]
	s.t.bound(v, x, x)
	s.nodes, s.limit = 0, s.t.pivots+s.maxPivots
	found, table, blame = s.branch()
	if found != possible && !s.oneSided && s.sided(blame) {
		found, table, blame = s.bothSides()
	}
	s.t.bound(v, lo, hi)
	if found == possible && !s.holds(v, x, table) {
		return unknown, nil, nil
	}
	if k, in := slices.BinarySearch(blame, v); in {
		blame = slices.Delete(blame, k, k+1)
	}
	return found, table, blame
}

// sided reports whether a gap was tried on one side only where that may have mattered.
func (s *solver) sided(blame []int) bool {
	return blame == nil && !s.t.never || slices.ContainsFunc(blame, func(v int) bool { return s.gap[v] })
}

// bothSides searches with the gaps open, branching on them.
func (s *solver) bothSides() (answer, []int64, []int) {
	for v, gap := range s.gap {
		if gap {
			s.t.bound(v, 0, maxCount)
		}
	}
	defer func() {
		for v, gap := range s.gap {
			if gap {
				s.bound(v, 0, 0, true)
			}
		}
	}()
	return s.branch()
}

// branch searches the ranges as they stand.
func (s *solver) branch() (answer, []int64, []int) {
	s.nodes++
	if s.nodes > s.maxNodes {
		return unknown, nil, nil
	}
	conflict, feasible, ok := s.t.solve(s.limit)
	switch {
	case !ok:
		return unknown, nil, nil
	case !feasible:
		return impossible, nil, conflict
	}
	v, first, second := s.split()
	if v < 0 {
		return possible, s.values(), nil
	}
	lo, hi := s.t.lo[v], s.t.hi[v]
	defer func() { s.t.bound(v, lo, hi) }()
	var blame []int
	for _, half := range [2][2]int64{first, second} {
		s.t.bound(v, max(lo, half[0]), min(hi, half[1]))
		if s.t.lo[v] > s.t.hi[v] {
			blame = union(blame, []int{v})
			continue
		}
		found, table, part := s.branch()
		if found != impossible {
			return found, table, nil
		}
		if _, in := slices.BinarySearch(part, v); !in {
			return impossible, nil, part // the split had no part in it
		}
		blame = union(blame, part)
	}
	return impossible, nil, blame
}

// split finds a variable that is not a whole number or stands in its gap, and the two ranges to try,
// the likelier first; v is -1 when there is none.
func (s *solver) split() (v int, first, second [2]int64) {
	v = -1
	for r, b := range s.t.basic {
		num, den := s.t.num[r], s.t.den[r]
		if (v < 0 || b < v) && (num%den != 0 || s.gap[b] && num > 0 && num < s.min*den) {
			v = b
		}
	}
	for _, b := range s.t.cols {
		if x := s.t.val[b]; (v < 0 || b < v) && s.gap[b] && x > 0 && x < s.min {
			v = b
		}
	}
	if v < 0 {
		return v, first, second
	}
	num, den := s.t.val[v], int64(1)
	if r := -1 - s.t.place[v]; r >= 0 {
		num, den = s.t.num[r], s.t.den[r]
	}
	if s.gap[v] && num > 0 && num < s.min*den {
		first[0], first[1] = s.side(s.zero[v])
		second[0], second[1] = s.side(!s.zero[v])
		return v, first, second
	}
	floor := num / den // bounds keep it from being negative
	return v, [2]int64{0, floor}, [2]int64{floor + 1, maxCount}
}

// values returns the whole numbers that the tableau stands on.
func (s *solver) values() []int64 {
	out := slices.Clone(s.t.val)
	for r, b := range s.t.basic {
		out[b] = s.t.num[r] / s.t.den[r]
	}
	return out
}

// holds checks a table that was found against the sums and ranges themselves.
func (s *solver) holds(v int, x int64, table []int64) bool {
	for i, n := range table {
		if s.gap[i] {
			if n < 0 || n > 0 && n < s.min {
				return false
			}
		} else if n < s.t.lo[i] || n > s.t.hi[i] {
			return false
		}
	}
	for _, rel := range s.relations {
		sum := -rel.Sum
		for _, term := range rel.Terms {
			sum += term.Coef * table[term.Cell]
		}
		if sum != 0 {
			return false
		}
	}
	return table[v] == x
}

// union merges two ascending lists.
func union(a, b []int) []int {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}
