package kanon

import (
	"encoding/binary"
	"math"
	"slices"
)

// Rule is what is asked of one sensitive column, beyond that a class has k persons.
type Rule struct {
	// Values is how many distinct values each class takes, at least (l-diversity).
	Values int
	// Pending values do not count as values: a class that has no others is exempt from Values. They stand
	// for something that is not known yet. Nil: there are none.
	Pending func(value string) bool
	// MaxShare is the largest share of a class's persons that may have a value (alpha); 1 or more asks
	// nothing. Nil asks nothing of any value.
	MaxShare func(value string) float64
}

// rules are those of a problem. Unlike k and l alone, they may hold for a class and not for the same class
// with one row more. Values are numbered over all columns.
type rules struct {
	first   []int32 // of each column, the number of its first value
	values  []int32 // of each column, how many must differ
	pending []bool  // of each value
	share   []float64
	loud    [][]int32 // of each column, the values of which not all persons may have one
}

// rankRules numbers the rules of all columns by the ranks of their values.
func rankRules(given []Rule, sensitive []map[string]int32, rank [][]int32) *rules {
	r := &rules{}
	for f, ids := range sensitive {
		first := int32(len(r.pending))
		pending, share := make([]bool, len(ids)), make([]float64, len(ids))
		for text, id := range ids {
			at := rank[f][id]
			pending[at] = given[f].Pending != nil && given[f].Pending(text)
			share[at] = 1
			if given[f].MaxShare != nil {
				share[at] = given[f].MaxShare(text)
			}
		}
		var loud []int32
		for v, most := range share {
			if most < 1 {
				loud = append(loud, first+int32(v))
			}
		}
		r.first, r.values, r.loud = append(r.first, first), append(r.values, int32(given[f].Values)), append(r.loud, loud)
		r.pending, r.share = append(r.pending, pending...), append(r.share, share...)
	}
	return r
}

// standing is what the rules count in a class; empty where there are none.
type standing struct {
	persons  int32
	having   []int32 // of each value, the persons who have it
	distinct []int32 // of each column, the values that are not pending
	// persons with so many rows, where persons have several items; the last is not 0.
	withRows []int32
}

// clone copies a standing into the room of another.
func (s *standing) clone(o *standing) {
	s.persons = o.persons
	s.having, s.distinct = append(s.having[:0], o.having...), append(s.distinct[:0], o.distinct...)
	s.withRows = append(s.withRows[:0], o.withRows...)
}

// reset makes the standing that of nobody, where there are rules.
func (s *standing) reset(r *rules) {
	if r == nil {
		return
	}
	if s.having == nil {
		s.having, s.distinct = make([]int32, len(r.pending)), make([]int32, len(r.values))
	}
	s.persons, s.withRows = 0, s.withRows[:0]
	clear(s.having)
	clear(s.distinct)
}

func (s *partition) number(it int32, f int) int32 { return s.rules.first[f] + s.value(it, f) }

// rowsOf counts the rows in a class of the person of an item, but for those of the item.
func (s *partition) rowsOf(id, it int32) (rows int32) {
	if s.single {
		return 0
	}
	for _, o := range s.ownOf(it) {
		if o != it && s.of[o] == id {
			rows += s.items[o].weight
		}
	}
	return rows
}

// again reports whether the person of an item has its value in a class by another item too.
func (s *partition) again(id, it int32, f int) bool {
	return slices.ContainsFunc(s.ownOf(it), func(o int32) bool {
		return o != it && s.of[o] == id && s.value(o, f) == s.value(it, f)
	})
}

// count adds an item to the standing of a class (change 1), or takes it from there (-1), where there are rules.
func (s *partition) count(c *class, id, it, change int32) {
	if s.rules == nil {
		return
	}
	others := s.rowsOf(id, it)
	if others == 0 {
		c.persons += change
	}
	if !s.single {
		with := others + s.items[it].weight
		for int(with) >= len(c.withRows) {
			c.withRows = append(c.withRows, 0)
		}
		c.withRows[with] += change
		if others > 0 {
			c.withRows[others] -= change
		}
		for n := len(c.withRows); n > 0 && c.withRows[n-1] == 0; n-- {
			c.withRows = c.withRows[:n-1]
		}
	}
	for f := range s.nsens {
		if others > 0 && s.again(id, it, f) {
			continue
		}
		v := s.number(it, f)
		c.having[v] += change
		if !s.rules.pending[v] && c.having[v] == max(change, 0) {
			c.distinct[f] += change
		}
	}
}

// stands reports whether a class meets k and the rules: as it is (change 0), with an item more (1) or with
// one of its own less (-1).
func (s *partition) stands(c *class, id, it, change int32) bool {
	if len(c.items)+int(change) < s.k {
		return false
	}
	persons, rows, others := c.persons, int32(c.rows), int32(0)
	if change != 0 {
		rows += change * s.items[it].weight
		if others = s.rowsOf(id, it); others == 0 {
			persons += change
		}
	}
	if int(persons) < s.k || !s.single && int(s.mostRows(c, it, others, change))*s.k > int(rows) {
		return false
	}
	for f := range s.nsens {
		v, step := int32(none), int32(0)
		if change != 0 && (others == 0 || !s.again(id, it, f)) {
			v, step = s.number(it, f), change
		}
		if !s.rules.meets(c, f, persons, v, step) {
			return false
		}
	}
	return true
}

// meets reports whether a class meets the rule of a column, once it has so many persons, and so many more of
// them (step) the value v.
func (r *rules) meets(c *class, f int, persons, v, step int32) bool {
	distinct := c.distinct[f]
	if step != 0 && !r.pending[v] && c.having[v] == max(-step, 0) {
		distinct += step
	}
	if distinct > 0 && distinct < r.values[f] {
		return false
	}
	for _, u := range r.loud[f] {
		n := c.having[u]
		if u == v {
			n += step
		}
		if float64(n) > float64(r.share[u]*float64(persons))+1e-9 {
			return false
		}
	}
	return true
}

// mostRows returns how many rows of a class one person has at most: a guess among the rows would find that
// person. See stands; others are the rows of the item's person beside it.
func (s *partition) mostRows(c *class, it, others, change int32) int32 {
	most := int32(len(c.withRows)) - 1
	if change == 0 {
		return most
	}
	mine := others + s.items[it].weight
	if change > 0 {
		return max(most, mine)
	}
	if mine == most && c.withRows[most] == 1 {
		for most--; most > others && c.withRows[most] == 0; most-- {
		}
	}
	return most
}

// met reports whether a class meets what is asked.
func (s *partition) met(c *class, id int32) bool {
	if s.rules == nil {
		return s.holds(c.items, -1)
	}
	return s.stands(c, id, 0, 0)
}

// spares reports whether a class meets what is asked without the item at a position.
func (s *partition) spares(c *class, id int32, at int) bool {
	if s.rules == nil {
		return s.holds(c.items, at)
	}
	return s.stands(c, id, c.items[at], -1)
}

// admits reports whether an item may join a class that meets what is asked.
func (s *partition) admits(c *class, id, it int32) bool {
	return s.rules == nil || s.stands(c, id, it, 1)
}

// sound reports whether every class that is not empty meets what is asked.
func (s *partition) sound() bool {
	for id := range s.classes {
		if c := &s.classes[id]; len(c.items) > 0 && !s.met(c, int32(id)) {
			return false
		}
	}
	return true
}

// settleUnited makes one class of those that are published alike, which is what a reader sees: persons
// with rows in several of them may then have a value too often. Such classes are joined with others.
func (s *partition) settleUnited() error {
	for {
		s.unite()
		if s.sound() {
			return nil
		}
		if !s.mend() {
			return unmet()
		}
	}
}

// unite makes one class of all that are published alike.
func (s *partition) unite() {
	first := map[string]int{}
	for id := range s.classes {
		c := &s.classes[id]
		if len(c.items) == 0 {
			continue
		}
		var key []byte
		for col, n := range c.nodes {
			key = binary.LittleEndian.AppendUint32(key, uint32(s.cols[col].published[n]))
		}
		if to, ok := first[string(key)]; ok {
			s.merge(to, id)
		} else {
			first[string(key)] = id
		}
	}
}

func (s *partition) merge(to, from int) {
	items := s.classes[from].items
	s.classes[from] = class{}
	for _, it := range items {
		s.join(&s.classes[to], int32(to), it)
	}
}

// mend joins each class that does not meet what is asked with the class that this costs least, until
// all do; it reports whether they do.
func (s *partition) mend() bool {
	for id := 0; id < len(s.classes); id++ {
		for len(s.classes[id].items) > 0 && !s.met(&s.classes[id], int32(id)) {
			c := &s.classes[id]
			to, least := -1, int64(0)
			for other := range s.classes {
				o := &s.classes[other]
				if other == id || len(o.items) == 0 {
					continue
				}
				if d := (c.rows+o.rows)*s.costBelow(o, c.nodes, math.MaxInt64) - c.loss() - o.loss(); to < 0 || d < least {
					to, least = other, d
				}
			}
			if to < 0 {
				return false
			}
			s.merge(to, id)
			if to < id {
				id = to
			} else {
				break
			}
		}
	}
	return true
}
