package kanon

import (
	"cmp"
	"slices"

	"lvv/internal/splitmix"
)

// latticeNode is one level of generalisation a column, and what it costs on average.
type latticeNode struct {
	levels []uint8
	loss   int64 // of all rows
}

// lattice returns the combinations of levels in order of rising loss. Where there are more than
// limit, levels are left out: of all columns each time the one whose loss differs least from that
// of the level below.
func (p *problem) lattice(limit int) []latticeNode {
	type option struct {
		level uint8
		loss  int64
	}
	options := make([][]option, len(p.cols))
	for c, h := range p.cols {
		for l := range h.Levels {
			var loss int64
			for _, it := range p.items {
				loss += int64(it.weight) * h.cost[h.up(p.leaves(it.tuple)[c], l)]
			}
			if n := len(options[c]); n > 0 && options[c][n-1].loss == loss {
				options[c][n-1].level = uint8(l) // a level that costs nothing more
				continue
			}
			options[c] = append(options[c], option{uint8(l), loss})
		}
	}
	for size(options) > limit {
		col, at, least := -1, 0, int64(0)
		for c, o := range options {
			for i := 1; i+1 < len(o); i++ {
				if gap := o[i].loss - o[i-1].loss; col < 0 || gap < least {
					col, at, least = c, i, gap
				}
			}
		}
		if col < 0 {
			break
		}
		options[col] = slices.Delete(options[col], at, at+1)
	}
	nodes := []latticeNode{{}}
	for _, o := range options {
		var next []latticeNode
		for _, n := range nodes {
			for _, x := range o {
				next = append(next, latticeNode{append(slices.Clip(n.levels), x.level), n.loss + x.loss})
			}
		}
		nodes = next
	}
	slices.SortFunc(nodes, func(a, b latticeNode) int {
		return cmp.Or(cmp.Compare(a.loss, b.loss), slices.Compare(a.levels, b.levels))
	})
	return nodes
}

func size[T any](options [][]T) int {
	n := 1
	for _, o := range options {
		if n *= len(o); n > 1<<40 {
			break
		}
	}
	return n
}

// grouper sorts distinct combinations into groups that look alike at a lattice node.
type grouper struct {
	p *problem
	// at holds the ancestor of every leaf at every level: at[column][level][leaf].
	at    [][][]int32
	mix   [][]uint64 // a random-looking number for each node of each column
	slots []int32    // open addressing: group + 1
	heads []int32    // of each group, one combination
	hash  []uint64   // of each group
}

func newGrouper(p *problem) *grouper {
	g := &grouper{p: p}
	for c, h := range p.cols {
		n := len(h.label)
		mix := make([]uint64, n)
		for i := range mix {
			mix[i] = splitmix.Mix(uint64(c)<<32 | uint64(i+1))
		}
		g.mix = append(g.mix, mix)
		var levels [][]int32
		for l := range h.Levels {
			up := make([]int32, n)
			for i := range up {
				if h.level[i] == 0 {
					up[i] = h.up(int32(i), l)
				}
			}
			levels = append(levels, up)
		}
		g.at = append(g.at, levels)
	}
	return g
}

// group writes the group of each combination to out and returns the number of groups.
func (g *grouper) group(tuples []int32, levels []uint8, out []int32) int {
	need := 16
	for need < 2*len(tuples) {
		need *= 2
	}
	g.slots = slices.Grow(g.slots[:0], need)[:need]
	clear(g.slots)
	g.heads, g.hash = g.heads[:0], g.hash[:0]
	up := make([][]int32, len(levels))
	for c, l := range levels {
		up[c] = g.at[c][l]
	}
	mask := uint64(need - 1)
	for i, t := range tuples {
		leaves := g.p.leaves(t)
		var h uint64
		for c, leaf := range leaves {
			h += g.mix[c][up[c][leaf]]
		}
		slot := (h ^ h>>29) & mask
		for {
			id := g.slots[slot] - 1
			if id < 0 {
				id = int32(len(g.heads))
				g.slots[slot] = id + 1
				g.heads, g.hash = append(g.heads, t), append(g.hash, h)
				out[i] = id
				break
			}
			if g.hash[id] == h && g.alike(g.heads[id], t, up) {
				out[i] = id
				break
			}
			slot = (slot + 1) & mask
		}
	}
	return len(g.heads)
}

func (g *grouper) alike(a, b int32, up [][]int32) bool {
	x, y := g.p.leaves(a), g.p.leaves(b)
	for c := range up {
		if up[c][x[c]] != up[c][y[c]] {
			return false
		}
	}
	return true
}
