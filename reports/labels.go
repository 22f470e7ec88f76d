package reports

import (
	"cmp"
	"strings"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/sql"
	"lvv/transform"
)

// catalogue is the catalogue that is built in. That it can be read is a test of package sql; without
// it, codes stand for their labels.
func catalogue() *sql.Catalogue {
	c, err := sql.Load()
	if err != nil {
		return &sql.Catalogue{}
	}
	return c
}

// Dimension returns what readers call a dimension; one without a name of its own keeps its id.
func Dimension(dim string, lang Lang) string {
	return cmp.Or(catalogue().DimTitle(dim).In(string(lang)), dim)
}

// Label returns what readers call a value of a dimension: from the lists of the catalogue, which
// hold the code lists of the contract and the values that the figures bring about. Free text (a
// location, a source) stays as it is.
func Label(dim, value string, lang Lang) string {
	c := catalogue()
	for i := range c.Figures {
		for _, b := range c.Figures[i].Breakdowns {
			for _, list := range b {
				if list.Dim != dim {
					continue
				}
				if code := list.Value(value); code != nil {
					return code.Label.In(string(lang))
				}
			}
		}
	}
	if label, ok := contractLabel(dim, value, lang); ok {
		return label
	}
	switch {
	case value == "unknown":
		return lang.Pick("onbekend", "unknown")
	case dim == "date":
		if d, err := day.Parse(value); err == nil {
			return lang.DateShort(d)
		}
	}
	return value
}

// contractLabel looks a code up in the contract, for the fields that no figure is broken down by.
func contractLabel(dim, value string, lang Lang) (string, bool) {
	for _, t := range ingest.Contract() {
		if f := t.Field(dim); f != nil {
			if c := lists.Find(f.Codes, func(c *ingest.Code) bool { return c.Value == value }); c != nil {
				return lang.Pick(c.NL, c.EN), true
			}
		}
	}
	return "", false
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
// export by its stem ("mrt, escalaties not delivered").
func Reason(reason string, lang Lang) string {
	if list, differ := strings.CutPrefix(reason, transform.DiffersReason); differ {
		names := strings.Split(list, ", ")
		for i, name := range names {
			names[i] = cmp.Or(settings[name].In(string(lang)), name)
		}
		return lang.Pick("de voorwaarden van de pilots verschillen: ", transform.DiffersReason) + strings.Join(names, ", ")
	}
	if lang == English {
		return reason
	}
	if reason == transform.CountedTwice {
		return "er zijn mensen die in meer dan één pilot tellen"
	}
	if stem, ok := strings.CutSuffix(reason, " not delivered"); ok {
		return "niet aangeleverd: " + stem
	}
	if reason == "no budget in the terms" {
		return "de voorwaarden noemen geen begroting"
	}
	return reason
}

// settings are what readers call the terms.
var settings = map[string]sql.Text{
	"pilot_start":          {NL: "de start", EN: "the start"},
	"pilot_end":            {NL: "het eind", EN: "the end"},
	"review_days":          {NL: "de termijn van het reviewteam", EN: "the deadline of the review team"},
	"scenario_days":        {NL: "de termijn voor het scenario", EN: "the deadline for the scenario"},
	"change_moment_days":   {NL: "de termijn na een verandermoment", EN: "the term after a moment of change"},
	"review_interval_days": {NL: "hoe vaak wordt herbeoordeeld", EN: "how often cases are reviewed"},
	"course_gap_days":      {NL: "wanneer trajecten één begeleiding zijn", EN: "when trajectories are one course"},
	"long_stay_days":       {NL: "wat een lang verblijf is", EN: "what a long stay is"},
}

// LabelOf is what readers call a value of a dimension of one figure, where its list differs from others of
// the same dimension.
func LabelOf(figure, dim, value string, lang Lang) string {
	return catalogue().Label(figure, dim, value).In(string(lang))
}
