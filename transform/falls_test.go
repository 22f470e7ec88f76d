package transform

import (
	"slices"

	"lvv/anonymize/cells"
	models "lvv/sql"
)

// moves evaluates what a figure is said to lose, or gain, at most. much says whether it lost as much as that somewhere.
func moves(cat *models.Catalogue, r *models.Relation, o *observed, gain bool) (ok, much bool) {
	name, more, less := tableOf(&r.Part), o.before, o.now
	if gain {
		more, less = less, more
	}
	mixed := map[string][]numbered{name: more[name], tableOf(&r.Whole[0]): o.now[tableOf(&r.Whole[0])]}
	for _, g := range groups(cat, r, mixed, nil) {
		lost := exceedsBy(cat, r, g.parts, less[name], nil, !gain)
		much = much || lost > 0 && lost == g.wholes[0].n
		if lost > g.wholes[0].n {
			return false, much
		}
	}
	return true, much
}

// movesAlways counts the registers in which a figure loses, or gains, more than it is said to, up to the first, and those that tell.
func movesAlways(cat *models.Catalogue, r *models.Relation, of []observed, gain bool) (broken, telling int) {
	for i := range of {
		ok, much := moves(cat, r, &of[i], gain)
		if !ok {
			return 1, telling
		}
		if much {
			telling++
		}
	}
	return 0, telling
}

// lost tries of every table of an instant whether it loses no more than another counts.
func (s *search) lost(butFor string) {
	for i := range s.tables {
		t := &s.tables[i]
		if s.cat.Figure(t.Figure).Accumulates != models.Instant || len(t.Free()) != 1 {
			continue
		}
		for k := range s.tables {
			if u := &s.tables[k]; s.cat.Figure(u.Figure).Accumulates == models.Period && s.related(t, u) && (s.total(u) || slices.Equal(t.Free(), u.Free())) {
				s.falls(t, u, butFor)
			}
		}
	}
}

// falls tries whether a table of an instant loses no more than another counts, cell by cell or, of a total, all cells together.
func (s *search) falls(t, u *models.Count, butFor string) {
	r := models.Relation{Kind: models.AtMost, Part: *t, Whole: []models.Count{*u}, ButFor: butFor}
	if broken, telling := movesAlways(s.cat, &r, s.of, false); broken == 0 && telling >= 3 {
		s.found["what is lost of "+describe(&r)] = candidate{[]string{t.Figure, u.Figure}, false, butFor, func(k *knowledge) bool {
			return !slices.ContainsFunc(k.lost(&r), func(terms []cells.Term) bool { return !k.atMostNothing(terms, 1) })
		}}
	}
}

// falls enters what a figure of an instant can have lost at most since the day before the period.
func (k *knowledge) falls(f *models.Figure, butFor string) {
	for i := range f.Falls {
		if of := f.Falls[i].ButFor; of != "" && of != butFor && butFor != allRarities {
			continue
		}
		for _, g := range groups(k.cat, &f.Falls[i], k.before, nil) {
			lost := k.exceeds(&f.Falls[i], g.parts, k.now[tableOf(&f.Falls[i].Part)], nil, true)
			went := rowLike(k.now[tableOf(&f.Falls[i].Whole[0])], g.wholes[0].dims)
			terms := []cells.Term{{Cell: went.n, Coef: -1}, {Cell: k.unknown(), Coef: 1}}
			for _, l := range lost {
				terms = append(terms, cells.Term{Cell: l.n, Coef: 1})
			}
			k.sum(terms...)
		}
	}
}

// lost are, of every cell, or of all that persons can only have moved to from among them, what it was, less what it is, less what went.
func (k *knowledge) lost(r *models.Relation) (out [][]cells.Term) {
	along := advancingOf(k.cat, &r.Part)
	for _, g := range groups(k.cat, r, k.before, nil) {
		var all []cells.Term
		for _, was := range along.first(g.parts, true) {
			is, went := rowLike(k.now[tableOf(&r.Part)], was.dims), rowLike(k.now[tableOf(&r.Whole[0])], g.wholes[0].dims)
			if along == nil {
				all = nil
			}
			all = append(all, cells.Term{Cell: was.n, Coef: 1}, cells.Term{Cell: is.n, Coef: -1})
			out = append(out, append(slices.Clone(all), cells.Term{Cell: went.n, Coef: -1}))
		}
	}
	return out
}
