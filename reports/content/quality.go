package content

import (
	"cmp"
	"fmt"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform"
	"lvv/transform/engine"
)

func (b *builder) changesSection() Section {
	s := Section{ID: "restatements", Title: b.Pick("Correcties op eerdere rapporten", "Corrections of earlier reports"), Sheet: b.Pick("Correcties", "Corrections"),
		Lead: b.Pick("Registers worden achteraf aangevuld. Daarom rekenen we eerdere periodes opnieuw uit, en noemen we elk cijfer dat anders is geworden.",
			"Registers are completed later. Earlier periods are therefore computed again, and every figure that has changed is named."),
		Parts: []Part{b.correctedPart()}}
	if rows := b.rowChanges(); rows != nil {
		s.Parts = append(s.Parts, Part{ID: rows.ID, Title: rows.Caption, Table: rows, Text: b.Pick(
			"De regels die per register zijn overgenomen. Een deel van de nieuwe regels gaat over de tijd na het eerdere rapport. Ook bij een gelijk aantal kan een regel zijn veranderd.",
			"The rows of each register that were accepted. Some of the new rows are about the time after the earlier report. A row may have changed where the number has not.")})
	}
	return s
}

// correctedPart lists the corrections, or says that there are none.
func (b *builder) correctedPart() Part {
	p := Part{ID: "corrected", Title: b.Pick("Gecorrigeerde cijfers", "Corrected figures"), Text: b.withheldChanges()}
	if len(b.doc.Changes) == 0 {
		if p.Text == "" {
			p.Text = b.Pick("Er zijn geen correcties.", "There are no corrections.")
		}
		return p
	}
	t := &Table{ID: p.ID, Caption: p.Title, Columns: []Column{{Title: b.Pick("Cijfer", "Figure")}, {Title: b.Pick("Rapport over", "Report on")},
		{Title: b.Pick("Was", "Was"), Number: true}, {Title: b.Pick("Is nu", "Is now"), Number: true}}}
	for _, c := range b.doc.Changes {
		now := b.sideOfChange(c.Is, c.Unit)
		if c.Hidden {
			now = instead(b.StatusText(transform.Suppressed))
		}
		t.Rows = append(t.Rows, []Cell{text(b.titled(c.ID, c.Dims)), text(upperFirst(b.PeriodLabel(c.Period))), b.sideOfChange(c.Was, c.Unit), now})
	}
	if slices.ContainsFunc(b.doc.Changes, func(c published.Change) bool { return c.Hidden }) {
		t.Notes = append(t.Notes, b.Pick("Niet getoond: het cijfer is veranderd. De nieuwe waarde staat er niet, omdat er een klein aantal uit af te leiden kan zijn.",
			"Not shown: the figure has changed. Its new value is left out, because a small number might be derived from it."))
	}
	if p.Text != "" {
		t.Notes = append(t.Notes, p.Text)
	}
	p.Text = b.say("Aantal cijfers dat is gecorrigeerd: %s.", "Figures corrected: %s.", b.Count(int64(len(b.doc.Changes))))
	p.Table = t
	return p
}

func (b *builder) sideOfChange(v engine.Value, unit string) Cell {
	return b.valueOr(v, unit, b.Pick("geen cijfer", "no figure"))
}

// rowChanges sets the rows that the earlier reports rested on beside those of today; nil without such a report.
func (b *builder) rowChanges() *Table {
	if len(b.doc.Rows) == 0 {
		return nil
	}
	t := &Table{ID: "row-changes", Caption: b.Pick("Regels waar het rapport toen op rustte, en waar het nu op rust", "Rows that the report rested on then, and rests on now"),
		Columns: []Column{{Title: "Register"}, {Title: b.Pick("Rapport over", "Report on")}, {Title: b.Pick("Regels toen", "Rows then"), Number: true},
			{Title: b.Pick("Regels nu", "Rows now"), Number: true}, {Title: b.Pick("Verschil", "Difference"), Number: true, From: []Term{{3, 1}, {2, -1}}}}}
	for _, c := range b.doc.Rows {
		side := func(v engine.Value) Cell {
			return b.valueOr(v, "count", b.Pick("niet aangeleverd", "not delivered"))
		}
		difference := b.notApplicable()
		if v := transform.RowChangeOf(c.Period, c.Table, c.Was, c.Is).Difference; !v.IsNull() {
			difference = b.valueCell(v, "count")
		}
		t.Rows = append(t.Rows, []Cell{text(reports.TableLabel(c.Table, b.Lang)), text(upperFirst(b.PeriodLabel(c.Period))), side(c.Was), side(c.Is), difference})
	}
	return t
}

func (b *builder) qualitySection() Section {
	s := Section{ID: "quality", Title: b.Pick("Kwaliteit van de gegevens", "Quality of the data"), Sheet: b.Pick("Gegevenskwaliteit", "Data quality"),
		Lead: b.Pick("Elke regel uit de registers is overgenomen, of afgekeurd omdat er iets niet klopt, of stond er al.",
			"Every row of the registers was accepted, or quarantined because something is wrong, or was there already.")}
	rows := &Table{ID: "rows", Caption: b.Pick("Wat er met de regels is gebeurd", "What became of the rows"), Columns: head("Register",
		b.Pick("Gelezen", "Read"), b.Pick("Overgenomen", "Accepted"), b.Pick("Afgekeurd", "Quarantined"), b.Pick("Dubbel", "Duplicate"))}
	rows.Columns[1].From = []Term{{2, 1}, {3, 1}, {4, 1}}
	for _, t := range b.doc.Quality.Tables {
		r := []Cell{text(reports.TableLabel(t.Table, b.Lang))}
		for i, n := range []int64{t.Read, t.Accepted, t.Quarantined, t.Duplicates} {
			switch {
			case t.Withheld:
				r = append(r, instead(b.StatusText(transform.Suppressed)))
			case t.Delivered:
				r = append(r, b.valueCell(engine.CountOf(n), "count"))
			case i == 0:
				r = append(r, instead(b.Pick("niet aangeleverd", "not delivered")))
			default:
				r = append(r, b.notApplicable())
			}
		}
		rows.Rows = append(rows.Rows, r)
	}
	if slices.ContainsFunc(b.doc.Quality.Tables, func(t published.TableCount) bool { return t.Withheld }) {
		rows.Notes = append(rows.Notes, b.Pick("Niet getoond: uit het aantal regels zou een aantal te berekenen zijn dat dit rapport niet noemt. De databeheerder heeft het.",
			"Not shown: a number that this report does not tell could be worked out from the number of rows. The data steward has it."))
	}
	if len(rows.Rows) > 0 {
		s.Parts = append(s.Parts, Part{ID: rows.ID, Title: rows.Caption, Table: rows})
	}
	s.Parts = append(s.Parts, b.findings())
	return s
}

// findings lists what stood out, but nothing about people: that there are some, or none, could give small counts away.
func (b *builder) findings() Part {
	t := &Table{ID: "findings", Caption: b.Pick("Wat opviel in de gegevens", "What stood out in the data"),
		Columns: []Column{{Title: b.Pick("Opmerking", "Remark")}, {Title: b.Pick("Ernst", "Severity")}, {Title: b.Pick("Regels", "Rows"), Number: true}}}
	part := Part{ID: t.ID, Title: t.Caption, Table: t, Text: b.Pick(
		"Of er opmerkingen zijn over wat bij mensen is vastgelegd, staat hier nooit: ook dat er geen zijn, zou een klein aantal mensen kunnen verraden. De databeheerder heeft ze.",
		"Whether there are remarks on what is on record about people is never said here: that there are none, too, could give a small count of people away. The data steward has them.")}
	t.Rows = lists.Map(b.doc.Quality.Findings, func(f published.Finding) []Cell {
		return []Cell{text(f.Title), text(b.severity(f.Severity)), b.valueCell(engine.CountOf(f.Count), "count")}
	})
	if len(t.Rows) == 0 {
		part.Text, part.Table = b.Pick("Er viel niets op dat we hier noemen.", "Nothing stood out that is told here.")+" "+part.Text, nil
	}
	return part
}

func (b *builder) severity(s string) string {
	nl := map[string]string{"high": "ernstig", "warning": "waarschuwing", "note": "aandachtspunt"}
	return b.Pick(cmp.Or(nl[s], s), s)
}

func (b *builder) words() Words {
	p := b.Pick
	return Words{
		Skip: p("Naar de inhoud", "Skip to the contents"), Contents: p("Inhoud", "Contents"), Short: p("In het kort", "In short"),
		Definitions:     p("Begrippen", "Definitions"),
		DefinitionsLead: p("Wat elk cijfer betekent, met het artikel van het convenant. Pagina en werkmap gebruiken dezelfde omschrijving.", "What every figure means, with the article of the covenant. Page and workbook use the same definitions."),
		SeeTable:        p("Bekijk de cijfers als tabel", "See the figures as a table"), Note: p("Let op.", "Note."),
		Article: p("Art.", "Art."), Numerator: p("Teller", "Numerator"), Denominator: p("Noemer", "Denominator"),
		Link: p("Koppeling naar", "Link to"), Print: p("Samenvatting van twee pagina's om af te drukken", "Summary of two pages to print"),
		See: p("Bekijk", "See"), Verdict: p("Oordeel", "Verdict"), Rule: p("Volgens welke regel", "By which rule"), NoVerdict: p("geen oordeel", "no verdict"),
		Certain: p("Aantal, of ten minste", "Number, or at least"), Room: p("Ruimte tot ten hoogste", "Room up to at most"), Day: p("Dag", "Day"),
		Quarter: p("Kwartaal", "Quarter"), MadeWith: p("Gemaakt met", "Made with"),
		Summary: p("Samenvatting", "Summary"), Question: p("Vraag", "Question"), Answer: p("Antwoord", "Answer"), Unit: p("Wat het is", "What it is"),
		Against: p("Afgezet tegen", "Set against"), Change: p("Verandering", "Change"), Explanation: p("Uitleg", "Explanation"),
		InThisBook: p("In deze werkmap", "In this workbook"), Figure: p("Cijfer", "Figure"), Meaning: p("Wat het betekent", "What it means"),
		ID: p("Kenmerk in de gegevens", "Id in the data"), Checks: p("Controles", "Checks"),
		ChecksLead: p("Uw eigen rekenprogramma rekent hier na wat de andere bladen vermelden. Waar een aantal niet precies is getoond, valt niets na te rekenen; die staan hier niet bij.",
			"Your own spreadsheet program recalculates here what the other sheets state. Where a number is not shown exactly there is nothing to recalculate; those are not listed."),
		ChecksAgree: p("Controles die kloppen", "Checks that agree"), ChecksDiffer: p("Controles die afwijken", "Checks that differ"),
		Sum: p("som van de rijen", "sum of the rows"), Difference: p("som binnen de rij", "sum within the row"),
		NotApplicable: b.notApplicable().Text,
		CreatedFrom:   fmt.Sprintf(p("Stand op %s", "As known on %s"), b.asOf()),
		Live: LiveWords{Tools: p("Betekenis, bewaren en delen", "Meaning, saving and sharing"),
			Arrows: p("Grafiek; met de pijltjestoetsen leest u de waarden", "Chart; the arrow keys read out the values"), Series: p("grafiek", "chart"),
			DataCSV: p("Grafiek als CSV", "Chart as CSV"), TableCSV: p("Tabel als CSV", "Table as CSV"), PNG: p("Grafiek als PNG", "Chart as PNG"),
			Link: p("Kopieer koppeling", "Copy link"), Copied: p("Gekopieerd", "Copied"),
			Aside:  p("Schuif de tabel opzij voor alle kolommen.", "Scroll the table sideways for all columns."),
			Search: p("Zoek in de begrippen", "Search the definitions"), Hits: p("Gevonden begrippen: %d", "Definitions found: %d")},
	}
}
