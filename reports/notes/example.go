package notes

import (
	"io"
	"strings"
)

// WriteExample writes a file of notes to begin with, in a language. It says nothing until its notes are filled in.
func WriteExample(w io.Writer, lang string) error {
	text := `# Your notes on the report: why a figure is what it is. Give this file with --notes.
# A note stands in its section, marked as yours, and its date is marked in the charts over time.
# Leave out names, numbers of cases and small numbers of people: the report goes to many. lvv refuses numbers that may
# be somebody's, family names of the exports and small counts; a given name alone it does not know.
# Sections: ` + strings.Join(Sections, ", ") + `.
notes: []
#  - section: occupancy
#    date: 2020-09-15
#    text: From 15 September one location was closed for repairs. The places come back in November.
`
	if lang != "en" {
		text = `# Uw toelichting bij het rapport: waarom een cijfer is zoals het is. Geef dit bestand mee met --notes.
# Een toelichting staat bij haar onderwerp, met de vermelding dat zij van u is; de datum staat in de grafieken over de tijd.
# Laat namen, casusnummers en kleine aantallen mensen weg: het rapport gaat naar velen. lvv weigert nummers die van
# iemand kunnen zijn, achternamen uit de exports en kleine aantallen; een losse voornaam herkent het niet.
# Onderwerpen: ` + strings.Join(Sections, ", ") + `.
notes: []
#  - section: occupancy
#    date: 2020-09-15
#    text: Vanaf 15 september was één locatie dicht voor herstel. De plaatsen komen in november terug.
`
	}
	_, err := io.WriteString(w, text)
	return err
}
