package reports

import (
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/disclose"
	"lvv/transform"
)

// Spoken is what a mark is read aloud as, where the sign alone would say nothing; a figure that shows
// words or a number needs none.
func (l Lang) Spoken(f *transform.Figure) string {
	if covered(f) && f.Unit == "count" {
		return l.StatusText(transform.Suppressed)
	}
	return ""
}

// covered reports whether a figure is hidden so that nothing may be said of it.
func covered(f *transform.Figure) bool {
	return f != nil && f.Status == transform.Suppressed && f.Reason == transform.Covered
}

// small reports whether a figure is a count that reads <5.
func small(f *transform.Figure) bool {
	return f != nil && f.Status == transform.Suppressed && f.Unit == "count" && f.Reason != transform.Covered
}

// Missing says as a sentence why a figure has no value.
func (l Lang) Missing(f *transform.Figure) string {
	switch {
	case f == nil:
		return l.Pick("Dit is niet berekend.", "This was not computed.")
	case covered(f):
		return l.Pick("Dit wordt niet getoond: anders is een klein aantal af te leiden, of het gaat om te weinig mensen.",
			"This is not shown: a small number could otherwise be derived, or it is about too few people.")
	case f.Status == transform.Suppressed:
		return l.Pick("Dit wordt niet getoond: het gaat om te weinig mensen.", "This is not shown: it is about too few people.")
	case f.Status == transform.Undefined && f.Unit == "days":
		return l.Pick("Dit is niet te bepalen: daarvoor is nog te weinig afgerond.", "This is undefined: too little has been completed yet.")
	case f.Status == transform.Undefined:
		return l.Pick("Dit is niet te bepalen: er is niets om door te delen.", "This is undefined: there is nothing to divide by.")
	case f.Reason == "":
		return l.Pick("Dit is niet beschikbaar.", "This is not available.")
	}
	return fmt.Sprintf(l.Pick("Dit is niet beschikbaar: %s.", "This is not available: %s."), Reason(f.Reason, l))
}

// TableNotes explains under a table the marks that stand in it, and only those: which register is
// missing, what <5 means, and why other figures were left out. With total, the table ends in a total
// that counts what is hidden above it.
func (l Lang) TableNotes(p *disclose.Published, figures []*transform.Figure, total bool) []string {
	var list []string
	add := func(text string) {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	anySmall, anyHidden, anyWord := false, false, false
	for _, f := range figures {
		if f == nil {
			continue
		}
		if f.Status == transform.NotAvailable && f.Reason != "" {
			text := l.StatusText(f.Status)
			add(strings.ToUpper(text[:1]) + text[1:] + ": " + Reason(f.Reason, l) + ".")
		}
		anySmall = anySmall || small(f)
		anyHidden = anyHidden || f.Status == transform.Suppressed
		anyWord = anyWord || f.Status == transform.Suppressed && f.Unit != "count"
	}
	if anySmall {
		add(fmt.Sprintf(l.Pick(
			"<%[1]d: minder dan %[1]d, maar niet nul. Zulke aantallen tonen we niet, zodat niemand te herkennen is.",
			"<%[1]d: fewer than %[1]d, but not none. Such numbers are not shown, so that nobody can be recognised."), p.MinCell))
	}
	for _, text := range l.coveredNotes(p, figures) {
		add(text)
	}
	if anyWord {
		add(l.Pick("Niet getoond: het cijfer rust op te weinig mensen, of er is een klein aantal uit af te leiden.",
			"Not shown: the figure rests on too few people, or a small number could be derived from it."))
	}
	if anyHidden && total {
		add(l.Pick("Wat niet getoond wordt, telt wel mee in het totaal.", "What is not shown does count in the total."))
	}
	return list
}

// coveredNotes says why counts read "·". Where that differs between the columns of a table, each
// sentence names its figures.
func (l Lang) coveredNotes(p *disclose.Published, figures []*transform.Figure) []string {
	var texts []string
	of := map[string][]string{} // text -> titles of the figures
	for _, f := range figures {
		if !covered(f) || f.Unit != "count" {
			continue
		}
		text, title := l.coveredText(p.Notes[f.ID], figures, f.ID), l.figureTitle(f.ID)
		if len(of[text]) == 0 {
			texts = append(texts, text)
		}
		if !slices.Contains(of[text], title) {
			of[text] = append(of[text], title)
		}
	}
	if len(texts) < 2 {
		return texts
	}
	for i, text := range texts {
		texts[i] = strings.Join(of[text], ", ") + " – " + text
	}
	return texts
}

// coveredText is why the counts of a figure read "·" in a table.
func (l Lang) coveredText(n disclose.Note, figures []*transform.Figure, id string) string {
	shown := slices.ContainsFunc(figures, func(f *transform.Figure) bool {
		return f != nil && f.ID == id && f.Status == "" && len(f.Dims) > 0
	})
	switch {
	case n.Withdrawn && !shown:
		return l.Pick(
			disclose.CoveredMark+": deze uitsplitsing wordt niet getoond; kleine aantallen zouden eruit af te leiden zijn, hoeveel er ook wordt weggelaten.",
			disclose.CoveredMark+": this breakdown is not shown; small numbers could be derived from it, however much is left out.")
	case n.Vague || n.Withdrawn:
		return l.Pick(
			disclose.CoveredMark+": weggelaten, omdat anders een klein aantal is af te leiden; het kan zelf nul, klein of groot zijn.",
			disclose.CoveredMark+": left out, because a small number could otherwise be derived; it may itself be none, small or large.")
	}
	return l.Pick(
		disclose.CoveredMark+": weggelaten, omdat anders een klein aantal is af te leiden.",
		disclose.CoveredMark+": left out, because a small number could otherwise be derived.")
}

// figureTitle is what the catalogue calls a figure.
func (l Lang) figureTitle(id string) string {
	if f := catalogue().Figure(id); f != nil {
		return f.Title.In(string(l))
	}
	return id
}

// HiddenHint says before any table that small numbers are hidden, and by which marks.
func (l Lang) HiddenHint(p *disclose.Published) string {
	return fmt.Sprintf(l.Pick(
		"Kleine aantallen over mensen tonen we niet: daar staat <%d. Waar een klein aantal is af te leiden, staat %s of ‘%s’.",
		"Small numbers of people are not shown: they read <%d. Where a small number could be derived, it says %s or ‘%s’."),
		p.MinCell, disclose.CoveredMark, l.StatusText(transform.Suppressed))
}

// Withheld says how many corrections of earlier reports are not listed; empty when all are.
func (l Lang) Withheld(p *disclose.Published) string {
	if p.Withheld == 0 {
		return ""
	}
	return fmt.Sprintf(l.Pick(
		"Correcties die we niet noemen, omdat het eerdere rapport het cijfer niet toonde: %s.",
		"Corrections that are not listed, because the earlier report did not show the figure: %s."), l.Count(int64(p.Withheld)))
}

// Restated writes one side of a correction: a value, "·" where the control has not cleared it, or that
// the report did not have the figure.
func (l Lang) Restated(v transform.Value, unit string) string {
	if v.IsNull() {
		return l.Pick("geen cijfer", "no figure")
	}
	return l.Value(v, unit)
}

// RestatedNote explains the mark "·" among the corrections; empty when none has it.
func (l Lang) RestatedNote(list []transform.Restatement) string {
	if !slices.ContainsFunc(list, func(r transform.Restatement) bool { return r.Is.Str() == disclose.CoveredMark }) {
		return ""
	}
	return l.Pick(
		disclose.CoveredMark+": het cijfer is veranderd. De nieuwe waarde staat er niet, omdat er een klein aantal uit af te leiden kan zijn.",
		disclose.CoveredMark+": the figure has changed. Its new value is left out, because a small number might be derived from it.")
}

// RowChangesTitle heads the table of [transform.RowChange].
func (l Lang) RowChangesTitle() string {
	return l.Pick("Regels waar het rapport toen op rustte, en waar het nu op rust", "Rows that the report rested on then, and rests on now")
}

// RowChangesHint says how to read that table.
func (l Lang) RowChangesHint() string {
	return l.Pick(
		"De regels die per register zijn meegenomen. Een deel van de nieuwe regels gaat over de tijd na het eerdere rapport. Ook bij een gelijk aantal kan een regel zijn veranderd.",
		"The rows of each register that were taken in. Some of the new rows are about the time after the earlier report. A row may have changed where the number has not.")
}

// RowChangesHead are the headings of its columns.
func (l Lang) RowChangesHead() []string {
	return []string{l.Pick("Register", "Register"), l.Pick("Rapport over", "Report on"), l.Pick("Regels toen", "Rows then"),
		l.Pick("Regels nu", "Rows now"), l.Pick("Verschil", "Difference")}
}

// Rows writes a number of rows, or that the register was not delivered.
func (l Lang) Rows(v transform.Value) string {
	if v.IsNull() {
		return l.Pick("niet aangeleverd", "not delivered")
	}
	return l.Value(v, "count")
}

// Compared writes one side of a change since the period before: a value, or why there is none.
func (l Lang) Compared(c *transform.Change, v transform.Value, unit string) string {
	switch {
	case !v.IsNull():
		return l.Value(v, unit)
	case c.Status != "":
		return l.StatusText(c.Status)
	}
	return l.StatusText(transform.Undefined)
}
