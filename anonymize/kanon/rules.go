package kanon

import (
	"encoding/binary"
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

// rules are those of a problem, by rank of the value. Unlike k and l alone, they may hold for a class
// and not for the same class with one row more.
type rules struct {
	values  []int
	pending [][]bool
	share   [][]float64
}

// rankRules numbers the rules of all columns by the ranks of their values.
func rankRules(given []Rule, sensitive []map[string]int32, rank [][]int32) *rules {
	r := &rules{}
	for f, ids := range sensitive {
		pending, share := make([]bool, len(ids)), make([]float64, len(ids))
		for text, id := range ids {
			at := rank[f][id]
			pending[at] = given[f].Pending != nil && given[f].Pending(text)
			share[at] = 1
			if given[f].MaxShare != nil {
				share[at] = given[f].MaxShare(text)
			}
		}
		r.values, r.pending, r.share = append(r.values, given[f].Values), append(r.pending, pending), append(r.share, share)
	}
	return r
}

// tally counts the persons of a class who have a value.
type tally struct {
	value   int32
	persons int
}

// admits reports whether an item may join a class that meets what is asked.
func (p *problem) admits(c *class, it int32) bool {
	return p.rules == nil || p.meets(c.items, -1, it)
}

// meets reports whether the items meet k and the rules, without the one at position skip (-1: none)
// and with one more (-1: none).
func (p *problem) meets(items []int32, skip int, more int32) bool {
	var room [32]int32
	its := append(room[:0], items...)
	if skip >= 0 {
		its[skip] = its[len(its)-1]
		its = its[:len(its)-1]
	}
	if more >= 0 {
		its = append(its, more)
	}
	if len(its) < p.k {
		return false
	}
	persons, ok := p.personsWithinShare(its)
	if !ok || persons < p.k {
		return false
	}
	for f := range p.nsens {
		if !p.meetsRule(its, f, persons) {
			return false
		}
	}
	return true
}

// personsWithinShare counts the persons of some items, and reports whether none of them has more than
// one in k of the rows: a guess among the rows would find that person more often.
func (p *problem) personsWithinShare(its []int32) (persons int, ok bool) {
	if p.single {
		return len(its), true
	}
	rows, most := int32(0), int32(0)
	of := make(map[int32]int32, len(its))
	for _, it := range its {
		i := &p.items[it]
		rows += i.weight
		of[i.person] += i.weight
		most = max(most, of[i.person])
	}
	return len(of), int(most)*p.k <= int(rows)
}

// meetsRule reports whether the items, of so many persons, meet the rule of a sensitive column.
func (p *problem) meetsRule(its []int32, f, persons int) bool {
	var room [16]tally
	seen := room[:0]
	counted := 0
next:
	for i, it := range its {
		v := p.value(it, f)
		for s := range seen {
			if seen[s].value == v {
				if !p.repeated(its[:i], it, f) {
					seen[s].persons++
				}
				continue next
			}
		}
		seen = append(seen, tally{v, 1})
		if !p.rules.pending[f][v] {
			counted++
		}
	}
	if counted > 0 && counted < p.rules.values[f] {
		return false
	}
	for _, s := range seen {
		if float64(s.persons) > float64(p.rules.share[f][s.value]*float64(persons))+1e-9 {
			return false
		}
	}
	return true
}

// repeated reports whether the person of an item has its value already among earlier ones.
func (p *problem) repeated(before []int32, it int32, f int) bool {
	if p.single {
		return false
	}
	for _, b := range before {
		if p.items[b].person == p.items[it].person && p.value(b, f) == p.value(it, f) {
			return true
		}
	}
	return false
}

// helps reports whether an item brings a growing class nearer to the rules: a value that it lacks in a
// column whose rule is not met, or another person.
func (p *problem) helps(items []int32, it int32) bool {
	persons, within := p.personsWithinShare(items)
	known := func(same func(o int32) bool) bool { return slices.ContainsFunc(items, same) }
	if (!within || persons < p.k) && !known(func(o int32) bool { return p.items[o].person == p.items[it].person }) {
		return true
	}
	for f := range p.nsens {
		if !p.meetsRule(items, f, persons) && !known(func(o int32) bool { return p.value(o, f) == p.value(it, f) }) {
			return true
		}
	}
	return false
}

// sound reports whether every class that is not empty meets what is asked.
func (p *problem) sound(classes []class) bool {
	if p.rules == nil {
		return true
	}
	for i := range classes {
		if len(classes[i].items) > 0 && !p.holds(classes[i].items, -1) {
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
		if s.sound(s.classes) {
			return nil
		}
		if !s.mend() {
			return &UnmetError{}
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
		to, ok := first[string(key)]
		if !ok {
			first[string(key)] = id
			continue
		}
		items := slices.Concat(s.classes[to].items, c.items)
		s.classes[to], s.classes[id] = s.newClass(items), class{}
		for _, it := range items {
			s.of[it] = int32(to)
		}
	}
}

// mend joins each class that does not meet what is asked with the class that this costs least, until
// all do; it reports whether they do.
func (s *partition) mend() bool {
	for id := 0; id < len(s.classes); id++ {
		for len(s.classes[id].items) > 0 && !s.holds(s.classes[id].items, -1) {
			c := &s.classes[id]
			to, least := -1, int64(0)
			for other := range s.classes {
				o := &s.classes[other]
				if other == id || len(o.items) == 0 {
					continue
				}
				if d := (c.rows+o.rows)*s.costWith(o, c.nodes) - c.loss() - o.loss(); to < 0 || d < least {
					to, least = other, d
				}
			}
			if to < 0 {
				return false
			}
			items := slices.Concat(s.classes[to].items, c.items)
			s.classes[id] = class{}
			s.classes[to] = s.newClass(items)
			for _, it := range items {
				s.of[it] = int32(to)
			}
			if to < id {
				id = to
			} else {
				break
			}
		}
	}
	return true
}
