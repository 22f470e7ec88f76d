package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// nightsStep is what the nights of a place with few persons are rounded to.
const nightsStep = 10

// roundNights rounds the nights that few persons spent, so that these cannot be narrowed through them: the wholes of
// what a count is at most, where the count is small. What is rounded alone would follow from the total, so that a
// second one is rounded with it, the next in the order of the table.
func (c *control) roundNights() {
	c.eachNightly(func(rel *sql.Relation) { c.round(rel, c.fewNights(rel)) })
}

// roundAll rounds all nights beside a table whose ranges may stand for small counts: which of them were rounded would
// tell which those are. Beside any other table it is those of what reads as small, and a second one that the order gives.
func (c *control) roundAll() {
	c.eachNightly(func(rel *sql.Relation) {
		of := count{id: rel.Part.Figure, of: rel.Part.Of}
		for _, d := range rel.Part.Dims {
			of.dims = append(of.dims, transform.Dim{Name: d.Name})
		}
		if c.levels[of.table()] != cells.Sharp {
			c.round(rel, func(int) bool { return true })
		}
	})
}

// eachNightly does something for every relation by which nights of a place tell of a count there.
func (c *control) eachNightly(do func(*sql.Relation)) {
	for i := range c.cat.Figures {
		f := &c.cat.Figures[i]
		for _, rel := range f.Relations {
			if rel.Kind != sql.AtMost || rel.Beyond != nil || len(rel.Whole) != 1 || f.About == sql.Nothing {
				continue
			}
			whole := c.cat.Figure(rel.Whole[0].Figure)
			if whole.Nightly != "" && !controlled(whole, c.exact.Period) {
				do(&rel)
			}
		}
	}
}

// nights are those of the places that have any.
func (c *control) nights(rel *sql.Relation) []transform.Figure {
	return slices.DeleteFunc(c.exact.Breakdown(rel.Whole[0].Figure, rel.Whole[0].Free()...), func(w transform.Figure) bool {
		return w.Value.Kind() != engine.Count || w.Value.Int() == 0
	})
}

// fewBetween reports whether nights, beside those of periods reported earlier, leave those of a single night, and few persons spent it.
func (c *control) fewBetween(nights *transform.Figure) bool {
	s, t := &system{}, &timeline{}
	add := func(p transform.Period, n engine.Value) {
		cell := s.add("", cells.Cell{}, exact{n.Int(), true})
		t.spans = append(t.spans, span{from: p.From, until: p.To + 1, cell: cell})
	}
	add(c.exact.Period, nights.Value)
	for i := range c.options.Earlier {
		e := &c.options.Earlier[i]
		if e.Published == nil {
			if f := e.Results.Figure(nights.ID, pairs(nights.Dims)...); f != nil && f.Value.Kind() == engine.Count {
				add(e.Results.Period, f.Value)
			}
		} else if f := e.Published.Figure(nights.ID, pairs(nights.Dims)...); f != nil && f.Known() {
			add(e.Results.Period, f.Value)
		}
	}
	at, agree := t.heights(s)
	for i := 1; agree && i < len(t.edges); i++ {
		night := at[t.edges[i]].less(at[t.edges[i-1]])
		if t.edges[i]-t.edges[i-1] == 1 && night.valued && night.value > 0 && night.value < int64(c.MinCell) {
			return true
		}
	}
	return false
}

// fewNights tells which nights are of few persons, or hide a single such place.
func (c *control) fewNights(rel *sql.Relation) func(i int) bool {
	nights := c.nights(rel)
	var few []int
	for i, w := range nights {
		part := c.exact.Figure(rel.Part.Figure, pairs(w.Dims)...)
		if part != nil && part.Value.Kind() == engine.Count && part.Value.Int() > 0 && part.Value.Int() < int64(c.MinCell) || c.fewBetween(&w) {
			few = append(few, i)
		}
	}
	if len(few) == 1 && len(nights) > 1 {
		order, second := c.options.Order, -1
		if order == nil {
			order = inOrder
		}
		rank := func(i int) int { return order("nights of "+rel.Whole[0].Figure, i, len(nights)) }
		for i := range nights {
			if i != few[0] && (second < 0 || rank(i) < rank(second)) {
				second = i
			}
		}
		few = append(few, second)
	}
	return func(i int) bool { return slices.Contains(few, i) }
}

// round rounds some of the nights.
func (c *control) round(rel *sql.Relation, some func(i int) bool) {
	for i, w := range c.nights(rel) {
		if some(i) {
			near := (w.Value.Int() + nightsStep/2) / nightsStep * nightsStep
			c.ranges[name(w.ID, w.Dims)] = cells.Range{Low: max(0, near-nightsStep/2), High: near + nightsStep/2 - 1}
		}
	}
}

// pairs writes dimensions as [transform.Results.Figure] takes them.
func pairs(dims []transform.Dim) []string {
	var out []string
	for _, d := range dims {
		out = append(out, d.Name, d.Value)
	}
	return out
}
