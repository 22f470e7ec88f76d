package cells

import "slices"

// cover is the covering problem: the set of fewest cells, of those with the smallest total, that has one of
// every cut and meets the needs that every such set of the whole problem meets.
//
// It is solved by branch and bound. The bounds are Lagrangian: any prices on the rows that are not negative
// give one, in whole numbers, so that no rounding can make it wrong. There are two: on the number of
// cells; and where no smaller number will do, on the total of sets of at most that number, with a price on the
// number too.
type cover struct {
	value []int64 // by cell; one of more value is dearer, one cell more is dearer than any value
	limit int     // branches, over all calls of solve

	rows  []row
	cuts  int // how many of the cuts given to solve are among the rows
	state []state
	count prices // scaled by priceUnit a cell
	total prices // scaled by priceUnit a person; crowd is its price on the number of cells
	crowd int64

	best      []int
	bestValue int64
	improved  bool // on what solve was given
	nodes     int
	patience  int // branches after which solve is content with any improvement
}

// row says that one of the cells must be taken; when holder is not negative, only if that cell is.
type row struct {
	cells  []int
	holder int
}

type state uint8

const (
	undecided state = iota
	taken
	dropped
)

const (
	priceUnit    = 1 << 16
	rootSteps    = 120 // price adjustments before the first branch
	branchSteps  = 12  // and at each of the others
	contentAfter = 150 // see cover.patience
)

// prices are one price a row, and what they leave of every cell's cost.
type prices struct {
	of   []int64
	rest []int64
}

func newCover(value []int64, limit int, needs []row) *cover {
	c := &cover{value: value, limit: limit, state: make([]state, len(value))}
	c.count.rest, c.total.rest = make([]int64, len(value)), make([]int64, len(value))
	for _, n := range needs {
		c.add(n)
	}
	return c
}

func (c *cover) add(r row) {
	c.rows = append(c.rows, r)
	c.count.of, c.total.of = append(c.count.of, 0), append(c.total.of, 0)
}

// solve returns a set that is cheaper than the given one, ascending, or nil when there is none. It is the
// cheapest, or after some work any; not ok when the limit was met. The cuts must begin with those of the
// call before.
func (c *cover) solve(cuts []row, than []int) (picked []int, ok bool) {
	for ; c.cuts < len(cuts); c.cuts++ {
		c.add(cuts[c.cuts])
	}
	clear(c.state)
	c.best, c.bestValue, c.improved = than, 0, false
	for _, k := range than {
		c.bestValue += c.value[k]
	}
	c.patience = c.nodes + contentAfter
	done := c.branch(0, 0, rootSteps)
	if !c.improved {
		return nil, done
	}
	return c.best, done || c.nodes <= c.limit
}

// branch searches below the decisions taken so far, of which n cells are taken with a total of value. It
// reports whether it finished.
func (c *cover) branch(n int, value int64, steps int) bool {
	c.nodes++
	if c.nodes > c.limit || c.improved && c.nodes > c.patience {
		return false
	}
	var trail []int
	defer func() {
		for _, k := range trail {
			c.state[k] = undecided
		}
	}()
	decide := func(k int, s state) {
		c.state[k] = s
		trail = append(trail, k)
		if s == taken {
			n, value = n+1, value+c.value[k]
		}
	}
	for {
		if !c.propagate(decide) || n > len(c.best) || n == len(c.best) && value >= c.bestValue {
			return true
		}
		if c.met() {
			c.keep(value)
			return true
		}
		room, least := int64(len(c.best)-n), c.bestValue-value
		decided := len(trail)
		bound := c.ascend(&c.count, steps, room*priceUnit, func(int) int64 { return priceUnit }, nil)
		if bound > room*priceUnit {
			return true
		}
		c.fix(c.count.rest, bound, room*priceUnit, decide)
		if len(trail) == decided && bound > (room-1)*priceUnit {
			// No set of fewer cells will do. Of this number, only a smaller total.
			most := (least - 1) * priceUnit
			bound = c.ascend(&c.total, steps, most, func(k int) int64 { return c.value[k] * priceUnit }, &room)
			if bound > most {
				return true
			}
			c.fix(c.total.rest, bound, most, decide)
		}
		if len(trail) == decided {
			break
		}
		steps = branchSteps
	}
	k := c.choice()
	c.state[k] = taken
	done := c.branch(n+1, value+c.value[k], branchSteps)
	c.state[k] = dropped
	done = done && c.branch(n, value, branchSteps)
	c.state[k] = undecided
	return done
}

// active returns what a row asks for: 1, 0 when its holder is undecided, and ok false when it is met.
func (c *cover) active(r *row) (asks int64, ok bool) {
	asks = 1
	if r.holder >= 0 {
		switch c.state[r.holder] {
		case dropped:
			return 0, false
		case undecided:
			asks = 0
		}
	}
	for _, k := range r.cells {
		if c.state[k] == taken {
			return 0, false
		}
	}
	return asks, true
}

// propagate decides what the rows leave no choice about. It returns false when a row cannot be met.
func (c *cover) propagate(decide func(k int, s state)) bool {
	for changed := true; changed; {
		changed = false
		for i := range c.rows {
			r := &c.rows[i]
			asks, ok := c.active(r)
			if !ok {
				continue
			}
			open, last := 0, -1
			for _, k := range r.cells {
				if c.state[k] == undecided {
					open, last = open+1, k
				}
			}
			switch {
			case open == 0 && asks == 1:
				return false
			case open == 0:
				decide(r.holder, dropped)
				changed = true
			case open == 1 && asks == 1:
				decide(last, taken)
				changed = true
			}
		}
	}
	return true
}

// met reports whether no row asks for more.
func (c *cover) met() bool {
	for i := range c.rows {
		if asks, ok := c.active(&c.rows[i]); ok && asks > 0 {
			return false
		}
	}
	return true
}

// ascend adjusts the prices towards the best bound on the cost of the cells still to be taken and returns the
// bound, with what the prices then leave of each cell's cost; above goal it stops. With a room, at most so many cells
// may be taken, and that has a price as well.
func (c *cover) ascend(p *prices, steps int, goal int64, cost func(k int) int64, room *int64) int64 {
	asks := make([]int64, len(c.rows)) // -1 for a row that is met
	for i := range c.rows {
		a, ok := c.active(&c.rows[i])
		if asks[i] = a; !ok {
			asks[i] = -1
		}
	}
	if room != nil && c.crowd == 0 && *room > 0 { // begin where the number of cells is what counts
		c.crowd = (goal/priceUnit/(*room) + 1) * priceUnit
		for i, u := range c.count.of {
			p.of[i] = u * (c.crowd / priceUnit)
		}
	}
	best, bestRest := int64(-1)<<62, []int64(nil)
	bestPrices, bestCrowd := []int64(nil), c.crowd
	push, stale := int64(16), 0 // the step is push/16 of what would close the gap
	lacks := make([]int64, len(c.rows))
	for range steps {
		bound, chosen := c.evaluate(p, asks, cost, room)
		if bound > best {
			best, bestRest = bound, append(bestRest[:0], p.rest...)
			bestPrices, bestCrowd, stale = append(bestPrices[:0], p.of...), c.crowd, 0
		} else if stale++; stale >= 4 {
			push, stale = max(1, push/2), 0
		}
		if best > goal {
			break
		}
		norm := int64(0)
		for i := range c.rows {
			lacks[i] = 0
			if asks[i] < 0 {
				continue
			}
			g := asks[i]
			for _, k := range c.rows[i].cells {
				if c.state[k] == undecided && p.rest[k] < 0 {
					g--
				}
			}
			if h := c.rows[i].holder; h >= 0 && c.state[h] == undecided && p.rest[h] < 0 {
				g++
			}
			if g < 0 && p.of[i] == 0 {
				g = 0
			}
			lacks[i] = g
			norm += g * g
		}
		crowded := int64(0)
		if room != nil {
			if crowded = chosen - *room; crowded < 0 && c.crowd == 0 {
				crowded = 0
			}
			norm += crowded * crowded
		}
		if norm == 0 {
			break
		}
		step := max(1, (goal+priceUnit/2-bound)*push/16/norm)
		for i, g := range lacks {
			p.of[i] = max(0, p.of[i]+step*g)
		}
		c.crowd = max(0, c.crowd+step*crowded)
	}
	copy(p.of, bestPrices)
	copy(p.rest, bestRest)
	c.crowd = bestCrowd
	return best
}

// evaluate computes the bound that the prices give, and how many cells it takes.
func (c *cover) evaluate(p *prices, asks []int64, cost func(k int) int64, room *int64) (bound, chosen int64) {
	for k := range p.rest {
		p.rest[k] = cost(k)
		if room != nil {
			p.rest[k] += c.crowd
		}
	}
	for i, u := range p.of {
		if asks[i] < 0 || u == 0 {
			continue
		}
		bound += u * asks[i]
		for _, k := range c.rows[i].cells {
			p.rest[k] -= u
		}
		if h := c.rows[i].holder; h >= 0 {
			p.rest[h] += u
		}
	}
	for k, r := range p.rest {
		if c.state[k] == undecided && r < 0 {
			bound += r
			chosen++
		}
	}
	if room != nil {
		bound -= c.crowd * *room
	}
	return bound, chosen
}

// fix decides the cells of which the other choice would lift the bound above the most that is allowed.
func (c *cover) fix(rest []int64, bound, most int64, decide func(k int, s state)) {
	for k, r := range rest {
		switch {
		case c.state[k] != undecided || bound+abs(r) <= most:
		case r > 0:
			decide(k, dropped)
		case r < 0:
			decide(k, taken)
		}
	}
}

// choice is the undecided cell that the prices want most, of the rows that ask for one.
func (c *cover) choice() int {
	best := -1
	for i := range c.rows {
		if asks, ok := c.active(&c.rows[i]); !ok || asks == 0 {
			continue
		}
		for _, k := range c.rows[i].cells {
			if c.state[k] != undecided {
				continue
			}
			if best < 0 || c.count.rest[k] < c.count.rest[best] || c.count.rest[k] == c.count.rest[best] &&
				(c.value[k] < c.value[best] || c.value[k] == c.value[best] && k < best) {
				best = k
			}
		}
	}
	return best
}

func (c *cover) keep(value int64) {
	c.best, c.bestValue, c.improved = []int{}, value, true
	for k, s := range c.state {
		if s == taken {
			c.best = append(c.best, k)
		}
	}
}

// greedyCover meets every cut by taking, each time, the cell with the lowest cost for each open cut that
// it meets. It is not ok when a cut asks for one of no cells.
func greedyCover(cuts []row, cost []int64) (picked []int, ok bool) {
	met, taken := make([]bool, len(cuts)), make([]bool, len(cost))
	for {
		count := make([]int64, len(cost))
		for i, cut := range cuts {
			if met[i] || cut.holder >= 0 && !taken[cut.holder] {
				continue
			}
			if len(cut.cells) == 0 {
				return nil, false
			}
			for _, k := range cut.cells {
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
			return picked, true
		}
		picked, taken[best] = append(picked, best), true
		for i, cut := range cuts {
			met[i] = met[i] || slices.Contains(cut.cells, best)
		}
	}
}
