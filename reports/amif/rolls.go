package amif

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"lvv/internal/lists"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// field is a column of a list: all that its sheet, deelnemers.csv, the definitions and the formulas know of it.
type field[T any] struct {
	id    string // in formulas; of participants also the name in deelnemers.csv, whatever the language
	title string
	width float64
	cell  func(*T) workbook.Cell
	means string // for the definitions, where the title does not say it all
}

// roll is a long list: on one sheet, or on several when it has more rows than one holds.
type roll[T any] struct {
	fields  []field[T]
	options []workbook.Options
	areas   []*workbook.Area
}

// newRoll says where the rows of a list will stand, so that the sheets before it can add them up.
func newRoll[T any](x *account, o workbook.Options, rows int, fields []field[T]) *roll[T] {
	r := &roll[T]{fields: fields}
	o.Marking = marking(x.lang)
	o.Widths = lists.Map(fields, func(f field[T]) float64 { return f.width })
	for n := 1; ; n++ {
		part := o
		if n > 1 {
			part.Name = fmt.Sprintf("%s %d", o.Name, n)
		}
		here := min(rows, workbook.MaxLong)
		r.options = append(r.options, part)
		r.areas = append(r.areas, x.book.LongArea(part, r.titles(), here))
		if rows -= here; rows == 0 {
			return r
		}
	}
}

func (r *roll[T]) titles() []string {
	return lists.Map(r.fields, func(f field[T]) string { return f.title })
}

// write fills the sheets of a list, whose tables get their names from the one given.
func (r *roll[T]) write(b *workbook.Book, name string, rows iter.Seq[*T]) {
	l, rest := b.LongSheet(r.options[0], r.titles()), r.options[1:]
	for row := range rows {
		if l.Len() == workbook.MaxLong {
			l.Done(name)
			l, rest = b.LongSheet(rest[0], r.titles()), rest[1:]
		}
		l.Row(lists.Map(r.fields, func(f field[T]) workbook.Cell { return f.cell(row) })...)
	}
	l.Done(name)
}

// over joins what a formula says of each sheet of a list, with the references to columns by their id.
func (r *roll[T]) over(formula func(column func(id string) string) string) string {
	return strings.Join(lists.Map(r.areas, func(a *workbook.Area) string {
		return formula(func(id string) string {
			return a.Column(slices.IndexFunc(r.fields, func(f field[T]) bool { return f.id == id }))
		})
	}), "+")
}

// rows is the formula that counts a list's rows.
func (r *roll[T]) rows() string {
	return r.over(func(column func(string) string) string { return "COUNTA(" + column(r.fields[0].id) + ")" })
}

// sum is the formula that adds a column up.
func (r *roll[T]) sum(id string) string {
	return r.over(func(column func(string) string) string { return "SUM(" + column(id) + ")" })
}

// exact is the factor of a formula that holds where a column has a text.
func exact(column, text string) string { return "EXACT(" + column + "," + text + ")" }

// each yields the elements of a list in place.
func each[T any](list []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// pseudonymColumn is the first column of the lists.
const pseudonymColumn = "pseudoniem"

// participants are the columns of the list of participants.
func (x *account) participants() []field[transform.Participant] {
	type person = transform.Participant
	p := x.pick
	return []field[person]{
		{id: pseudonymColumn, title: p("Pseudoniem", "Pseudonym"), width: 31, cell: func(of *person) workbook.Cell { return workbook.Text(of.Pseudonym) },
			means: p("Kenmerk van de persoon dat alleen in AMIF-verantwoordingen wordt gebruikt. Het is met geen ander bestand te koppelen.", "Mark of the person, used in AMIF accounts only. It cannot be joined to any other file.")},
		{id: "ngo", title: p("Ngo (eerste traject)", "NGO (first trajectory)"), width: 22, cell: func(of *person) workbook.Cell { return x.code("organisation", of.Organisation) },
			means: p("De ngo van het eerste traject; het blad Trajecten noemt de ngo van elk traject.", "The NGO of the first trajectory; the sheet Trajectories names that of each.")},
		{id: "geslacht", title: p("Geslacht", "Sex"), width: 10, cell: func(of *person) workbook.Cell { return x.code("sex", of.Sex) }},
		{id: "leeftijdsgroep", title: p("Leeftijdsgroep", "Age group"), width: 18, cell: func(of *person) workbook.Cell { return x.code("age_band", of.AgeBand) },
			means: p("Leeftijd bij het begin van het eerste traject.", "Age at the start of the first trajectory.")},
		{id: "start", title: p("Begin eerste traject", "Start of first trajectory"), width: 12, cell: func(of *person) workbook.Cell { return workbook.DateOf(of.Start) }},
		{id: "einde", title: p("Einde laatste traject", "End of last trajectory"), width: 12, cell: func(of *person) workbook.Cell { return workbook.DateOf(of.End) },
			means: p("Leeg zolang een traject loopt.", "Empty while a trajectory is running.")},
		{id: "scenario", title: "Scenario", width: 10, cell: func(*person) workbook.Cell { return x.code("scenario", "return") }},
		{id: "uitkomst", title: p("Uitkomst", "Outcome"), width: 20, cell: func(of *person) workbook.Cell { return x.outcome(of.Outcome) },
			means: p("Van het traject waaruit de terugkeer blijkt, anders van het laatste traject; zo ook de vertrekdatum en het bewijs.", "Of the trajectory that shows the return, else of the last one; likewise date of departure and evidence.")},
		{id: "vertrekdatum", title: p("Vertrekdatum", "Date of departure"), width: 12, cell: func(of *person) workbook.Cell { return workbook.DateOf(of.Departed) }},
		{id: "begeleidingsuren", title: p("Uren begeleiding", "Hours of guidance"), width: 11, cell: func(of *person) workbook.Cell { return x.known(hours(of.Hours)) }},
		{id: "vertrekbewijs", title: p("Bewijs van vertrek", "Evidence of departure"), width: 10, cell: func(of *person) workbook.Cell { return x.yes(of.Evidence) }},
		{id: "trajecten", title: p("Trajecten", "Trajectories"), width: 11, cell: func(of *person) workbook.Cell { return workbook.Count(int64(len(of.Trajectories))) }},
		{id: "activiteiten", title: p("Activiteiten", "Activities"), width: 11, cell: func(of *person) workbook.Cell { return x.known(workbook.Count(of.Activities)) }},
		{id: "activiteiten_met_bewijs", title: p("Activiteiten met bewijsstuk", "Activities with evidence"), width: 12, cell: func(of *person) workbook.Cell { return x.known(workbook.Count(of.Evidenced)) }},
		{id: "teruggekeerd", title: p("Teruggekeerd", "Returned"), width: 12, cell: func(of *person) workbook.Cell { return x.yes(of.Returned) }},
		{id: "teruggekeerd_met_bewijs", title: p("Teruggekeerd met bewijs", "Returned with evidence"), width: 12, cell: func(of *person) workbook.Cell { return x.yes(of.WithEvidence) }},
		{id: "herintegratie", title: p("Herintegratiebijstand", "Reintegration assistance"), width: 13, cell: func(of *person) workbook.Cell { return x.known(x.yes(of.Reintegration)) },
			means: p("Teruggekeerd, met een begeleidingsactiviteit van de soort herintegratie.", "Returned, with a guidance activity of the kind reintegration.")},
		{id: "aan_te_vullen", title: p("Aan te vullen", "To be completed"), width: 30, cell: func(of *person) workbook.Cell {
			return workbook.Text(strings.Join(lists.Map(of.Reasons, func(r string) string { return x.label("reason", r) }), "; "))
		}},
	}
}

// course is a trajectory with its participant's pseudonym.
type course struct {
	pseudonym string
	*transform.AccountTrajectory
}

// eachCourse yields the trajectories of the participants.
func (x *account) eachCourse(yield func(*course) bool) {
	for p := range each(x.Participants) {
		for t := range each(p.Trajectories) {
			if !yield(&course{p.Pseudonym, t}) {
				return
			}
		}
	}
}

// layOut decides where the lists stand.
func (x *account) layOut() {
	n, p := x.names(), x.pick
	x.people = newRoll(x, workbook.Options{
		Name: n.people, Title: p("Deelnemers die in deze verantwoording worden opgevoerd", "Participants claimed in this account"), Lying: true,
		Explain: p("Eén rij per persoon, op volgorde van pseudoniem. Hetzelfde staat in deelnemers.csv. Wie bevoegd is, vindt via het databeheer de rijen in de aangeleverde bestanden.",
			"One row a person, in the order of the pseudonyms. deelnemers.csv holds the same. Those entitled to it find the rows of the delivered files through the data steward."),
	}, len(x.Participants), x.participants())
	x.earlier = newRoll(x, workbook.Options{
		Name: n.earlier, Title: p("Personen die al in een eerdere verantwoording staan", "Persons who stand in an earlier account"), Lying: true,
		Explain: p("Deze personen worden niet nog een keer opgevoerd.", "These persons are not claimed again."),
	}, len(x.Earlier), x.participants())
	rows := 0
	for range x.eachCourse {
		rows++
	}
	x.courses = newRoll(x, workbook.Options{
		Name: n.courses, Title: p("Trajecten van de deelnemers", "Trajectories of the participants"), Lying: true,
		Explain: p("Eén rij per traject, op volgorde van pseudoniem en begin.", "One row a trajectory, in the order of pseudonym and start."),
	}, rows, []field[course]{
		{id: pseudonymColumn, title: p("Pseudoniem", "Pseudonym"), width: 31, cell: func(of *course) workbook.Cell { return workbook.Text(of.pseudonym) }},
		{title: p("Traject", "Trajectory"), width: 10, cell: func(of *course) workbook.Cell { return workbook.Count(of.Sequence) }},
		{id: "ngo", title: p("Ngo", "NGO"), width: 30, cell: func(of *course) workbook.Cell { return x.code("organisation", of.Organisation) }},
		{title: p("Begin", "Start"), width: 13, cell: func(of *course) workbook.Cell { return workbook.DateOf(of.Start) }},
		{title: p("Einde", "End"), width: 13, cell: func(of *course) workbook.Cell { return workbook.DateOf(of.End) }},
		{title: p("Uitkomst", "Outcome"), width: 26, cell: func(of *course) workbook.Cell { return x.outcome(of.Outcome) }},
		{title: p("Vertrekdatum", "Date of departure"), width: 13, cell: func(of *course) workbook.Cell { return workbook.DateOf(of.Departed) }},
		{id: "uren", title: p("Uren begeleiding", "Hours of guidance"), width: 12, cell: func(of *course) workbook.Cell { return x.known(hours(of.Hours)) }},
		{title: p("Activiteiten", "Activities"), width: 12, cell: func(of *course) workbook.Cell { return x.known(workbook.Count(of.Activities)) }},
		{title: p("Activiteiten met bewijsstuk", "Activities with evidence"), width: 14, cell: func(of *course) workbook.Cell { return x.known(workbook.Count(of.Evidenced)) }},
		{title: p("Bewijs van vertrek", "Evidence of departure"), width: 14, cell: func(of *course) workbook.Cell { return x.yes(of.Evidence) }},
	})
	type row = transform.ReturnTrajectory
	x.returns = newRoll(x, workbook.Options{
		Name: n.returns, Title: p("Alle terugkeertrajecten van de pilot", "All return trajectories of the pilot"), Lying: true,
		Explain: p("Het convenant vraagt verantwoording over alle terugkeertrajecten (art. 15.3). Opgevoerd worden alleen de gemarkeerde; waar de markering ontbreekt, beslist de ngo of het traject in het project valt.",
			"The covenant asks an account of all return trajectories (art. 15.3). Only those that are marked are claimed; where the mark is missing the NGO decides whether the trajectory is in the project."),
	}, len(x.Returns), []field[row]{
		{id: pseudonymColumn, title: p("Pseudoniem", "Pseudonym"), width: 31, cell: func(of *row) workbook.Cell { return workbook.Text(of.Pseudonym) }},
		{title: p("Ngo", "NGO"), width: 30, cell: func(of *row) workbook.Cell { return x.code("organisation", of.Organisation) }},
		{title: p("Begin", "Start"), width: 13, cell: func(of *row) workbook.Cell { return workbook.DateOf(of.Start) }},
		{title: p("Einde", "End"), width: 13, cell: func(of *row) workbook.Cell { return workbook.DateOf(of.End) }},
		{title: p("Uitkomst", "Outcome"), width: 26, cell: func(of *row) workbook.Cell { return x.outcome(of.Outcome) }},
		{title: p("Vertrekdatum", "Date of departure"), width: 13, cell: func(of *row) workbook.Cell { return workbook.DateOf(of.Departed) }},
		{title: p("Bewijs van vertrek", "Evidence of departure"), width: 12, cell: func(of *row) workbook.Cell { return x.yes(of.Evidence) }},
		{id: "project", title: p("AMIF-project", "AMIF project"), width: 22, cell: func(of *row) workbook.Cell { return x.code("project", of.Project) }},
		{title: p("Opgevoerd", "Claimed"), width: 12, cell: func(of *row) workbook.Cell { return x.yes(of.Claimed) }},
	})
}

// known is a cell that rests on the register of guidance.
func (x *account) known(c workbook.Cell) workbook.Cell {
	if !x.Guidance {
		return workbook.Note(x.lang.StatusText(transform.NotAvailable))
	}
	return c
}

// code names a code.
func (x *account) code(dim, value string) workbook.Cell { return workbook.Text(x.label(dim, value)) }

// outcome names an outcome; a trajectory without one has none yet.
func (x *account) outcome(code string) workbook.Cell {
	if code == "" {
		return workbook.Cell{}
	}
	return x.code("outcome", code)
}

func (x *account) yes(b bool) workbook.Cell {
	if b {
		return workbook.Text(x.pick("ja", "yes"))
	}
	return workbook.Text(x.pick("nee", "no"))
}
