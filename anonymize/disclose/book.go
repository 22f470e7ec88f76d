package disclose

import (
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
)

// aside are the dimensions that are no characteristic of a person: a breakdown by them alone is a total.
var aside = map[string]bool{"stat": true, "day": true, "date": true, "year": true, "source": true}

// characteristic reports whether the dimensions tell something about persons.
func characteristic(dims []transform.Dim) bool {
	for _, d := range dims {
		if !aside[d.Name] {
			return true
		}
	}
	return false
}

// personal reports whether disclosure control looks at the figures of an id. The nights of a period of one
// day are the persons of that day. What the catalogue does not know is taken to be about persons.
func personal(c *sql.Catalogue, r *transform.Results, id string) bool {
	if nights[id] {
		return r.Period.From == r.Period.To
	}
	f := c.Figure(id)
	return f == nil || f.About != sql.Nothing
}

var nights = map[string]bool{"occupancy.person_nights": true, "occupancy.utilisation": true}

// counts reports whether a figure is a count of its own, not a measure of how long or how old.
func counts(f *transform.Figure) bool {
	if f.Value.Kind() != transform.Count || f.Unit != "count" {
		return false
	}
	stat := f.Dim("stat")
	return stat == "" || stat == "n"
}

// name identifies a figure within a report, in whatever order its dimensions come.
func name(id string, dims []transform.Dim) string {
	parts := []string{id}
	for _, d := range dims {
		parts = append(parts, d.Name+"="+d.Value)
	}
	slices.Sort(parts[1:])
	return strings.Join(parts, "|")
}

// tableOf names the printed table that a figure stands in.
func tableOf(id string, dims []transform.Dim) string {
	parts := []string{id}
	for _, d := range dims {
		parts = append(parts, d.Name)
	}
	slices.Sort(parts[1:])
	return strings.Join(parts, "|")
}

// builder collects the cells and sums of a run.
type builder struct {
	cat    *sql.Catalogue
	sys    cells.System
	tables map[string]int
	names  []string // by cell, for the steward's file
}

// book is one report as a part of the system.
type book struct {
	b       *builder
	r       *transform.Results
	earlier bool
	cell    map[string]int // name of a figure -> cell
}

func newBuilder(cat *sql.Catalogue, minCell int) *builder {
	return &builder{cat: cat, sys: cells.System{MinCell: int64(minCell)}, tables: map[string]int{}}
}

func (b *builder) add(name, table string, c cells.Cell) int {
	n, known := b.tables[table]
	if !known {
		n = len(b.tables)
		b.tables[table] = n
	}
	c.Table = n
	b.sys.Cells = append(b.sys.Cells, c)
	b.names = append(b.names, name)
	return len(b.sys.Cells) - 1
}

// implied adds a count that is never printed; protect says whether it is a count of persons by a
// characteristic, which must then not be narrowed either.
func (b *builder) implied(name string, value int64, protect bool) int {
	return b.add(name, "implied", cells.Cell{Value: value, Role: cells.Implied, Known: protect})
}

// book enters the counts of a report and the sums that bind them. d is nil for the report that is to be
// published.
func (b *builder) book(r *transform.Results, earlier bool, d *Decisions) *book {
	k := &book{b: b, r: r, earlier: earlier, cell: map[string]int{}}
	prefix := ""
	if earlier {
		prefix = r.Period.Label + " "
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		if !personal(b.cat, r, f.ID) || !counts(f) {
			continue
		}
		c := cells.Cell{Value: f.Value.Int(), Role: cells.Fixed}
		n := name(f.ID, f.Dims)
		if characteristic(f.Dims) {
			c.Role = cells.Open
			if earlier {
				c.Role, c.Known = cells.Past, true
				c.Mark = d.mark(n)
			}
		}
		k.cell[n] = b.add(prefix+n, prefix+tableOf(f.ID, f.Dims), c)
	}
	k.bind()
	return k
}

func (k *book) value(cell int) int64 { return k.b.sys.Cells[cell].Value }

// all returns the cells of an id's figures with exactly the named dimensions, and with the given value of the
// first if it is not "".
func (k *book) all(id string, where transform.Dim, dims ...string) []int {
	var out []int
	for _, f := range k.r.Breakdown(id, dims...) {
		if where.Name != "" && f.Dim(where.Name) != where.Value {
			continue
		}
		if c, ok := k.cell[name(f.ID, f.Dims)]; ok {
			out = append(out, c)
		}
	}
	return out
}

// one returns the cell of a figure, or -1.
func (k *book) one(id string, dims ...transform.Dim) int {
	if c, ok := k.cell[name(id, dims)]; ok {
		return c
	}
	return -1
}

// relate says that parts add up to the whole, where they do: with figures as they are delivered, a
// reader who assumes more than is true learns nothing that is.
func (k *book) relate(whole int, parts []int) bool {
	if whole < 0 || len(parts) == 0 {
		return false
	}
	rel := cells.Relation{Terms: []cells.Term{{Cell: whole, Coef: -1}}}
	sum := int64(0)
	for _, p := range parts {
		if p < 0 {
			return false
		}
		rel.Terms = append(rel.Terms, cells.Term{Cell: p, Coef: 1})
		sum += k.value(p)
	}
	if sum != k.value(whole) {
		return false
	}
	k.b.sys.Relations = append(k.b.sys.Relations, rel)
	return true
}

// atMost says that parts add up to no more than the whole; what lacks is a count of its own, and one of
// persons by a characteristic if protect says so.
func (k *book) atMost(whole int, parts []int, rest string, protect bool) int {
	if whole < 0 || len(parts) == 0 {
		return -1
	}
	lacks := k.value(whole)
	for _, p := range parts {
		if p < 0 {
			return -1
		}
		lacks -= k.value(p)
	}
	if lacks < 0 {
		return -1
	}
	c := k.b.implied(rest, lacks, protect && !k.earlier)
	k.relate(whole, append(slices.Clip(parts), c))
	return c
}
