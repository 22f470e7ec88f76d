package request

import (
	"cmp"
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/lists"
)

// link says that of units of one kind there are no more than of those that belong to them: persons, their cases,
// the courses of these, and their trajectories. Each unit of a part has at least so many in the whole as the part weighs, so
// that the parts, weighed, do not exceed the whole; what it exceeds them by is over.
type link struct {
	parts []cells.Term // by atom
	whole []int        // atoms, ascending
	over  int64        // 0 where everything in the whole is accounted for
}

// links finds the links between the cells of all tallies, and what they add up to by some of their labels. It goes by the
// units themselves: whoever knows the definitions knows most of these links, and is taken to know the others.
func (u *universe) links() []link {
	in := make([][]int, len(u.names)) // the atoms of each unit
	for i, a := range u.atoms {
		for _, one := range a.units {
			in[one.name] = append(in[one.name], i)
		}
	}
	var out []link
	have := make([]int64, len(in))
	for _, whole := range u.wholes() {
		for k := range u.atoms[whole[0]].units[0].within {
			clear(have)
			size := int64(0)
			var touched []int
			for _, a := range whole {
				for _, one := range u.atoms[a].units {
					have[one.within[k]]++
					touched = append(touched, in[one.within[k]]...)
					size++
				}
			}
			for _, parts := range u.parts(touched, have) {
				l := link{parts, whole, size}
				for _, p := range parts {
					l.over -= p.Coef * u.atoms[p.Cell].size
				}
				out = append(out, l)
			}
		}
	}
	return out
}

// parts weighs each of the atoms by the smallest number that its units have: together those of a kind that is told apart by all its
// tallies together, and by tally those of another.
func (u *universe) parts(touched []int, have []int64) [][]cells.Term {
	slices.Sort(touched)
	at := map[int]int{} // of the tally, or -1
	var out [][]cells.Term
	for _, a := range slices.Compact(touched) {
		one := u.atoms[a]
		least := have[one.units[0].name]
		for _, unit := range one.units {
			least = min(least, have[unit.name])
		}
		if least == 0 {
			continue
		}
		t := -1
		if !u.joint[one.units[0].kind] {
			t = u.cells[one.cells[0]].tally
		}
		i, known := at[t]
		if !known {
			i = len(out)
			at[t] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], cells.Term{Cell: a, Coef: least})
	}
	return out
}

// wholes are the cells of tallies, what they add up to by some of their labels, and what of them belongs together with a cell that is asked now, as
// atoms; each set once.
func (u *universe) wholes() [][]int {
	byTally := map[int][]*cell{}
	for _, c := range u.cells {
		byTally[c.tally] = append(byTally[c.tally], c)
	}
	out := u.together()
	for _, list := range byTally {
		for mask := range 1 << len(list[0].labels) {
			sums := map[string][]int{}
			for _, c := range list {
				var kept []string
				for k, l := range c.labels {
					if mask&(1<<k) != 0 {
						kept = append(kept, l)
					}
				}
				sums[key(kept)] = append(sums[key(kept)], c.atoms...)
			}
			for _, atoms := range sums {
				slices.Sort(atoms)
				out = append(out, slices.Compact(atoms))
			}
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Or(len(a)-len(b), slices.Compare(a, b)) })
	return slices.CompactFunc(out, slices.Equal)
}

// together are, of each kind of units, the atoms beside each cell that is asked now.
func (u *universe) together() (out [][]int) {
	type group struct {
		kind string
		cell int
	}
	of := map[group][]int{}
	for i, a := range u.atoms {
		for _, n := range slices.Compact(slices.Clone(a.beside)) {
			k := group{a.units[0].kind, n}
			of[k] = append(of[k], i)
		}
	}
	for _, atoms := range of {
		out = append(out, atoms)
	}
	return out
}

// link enters the links: what a whole exceeds its parts by is protected as any difference is.
func (c *control) link() {
	for _, l := range c.links() {
		terms := lists.Map(l.parts, func(p cells.Term) cells.Term { return cells.Term{Cell: len(c.cells) + p.Cell, Coef: p.Coef} })
		for _, a := range l.whole {
			terms = append(terms, cells.Term{Cell: len(c.cells) + a, Coef: -1})
		}
		if l.over > 0 {
			c.sys.Cells = append(c.sys.Cells, cells.Cell{Value: l.over, Known: true, Role: cells.Implied, Table: c.unprinted})
			terms = append(terms, cells.Term{Cell: len(c.sys.Cells) - 1, Coef: 1})
		}
		c.sys.Relations = append(c.sys.Relations, cells.Relation{Terms: terms})
	}
}
