package release

import (
	"regexp"
	"strings"
	"testing"
)

// Of one person or row the guide does not speak as of many, and of many not as of one.
func TestReadmeCounts(t *testing.T) {
	wrong := map[int]*regexp.Regexp{
		1: regexp.MustCompile(`\b1 (?:personen|rijen|trajecten|deelnemers|dagen|manieren|waarden)\b`),
		2: regexp.MustCompile(`\b2 (?:persoon|rij|traject|deelnemer|dag|manier|waarde)\b`),
	}
	tables := []*table{personsTable(&span{2019, 2020}), trajectoriesTable(), coursesTable(nil)}
	for n, pattern := range wrong {
		part := func() *TableRisk {
			return &TableRisk{Rows: n, Persons: n, RowsLeftOut: n, PersonsLeftOut: n, K: 5, L: map[string]int{"outcome": n, "special_group": n}}
		}
		r := &Risk{Persons: part(), Trajectories: part(), Courses: part(), RequiredK: 5, RequiredL: n, AMIF: AMIF{Participants: n, Ways: n}}
		r.Questions = []Question{{NL: "Hoe vaak?", Unit: unitPoints, Bound: float64(n), Usable: 1}, {NL: "Hoe lang?", Unit: unitDays, Bound: float64(n), Usable: 1}}
		var text strings.Builder
		if err := writeReadme(&text, r, tables); err != nil {
			t.Fatal(err)
		}
		if found := pattern.FindAllString(text.String(), -1); len(found) > 0 {
			t.Errorf("of %d it says %q", n, found)
		}
	}
}
