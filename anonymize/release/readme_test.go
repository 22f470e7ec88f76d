package release

import (
	"regexp"
	"strings"
	"testing"

	"lvv/anonymize/datapackage"
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

// Guide and codebook say the same of a question, and never more than holds.
func TestGuideAndCodebookAgree(t *testing.T) {
	r := &Risk{Persons: &TableRisk{}, Trajectories: &TableRisk{}, Courses: &TableRisk{}}
	r.Questions = []Question{{NL: "Hoe lang?", Unit: unitDays, Bound: 1, Usable: 0.899}, {NL: "Hoe vaak?", Unit: unitPoints, Bound: 3, Usable: 0.5}}
	var guide, book strings.Builder
	tables := []*table{personsTable(&span{2019, 2020}), trajectoriesTable(), coursesTable(nil)}
	if err := writeReadme(&guide, r, tables); err != nil {
		t.Fatal(err)
	}
	if err := writeCodebook(&book, &datapackage.Package{}, r); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"1 dag", "89 %", "3 procentpunt", "50 %"} {
		if !strings.Contains(guide.String(), text) || !strings.Contains(book.String(), text) {
			t.Errorf("guide or codebook lacks %q", text)
		}
	}
}
