// Package kanon makes microdata k-anonymous and l-diverse with the least loss it can find: every
// person shares the published combination of quasi-identifiers with at least k - 1 others, and in
// every such class each sensitive field takes at least l values.
//
// It recodes locally, over value hierarchies. Loss-ordered lattice peeling makes a first partition:
// the nodes of the lattice of hierarchy levels are visited in order of rising loss, and what forms
// large enough classes there is taken out of the rest. The partition is then improved by moving
// rows, dissolving classes and rebuilding neighbourhoods for as long as the loss falls, and in
// tables that are not large by annealing. The best global recoding (one level a column) is scored
// too, and the better of the two is the result.
//
// Everything is decided by values and counts: the same table gives the same result in whatever
// order its rows stand.
package kanon

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// Table collects the rows that are to be made anonymous. Only what the algorithm needs is kept: for
// each row the leaf of each quasi-identifier, the sensitive values and the person.
type Table struct {
	hierarchies []*Hierarchy
	sensitive   []map[string]int32
	persons     map[string]int32 // nil: every row is a person of its own
	tupleIDs    map[string]int32
	tuples      []int32 // leaves, a row of len(hierarchies) a distinct combination
	tuple       []int32 // of each row
	values      []int32 // sensitive values of each row
	person      []int32 // of each row
	key         []byte
}

// NewTable returns an empty table with a hierarchy for each quasi-identifier and a number of
// sensitive columns. With persons, rows of one person are counted once.
func NewTable(hierarchies []*Hierarchy, sensitive int, persons bool) *Table {
	t := &Table{hierarchies: hierarchies, tupleIDs: map[string]int32{}, sensitive: make([]map[string]int32, sensitive)}
	for i := range t.sensitive {
		t.sensitive[i] = map[string]int32{}
	}
	if persons {
		t.persons = map[string]int32{}
	}
	return t
}

// Rows returns the number of rows added.
func (t *Table) Rows() int { return len(t.tuple) }

// Persons returns the number of persons: of rows, without a person column.
func (t *Table) Persons() int {
	if t.persons == nil {
		return len(t.tuple)
	}
	return len(t.persons)
}

// RowPersons returns a number for the person of each row, nil without persons. The caller must not
// change it.
func (t *Table) RowPersons() []int32 { return t.person }

// Add adds a row: the values of the quasi-identifiers in the order of the hierarchies, the
// sensitive values, and the person (ignored without persons). It fails on a value that has no place
// in its hierarchy.
func (t *Table) Add(qi, sensitive []string, person string) error {
	t.key = t.key[:0]
	for i, h := range t.hierarchies {
		leaf, ok := h.leaf[qi[i]]
		if !ok {
			return say.Errorf("add row: quasi-identifier %d holds a value that is not in its hierarchy", i+1)
		}
		t.key = binary.LittleEndian.AppendUint32(t.key, uint32(leaf))
	}
	id, ok := t.tupleIDs[string(t.key)]
	if !ok {
		id = int32(len(t.tupleIDs))
		t.tupleIDs[string(t.key)] = id
		for i := range t.hierarchies {
			t.tuples = append(t.tuples, int32(binary.LittleEndian.Uint32(t.key[4*i:])))
		}
	}
	t.tuple = append(t.tuple, id)
	for i, v := range sensitive {
		t.values = append(t.values, intern(t.sensitive[i], v))
	}
	if t.persons != nil {
		t.person = append(t.person, intern(t.persons, person))
	}
	return nil
}

func intern(ids map[string]int32, v string) int32 {
	id, ok := ids[v]
	if !ok {
		id = int32(len(ids))
		ids[string([]byte(v))] = id
	}
	return id
}

// problem is a table in the form that the algorithm works on: columns that tell most stand first,
// equal rows of a person are one item, and everything is numbered in the order of its value.
type problem struct {
	cols   []*Hierarchy
	order  []int // cols[i] is the table's column order[i]
	tuples []int32
	items  []item
	row    []int32 // item of each row of the table
	values []int32 // sensitive values, nsens an item
	nsens  int
	k      int
	l      []int  // of each sensitive column, at most the number of its values in the table
	rules  *rules // in the place of l; nil for none
	// single says that no person has more than one item.
	single  bool
	persons int
	rows    int
	// own are the items of each person after one another, from ownFrom of the person; nil where single.
	own, ownFrom []int32
}

// item is one row, or the equal rows of one person.
type item struct {
	tuple  int32
	person int32
	weight int32 // rows
}

func (t *Table) problem(o Options) *problem {
	p := &problem{nsens: len(t.sensitive), k: o.K, rows: len(t.tuple), single: true}
	p.orderColumns(t)
	tupleRank := p.rankTuples(t)
	valueRank := make([][]int32, p.nsens)
	for i, ids := range t.sensitive {
		valueRank[i] = rankText(ids)
		p.l = append(p.l, min(o.L, len(ids)))
	}
	if o.Rules != nil {
		p.rules = rankRules(o.Rules, t.sensitive, valueRank)
	}
	personOf := func(row int32) int32 { return row }
	p.persons = p.rows
	if t.persons != nil {
		rank := rankText(t.persons)
		personOf = func(row int32) int32 { return rank[t.person[row]] }
		p.persons = len(rank)
	}
	rows := make([]int32, p.rows)
	for i := range rows {
		rows[i] = int32(i)
	}
	compare := func(a, b int32) int {
		if c := cmp.Compare(tupleRank[t.tuple[a]], tupleRank[t.tuple[b]]); c != 0 {
			return c
		}
		for f := range p.nsens {
			if c := cmp.Compare(valueRank[f][t.values[int(a)*p.nsens+f]], valueRank[f][t.values[int(b)*p.nsens+f]]); c != 0 {
				return c
			}
		}
		return cmp.Compare(personOf(a), personOf(b))
	}
	slices.SortFunc(rows, compare)
	p.row = make([]int32, p.rows)
	seen := make([]bool, p.persons)
	for i, row := range rows {
		if i > 0 && compare(rows[i-1], row) == 0 {
			p.items[len(p.items)-1].weight++
		} else {
			person := personOf(row)
			p.single = p.single && !seen[person]
			seen[person] = true
			p.items = append(p.items, item{tupleRank[t.tuple[row]], person, 1})
			for f := range p.nsens {
				p.values = append(p.values, valueRank[f][t.values[int(row)*p.nsens+f]])
			}
		}
		p.row[row] = int32(len(p.items) - 1)
	}
	if !p.single {
		p.listOwn()
	}
	return p
}

func (p *problem) listOwn() {
	p.own, p.ownFrom = make([]int32, len(p.items)), make([]int32, p.persons+1)
	for _, it := range p.items {
		p.ownFrom[it.person+1]++
	}
	for i := range p.persons {
		p.ownFrom[i+1] += p.ownFrom[i]
	}
	at := slices.Clone(p.ownFrom)
	for i, it := range p.items {
		p.own[at[it.person]] = int32(i)
		at[it.person]++
	}
}

func (p *problem) ownOf(it int32) []int32 {
	person := p.items[it].person
	return p.own[p.ownFrom[person]:p.ownFrom[person+1]]
}

// orderColumns puts the columns first whose first generalisation costs most: they decide soonest
// whether two rows can share a class.
func (p *problem) orderColumns(t *Table) {
	loss := make([]int64, len(t.hierarchies))
	for c, h := range t.hierarchies {
		for _, id := range t.tuple {
			loss[c] += h.cost[h.up(t.tuples[int(id)*len(t.hierarchies)+c], 1)]
		}
		p.order = append(p.order, c)
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return cmp.Compare(loss[b], loss[a]) })
	p.cols = lists.Map(p.order, func(c int) *Hierarchy { return t.hierarchies[c] })
}

// rankTuples numbers the distinct combinations in the order of their leaves.
func (p *problem) rankTuples(t *Table) []int32 {
	n, w := len(t.tupleIDs), len(p.cols)
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i)
	}
	slices.SortFunc(ids, func(a, b int32) int {
		for _, c := range p.order {
			if x := cmp.Compare(t.tuples[int(a)*w+c], t.tuples[int(b)*w+c]); x != 0 {
				return x
			}
		}
		return 0
	})
	rank := make([]int32, n)
	p.tuples = make([]int32, 0, n*w)
	for i, id := range ids {
		rank[id] = int32(i)
		for _, c := range p.order {
			p.tuples = append(p.tuples, t.tuples[int(id)*w+c])
		}
	}
	return rank
}

// rankText numbers texts in their order.
func rankText(ids map[string]int32) []int32 {
	rank := make([]int32, len(ids))
	for i, v := range slices.Sorted(maps.Keys(ids)) {
		rank[ids[v]] = int32(i)
	}
	return rank
}

func (p *problem) leaves(tuple int32) []int32 {
	w := len(p.cols)
	return p.tuples[int(tuple)*w : int(tuple)*w+w]
}

func (p *problem) personOf(it int32) int32 { return p.items[it].person }

func (p *problem) value(it int32, field int) int32 { return p.values[int(it)*p.nsens+field] }

// costOf returns the loss of one row that is published as the nodes.
func (p *problem) costOf(nodes []int32) int64 {
	var sum int64
	for c, n := range nodes {
		sum += p.cols[c].cost[n]
	}
	return sum
}
