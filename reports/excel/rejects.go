package excel

import (
	"fmt"
	"io"
	"iter"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/excel/workbook"
)

// rejectsShown is how many faults the workbook lists; quarantine.csv has them all. A person works
// through fewer.
const rejectsShown = 200_000

// WriteRejects writes afgekeurd.xlsx: what was rejected, where it stands in the source, and what to do
// about it, in the order of the source. It goes back to those who deliver, and holds no identifiers.
func WriteRejects(w io.Writer, r *ingest.Result, lang reports.Lang) error {
	return writeRejects(w, r.Rejects.All(), r.Rejects.Len(), lang)
}

func writeRejects(w io.Writer, rejects iter.Seq[ingest.Reject], n int, lang reports.Lang) error {
	b := workbook.New(workbook.Properties{
		Title: lang.Pick("Afgekeurde rijen", "Rejected rows"), Creator: "lvv", English: lang == reports.English,
		Date: day.Of(2000, 1, 1), // the same rows give the same bytes, whenever they are read
	})
	explain := lang.Pick("Deze rijen tellen niet mee tot ze zijn verbeterd. Verbeter ze in het register zelf en lever het bestand opnieuw aan. Een rij met meer fouten staat er meer keren. Waarden van namen, zaak- en V-nummers worden niet herhaald.",
		"These rows do not count until they are mended. Mend them in the register itself and deliver the file again. A row with several faults is listed several times. Values of names, case numbers and V-numbers are not repeated.")
	if n > rejectsShown {
		explain += fmt.Sprintf(lang.Pick(" Van de %s fouten staan hier de eerste %s; quarantine.csv bevat ze alle.", " Of %s faults the first %s are listed; quarantine.csv has them all."),
			lang.Count(int64(n)), lang.Count(rejectsShown))
	}
	l := b.LongSheet(workbook.Options{
		Name: lang.Pick("Afgekeurd", "Rejected"), Title: lang.Pick("Afgekeurde rijen", "Rejected rows"), Explain: explain, Lying: true,
		Widths: []float64{30, 18, 10, 24, 24, 36, 36, 44},
	}, []string{
		lang.Pick("Bestand", "File"), lang.Pick("Blad", "Sheet"), lang.Pick("Rij", "Row"), lang.Pick("Kolom", "Column"), lang.Pick("Waarde", "Value"),
		lang.Pick("Wat is er mis", "What is wrong"), lang.Pick("Wat was verwacht", "What was expected"), lang.Pick("Wat te doen", "What to do"),
	})
	for r := range rejects {
		if l.Len() == rejectsShown {
			break
		}
		wrong, expected, do := ingest.Explain(r.Reason, field(r), string(lang))
		l.Row(workbook.Text(r.File), workbook.Text(r.Sheet), workbook.Count(r.Line), workbook.Text(r.Header), workbook.Text(r.Value),
			workbook.Text(wrong), workbook.Text(expected), workbook.Text(do))
	}
	l.Done("afgekeurd")
	if err := b.Save(w); err != nil {
		return say.Errorf("write rejected rows: %w", err)
	}
	return nil
}

// field is the field that a reject is about, or nil for the row as a whole.
func field(r ingest.Reject) *ingest.Field {
	if t := ingest.TableNamed(r.Table); t != nil {
		return t.Field(r.Field)
	}
	return nil
}
