package reports

import (
	"strings"

	"lvv/ingest"
	"lvv/ingest/day"
	"lvv/transform"
)

// pair is a label in both languages.
type pair struct{ nl, en string }

// derived holds the labels of values that no register holds: those that the figures bring about.
// The key is dimension=value.
var derived = map[string]pair{
	"level=durable":               {"bestendig", "durable"},
	"level=semi_durable":          {"semi-bestendig", "semi-durable"},
	"level=none":                  {"niet bestendig", "not durable"},
	"level=running":               {"loopt nog", "running"},
	"population=admitted":         {"toegelaten", "admitted"},
	"population=not_admitted":     {"(nog) niet toegelaten", "not (yet) admitted"},
	"stat=n":                      {"aantal", "number"},
	"stat=mean":                   {"gemiddelde", "mean"},
	"stat=median":                 {"mediaan", "median"},
	"stat=p10":                    {"10e percentiel", "10th percentile"},
	"stat=p25":                    {"25e percentiel", "25th percentile"},
	"stat=p50":                    {"50e percentiel", "50th percentile"},
	"stat=p75":                    {"75e percentiel", "75th percentile"},
	"stat=p90":                    {"90e percentiel", "90th percentile"},
	"stat=estimate":               {"schatting", "estimate"},
	"stat=low":                    {"ondergrens", "lower limit"},
	"stat=high":                   {"bovengrens", "upper limit"},
	"stat=at_risk":                {"nog in begeleiding", "at risk"},
	"age_band=<18":                {"jonger dan 18", "under 18"},
	"age_band=18-60":              {"18 tot en met 60", "18 to 60"},
	"age_band=>60":                {"ouder dan 60", "over 60"},
	"reason=no_guidance":          {"geen begeleiding vastgelegd", "no guidance on record"},
	"reason=no_evidence":          {"geen bewijsstuk", "no evidence"},
	"reason=unknown_birth_date":   {"geboortedatum onbekend", "date of birth unknown"},
	"reason=unknown_sex":          {"geslacht onbekend", "sex unknown"},
	"reason=identity_unknown":     {"identiteit onbekend", "identity unknown"},
	"reason=no_departure_date":    {"geen vertrekdatum", "no date of departure"},
	"reason=double_participation": {"dubbele deelname", "double participation"},
}

// dimensions names the dimensions of the figures.
var dimensions = map[string]pair{
	"age_band":         {"leeftijd", "age"},
	"date":             {"datum", "date"},
	"day":              {"na", "after"},
	"end_ground":       {"grond van beëindiging", "ground for ending"},
	"exclusion_ground": {"grond om niet toe te laten", "ground for exclusion"},
	"exit_reason":      {"reden van vertrek", "reason for leaving"},
	"kind":             {"soort", "kind"},
	"level":            {"bestendigheid", "level"},
	"location":         {"locatie", "location"},
	"moment":           {"aanleiding", "occasion"},
	"organisation":     {"organisatie", "organisation"},
	"outcome":          {"uitkomst", "outcome"},
	"population":       {"groep", "population"},
	"reason":           {"reden", "reason"},
	"referred_by":      {"aangemeld door", "referred by"},
	"scenario":         {"scenario", "scenario"},
	"sex":              {"geslacht", "sex"},
	"source":           {"bron", "source"},
	"special_group":    {"bijzondere groep", "special group"},
	"stat":             {"maat", "statistic"},
	"year":             {"jaar", "year"},
}

// Dimension returns what readers call a dimension; one without a name of its own keeps its id.
func Dimension(dim string, lang Lang) string {
	if p, ok := dimensions[dim]; ok {
		return lang.Pick(p.nl, p.en)
	}
	return dim
}

// Label returns what readers call a value of a dimension: from the code lists of the contract, or
// from the values that the figures bring about. Free text (a location, a source) stays as it is.
func Label(dim, value string, lang Lang) string {
	if p, ok := derived[dim+"="+value]; ok {
		return lang.Pick(p.nl, p.en)
	}
	for _, t := range ingest.Contract() {
		for i := range t.Fields {
			if t.Fields[i].Name != dim {
				continue
			}
			for _, c := range t.Fields[i].Codes {
				if c.Value == value {
					return lang.Pick(c.NL, c.EN)
				}
			}
		}
	}
	switch {
	case value == "unknown":
		return lang.Pick("onbekend", "unknown")
	case dim == "day":
		return value + nbsp + lang.Pick("dagen", "days")
	case dim == "date":
		if d, err := day.Parse(value); err == nil {
			return lang.DateShort(d)
		}
	}
	return value
}

// TableLabel returns what readers call a register: its Dutch stem, or its canonical English name.
func TableLabel(name string, lang Lang) string {
	if t := ingest.TableNamed(name); t != nil {
		return lang.Pick(t.Stem, strings.ReplaceAll(t.Name, "_", " "))
	}
	return name
}

// StatusText returns what readers see in the place of a value that a figure does not have.
func (l Lang) StatusText(s transform.Status) string {
	switch s {
	case transform.NotAvailable:
		return l.Pick("niet beschikbaar", "not available")
	case transform.Undefined:
		return l.Pick("niet te bepalen", "undefined")
	case transform.Suppressed:
		return l.Pick("niet getoond", "not shown")
	}
	return ""
}

// Reason returns why a figure has no value, in the reader's language: the statuses' reasons name an
// export by its stem ("mrt not delivered").
func Reason(reason string, lang Lang) string {
	if lang == English {
		return reason
	}
	if stem, ok := strings.CutSuffix(reason, " not delivered"); ok {
		return stem + " is niet aangeleverd"
	}
	if reason == "no budget in the terms" {
		return "de voorwaarden noemen geen begroting"
	}
	return reason
}

// ControlOff warns readers that disclosure control was switched off ([disclose.Published].MinCell is 0).
func ControlOff(lang Lang) string {
	return lang.Pick(
		"De bescherming van kleine aantallen stond uit. Dit rapport kan over herkenbare personen gaan: deel het niet verder.",
		"The protection of small numbers was switched off. This report may be about recognisable people: do not pass it on.")
}
