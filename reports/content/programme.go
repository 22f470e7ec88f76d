package content

import (
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/reports"
)

// council makes the report to the programme council: each pilot beside the others with its own norm, and all of them
// together. It is in the order of the pilots' names throughout, and ranks nobody. The builder within is that of the
// figures together.
type council struct {
	*builder
	p      *published.Programme
	pilots []*builder
}

// OfProgramme makes the report of a programme's document. The same document gives the same report.
func OfProgramme(p *published.Programme) *Report {
	lang := reports.Lang(p.Together.Lang)
	c := &council{builder: &builder{doc: p.Together, Lang: lang}, p: p}
	for _, d := range p.Pilots {
		one := *d
		one.Definitions = p.Together.Definitions
		c.pilots = append(c.pilots, &builder{doc: &one, Lang: lang})
	}
	return c.report()
}

func (c *council) report() *Report {
	r := c.frame(c.p.Name, c.Pick("Rapportage aan de programmaraad", "Report to the programme council"))
	r.Words.Short = c.Pick("De pilots samen", "The pilots together")
	r.Dates = append(r.Dates, c.restsOn())
	r.Cards = []Card{c.occupancyCard(), c.durableCard(), c.courseCard(), c.fundingCard()}
	r.Decide = c.attention()
	r.Changed = c.adding()
	r.Trust = Part{ID: "trust", Title: c.Pick("Waarop deze cijfers rusten", "What these figures rest on"), Items: c.trust()}
	r.Sections = []Section{
		c.occupancySection(), c.durableSection(), c.courseSection(), c.stabilitySection(), c.guidanceSection(), c.fundingSection(),
		c.quartersSection(), c.personsSection(), c.togetherSection(), c.termsSection(),
	}
	for _, b := range append([]*builder{c.builder}, c.pilots...) {
		if warning := b.smallCounts(); warning != "" {
			r.Warnings = append(r.Warnings, b.doc.Pilot+": "+warning)
		}
	}
	c.explainAll(r)
	return r
}

// restsOn says on how many of the pilots everything rests.
func (c *council) restsOn() string {
	n, of := c.Count(int64(len(c.pilots))), c.Count(int64(len(c.p.Packages)))
	if len(c.pilots) == len(c.p.Packages) {
		return c.say("Rust op alle %s pilots.", "Rests on all %s pilots.", n)
	}
	return c.say("Rust op %s van de %s pilots.", "Rests on %s of the %s pilots.", n, of)
}

// without says which pilots a figure together lacks; empty where it has all that are used.
func (c *council) without(f *published.Figure) string {
	if !f.Known() && !f.Suppressed() {
		return ""
	}
	j := c.p.JoinedAs(f.ID, f.Dims)
	if j == nil || len(j.Without) == 0 {
		return ""
	}
	return c.say("zonder %s", "without %s", c.enumerate(j.Without))
}

// spread says from what to what the pilots go, in nobody's name; empty for fewer than two that have it.
func (c *council) spread(id string, dims ...string) string {
	var known []*published.Figure
	for _, b := range c.pilots {
		if f := b.figure(id, dims...); f.Known() {
			known = append(known, f)
		}
	}
	if len(known) < 2 {
		return ""
	}
	return c.say("Per pilot van %s tot %s.", "By pilot from %s to %s.", c.said(slices.MinFunc(known, compareValues)), c.said(slices.MaxFunc(known, compareValues)))
}

// card makes a card of a figure together.
func (c *council) card(id, question, figure, unit, more string, dims ...string) Card {
	f := c.figure(figure, dims...)
	card := Card{ID: id, Question: question, Value: c.cellOf(f), Unit: unit, More: more, Change: c.restsOn()}
	if rest := c.without(f); rest != "" {
		card.Change = strings.TrimSuffix(card.Change, ".") + ", " + rest + "."
	}
	if !f.Known() {
		card.Text = c.missing(f) + " "
	}
	card.Text = strings.TrimSpace(card.Text + c.spread(figure, dims...))
	return card
}

func (c *council) occupancyCard() Card {
	card := c.card("occupancy", c.Pick("Zijn de plaatsen vol?", "Are the places full?"), "occupancy.rate", c.Pick("bezet", "occupied"), c.Pick("Meer over de bezetting", "More about occupancy"))
	if f := c.figure("capacity.agreed_place_nights"); f.Known() {
		card.Target = c.say("Afgesproken nachten samen: %s", "Agreed nights together: %s", c.show(f))
	}
	return card
}

func (c *council) durableCard() Card {
	card := c.card("durable", c.Pick("Zijn de pilots op weg naar hun doel?", "Are the pilots on the way to their targets?"), "durable.cases",
		c.Pick("bestendige oplossingen", "durable solutions"), c.Pick("Meer over de weg naar het doel", "More about the way to the target"))
	if c.has("durable.target") {
		card.Target = c.say("Doelen samen: %s", "Targets together: %s", c.value("durable.target"))
	}
	if f := c.figure("durable.expected"); f.Known() {
		card.Text = strings.TrimSpace(card.Text + " " + c.say("Bij een gelijk tempo in elke pilot waren het er samen %s.", "At an even pace in each pilot there would be %s together.", c.show(f)))
	}
	return card
}

func (c *council) courseCard() Card {
	card := c.card("courses", c.Pick("Hoe lang duurt begeleiding?", "How long does guidance take?"), "course.survival_median", "", c.Pick("Meer over de duur", "More about duration"), "stat", "estimate")
	if !card.Value.Muted {
		card.Unit = c.Pick("en dan is de helft van de begeleidingen afgelopen", "until half of the courses have ended")
	}
	card.Target = c.Pick("Het convenant noemt geen norm", "The covenant sets no norm")
	return card
}

func (c *council) fundingCard() Card {
	card := c.card("funding", c.Pick("Kregen de pilots waar ze recht op hebben?", "Did the pilots receive what they are entitled to?"), "funding.balance",
		c.Pick("nog te ontvangen", "still to come in"), c.Pick("Meer over het geld", "More about the money"))
	card.Text = "" // of balances some are owed and some received ahead
	if f := c.figure("funding.balance"); f.Known() {
		card.Value.Text = c.rounded("funding.balance")
		if f.Value.Int() < 0 {
			card.Value.Text, card.Unit = unsigned(card.Value.Text), c.Pick("vooruit ontvangen", "received ahead")
		}
	} else {
		card.Unit, card.Text = "", c.missing(f)
	}
	if c.has("funding.entitlement_to_date") {
		card.Target = c.say("Bijdragen tot en met %s: %s", "Contributions up to %s: %s", c.asOf(), c.rounded("funding.entitlement_to_date"))
	}
	return card
}

// attention says of each pilot what lies outside the bounds of its own terms. Its locations are its own affair.
func (c *council) attention() Part {
	p := Part{ID: "attention", Title: c.Pick("Aandacht, per pilot volgens zijn eigen voorwaarden", "Attention, by pilot and by its own terms")}
	for _, b := range c.pilots {
		var said []string
		for _, item := range b.attention().Items {
			if item.Link != "occupancy-location" {
				said = append(said, item.Text)
			}
		}
		if len(said) > 0 {
			p.Items = append(p.Items, Item{Text: b.doc.Pilot + ": " + strings.Join(said, " ")})
		}
	}
	if len(p.Items) == 0 {
		p.Text = c.Pick("In geen pilot ligt een cijfer buiten de grenzen die zijn voorwaarden noemen.", "In no pilot does a figure lie outside the bounds that its terms set.")
	}
	return p
}

// adding says what of the pilots can be added up, and what cannot, and why.
func (c *council) adding() Part {
	p := Part{ID: "adding", Title: c.Pick("Wat wel en wat niet is op te tellen", "What can be added up, and what cannot")}
	for _, text := range []string{
		c.Pick("Op te tellen: nachten, plaatsen, geld, aanmeldingen, trajecten, procedures en vergaderingen. Een aandeel is dan de som van de tellers gedeeld door de som van de noemers.",
			"Adds up: nights, places, money, applications, trajectories, procedures and meetings. A share is then the sum of the numerators over the sum of the denominators."),
		c.Pick("Niet op te tellen: mensen. Wie in twee pilots was, telt in elk ervan mee en samen één keer. Ook medianen en gemiddelden tellen niet op; ze zijn opnieuw berekend over alle pilots.",
			"Does not add up: people. Whoever was in two pilots counts in each and once together. Nor do medians and means; they were computed anew over all pilots."),
		c.Pick("Niet samen te nemen: wat hangt aan een voorwaarde die per pilot verschilt, zoals een verwachting tot het eind van de pilot. Dat staat er alleen per pilot.",
			"Cannot be taken together: what hangs on a term that differs between pilots, such as a forecast to the pilot's end. It stands by pilot alone."),
		c.Pick("Een cijfer samen tonen we alleen zo precies als de pilots het zelf tonen. Anders zou uit het verschil een klein aantal van één pilot volgen.",
			"A figure together is shown only as exactly as the pilots show their own. A small number of one pilot would otherwise follow from the difference."),
	} {
		p.Items = append(p.Items, Item{Text: text})
	}
	return p
}

// trust says which pilots are in it, whether persons are recognised, and what was not delivered or not shown.
func (c *council) trust() []Item {
	var list []Item
	add := func(text string) { list = append(list, Item{Text: text}) }
	add(c.restsOn())
	alone := 0
	for _, one := range c.p.Packages {
		switch one.State {
		case published.PackageMissing:
			add(c.say("%s: er is geen pakket.", "%s: there is no package.", one.Pilot))
		case published.PackageUsed:
			if !one.Recognised {
				alone++
			}
		default:
			add(c.say("%s: het laatste pakket gaat over %s. Deze pilot telt niet mee.", "%s: its last package is of %s. This pilot is not counted.", one.Pilot, c.ThePeriod(one.Period)))
		}
	}
	if alone > 0 && len(c.pilots) > 1 {
		add(c.say("Pilots waarvan mensen niet in andere worden herkend: %s. Wie verhuist, telt daar dubbel.", "Pilots whose people are not recognised in others: %s. Whoever moves counts twice there.", c.Count(int64(alone))))
	}
	for _, b := range c.pilots {
		if missing := b.notDelivered(); missing != "" {
			add(c.say("%s leverde niet aan: %s.", "%s did not deliver: %s.", b.doc.Pilot, missing))
		}
		if text := b.staleRegisters(); text != "" {
			add(b.doc.Pilot + ": " + text)
		}
	}
	if n := c.hidden(); n > 0 {
		add(c.hiddenHint() + " " + c.say("Van de cijfers samen zijn er %s niet precies getoond.", "Of the figures together %s are not shown exactly.", c.Count(int64(n))))
	}
	return list
}

// measure is one column of a table of pilots.
type measure struct {
	title, id string
	dims      []string
	// alone: it stands by pilot only.
	alone bool
}

// beside makes a table with a row for each pilot and, beneath, all together.
func (c *council) beside(id, caption string, columns ...measure) *Table {
	t := &Table{ID: id, Caption: caption, Columns: []Column{{Title: "Pilot"}}, Total: []Cell{text(c.Pick("Samen", "Together"))}}
	for _, m := range columns {
		together := c.figure(m.id, m.dims...)
		j := c.p.JoinedAs(m.id, nil)
		adds := j != nil && j.How == "sum" && len(j.Without) == 0 && together.Known() && together.Unit != "ratio" && together.Denominator.IsNull()
		t.Columns = append(t.Columns, Column{Title: m.title, Number: true, Adds: adds && !m.alone})
		switch {
		case m.alone, together == nil && len(c.doc.Breakdown(m.id)) == 0 && j == nil:
			t.Total = append(t.Total, c.notApplicable())
		default:
			t.Total = append(t.Total, c.cell(t, together))
			if rest := c.without(together); rest != "" {
				t.Notes = append(t.Notes, c.say("%s, samen: %s.", "%s, together: %s.", m.title, rest))
			}
		}
	}
	for _, b := range c.pilots {
		row := []Cell{text(b.doc.Pilot)}
		for _, m := range columns {
			cell := b.cell(t, b.figure(m.id, m.dims...))
			cell.Figure = "" // the name belongs to the figure together
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// byValue makes a table with a row for each pilot, and a column for each value of a dimension.
func (c *council) byValue(id, caption, figure, dim string) *Table {
	all := c.doc.Breakdown(figure, dim)
	for _, b := range c.pilots {
		all = append(all, b.doc.Breakdown(figure, dim)...)
	}
	columns := lists.Map(values(all, dim), func(v string) measure { return measure{upperFirst(c.label(dim, v)), figure, []string{dim, v}, false} })
	return c.beside(id, caption, append(columns, measure{c.Pick("Totaal", "Total"), figure, nil, false})...)
}

// pilotsPart is about one figure: from what to what it goes, a bar for each pilot in their order, and a table of more.
func (c *council) pilotsPart(id, title, caption, figure string, dims []string, mark *Mark, columns ...measure) Part {
	p := Part{ID: id, Title: title, Text: c.spread(figure, dims...), Table: c.beside(id, caption, columns...)}
	chart := p.barChart("count")
	chart.Mark = mark
	for _, b := range c.pilots {
		f := b.figure(figure, dims...)
		one := b.point(f)
		switch {
		case f != nil && f.Unit == "ratio":
			chart.Y.Format = "percent"
			if f.Known() {
				one.Text = b.show(f)
			}
		case f != nil && f.Unit == "days":
			chart.Y.Format = "days"
		}
		chart.bar(b.doc.Pilot, one)
	}
	if anyDrawn(chart.Series[0].Points) && len(chart.Names) <= maxBars {
		p.Chart = chart
	} else {
		p.Missing = c.Pick("Er is hier niets te tekenen; de tabel zegt het.", "There is nothing to draw here; the table says it.")
	}
	return p
}
