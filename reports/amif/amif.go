// Package amif writes the AMIF account (art. 15.3): the workbook and the list of participants for
// those who settle and audit the subsidy, and for the data steward the origins that lead an auditor
// from an indicator to the rows of the exports.
package amif

import (
	"io"

	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/sql"
	"lvv/transform"
)

// Meta says by what an account was made.
type Meta struct {
	Lang              reports.Lang
	Version           string // of the program
	KeyFingerprint    string
	InputsFingerprint string // over the hashes of all exports
}

// marking says for whom the account is; it stands on every sheet and in every row of the list.
func marking(lang reports.Lang) string {
	return lang.Pick(
		"Vertrouwelijk. Alleen voor de verantwoording en de controle van de AMIF-subsidie (convenant art. 15.3). Bevat exacte gegevens over personen: niet verder verspreiden.",
		"Confidential. Only for the account and the audit of the AMIF subsidy (covenant art. 15.3). Holds exact data about persons: do not pass on.")
}

// account is a workbook in the making.
type account struct {
	*transform.Account
	meta  Meta
	lang  reports.Lang
	rules []sql.Text
	book  *workbook.Book

	// Where the rows stand that the formulas add up.
	people, earlier *roll[transform.Participant]
	courses         *roll[course]
	returns         *roll[transform.ReturnTrajectory]
}

// Write writes the workbook amif-<period>.xlsx. The same account gives the same bytes.
func Write(w io.Writer, a *transform.Account, m Meta) error {
	rules, err := sql.CountingRules()
	if err != nil {
		return err
	}
	x := &account{Account: a, meta: m, lang: m.Lang, rules: rules}
	x.book = workbook.New(workbook.Properties{
		Title:       x.pick("AMIF-verantwoording ", "AMIF account ") + a.Pilot + ", " + x.lang.Period(a.Period),
		Subject:     x.pick("Convenant Pilot-LVV, art. 15.3", "Covenant on the LVV pilot, art. 15.3"),
		Description: marking(m.Lang),
		Creator:     "lvv " + m.Version,
		English:     m.Lang == reports.English,
		Date:        a.Period.AsOf,
	})
	x.layOut()
	x.cover()
	x.indicators()
	n := x.names()
	x.people.write(x.book, n.people, each(a.Participants))
	x.courses.write(x.book, n.courses, x.eachCourse)
	x.returns.write(x.book, n.returns, each(a.Returns))
	if len(a.Earlier) > 0 {
		x.earlier.write(x.book, n.earlier, each(a.Earlier))
	}
	x.guidance()
	x.incomplete()
	x.reconciliation()
	x.unconfirmed()
	x.definitions()
	x.book.Checks(workbook.Options{
		Name: n.checks, Title: x.pick("Narekenen", "Recalculation"), Marking: marking(m.Lang),
		Explain: x.pick("Uw eigen rekenprogramma telt hier na wat de andere bladen vermelden.", "Your own spreadsheet program recalculates here what the other sheets state."),
		Widths:  []float64{70, 16, 16, 14},
	})
	if err := x.book.Save(w); err != nil {
		return say.Errorf("write AMIF account: %w", err)
	}
	return nil
}

func (x *account) pick(nl, en string) string { return x.lang.Pick(nl, en) }

// names are those of the sheets.
type names struct {
	cover, indicators, people, courses, returns, earlier, guidance, incomplete, reconciliation, unconfirmed, definitions, checks string
}

func (x *account) names() names {
	if x.lang == reports.English {
		return names{"Cover", "Indicators", "Participants", "Trajectories", "Return trajectories", "Claimed earlier", "Guidance", "To be completed", "Reconciliation", "To be confirmed", "Definitions", "Checks"}
	}
	return names{"Voorblad", "Indicatoren", "Deelnemers", "Trajecten", "Terugkeertrajecten", "Eerder verantwoord", "Begeleiding", "Aan te vullen", "Aansluiting", "Te bevestigen", "Definities", "Controles"}
}

func (x *account) label(dim, value string) string {
	return reports.Label(dim, value, x.lang)
}

// hours is an amount in units of [transform.HourUnits].
func hours(units int64) workbook.Cell {
	return workbook.Number(float64(units)/transform.HourUnits, workbook.Hours)
}
