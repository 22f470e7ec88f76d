package cells

import "slices"

// solver answers what values one variable can take, all variables being whole numbers within their
// ranges. It is a tableau with branch and bound around it (Land, Doig 1960).
type solver struct {
	t         *tableau
	relations []Relation // to check what is found
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

func newSolver(n int, relations []Relation, limits Limits) *solver {
	return &solver{t: newTableau(n, relations), relations: relations, maxNodes: limits.Nodes, maxPivots: limits.Pivots}
}

// value asks whether variable v can be x, which its own range allows. If so, table holds a value for
// every variable; if not, blame holds the variables whose ranges together exclude it, ascending
// and without v.
func (s *solver) value(v int, x int64) (found answer, table []int64, blame []int) {
	return s.within(v, x, x)
}

// within asks whether variable v can be from low to high.
func (s *solver) within(v int, low, high int64) (found answer, table []int64, blame []int) {
	lo, hi := s.t.lo[v], s.t.hi[v]
	s.t.bound(v, max(lo, low), min(hi, high))
	s.nodes, s.limit = 0, s.t.pivots+s.maxPivots
	if s.t.lo[v] > s.t.hi[v] {
		found = impossible
	} else {
		found, table, blame = s.branch()
	}
	if found == possible && !s.holds(table) {
		found, table = unknown, nil
	}
	s.t.bound(v, lo, hi)
	if k, in := slices.BinarySearch(blame, v); in {
		blame = slices.Delete(blame, k, k+1)
	}
	return found, table, blame
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

// split finds a variable that is not a whole number, and the two ranges to try; v is -1 when there is
// none.
func (s *solver) split() (v int, first, second [2]int64) {
	v = -1
	floor := int64(0)
	for r, b := range s.t.basic {
		if num, den := s.t.num[r], s.t.den[r]; (v < 0 || b < v) && num%den != 0 {
			v, floor = b, num/den // bounds keep it from being negative
		}
	}
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
func (s *solver) holds(table []int64) bool {
	for i, n := range table {
		if n < s.t.lo[i] || n > s.t.hi[i] {
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
	return true
}

// union merges two ascending lists.
func union(a, b []int) []int {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}
