package release

import (
	"slices"

	"lvv/anonymize/datapackage"
	"lvv/ingest"
	"lvv/internal/lists"
)

// The widths of bands in days, each of which divides the next: the first are the values.
var (
	nightWidths    = []int{30, 90, 180, 360}
	durationWidths = []int{30, 90, 180, 360}
	courseWidths   = []int{90, 180, 360}
)

// The names of the tables, and of the columns that are looked up.
const (
	personsName      = "personen"
	trajectoriesName = "trajecten"
	coursesName      = "verlopen"

	colSex          = "sex"
	colAge          = "age_band"
	colNationality  = "nationality"
	colAdmitted     = "admitted"
	colTrajectories = "trajectories"
	colScenario     = "scenario"
	colRunning      = "running"
	colDuration     = "duration_band"
	colHours        = "guidance_hours_band"
	colPath         = "scenarios"
	colFinalOutcome = "final_outcome"
	colOutcome      = "outcome"
	colLevel        = "outcome_level"
)

// Values that are not in a code list of the contract.
var (
	categoryUnknown  = category(unknown, "unknown", "onbekend")
	categoryRunning  = category("running", "running", "loopt nog")
	categoryNone     = category("none", "none", "geen")
	categoryNoCourse = category("no_trajectory", "no trajectory", "geen traject")
	categoryYes      = category(isRunning, "yes", "ja")
	categoryNo       = category(hasEnded, "no", "nee")
)

func personsTable(years *span) *table {
	return newTable(table{
		name: personsName, titleNL: "Personen", titleEN: "Persons",
		nl: "Eén rij per persoon met een toegelaten casus.", en: "One row a person with an admitted case.",
		columns: []column{
			{name: colSex, source: "cases.sex", titleNL: "Geslacht", titleEN: "Sex", nl: "Geslacht bij de eerste toelating.", en: "Sex at the first admission.",
				categories: listed("cases", "sex", categoryUnknown), hierarchy: flat(codeValues("cases", "sex")...)},
			{name: colAge, unit: "year", source: "cases.birth_date, cases.decided_on", titleNL: "Leeftijd", titleEN: "Age",
				nl: "Leeftijd in jaren op de dag van de eerste toelating.", en: "Age in years on the day of the first admission.", levels: ageLevels, hierarchy: ageRows()},
			{name: colNationality, source: "cases.nationality; UN M.49", titleNL: "Nationaliteit", titleEN: "Nationality",
				nl: "Land (ISO 3166 alpha-3; XXA staatloos, XXX onbekend), of deelregio of regio van de VN (M.49).",
				en: "Country (ISO 3166 alpha-3; XXA stateless, XXX unknown), or subregion or region of the UN (M.49).", levels: nationalityLevels, hierarchy: nationalityRows()},
			{name: colAdmitted, source: "cases.decided_on", titleNL: "Toegelaten", titleEN: "Admitted",
				nl: "Maand van de eerste toelating, of kwartaal, half jaar of jaar.", en: "Month of the first admission, or quarter, half-year or year.", levels: admittedLevels, hierarchy: admittedRows(years.first, years.last)},
			{name: colTrajectories, unit: "trajectories", source: "trajectories", titleNL: "Trajecten", titleEN: "Trajectories",
				nl: "Aantal trajecten dat op de peildatum begonnen was.", en: "Number of trajectories begun by the reference date.", categories: bands("0", "1", "2", "3+"), hierarchy: flat("0", "1", "2", "3+")},
			{name: "nights_band", unit: "nights", source: "stays", titleNL: "Nachten", titleEN: "Nights",
				nl: "Nachten in de opvang tijdens de pilot, tot en met de peildatum.", en: "Nights in the shelters during the pilot, up to the reference date.",
				levels: dayLevels(nightWidths...), hierarchy: dayRows(nightWidths...)},
			{name: "special_group", sensitive: true, source: "cases.special_group", titleNL: "Bijzondere groep", titleEN: "Special group",
				nl: "Bijzondere groep (art. 6.1).", en: "Special group (art. 6.1).", categories: listed("cases", "special_group", categoryUnknown)},
			{name: colFinalOutcome, sensitive: true, source: "trajectories.outcome", titleNL: "Einduitkomst", titleEN: "Final outcome",
				nl:         "Uitkomst van het traject dat het laatst begon.",
				en:         "Outcome of the trajectory that began last.",
				categories: listed("trajectories", "outcome", categoryRunning, categoryUnknown, categoryNoCourse), pending: []string{"running"}},
		},
	})
}

func trajectoriesTable() *table {
	return newTable(table{
		name: trajectoriesName, titleNL: "Trajecten", titleEN: "Trajectories",
		nl: "Eén rij per begeleidingstraject dat op de peildatum begonnen was.", en: "One row a guidance trajectory that had begun by the reference date.",
		columns: []column{
			{name: colScenario, source: "trajectories.scenario", titleNL: "Scenario", titleEN: "Scenario", nl: "Scenario van het traject (art. 4.3).", en: "Scenario of the trajectory (art. 4.3).",
				categories: listed("trajectories", "scenario", categoryUnknown), hierarchy: flat(codeValues("trajectories", "scenario")...)},
			{name: colRunning, source: "trajectories.ended_on", titleNL: "Loopt nog", titleEN: "Running", nl: "Op de peildatum niet geëindigd.", en: "Not ended on the reference date.",
				categories: []datapackage.Category{categoryYes, categoryNo}, hierarchy: flat(isRunning, hasEnded)},
			{name: colDuration, unit: "days", source: "trajectories.started_on, trajectories.ended_on", titleNL: "Duur", titleEN: "Duration",
				nl: "Dagen vanaf het begin, tot het einde of de peildatum.", en: "Days from the start to the end or the reference date.",
				levels: dayLevels(durationWidths...), hierarchy: dayRows(durationWidths...)},
			{name: colHours, unit: "hours", source: "guidance.hours", titleNL: "Uren begeleiding", titleEN: "Guidance hours",
				nl: "Uren begeleiding tot en met de peildatum; de bovengrens hoort erbij. unknown: niet aangeleverd.", en: "Hours of guidance up to the reference date, upper limit included. unknown: not delivered.",
				levels: []string{"up to 10 hours, more"}, hierarchy: hoursRows()},
			{name: "days_to_scenario_band", unit: "days", source: "cases.decided_on, conferences.held_on", titleNL: "Dagen tot scenario", titleEN: "Days to scenario",
				nl:     "Dagen van de toelating van de casus tot het eerste overleg over het scenario. none: geen overleg of geen toelating; unknown: niet aangeleverd.",
				en:     "Days from the admission of the case to the first conference on the scenario. none: no conference or no admission; unknown: not delivered.",
				levels: []string{"four weeks"}, hierarchy: scenarioRows()},
			{name: "review", source: "reviews", titleNL: "MRT", titleEN: "Review", nl: "De casus is aan het MRT voorgelegd. unknown: niet aangeleverd.", en: "The case was submitted for review. unknown: not delivered.",
				categories: []datapackage.Category{categoryYes, categoryNo, categoryUnknown}, hierarchy: flat("true", "false", unknown)},
			{name: colOutcome, sensitive: true, source: "trajectories.outcome", titleNL: "Uitkomst", titleEN: "Outcome", nl: "Uitkomst van het traject.", en: "Outcome of the trajectory.",
				categories: listed("trajectories", "outcome", categoryRunning, categoryUnknown), pending: []string{"running"}},
		},
	})
}

func coursesTable(courses []*row) *table {
	return newTable(table{
		name: coursesName, titleNL: "Verlopen", titleEN: "Courses",
		nl: "Eén rij per begeleidingsperiode: de trajecten van een casus die zonder onderbreking op elkaar volgen.",
		en: "One row a course of guidance: the trajectories of a case that follow each other without a break.",
		columns: []column{
			{name: colPath, source: "trajectories.scenario", titleNL: "Scenario's", titleEN: "Scenarios", nl: "De scenario's van de periode in hun volgorde; … staat voor wat daartussen kan liggen.",
				en: "The scenarios of the course in their order; … stands for what may lie between.", levels: pathLevels, hierarchy: pathRows(courses)},
			{name: colDuration, unit: "days", source: "trajectories.started_on, trajectories.ended_on", titleNL: "Duur", titleEN: "Duration",
				nl: "Dagen vanaf het begin, tot het einde of de peildatum.", en: "Days from the start to the end or the reference date.",
				levels: dayLevels(courseWidths...), hierarchy: dayRows(courseWidths...)},
			{name: colRunning, source: "trajectories.ended_on", titleNL: "Loopt nog", titleEN: "Running", nl: "Op de peildatum niet geëindigd.", en: "Not ended on the reference date.",
				categories: []datapackage.Category{categoryYes, categoryNo}, hierarchy: flat(isRunning, hasEnded)},
			{name: colLevel, sensitive: true, source: "trajectories.outcome", titleNL: "Niveau van de uitkomst", titleEN: "Level of the outcome",
				nl:         "durable: terugkeer, doormigratie of legalisering; semi_durable: herhaalde aanvraag of uitstel om medische redenen; none: geëindigd met een andere uitkomst of zonder uitkomst; running: niet geëindigd.",
				en:         "durable: return, onward migration or legalisation; semi_durable: repeat application or medical deferral; none: ended with another outcome or without one; running: not ended.",
				categories: []datapackage.Category{category("durable", "durable", "bestendig"), category("semi_durable", "semi-durable", "semi-bestendig"), categoryNone, categoryRunning}, pending: []string{"running"}},
		},
	})
}

// listed is the code list of a field of the contract, with more values where they are not in it.
func listed(table, name string, more ...datapackage.Category) []datapackage.Category {
	out := lists.Map(ingest.TableNamed(table).Field(name).Codes, func(c ingest.Code) datapackage.Category { return category(c.Value, c.EN, c.NL) })
	for _, m := range more {
		if !slices.ContainsFunc(out, func(c datapackage.Category) bool { return c.Value == m.Value }) {
			out = append(out, m)
		}
	}
	return out
}

func bands(values ...string) []datapackage.Category {
	return lists.Map(values, func(v string) datapackage.Category { return category(v, v, v) })
}
