package excel

import (
	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/sql"
)

// title is what readers call a figure; one that the catalogue does not know keeps its id.
func (r *report) title(id string) string {
	if f := r.catalogue.Figure(id); f != nil {
		return f.Title.In(string(r.lang))
	}
	return id
}

// unit is that of a figure.
func (r *report) unit(id string) string {
	if f := r.catalogue.Figure(id); f != nil {
		return f.Unit
	}
	return "count"
}

// value names a value of one of a figure's dimensions.
func (r *report) value(id, dim, value string) string {
	if text := r.catalogue.Label(id, dim, value).In(string(r.lang)); text != value {
		return text
	}
	return reports.Label(dim, value, r.lang)
}

// definitions writes the catalogue: what every figure of the report means.
func (r *report) definitions() {
	s := r.book.Sheet(workbook.Options{
		Name: r.sheetNames().definitions, Title: r.pick("Definities", "Definitions"),
		Explain: r.pick("Elk cijfer heeft één definitie. Het artikel is dat van het convenant; teller en noemer staan erbij waar gedeeld wordt.",
			"Every figure has one definition. The article is that of the covenant; numerator and denominator are given where one divides."),
		Widths: []float64{30, 54, 10, 30, 30, 26}, Lying: true,
	})
	t := workbook.Table{Name: "definities", Columns: []string{
		r.pick("Cijfer", "Figure"), r.pick("Wat het betekent", "What it means"), r.pick("Artikel", "Article"),
		r.pick("Teller", "Numerator"), r.pick("Noemer", "Denominator"), r.pick("Kenmerk in de gegevens", "Id in the data"),
	}}
	in := func(x sql.Text) workbook.Cell { return workbook.Text(x.In(string(r.lang))) }
	for i := range r.catalogue.Figures {
		f := &r.catalogue.Figures[i]
		if f.Area == "amif" {
			continue // the AMIF account has its own definitions
		}
		t.Rows = append(t.Rows, []workbook.Cell{
			in(f.Title), in(f.Definition), workbook.Text(f.Article), in(f.Numerator), in(f.Denominator), workbook.Text(f.ID),
		})
	}
	s.Table(t).FreezeHeader()
}
