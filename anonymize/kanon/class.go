package kanon

import "math"

// class is a set of items that are published alike: under the lowest common ancestor of their
// values in each column. Those of a partition have a number, which the items bear.
type class struct {
	nodes []int32
	cost  int64 // of one row
	rows  int64
	items []int32
	standing
}

// newClass returns the class of some items, without its standing.
func (p *problem) newClass(items []int32) class {
	c := class{nodes: append([]int32(nil), p.leaves(p.items[items[0]].tuple)...), items: items}
	for _, it := range items {
		c.rows += int64(p.items[it].weight)
		p.widen(c.nodes, p.leaves(p.items[it].tuple))
	}
	c.cost = p.costOf(c.nodes)
	return c
}

// widen lifts nodes to their common ancestors with others.
func (p *problem) widen(nodes, others []int32) {
	for c, h := range p.cols {
		if nodes[c] != others[c] {
			nodes[c] = h.common(nodes[c], others[c])
		}
	}
}

// loss is that of all its rows.
func (c *class) loss() int64 { return c.rows * c.cost }

// costWith returns the loss of one row after others join that are published as the nodes.
func (p *problem) costWith(c *class, nodes []int32) int64 {
	return p.costBelow(c, nodes, math.MaxInt64)
}

// costBelow is costWith for a bound: what it returns matters only below that.
func (p *problem) costBelow(c *class, nodes []int32, bound int64) int64 {
	var sum int64
	for i, n := range c.nodes {
		if sum += p.joints[i].cost(n, nodes[i]); sum >= bound {
			break
		}
	}
	return sum
}

// joinLoss is what the total loss rises by when an item of no class joins.
func (p *problem) joinLoss(c *class, it int32) int64 { return p.joinBelow(c, it, math.MaxInt64) }

// joinBelow is joinLoss for a bound: what it returns matters only below that.
func (p *problem) joinBelow(c *class, it int32, bound int64) int64 {
	w := int64(p.items[it].weight)
	own, all := c.rows*c.cost, c.rows+w
	most := int64(math.MaxInt64)
	if bound < math.MaxInt64-own {
		most = (bound + own + all - 1) / all // of one row; more is too much
	}
	return all*p.costBelow(c, p.leaves(p.items[it].tuple), most) - own
}

// leaveLoss is what the total loss falls by when the item at a position leaves.
func (p *problem) leaveLoss(c *class, at int, scratch []int32) int64 {
	w := int64(p.items[c.items[at]].weight)
	if c.cost == 0 {
		return 0
	}
	return c.loss() - (c.rows-w)*p.costWithout(c, at, scratch)
}

// costWithout returns the loss of one row when the item at a position is gone.
func (p *problem) costWithout(c *class, at int, scratch []int32) int64 {
	w := len(p.cols)
	nodes := scratch[:w]
	started := false
	for i, it := range c.items {
		if i == at {
			continue
		}
		leaves := p.leaves(p.items[it].tuple)
		if !started {
			copy(nodes, leaves)
			started = true
			continue
		}
		same := true
		for j, h := range p.cols {
			if nodes[j] != leaves[j] {
				nodes[j] = h.common(nodes[j], leaves[j])
			}
			same = same && nodes[j] == c.nodes[j]
		}
		if same {
			return c.cost
		}
	}
	return p.costOf(nodes)
}

// holds reports whether the items, but for the one at position skip (-1: none), meet k and l.
func (p *problem) holds(items []int32, skip int) bool {
	n := len(items)
	if skip >= 0 {
		n--
	}
	if n < p.k {
		return false
	}
	if !p.single && !p.enough(items, skip, p.k, func(it int32) int32 { return p.items[it].person }) {
		return false
	}
	for f, l := range p.l {
		if l > 1 && !p.enough(items, skip, l, func(it int32) int32 { return p.value(it, f) }) {
			return false
		}
	}
	return true
}

// onlyCount reports whether the number of items alone decides if a class holds.
func (p *problem) onlyCount() bool {
	if !p.single || p.rules != nil {
		return false
	}
	for _, l := range p.l {
		if l > 1 {
			return false
		}
	}
	return true
}

// enough reports whether the items take at least n distinct values.
func (p *problem) enough(items []int32, skip, n int, value func(int32) int32) bool {
	var room [16]int32
	seen := room[:0]
	if n > len(room) {
		return enoughMany(items, skip, n, value)
	}
next:
	for i, it := range items {
		if i == skip {
			continue
		}
		v := value(it)
		for _, s := range seen {
			if s == v {
				continue next
			}
		}
		if seen = append(seen, v); len(seen) >= n {
			return true
		}
	}
	return false
}

func enoughMany(items []int32, skip, n int, value func(int32) int32) bool {
	seen := make(map[int32]struct{}, n)
	for i, it := range items {
		if i == skip {
			continue
		}
		if seen[value(it)] = struct{}{}; len(seen) >= n {
			return true
		}
	}
	return false
}
