package kanon

import (
	"math"
	"slices"
)

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
	c := class{nodes: slices.Clone(p.leaves(p.items[items[0]].tuple)), items: items}
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

// costBelow returns the loss of one row after others join that are published as the nodes. What it returns matters
// only below a bound.
func (p *problem) costBelow(c *class, nodes []int32, bound int64) int64 {
	var sum int64
	for i, n := range c.nodes {
		if sum += p.cols[i].commonCost(n, nodes[i]); sum >= bound {
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
	if c.cost == 0 {
		return 0
	}
	w := int64(p.items[c.items[at]].weight)
	return c.loss() - (c.rows-w)*p.costOf(p.nodesWithout(c, at, scratch))
}

// nodesWithout writes to nodes those of the class when the item at a position (-1: none) is gone.
func (p *problem) nodesWithout(c *class, at int, nodes []int32) []int32 {
	first := 0
	if at == 0 && len(c.items) > 1 {
		first = 1
	}
	copy(nodes, p.leaves(p.items[c.items[first]].tuple))
	for i, it := range c.items {
		if i == at || i == first {
			continue
		}
		p.widen(nodes, p.leaves(p.items[it].tuple))
		if slices.Equal(nodes, c.nodes) {
			break
		}
	}
	return nodes
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
	if !p.single && distinct(items, skip, p.k, p.personOf) < p.k {
		return false
	}
	for f, l := range p.l {
		if l > 1 && distinct(items, skip, l, func(it int32) int32 { return p.value(it, f) }) < l {
			return false
		}
	}
	return true
}

// onlyCount reports whether the number of items alone decides if a class holds.
func (p *problem) onlyCount() bool {
	return p.single && p.rules == nil && !slices.ContainsFunc(p.l, func(l int) bool { return l > 1 })
}

// distinct counts the distinct values of the items but for the one at position skip (-1: none), up to a limit.
func distinct(items []int32, skip, limit int, value func(int32) int32) int {
	seen := make([]int32, 0, 16) // on the stack; a larger limit is rare
	for i, it := range items {
		if i == skip {
			continue
		}
		if v := value(it); !slices.Contains(seen, v) {
			if seen = append(seen, v); len(seen) >= limit {
				break
			}
		}
	}
	return len(seen)
}
