package amif

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/steward"
	"lvv/transform"
)

// WriteOrigins writes amif-herkomst.csv, for the data steward alone: which row of which delivered file
// stands behind each trajectory of the account, under the steward's own pseudonyms. files are the
// names of the run's files, in the order in which the store counts them.
func WriteOrigins(w io.Writer, a *transform.Account, files []string) error {
	out := csv.NewWriter(w)
	err := out.Write(originColumns)
	a.Origins(func(o transform.Origin) bool {
		err = out.Write(originRow(o, files))
		return err == nil
	})
	out.Flush()
	if err := errors.Join(err, out.Error()); err != nil {
		return say.Errorf("write origins of the AMIF account: %w", err)
	}
	return nil
}

// originColumns is the header of what originRow writes.
var originColumns = []string{"pseudoniem_beheer", "traject", "register", "bestand", "rij"}

func originRow(o transform.Origin, files []string) []string {
	return []string{
		o.Steward, strconv.FormatInt(o.Sequence, 10), reports.TableLabel(o.Register, reports.Dutch), harmless(fileName(files, int64(o.File))), strconv.FormatInt(o.Line, 10),
	}
}

func fileName(files []string, n int64) string {
	if n < 0 || n >= int64(len(files)) {
		return ""
	}
	return files[n]
}

// Guide is beheer/LEESMIJ-amif.md: how an auditor gets from an indicator to the rows of the exports.
const Guide = `# Van indicator naar bronregel (AMIF)

Alleen voor het databeheer. Een auditor volgt een cijfer zo tot in de aangeleverde bestanden:

1. **Indicator.** Blad *Indicatoren* van ` + "`amif-<periode>.xlsx`" + ` telt elke waarde na uit de bladen *Deelnemers* en *Trajecten*.
2. **Deelnemer.** Filter op blad *Deelnemers* (of in ` + "`deelnemers.csv`" + `) wie bij de waarde hoort. Dat geeft AMIF-pseudoniemen.
3. **Beheerpseudoniem.** ` + "`amif-herkomst.csv`" + ` in deze map kent alleen pseudoniemen van het databeheer. Zonder sleutel zijn de twee niet
   te koppelen. Wie bevoegd is en de sleutel heeft, koppelt ze met de bestanden van dezelfde aanlevering:

   ` + "```" + `
   lvv trace --config pilot.yaml --exports MAP --key SLEUTEL --period PERIODE PSEUDONIEM...
   ` + "```" + `

   De opdracht schrijft niets weg en toont per pseudoniem het beheerpseudoniem en de regels.
4. **Bronregel.** ` + "`amif-herkomst.csv`" + ` noemt per traject het register, het bestand en de rij, zoals Excel of een teksteditor die telt.
   Het register casussen staat erbij voor geslacht en geboortedatum, begeleiding voor de uren.

Bewaar de aangeleverde bestanden, ` + "`pilot.yaml`" + ` en de sleutel zolang de verantwoording kan worden gecontroleerd;
` + "`manifest.json`" + ` bevat de controlegetallen waaraan te zien is dat het dezelfde bestanden zijn.
`

// Groups lays out what is missing for the account by organisation, as lvv check shows it. files are
// the names of the run's files.
func Groups(gaps []transform.Gap, files []string, lang reports.Lang) []steward.Group {
	const kept = 100 // places that a group names
	x := &account{lang: lang}
	groups := make([]steward.Group, 0, len(gaps))
	for _, g := range gaps {
		groups = append(groups, steward.Group{
			Check: "amif_" + g.Reason, Severity: severity(g.Reason), Table: "trajectories", Count: int64(len(g.People)),
			Title: fmt.Sprintf(lang.Pick("AMIF-verantwoording, %s: %s", "AMIF account, %s: %s"), x.label("organisation", g.Organisation), x.label("reason", g.Reason)),
			Do:    x.remedy(g.Reason),
			Places: lists.Map(g.People[:min(kept, len(g.People))], func(p transform.GapPerson) steward.Place {
				return steward.Place{File: fileName(files, p.File), Line: p.Line}
			}),
		})
	}
	return groups
}

// severity says what a gap costs: a return that does not count, or a band that stays unknown.
func severity(reason string) steward.Severity {
	switch reason {
	case transform.ReasonNoEvidence, transform.ReasonNoDepartureDate, transform.ReasonNoGuidance, transform.ReasonDouble:
		return steward.Warning
	}
	return steward.Note
}

// Trace writes, for each AMIF pseudonym, the steward's pseudonym and the rows of the exports that
// stand behind it: the join that only a run with the key can make. It returns the pseudonyms that are
// not in the account.
func Trace(w io.Writer, a *transform.Account, files []string, pseudonyms []string) (unknown []string, err error) {
	wanted := map[string]string{} // by the steward's pseudonym
	for _, p := range pseudonyms {
		s, ok := a.StewardOf(p)
		if !ok {
			unknown = append(unknown, p)
			continue
		}
		wanted[s] = p
	}
	out := csv.NewWriter(w)
	err = out.Write(append([]string{"pseudoniem"}, originColumns...))
	a.Origins(func(o transform.Origin) bool {
		if p, ok := wanted[o.Steward]; ok {
			err = out.Write(append([]string{p}, originRow(o, files)...))
		}
		return err == nil
	})
	out.Flush()
	if err := errors.Join(err, out.Error()); err != nil {
		return unknown, say.Errorf("write trace: %w", err)
	}
	return unknown, nil
}
