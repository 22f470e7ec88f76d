package reports

import (
	"fmt"

	"lvv/anonymize/disclose"
)

// HiddenNotes says under a table what was hidden in it, and why, in the order in which it is met. minCell is
// that of the publication.
func (l Lang) HiddenNotes(n disclose.Note, minCell int) []string {
	var list []string
	if n.Primary > 0 {
		list = append(list, fmt.Sprintf(l.Pick(
			"<%[1]d: minder dan %[1]d, maar niet nul. Zulke aantallen tonen we niet, zodat niemand te herkennen is.",
			"<%[1]d: fewer than %[1]d, but not none. Such numbers are not shown, so that nobody can be recognised."), minCell))
	}
	switch {
	case n.Withdrawn:
		list = append(list, l.Pick(
			"Een uitsplitsing wordt niet getoond: kleine aantallen zouden eruit af te leiden zijn, hoeveel er ook wordt weggelaten.",
			"A breakdown is not shown: small numbers could be derived from it, however much is left out."))
	case n.Vague:
		list = append(list, l.Pick(
			disclose.CoveredMark+": weggelaten, omdat anders een klein aantal is af te leiden; het kan zelf ook een klein aantal zijn.",
			disclose.CoveredMark+": left out, because a small number could otherwise be derived; it may be a small number itself."))
	case n.Secondary > 0:
		list = append(list, l.Pick(
			disclose.CoveredMark+" of niet getoond: weggelaten, omdat anders een klein aantal is af te leiden of het cijfer op te weinig mensen rust.",
			disclose.CoveredMark+" or not shown: left out, because a small number could otherwise be derived or the figure rests on too few people."))
	}
	return list
}
