package disclose

import (
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// count is one count of a report: a figure, or the numerator or denominator of one.
type count struct {
	id, of string // of is "numerator", "denominator", or ""
	dims   []transform.Dim
	value  int64 // exact, where valued
	valued bool
	// low and high are what readers know of it, equal when it is shown.
	low, high int64
	cell      int  // of the system, once it has one
	made      bool // a total that the report does not have: see total
	remains   bool // what remains of a relation between counts of a period
}

// name identifies a count within a report, in whatever order its dimensions come.
func (c *count) name() string {
	if c.of == "" {
		return transform.FigureName(c.id, c.dims)
	}
	return transform.FigureName(c.id+"."+c.of, c.dims)
}

// dim returns the value of the named dimension.
func (c *count) dim(name string) (string, bool) {
	for _, d := range c.dims {
		if d.Name == name {
			return d.Value, true
		}
	}
	return "", false
}

// is reports whether a declaration names the count.
func (c *count) is(n *sql.Count) bool {
	if c.id != n.Figure || c.of != n.Of || len(c.dims) != len(n.Dims) {
		return false
	}
	for _, d := range n.Dims {
		if v, ok := c.dim(d.Name); !ok || !d.Has(v) {
			return false
		}
	}
	return true
}

// table names the printed table that a count stands in.
func (c *count) table() string {
	return TableName(c.id, c.of, lists.Map(c.dims, func(d transform.Dim) string { return d.Name }))
}

// TableName names the table of a figure, or of the numerator or denominator of a share, by some dimensions.
func TableName(figure, of string, dims []string) string {
	return strings.Join(slices.Concat([]string{figure, of}, slices.Sorted(slices.Values(dims))), "|")
}

// named is the name of the count that a declaration means beside this one: with its values along the dimensions to which none is given.
func (c *count) named(n *sql.Count) string {
	of := count{id: n.Figure, of: n.Of}
	for _, d := range n.Dims {
		if d.Value == "" {
			d.Value, _ = c.dim(d.Name)
		}
		of.dims = append(of.dims, transform.Dim{Name: d.Name, Value: d.Value})
	}
	return of.name()
}

// controlled reports whether disclosure control looks at the counts of a figure in a report of the period. What
// the catalogue does not know is taken to be about persons.
func controlled(f *sql.Figure, p transform.Period) bool {
	if f == nil {
		return true
	}
	return f.About != sql.Nothing || nightly(f, p)
}

// nightly reports whether the nights of a period are themselves a count, of whoever spent its only night. Readers are told none of
// them by a characteristic: how many nights a longer period has tells how many of those counted on one of its days can have been there.
func nightly(f *sql.Figure, p transform.Period) bool {
	return f != nil && f.Nightly != "" && p.From == p.To
}

// characteristics are the dimensions that tell something about a person.
func characteristics(cat *sql.Catalogue, dims []transform.Dim) int {
	n := 0
	for _, d := range dims {
		if cat.Characteristic([]string{d.Name}) {
			n++
		}
	}
	return n
}

// countsOf lists the counts among a figure's value, numerator and denominator. Curves have their own control.
func countsOf(cat *sql.Catalogue, f *transform.Figure) []count {
	d := cat.Figure(f.ID)
	if d != nil && d.RestsOn != nil && d.RestsOn.Curve != "" {
		return nil
	}
	var out []count
	add := func(of string, v engine.Value) {
		if v.Kind() == engine.Count {
			out = append(out, count{id: f.ID, of: of, dims: f.Dims, value: v.Int(), valued: true, low: v.Int(), high: v.Int()})
		}
	}
	if f.Unit == "count" {
		add("", f.Value)
	}
	if d != nil && d.RestsOn != nil {
		if n := d.RestsOn.Numerator; n != nil && n.Figure == f.ID && n.Of != "" {
			add(n.Of, f.Numerator)
		}
		if n := d.RestsOn.Denominator; n != nil && n.Figure == f.ID && n.Of != "" {
			add(n.Of, f.Denominator)
		}
	}
	return out
}

// publishedCounts lists the counts of a published document, and what a reader knows of each. small lists the names
// of those that read as less than the threshold.
func publishedCounts(cat *sql.Catalogue, d *published.Document) (counts []count, small map[string]bool) {
	small = map[string]bool{}
	for i := range d.Figures {
		f := &d.Figures[i]
		if f.Withheld != "" {
			counts = append(counts, countsBehind(cat, f)...)
			continue
		}
		if f.Hidden == "" && f.Range == nil {
			counts = append(counts, countsOf(cat, &transform.Figure{
				ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: f.Value, Numerator: f.Numerator, Denominator: f.Denominator,
			})...)
			continue
		}
		c := count{id: f.ID, dims: f.Dims, low: 1, high: int64(d.MinCell) - 1}
		if f.Range != nil {
			c.low, c.high = f.Range.Low, f.Range.High
			if c.high == published.Unbounded {
				c.high = cells.Unbounded
			}
		} else {
			small[c.name()] = true
		}
		counts = append(counts, c)
	}
	counts = append(counts, absent(cat, counts)...)
	return append(counts, unprinted(cat, counts)...), small
}

// unprinted lists the counts of figures that are not printed, of which nothing is known, unless they are among those given.
func unprinted(cat *sql.Catalogue, given []count) (out []count) {
	listed := map[string]bool{}
	for i := range given {
		listed[given[i].name()] = true
	}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if f.Printed || f.Account {
			continue
		}
		for _, b := range f.Breakdowns {
			of := []count{{id: f.ID, high: cells.Unbounded}}
			for _, l := range b {
				var next []count
				for _, c := range of {
					for _, v := range l.Values {
						next = append(next, count{id: f.ID, high: cells.Unbounded, dims: append(slices.Clip(c.dims), transform.Dim{Name: l.Dim, Value: v.Value})})
					}
				}
				of = next
			}
			out = append(out, slices.DeleteFunc(of, func(c count) bool { return listed[c.name()] })...)
		}
	}
	return out
}

// countsBehind are the counts behind a share that is withheld, of which nothing is known.
func countsBehind(cat *sql.Catalogue, f *published.Figure) []count {
	out := countsOf(cat, &transform.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Numerator: engine.CountOf(0), Denominator: engine.CountOf(0)})
	for i := range out {
		out[i].valued, out[i].high = false, cells.Unbounded
	}
	return out
}
