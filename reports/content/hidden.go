package content

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform"
	"lvv/transform/engine"
)

// missing says as a sentence why a figure has no value.
func (b *builder) missing(f *published.Figure) string {
	switch {
	case f == nil:
		return b.Pick("Dit is niet berekend.", "This was not computed.")
	case f.Hidden != "":
		return b.Pick("Dit tonen we niet: het gaat om te weinig mensen.", "This is not shown: it is about too few people.")
	case f.Withheld != "":
		return b.Pick("Dit tonen we niet: het rust op te weinig mensen, of er is een klein aantal uit af te leiden.",
			"This is not shown: it rests on too few people, or a small number could be derived from it.")
	case f.Range != nil:
		return b.Pick("Dit tonen we niet: anders is een klein aantal af te leiden.", "This is not shown: a small number could otherwise be derived.")
	case f.Status == transform.Undefined && f.Unit == "days":
		return b.Pick("Dit is niet te bepalen: daarvoor is nog te weinig afgerond.", "This is undefined: too little has been completed yet.")
	case f.Status == transform.Undefined:
		return b.Pick("Dit is niet te bepalen: er is niets om door te delen.", "This is undefined: there is nothing to divide by.")
	case f.Reason == "":
		return b.Pick("Dit is niet beschikbaar.", "This is not available.")
	}
	return fmt.Sprintf(b.Pick("Dit is niet beschikbaar: %s.", "This is not available: %s."), reports.Reason(f.Reason, b.Lang))
}

// unknown is the first of the totals that has no value; nil where all do.
func (b *builder) unknown(ids ...string) *published.Figure {
	for _, id := range ids {
		if f := b.figure(id); !f.Known() {
			return f
		}
	}
	return nil
}

// explain puts what the marks of a table mean, and only of those that stand in it, before its other notes.
func (b *builder) explain(t *Table) {
	if t == nil {
		return
	}
	var list []string
	add := func(text string) {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	small, ranged, word, total := false, false, false, false
	vague, withdrawn := "", ""
	for _, f := range t.figures {
		if f == nil {
			continue
		}
		if f.Status == transform.NotAvailable && f.Reason != "" {
			add(upperFirst(b.StatusText(f.Status)) + ": " + reports.Reason(f.Reason, b.Lang) + ".")
		}
		small = small || f.Hidden != ""
		bounded := f.Range != nil && (f.Range.Low > 0 || f.Range.High != published.Unbounded)
		ranged = ranged || bounded
		word = word || f.Suppressed() && f.Hidden == "" && !bounded
		total = total || f.Range != nil && len(f.Dims) == 0
		if p := b.doc.ProtectionOf(f); p != nil && f.Suppressed() {
			if p.Withdrawn {
				withdrawn = b.title(f.ID)
			} else if p.Vague {
				vague = b.title(f.ID)
			}
		}
	}
	for _, note := range []struct {
		holds bool
		text  string
	}{
		{small, b.say("<%[1]d: minder dan %[1]d, maar niet nul. Zulke aantallen tonen we niet, zodat niemand te herkennen is.",
			"<%[1]d: fewer than %[1]d, but not none. Such numbers are not shown, so that nobody can be recognised.", b.doc.MinCell)},
		{ranged, b.Pick("Twee getallen met een streepje, zoals 5-11: het aantal ligt daartussen. Het precieze aantal tonen we niet, omdat anders een klein aantal is af te leiden.",
			"Two numbers with a dash, such as 5-11: the number lies between them. It is not shown exactly, because a small number could otherwise be derived.")},
		{word, b.Pick("Niet getoond: het cijfer rust op te weinig mensen, of er is een klein aantal uit af te leiden.",
			"Not shown: the figure rests on too few people, or a small number could be derived from it.")},
		{total, b.Pick("Ook een totaal tonen we niet precies waar er een klein aantal uit is af te leiden, hier of naast een eerder rapport.",
			"A total is not shown exactly either where a small number could be derived from it, here or beside an earlier report.")},
		{vague != "", b.say("%s: een aantal dat we niet precies tonen, kan ook nul of klein zijn.", "%s: a number that is not shown exactly may also be none or small.", vague)},
		{withdrawn != "", b.say("%s: deze uitsplitsing tonen we niet. Kleine aantallen zouden eruit af te leiden zijn, hoeveel er ook wordt weggelaten.",
			"%s: this breakdown is not shown. Small numbers could be derived from it, however much is left out.", withdrawn)},
		{(small || ranged || word) && t.Total != nil, b.Pick("Wat we niet tonen, telt wel mee in het totaal.", "What is not shown does count in the total.")},
	} {
		if note.holds {
			add(note.text)
		}
	}
	t.Notes = append(list, t.Notes...)
}

// bounds are the least and the most that a count may be; the most may be infinite. A figure that is no count
// and is not known has none.
func (b *builder) bounds(f *published.Figure) (low, high float64, ok bool) {
	switch {
	case f.Known():
		return f.Value.Float(), f.Value.Float(), true
	case f != nil && f.Hidden != "":
		return 1, float64(b.doc.MinCell - 1), true
	case f != nil && f.Range != nil && f.Range.High != published.Unbounded:
		return float64(f.Range.Low), float64(f.Range.High), true
	case f != nil && f.Range != nil:
		return float64(f.Range.Low), math.Inf(1), true
	}
	return 0, 0, false
}

func compareValues(x, y *published.Figure) int { return cmp.Compare(x.Value.Float(), y.Value.Float()) }

// largest returns the parts of a breakdown that were certainly the most: at most so many, the largest first,
// all of them known, and none that is not above everything that any other part may be.
func (b *builder) largest(parts []*published.Figure, most int) []*published.Figure {
	var shown []*published.Figure
	bound := 0.0
	for _, f := range parts {
		_, high, ok := b.bounds(f)
		switch {
		case !ok:
			return nil
		case f.Known():
			shown = append(shown, f)
		default:
			bound = max(bound, high)
		}
	}
	slices.SortStableFunc(shown, func(x, y *published.Figure) int { return compareValues(y, x) })
	for n := min(most, len(shown)); n > 0; n-- {
		next := bound
		if n < len(shown) {
			next = max(next, shown[n].Value.Float())
		}
		if shown[n-1].Value.Float() > next {
			return shown[:n]
		}
	}
	return nil
}

// top phrases the parts of a breakdown that are certainly the largest, with their numbers: at most n.
func (b *builder) top(id, dim string, n int) []string {
	return lists.Map(b.largest(b.doc.Breakdown(id, dim), n), func(f *published.Figure) string { return fmt.Sprintf("%s (%s)", b.label(dim, f.Dim(dim)), b.show(f)) })
}

func anyHidden(figures []*published.Figure) bool {
	return slices.ContainsFunc(figures, (*published.Figure).Suppressed)
}

func notAvailable(f *published.Figure) bool { return f.Status == transform.NotAvailable }

// unsaid says that the largest part of a breakdown cannot be told; empty where none is hidden.
func (b *builder) unsaid(id string, dims ...string) string {
	if !anyHidden(b.doc.Breakdown(id, dims...)) {
		return ""
	}
	return b.Pick("Wat het vaakst voorkwam, tonen we niet: sommige aantallen zijn te klein.",
		"Which came most often is not shown: some numbers are too small.")
}

// hiddenHint says before any table that small numbers are hidden, and by which marks.
func (b *builder) hiddenHint() string {
	return b.say("Kleine aantallen over mensen tonen we niet: daar staat <%d. Waar een klein aantal is af te leiden, staat tussen welke getallen het aantal ligt, zoals 5-11, of ‘%s’.",
		"Small numbers of people are not shown: they read <%d. Where a small number could be derived, it says between which numbers the number lies, such as 5-11, or ‘%s’.",
		b.doc.MinCell, b.StatusText(transform.Suppressed))
}

// gaps says of series why a number is missing in them, where one is withheld.
func (b *builder) gaps(ids ...string) []string {
	for _, id := range ids {
		if s := b.doc.SeriesNamed(id); s != nil && s.Withheld {
			return []string{b.Pick("Waar een aantal ontbreekt, tonen we het niet: naast een eerder rapport zou er een klein aantal uit af te leiden zijn.",
				"Where a number is missing it is not shown: beside an earlier report a small number could be derived from it.")}
		}
	}
	return nil
}

// withheldChanges says how many corrections of earlier reports are not listed; empty when all are.
func (b *builder) withheldChanges() string {
	if b.doc.Withheld == 0 {
		return ""
	}
	return b.say("Correcties die we niet noemen, omdat het eerdere rapport het cijfer niet toonde of over latere dagen gaat: %s.",
		"Corrections that are not listed, because the earlier report did not show the figure or is about later days: %s.", b.Count(int64(b.doc.Withheld)))
}

// hidden counts the figures that disclosure control took a value from.
func (b *builder) hidden() int {
	n := 0
	for i := range b.doc.Figures {
		if b.doc.Figures[i].Suppressed() {
			n++
		}
	}
	return n
}

// Disclosure control leaves out of a curve the days on which few trajectories ended. A curve is not drawn
// when fewer than so many days are left, or when so large a share of the trajectories ended between two of
// them: it would look as if they had all ended on one day.
const (
	fewestDays  = 4
	highestStep = 0.2
)

// curve returns the rows of a curve by day: the day, the share that is still running, and the other columns.
// Where there is nothing to draw it says why; f tells why of a curve that was not computed.
func (b *builder) curve(id string, f *published.Figure, running string, others ...string) (rows [][]engine.Value, missing string) {
	rows, ok := b.series(id, append([]string{"day", running}, others...)...)
	switch {
	case !ok && !f.Known() && !f.Suppressed():
		return nil, b.missing(f)
	case !ok || b.doc.MinCell > 0 && sparse(rows):
		return nil, b.Pick("De grafiek tonen we niet: de aantallen zijn te klein. De tabel toont wat wel mag.",
			"The chart is not shown: the numbers are too small. The table has what may be shown.")
	}
	return rows, ""
}

func sparse(rows [][]engine.Value) bool {
	for i := 1; i < len(rows); i++ {
		if rows[i-1][1].Float()-rows[i][1].Float() > highestStep {
			return true
		}
	}
	return len(rows) < fewestDays
}

// smallCounts warns readers where counts are shown below the usual threshold; empty where they are not.
func (b *builder) smallCounts() string {
	switch n := b.doc.MinCell; {
	case n == 0:
		return b.Pick(
			"De bescherming van kleine aantallen stond uit. Dit rapport kan over herkenbare personen gaan: deel het niet verder.",
			"The protection of small numbers was switched off. This report may be about recognisable people: do not pass it on.")
	case n < transform.DefaultMinCell:
		return b.say("Aantallen worden getoond vanaf %d; gebruikelijk is %d. Dit rapport kan over herkenbare personen gaan: deel het niet verder.",
			"Counts are shown from %d; the usual threshold is %d. This report may be about recognisable people: do not pass it on.", n, transform.DefaultMinCell)
	}
	return ""
}
