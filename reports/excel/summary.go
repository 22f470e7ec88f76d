package excel

import (
	"fmt"

	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// keyFigures are the figures that the covenant turns on, each with the figure that it is held against.
var keyFigures = []struct{ id, stat, target string }{
	{id: "occupancy.rate"},
	{id: "durable.cases", target: "durable.target"},
	{id: "durable.cases", target: "durable.expected"},
	{id: "durable.cases_in_period"},
	{id: "durable.share_strict"},
	{id: "durable.share_broad"},
	{id: "duration.survival_median", stat: "estimate"},
	{id: "funding.entitlement"},
	{id: "funding.received_to_date", target: "funding.entitlement_to_date"},
	{id: "funding.per_occupied_night"},
}

func (r *report) summary(title string) {
	s := r.book.Sheet(workbook.Options{
		Name: r.sheetNames().summary, Title: title,
		Explain: fmt.Sprintf(r.pick("Verslag over %s (%s), met wat op %s bekend was. Cijfers zijn waarden; het blad %s rekent ze na. Elk begrip staat uitgelegd op het blad %s.",
			"Report on %s (%s), as known on %s. Figures are values; the sheet %s recalculates them. Every term is explained on the sheet %s."),
			r.lang.Period(r.res.Period), r.lang.Range(r.res.Period.From, r.res.Period.To), r.lang.DateLong(r.res.Period.AsOf),
			r.sheetNames().checks, r.sheetNames().definitions),
		Marking: r.marking(),
		Widths:  []float64{40, 18, 18, 34},
	})
	r.keyFigures(s)
	r.changes(s)
	r.basis(s)
	r.contents(s)
}

func (r *report) keyFigures(s *workbook.Sheet) {
	t := workbook.Table{Name: "kerncijfers", Heading: r.pick("De kerncijfers", "The key figures"), Columns: []string{
		r.pick("Kerncijfer", "Key figure"), r.pick("Waarde", "Value"), r.pick("Afgezet tegen", "Set against"), r.pick("Wat dat is", "What that is"),
	}}
	for _, k := range keyFigures {
		f := r.res.Figure(k.id)
		if k.stat != "" {
			f = r.res.Figure(k.id, "stat", k.stat)
		}
		row := []workbook.Cell{workbook.Text(r.title(k.id)), r.cell(f), {}, {}}
		switch {
		case k.target != "":
			row[2], row[3] = r.at(k.target), workbook.Text(r.title(k.target))
		case k.id == "occupancy.rate":
			row[2], row[3] = workbook.Number(1, workbook.Percent), workbook.Text(r.pick("alle afgesproken plaatsen, elke nacht", "all agreed places, every night"))
		}
		t.Rows = append(t.Rows, row)
	}
	a := s.Table(t)
	for i, k := range keyFigures {
		if i == 0 || keyFigures[i-1].id != k.id {
			a.Define("lvv_"+underscored(k.id), i, 1)
		}
	}
}

// underscored spells an id as a defined name.
func underscored(id string) string {
	out := []byte(id)
	for i, c := range out {
		if c == '.' {
			out[i] = '_'
		}
	}
	return string(out)
}

func (r *report) changes(s *workbook.Sheet) {
	if len(r.res.Changes) == 0 {
		return
	}
	before := r.lang.PeriodLabel(r.res.Changes[0].Period)
	t := workbook.Table{Name: "verandering", Heading: r.pick("Verandering sinds de vorige periode", "Change since the period before"), Columns: []string{
		r.pick("Cijfer", "Figure"), r.lang.Period(r.res.Period), before, r.pick("Verschil", "Difference"),
	}}
	for _, c := range r.res.Changes {
		unit := r.unit(c.ID)
		t.Rows = append(t.Rows, []workbook.Cell{
			workbook.Text(r.title(c.ID)), r.compared(&c, c.Is, unit), r.compared(&c, c.Was, unit), r.compared(&c, c.Difference, unit),
		})
	}
	a := s.Table(t)
	for i, c := range r.res.Changes {
		if !c.Is.IsNull() && !c.Was.IsNull() && !c.Difference.IsNull() && t.Rows[i][3].Numeric() {
			r.book.Check(r.title(c.ID)+": "+r.pick("verschil met de vorige periode", "difference from the period before"),
				a.Cell(i, 3), t.Rows[i][3].Format(), a.Cell(i, 1)+"-"+a.Cell(i, 2))
		}
	}
}

// compared is one side of a change, or the words for why it has no value.
func (r *report) compared(c *transform.Change, v transform.Value, unit string) workbook.Cell {
	if v.IsNull() {
		return workbook.Note(r.lang.Compared(c, v, unit))
	}
	return workbook.Value(v, unit)
}

// restated is one side of a correction: a value, or a mark.
func (r *report) restated(v transform.Value, unit string) workbook.Cell {
	if v.IsNull() || v.Kind() == transform.Text {
		return workbook.Note(r.lang.Restated(v, unit))
	}
	return workbook.Value(v, unit)
}

// basis says what the figures rest on.
func (r *report) basis(s *workbook.Sheet) {
	t := r.tableCounts()
	t.Heading = r.pick("Waar de cijfers op rusten", "What the figures rest on")
	t.Name, t.Columns = "herkomst", t.Columns[:4]
	for i, row := range t.Rows {
		t.Rows[i] = row[:min(4, len(row))]
	}
	s.Table(t)
	if n := r.doc.Published.Hidden; n > 0 {
		s.Paragraph(r.lang.HiddenHint(r.doc.Published)+" "+fmt.Sprintf(r.pick("Aantal cijfers dat zo is weggelaten: %s.", "Figures left out in this way: %s."),
			r.lang.Count(int64(n))), workbook.Prose)
	}
}

func (r *report) contents(s *workbook.Sheet) {
	s.Section(r.pick("In deze werkmap", "In this workbook"))
	n := r.sheetNames()
	for _, e := range []struct{ sheet, nl, en string }{
		{n.occupancy, "waren de plaatsen bezet, en waar", "were the places occupied, and where"},
		{n.daily, "elke nacht van de periode", "every night of the period"},
		{n.inflow, "wie zich aanmeldde en wie is toegelaten", "who applied and who was admitted"},
		{n.outflow, "wie vertrok en hoe trajecten eindigden", "who left and how trajectories ended"},
		{n.durable, "op weg naar het doel, met vooruitblik", "on the way to the target, with a forecast"},
		{n.duration, "hoe lang begeleiding duurt, ook die nog loopt", "how long guidance takes, what still runs included"},
		{n.guidance, "casusoverleg, reviewteam, vergaderingen", "case conferences, review team, meetings"},
		{n.subgoals, "de bijzondere groepen", "the special groups"},
		{n.funding, "bijdragen, ontvangsten en kosten per nacht", "contributions, receipts and cost a night"},
		{n.quality, "wat is aangeleverd en wat is afgekeurd", "what was delivered and what was rejected"},
		{n.corrections, "wat eerdere rapporten anders meldden", "what earlier reports said differently"},
		{n.definitions, "elk cijfer uitgelegd", "every figure explained"},
		{n.checks, "uw eigen programma rekent na", "your own program recalculates"},
	} {
		s.LinkTo(e.sheet, r.pick(e.nl, e.en))
	}
	s.Section(r.pick("Narekenen", "Recalculation"))
	verdict := quotedColumn(n.checks)
	s.Line(workbook.Text(r.pick("Controles die kloppen", "Checks that agree")),
		workbook.Formula("COUNTIF("+verdict+","+workbook.Quote(r.book.Agrees())+")", workbook.Whole))
	s.Line(workbook.Text(r.pick("Controles die afwijken", "Checks that differ")),
		workbook.Formula("COUNTIF("+verdict+","+workbook.Quote(r.book.Differs())+")", workbook.Whole))
}

// quotedColumn is the column of verdicts on the sheet of checks.
func quotedColumn(sheet string) string { return "'" + sheet + "'!$D:$D" }

func (r *report) tableCounts() workbook.Table {
	t := workbook.Table{Name: "aanlevering", Columns: []string{
		r.pick("Register", "Register"), r.pick("Gelezen rijen", "Rows read"), r.pick("Overgenomen", "Accepted"),
		r.pick("Afgekeurd", "Quarantined"), r.pick("Dubbel", "Duplicates"),
	}}
	for _, c := range r.doc.Quality.Tables {
		row := []workbook.Cell{workbook.Text(reports.TableLabel(c.Table, r.lang))}
		if c.Delivered {
			row = append(row, workbook.Count(c.Read), workbook.Count(c.Accepted), workbook.Count(c.Quarantined), workbook.Count(c.Duplicates))
		} else {
			row = append(row, workbook.Note(r.pick("niet aangeleverd", "not delivered")), workbook.Cell{}, workbook.Cell{}, workbook.Cell{})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (r *report) quality() {
	s := r.book.Sheet(workbook.Options{
		Name: r.sheetNames().quality, Title: r.pick("Gegevenskwaliteit", "Data quality"), Marking: r.marking(),
		Explain: r.pick("Elke gelezen rij is overgenomen, afgekeurd of dubbel. Wat op de inhoud is aan te merken, staat eronder, het ergste eerst.",
			"Every row that was read was accepted, quarantined or a duplicate. Remarks on the contents stand below, worst first."),
		Widths: []float64{46, 14, 14, 14, 14},
	})
	t := r.tableCounts()
	t.Heading = r.pick("Wat is aangeleverd", "What was delivered")
	a := s.Table(t)
	for i, c := range r.doc.Quality.Tables {
		if c.Delivered {
			r.book.Check(reports.TableLabel(c.Table, r.lang)+": "+r.pick("gelezen = overgenomen + afgekeurd + dubbel", "read = accepted + quarantined + duplicates"),
				a.Cell(i, 1), workbook.Whole, a.Cell(i, 2)+"+"+a.Cell(i, 3)+"+"+a.Cell(i, 4))
		}
	}
	f := workbook.Table{Name: "bevindingen", Heading: r.pick("Opmerkingen bij de inhoud", "Remarks on the contents"), Columns: []string{
		r.pick("Opmerking", "Remark"), r.pick("Gewicht", "Severity"), r.pick("Rijen", "Rows"),
	}}
	for _, finding := range r.doc.Quality.Findings {
		f.Rows = append(f.Rows, []workbook.Cell{workbook.Text(finding.Title), workbook.Text(r.severity(finding.Severity)), workbook.Count(finding.Count)})
	}
	s.Table(f)
}

func (r *report) severity(s string) string {
	switch s {
	case "high":
		return r.pick("ernstig", "high")
	case "warning":
		return r.pick("waarschuwing", "warning")
	case "note":
		return r.pick("aandachtspunt", "note")
	}
	return s
}

func (r *report) corrections() {
	s := r.book.Sheet(workbook.Options{
		Name: r.sheetNames().corrections, Title: r.pick("Correcties op eerdere rapporten", "Corrections of earlier reports"), Marking: r.marking(),
		Explain: r.pick("Eerdere perioden zijn met de gegevens van nu opnieuw berekend, met de peildatum van toen. Hier staat elk cijfer dat daardoor anders uitkomt.",
			"Earlier periods were computed again from today's data, with the reference date of then. Every figure that comes out differently is listed here."),
		Widths: []float64{28, 56, 16, 16, 16},
	})
	t := workbook.Table{Name: "correcties", Columns: []string{
		r.pick("Periode", "Period"), r.pick("Cijfer", "Figure"), r.pick("Gemeld", "Was"), r.pick("Nu", "Is"),
	}}
	for _, c := range r.res.Restatements {
		unit := r.unit(c.ID)
		t.Rows = append(t.Rows, []workbook.Cell{
			workbook.Text(r.lang.PeriodLabel(c.Period)), workbook.Text(r.label(&transform.Figure{ID: c.ID, Dims: c.Dims})),
			r.restated(c.Was, unit), r.restated(c.Is, unit),
		})
	}
	for _, note := range []string{r.lang.RestatedNote(r.res.Restatements), r.lang.Withheld(r.doc.Published)} {
		if note != "" {
			t.Notes = append(t.Notes, note)
		}
	}
	a := s.Table(t)
	a.FreezeHeader()
	r.rowChanges(s)
}

// rowChanges sets the rows that the earlier reports rested on beside those of today.
func (r *report) rowChanges(s *workbook.Sheet) {
	if len(r.res.RowChanges) == 0 {
		return
	}
	t := workbook.Table{Name: "regels", Heading: r.lang.RowChangesTitle(), Columns: r.lang.RowChangesHead(), Notes: []string{r.lang.RowChangesHint()}}
	for _, c := range r.res.RowChanges {
		row := []workbook.Cell{workbook.Text(reports.TableLabel(c.Table, r.lang)), workbook.Text(r.lang.PeriodLabel(c.Period))}
		for _, v := range []transform.Value{c.Was, c.Is} {
			if v.IsNull() {
				row = append(row, workbook.Note(r.lang.Rows(v)))
			} else {
				row = append(row, workbook.Value(v, "count"))
			}
		}
		if !c.Difference.IsNull() {
			row = append(row, workbook.RowFormula("D{row}-C{row}", workbook.Whole))
		} else {
			row = append(row, workbook.Cell{})
		}
		t.Rows = append(t.Rows, row)
	}
	s.Table(t)
}
