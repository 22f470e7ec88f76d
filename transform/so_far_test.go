package transform

import (
	"lvv/anonymize/cells"
	models "lvv/sql"
)

// everThere are the counts of one part of a relation that is so far: its own, and those of Or, each of the date and of the day before. Along a
// list that advances all that do are one part.
type everThere struct{ own, or [2][]*numbered }

// partsSoFar puts the counts of a relation that is so far to its parts, and finds those of Never on both days, or nil.
func partsSoFar(cat *models.Catalogue, r *models.Relation, now, before map[string][]numbered) (parts []*everThere, never [2]*numbered) {
	list, _ := cat.Advancing(&r.Part)
	at := map[string]*everThere{}
	for day, in := range []map[string][]numbered{now, before} {
		for which, n := range []*models.Count{&r.Part, r.Or} {
			eachOf(n, in, func(row *numbered) {
				dim := n.Free()[0]
				key := row.dims[dim]
				if list != nil && key != "unknown" {
					key = "all others"
				}
				if at[key] == nil {
					at[key] = &everThere{}
					parts = append(parts, at[key])
				}
				of := []*[2][]*numbered{&at[key].own, &at[key].or}[which]
				of[day] = append(of[day], row)
			})
		}
		eachOf(r.Never, in, func(row *numbered) { never[day] = row })
	}
	return parts, never
}

// soFar is how many there were at least of all parts together, less those who never were there.
func soFar(cat *models.Catalogue, r *models.Relation, now, before map[string][]numbered) (least int) {
	parts, never := partsSoFar(cat, r, now, before)
	sum := func(of []*numbered) (n int) {
		for _, row := range of {
			n += row.n
		}
		return n
	}
	for day := range never {
		were, with := 0, 0
		for _, p := range parts {
			most := max(sum(p.own[0]), sum(p.own[1]))
			were, with = were+most, with+max(most, sum(p.or[day]))
		}
		least = max(least, were)
		if never[day] != nil {
			least = max(least, with-never[day].n)
		}
	}
	return least
}

// soFar enters an unknown for all that ever were there of each part, and returns them.
func (k *knowledge) soFar(r *models.Relation, now, before map[string][]numbered) (ever []*numbered) {
	parts, never := partsSoFar(k.cat, r, now, before)
	atMost := func(these []*numbered, those ...int) {
		terms := []cells.Term{{Cell: k.unknown(), Coef: 1}}
		for _, n := range these {
			terms = append(terms, cells.Term{Cell: n.n, Coef: 1})
		}
		for _, n := range those {
			terms = append(terms, cells.Term{Cell: n, Coef: -1})
		}
		k.sum(terms...)
	}
	var not [2][]*numbered
	for _, p := range parts {
		all := &numbered{n: k.unknown()}
		ever = append(ever, all)
		for day := range never {
			atMost(p.own[day], all.n)
			if never[day] != nil {
				n := &numbered{n: k.unknown()}
				atMost(p.or[day], all.n, n.n)
				not[day] = append(not[day], n)
			}
		}
	}
	for day, n := range never {
		if n != nil {
			atMost(not[day], n.n)
		}
	}
	return ever
}
