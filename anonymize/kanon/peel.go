package kanon

import (
	"context"
	"slices"
)

// Bounds on the work of peeling. They depend on the table alone, never on the clock, so that a
// result does not depend on the machine.
const (
	latticeLimit = 1 << 15
	peelWork     = 30_000_000 // combinations looked at
)

// peel makes the first classes: at each node of the lattice, in order of rising loss, every group of
// remaining items that meets what is asked becomes a class. It returns what remains.
func (s *partition) peel(ctx context.Context) (rest []int32, err error) {
	first, tuples := s.itemsByTuple()
	nodes := s.lattice(latticeLimit)
	g := newGrouper(s.problem)
	out := make([]int32, len(tuples))
	budget := peelWork
	for i := 0; i < len(nodes) && len(tuples) > 0; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = out[:len(tuples)]
		n := g.group(tuples, nodes[i].levels, out)
		budget -= len(tuples)
		if frozen := s.freeze(tuples, out, n, first); frozen {
			kept := tuples[:0]
			for j, t := range tuples {
				if out[j] >= 0 {
					kept = append(kept, t)
				}
			}
			tuples = kept
			if s.rules == nil && !s.holds(s.itemsOf(tuples, first), -1) {
				break // no group of what remains can
			}
		}
		// Where the work does not suffice for every node, the later ones are visited in strides.
		i++
		if budget < peelWork/2 {
			i += (len(nodes) - i) * len(tuples) / max(budget, 1)
		}
	}
	return s.itemsOf(tuples, first), nil
}

func (p *problem) itemsOf(tuples, first []int32) []int32 {
	var items []int32
	for _, t := range tuples {
		for it := first[t]; it < first[t+1]; it++ {
			items = append(items, it)
		}
	}
	return items
}

// itemsByTuple returns for each combination its first item (they stand together), and the
// combinations.
func (p *problem) itemsByTuple() (first, tuples []int32) {
	n := len(p.tuples) / len(p.cols)
	first = make([]int32, n+1)
	for _, it := range p.items {
		first[it.tuple+1]++
	}
	for t := range n {
		first[t+1] += first[t]
		tuples = append(tuples, int32(t))
	}
	return first, tuples
}

// freeze makes classes of the groups that meet what is asked and marks their combinations with -1.
func (s *partition) freeze(tuples, group []int32, groups int, first []int32) bool {
	sizes := sizesOf(tuples, group, groups, first)
	if int(slices.Max(sizes)) < s.k {
		return false
	}
	done := make([]bool, groups)
	for i, items := range membersOf(tuples, group, sizes, first) {
		done[i] = len(items) >= s.k && s.propose(items)
	}
	for j := range tuples {
		if done[group[j]] {
			group[j] = -1
		}
	}
	return slices.Contains(done, true)
}

// sizesOf counts the items of each group of combinations.
func sizesOf(tuples, group []int32, groups int, first []int32) []int32 {
	sizes := make([]int32, groups)
	for j, t := range tuples {
		sizes[group[j]] += first[t+1] - first[t]
	}
	return sizes
}

// membersOf lists the items of each group of combinations, which has the size given.
func membersOf(tuples, group, sizes, first []int32) [][]int32 {
	total := int32(0)
	for _, size := range sizes {
		total += size
	}
	room, members := make([]int32, total), make([][]int32, len(sizes))
	for i, size := range sizes {
		members[i], room = room[:0:size], room[size:]
	}
	for j, t := range tuples {
		for it := first[t]; it < first[t+1]; it++ {
			members[group[j]] = append(members[group[j]], it)
		}
	}
	return members
}

// propose makes a class of items that have none, if it meets what is asked.
func (s *partition) propose(items []int32) bool {
	if s.rules == nil && !s.holds(items, -1) {
		return false
	}
	s.add(slices.Clone(items))
	last := len(s.classes) - 1
	if s.rules == nil || s.met(&s.classes[last], int32(last)) {
		return true
	}
	for _, it := range items {
		s.of[it] = none
	}
	s.classes = s.classes[:last]
	return false
}
