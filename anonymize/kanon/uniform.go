package kanon

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"

	"lvv/internal/guard"
)

// Bounds on the work of the search, by the table and never by the clock.
const (
	uniformWork = 300_000_000 // combinations looked at
	minLattice  = 256
)

// recoding is a global recoding: one level a column, with the classes that do not meet k and l
// suppressed.
type recoding struct {
	levels     []uint8
	loss       int64 // a suppressed cell counts costUnit
	suppressed int   // persons
}

// compare orders recodings by loss, then persons suppressed, then levels.
func (a *recoding) compare(b *recoding) int {
	return cmp.Or(cmp.Compare(a.loss, b.loss), cmp.Compare(a.suppressed, b.suppressed), slices.Compare(a.levels, b.levels))
}

// uniform returns the global recoding with the least loss, provided that it is below bound; nil if
// there is none. A node of the lattice can never lose less than its levels cost without suppression,
// so the search ends where that reaches the best score.
// A lattice that is too large for the work is thinned, and the best node found then improved step by
// step in the whole lattice.
func (p *problem) uniform(ctx context.Context, bound int64) (*recoding, error) {
	first, tuples := p.itemsByTuple()
	nodes := p.lattice(min(latticeLimit, max(minLattice, uniformWork/len(tuples))))
	workers := runtime.GOMAXPROCS(0)
	scorers := make([]*scorer, workers)
	for i := range scorers {
		scorers[i] = &scorer{problem: p, grouper: newGrouper(p), first: first, tuples: tuples}
	}
	var best *recoding
	const batch = 32 // the same for any number of workers, so that they all look at the same nodes
	scores := make([]recoding, batch)
	for lo := 0; lo < len(nodes) && nodes[lo].loss < bound; lo += batch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part := nodes[lo:min(lo+batch, len(nodes))]
		guard.Together(workers, func(w int) {
			for i := w; i < len(part); i += workers {
				scores[i] = scorers[w].score(part[i].levels)
			}
		})
		for i := range part {
			if scores[i].loss < bound || best != nil && scores[i].compare(best) < 0 {
				s := scores[i]
				best, bound = &s, s.loss
			}
		}
	}
	if best != nil {
		best = scorers[0].climb(*best)
	}
	return best, nil
}

// scorer scores nodes of the lattice.
type scorer struct {
	*problem
	*grouper
	first, tuples []int32
	groups        []int32
}

// climb looks at the neighbours of a recoding, one column a level up or down, for as long as that is
// better: where the lattice was thinned, the best node may not have been in it.
func (s *scorer) climb(best recoding) *recoding {
	for again := true; again; {
		again = false
		for c, h := range s.cols {
			for _, step := range []int{-1, 1} {
				l := int(best.levels[c]) + step
				if l < 0 || l >= h.Levels {
					continue
				}
				levels := slices.Clone(best.levels)
				levels[c] = uint8(l)
				if r := s.score(levels); r.compare(&best) < 0 {
					best, again = r, true
				}
			}
		}
	}
	return &best
}

// score computes the loss of a node of the lattice. The suppressed rows stand together as a class of
// their own, so they too must meet k and l; where they do not, the class that costs least to
// suppress joins them.
func (s *scorer) score(levels []uint8) recoding {
	kept, out := s.divide(levels)
	r := recoding{levels: levels}
	for _, c := range kept {
		r.loss += c.loss()
	}
	for _, it := range out {
		r.loss += int64(s.items[it].weight) * int64(len(s.cols)) * costUnit
	}
	r.suppressed = s.countPersons(out)
	return r
}

func (p *problem) countPersons(items []int32) int {
	if p.single {
		return len(items)
	}
	seen := map[int32]struct{}{}
	for _, it := range items {
		seen[p.personOf(it)] = struct{}{}
	}
	return len(seen)
}

// divide returns the classes of a node of the lattice that are kept, published at the node's levels,
// and the items that are suppressed.
func (s *scorer) divide(levels []uint8) (kept []class, out []int32) {
	if cap(s.groups) < len(s.tuples) {
		s.groups = make([]int32, len(s.tuples))
	}
	group := s.groups[:len(s.tuples)]
	sizes := sizesOf(s.tuples, group, s.group(s.tuples, levels, group), s.first)
	for i, items := range membersOf(s.tuples, group, sizes, s.first) {
		if !s.holds(items, -1) {
			out = append(out, items...)
			continue
		}
		c := class{nodes: make([]int32, len(levels)), items: items}
		for col, leaf := range s.leaves(s.heads[i]) {
			c.nodes[col] = s.at[col][levels[col]][leaf]
		}
		c.cost = s.costOf(c.nodes)
		for _, it := range items {
			c.rows += int64(s.items[it].weight)
		}
		kept = append(kept, c)
	}
	for len(out) > 0 && len(kept) > 0 && !s.holds(out, -1) {
		cheapest, rise := -1, int64(math.MaxInt64)
		for i, c := range kept {
			if d := c.rows*int64(len(s.cols))*costUnit - c.loss(); d < rise {
				cheapest, rise = i, d
			}
		}
		out = append(out, kept[cheapest].items...)
		kept = slices.Delete(kept, cheapest, cheapest+1)
	}
	return kept, out
}

// recode returns the partition of a global recoding, with the suppressed items as its last class.
func (p *problem) recode(r *recoding) *partition {
	first, tuples := p.itemsByTuple()
	s := &scorer{problem: p, grouper: newGrouper(p), first: first, tuples: tuples}
	kept, out := s.divide(r.levels)
	if len(out) > 0 {
		c := p.newClass(out)
		for i := range c.nodes {
			c.nodes[i] = 0
		}
		c.cost = int64(len(p.cols)) * costUnit
		kept = append(kept, c)
	}
	return p.newPartition(kept)
}
