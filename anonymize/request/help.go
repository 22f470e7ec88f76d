package request

import (
	"fmt"
	"io"
	"strings"
)

// WriteHelp says what can be asked, in a language, nl or en.
func WriteHelp(w io.Writer, lang string) error {
	var b strings.Builder
	say := func(nl, en string) {
		if lang == "en" {
			nl = en
		}
		b.WriteString(nl)
	}
	say("Maten (measure):\n", "Measures:\n")
	for _, m := range measures {
		fmt.Fprintf(&b, "  %-10s ", m.Name)
		say(m.NL+"\n", m.EN+"\n")
	}
	for _, u := range units() {
		if u.Reported {
			continue
		}
		fmt.Fprintf(&b, "\n%s: ", u.Name)
		say(u.NL+"\n", u.EN+"\n")
		for _, f := range u.Fields {
			if f.Reported {
				continue
			}
			fmt.Fprintf(&b, "  %-22s %s", f.Name, f.In(lang))
			switch f.Kind {
			case Day:
				say("; {from, to}, per .month, .quarter, .year", "; {from, to}, by .month, .quarter, .year")
			case Number:
				var names []string
				for n := range len(f.Bands) + 1 {
					names = append(names, f.bandName(n))
				}
				say("; {from, to}, per ", "; {from, to}, by ")
				b.WriteString(strings.Join(names, ", "))
			case Decimal:
				say("; alleen onder of", "; under of alone")
			case Codes:
				if list := f.values(); list != nil {
					b.WriteString(": " + strings.Join(list, ", "))
				}
			}
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteExample writes an example of a request with comments, in a language, nl or en.
func WriteExample(w io.Writer, lang string) error {
	text := exampleNL
	if lang == "en" {
		text = exampleEN
	}
	var help strings.Builder
	if err := WriteHelp(&help, lang); err != nil {
		return err
	}
	for line := range strings.Lines(help.String()) {
		text += strings.TrimRight("# "+line, " \n") + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

const exampleTables = `title: %s

tables:
  # %s
  - name: duur
    count: trajectories
    measure: mean
    of: days
    by: [region]
    where: {running: false}

  # %s
  - name: na-afwijzing
    count: trajectories
    by: [level]
    where: {rejected: true, started_on: {from: 2019-03-01, to: 2020-09-30}}

  # %s
  - name: terugkeer
    count: trajectories
    measure: share
    having: {outcome: return, days: {to: 182}}
    by: [scenario]

`

var (
	exampleNL = `# Een verzoek om gegevens: tabellen die lvv request beantwoordt, voor zover niemand erin te herkennen is.
# Elke tabel telt (count) personen, aanmeldingen, begeleidingsperiodes, trajecten of nachten, naar ten hoogste
# vier velden (by), onder voorwaarden (where: een waarde, een lijst, {not: ...}, of {from: ..., to: ...}).
# Onderaan staat wat er te vragen is.

` + fmt.Sprintf(exampleTables, "Voorbeeld van een verzoek", "Hoe lang duren afgesloten trajecten, naar regio van herkomst?", "Wat kwam er van trajecten waarin een aanvraag werd afgewezen?", "Welk deel keerde binnen een half jaar terug, naar scenario?")
	exampleEN = `# A request for data: tables that lvv request answers as far as nobody can be recognised in them.
# Each table counts persons, cases, courses, trajectories or nights, by at most four fields (by), under
# conditions (where: a value, a list, {not: ...}, or {from: ..., to: ...}).
# What can be asked stands at the end.

` + fmt.Sprintf(exampleTables, "Example of a request", "How long do trajectories last that ended, by region of origin?", "What became of trajectories in which an application was rejected?", "Which share returned within half a year, by scenario?")
)
