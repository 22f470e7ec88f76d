package amif

import (
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// step explains one step from rows delivered to participants claimed.
type step struct {
	nl, en string
	left   bool // states what is left, instead of taking away
}

var steps = map[string]step{
	transform.StepRead:          {nl: "Gelezen rijen in de trajectenregisters", en: "Rows read in the registers of trajectories"},
	transform.StepQuarantined:   {nl: "af: afgekeurd (zie quarantine.csv bij het databeheer)", en: "less: quarantined (see the data steward's quarantine.csv)"},
	transform.StepDuplicates:    {nl: "af: dubbel aangeleverd", en: "less: delivered twice"},
	transform.StepAccepted:      {nl: "Overgenomen trajecten", en: "Trajectories accepted", left: true},
	transform.StepLater:         {nl: "af: begonnen na de peildatum", en: "less: started after the reference date"},
	transform.StepOtherScenario: {nl: "af: een ander scenario dan terugkeer", en: "less: another scenario than return"},
	transform.StepBeforePilot:   {nl: "af: geen dag binnen de pilot", en: "less: no day within the pilot"},
	transform.StepReturn:        {nl: "Terugkeertrajecten van de pilot", en: "Return trajectories of the pilot", left: true},
	transform.StepNotAMIF:       {nl: "af: niet in het AMIF-project", en: "less: not in the AMIF project"},
	transform.StepUnmarked:      {nl: "af: AMIF-markering niet ingevuld", en: "less: AMIF mark not filled in"},
	transform.StepCounted:       {nl: "AMIF-trajecten", en: "AMIF trajectories", left: true},
	transform.StepRepeated:      {nl: "af: verdere trajecten van dezelfde persoon", en: "less: further trajectories of the same person"},
	transform.StepParticipants:  {nl: "Personen", en: "Persons", left: true},
	transform.StepEarlier:       {nl: "af: al in een eerdere verantwoording", en: "less: already in an earlier account"},
	transform.StepClaimed:       {nl: "Opgevoerde deelnemers", en: "Participants claimed", left: true},
}

// reconciliation walks from the rows that were delivered to the participants that are claimed; what
// the steps leave and what is counted differ by nothing.
func (x *account) reconciliation() {
	s := x.book.Sheet(workbook.Options{
		Name: x.names().reconciliation, Title: x.pick("Aansluiting", "Reconciliation"), Marking: marking(x.lang),
		Explain: x.pick("Van de aangeleverde rijen naar de opgevoerde deelnemers. Het saldo rekent uw eigen programma uit; bij elke tussenstand is het verschil met de afzonderlijk getelde waarde nul.",
			"From the rows delivered to the participants claimed. Your own program calculates the balance; at every subtotal it differs by nothing from the value counted separately."),
		Widths: []float64{52, 13, 13, 13, 14},
	})
	t := workbook.Table{Name: "aansluiting", Columns: []string{
		x.pick("Stap", "Step"), x.pick("Aantal", "Number"), x.pick("Saldo", "Balance"), x.pick("Verschil", "Difference"), x.pick("Oordeel", "Verdict"),
	}}
	for i, st := range x.Steps {
		what := steps[st.ID]
		row := []workbook.Cell{workbook.Text(x.pick(what.nl, what.en))}
		switch {
		case i == 0:
			row = append(row, workbook.Count(st.Count), workbook.RowFormula("B{row}", workbook.Whole))
		case what.left:
			row = append(row, workbook.Count(st.Count), workbook.RowFormula("C{above}", workbook.Whole), workbook.RowFormula("C{row}-B{row}", workbook.Whole),
				workbook.RowFormula(x.book.Agree("C{row}", "B{row}"), workbook.General))
		default:
			row = append(row, workbook.Count(-st.Count), workbook.RowFormula("C{above}+B{row}", workbook.Whole))
		}
		t.Rows = append(t.Rows, row)
	}
	a := s.Table(t)
	last := len(x.Steps) - 1
	x.book.Check(x.pick("Aansluiting: opgevoerde deelnemers tegenover het blad Deelnemers", "Reconciliation: participants claimed against the sheet Participants"),
		a.Cell(last, 1), workbook.Whole, x.people.rows())
	for i, st := range x.Steps {
		mark := map[string]string{transform.StepNotAMIF: transform.ProjectNo, transform.StepUnmarked: transform.ProjectUnknown, transform.StepCounted: transform.ProjectYes}[st.ID]
		switch {
		case st.ID == transform.StepReturn:
			x.book.Check(x.pick("Aansluiting: terugkeertrajecten tegenover het blad Terugkeertrajecten", "Reconciliation: return trajectories against their sheet"), a.Cell(i, 1), workbook.Whole, x.returns.rows())
		case mark != "":
			sign := ""
			if !steps[st.ID].left {
				sign = "-"
			}
			x.book.Check(x.pick("Terugkeertrajecten: ", "Return trajectories: ")+x.label("project", mark), sign+a.Cell(i, 1), workbook.Whole,
				x.returns.over(func(column func(string) string) string {
					return "SUMPRODUCT(" + exact(column("project"), workbook.Quote(x.label("project", mark))) + "*1)"
				}))
		}
	}
	for i, st := range x.Steps {
		if steps[st.ID].left {
			x.book.Check(x.pick("Aansluiting: ", "Reconciliation: ")+x.pick(steps[st.ID].nl, steps[st.ID].en), a.Cell(i, 1), workbook.Whole, a.Cell(i, 2))
		}
	}
}

// remedies say what an organisation does about a gap.
var remedies = map[string]struct{ nl, en string }{
	transform.ReasonNoEvidence:       {"Lever het bewijs van vertrek aan en vul vertrekbewijs in. Zonder bewijs telt de terugkeer niet als bewezen.", "Supply the evidence of departure and fill in vertrekbewijs. Without it the return does not count as proven."},
	transform.ReasonNoDepartureDate:  {"Vul de vertrekdatum in. Zonder datum telt de persoon niet als teruggekeerd.", "Fill in the date of departure. Without it the person does not count as returned."},
	transform.ReasonNoGuidance:       {"Lever de begeleidingsactiviteiten van het traject aan.", "Supply the guidance activities of the trajectory."},
	transform.ReasonDouble:           {"Ga met de andere ngo na welk traject wanneer liep, en verbeter begin of einde.", "Establish with the other NGO which trajectory ran when, and correct start or end."},
	transform.ReasonIdentityUnknown:  {"Vul het vreemdelingennummer in, of laat de politie de identiteit vaststellen (art. 3.3).", "Fill in the V-number, or have the police establish the identity (art. 3.3)."},
	transform.ReasonUnknownBirthDate: {"Vul de geboortedatum in. Tot dan staat de persoon bij leeftijd onbekend.", "Fill in the date of birth. Until then the person stands under age unknown."},
	transform.ReasonUnknownSex:       {"Vul het geslacht in. Tot dan staat de persoon bij geslacht onbekend.", "Fill in the sex. Until then the person stands under sex unknown."},
}

// incomplete says, by organisation, what must be done before the account can be submitted.
func (x *account) incomplete() {
	type gap struct{ organisation, reason, pseudonym string }
	var gaps []gap
	for _, g := range x.Gaps {
		for _, p := range g.People {
			gaps = append(gaps, gap{x.label("organisation", g.Organisation), x.label("reason", g.Reason), p.Pseudonym})
		}
	}
	n := x.names()
	list := newRoll(x, workbook.Options{
		Name: n.incomplete + x.pick(" (lijst)", " (list)"), Title: x.pick("Aan te vullen, persoon voor persoon", "To be completed, person by person"),
		Explain: x.pick("Het databeheer kan bij elk pseudoniem de rij in het aangeleverde bestand noemen.", "The data steward can name the row of the delivered file for each pseudonym."),
	}, len(gaps), []field[gap]{
		{id: "ngo", title: x.pick("Ngo", "NGO"), width: 40, cell: func(g *gap) workbook.Cell { return workbook.Text(g.organisation) }},
		{id: "reden", title: x.pick("Wat ontbreekt", "What is missing"), width: 44, cell: func(g *gap) workbook.Cell { return workbook.Text(g.reason) }},
		{title: x.pick("Pseudoniem", "Pseudonym"), width: 31, cell: func(g *gap) workbook.Cell { return workbook.Text(g.pseudonym) }},
	})
	s := x.book.Sheet(workbook.Options{
		Name: n.incomplete, Title: x.pick("Aan te vullen voor indiening", "To be completed before submission"), Marking: marking(x.lang), Lying: true,
		Explain: x.pick("Per ngo wat bij de opgevoerde deelnemers ontbreekt, en wat eraan te doen is. Een persoon kan bij meer redenen staan.",
			"By NGO what is missing for the participants claimed, and what to do about it. A person may stand under several reasons."),
		Widths: []float64{32, 36, 12, 13, 60},
	})
	t := workbook.Table{Name: "aan_te_vullen", Columns: []string{
		x.pick("Ngo", "NGO"), x.pick("Wat ontbreekt", "What is missing"), x.pick("Personen", "Persons"), x.pick("Nagerekend", "Recalculated"), x.pick("Wat te doen", "What to do"),
	}}
	count := list.over(func(column func(string) string) string {
		return "SUMPRODUCT(" + exact(column("ngo"), "$A{row}") + "*" + exact(column("reden"), "$B{row}") + ")"
	})
	for _, g := range x.Gaps {
		t.Rows = append(t.Rows, []workbook.Cell{
			x.code("organisation", g.Organisation), x.code("reason", g.Reason),
			workbook.Count(int64(len(g.People))), workbook.RowFormula(count, workbook.Whole), workbook.Text(x.remedy(g.Reason)),
		})
	}
	a := s.Table(t)
	a.FreezeHeader()
	for i := range x.Gaps {
		x.book.Check(x.pick("Aan te vullen: ", "To be completed: ")+x.label("organisation", x.Gaps[i].Organisation)+", "+x.label("reason", x.Gaps[i].Reason),
			a.Cell(i, 2), workbook.Whole, a.Cell(i, 3))
	}
	if len(gaps) > 0 {
		list.write(x.book, "aan_te_vullen_lijst", each(gaps))
	}
}

func (x *account) remedy(reason string) string {
	r := remedies[reason]
	return x.pick(r.nl, r.en)
}

// definitions explain the indicators, the counting rules and the columns.
func (x *account) definitions() {
	s := x.book.Sheet(workbook.Options{
		Name: x.names().definitions, Title: x.pick("Definities", "Definitions"), Marking: marking(x.lang), Lying: true,
		Explain: x.pick("De indicatorenset is een instelling van de pilot (pilot.yaml). Het Rijk bepaalt de voorwaarden; wat nog niet is bevestigd, staat op een eigen blad.",
			"The indicator set is a setting of the pilot (pilot.yaml). The Rijk fixes the conditions; what is not confirmed yet stands on a sheet of its own."),
		Widths: []float64{38, 60, 52},
	})
	lang := string(x.lang)
	s.Table(x.meanings("definities", x.Set.Title.In(lang), x.Set.Indicators))
	s.Section(x.pick("Telregels", "Counting rules"))
	for _, rule := range x.rules {
		s.Paragraph("• "+rule.In(lang), workbook.Prose)
	}
	t := workbook.Table{Name: "kolommen", Heading: x.pick("Kolommen van het blad Deelnemers en van deelnemers.csv", "Columns of the sheet Participants and of deelnemers.csv"), Columns: []string{
		x.pick("Kolom", "Column"), x.pick("Betekenis", "Meaning"),
	}}
	for _, f := range x.participants() {
		if f.means != "" {
			t.Rows = append(t.Rows, []workbook.Cell{workbook.Text(f.title), workbook.Text(f.means)})
		}
	}
	s.Table(t)
}
