package amif

import (
	"fmt"
	"slices"

	"lvv/internal/lists"
	"lvv/reports/excel/workbook"
	"lvv/sql"
	"lvv/transform"
)

// step writes how many a step of the reconciliation has.
func (x *account) step(id string) string {
	if s := lists.Find(x.Steps, func(s *transform.AccountStep) bool { return s.ID == id }); s != nil {
		return x.lang.Count(s.Count)
	}
	return x.lang.Count(0)
}

// inShort says in five lines what is claimed, on which rows, and what is missing.
func (x *account) inShort(s *workbook.Sheet) {
	n := x.names()
	returned, proven, lacking, courses := 0, 0, 0, 0
	for i := range x.Participants {
		p := &x.Participants[i]
		courses += len(p.Trajectories)
		if p.Returned {
			returned++
		}
		if p.WithEvidence {
			proven++
		}
		if len(p.Reasons) > 0 {
			lacking++
		}
	}
	count := func(n int) string { return x.lang.Count(int64(n)) }
	line := func(nl, en, textNL, textEN string, args ...any) []workbook.Cell {
		return []workbook.Cell{workbook.Text(x.pick(nl, en)), workbook.Text(fmt.Sprintf(x.pick(textNL, textEN), args...))}
	}
	people := count(len(x.Participants))
	s.Table(workbook.Table{
		Name: "in_het_kort", Heading: x.pick("In het kort", "In short"), Columns: []string{x.pick("Vraag", "Question"), x.pick("Antwoord", "Answer")},
		Rows: [][]workbook.Cell{
			line("Wat wordt opgevoerd?", "What is claimed?",
				"Deelnemers: %s; daarvan teruggekeerd: %s; met bewijs van vertrek: %s.", "Participants: %s; of them returned: %s; with evidence of departure: %s.",
				people, count(returned), count(proven)),
			line("Op welke rijen?", "On which rows?",
				"De bladen %s (%s rijen) en %s (%s rijen); %s loopt van de aangeleverde rijen naar deze.", "The sheets %s (%s rows) and %s (%s rows); %s walks from the rows delivered to these.",
				n.people, people, n.courses, count(courses), n.reconciliation),
			line("Wat wordt niet opgevoerd?", "What is not claimed?",
				"Van alle %s terugkeertrajecten: niet in het project %s, markering ontbreekt %s. Personen die al eerder zijn opgevoerd: %s.",
				"Of all %s return trajectories: not in the project %s, mark missing %s. Persons claimed before: %s.",
				count(len(x.Returns)), x.step(transform.StepNotAMIF), x.step(transform.StepUnmarked), count(len(x.Earlier))),
			line("Wat ontbreekt?", "What is missing?",
				"Deelnemers met iets om aan te vullen: %s (blad %s).", "Participants with something to be completed: %s (sheet %s).",
				count(lacking), n.incomplete),
			line("Wat moet het Rijk bevestigen?", "What has the Rijk to confirm?",
				"Indicatoren die nog niet zijn bevestigd: %s van %s (blad %s).", "Indicators not confirmed yet: %s of %s (sheet %s).",
				count(len(x.open())), count(len(x.Set.Indicators)), n.unconfirmed),
		},
	})
}

// open are the indicators that the Rijk has not confirmed.
func (x *account) open() []sql.Indicator {
	return slices.DeleteFunc(slices.Clone(x.Set.Indicators), func(i sql.Indicator) bool { return i.Confirmed != "" })
}

// meanings is a table of what indicators mean.
func (x *account) meanings(name, heading string, of []sql.Indicator) workbook.Table {
	lang := string(x.lang)
	return workbook.Table{Name: name, Heading: heading, Columns: []string{
		x.pick("Indicator", "Indicator"), x.pick("Wat het betekent", "What it means"), x.pick("Bron", "Source"),
	}, Rows: lists.Map(of, func(i sql.Indicator) []workbook.Cell {
		return []workbook.Cell{workbook.Text(i.Title.In(lang)), workbook.Text(i.Definition.In(lang)), workbook.Text(i.Source.In(lang))}
	})}
}

// unconfirmed lists what the Rijk still has to confirm, and no other sheet says it again.
func (x *account) unconfirmed() {
	s := x.book.Sheet(workbook.Options{
		Name: x.names().unconfirmed, Title: x.pick("Door het Rijk te bevestigen", "To be confirmed by the Rijk"), Marking: marking(x.lang), Lying: true,
		Explain: x.pick("Het Rijk stelt de voorwaarden van de subsidie vast. Van deze indicatoren is nog niet vastgelegd dat het Rijk ze zo wil; tot dan zijn zij een voorstel. Wat is bevestigd, door wie en wanneer, staat bij de indicator zelf.",
			"The Rijk fixes the conditions of the subsidy. It is not on record yet that the Rijk wants these indicators so; until then they are a proposal. What was confirmed, by whom and when, stands with the indicator itself."),
		Widths: []float64{38, 70, 52},
	})
	if len(x.open()) == 0 {
		s.Paragraph(x.pick("Alle indicatoren zijn bevestigd.", "All indicators are confirmed."), workbook.Prose)
		return
	}
	s.Table(x.meanings("te_bevestigen", "", x.open()))
}
