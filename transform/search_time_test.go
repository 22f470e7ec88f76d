package transform

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lvv/anonymize/cells"
	models "lvv/sql"
)

// overTime tries of every figure that counts from the start or holds for a date by how much it rose in the period, and of those
// from the start along which dimension cases climb.
func (s *search) overTime() {
	for i := range s.tables {
		t := &s.tables[i]
		if f := s.cat.Figure(t.Figure); len(t.Free()) == 0 || f.Accumulates == models.Period {
			continue
		}
		for k := range s.tables {
			if u := &s.tables[k]; s.cat.Figure(u.Figure).Accumulates == models.Period && (slices.Equal(t.Dims, u.Dims) || s.total(u)) {
				s.growth(t, u)
			}
		}
	}
	s.behind()
	s.sinceStart()
	s.lost("")
	s.letIn()
	for i := range s.cat.Figures {
		f := &s.cat.Figures[i]
		if f.Accumulates != models.FromStart {
			continue
		}
		s.matured(f)
		for _, b := range f.Breakdowns {
			for _, l := range b {
				if !s.cat.Characteristic([]string{l.Dim}) || l.Open != "" {
					continue
				}
				for _, c := range climbs(s.cat, f, l.Dim) {
					if c.holds(s.of) {
						s.found[f.ID+" climbs "+l.Dim] = candidate{[]string{f.ID}, false, "", func(k *knowledge) bool {
							return !slices.ContainsFunc(c.terms(k.now, k.before), func(terms []cells.Term) bool { return !k.atMostNothing(terms, 1) })
						}}
					}
				}
			}
		}
	}
}

// sinceStart tries of every table and total of an instant whether it is no more than what a table, or a value of one, counts from the
// pilot's start.
func (s *search) sinceStart() {
	for i := range s.tables {
		t := &s.tables[i]
		if s.cat.Figure(t.Figure).Accumulates != models.Instant || t.Of != "" {
			continue
		}
		for k := range s.tables {
			u := &s.tables[k]
			if s.cat.Figure(u.Figure).Accumulates != models.Period || !s.related(t, u) || s.total(u) || s.cat.Figure(u.Figure).About == models.Nothing {
				continue
			}
			bounds := []models.Count{*u}
			if s.total(t) {
				bounds = cellsOf(s.cat, u)
			}
			for _, bound := range bounds {
				if slices.Equal(t.Free(), bound.Free()) {
					s.fromStart(&models.Relation{Kind: models.AtMost, Part: *t, Whole: []models.Count{bound}})
				}
			}
		}
	}
}

// fromStart tries a relation in reports from the pilot's start. Some must have as much as they can.
func (s *search) fromStart(r *models.Relation) {
	telling := 0
	for i := range s.of {
		for _, g := range groups(s.cat, r, s.of[i].before, nil) {
			sum := 0
			for _, n := range g.parts {
				sum += n.n
			}
			if sum > g.wholes[0].n {
				return
			}
			if sum > 0 && sum == g.wholes[0].n {
				telling++
			}
		}
	}
	if telling < 3 {
		return
	}
	s.found["from the start "+describe(r)] = candidate{[]string{r.Part.Figure, r.Whole[0].Figure}, false, "", func(k *knowledge) bool {
		return !slices.ContainsFunc(groups(k.cat, r, k.before, nil), func(g *grouped) bool {
			return slices.ContainsFunc(g.terms(r), func(terms []cells.Term) bool { return !k.atMostNothing(terms, 1) })
		})
	}}
}

// lagging lists the tables of a figure by a number of days, and that number.
func lagging(cat *models.Catalogue, f *models.Figure, of string) (tables []models.Count, days []int) {
	for _, b := range f.Breakdowns {
		for _, t := range tablesOf(cat, f, of, b) {
			for _, d := range t.Dims {
				if n, err := strconv.Atoi(d.Value); err == nil && len(t.Free()) > 0 {
					tables, days = append(tables, t), append(days, n)
				}
			}
		}
	}
	return tables, days
}

// unlagged are the dimensions of a count without those that have a value.
func unlagged(t *models.Count) []models.CountDim {
	return slices.DeleteFunc(slices.Clone(t.Dims), func(d models.CountDim) bool { return d.Value != "" })
}

// matured tries whether a figure counts what happened from the start up to a number of days before the reference date.
func (s *search) matured(f *models.Figure) {
	for _, of := range []string{"", "numerator", "denominator"} {
		if of != "" && !own(f, of) {
			continue
		}
		tables, days := lagging(s.cat, f, of)
		for i, t := range tables {
			for _, u := range s.tables {
				if s.cat.Figure(u.Figure).Accumulates == models.Period && s.related(&t, &u) && slices.Equal(unlagged(&t), u.Dims) && s.upTo(&t, &u, days[i]) {
					s.found[fmt.Sprintf("%v = %v up to %d days before", t, u, days[i])] = candidate{[]string{t.Figure, u.Figure}, false, "", func(k *knowledge) bool { return k.upTo(&t, &u, days[i]) }}
				}
			}
		}
	}
}

// upTo reports whether a table is another up to so many days before the reference date and before the day before the period.
func (s *search) upTo(t, u *models.Count, days int) bool {
	telling := 0
	for i := range s.of {
		now, before := s.of[i].ago(days)
		for _, pair := range [][2]map[string][]numbered{{s.of[i].now, now}, {s.of[i].before, before}} {
			same := true
			eachOf(t, pair[0], func(n *numbered) {
				dims := maps.Clone(n.dims)
				maps.DeleteFunc(dims, func(name, _ string) bool {
					return !slices.ContainsFunc(u.Dims, func(d models.CountDim) bool { return d.Name == name })
				})
				is := 0
				if row := rowLike(pair[1][tableOf(u)], dims); row != nil {
					is = row.n
				}
				if same = same && n.n == is; n.n > 0 {
					telling++
				}
			})
			if !same {
				return false
			}
		}
	}
	return telling >= 3
}

// growth tries whether what a table added in the period is another, or no more, cell by cell or, of a total, all cells together.
func (s *search) growth(t, u *models.Count) {
	never, equal, telling := true, true, 0
	for i := range s.of {
		for _, g := range added(t, u, s.of[i].now, s.of[i].before) {
			grown := 0
			for _, n := range g.parts {
				grown += n.n
			}
			for _, n := range g.before {
				grown -= n.n
			}
			never, equal = never && grown <= g.wholes[0].n, equal && grown == g.wholes[0].n
			if grown > 0 {
				telling++
			}
		}
	}
	if !never || telling < 3 || s.total(u) && !equal {
		return
	}
	sign := map[bool]string{true: " = ", false: " <= "}[equal]
	s.found["what was added to "+t.String()+sign+u.String()] = candidate{[]string{t.Figure, u.Figure}, false, "", func(k *knowledge) bool {
		return !slices.ContainsFunc(added(t, u, k.now, k.before), func(g *grouped) bool {
			var terms []cells.Term
			for _, n := range g.parts {
				terms = append(terms, cells.Term{Cell: n.n, Coef: 1})
			}
			for _, n := range append(slices.Clone(g.before), g.wholes...) {
				terms = append(terms, cells.Term{Cell: n.n, Coef: -1})
			}
			return !k.atMostNothing(terms, 1) || equal && !k.atMostNothing(terms, -1)
		})
	}}
}

// added puts the cells of a table, and what they were before, to what they are compared with.
func added(t, u *models.Count, now, before map[string][]numbered) (out []*grouped) {
	is, were, wholes := now[tableOf(t)], before[tableOf(t)], now[tableOf(u)]
	for i := range wholes {
		whole := &wholes[i]
		g := &grouped{wholes: []*numbered{whole}}
		for k := range is {
			n := &is[k]
			if len(u.Dims) > 0 && !sameDims(n.dims, whole.dims) {
				continue
			}
			g.parts = append(g.parts, n)
			if was := rowLike(were, n.dims); was != nil {
				g.before = append(g.before, was)
			}
		}
		if len(g.parts) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func rowLike(rows []numbered, dims map[string]string) *numbered {
	i := slices.IndexFunc(rows, func(n numbered) bool { return sameDims(n.dims, dims) })
	if i < 0 {
		return nil
	}
	return &rows[i]
}

// falls reports whether a cell of a figure that is said to count from the start has fallen in any register.
func falls(f *models.Figure, of []observed) bool {
	if f.Accumulates != models.FromStart || f.Unit != "count" {
		return false
	}
	for i := range of {
		for name, rows := range of[i].now {
			if id, _, _ := strings.Cut(name, " "); id != f.ID {
				continue
			}
			for _, n := range rows {
				_, climbing := n.dims[f.Climbs]
				if was := rowLike(of[i].before[name], n.dims); was != nil && was.n > n.n && !climbing {
					return true
				}
			}
		}
	}
	return false
}

// nightly lists the figures about nothing of which a single night is, table for table, a count of persons.
func (s *search) nightly() (out []string) {
	for i := range s.tables {
		t := &s.tables[i]
		if f := s.cat.Figure(t.Figure); f.About != models.Nothing || f.Nightly != "" || len(t.Free()) == 0 || slices.Contains(out, f.ID) {
			continue
		}
		for k := range s.tables {
			u := &s.tables[k]
			if s.cat.Figure(u.Figure).About == models.Nothing || !slices.Equal(t.Dims, u.Dims) {
				continue
			}
			telling, same := 0, true
			for n := range s.of {
				for _, a := range s.of[n].night()[tableOf(t)] {
					b := rowLike(s.of[n].night()[tableOf(u)], a.dims)
					if same = same && b != nil && a.n == b.n; same && a.n > 0 {
						telling++
					}
				}
			}
			if same && telling >= 3 {
				out = append(out, t.Figure)
				break
			}
		}
	}
	return out
}

// near says how near a candidate is to a figure: it is about it, about one that begins with the same word, or about neither.
func (c *candidate) near(id string) int {
	first, _, _ := strings.Cut(id, ".")
	switch {
	case slices.Contains(c.figures, id):
		return 2
	case slices.ContainsFunc(c.figures, func(f string) bool { return strings.HasPrefix(f, first+".") }):
		return 1
	}
	return 0
}

// fromStart reports whether a relation says what is no more than something, of counts from the start. What climbs is declared to.
func fromStart(cat *models.Catalogue, r *models.Relation) bool {
	return cat.Figure(r.Part.Figure).Climbs == "" && r.Kind != models.Wholly && r.Before == nil && r.Beyond == nil && !slices.ContainsFunc(append(slices.Clone(r.Whole), r.Part), func(n models.Count) bool {
		return cat.Figure(n.Figure).Accumulates != models.FromStart
	})
}

// addedToo reports whether a relation holds in all registers of what was added in the period too, and in how many it says something.
func addedToo(cat *models.Catalogue, r *models.Relation, of []observed) (always bool, telling int) {
	for _, o := range of {
		added := map[string][]numbered{}
		for _, c := range append(slices.Clone(r.Whole), r.Part) {
			table := tableOf(&c)
			if added[table] != nil {
				continue
			}
			for _, n := range o.now[table] {
				if was := rowLike(o.before[table], n.dims); was != nil {
					n.n -= was.n
				}
				added[table] = append(added[table], n)
			}
		}
		ok, much := holds(cat, r, added, nil)
		if !ok {
			return false, telling
		}
		if much {
			telling++
		}
	}
	return true, telling
}
