package content

import (
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform"
	"lvv/transform/engine"
)

// builder chooses and phrases. It never adds up or divides.
type builder struct {
	reports.Lang // that it writes in
	doc          *published.Document
}

// say fills in the Dutch or the English sentence.
func (b *builder) say(nl, en string, args ...any) string {
	return fmt.Sprintf(b.Pick(nl, en), args...)
}

func (b *builder) figure(id string, dims ...string) *published.Figure {
	return b.doc.Figure(id, dims...)
}

// show writes a figure as readers see it, or what stands in its place.
func (b *builder) show(f *published.Figure) string {
	switch {
	case f == nil:
		return b.StatusText(transform.NotAvailable)
	case f.Known():
		return b.Value(f.Value, f.Unit)
	case f.Hidden != "":
		return "<" + b.Count(int64(b.doc.MinCell))
	case f.Range != nil:
		return b.showRange(f.Range)
	case f.Withheld != "":
		return b.StatusText(transform.Suppressed)
	}
	return b.StatusText(f.Status)
}

// showRange writes what a hidden count may be: 5-11, or 5 of meer; one number where its range leaves no other.
func (b *builder) showRange(r *published.Range) string {
	low := b.Count(r.Low)
	switch {
	case r.High == r.Low:
		return low
	case r.High != published.Unbounded:
		return low + "-" + b.Count(r.High)
	case r.Low > 0:
		return b.say("%s of meer", "%s or more", low)
	}
	return b.StatusText(transform.Suppressed)
}

// value writes a total, or what stands in its place.
func (b *builder) value(id string) string { return b.show(b.figure(id)) }

// rounded writes an amount in whole euros, or in thousands from a hundred thousand on.
func (b *builder) rounded(id string) string {
	if f := b.figure(id); f.Known() && f.Value.Kind() == engine.Money {
		return b.euros(f.Value.Int())
	}
	return b.value(id)
}

// euros writes an amount in cents for a sentence: in thousands from EUR 100,000 on, whole below.
func (b *builder) euros(cents int64) string {
	const from = 100_000_00
	if cents >= from || cents <= -from {
		return b.EuroRound(cents, 1000)
	}
	return b.EuroRound(cents, 1)
}

// has reports whether every one of the totals has a value.
func (b *builder) has(ids ...string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !b.figure(id).Known() })
}

func (b *builder) label(dim, value string) string { return reports.Label(dim, value, b.Lang) }

// title is what the definitions call a figure.
func (b *builder) title(id string) string {
	if d := b.doc.Definition(id); d != nil {
		return d.Title
	}
	return id
}

// titled names a figure with its dimensions.
func (b *builder) titled(id string, dims []transform.Dim) string {
	labels := lists.Map(dims, func(d transform.Dim) string { return b.label(d.Name, d.Value) })
	return strings.Join(append([]string{b.title(id)}, labels...), ", ")
}

// during says when something was that belongs to the reporting period: in het derde kwartaal van 2020.
func (b *builder) during() string { return b.InPeriod(b.doc.Period.Label) }

func (b *builder) asOf() string { return b.DateLong(b.doc.Period.AsOf) }

// series returns the rows of a series with the columns in the given order, if it has rows and all of them. Of
// dates there is nothing before the pilot's start, nor, where the registers stop early, after their last event.
func (b *builder) series(id string, columns ...string) ([][]engine.Value, bool) {
	s := b.doc.SeriesNamed(id)
	if s == nil || len(s.Rows) == 0 {
		return nil, false
	}
	rows := make([][]engine.Value, len(s.Rows))
	for i := range rows {
		rows[i] = make([]engine.Value, len(columns))
	}
	for j, name := range columns {
		at := slices.IndexFunc(s.Columns, func(c published.Column) bool { return c.Name == name })
		if at < 0 {
			return nil, false
		}
		for i, row := range s.Rows {
			rows[i][j] = row[at]
		}
	}
	rows = slices.DeleteFunc(rows, func(row []engine.Value) bool {
		d := row[0].Day()
		return d != day.None && (d < b.doc.Terms.Start || b.staleRegisters() != "" && b.doc.DataTo != day.None && d > b.doc.DataTo)
	})
	return rows, len(rows) > 0
}

// points are the values of one column of rows over their first.
func points(rows [][]engine.Value, column int) []Point { return between(rows, column, column) }

// between are the points of a band between two columns.
func between(rows [][]engine.Value, low, high int) []Point {
	out := make([]Point, len(rows))
	for i, r := range rows {
		out[i] = Point{X: r[0], Low: r[low].Float(), High: r[high].Float(), Drawn: !r[low].IsNull() && !r[high].IsNull()}
	}
	return out
}

func anyDrawn(list []Point) bool {
	return slices.ContainsFunc(list, func(p Point) bool { return p.Drawn })
}

// quarter shortens a label such as 2020-Q3.
func (b *builder) quarter(label string) string {
	if year, q, ok := strings.Cut(label, "-Q"); ok {
		return b.say("%se kw. %s", "Q%s %s", q, year)
	}
	return label
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// enumerate joins phrases: a, b en c.
func (b *builder) enumerate(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + b.Pick(" en ", " and ") + list[len(list)-1]
}

// unsigned takes the sign off a number that readers see.
func unsigned(s string) string { return strings.Replace(s, "−", "", 1) }

// date is a day as a value.
func date(d day.Day) engine.Value {
	if d == day.None {
		return engine.Value{}
	}
	return engine.DateOf(d)
}
