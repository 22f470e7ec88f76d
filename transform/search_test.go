package transform

import (
	"maps"
	"slices"
	"strings"

	models "lvv/sql"
)

// node is a count of random registers: a total, a cell, or all cells of a table together.
type node struct {
	count  models.Count
	about  models.About
	values []int // by register
	some   int   // registers in which it is something
}

// search looks for what always holds between the counts of random registers. A candidate is a relation as the catalogue
// declares them, of a few shapes: tables against tables, cells and totals against cells and totals, and against two of these together.
type search struct {
	cat    *models.Catalogue
	of     []observed
	rare   map[string][]observed // by what has not happened in them
	tables []models.Count        // by all characteristics of a breakdown, each other dimension fixed
	nodes  []node
	found  map[string]candidate
}

// candidate is what always holds.
type candidate struct {
	figures []string // that it is about
	rare    bool     // what it says is nothing in most registers: they say little
	butFor  string   // what has not happened in the registers that it was found in
	implied func(*knowledge) bool
}

func newSearch(cat *models.Catalogue, of []observed) *search {
	s := &search{cat: cat, of: of, rare: map[string][]observed{"": of}, found: map[string]candidate{}}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if f.ByRows { // a report that withholds any total of the same tables does not tell them
			continue
		}
		for _, part := range []string{"", "numerator", "denominator"} {
			if part == "" && f.Unit != "count" && !slices.ContainsFunc(f.Breakdowns, hasCount) || part != "" && !own(f, part) {
				continue
			}
			for _, b := range f.Breakdowns {
				s.tables = append(s.tables, tablesOf(cat, f, part, b)...)
			}
		}
	}
	for _, t := range s.tables {
		s.add(t)
		for _, c := range cellsOf(cat, &t) {
			s.add(c)
		}
	}
	return s
}

func hasCount(b models.Breakdown) bool {
	return slices.ContainsFunc(b, func(l *models.List) bool { return l.Value("n") != nil })
}

// tablesOf lists the tables of a breakdown: one for each value of the dimensions that are no characteristic.
func tablesOf(cat *models.Catalogue, f *models.Figure, part string, b models.Breakdown) []models.Count {
	out := []models.Count{{Figure: f.ID, Of: part}}
	for _, l := range b {
		var next []models.Count
		for _, c := range out {
			values := []string{""}
			if !cat.Characteristic([]string{l.Dim}) {
				values = nil
				for _, v := range l.Values {
					if l.Dim != "stat" || v.Value == map[bool]string{true: "n", false: "mean"}[part == ""] {
						values = append(values, v.Value)
					}
				}
			}
			for _, v := range values {
				next = append(next, models.Count{Figure: c.Figure, Of: c.Of, Dims: append(slices.Clone(c.Dims), models.CountDim{Name: l.Dim, Value: v})})
			}
		}
		out = next
	}
	return out
}

// cellsOf lists the cells of a table by one characteristic whose values are a closed list.
func cellsOf(cat *models.Catalogue, t *models.Count) (out []models.Count) {
	free := t.Free()
	if len(free) != 1 {
		return nil
	}
	for _, b := range cat.Figure(t.Figure).Breakdowns {
		for _, l := range b {
			if len(b) != len(t.Dims) || l.Dim != free[0] || l.Open != "" {
				continue
			}
			for _, v := range l.Values {
				out = append(out, fixed(t, free[0], v.Value))
			}
		}
	}
	return out
}

// fixed is a count with a value for one of its dimensions.
func fixed(c *models.Count, dim, value string) models.Count {
	out := models.Count{Figure: c.Figure, Of: c.Of, Dims: slices.Clone(c.Dims)}
	for i := range out.Dims {
		if out.Dims[i].Name == dim {
			out.Dims[i].Value = value
		}
	}
	return out
}

func (s *search) add(c models.Count) {
	n := node{count: c, about: s.cat.Figure(c.Figure).About, values: make([]int, len(s.of))}
	for i := range s.of {
		eachOf(&c, s.of[i].now, func(x *numbered) { n.values[i] += x.n })
		if n.values[i] > 0 {
			n.some++
		}
	}
	if n.some*12 >= len(s.of) {
		s.nodes = append(s.nodes, n)
	}
}

// own reports whether the numerator or denominator of a share is no count of another figure.
func own(f *models.Figure, part string) bool {
	if f.RestsOn == nil {
		return false
	}
	n := map[string]*models.Count{"numerator": f.RestsOn.Numerator, "denominator": f.RestsOn.Denominator}[part]
	return n != nil && n.Figure == f.ID && n.Of == part
}

// total reports whether everybody sees the count: it is by no characteristic.
func (s *search) total(c *models.Count) bool {
	return !slices.ContainsFunc(c.Dims, func(d models.CountDim) bool { return s.cat.Characteristic([]string{d.Name}) })
}

// within tells how the values of a node compare with the sum of others in all registers.
func within(part []int, wholes ...[]int) (never, equal bool) {
	equal = true
	for i, v := range part {
		sum := 0
		for _, w := range wholes {
			sum += w[i]
		}
		if v > sum {
			return false, false
		}
		equal = equal && v == sum
	}
	return true, equal
}

// bites reports whether a count is often enough more than the sum of the others of another register: else that is merely large.
func bites(part []int, wholes ...[]int) bool {
	some, more := 0, 0
	for i, v := range part {
		for k := 1; k <= 3 && v > 0; k++ {
			sum := 0
			for _, w := range wholes {
				sum += w[(i+k)%len(w)]
			}
			some++
			if v > sum {
				more++
			}
		}
	}
	return 5*more > some
}

func (s *search) keep(r models.Relation) {
	n := s.node(&r.Part)
	c := candidate{[]string{r.Part.Figure}, n == nil || n.some*3 < len(s.of), r.ButFor, func(k *knowledge) bool { return k.implies(&r) }}
	for _, w := range r.Whole {
		c.figures = append(c.figures, w.Figure)
	}
	s.found[describe(&r)] = c
}

// keepIf keeps a relation that holds in all registers, and says something in some.
func (s *search) keepIf(r models.Relation) bool {
	if broken, telling := always(s.cat, &r, s.of); broken > 0 || telling*12 < len(s.of) {
		return false
	}
	s.keep(r)
	return true
}

// related reports whether counts may have to do with one another: they count the same, or nights of it.
func (s *search) related(a, b *models.Count) bool {
	f, g := s.cat.Figure(a.Figure), s.cat.Figure(b.Figure)
	return f.Account == g.Account && (f.About == g.About && f.About != models.Nothing || f.About == g.Nightly || g.About == f.Nightly || f.ID == g.ID && f.Nightly != "")
}

// guided reports whether one table may count cases by what the other counts trajectories by, at the same time.
func (s *search) guided(t, u *models.Count) bool {
	f, g := s.cat.Figure(t.Figure), s.cat.Figure(u.Figure)
	return f.About == models.Cases && g.About == models.Trajectories && f.Accumulates == g.Accumulates && slices.Equal(t.Free(), u.Free()) && len(t.Free()) > 0
}

// look finds all candidates.
func (s *search) look() {
	for i := range s.tables {
		for k := range s.tables {
			switch t, u := &s.tables[i], &s.tables[k]; {
			case i == k:
			case s.related(t, u):
				s.divisions(t, u)
				s.flows(t, u)
			case s.guided(t, u):
				s.divisions(t, u)
			}
		}
	}
	var sums, singles []*node
	for i := range s.nodes {
		n := &s.nodes[i]
		sums = append(sums, n)
		if len(n.count.Free()) == 0 {
			singles = append(singles, n)
		}
	}
	for _, a := range singles {
		for _, b := range singles {
			if a == b || !s.related(&a.count, &b.count) || s.total(&a.count) && s.total(&b.count) || s.beyond(a, b) { // totals: see totals
				continue
			}
			if never, equal := within(a.values, b.values); never && bites(a.values, b.values) {
				s.keep(models.Relation{Kind: kindOf(equal), Part: a.count, Whole: []models.Count{b.count}})
			}
		}
	}
	s.pairs(sums, singles)
	s.overTime()
	s.columns("")
	s.totals("")
}

// beyond reports whether a total exceeds another, of the same figure as a count, that the count does not exceed: everybody sees both totals.
func (s *search) beyond(a, total *node) bool {
	if a == nil || total == nil || !s.total(&total.count) {
		return false
	}
	for i := range s.nodes {
		own := &s.nodes[i]
		if own == a || own == total || own.count.Figure != a.count.Figure || own.count.Of != a.count.Of || !s.total(&own.count) {
			continue
		}
		if never, _ := within(a.values, own.values); !never {
			continue
		}
		if never, _ := within(own.values, total.values); never {
			return true
		}
	}
	return false
}

func (s *search) node(c *models.Count) *node {
	i := slices.IndexFunc(s.nodes, func(n node) bool { return n.count.String() == c.String() })
	if i < 0 {
		return nil
	}
	return &s.nodes[i]
}

// divided reports whether a table divides something other than a total, or is one of several that divide the same: its sum is known.
func (s *search) divided(t, total *models.Count) bool {
	n := s.node(t)
	return n != nil && slices.ContainsFunc(s.nodes, func(other node) bool {
		_, equal := within(n.values, other.values)
		return equal && other.count.String() != t.String() && (total == nil || other.count.String() != total.String() && (s.total(&other.count) || other.count.Figure == t.Figure)) && other.about == n.about
	})
}

func kindOf(equal bool) models.Kind {
	if equal {
		return models.Wholly
	}
	return models.AtMost
}

// divisions tries whether the cells of a table add up to those of another, do not exceed them, or each of them does not.
func (s *search) divisions(t, u *models.Count) {
	for _, dim := range u.Free() {
		if _, ok := s.cat.Source(t, dim); !ok {
			return
		}
	}
	if len(t.Free()) == 0 {
		return
	}
	r := models.Relation{Part: *t, Whole: []models.Count{*u}, InPeriod: true}
	if s.beyond(s.node(t), s.node(u)) || s.total(u) && s.divided(t, u) {
		return
	}
	if s.keepIf(r) {
		return
	}
	if r.Kind = models.AtMost; s.keepIf(r) {
		return
	}
	if r.Each = true; t.Of == "" {
		s.keepIf(r)
	}
}

// flows tries whether what was there on the day before the period and what came in is what went out and what is left.
func (s *search) flows(t, u *models.Count) {
	f, g := s.cat.Figure(t.Figure), s.cat.Figure(u.Figure)
	if f.Accumulates != models.Period || g.Accumulates != models.Period || !slices.Equal(t.Free(), u.Free()) || len(t.Free()) == 0 || len(t.Free()) != len(t.Dims) {
		return
	}
	for i := range s.tables {
		stock := &s.tables[i]
		if s.cat.Figure(stock.Figure).Accumulates == models.Instant && s.related(t, stock) && slices.Equal(stock.Dims, t.Dims) {
			s.keepIf(models.Relation{Kind: models.AtMost, Part: *t, Whole: []models.Count{*stock, *u}, Before: stock, InPeriod: true})
		}
	}
}

// pairs tries whether a count is two others together, or no more; and whether two of one table together are no more than another.
func (s *search) pairs(sums, singles []*node) {
	for i, b := range singles {
		for _, c := range singles[:i] {
			if !s.related(&b.count, &c.count) {
				continue
			}
			both := make([]int, len(b.values))
			for k := range both {
				both[k] = b.values[k] + c.values[k]
			}
			for _, a := range sums {
				if a == b || a == c || !s.related(&a.count, &b.count) || s.total(&a.count) && s.total(&b.count) && s.total(&c.count) {
					continue
				}
				if never, equal := within(a.values, b.values, c.values); never && bites(a.values, b.values, c.values) {
					withB, _ := within(a.values, b.values)
					withC, _ := within(a.values, c.values)
					if equal || !withB && !withC && s.total(&a.count) && family(&a.count) == family(&b.count) && family(&a.count) == family(&c.count) {
						s.keep(models.Relation{Kind: kindOf(equal), Part: a.count, Whole: []models.Count{c.count, b.count}})
					}
				}
				if len(a.count.Free()) > 0 || b.count.Figure != c.count.Figure || b.count.Of != c.count.Of || len(b.count.Dims) != 1 || len(c.count.Dims) != 1 || b.count.Dims[0].Name != c.count.Dims[0].Name {
					continue
				}
				if s.beyond(b, a) && s.beyond(c, a) {
					continue
				}
				if never, equal := within(both, a.values); never && bites(both, a.values) {
					d := models.CountDim{Name: b.count.Dims[0].Name, Value: c.count.Dims[0].Value + "|" + b.count.Dims[0].Value}
					s.keep(models.Relation{Kind: kindOf(equal), Part: models.Count{Figure: b.count.Figure, Of: b.count.Of, Dims: []models.CountDim{d}}, Whole: []models.Count{a.count}})
				}
			}
		}
	}
	for _, a := range singles { // no more than all cells of a table together
		if !s.total(&a.count) {
			continue
		}
		for i := range s.tables {
			cells := cellsOf(s.cat, &s.tables[i])
			if len(cells) == 0 || s.divided(&s.tables[i], nil) || s.tables[i].Figure == a.count.Figure || !s.related(&a.count, &s.tables[i]) {
				continue
			}
			s.keepIf(models.Relation{Kind: models.AtMost, Part: a.count, Whole: cells})
		}
	}
}

// family is the chapter of a figure within its area: the first word of its id.
func family(c *models.Count) string {
	first, _, _ := strings.Cut(c.Figure, ".")
	return first
}

// names lists what was found, in order.
func (s *search) names() []string { return slices.Sorted(maps.Keys(s.found)) }
