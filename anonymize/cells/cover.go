package cells

import "slices"

// cover is the covering problem: the cheapest set of cells that has one of every cut.
type cover struct {
	cost  []int64
	limit int // branches, over all calls of solve

	cuts  [][]int
	state []state
	best  int64
	found []int
	nodes int
}

type state uint8

const (
	undecided state = iota
	taken
	dropped
)

// solve returns the cheapest set that has one of every cut and is cheaper than the given one, ascending,
// or nil when there is none; not ok when the limit was met.
func (c *cover) solve(cuts [][]int, than []int) (picked []int, ok bool) {
	c.cuts = slices.Clone(cuts)
	slices.SortStableFunc(c.cuts, func(a, b []int) int {
		if d := len(a) - len(b); d != 0 {
			return d
		}
		return slices.Compare(a, b)
	})
	c.state = make([]state, len(c.cost))
	c.best, c.found = 0, nil
	for _, k := range than {
		c.best += c.cost[k]
	}
	done := c.branch(0)
	return c.found, done
}

// branch searches below the decisions taken so far, which cost spent. It reports whether it finished.
func (c *cover) branch(spent int64) bool {
	c.nodes++
	if c.nodes > c.limit {
		return false
	}
	var trail []int
	defer func() {
		for _, k := range trail {
			c.state[k] = undecided
		}
	}()
	for {
		open, bound, rest := c.bound()
		if open < 0 || !c.cheaper(spent, bound) {
			return true
		}
		if open == 0 {
			c.keep(spent)
			return true
		}
		fixed := false
		for k, r := range rest { // a cell that would cost more than is left
			if c.state[k] == undecided && r > 0 && !c.cheaper(spent, bound+r) {
				c.state[k] = dropped
				trail = append(trail, k)
				fixed = true
			}
		}
		for _, cut := range c.cuts {
			if k := c.only(cut); k >= 0 {
				c.state[k] = taken
				trail = append(trail, k)
				spent += c.cost[k]
				fixed = true
			}
		}
		if !fixed {
			break
		}
	}
	k := c.busiest()
	c.state[k] = taken
	done := c.branch(spent + c.cost[k])
	c.state[k] = dropped
	done = done && c.branch(spent)
	c.state[k] = undecided
	return done
}

// cheaper reports whether spending at least bound more can still beat the best.
func (c *cover) cheaper(spent, bound int64) bool { return spent+bound < c.best }

// bound returns how many cuts are open (-1 when one cannot be met), a lower bound on what meeting them
// costs, and what of every cell's cost the bound has not used. It raises a price on each cut in turn until a
// cell in it is paid for (dual ascent).
func (c *cover) bound() (open int, bound int64, rest []int64) {
	rest = slices.Clone(c.cost)
	for _, cut := range c.cuts {
		least := int64(-1)
		met := false
		for _, k := range cut {
			switch c.state[k] {
			case taken:
				met = true
			case undecided:
				if least < 0 || rest[k] < least {
					least = rest[k]
				}
			}
		}
		if met {
			continue
		}
		if least < 0 {
			return -1, 0, nil
		}
		open++
		if least == 0 {
			continue
		}
		bound += least
		for _, k := range cut {
			if c.state[k] == undecided {
				rest[k] -= least
			}
		}
	}
	return open, bound, rest
}

// only returns the cell that must be taken to meet a cut, or -1 when it is met or leaves a choice.
func (c *cover) only(cut []int) int {
	last := -1
	for _, k := range cut {
		switch c.state[k] {
		case taken:
			return -1
		case undecided:
			if last >= 0 {
				return -1
			}
			last = k
		}
	}
	return last
}

// busiest is the cell that meets most open cuts, at equal numbers the cheapest, then the first.
func (c *cover) busiest() int {
	count := make([]int, len(c.cost))
	for _, cut := range c.cuts {
		if slices.ContainsFunc(cut, func(k int) bool { return c.state[k] == taken }) {
			continue
		}
		for _, k := range cut {
			if c.state[k] == undecided {
				count[k]++
			}
		}
	}
	best := 0
	for k := range count {
		if count[k] > count[best] || count[k] == count[best] && c.cost[k] < c.cost[best] {
			best = k
		}
	}
	return best
}

func (c *cover) keep(spent int64) {
	c.best = spent
	c.found = c.found[:0]
	for k, s := range c.state {
		if s == taken {
			c.found = append(c.found, k)
		}
	}
	if c.found == nil {
		c.found = []int{}
	}
}

// greedyCover meets every cut by taking, each time, the cell with the lowest cost for each open cut that
// it meets.
func greedyCover(cuts [][]int, cost []int64) []int {
	met := make([]bool, len(cuts))
	var picked []int
	for {
		count := make([]int64, len(cost))
		for i, cut := range cuts {
			if met[i] {
				continue
			}
			for _, k := range cut {
				count[k]++
			}
		}
		best := -1
		for k, n := range count {
			if n > 0 && (best < 0 || n > count[best] || n == count[best] && cost[k] < cost[best]) {
				best = k
			}
		}
		if best < 0 {
			slices.Sort(picked)
			return picked
		}
		picked = append(picked, best)
		for i, cut := range cuts {
			met[i] = met[i] || slices.Contains(cut, best)
		}
	}
}
