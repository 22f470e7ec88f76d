package transform

import (
	"fmt"
	"math/big"
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

// totals tries of every two totals whether one is no more than the other, and which of them together always come to others, on the day before the
// period too: what is withheld of them may not follow from the rest.
func (s *search) totals(butFor string) {
	var of []*node
	for i := range s.nodes {
		n := &s.nodes[i]
		if f := s.cat.Figure(n.count.Figure); s.total(&n.count) && !f.Account && f.About != models.Nothing {
			of = append(of, n)
		}
	}
	for _, a := range of {
		for _, b := range of {
			if never, equal := within(a.values, b.values); a != b && never && bites(a.values, b.values) {
				s.keep(models.Relation{Kind: kindOf(equal), Part: a.count, Whole: []models.Count{b.count}, ButFor: butFor})
			}
		}
	}
	s.addUp(of, butFor)
}

// addUp finds the sums that are nothing in all registers: the kernel of the matrix of totals by register. Of too few registers there is no telling.
func (s *search) addUp(of []*node, butFor string) {
	var counts []dated
	var columns [][]int
	for _, n := range of {
		counts, columns = append(counts, dated{n.count, false}), append(columns, n.values)
		if s.cat.Figure(n.count.Figure).Accumulates != models.Period {
			counts = append(counts, dated{n.count, true})
			columns = append(columns, s.values(&n.count, func(o *observed) map[string][]numbered { return o.before }))
		}
	}
	if len(s.of) < 2*len(counts) {
		return
	}
	for _, sum := range kernel(columns, 2*len(counts)) {
		c, name := candidate{butFor: butFor}, ""
		for i, coef := range sum {
			if coef != 0 {
				c.figures = append(c.figures, counts[i].count.Figure)
				name += fmt.Sprintf("%+d %v ", coef, counts[i])
			}
		}
		c.implied = func(k *knowledge) bool {
			var terms []cells.Term
			for i, coef := range sum {
				if in := map[bool]map[string][]numbered{false: k.now, true: k.before}[counts[i].before]; coef != 0 {
					eachOf(&counts[i].count, in, func(n *numbered) { terms = append(terms, cells.Term{Cell: n.n, Coef: coef}) })
				}
			}
			return k.atMostNothing(terms, 1) && k.atMostNothing(terms, -1)
		}
		if butFor != "" {
			name += "but for " + butFor + " "
		}
		if len(c.figures) > 1 {
			s.found[name+"= 0"] = c
		}
	}
}

// dated is a count of the period, or of the day before it.
type dated struct {
	count  models.Count
	before bool
}

func (d dated) String() string {
	if d.before {
		return "before " + d.count.String()
	}
	return d.count.String()
}

// kernel returns whole numbers by which columns add up to nothing in every one of the first rows: a basis of all such, each with as few columns as
// elimination leaves, of those that do so in all rows.
func kernel(columns [][]int, first int) (out [][]int64) {
	rows := make([][]*big.Rat, first)
	for i := range rows {
		for _, c := range columns {
			rows[i] = append(rows[i], big.NewRat(int64(c[i]), 1))
		}
	}
	var pivots []int
	for k := range columns {
		r := len(pivots)
		p := slices.IndexFunc(rows[r:], func(row []*big.Rat) bool { return row[k].Sign() != 0 })
		if p < 0 {
			sum, scale := make([]int64, len(columns)), int64(1)
			for i := range pivots {
				scale *= rows[i][k].Denom().Int64() // small: sums of totals
			}
			sum[k] = -scale
			for i, pivot := range pivots {
				sum[pivot] = new(big.Rat).Mul(rows[i][k], big.NewRat(scale, 1)).Num().Int64()
			}
			always := true
			for i := range columns[0] {
				n := int64(0)
				for c, coef := range sum {
					n += coef * int64(columns[c][i])
				}
				always = always && n == 0
			}
			if always {
				out = append(out, sum)
			}
			continue
		}
		rows[r], rows[r+p] = rows[r+p], rows[r]
		for i, row := range rows {
			if f := new(big.Rat).Quo(row[k], rows[r][k]); i != r && f.Sign() != 0 {
				for j := k; j < len(columns); j++ {
					row[j].Sub(row[j], new(big.Rat).Mul(f, rows[r][j]))
				}
			}
		}
		for j := len(columns) - 1; j >= k; j-- {
			rows[r][j].Quo(rows[r][j], rows[r][k])
		}
		pivots = append(pivots, k)
	}
	return out
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
