package kanon

import (
	"math"
	"slices"
)

// partition is a division of all items into classes that is being improved. Classes that have
// become empty stay as empty slots.
type partition struct {
	*problem
	classes []class
	of      []int32 // class of each item
	scratch []int32
	work    int64 // left for refinement
}

func (p *problem) newPartition(classes []class) *partition {
	s := &partition{problem: p, classes: classes, of: make([]int32, len(p.items)), scratch: make([]int32, len(p.cols))}
	for i := range s.of {
		s.of[i] = -1
	}
	for i := range classes {
		for _, it := range classes[i].items {
			s.of[it] = int32(i)
		}
	}
	return s
}

// loss is that of all rows.
func (s *partition) loss() int64 {
	var sum int64
	for i := range s.classes {
		sum += s.classes[i].loss()
	}
	return sum
}

// place puts items without a class where they cost least. A class that meets k and l still does
// when it grows, so nobody need be left out; under rules, see mend.
func (s *partition) place(rest []int32) {
	if len(s.classes) == 0 {
		s.classes = append(s.classes, s.newClass(rest))
		for _, it := range rest {
			s.of[it] = 0
		}
		return
	}
	var stuck []int32
	for len(rest) > 0 {
		x := s.newIndex(s.classes)
		part := rest[:min(max(minBatch, len(s.classes)/8), len(rest))] // then the index is made anew
		targets := make([][]match, len(part))
		x.together(len(part), func(q *finder, i int) {
			it := &s.items[part[i]]
			targets[i] = slices.Clone(q.nearest(s.leaves(it.tuple), int64(it.weight), -1, math.MaxInt64, alternatives))
		})
		for i, it := range part {
			if to := s.best(it, targets[i]); to >= 0 {
				s.put(it, to)
			} else {
				stuck = append(stuck, it)
			}
		}
		rest = rest[len(part):]
	}
	if len(stuck) > 0 {
		s.placeStuck(stuck)
	}
}

// placeStuck puts items that none of the nearest classes admits into the cheapest class that does.
// Those that no class admits become one of their own, for mend to join with others.
func (s *partition) placeStuck(stuck []int32) {
	var left []int32
	for _, it := range stuck {
		all := make([]match, len(s.classes))
		for i := range all {
			all[i].class = int32(i)
		}
		if to := s.best(it, all); to >= 0 {
			s.put(it, to)
		} else {
			left = append(left, it)
		}
	}
	if len(left) > 0 {
		s.classes = append(s.classes, s.newClass(left))
		for _, it := range left {
			s.of[it] = int32(len(s.classes) - 1)
		}
	}
}

const (
	minBatch     = 256  // items searched for at once
	maxBatch     = 4096 // classes looked at at once
	alternatives = 3    // targets kept for an item, since the best may have changed when it is used
)

// best returns the class that an item now joins at the least loss, -1 for none.
func (s *partition) best(it int32, found []match) int32 {
	to, least := int32(-1), int64(math.MaxInt64)
	for _, m := range found {
		if len(s.classes[m.class].items) == 0 {
			continue
		}
		if d := s.joinLoss(&s.classes[m.class], it); d < least && s.admits(&s.classes[m.class], it) {
			to, least = m.class, d
		}
	}
	return to
}

func (s *partition) put(it, to int32) {
	s.join(&s.classes[to], it)
	s.of[it] = to
}

// lossy returns the classes that lose anything, in parts of a batch.
func (s *partition) lossy() (parts [][]int32) {
	var ids []int32
	for id := range s.classes {
		if s.classes[id].loss() > 0 {
			ids = append(ids, int32(id))
		}
	}
	for part := range slices.Chunk(ids, maxBatch) {
		parts = append(parts, part)
	}
	return parts
}

// wish is an item that had better be in another class.
type wish struct {
	it      int32
	targets []match
}

// move moves single items to other classes where that lowers the loss. It looks at each class once
// and returns the number of items moved.
func (s *partition) move() (moved int) {
	x := s.newIndex(s.classes)
	for _, part := range s.lossy() {
		wishes := make([][]wish, len(part))
		s.work -= x.together(len(part), func(q *finder, i int) { wishes[i] = s.wishes(q, part[i]) })
		for i, id := range part {
			for _, w := range wishes[i] {
				if s.grant(id, w) {
					moved++
				}
			}
		}
	}
	return moved
}

// wishes returns the items of a class that could leave it and cost less in another.
func (s *partition) wishes(q *finder, id int32) (list []wish) {
	c := &s.classes[id]
	scratch := make([]int32, len(s.cols))
	for at, it := range c.items {
		if !s.holds(c.items, at) {
			if s.onlyCount() {
				return nil
			}
			continue
		}
		gain := s.leaveLoss(c, at, scratch)
		if found := q.nearest(s.leaves(s.items[it].tuple), int64(s.items[it].weight), id, gain, alternatives); len(found) > 0 {
			list = append(list, wish{it, slices.Clone(found)})
		}
	}
	return list
}

// grant moves an item if its class can still spare it and the loss still falls.
func (s *partition) grant(id int32, w wish) bool {
	c := &s.classes[id]
	at := slices.Index(c.items, w.it)
	if !s.holds(c.items, at) {
		return false
	}
	to := s.best(w.it, w.targets)
	if to < 0 || s.joinLoss(&s.classes[to], w.it) >= s.leaveLoss(c, at, s.scratch) {
		return false
	}
	s.leave(c, at)
	s.put(w.it, to)
	return true
}

// dissolve takes apart each class whose items cost less in other classes, and returns how many.
func (s *partition) dissolve() (gone int) {
	x := s.newIndex(s.classes)
	for _, part := range s.lossy() {
		wishes := make([][]wish, len(part))
		s.work -= x.together(len(part), func(q *finder, i int) { wishes[i] = s.refuge(q, part[i]) })
		for i, id := range part {
			if len(wishes[i]) > 0 && s.scatter(id, wishes[i]) {
				gone++
			}
		}
	}
	return gone
}

// refuge returns for each item of a class other classes that it could join, nil if that costs no
// less than the class.
func (s *partition) refuge(q *finder, id int32) (list []wish) {
	c := &s.classes[id]
	if len(c.items) > 4*s.k {
		return nil
	}
	left := c.loss()
	for _, it := range c.items {
		found := q.nearest(s.leaves(s.items[it].tuple), int64(s.items[it].weight), id, left, alternatives)
		if len(found) == 0 {
			return nil
		}
		left -= found[0].loss
		list = append(list, wish{it, slices.Clone(found)})
	}
	return list
}

// scatter moves the items of a class to their targets if that lowers the loss, else leaves all as
// it was. A class whose items have changed since the wishes were made is left alone.
func (s *partition) scatter(id int32, wishes []wish) bool {
	c := &s.classes[id]
	if !slices.EqualFunc(c.items, wishes, func(it int32, w wish) bool { return it == w.it }) {
		return false
	}
	before := c.loss()
	type saved struct {
		id    int32
		class class
	}
	var undo []saved
	var rise int64
	for i, it := range c.items {
		to := s.best(it, wishes[i].targets)
		if to < 0 {
			rise = math.MaxInt64
			break
		}
		t := &s.classes[to]
		undo = append(undo, saved{to, class{append([]int32(nil), t.nodes...), t.cost, t.rows, t.items}})
		rise += s.joinLoss(t, it)
		s.put(it, to)
		if rise >= before {
			break
		}
	}
	if rise < before {
		*c = class{}
		return true
	}
	for _, u := range slices.Backward(undo) {
		s.classes[u.id] = u.class
	}
	for _, it := range c.items {
		s.of[it] = id
	}
	return false
}
