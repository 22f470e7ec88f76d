package amif

import (
	"strings"

	"lvv/internal/lists"
	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// cover says what the account is and by what it was made.
func (x *account) cover() {
	s := x.book.Sheet(workbook.Options{
		Name: x.names().cover, Title: x.pick("AMIF-verantwoording ", "AMIF account ") + x.Pilot, Marking: marking(x.lang),
		Explain: x.pick("Verantwoording van de terugkeertrajecten die de ngo's in de LVV gaven (convenant art. 15.3), vanaf het begin van de pilot tot en met de peildatum.",
			"Account of the return trajectories that the NGOs gave in the LVV (covenant art. 15.3), from the pilot's start up to the reference date."),
		Widths: []float64{36, 64},
	})
	text := func(nl, en, value string) []workbook.Cell {
		if value == "" {
			value = x.pick("niet opgegeven", "not given")
		}
		return []workbook.Cell{workbook.Text(x.pick(nl, en)), workbook.Text(value)}
	}
	x.inShort(s)
	s.Table(workbook.Table{
		Name: "voorblad", Heading: x.pick("Gegevens van deze verantwoording", "About this account"), Columns: []string{x.pick("Gegeven", "Item"), x.pick("Inhoud", "Content")},
		Rows: [][]workbook.Cell{
			text("Project", "Project", x.Project),
			text("Pilot", "Pilot", x.Pilot),
			text("Indicatorenset", "Indicator set", x.Set.Title.In(string(x.lang))),
			text("Verslagperiode", "Reporting period", x.lang.Period(x.Period)),
			text("Peildatum", "Reference date", x.lang.DateLong(x.Period.AsOf)),
			text("Versie van het programma", "Version of the program", "lvv "+x.meta.Version),
			text("Vingerafdruk van de aangeleverde bestanden", "Fingerprint of the delivered files", x.meta.InputsFingerprint),
			text("Vingerafdruk van de sleutel", "Fingerprint of the key", x.meta.KeyFingerprint),
		},
	})
	s.Section(x.pick("In deze werkmap", "In this workbook"))
	n := x.names()
	links := []struct{ sheet, nl, en string }{
		{n.indicators, "de indicatoren, naar geslacht, leeftijd en ngo", "the indicators, by sex, age and NGO"},
		{n.people, "één rij per persoon", "one row a person"},
		{n.courses, "één rij per opgevoerd traject", "one row a trajectory claimed"},
		{n.returns, "alle terugkeertrajecten van de pilot, opgevoerd of niet", "all return trajectories of the pilot, claimed or not"},
		{n.earlier, "wie al eerder is opgevoerd", "who was claimed before"},
		{n.guidance, "begeleiding per maand en ngo", "guidance by month and NGO"},
		{n.incomplete, "wat voor de indiening nog moet gebeuren", "what must be done before submission"},
		{n.reconciliation, "van aangeleverde rijen naar opgevoerde deelnemers", "from rows delivered to participants claimed"},
		{n.unconfirmed, "wat het Rijk nog moet bevestigen", "what the Rijk still has to confirm"},
		{n.definitions, "indicatoren, telregels en kolommen uitgelegd", "indicators, counting rules and columns explained"},
		{n.checks, "uw eigen programma rekent na", "your own program recalculates"},
	}
	for _, l := range links {
		if l.sheet == n.earlier && len(x.Earlier) == 0 {
			continue
		}
		s.LinkTo(l.sheet, x.pick(l.nl, l.en))
	}
	s.Section(x.pick("Narekenen", "Recalculation"))
	verdicts := "'" + n.checks + "'!$D:$D"
	s.Line(workbook.Text(x.pick("Controles die kloppen", "Checks that agree")), workbook.Formula("COUNTIF("+verdicts+","+workbook.Quote(x.book.Agrees())+")", workbook.Whole))
	s.Line(workbook.Text(x.pick("Controles die afwijken", "Checks that differ")), workbook.Formula("COUNTIF("+verdicts+","+workbook.Quote(x.book.Differs())+")", workbook.Whole))
}

// indicators writes every indicator with its bands, each with a formula that adds it up again from
// the list of participants.
func (x *account) indicators() {
	s := x.book.Sheet(workbook.Options{
		Name: x.names().indicators, Title: x.pick("Indicatoren", "Indicators"), Marking: marking(x.lang), Lying: true,
		Explain: x.pick("Opgevoerd is wat in deze verantwoording telt; het totaal telt mee wat eerder is opgevoerd. De kolom Nagerekend telt de opgevoerde waarde opnieuw uit de bladen Deelnemers en Trajecten.",
			"Claimed is what counts in this account; the total includes what was claimed before. The column Recalculated adds the claimed value up again from the sheets Participants and Trajectories."),
		Widths: []float64{50, 18, 32, 13, 13, 13, 13, 13},
	})
	for _, v := range x.Indicators {
		t := workbook.Table{
			Name: "ind_" + v.Indicator.ID, Heading: v.Indicator.Title.In(string(x.lang)),
			Columns: []string{x.pick("Indicator", "Indicator"), x.pick("Uitsplitsing", "Breakdown"), x.pick("Groep", "Group"), x.pick("Opgevoerd", "Claimed"),
				x.pick("Eerder", "Earlier"), x.pick("Totaal", "Total"), x.pick("Nagerekend", "Recalculated"), x.pick("Oordeel", "Verdict")},
			Notes: []string{x.wording(v.Indicator)},
			Rows:  lists.Map(v.Bands, func(b transform.BandValue) []workbook.Cell { return x.bandRow(v.Indicator, b) }),
		}
		a := s.Table(t)
		for i, b := range v.Bands {
			if t.Rows[i][6].Numeric() {
				name := v.Indicator.Title.In(string(x.lang))
				if b.Dim != "" {
					name += ", " + x.label(b.Dim, b.Value)
				}
				x.book.Check(name, a.Cell(i, 3), t.Rows[i][3].Format(), a.Cell(i, 6))
			}
		}
	}
}

// wording defines an indicator and says on what it rests.
func (x *account) wording(i *sql.Indicator) string {
	text := i.Definition.In(string(x.lang)) + x.pick(" Bron: ", " Source: ") + i.Source.In(string(x.lang)) + "."
	if i.Confirmed == "" {
		return text // the sheet of what is to be confirmed says so, once
	}
	return text + x.pick(" Bevestigd: ", " Confirmed: ") + i.Confirmed + "."
}

func (x *account) bandRow(i *sql.Indicator, b transform.BandValue) []workbook.Cell {
	dim, value := x.pick("totaal", "total"), ""
	if b.Dim != "" {
		dim, value = reports.Dimension(b.Dim, x.lang), x.label(b.Dim, b.Value)
	}
	row := []workbook.Cell{workbook.Text(i.Title.In(string(x.lang))), workbook.Text(dim), workbook.Text(value)}
	if b.NotAvailable {
		na := workbook.Note(x.lang.StatusText(transform.NotAvailable))
		return append(row, na, na, na, workbook.Cell{}, workbook.Cell{})
	}
	unit := "count"
	switch i.Counts {
	case sql.SumHours:
		unit = "hours"
	case sql.ShareWithEvidence:
		unit = "ratio"
	}
	cells := []workbook.Cell{x.amount(b.Claimed, unit), x.amount(b.Earlier, unit), x.amount(b.Total, unit)}
	row = append(row, cells...)
	if b.Claimed.IsNull() {
		return append(row, workbook.Cell{}, workbook.Cell{})
	}
	return append(row, workbook.RowFormula(x.formula(i.Counts, b.Dim), cells[0].Format()),
		workbook.RowFormula(x.book.Agree("D{row}", "G{row}"), workbook.General))
}

func (x *account) amount(v engine.Value, unit string) workbook.Cell {
	if v.IsNull() {
		return workbook.Note(x.lang.StatusText(transform.Undefined))
	}
	if unit == "hours" {
		return workbook.Number(v.Float(), workbook.Hours)
	}
	return workbook.Value(v, unit)
}

// formula adds an indicator up again from the lists, within the band that the row names in column C.
func (x *account) formula(m sql.Measure, dim string) string {
	switch m {
	case sql.CountTrajectories, sql.SumHours:
		return x.perTrajectory(m, dim)
	case sql.ShareWithEvidence:
		return "(" + x.people.sum("activiteiten_met_bewijs") + ")/(" + x.people.sum("activiteiten") + ")"
	}
	band := map[string]string{"sex": "geslacht", "age_band": "leeftijdsgroep"}[dim]
	mark := map[sql.Measure]string{
		sql.CountReturned: "teruggekeerd", sql.CountReturnedWithEvidence: "teruggekeerd_met_bewijs", sql.CountReintegration: "herintegratie",
	}[m]
	if band == "" && mark == "" {
		return x.people.rows()
	}
	return x.people.over(func(column func(string) string) string {
		var factors []string
		if band != "" {
			factors = append(factors, exact(column(band), "$C{row}"))
		}
		if mark != "" {
			factors = append(factors, exact(column(mark), workbook.Quote(x.pick("ja", "yes"))))
		}
		return "SUMPRODUCT(" + strings.Join(factors, "*") + "*1)"
	})
}

// perTrajectory adds up over the list of participants, and by organisation over that of trajectories.
func (x *account) perTrajectory(m sql.Measure, dim string) string {
	switch {
	case dim == "" && m == sql.SumHours:
		return x.people.sum("begeleidingsuren")
	case dim == "":
		return x.people.sum("trajecten")
	}
	return x.courses.over(func(column func(string) string) string {
		what := "1"
		if m == sql.SumHours {
			what = column("uren")
		}
		return "SUMPRODUCT(" + exact(column("ngo"), "$C{row}") + "*" + what + ")"
	})
}

// guidance writes the guidance by month and organisation.
func (x *account) guidance() {
	n := x.names()
	s := x.book.Sheet(workbook.Options{
		Name: n.guidance, Title: x.pick("Begeleiding per maand en ngo", "Guidance by month and NGO"), Marking: marking(x.lang),
		Explain: x.pick("Begeleidingsactiviteiten in de trajecten van de opgevoerde deelnemers, naar de maand waarin ze waren.",
			"Guidance activities on the trajectories of the participants claimed, by the month in which they took place."),
		Widths: []float64{14, 40, 14, 16, 14},
	})
	if !x.Guidance {
		s.Paragraph(x.pick("Het register begeleiding is niet aangeleverd: uren en activiteiten zijn niet beschikbaar.",
			"The register of guidance was not delivered: hours and activities are not available."), workbook.Warning)
		return
	}
	t := workbook.Table{Name: "begeleiding", Columns: []string{
		x.pick("Maand", "Month"), x.pick("Ngo", "NGO"), x.pick("Activiteiten", "Activities"), x.pick("Met bewijsstuk", "With evidence"), x.pick("Uren", "Hours"),
	}}
	for _, m := range x.Months {
		t.Rows = append(t.Rows, []workbook.Cell{
			workbook.DateOf(m.Month).In(workbook.Month), x.code("organisation", m.Organisation), workbook.Count(m.Activities), workbook.Count(m.Evidenced), hours(m.Hours),
		})
	}
	a := s.Table(t)
	a.FreezeHeader()
	for _, c := range []struct {
		people string
		months int
		what   string
		format workbook.Format
	}{
		{"activiteiten", 2, x.pick("Activiteiten: deelnemers tegenover maanden", "Activities: participants against months"), workbook.Whole},
		{"activiteiten_met_bewijs", 3, x.pick("Activiteiten met bewijsstuk: deelnemers tegenover maanden", "Activities with evidence: participants against months"), workbook.Whole},
		{"begeleidingsuren", 4, x.pick("Uren: deelnemers tegenover maanden", "Hours: participants against months"), workbook.Hours},
	} {
		x.book.Check(c.what, x.people.sum(c.people), c.format, "SUM("+a.Column(c.months)+")")
	}
}
