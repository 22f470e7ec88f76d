package content

import (
	"math"
	"slices"

	"lvv/anonymize/published"
	"lvv/transform"
	"lvv/transform/engine"
)

// since gives a card its change, or says that there is nothing to compare.
func (b *builder) since(c *Card, id string) {
	c.Arrow, c.Change = b.change(id)
	if c.Change == "" {
		c.Change = b.Pick("geen eerdere periode om mee te vergelijken", "no earlier period to compare with")
	}
}

// change phrases what happened to a main figure since the period before: an arrow and a sentence. There is no
// arrow where there is nothing to compare, and no sentence either in the first period.
func (b *builder) change(id string) (Arrow, string) {
	for _, c := range b.doc.Compared {
		if c.ID != id {
			continue
		}
		before, then := b.ThePeriod(c.Period), b.InPeriod(c.Period)
		if c.Difference.IsNull() {
			return "", b.say("niet te vergelijken met %s", "cannot be compared with %s", before)
		}
		d := c.Difference.Float()
		size := unsigned(b.difference(c.Difference, c.Unit).Text)
		was := b.inText(c.Was, c.Unit)
		switch {
		case d != 0 && size == b.difference(engine.RealOf(0), c.Unit).Text: // a count or an amount is never so little
			return Level, b.say("vrijwel gelijk aan %[1]s (%[3]s)", "nearly the same as %[2]s (%[3]s)", before, then, was)
		case d > 0:
			return Up, b.say("%s meer dan %s (%s)", "%s more than %s (%s)", size, then, was)
		case d < 0:
			return Down, b.say("%s minder dan %s (%s)", "%s less than %s (%s)", size, then, was)
		}
		return Level, b.Pick("gelijk aan "+before, "the same as "+then)
	}
	return "", ""
}

// difference writes a difference with its unit; of ratios in percentage points.
func (b *builder) difference(v engine.Value, unit string) Cell {
	if v.IsNull() {
		return b.notApplicable()
	}
	if unit != "ratio" {
		return b.valueCell(v, unit)
	}
	points := math.Round(v.Float()*1000) / 10
	return Cell{Text: b.say("%s procentpunt", "%s percentage points", b.Decimal(points, 1)), Value: engine.RealOf(points), Unit: "points", Number: true}
}

// changed sets the main figures beside those of the period before.
func (b *builder) changed() Part {
	p := Part{ID: "changed", Title: b.Pick("Wat is veranderd", "What has changed")}
	if len(b.doc.Compared) == 0 {
		p.Text = b.Pick("Er is geen eerdere periode om mee te vergelijken.", "There is no earlier period to compare with.")
		return p
	}
	before := b.doc.Compared[0].Period
	p.Text = upperFirst(b.say("De belangrijkste cijfers naast die van %s, opnieuw berekend met de gegevens van nu.",
		"the main figures beside those of %s, computed again from today's data.", b.ThePeriod(before)))
	p.Table = &Table{ID: "changed", Caption: p.Title, Columns: []Column{
		{Title: b.Pick("Cijfer", "Figure")}, {Title: upperFirst(b.Period(b.doc.Period)), Number: true},
		{Title: upperFirst(b.PeriodLabel(before)), Number: true}, {Title: b.Pick("Verschil", "Difference"), Number: true, From: []Term{{1, 1}, {2, -1}}},
	}}
	earlier := b.saidBefore(before)
	if len(earlier) > 0 {
		p.Text += " " + b.Pick("De laatste kolom zegt wat eerder is gemeld, waar dat anders was.", "The last column says what was reported earlier, where that was different.")
		p.Table.Columns = append(p.Table.Columns, Column{Title: b.say("Eerder gemeld over %s", "Reported earlier of %s", b.ThePeriod(before)), Number: true})
	}
	for _, c := range b.doc.Compared {
		status := transform.Undefined
		if c.Withheld != "" {
			status = transform.Suppressed
		}
		side := func(v engine.Value) Cell { return b.valueOr(v, c.Unit, b.StatusText(status)) }
		row := []Cell{text(b.title(c.ID)), side(c.Is), side(c.Was), b.difference(c.Difference, c.Unit)}
		if len(earlier) > 0 {
			said := instead(b.Pick("geen correctie", "no correction"))
			if was, ok := earlier[c.ID]; ok {
				said = b.sideOfChange(was, c.Unit)
			}
			row = append(row, said)
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	b.trends(&p)
	return p
}

// saidBefore is what the earlier report on a period said of the main figures that have been corrected since, by id.
func (b *builder) saidBefore(period string) map[string]engine.Value {
	out := map[string]engine.Value{}
	for _, c := range b.doc.Changes {
		if c.Period == period && len(c.Dims) == 0 && slices.ContainsFunc(b.doc.Compared, func(m published.Comparison) bool { return m.ID == c.ID }) {
			out[c.ID] = c.Was
		}
	}
	return out
}
