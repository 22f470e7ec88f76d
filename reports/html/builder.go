package html

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/reports"
	"lvv/sql"
	"lvv/transform"
)

// builder chooses and phrases: it turns figures into sections. It never adds up or divides.
type builder struct {
	doc     *reports.Document
	results *transform.Results
	lang    reports.Lang
	minCell int

	catalogue *sql.Catalogue
}

func newBuilder(d *reports.Document) (*builder, error) {
	c, err := sql.Load()
	if err != nil {
		return nil, err
	}
	return &builder{doc: d, results: d.Published.Results(), lang: d.Lang, minCell: d.Published.MinCell, catalogue: c}, nil
}

// say fills in the Dutch or the English sentence.
func (b *builder) say(nl, en string, args ...any) string {
	return fmt.Sprintf(b.lang.Pick(nl, en), args...)
}

func (b *builder) figure(id string, dims ...string) *transform.Figure {
	return b.results.Figure(id, dims...)
}

// value writes a total, or what its status means.
func (b *builder) value(id string) string {
	return b.lang.Figure(b.figure(id), b.minCell)
}

// has reports whether every one of the totals has a value.
func (b *builder) has(ids ...string) bool {
	for _, id := range ids {
		if !known(b.figure(id)) {
			return false
		}
	}
	return true
}

// known reports whether the figure has a value that may be said.
func known(f *transform.Figure) bool { return f != nil && f.Status == "" && !f.Value.IsNull() }

// why says why a figure has no value, as a sentence.
func (b *builder) why(f *transform.Figure) string { return b.lang.Missing(f) }

// label is what readers call a value of a dimension.
func (b *builder) label(dim, value string) string { return reports.Label(dim, value, b.lang) }

// cellOf writes a figure into a table, which explains its mark.
func (b *builder) cellOf(t *table, f *transform.Figure) cell {
	t.figures = append(t.figures, f)
	return cell{Text: b.lang.Figure(f, b.minCell), Number: true, Muted: !known(f), Spoken: b.lang.Spoken(f)}
}

// explain puts what the marks of a table mean before its other notes.
func (b *builder) explain(t *table) {
	if t != nil {
		t.Notes = append(b.lang.TableNotes(b.doc.Published, t.figures, t.Total != nil), t.Notes...)
	}
}

func (b *builder) valueCell(v transform.Value, unit string) cell {
	if v.IsNull() {
		return cell{Text: "–", Number: true, Muted: true}
	}
	return cell{Text: b.lang.Value(v, unit), Number: true}
}

func text(s string) cell { return cell{Text: s} }

// column is one column of figures in a table of a breakdown.
type column struct {
	title string
	id    string
}

// breakdown makes a table with a row for each value of the dimension, in the order of the first
// column's figures, and the totals beneath.
func (b *builder) breakdown(caption, dim string, columns ...column) *table {
	t := &table{Caption: caption, Head: []string{upperFirst(reports.Dimension(dim, b.lang))}}
	var values []string
	seen := map[string]bool{}
	for _, c := range columns {
		t.Head = append(t.Head, c.title)
		for _, f := range b.results.Breakdown(c.id, dim) {
			if v := f.Dim(dim); !seen[v] {
				seen[v] = true
				values = append(values, v)
			}
		}
	}
	for _, v := range values {
		row := []cell{text(b.label(dim, v))}
		for _, c := range columns {
			row = append(row, b.part(t, c.id, dim, v))
		}
		t.Rows = append(t.Rows, row)
	}
	total := []cell{text(b.lang.Pick("Totaal", "Total"))}
	for _, c := range columns {
		total = append(total, b.cellOf(t, b.figure(c.id)))
	}
	t.Total = total
	return t
}

// part writes one part of a breakdown. A value that the figure is not broken down by, while it is by
// others, does not apply.
func (b *builder) part(t *table, id, dim, value string) cell {
	f := b.figure(id, dim, value)
	if f == nil && len(b.results.Breakdown(id, dim)) > 0 {
		return cell{Text: b.lang.Pick("n.v.t.", "n/a"), Number: true, Muted: true, Spoken: b.lang.Pick("niet van toepassing", "not applicable")}
	}
	return b.cellOf(t, f)
}

// bars makes a picture of a breakdown as horizontal bars. With skipZero, values whose count is 0 are
// left out of the picture and stay in its table.
func (b *builder) bars(p *picture, id, dim string, skipZero bool, t *table) *picture {
	p.Table = t
	figures := b.highest(p, b.results.Breakdown(id, dim))
	var names []string
	s := barSeries{colour: colour(1)}
	drawn, hidden := false, false
	for i := range figures {
		f := &figures[i]
		if skipZero && known(f) && f.Value.Float() == 0 {
			continue
		}
		bar := b.barOf(f)
		drawn, hidden = drawn || bar.hidden || !bar.value.IsNull(), hidden || bar.hidden
		names = append(names, b.label(dim, f.Dim(dim)))
		s.bars = append(s.bars, bar)
	}
	if !drawn || none(figures) {
		p.Missing = b.nothing(b.figure(id), figures)
		return p
	}
	unit := "count"
	if figures[0].Unit == "ratio" {
		unit = "percent"
	}
	p.drawing = barChart(axis{format: unit, min: 0}, names, []barSeries{s}, false)
	p.Height = barHeight(len(names))
	if hidden {
		p.Legend = append(p.Legend, b.hiddenKey())
	}
	return p
}

// maxBars is how many bars a reader still tells apart.
const maxBars = 30

// highest keeps the highest known parts of a breakdown that is too long to draw, in their order, and
// says so under the picture.
func (b *builder) highest(p *picture, parts []transform.Figure) []transform.Figure {
	if len(parts) <= maxBars {
		return parts
	}
	var order []int
	for i := range parts {
		if known(&parts[i]) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(parts[j].Value.Float(), parts[i].Value.Float()) })
	order = order[:min(len(order), maxBars)]
	slices.Sort(order)
	kept := make([]transform.Figure, len(order))
	for i, j := range order {
		kept[i] = parts[j]
	}
	if len(kept) > 0 {
		p.Notes = append(slices.Clone(p.Notes), b.say("Het plaatje toont de %s hoogste van %s; de tabel toont ze alle.",
			"The picture shows the %s highest of %s; the table has them all.",
			b.lang.Count(int64(len(kept))), b.lang.Count(int64(len(parts)))))
	}
	return kept
}

// nothing says why a breakdown has nothing to draw.
func (b *builder) nothing(total *transform.Figure, parts []transform.Figure) string {
	if known(total) && total.Value.Float() == 0 || none(parts) {
		return b.noneInPeriod()
	}
	if len(parts) > 0 && !known(&parts[0]) {
		return b.why(&parts[0])
	}
	if total != nil && !known(total) {
		return b.why(total)
	}
	return b.why(nil)
}

// none reports whether figures are counts that are all known to be 0.
func none(figures []transform.Figure) bool {
	for i := range figures {
		if f := &figures[i]; f.Unit != "count" || !known(f) || f.Value.Float() != 0 {
			return false
		}
	}
	return len(figures) > 0
}

func (b *builder) noneInPeriod() string {
	return b.lang.Pick("In deze periode waren er geen.", "There were none in this period.")
}

func (b *builder) noneSinceStart() string {
	return b.lang.Pick("Sinds het begin van de pilot waren er geen.", "There have been none since the start of the pilot.")
}

func (b *builder) hiddenKey() key {
	return key{Mark: "hatched", Text: b.lang.Pick(
		"gearceerd: niet getoond, de lengte zegt niets over het aantal",
		"hatched: not shown, the length says nothing about the number")}
}

// change phrases what happened to a main figure since the period before: an arrow and a sentence.
// There is no arrow where there is nothing to compare, and no sentence either in the first period.
func (b *builder) change(id, unit string) (arrow, sentence string) {
	for _, c := range b.results.Changes {
		if c.ID != id {
			continue
		}
		before, then := b.lang.ThePeriod(c.Period), b.lang.InPeriod(c.Period)
		if c.Difference.IsNull() {
			return "", b.say("niet te vergelijken met %s", "cannot be compared with %s", before)
		}
		d := c.Difference.Float()
		size := b.size(c.Difference, unit)
		was := b.lang.Value(c.Was, unit)
		switch {
		case c.Difference.Kind() == transform.Real && d != 0 && size == b.size(transform.RealOf(0), unit):
			return "level", b.say("vrijwel gelijk aan %[1]s (%[3]s)", "nearly the same as %[2]s (%[3]s)", before, then, was)
		case d > 0:
			return "up", b.say("%s meer dan %s (%s)", "%s more than %s (%s)", size, then, was)
		case d < 0:
			return "down", b.say("%s minder dan %s (%s)", "%s less than %s (%s)", size, then, was)
		}
		return "level", b.lang.Pick("gelijk aan "+before, "the same as "+then)
	}
	return "", ""
}

// size writes a difference without its sign; of ratios in percentage points.
func (b *builder) size(v transform.Value, unit string) string {
	if unit == "ratio" {
		return strings.TrimSuffix(unsigned(b.lang.Percent(v.Float(), 1)), "%") + b.lang.Pick(" procentpunt", " percentage points")
	}
	return unsigned(b.lang.Value(v, unit))
}

func unsigned(s string) string { return strings.Replace(s, "−", "", 1) }

// during says when something was that belongs to the reporting period: in het derde kwartaal van 2020.
func (b *builder) during() string { return b.lang.InPeriod(b.results.Period.Label) }

func (b *builder) asOf() string { return b.lang.DateLong(b.results.Period.AsOf) }

// series returns the series if it has rows and all the columns, in their given order.
func (b *builder) series(id string, columns ...string) ([][]transform.Value, bool) {
	s := b.results.SeriesNamed(id)
	if s == nil || len(s.Rows) == 0 {
		return nil, false
	}
	index := make([]int, len(columns))
	for i, name := range columns {
		index[i] = -1
		for j, c := range s.Columns {
			if c == name {
				index[i] = j
			}
		}
		if index[i] < 0 {
			return nil, false
		}
	}
	rows := make([][]transform.Value, len(s.Rows))
	for i, row := range s.Rows {
		rows[i] = make([]transform.Value, len(columns))
		for j, k := range index {
			rows[i][j] = row[k]
		}
	}
	return rows, true
}

// pick returns one column of rows.
func pick(rows [][]transform.Value, column int) []transform.Value {
	out := make([]transform.Value, len(rows))
	for i, r := range rows {
		out[i] = r[column]
	}
	return out
}

// positions returns the first column as positions on an axis: days as numbers, dates as milliseconds.
func positions(rows [][]transform.Value) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		out[i] = position(r[0])
	}
	return out
}

func position(v transform.Value) float64 {
	if d := v.Day(); d != day.None {
		return milliseconds(d)
	}
	return v.Float()
}

func milliseconds(d day.Day) float64 { return float64(d.Time().UnixMilli()) }

// allNull reports whether a column holds nothing.
func allNull(values []transform.Value) bool {
	for _, v := range values {
		if !v.IsNull() {
			return false
		}
	}
	return true
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// enumerate joins phrases: a, b en c.
func (b *builder) enumerate(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + b.lang.Pick(" en ", " and ") + list[len(list)-1]
}

// top phrases the parts of a breakdown that are certainly the largest, with their numbers: at most n.
func (b *builder) top(id, dim string, n int) []string {
	var list []string
	for _, f := range reports.Largest(b.results.Breakdown(id, dim), b.figure(id), b.minCell, n) {
		list = append(list, fmt.Sprintf("%s (%s)", b.label(dim, f.Dim(dim)), b.lang.Figure(f, b.minCell)))
	}
	return list
}

// unsaid says that the largest part of a breakdown cannot be told; empty where none is hidden.
func (b *builder) unsaid(id string, dims ...string) string {
	if !reports.AnyHidden(b.results.Breakdown(id, dims...)) {
		return ""
	}
	return b.lang.Pick("Wat het vaakst voorkwam, is niet te zeggen: niet elk aantal wordt getoond.",
		"Which came most often cannot be said: not every number is shown.")
}
