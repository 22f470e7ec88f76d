package transform

import (
	"slices"
	"strings"

	"lvv/anonymize/cells"
	models "lvv/sql"
)

// columns tries of every table by two characteristics whether its counts by the first values of a list, all added up, are part of a total.
func (s *search) columns(butFor string) {
	for i := range s.cat.Figures {
		f := &s.cat.Figures[i]
		for _, b := range f.Breakdowns {
			for _, l := range b {
				if len(b) != 2 || l.Open != "" || !s.cat.Characteristic(b[:1].Dims()) || !s.cat.Characteristic(b[1:].Dims()) {
					continue
				}
				first := ""
				for _, v := range l.Values[:len(l.Values)-1] {
					first = strings.TrimPrefix(first+"|"+v.Value, "|")
					part := models.Count{Figure: f.ID, Dims: []models.CountDim{{Name: b[0].Dim}, {Name: b[1].Dim}}}
					s.column(fixed(&part, l.Dim, first), butFor)
				}
			}
		}
	}
}

// column tries the totals that count the same as a part.
func (s *search) column(part models.Count, butFor string) {
	values := s.values(&part, func(o *observed) map[string][]numbered { return o.now })
	for i := range s.nodes {
		n := &s.nodes[i]
		if !s.total(&n.count) || !s.related(&part, &n.count) {
			continue
		}
		if never, _ := within(values, n.values); never {
			s.keepIf(models.Relation{Kind: models.AtMost, Part: part, Whole: []models.Count{n.count}, ButFor: butFor})
		}
	}
}

// exceeding tries of every two tables by one characteristic whether what the cells of one have more is no more than two totals together, of
// which neither is enough.
func (s *search) exceeding(butFor string) {
	var totals []*node
	for i := range s.nodes {
		if n := &s.nodes[i]; s.total(&n.count) && s.cat.Figure(n.count.Figure).Accumulates == models.Instant {
			totals = append(totals, n)
		}
	}
	for i := range s.tables {
		for k := range s.tables {
			t, u := &s.tables[i], &s.tables[k]
			if i == k || !s.related(t, u) || !slices.Equal(t.Dims, u.Dims) || len(t.Free()) != 1 || s.cat.Figure(u.Figure).Accumulates != models.Instant || s.cat.Figure(t.Figure).Accumulates == models.Period {
				continue
			}
			var bounds []*node // that are not enough by themselves
			for _, n := range totals {
				r := models.Relation{Kind: models.AtMost, Part: *t, Beyond: u, Whole: []models.Count{n.count}}
				if broken, _ := always(s.cat, &r, s.of); broken > 0 && s.related(t, &n.count) && n.count.Figure != u.Figure {
					bounds = append(bounds, n)
				}
			}
			for a, n := range bounds {
				for _, other := range bounds[:a] {
					s.keepIf(models.Relation{Kind: models.AtMost, Part: *t, Beyond: u, Whole: []models.Count{n.count, other.count}, ButFor: butFor})
				}
			}
		}
	}
}

// values adds up what a count comes to in each register.
func (s *search) values(c *models.Count, in func(*observed) map[string][]numbered) []int {
	out := make([]int, len(s.of))
	for i := range s.of {
		eachOf(c, in(&s.of[i]), func(n *numbered) { out[i] += n.n })
	}
	return out
}

// behind tries of the counts behind shares, which are not told where the share is withheld, by how much they rose in the period: by no more than
// a total of the period, or than two cells of a table.
func (s *search) behind() {
	now, before := func(o *observed) map[string][]numbered { return o.now }, func(o *observed) map[string][]numbered { return o.before }
	for i := range s.tables {
		t := &s.tables[i]
		if s.cat.Figure(t.Figure).Accumulates != models.FromStart || t.Of == "" || !s.total(t) {
			continue
		}
		grown := s.values(t, now)
		for k, n := range s.values(t, before) {
			grown[k] -= n
		}
		for k := range s.tables {
			u := &s.tables[k]
			if f := s.cat.Figure(u.Figure); f.Accumulates != models.Period || f.About == models.Nothing || f.Account != s.cat.Figure(t.Figure).Account {
				continue
			}
			bounds := []models.Count{*u}
			if !s.total(u) {
				bounds = nil
				of := cellsOf(s.cat, u)
				for a := range of {
					for b := range a {
						dim := u.Free()[0]
						bounds = append(bounds, fixed(u, dim, dimValue(&of[b], dim)+"|"+dimValue(&of[a], dim)))
					}
				}
			}
			for _, bound := range bounds {
				in := s.values(&bound, now)
				if never, _ := within(grown, in); !never || !bites(grown, in) {
					continue
				}
				s.found["what was added to "+t.String()+" <= "+bound.String()] = candidate{[]string{t.Figure, u.Figure}, false, "", func(k *knowledge) bool {
					var terms []cells.Term
					take := func(c *models.Count, in map[string][]numbered, sign int64) {
						eachOf(c, in, func(n *numbered) { terms = append(terms, cells.Term{Cell: n.n, Coef: sign}) })
					}
					take(t, k.now, 1)
					take(t, k.before, -1)
					take(&bound, k.now, -1)
					return k.atMostNothing(terms, 1)
				}}
			}
		}
	}
}

func dimValue(c *models.Count, dim string) string {
	return c.Dims[slices.IndexFunc(c.Dims, func(d models.CountDim) bool { return d.Name == dim })].Value
}
