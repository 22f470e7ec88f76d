package transform

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"lvv/anonymize/cells"
	models "lvv/sql"
)

// knowledge is what a catalogue declares, in unknowns: every count of a report, the same on the day before its period, and
// what remains of what is no more than something. It is written down here anew, apart from the control.
type knowledge struct {
	cat         *models.Catalogue
	now, before map[string][]numbered // n is the number of the unknown
	pub         cells.Publication
	joined      []int // by unknown: the first of those that it hangs together with
	together    map[int][]cells.Relation
}

// allRarities stands for everything that relations hold but for.
const allRarities = "anything"

// knowledgeOf enters what a catalogue declares to hold always, and what holds but for one thing.
func knowledgeOf(cat *models.Catalogue, butFor string) *knowledge {
	k := &knowledge{cat: cat, now: map[string][]numbered{}, before: map[string][]numbered{}, pub: cells.Publication{MinCell: 2}}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		for _, part := range []string{"", "numerator", "denominator"} {
			for _, b := range append(slices.Clone(f.Breakdowns), models.Breakdown{}) {
				for _, t := range tablesOf(cat, f, part, b) {
					k.table(&t, b)
				}
			}
		}
	}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		for _, r := range relationsOf(cat, f) {
			if r.ButFor != "" && r.ButFor != butFor && butFor != allRarities {
				continue
			}
			if !r.Since && !r.AllSoFar {
				k.relation(&r, k.now, k.before)
			}
			if r.Before == nil && (f.Accumulates != models.Period || r.Since || r.AllSoFar) {
				k.relation(&r, k.before, nil)
			}
		}
		k.time(f, butFor)
	}
	k.join()
	return k
}

// join finds what hangs together.
func (k *knowledge) join() {
	k.joined, k.together = make([]int, len(k.pub.Cells)), map[int][]cells.Relation{}
	for i := range k.joined {
		k.joined[i] = i
	}
	for _, r := range k.pub.Relations {
		for _, t := range r.Terms {
			k.joined[k.first(t.Cell)] = k.first(r.Terms[0].Cell)
		}
	}
	for _, r := range k.pub.Relations {
		n := k.first(r.Terms[0].Cell)
		k.together[n] = append(k.together[n], r)
	}
}

func (k *knowledge) first(i int) int {
	for k.joined[i] != i {
		i = k.joined[i]
	}
	return i
}

func (k *knowledge) unknown() int {
	k.pub.Cells = append(k.pub.Cells, cells.Known{High: cells.Unbounded})
	return len(k.pub.Cells) - 1
}

// table enters the cells of a table. An open list is taken to have three values.
func (k *knowledge) table(t *models.Count, b models.Breakdown) {
	rows := []map[string]string{{}}
	for i, l := range b {
		values := []string{t.Dims[i].Value}
		if values[0] == "" {
			values = []string{"first", "second", "unknown"}
			if l.Open == "" {
				values = nil
				for _, v := range l.Values {
					values = append(values, v.Value)
				}
			}
		}
		var next []map[string]string
		for _, row := range rows {
			for _, v := range values {
				with := maps.Clone(row)
				with[l.Dim] = v
				next = append(next, with)
			}
		}
		rows = next
	}
	name := tableOf(t)
	for _, row := range rows {
		if slices.ContainsFunc(k.now[name], func(n numbered) bool { return sameDims(n.dims, row) }) {
			continue
		}
		k.now[name] = append(k.now[name], numbered{row, k.unknown()})
		k.before[name] = append(k.before[name], numbered{row, k.unknown()})
	}
}

func sameDims(a, b map[string]string) bool {
	for name, v := range a {
		if b[name] != v {
			return false
		}
	}
	return len(a) == len(b)
}

// relationsOf are what a figure declares, and what its being a share says.
func relationsOf(cat *models.Catalogue, f *models.Figure) []models.Relation {
	out := slices.Clone(f.Relations)
	b := f.RestsOn
	if b == nil || f.Unit != "ratio" || f.About == models.Nothing || b.Numerator == nil || b.Denominator == nil {
		return out
	}
	for _, breakdown := range f.Breakdowns {
		for _, of := range []*models.Count{b.Numerator, b.Denominator} {
			if of.Figure != f.ID || of.Of == "" {
				continue
			}
			part, whole := models.Count{Figure: f.ID, Of: of.Of}, models.Count{Figure: f.ID, Of: of.Of}
			for _, l := range breakdown {
				part.Dims = append(part.Dims, models.CountDim{Name: l.Dim})
				if !cat.Characteristic([]string{l.Dim}) {
					whole.Dims = append(whole.Dims, models.CountDim{Name: l.Dim})
				}
			}
			if len(whole.Dims) < len(part.Dims) {
				out = append(out, models.Relation{Kind: models.Wholly, Part: part, Whole: []models.Count{whole}})
			}
		}
		if cat.Figure(b.Denominator.Figure).About == models.Nothing {
			continue
		}
		part, whole := *b.Numerator, *b.Denominator
		for _, l := range breakdown {
			part.Dims, whole.Dims = append(slices.Clone(part.Dims), models.CountDim{Name: l.Dim}), append(slices.Clone(whole.Dims), models.CountDim{Name: l.Dim})
		}
		out = append(out, models.Relation{Kind: models.AtMost, Part: part, Whole: []models.Count{whole}})
	}
	return out
}

// relation enters a relation.
func (k *knowledge) relation(r *models.Relation, now, before map[string][]numbered) {
	for _, g := range groups(k.cat, r, now, before) {
		if r.Beyond != nil {
			g.parts = append(k.exceeds(r, g.parts, now[tableOf(r.Beyond)], now, countsEarlier(k.cat, r)), besideOf(r, now, nil)...)
		}
		if r.Beyond == nil {
			g.parts = append(g.parts, besideOf(r, now, nil)...)
		}
		if r.SoFar {
			g.parts = k.soFar(r, now, before)
		}
		for _, terms := range g.terms(r) {
			if r.Kind != models.Wholly && r.Before == nil {
				terms = append(terms, cells.Term{Cell: k.unknown(), Coef: 1})
			}
			k.sum(terms...)
		}
	}
}

// terms are what a relation compares: parts less wholes.
func (g *grouped) terms(r *models.Relation) (out [][]cells.Term) {
	lists := [][]*numbered{append(slices.Clone(g.parts), g.before...)}
	if r.Each {
		lists = nil
		for _, p := range g.parts {
			lists = append(lists, []*numbered{p})
		}
	}
	for _, parts := range lists {
		var terms []cells.Term
		for _, p := range parts {
			terms = append(terms, cells.Term{Cell: p.n, Coef: 1})
		}
		for _, w := range g.wholes {
			terms = append(terms, cells.Term{Cell: w.n, Coef: -1})
		}
		out = append(out, terms)
	}
	return out
}

// time enters what is declared of the time from the day before the period to its reference date, of a figure that counts from
// the start: it does not fall, what was added is what happened in the period or no more, and cases climb.
func (k *knowledge) time(f *models.Figure, butFor string) {
	if f.Accumulates == models.Instant {
		k.increase(f)
		k.falls(f, butFor)
		k.letIn(f)
	}
	if f.Accumulates != models.FromStart || f.Unit != "count" && f.Unit != "ratio" {
		return
	}
	for name, rows := range k.now {
		id, _, _ := strings.Cut(name, " ")
		if id != f.ID && id != f.ID+".numerator" && id != f.ID+".denominator" {
			continue
		}
		for i, n := range rows {
			if _, climbing := n.dims[f.Climbs]; climbing {
				continue
			}
			added := k.unknown()
			k.sum(cells.Term{Cell: n.n, Coef: -1}, cells.Term{Cell: k.before[name][i].n, Coef: 1}, cells.Term{Cell: added, Coef: 1})
			for _, g := range f.Growth {
				terms := []cells.Term{{Cell: added, Coef: 1}}
				eachOf(&g.Count, k.now, func(flow *numbered) {
					free := maps.Clone(flow.dims)
					maps.DeleteFunc(free, func(dim, _ string) bool { return !slices.Contains(g.Count.Free(), dim) })
					if sameDims(free, n.dims) {
						terms = append(terms, cells.Term{Cell: flow.n, Coef: -1})
					}
				})
				if id != strings.TrimSuffix(f.ID+"."+g.Of, ".") || g.Matured != "" || len(terms) == 1 {
					continue
				}
				if g.Kind == models.AtMost {
					terms = append(terms, cells.Term{Cell: k.unknown(), Coef: 1})
				}
				k.sum(terms...)
			}
		}
	}
	for _, c := range climbs(k.cat, f, f.Climbs) {
		for _, terms := range c.terms(k.now, k.before) {
			k.sum(append(terms, cells.Term{Cell: k.unknown(), Coef: 1})...)
		}
	}
	for _, g := range f.Growth {
		if g.Matured != "" {
			k.matured(f, &g)
		}
	}
}

// matured enters that counts of a figure by days are of nested times: those of fewer days count what those of more do, and more.
func (k *knowledge) matured(f *models.Figure, g *models.Growth) {
	tables, days := lagging(k.cat, f, g.Of)
	for i := range tables {
		for j := range tables {
			if days[i] <= days[j] {
				continue
			}
			eachOf(&tables[i], k.now, func(more *numbered) {
				eachOf(&tables[j], k.now, func(fewer *numbered) {
					if sameDims(without(more.dims, g.Matured), without(fewer.dims, g.Matured)) {
						k.sum(cells.Term{Cell: more.n, Coef: 1}, cells.Term{Cell: fewer.n, Coef: -1}, cells.Term{Cell: k.unknown(), Coef: 1})
					}
				})
			})
		}
	}
}

func without(dims map[string]string, name string) map[string]string {
	out := maps.Clone(dims)
	delete(out, name)
	return out
}

// upTo reports whether it is declared that a table is another up to so many days before the reference date.
func (k *knowledge) upTo(t, u *models.Count, days int) bool {
	for _, g := range k.cat.Figure(t.Figure).Growth {
		for _, d := range t.Dims {
			if d.Name == g.Matured && d.Value == strconv.Itoa(days) && g.Of == t.Of && g.Kind == models.Wholly && g.Count.String() == u.String() {
				return true
			}
		}
	}
	return false
}

// increase enters that a figure of an instant is no more than on the day before the period and what is declared together, and on that
// day no more than what is declared from the pilot's start.
func (k *knowledge) increase(f *models.Figure) {
	for _, g := range f.Growth {
		eachOf(&g.Count, k.now, func(flow *numbered) {
			dims := maps.Clone(flow.dims)
			maps.DeleteFunc(dims, func(name, _ string) bool { return !slices.Contains(g.Count.Free(), name) })
			first := rowLike(k.before[tableOf(&g.Count)], flow.dims)
			for name, rows := range k.now {
				id, _, _ := strings.Cut(name, " ")
				for i, n := range rows {
					if id == f.ID && sameDims(dims, n.dims) {
						was := k.before[name][i].n
						k.sum(cells.Term{Cell: n.n, Coef: 1}, cells.Term{Cell: was, Coef: -1}, cells.Term{Cell: flow.n, Coef: -1}, cells.Term{Cell: k.unknown(), Coef: 1})
						k.sum(cells.Term{Cell: was, Coef: 1}, cells.Term{Cell: first.n, Coef: -1}, cells.Term{Cell: k.unknown(), Coef: 1})
					}
				}
			}
		})
	}
}

func (k *knowledge) sum(terms ...cells.Term) {
	k.pub.Relations = append(k.pub.Relations, cells.Relation{Terms: terms})
}

// implies reports whether no counts that agree with what is declared break a relation.
func (k *knowledge) implies(r *models.Relation) bool {
	for _, g := range groups(k.cat, r, k.now, k.before) {
		if r.Beyond != nil { // of any of the parts: tried of the first, of the first two, and so on
			of := advancingOf(k.cat, &r.Part).first(g.parts, countsEarlier(k.cat, r))
			for n := range of {
				terms := (&grouped{parts: of[:n+1], wholes: g.wholes}).terms(r)[0]
				for _, p := range of[:n+1] {
					terms = append(terms, cells.Term{Cell: rowLike(k.now[tableOf(r.Beyond)], p.dims).n, Coef: -1})
				}
				if !k.atMostNothing(terms, 1) {
					return false
				}
			}
			continue
		}
		for _, terms := range g.terms(r) {
			if !k.atMostNothing(terms, 1) || (r.Kind == models.Wholly || r.Before != nil) && !k.atMostNothing(terms, -1) {
				return false
			}
		}
	}
	return true
}

// atMostNothing reports whether a sum, with the sign, exceeds nothing in no counts that agree with what is declared.
func (k *knowledge) atMostNothing(terms []cells.Term, sign int64) bool {
	p := cells.Publication{MinCell: 2}
	number := map[int]int{}
	take := func(r cells.Relation, sign int64) {
		out := cells.Relation{}
		for _, t := range r.Terms {
			n, ok := number[t.Cell]
			if !ok {
				n = len(p.Cells)
				number[t.Cell] = n
				p.Cells = append(p.Cells, cells.Known{High: cells.Unbounded})
			}
			out.Terms = append(out.Terms, cells.Term{Cell: n, Coef: sign * t.Coef})
		}
		p.Relations = append(p.Relations, out)
	}
	var parts []int
	for _, t := range terms {
		if n := k.first(t.Cell); !slices.Contains(parts, n) {
			parts = append(parts, n)
			for _, r := range k.together[n] {
				take(r, 1)
			}
		}
	}
	take(cells.Relation{Terms: terms}, sign)
	n := len(p.Cells)
	p.Cells = append(p.Cells, cells.Known{High: 1, Must: []int64{1}}, cells.Known{High: cells.Unbounded})
	last := &p.Relations[len(p.Relations)-1]
	last.Terms = append(last.Terms, cells.Term{Cell: n, Coef: -1}, cells.Term{Cell: n + 1, Coef: -1})
	found, err := cells.Audit(&p, cells.DefaultLimits)
	if err != nil {
		panic(err)
	}
	return len(found.Findings[0].Possible) == 0
}
