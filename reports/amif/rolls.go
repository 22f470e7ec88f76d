package amif

import (
	"fmt"
	"strings"

	"lvv/internal/lists"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// roll is a long list: on one sheet, or on several when it has more rows than one holds.
type roll struct {
	options []workbook.Options
	columns []string
	areas   []*workbook.Area
	each    int // rows a sheet
}

// newRoll says where the rows of a list will stand, so that the sheets before it can add them up.
func (x *account) newRoll(o workbook.Options, columns []string, rows int) *roll {
	r := &roll{columns: columns, each: workbook.MaxLong}
	for n := 1; ; n++ {
		part := o
		if n > 1 {
			part.Name = fmt.Sprintf("%s %d", o.Name, n)
		}
		here := min(rows, r.each)
		r.options = append(r.options, part)
		r.areas = append(r.areas, x.book.LongArea(part, columns, here))
		if rows -= here; rows == 0 {
			return r
		}
	}
}

// write fills the sheets of a list with the rows that are added.
func (x *account) write(r *roll, name string, rows func(add func(...workbook.Cell))) {
	l, rest := x.book.LongSheet(r.options[0], r.columns), r.options[1:]
	rows(func(row ...workbook.Cell) {
		if l.Len() == r.each {
			l.Done(name)
			l, rest = x.book.LongSheet(rest[0], r.columns), rest[1:]
		}
		l.Row(row...)
	})
	l.Done(name)
}

// over joins what a formula says of each sheet of a list.
func (r *roll) over(formula func(a *workbook.Area) string) string {
	return strings.Join(lists.Map(r.areas, formula), "+")
}

// The columns of the list of participants.
const (
	colPseudonym = iota
	colOrganisation
	colSex
	colAge
	colStart
	colEnd
	colScenario
	colOutcome
	colDeparted
	colHours
	colEvidence
	colTrajectories
	colActivities
	colEvidenced
	colReturned
	colProven
	colReintegration
	colReasons
)

// peopleColumns are their names. One list of texts serves the workbook and the CSV.
func (x *account) peopleColumns() []string {
	return []string{
		x.pick("Pseudoniem", "Pseudonym"), x.pick("Ngo (eerste traject)", "NGO (first trajectory)"), x.pick("Geslacht", "Sex"),
		x.pick("Leeftijdsgroep", "Age group"), x.pick("Begin eerste traject", "Start of first trajectory"), x.pick("Einde laatste traject", "End of last trajectory"),
		x.pick("Scenario", "Scenario"), x.pick("Uitkomst", "Outcome"), x.pick("Vertrekdatum", "Date of departure"),
		x.pick("Uren begeleiding", "Hours of guidance"), x.pick("Bewijs van vertrek", "Evidence of departure"),
		x.pick("Trajecten", "Trajectories"), x.pick("Activiteiten", "Activities"), x.pick("Activiteiten met bewijsstuk", "Activities with evidence"),
		x.pick("Teruggekeerd", "Returned"), x.pick("Teruggekeerd met bewijs", "Returned with evidence"),
		x.pick("Herintegratiebijstand", "Reintegration assistance"), x.pick("Aan te vullen", "To be completed"),
	}
}

// The columns of the list of trajectories.
const (
	courseOrganisation = 2
	courseHours        = 7
)

// layOut decides where the lists stand.
func (x *account) layOut() {
	n := x.names()
	wide := []float64{31, 22, 10, 18, 12, 12, 10, 20, 12, 11, 10, 11, 11, 12, 12, 12, 13, 30}
	x.people = x.newRoll(workbook.Options{
		Name: n.people, Title: x.pick("Deelnemers die in deze verantwoording worden opgevoerd", "Participants claimed in this account"), Marking: marking(x.lang), Lying: true, Widths: wide,
		Explain: x.pick("Eén rij per persoon, op volgorde van pseudoniem. Hetzelfde staat in deelnemers.csv. Wie bevoegd is, vindt via het databeheer de rijen in de aangeleverde bestanden.",
			"One row a person, in the order of the pseudonyms. deelnemers.csv holds the same. Those entitled to it find the rows of the delivered files through the data steward."),
	}, x.peopleColumns(), len(x.Participants))
	x.earlier = x.newRoll(workbook.Options{
		Name: n.earlier, Title: x.pick("Personen die al in een eerdere verantwoording staan", "Persons who stand in an earlier account"), Marking: marking(x.lang), Lying: true, Widths: wide,
		Explain: x.pick("Deze personen worden niet nog een keer opgevoerd.", "These persons are not claimed again."),
	}, x.peopleColumns(), len(x.Earlier))
	rows := 0
	for i := range x.Participants {
		rows += len(x.Participants[i].Trajectories)
	}
	x.courses = x.newRoll(workbook.Options{
		Name: n.courses, Title: x.pick("Trajecten van de deelnemers", "Trajectories of the participants"), Marking: marking(x.lang), Lying: true,
		Widths:  []float64{31, 10, 30, 13, 13, 26, 13, 12, 12, 14, 14},
		Explain: x.pick("Eén rij per traject, op volgorde van pseudoniem en begin.", "One row a trajectory, in the order of pseudonym and start."),
	}, []string{
		x.pick("Pseudoniem", "Pseudonym"), x.pick("Traject", "Trajectory"), x.pick("Ngo", "NGO"), x.pick("Begin", "Start"), x.pick("Einde", "End"),
		x.pick("Uitkomst", "Outcome"), x.pick("Vertrekdatum", "Date of departure"), x.pick("Uren begeleiding", "Hours of guidance"),
		x.pick("Activiteiten", "Activities"), x.pick("Activiteiten met bewijsstuk", "Activities with evidence"), x.pick("Bewijs van vertrek", "Evidence of departure"),
	}, rows)
	x.returns = x.newRoll(workbook.Options{
		Name: n.returns, Title: x.pick("Alle terugkeertrajecten van de pilot", "All return trajectories of the pilot"), Marking: marking(x.lang), Lying: true,
		Widths: []float64{31, 30, 13, 13, 26, 13, 12, 22, 12},
		Explain: x.pick("Het convenant vraagt verantwoording over alle terugkeertrajecten (art. 15.3). Opgevoerd worden alleen de gemarkeerde; waar de markering ontbreekt, beslist de ngo of het traject in het project valt.",
			"The covenant asks an account of all return trajectories (art. 15.3). Only those that are marked are claimed; where the mark is missing the NGO decides whether the trajectory is in the project."),
	}, []string{
		x.pick("Pseudoniem", "Pseudonym"), x.pick("Ngo", "NGO"), x.pick("Begin", "Start"), x.pick("Einde", "End"), x.pick("Uitkomst", "Outcome"),
		x.pick("Vertrekdatum", "Date of departure"), x.pick("Bewijs van vertrek", "Evidence of departure"), x.pick("AMIF-project", "AMIF project"), x.pick("Opgevoerd", "Claimed"),
	}, len(x.Returns))
}

// The column of the list of return trajectories that holds the mark.
const returnMark = 7

func (x *account) writePeople(r *roll, people []transform.Participant) {
	x.write(r, r.options[0].Name, func(add func(...workbook.Cell)) {
		for i := range people {
			p := &people[i]
			add(workbook.Text(p.Pseudonym), workbook.Text(x.label("organisation", p.Organisation)), workbook.Text(x.label("sex", p.Sex)), workbook.Text(x.label("age_band", p.AgeBand)),
				workbook.DateOf(p.Start), workbook.DateOf(p.End), workbook.Text(x.label("scenario", "return")), x.outcome(p.Outcome), workbook.DateOf(p.Departed),
				x.known(hours(p.Hours)), workbook.Text(x.yes(p.Evidence)), workbook.Count(int64(len(p.Trajectories))),
				x.known(workbook.Count(p.Activities)), x.known(workbook.Count(p.Evidenced)),
				workbook.Text(x.yes(p.Returned)), workbook.Text(x.yes(p.WithEvidence)), x.known(workbook.Text(x.yes(p.Reintegration))),
				workbook.Text(x.reasons(p)))
		}
	})
}

func (x *account) writeCourses() {
	x.write(x.courses, x.courses.options[0].Name, func(add func(...workbook.Cell)) {
		for _, p := range x.Participants {
			for _, t := range p.Trajectories {
				add(workbook.Text(p.Pseudonym), workbook.Count(t.Sequence), workbook.Text(x.label("organisation", t.Organisation)),
					workbook.DateOf(t.Start), workbook.DateOf(t.End), x.outcome(t.Outcome), workbook.DateOf(t.Departed),
					x.known(hours(t.Hours)), x.known(workbook.Count(t.Activities)), x.known(workbook.Count(t.Evidenced)), workbook.Text(x.yes(t.Evidence)))
			}
		}
	})
}

// known is a cell that rests on the register of guidance.
func (x *account) known(c workbook.Cell) workbook.Cell {
	if !x.Guidance {
		return workbook.Note(x.lang.StatusText(transform.NotAvailable))
	}
	return c
}

// outcome names an outcome; a trajectory without one has none yet.
func (x *account) outcome(code string) workbook.Cell {
	if code == "" {
		return workbook.Cell{}
	}
	return workbook.Text(x.label("outcome", code))
}

func (x *account) reasons(p *transform.Participant) string {
	return strings.Join(lists.Map(p.Reasons, func(r string) string { return x.label("reason", r) }), "; ")
}
