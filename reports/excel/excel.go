// Package excel draws the steering group's workbook from the contents of the report: values with live checks
// on a sheet of their own, native charts, a sheet a subject, and the definitions. It has no words and no
// figures of its own. It also writes the list of rejected rows that goes back to those who deliver.
package excel

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/content"
	"lvv/reports/excel/workbook"
)

// book is a workbook of one report in the making.
type book struct {
	*workbook.Book
	report  *content.Report
	marking string
	defined map[string]bool // names of cells
	noted   map[string]bool // notes beneath the tables of the sheet in hand
}

const (
	firstWidth = 44.0
	otherWidth = 16.0
	textWidth  = 48.0
)

// Write writes the workbook of a report. The same report gives the same bytes. The only errors are those of w
// and of the file format.
func Write(w io.Writer, r *content.Report) error {
	b := &book{report: r, marking: strings.Join(r.Warnings, " "), defined: map[string]bool{}, noted: map[string]bool{}}
	b.Book = workbook.New(workbook.Properties{
		Title: r.Heading + ", " + r.Title, Subject: r.Pilot, Description: r.Words.CreatedFrom,
		Creator: "lvv " + r.Version, English: r.Lang == reports.English, Date: r.AsOf.Day(),
	})
	b.summary()
	b.section(&r.Notes)
	for i := range r.Sections {
		b.section(&r.Sections[i])
	}
	b.definitions()
	b.Checks(workbook.Options{
		Name: r.Words.Checks, Title: r.Words.Checks, Explain: r.Words.ChecksLead, Marking: b.marking, Widths: []float64{64, 16, 16, 14},
	})
	if err := b.Save(w); err != nil {
		return say.Errorf("write workbook of the steering group: %w", err)
	}
	return nil
}

func (b *book) summary() {
	r := b.report
	s := b.Sheet(workbook.Options{
		Name: r.Words.Summary, Title: r.Heading + " – " + r.Title, Explain: strings.Join(r.Dates, " "), Marking: b.marking,
		Widths: []float64{38, 18, 22, 14, 34, 26, 34, 60}, Lying: true,
	})
	cards := &content.Table{ID: "cards", Caption: r.Words.Short, Columns: []content.Column{{Title: r.Words.Question}, {Title: r.Words.Answer, Number: true},
		{Title: r.Words.Unit}, {Title: r.Words.Verdict}, {Title: r.Words.Rule}, {Title: r.Words.Against}, {Title: r.Words.Change}, {Title: r.Words.Explanation}}}
	for _, c := range r.Cards {
		word, rule := r.Words.NoVerdict, r.Words.NotApplicable
		if c.Verdict != nil {
			word, rule = c.Verdict.Word, c.Verdict.Rule
		}
		cards.Rows = append(cards.Rows, []content.Cell{{Text: c.Question}, c.Value, {Text: c.Unit}, {Text: word}, {Text: rule},
			{Text: c.Target}, {Text: c.Change}, {Text: c.Text}})
	}
	b.table(s, cards, "")
	b.part(s, &r.Decide)
	b.part(s, &r.Changed)
	b.part(s, &r.Trust)
	s.Section(r.Words.InThisBook)
	s.LinkTo(r.Notes.Sheet, r.Notes.Title)
	for _, sec := range r.Sections {
		s.LinkTo(sec.Sheet, sec.Title)
	}
	s.LinkTo(r.Words.Definitions, r.Words.DefinitionsLead)
	s.LinkTo(r.Words.Checks, r.Words.ChecksLead)
	verdict := "'" + r.Words.Checks + "'!$D:$D"
	s.Line(workbook.Text(r.Words.ChecksAgree), workbook.Formula("COUNTIF("+verdict+","+workbook.Quote(b.Agrees())+")", workbook.Whole))
	s.Line(workbook.Text(r.Words.ChecksDiffer), workbook.Formula("COUNTIF("+verdict+","+workbook.Quote(b.Differs())+")", workbook.Whole))
}

// section writes the sheet of a subject.
func (b *book) section(sec *content.Section) {
	widths := []float64{firstWidth, otherWidth, otherWidth, otherWidth}
	numbers := false
	for _, p := range sec.Parts {
		if p.Table == nil {
			continue
		}
		for len(widths) < len(p.Table.Columns) {
			widths = append(widths, otherWidth)
		}
		numbers = numbers || slices.ContainsFunc(p.Table.Columns, func(c content.Column) bool { return c.Number })
	}
	if !numbers { // only text
		widths[1], widths[2] = textWidth, textWidth
	}
	b.noted = map[string]bool{}
	s := b.Sheet(workbook.Options{Name: sec.Sheet, Title: sec.Title + " – " + b.report.Period, Explain: sec.Lead, Marking: b.marking, Widths: widths})
	for _, r := range sec.Remarks {
		s.Paragraph(r.From+": "+r.Text, workbook.Prose)
	}
	for i := range sec.Parts {
		b.part(s, &sec.Parts[i])
	}
}

// part writes a finding: its title, its sentences, its chart and its table.
func (b *book) part(s *workbook.Sheet, p *content.Part) {
	s.Keep(together(p))
	s.Section(p.Title)
	say := func(texts ...string) {
		for _, text := range texts {
			if text != "" {
				s.Paragraph(text, workbook.Prose)
			}
		}
	}
	say(p.Text)
	for _, item := range p.Items {
		say(item.Text)
	}
	if p.Missing != p.Text {
		say(p.Missing)
	}
	if p.Chart != nil {
		b.chart(s, p.Chart)
	}
	for _, c := range p.Multiples {
		b.chart(s, c)
	}
	if p.Table != nil {
		b.table(s, p.Table, p.Title)
	}
	say(p.Notes...)
}

// together is how many rows of a part stand on one printed page: its heading and sentences with its chart, or
// with the beginning of its table.
func together(p *content.Part) int {
	const sentences, begin = 6, 8
	rows := sentences
	if p.Chart != nil {
		return rows + 20
	}
	if p.Table != nil {
		rows += min(len(p.Table.Rows), begin)
	}
	return rows
}

// table writes a table, without its caption under a heading that says the same and with each note once a sheet,
// and records what of it can be recalculated. A cell without anything says that it does not apply.
func (b *book) table(s *workbook.Sheet, t *content.Table, heading string) {
	out := workbook.Table{Name: t.ID, Columns: lists.Map(t.Columns, func(c content.Column) string { return c.Title }), Rows: lists.Map(t.Rows, b.cells)}
	for _, note := range t.Notes {
		if !b.noted[note] {
			b.noted[note] = true
			out.Notes = append(out.Notes, note)
		}
	}
	if t.Caption != heading {
		out.Heading = t.Caption
	}
	if t.Total != nil {
		out.Total = b.cells(t.Total)
	}
	a := s.Table(out)
	b.trends(t, a)
	for i, row := range t.Rows {
		b.define(a, i, row)
		for j, c := range row {
			b.checkCell(t, a, row, out.Rows[i], i, j, c)
		}
	}
	for j, c := range t.Columns {
		if c.Adds && t.Total != nil && out.Total[j].Numeric() && a.Numeric(j) {
			b.Check(t.Caption+", "+c.Title+": "+b.report.Words.Sum, a.TotalCell(j), out.Total[j].Format(), "SUM("+a.Column(j)+")")
		}
	}
}

// checkCell records how a cell can be recalculated: as a quotient, or from other cells of its row.
func (b *book) checkCell(t *content.Table, a *workbook.Area, row []content.Cell, written []workbook.Cell, i, j int, c content.Cell) {
	what := t.Caption + ", " + row[0].Text
	if !c.Numerator.IsNull() && c.Denominator.Float() != 0 && written[j].Numeric() {
		quotient := c.Numerator.String() + "/" + c.Denominator.String()
		if c.Unit == "eur" { // rounded to cents
			quotient = "ROUND(" + quotient + ",2)"
		}
		b.Check(what, a.Cell(i, j), written[j].Format(), quotient)
	}
	from := t.Columns[j].From
	if len(from) == 0 || !written[j].Numeric() {
		return
	}
	var formula strings.Builder
	for _, term := range from {
		if !written[term.Column].Numeric() {
			return
		}
		sign := "+"
		if term.Sign < 0 {
			sign = "-"
		}
		formula.WriteString(sign + a.Cell(i, term.Column))
	}
	text := strings.TrimPrefix(formula.String(), "+")
	if c.Unit == "points" {
		text = "ROUND(100*(" + text + "),1)"
	}
	b.Check(what+": "+b.report.Words.Difference, a.Cell(i, j), written[j].Format(), text)
}

// define names the cell of a total, for the formulas of those who calculate on.
func (b *book) define(a *workbook.Area, i int, row []content.Cell) {
	for j, c := range row {
		name := "lvv_" + strings.ReplaceAll(c.Figure, ".", "_")
		if c.Figure != "" && !c.Value.IsNull() && !b.defined[name] {
			b.defined[name] = true
			a.Define(name, i, j)
		}
	}
}

func (b *book) cells(row []content.Cell) []workbook.Cell {
	return lists.Map(row, func(c content.Cell) workbook.Cell {
		text := cmp.Or(c.Text, b.report.Words.NotApplicable)
		switch {
		case len(c.Trend) > 0: // a small line, drawn over the cell
			return workbook.Cell{}
		case !c.Value.IsNull():
			return workbook.Value(c.Value, c.Unit)
		case c.Muted || c.Number:
			return workbook.Note(text)
		}
		return workbook.Text(text)
	})
}

// definitions writes what every figure of the report means.
func (b *book) definitions() {
	words := b.report.Words
	s := b.Sheet(workbook.Options{Name: words.Definitions, Title: words.Definitions, Explain: words.DefinitionsLead, Marking: b.marking,
		Widths: []float64{30, 54, 10, 30, 30, 26}, Lying: true})
	t := workbook.Table{Name: "definitions", Columns: []string{words.Figure, words.Meaning, words.Article, words.Numerator, words.Denominator, words.ID}}
	for _, area := range b.report.Definitions {
		for _, e := range area.Entries {
			texts := []string{e.Title, e.Text, e.Article, e.Numerator, e.Denominator, e.ID}
			t.Rows = append(t.Rows, lists.Map(texts, func(text string) workbook.Cell { return workbook.Text(cmp.Or(text, words.NotApplicable)) }))
		}
	}
	s.Table(t).FreezeHeader()
}
