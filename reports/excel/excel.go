// Package excel writes the steering group's workbook: the figures as values with live check formulas
// beside them, one sheet a subject with native charts, and the definitions. It also writes the list
// of rejected rows that goes back to those who deliver.
package excel

import (
	"fmt"
	"io"

	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/sql"
	"lvv/transform"
)

// report is a workbook of one document in the making.
type report struct {
	doc  *reports.Document
	res  *transform.Results
	lang reports.Lang
	book *workbook.Book

	catalogue *sql.Catalogue
}

// Write writes the workbook of a document. The same document gives the same bytes. The only errors
// are those of w and of the file format; figures that are missing or hidden are written as such.
func Write(w io.Writer, d *reports.Document) error {
	r := &report{doc: d, res: d.Published.Results(), lang: d.Lang}
	if err := r.load(); err != nil {
		return err
	}
	title := r.pick("Rapportage stuurgroep Pilot-LVV ", "Steering group report, LVV pilot ") + r.res.Pilot
	r.book = workbook.New(workbook.Properties{
		Title:       title + ", " + r.lang.Period(r.res.Period),
		Subject:     r.pick("Convenant Pilot-LVV", "Covenant on the LVV pilot"),
		Description: r.pick("Stand op ", "As known on ") + r.lang.DateLong(r.res.Period.AsOf),
		Creator:     "lvv " + d.Version,
		English:     d.Lang == reports.English,
		Date:        r.res.Period.AsOf,
	})
	r.summary(title)
	r.occupancy()
	r.daily()
	r.inflow()
	r.outflow()
	r.durable()
	r.duration()
	r.guidance()
	r.subgoals()
	r.funding()
	r.quality()
	r.corrections()
	r.definitions()
	r.book.Checks(workbook.Options{
		Name:  r.sheetNames().checks,
		Title: r.pick("Narekenen", "Recalculation"),
		Explain: r.pick("Uw eigen rekenprogramma telt hier na wat de andere bladen vermelden. Kleine aantallen die niet getoond worden, kunnen niet worden nageteld; die tabellen staan hier niet bij.",
			"Your own spreadsheet program recalculates here what the other sheets state. Small numbers that are not shown cannot be added up; those tables are not listed."),
		Widths: []float64{64, 16, 16, 14},
	})
	if err := r.book.Save(w); err != nil {
		return fmt.Errorf("write workbook of the steering group: %w", err)
	}
	return nil
}

// load reads the catalogue of figures.
func (r *report) load() (err error) {
	r.catalogue, err = sql.Load()
	return err
}

// names are those of the sheets, to which the summary links.
type names struct {
	summary, occupancy, daily, inflow, outflow, durable, duration, guidance string
	subgoals, funding, quality, corrections, definitions, checks            string
}

func (r *report) sheetNames() names {
	if r.lang == reports.English {
		return names{"Summary", "Occupancy", "Occupancy by day", "Inflow", "Outflow", "Durable solutions", "Duration",
			"Guidance and decisions", "Sub-objectives", "Funding", "Data quality", "Corrections", "Definitions", "Checks"}
	}
	return names{"Samenvatting", "Bezetting", "Bezetting per dag", "Instroom", "Uitstroom", "Bestendige oplossingen", "Duur",
		"Begeleiding en besluiten", "Subdoelen", "Financiering", "Gegevenskwaliteit", "Correcties", "Definities", "Controles"}
}

// pick returns the Dutch or the English text.
func (r *report) pick(nl, en string) string { return r.lang.Pick(nl, en) }
