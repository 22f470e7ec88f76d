package release

import (
	"strconv"

	"lvv/anonymize/kanon"
	"lvv/ingest"
)

// field is a column of a delivered table: what it holds for whom, and how it is described.
type field[T any] struct {
	name       string
	typ        string // of Table Schema: string, integer, boolean
	role       string
	unit       string
	source     string // where its definition stands
	titleNL    string
	titleEN    string
	nl, en     string
	categories []category
	value      func(T) string
}

// category is one value of a code list.
type category struct {
	Value string `json:"value"`
	Label string `json:"label"`
	NL    string `json:"label_nl"`
}

// The roles of a column.
const (
	rolePseudonym = "pseudonym"
	roleQI        = "quasi-identifier"
	roleSensitive = "sensitive"
	roleMeasure   = "measure"
)

// trajectoryRow is a trajectory with whose it is.
type trajectoryRow struct {
	id string
	trajectory
}

const pseudonymNL = "Pseudoniem van de persoon, alleen voor de evaluator. Hetzelfde in elke levering onder dezelfde sleutel."
const pseudonymEN = "Pseudonym of the person, for the evaluator alone. The same in every delivery under the same key."

func personFields() []field[*person] {
	qi := func(q int) func(*person) string { return func(p *person) string { return p.published[q] } }
	return []field[*person]{
		{name: "person_id", typ: "string", role: rolePseudonym, source: "disclosure: pseudonyms", titleNL: "Persoon", titleEN: "Person", nl: pseudonymNL, en: pseudonymEN,
			value: func(p *person) string { return p.id }},
		{name: qiNames[qiSex], typ: "string", role: roleQI, source: "cases.sex", titleNL: "Geslacht", titleEN: "Sex",
			nl: "Geslacht bij de eerste toelating, of *.", en: "Sex at the first admission, or *.", value: qi(qiSex)},
		{name: qiNames[qiAge], typ: "string", role: roleQI, unit: "year", source: "cases.birth_date, cases.decided_on", titleNL: "Leeftijd", titleEN: "Age",
			nl: "Leeftijd op de dag van de eerste toelating: jaar, 5, 10 of 20 jaar, of *.", en: "Age on the day of the first admission: year, 5, 10 or 20 years, or *.", value: qi(qiAge)},
		{name: qiNames[qiNationality], typ: "string", role: roleQI, source: "cases.nationality; UN M.49", titleNL: "Nationaliteit", titleEN: "Nationality",
			nl: "Land (ISO 3166 alpha-3; XXA staatloos, XXX onbekend), deelregio of regio van de VN (M.49), of *.", en: "Country (ISO 3166 alpha-3; XXA stateless, XXX unknown), subregion or region of the UN (M.49), or *.", value: qi(qiNationality)},
		{name: qiNames[qiAdmitted], typ: "string", role: roleQI, source: "cases.decided_on", titleNL: "Toegelaten", titleEN: "Admitted",
			nl: "Eerste toelating: maand, kwartaal, half jaar of jaar, of *.", en: "First admission: month, quarter, half-year or year, or *.", value: qi(qiAdmitted)},
		{name: qiNames[qiTrajectories], typ: "string", role: roleQI, source: "trajectories", titleNL: "Trajecten", titleEN: "Trajectories",
			nl: "Aantal begonnen trajecten: 0, 1, 2, 3+, of *.", en: "Number of trajectories begun: 0, 1, 2, 3+, or *.", value: qi(qiTrajectories)},
		{name: sensitiveNames[0], typ: "string", role: roleSensitive, source: "cases.special_group", titleNL: "Bijzondere groep", titleEN: "Special group",
			nl: "Bijzondere groep (art. 6.1).", en: "Special group (art. 6.1).",
			categories: append(codes("cases", "special_group"), category{unknown, "unknown", "onbekend"}), value: func(p *person) string { return p.specialGroup }},
		{name: sensitiveNames[1], typ: "string", role: roleSensitive, source: "trajectories.outcome", titleNL: "Einduitkomst", titleEN: "Final outcome",
			nl:         "Uitkomst van het laatst begonnen traject; running: loopt nog; unknown: geëindigd zonder uitkomst; no_trajectory: geen traject.",
			en:         "Outcome of the trajectory that began last; running: not ended; unknown: ended without outcome; no_trajectory: none.",
			categories: append(codes("trajectories", "outcome"), category{"running", "running", "loopt nog"}, category{unknown, "unknown", "onbekend"}, category{"no_trajectory", "no trajectory", "geen traject"}),
			value:      func(p *person) string { return p.finalOutcome }},
		{name: "nights_band", typ: "string", role: roleMeasure, unit: "nights", source: "stays", titleNL: "Nachten", titleEN: "Nights",
			nl: "Nachten in de opvang tot en met de peildatum.", en: "Nights in the shelters up to the reference date.",
			categories: bands("0", "1-30", "31-90", "91-180", "181-365", "366+"), value: func(p *person) string { return p.nights }},
		{name: "conferences_band", typ: "string", role: roleMeasure, unit: "count", source: "conferences", titleNL: "Casusoverleggen", titleEN: "Case conferences",
			nl: "Casusoverleggen tot en met de peildatum; leeg als niet aangeleverd.", en: "Case conferences up to the reference date; empty if not delivered.",
			categories: bands("0", "1-2", "3-5", "6+"), value: func(p *person) string { return p.conferences }},
	}
}

func trajectoryFields() []field[trajectoryRow] {
	return []field[trajectoryRow]{
		{name: "person_id", typ: "string", role: rolePseudonym, source: "disclosure: pseudonyms", titleNL: "Persoon", titleEN: "Person", nl: pseudonymNL, en: pseudonymEN,
			value: func(t trajectoryRow) string { return t.id }},
		{name: "sequence", typ: "integer", role: roleMeasure, source: "trajectories.started_on", titleNL: "Volgnummer", titleEN: "Sequence",
			nl: "Het hoeveelste traject van de persoon.", en: "Which trajectory of the person it is.", value: func(t trajectoryRow) string { return strconv.FormatInt(t.sequence, 10) }},
		{name: "scenario", typ: "string", role: roleMeasure, source: "trajectories.scenario", titleNL: "Scenario", titleEN: "Scenario",
			nl: "Scenario van het traject (art. 4.3).", en: "Scenario of the trajectory (art. 4.3).", categories: codes("trajectories", "scenario"), value: func(t trajectoryRow) string { return t.scenario }},
		{name: cellNames[cellDuration], typ: "string", role: roleMeasure, unit: "days", source: "trajectories.started_on, trajectories.ended_on", titleNL: "Duur", titleEN: "Duration",
			nl: "Duur in stappen van 30 dagen, tot het einde of de peildatum; * als achtergehouden.", en: "Duration in steps of 30 days, up to the end or the reference date; * if withheld.",
			value: func(t trajectoryRow) string { return t.published[cellDuration] }},
		{name: "running", typ: "boolean", role: roleMeasure, source: "trajectories.ended_on", titleNL: "Loopt nog", titleEN: "Running",
			nl: "Op de peildatum niet geëindigd.", en: "Not ended on the reference date.", value: func(t trajectoryRow) string { return strconv.FormatBool(t.running) }},
		{name: cellNames[cellOutcome], typ: "string", role: roleSensitive, source: "trajectories.outcome", titleNL: "Uitkomst", titleEN: "Outcome",
			nl: "Uitkomst; leeg als het traject loopt of geen uitkomst heeft; * als achtergehouden.", en: "Outcome; empty if the trajectory runs or has none; * if withheld.", categories: append(codes("trajectories", "outcome"), withheld), value: func(t trajectoryRow) string { return t.published[cellOutcome] }},
		{name: cellNames[cellHours], typ: "string", role: roleMeasure, unit: "hours", source: "guidance.hours", titleNL: "Uren begeleiding", titleEN: "Guidance hours",
			nl: "Uren begeleiding tot en met de peildatum (bovengrens hoort erbij); leeg als niet aangeleverd, * als achtergehouden.", en: "Hours of guidance up to the reference date (upper limit included); empty if not delivered, * if withheld.",
			categories: append(bands("0", "0-5", "5-10", "10-20", "20-40", "40+"), withheld), value: func(t trajectoryRow) string { return t.published[cellHours] }},
		{name: "days_to_scenario_band", typ: "string", role: roleMeasure, unit: "days", source: "cases.decided_on, conferences.held_on", titleNL: "Dagen tot scenario", titleEN: "Days to scenario",
			nl: "Dagen van toelating tot het eerste casusoverleg over het scenario; leeg als dat er niet was.", en: "Days from admission to the first conference on the scenario; empty if there was none.",
			categories: bands("<0", "0-13", "14-27", "28-55", "56+"), value: func(t trajectoryRow) string { return t.daysToScenario }},
		{name: "review", typ: "boolean", role: roleMeasure, source: "reviews", titleNL: "MRT", titleEN: "Review",
			nl: "De zaak is aan het MRT voorgelegd; leeg als niet aangeleverd.", en: "The case was submitted for review; empty if not delivered.", value: func(t trajectoryRow) string { return t.review }},
	}
}

var withheld = category{kanon.Star, "withheld", "achtergehouden"}

// bandDays is the width of duration_band.
const bandDays = 30

// codes is the code list of a field of the contract.
func codes(table, name string) []category {
	var out []category
	for _, c := range ingest.TableNamed(table).Field(name).Codes {
		out = append(out, category{c.Value, c.EN, c.NL})
	}
	return out
}

func bands(values ...string) []category {
	var out []category
	for _, v := range values {
		out = append(out, category{v, v, v})
	}
	return out
}
