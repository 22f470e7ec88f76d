package release

import (
	"regexp"
	"strings"
	"testing"
)

// Of one person or row the guide does not speak as of many, and of many not as of one.
func TestReadmeCounts(t *testing.T) {
	wrong := map[int]*regexp.Regexp{
		1: regexp.MustCompile(`\b1 (?:personen|rijen|trajecten|deelnemers|dagen)\b`),
		2: regexp.MustCompile(`\b2 (?:persoon|rij|traject|deelnemer|dag)\b`),
	}
	for n, pattern := range wrong {
		r := &Risk{Persons: n, PersonsLeftOut: n, Trajectories: n, TrajectoriesLeftOut: n, K: 5, RequiredK: 5, RequiredL: n}
		r.OverDeliveries.K = n
		r.Linkage = Linkage{Participants: n, UniqueMatches: n, ParticipantsFittingOne: n}
		r.TrajectoryTable.AloneByNumber = n
		r.Questions = []Question{{NL: "Hoeveel?", Unit: "trajectories", Bound: float64(n), Usable: 1}, {NL: "Hoe lang?", Unit: "days", Bound: float64(n), Usable: 1}}
		var text strings.Builder
		if err := writeReadme(&text, r); err != nil {
			t.Fatal(err)
		}
		if found := pattern.FindAllString(text.String(), -1); len(found) > 0 {
			t.Errorf("of %d it says %q", n, found)
		}
	}
}
