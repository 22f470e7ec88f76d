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

// newPartition returns the partition of some classes, which hold each item at most once.
func (p *problem) newPartition(classes []class) *partition {
	s := &partition{problem: p, of: make([]int32, len(p.items)), scratch: make([]int32, len(p.cols))}
	for i := range s.of {
		s.of[i] = none
	}
	s.restore(classes)
	return s
}

// none is the class of an item without one.
const none = -1

// add makes a class of items that have none.
func (s *partition) add(items []int32) {
	s.classes = append(s.classes, s.newClass(items))
	s.appoint(len(s.classes) - 1)
}

// appoint makes a class that of its items.
func (s *partition) appoint(id int) {
	c := &s.classes[id]
	c.reset(s.rules)
	for _, it := range c.items {
		s.count(c, int32(id), it, 1)
		s.of[it] = int32(id)
	}
}

// restore puts classes in the place of those that there are.
func (s *partition) restore(classes []class) {
	for i := range s.classes {
		for _, it := range s.classes[i].items {
			s.of[it] = none
		}
	}
	s.classes = classes
	for i := range classes {
		s.appoint(i)
	}
}

// join adds an item of another class, or of none.
func (s *partition) join(c *class, id, it int32) {
	leaves := s.leaves(s.items[it].tuple)
	if len(c.items) == 0 {
		c.nodes = append(c.nodes[:0], leaves...)
	} else {
		s.widen(c.nodes, leaves)
	}
	c.cost = s.costOf(c.nodes)
	c.rows += int64(s.items[it].weight)
	c.items = append(c.items, it)
	s.count(c, id, it, 1)
	s.of[it] = id
}

// leave removes the item at a position and tightens the nodes.
func (s *partition) leave(c *class, id int32, at int) {
	it := c.items[at]
	s.count(c, id, it, -1)
	s.of[it] = none
	c.rows -= int64(s.items[it].weight)
	c.items[at] = c.items[len(c.items)-1]
	c.items = c.items[:len(c.items)-1]
	s.tighten(c)
}

// tighten makes the nodes of a class as narrow as its items allow.
func (s *partition) tighten(c *class) {
	if c.cost == 0 || len(c.items) == 0 {
		return
	}
	copy(c.nodes, s.nodesWithout(c, -1, s.scratch))
	c.cost = s.costOf(c.nodes)
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
		s.add(rest)
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
				s.join(&s.classes[to], to, it)
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
			s.join(&s.classes[to], to, it)
		} else {
			left = append(left, it)
		}
	}
	if len(left) > 0 {
		s.add(left)
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
		if d := s.joinBelow(&s.classes[m.class], it, least); d < least && s.admits(&s.classes[m.class], m.class, it) {
			to, least = m.class, d
		}
	}
	return to
}

// lossy returns the classes that lose anything.
func (s *partition) lossy() (ids []int32) {
	for id := range s.classes {
		if s.classes[id].loss() > 0 {
			ids = append(ids, int32(id))
		}
	}
	return ids
}

// wish is an item that had better be in another class.
type wish struct {
	it      int32
	targets []match
}

// fulfil looks once at each class that loses anything: of says what its items had better do, for many classes at
// once, and grant does it and returns how much has changed.
func (s *partition) fulfil(of func(q *finder, id int32) []wish, grant func(id int32, wishes []wish) int) (changed int) {
	x := s.newIndex(s.classes)
	for part := range slices.Chunk(s.lossy(), maxBatch) {
		wishes := make([][]wish, len(part))
		s.work -= x.together(len(part), func(q *finder, i int) { wishes[i] = of(q, part[i]) })
		for i, id := range part {
			changed += grant(id, wishes[i])
		}
	}
	return changed
}

// move moves single items to other classes where that lowers the loss, and returns how many.
func (s *partition) move() int {
	return s.fulfil(s.wishes, func(id int32, wishes []wish) (moved int) {
		for _, w := range wishes {
			if s.grant(id, w) {
				moved++
			}
		}
		return moved
	})
}

// wishes returns the items of a class that could leave it and cost less in another.
func (s *partition) wishes(q *finder, id int32) (list []wish) {
	c := &s.classes[id]
	scratch := make([]int32, len(s.cols))
	for at, it := range c.items {
		if !s.spares(c, id, at) {
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
	if !s.spares(c, id, at) {
		return false
	}
	to := s.best(w.it, w.targets)
	if to < 0 || s.joinLoss(&s.classes[to], w.it) >= s.leaveLoss(c, at, s.scratch) {
		return false
	}
	s.leave(c, id, at)
	s.join(&s.classes[to], to, w.it)
	return true
}

// dissolve takes apart each class whose items cost less in other classes, and returns how many.
func (s *partition) dissolve() int {
	return s.fulfil(s.refuge, func(id int32, wishes []wish) int {
		if len(wishes) > 0 && s.scatter(id, wishes) {
			return 1
		}
		return 0
	})
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
	loss := c.loss()
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
		before := *t
		before.nodes, before.standing = slices.Clone(t.nodes), standing{}
		before.clone(&t.standing)
		undo = append(undo, saved{to, before})
		rise += s.joinLoss(t, it)
		s.join(t, to, it)
		if rise >= loss {
			break
		}
	}
	if rise < loss {
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
