package request

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// The bounds of what is taken into account together. Beyond them a request is refused: the control could
// not follow what a reader combines.
const (
	maxAtoms = 1_600
	maxCells = 3_000
	maxSets  = 3_000
)

// universe holds the units of all kinds with the cells that each is in: the cells of all that is asked, was answered, or was
// published. Units that are in the same cells form an atom, and every count is a sum of atoms, exactly.
type universe struct {
	cells []*cell
	index map[string]int // tally and labels -> cell
	units map[place]*unit
	names map[string]int // kind, person and key -> number
	keys  map[string]int // of persons -> number
	atoms []*atom        // once built
	// joint are the kinds of units that are told apart by all their tallies together; the others by each tally by
	// itself, which is how far a reader of these takes them.
	joint map[string]bool
}

// member is a unit as a model lists it.
type member struct {
	person string
	key    string
	within []string // the keys of what it belongs to, in the order of the unit's Within
}

// cell is one count.
type cell struct {
	tally   int // of all that are taken into account
	labels  []string
	key     string
	atoms   []int
	size    int64
	persons int
}

// place is where a unit is told apart from others: in one tally, or, as -1, in all of them together.
type place struct{ name, tally int }

type unit struct {
	kind   string
	name   int // its number among the names
	person int
	within []int // the names of what it belongs to
	cells  []int
	beside []int // cells of what is asked now, of units that it belongs to, or that belong to it; once for each
}

// atom is what no count told so far tells apart.
type atom struct {
	cells   []int
	beside  []int
	size    int64
	persons []int // distinct, ascending
	units   []*unit
}

func newUniverse(joint map[string]bool) *universe {
	return &universe{joint: joint, index: map[string]int{}, units: map[place]*unit{}, names: map[string]int{}, keys: map[string]int{}}
}

// add notes that a unit is in the cell of a tally.
func (u *universe) add(tally int, m *member, of *Unit, labels []string) {
	n := numberOf(u.index, packed([]int{tally})+key(labels))
	if n == len(u.cells) {
		u.cells = append(u.cells, &cell{tally: tally, labels: labels, key: key(labels)})
	}
	at := place{u.name(of.kind(), m.person, m.key), -1}
	if !u.joint[of.kind()] {
		at.tally = tally
	}
	one := u.units[at]
	if one == nil {
		one = &unit{kind: of.kind(), name: at.name, person: numberOf(u.keys, m.person)}
		for i, w := range of.Within {
			one.within = append(one.within, u.name(w, m.person, m.within[i]))
		}
		u.units[at] = one
	}
	if !slices.Contains(one.cells, n) {
		one.cells = append(one.cells, n)
	}
}

// name is the number of a unit among those of all kinds.
func (u *universe) name(kind, person, of string) int {
	return numberOf(u.names, key([]string{kind, person, of}))
}

// numberOf numbers names as they come.
func numberOf(known map[string]int, name string) int {
	n, again := known[name]
	if !again {
		n = len(known)
		known[name] = n
	}
	return n
}

// build forms the atoms. Cells and atoms are put in an order that does not depend on that of the rows.
func (u *universe) build() {
	order := make([]int, len(u.cells))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := u.cells[a], u.cells[b]
		return cmp.Or(x.tally-y.tally, slices.Compare(x.labels, y.labels))
	})
	place := make([]int, len(order))
	sorted := make([]*cell, len(order))
	for i, n := range order {
		place[n], sorted[i] = i, u.cells[n]
	}
	u.cells = sorted
	for _, one := range u.units {
		for i, n := range one.cells {
			one.cells[i] = place[n]
		}
		slices.Sort(one.cells)
	}
	at := map[string]*atom{}
	for _, one := range u.units {
		name := key([]string{packed(one.cells), packed(one.beside)})
		a := at[name]
		if a == nil {
			a = &atom{cells: one.cells, beside: one.beside}
			at[name] = a
			u.atoms = append(u.atoms, a)
		}
		a.size++
		a.units = append(a.units, one)
		a.persons = append(a.persons, one.person)
	}
	slices.SortFunc(u.atoms, func(a, b *atom) int {
		return cmp.Or(slices.Compare(a.cells, b.cells), slices.Compare(a.beside, b.beside))
	})
	for i, a := range u.atoms {
		slices.Sort(a.persons)
		a.persons = slices.Compact(a.persons)
		for _, n := range a.cells {
			u.cells[n].atoms = append(u.cells[n].atoms, i)
			u.cells[n].size += a.size
		}
	}
	for _, c := range u.cells {
		c.persons = u.persons(c.atoms)
	}
}

// relate finds, of every unit of a kind that is not asked now, which cells asked now hold units that belong to it, or else what it belongs to, or
// else what belongs to that: if each case is of a person of its own, whoever is told of persons is told of cases.
func (u *universe) relate(now func(tally int) bool) {
	kinds := map[string]bool{}
	asked := make([][]int, len(u.names)) // by the name of a unit that is in them, or to which such a one belongs
	for _, one := range u.units {
		for _, n := range one.cells {
			if now(u.cells[n].tally) {
				kinds[one.kind] = true
				for _, name := range append(slices.Clip(one.within), one.name) {
					asked[name] = append(asked[name], n)
				}
			}
		}
	}
	for _, one := range u.units {
		if kinds[one.kind] {
			continue
		}
		one.beside = asked[one.name]
		for _, name := range slices.Backward(one.within) {
			if len(one.beside) == 0 {
				one.beside = asked[name]
			}
		}
		one.beside = slices.Sorted(slices.Values(one.beside))
	}
}

// only is the universe of some of the tallies, in which units of every kind are told apart by all of them together, and by what is asked now of
// others that they belong together with. At has the place of each cell in it, or -1.
func (u *universe) only(keep, now func(tally int) bool) (out *universe, at []int) {
	joint := map[string]bool{}
	out, at = newUniverse(joint), make([]int, len(u.cells))
	out.names = u.names
	for i, c := range u.cells {
		if at[i] = -1; !keep(c.tally) {
			continue
		}
		at[i] = len(out.cells)
		out.cells = append(out.cells, &cell{tally: c.tally, labels: c.labels, key: c.key})
		for _, a := range c.atoms {
			for _, one := range u.atoms[a].units {
				in := place{one.name, -1}
				part := out.units[in]
				if part == nil {
					part = &unit{kind: one.kind, name: one.name, person: one.person, within: one.within}
					out.units[in], joint[one.kind] = part, true
				}
				part.cells = append(part.cells, at[i])
			}
		}
	}
	out.relate(now)
	out.build()
	return out, at
}

// persons counts the persons behind atoms.
func (u *universe) persons(atoms []int) int {
	if len(atoms) == 1 {
		return len(u.atoms[atoms[0]].persons)
	}
	seen := map[int]bool{}
	for _, a := range atoms {
		for _, p := range u.atoms[a].persons {
			seen[p] = true
		}
	}
	return len(seen)
}

// size counts the units of atoms.
func (u *universe) size(atoms []int) int64 {
	n := int64(0)
	for _, a := range atoms {
		n += u.atoms[a].size
	}
	return n
}

// packed is a list of numbers as one text.
func packed(list []int) string {
	var text []byte
	for _, n := range list {
		text = binary.BigEndian.AppendUint32(text, uint32(n))
	}
	return string(text)
}

// compare returns the atoms that only the one, only the other, and both lists hold; both ascend.
func compare(a, b []int) (more, less, both []int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			more, a = append(more, a[0]), a[1:]
		case a[0] > b[0]:
			less, b = append(less, b[0]), b[1:]
		default:
			both, a, b = append(both, a[0]), a[1:], b[1:]
		}
	}
	return append(more, a...), append(less, b...), both
}
