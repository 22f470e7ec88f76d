package content

import (
	"math"
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform/engine"
)

func (b *builder) report() *Report {
	d := b.doc
	r := b.frame("Pilot-LVV "+d.Pilot, b.Pick("Rapportage aan de stuurgroep", "Report to the steering group"))
	r.Cards = []Card{b.occupancyCard(), b.durableCard(), b.durationCard(), b.fundingCard()}
	r.Decide = b.attention()
	r.Trust = Part{ID: "trust", Title: b.Pick("Hoe zeker zijn deze cijfers?", "How certain are these figures?"), Items: b.trust()}
	r.Changed = b.changed()
	r.Sections = []Section{
		b.occupancySection(), b.inflowSection(), b.outflowSection(), b.durableSection(), b.durationSection(),
		b.guidanceSection(), b.subgoalSection(), b.fundingSection(), b.changesSection(), b.qualitySection(),
	}
	r.SummaryFile = "samenvatting-" + d.Period.Label + ".html"
	b.showTheRest(r.Sections)
	if warning := b.smallCounts(); warning != "" {
		r.Warnings = append(r.Warnings, warning)
	}
	r.Changed.About = lists.Map(d.Compared, func(c published.Comparison) string { return c.ID })
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Remarks = b.remarks(s.ID)
		for j := range s.Parts {
			s.Parts[j].about()
			b.events(s.ID, s.Parts[j].Chart)
		}
	}
	b.explainAll(r)
	return r
}

// explainAll says under each table what its marks mean, and of each chart what it says.
func (b *builder) explainAll(r *Report) {
	b.explain(r.Changed.Table)
	for _, s := range r.Sections {
		for i := range s.Parts {
			p := &s.Parts[i]
			b.explain(p.Table)
			if p.Chart != nil {
				p.Chart.Alt = p.Alt()
			}
		}
	}
}

// frame is what the report of a pilot and that of a programme have alike.
func (b *builder) frame(pilot, heading string) *Report {
	d := b.doc
	return &Report{
		Lang: b.Lang, Words: b.words(), Version: d.Version, Theme: d.Theme, Pilot: pilot, AsOf: date(d.Period.AsOf),
		Title: pilot + ", " + b.Period(d.Period), Heading: heading, Period: upperFirst(b.Period(d.Period)), Dates: b.dates(),
		Notes: b.notes(), Definitions: d.Definitions,
		Footer: b.Pick("Alle cijfers komen uit de registers van de uitvoerende partijen; dit bestand bevat geen gegevens over personen afzonderlijk en laadt niets van het internet.",
			"All figures come from the registers of the executing parties; this file holds no data on individuals and loads nothing from the internet."),
	}
}

// about adds the figures of the table to those that the part is about.
func (p *Part) about() {
	if p.Table == nil {
		return
	}
	for _, f := range p.Table.figures {
		if f != nil && !slices.Contains(p.About, f.ID) {
			p.About = append(p.About, f.ID)
		}
	}
}

// dates says what the report is about and how far the registers go.
func (b *builder) dates() []string {
	p := b.doc.Period
	list := []string{
		b.Range(p.From, p.To) + ".",
		b.say("Met de gebeurtenissen tot en met %s, zoals ze nu geregistreerd staan.", "With what happened up to %s, as it is registered now.", b.asOf()),
	}
	if to := b.doc.DataTo; to != day.None && to < p.AsOf {
		said := b.say("Gegevens tot en met %s", "Data up to %s", b.DateLong(to))
		if slices.ContainsFunc(b.doc.Quality.Tables, func(t published.TableCount) bool { return t.Withheld }) {
			said += b.Pick("; hoe ver de registers gaan waarvan we het aantal regels niet noemen, zeggen we ook niet",
				"; how far the registers go whose number of rows is not told, is not told either")
		}
		list = append(list, said+".")
	}
	return list
}

// inText writes a value as a sentence does: days are whole.
func (b *builder) inText(v engine.Value, unit string) string {
	switch {
	case unit == "days" && !v.IsNull():
		return b.Days(math.Round(v.Float()))
	case v.Kind() == engine.Money:
		return b.euros(v.Int())
	}
	return b.Value(v, unit)
}

// said writes a figure as a sentence does.
func (b *builder) said(f *published.Figure) string {
	if f.Known() {
		return b.inText(f.Value, f.Unit)
	}
	return b.show(f)
}

func (b *builder) occupancyCard() Card {
	f := b.figure("occupancy.rate")
	c := Card{ID: "occupancy", Question: b.Pick("Zijn de plaatsen vol?", "Are the places full?"),
		Value: b.cellOf(f), Unit: b.Pick("bezet", "occupied"), More: b.Pick("Meer over de bezetting", "More about occupancy")}
	places := b.Count(b.doc.Terms.Places)
	c.Target = b.say("Afgesproken: %s plaatsen", "Agreed: %s places", places)
	b.since(&c, "occupancy.rate")
	c.Verdict = b.occupancyVerdict()
	c.Text = b.missing(f)
	if f.Known() {
		c.Text = upperFirst(b.say("%s was %s van de %s afgesproken plaatsen bezet.", "%s, %s of the %s agreed places were occupied.", b.during(), c.Value.Text, places))
	}
	if rows, ok := b.series("occupancy.places", "date", "persons", "agreed"); ok {
		c.Chart = b.against("occupancy-small", b.Pick("Bezetting per nacht in de periode", "Occupancy by night in the period"), rows,
			b.Pick("bezet", "occupied"), b.Pick("afgesproken", "agreed"))
	}
	return c
}

// against draws rows of date, number reached and number aimed for.
func (b *builder) against(id, alt string, rows [][]engine.Value, reached, target string) *Chart {
	return &Chart{ID: id, Kind: Lines, Small: true, Title: alt, Alt: alt, X: Axis{Format: "date"}, Y: Axis{Format: "count"}, Series: []Series{
		{Name: reached, Colour: 1, Role: Reached, Points: points(rows, 1)},
		{Name: target, Role: Target, Points: points(rows, 2)},
	}}
}

func (b *builder) durableCard() Card {
	f := b.figure("durable.cases")
	c := Card{ID: "durable", Question: b.Pick("Zijn we op weg naar het doel?", "Are we on the way to the target?"),
		Value: b.cellOf(f), Unit: b.Pick("bestendige oplossingen", "durable solutions"),
		More: b.Pick("Meer over de weg naar het doel", "More about the way to the target")}
	if b.has("durable.target") {
		c.Question = b.say("Zijn we op weg naar %s?", "Are we on the way to %s?", b.value("durable.target"))
		c.Target = b.say("Doel aan het eind van de pilot: %s", "Target at the end of the pilot: %s", b.value("durable.target"))
	}
	b.since(&c, "durable.cases")
	c.Verdict = b.durableVerdict()
	c.Text = b.missing(f)
	if f.Known() {
		c.Text = b.standing()
	}
	if rows, ok := b.series("durable.progress", "date", "cases", "expected"); ok {
		c.Chart = b.against("durable-small", b.Pick("Bestendige oplossingen sinds het begin van de pilot, naast een gelijkmatig tempo",
			"Durable solutions since the start of the pilot, beside an even pace"), rows, b.Pick("bereikt", "reached"), b.Pick("op schema", "on schedule"))
	}
	return c
}

// standing says how many durable solutions there are, and how many an even pace would have given.
func (b *builder) standing() string {
	s := b.say("Op %s staan we op %s.", "On %s we stand at %s.", b.asOf(), b.value("durable.cases"))
	if f := b.figure("durable.expected"); f.Known() {
		s += " " + b.say("Bij een gelijk tempo waren het er %s.", "At an even pace there would be %s.", b.Count(int64(math.Round(f.Value.Float()))))
	}
	return s
}

func (b *builder) durationCard() Card {
	c := Card{ID: "duration", Question: b.Pick("Hoe lang duurt de begeleiding?", "How long does guidance take?"),
		Target: b.Pick("Het convenant noemt geen norm", "The covenant sets no norm"),
		More:   b.Pick("Meer over de duur", "More about duration")}
	median, ended := b.figure("course.survival_median", "stat", "estimate"), b.figure("course.ended", "stat", "median")
	if median.Known() || !ended.Known() {
		c.Value, c.Unit = b.cellOf(median), b.Pick("en dan is de helft van de begeleiding afgelopen", "until half of the courses of guidance have ended")
		b.since(&c, "course.survival_median")
	} else {
		c.Value, c.Unit = b.cellOf(ended), b.Pick("middelste duur van de afgesloten begeleiding", "median of the courses that ended")
		b.since(&c, "course.ended")
	}
	var said []string
	switch year := b.figure("course.survival", "day", "365", "stat", "estimate"); {
	case !median.Known() && !ended.Known():
		c.Unit = ""
		said = append(said, b.missing(median))
	case year.Known():
		said = append(said, b.say("Na een jaar loopt nog %s van de begeleidingsperiodes.", "After a year, %s of the courses of guidance are still running.", b.show(year)))
	}
	if low, high := b.figure("course.ended", "stat", "p25"), b.figure("course.ended", "stat", "p75"); low.Known() && high.Known() {
		said = append(said, upperFirst(b.say("%s duurde de helft van de afgesloten begeleidingsperiodes %s tot %s.", "%s half of the courses that ended took %s to %s.",
			b.during(), b.Count(int64(math.Round(low.Value.Float()))), b.said(high))))
	}
	c.Text = strings.Join(said, " ")
	if rows, missing := b.curve("course.curve", median, "survival"); missing == "" {
		alt := b.Pick("Deel van de begeleidingsperiodes dat na een aantal dagen nog loopt", "Share of courses of guidance still running after a number of days")
		c.Chart = &Chart{ID: "duration-small", Kind: Steps, Small: true, Title: alt, Alt: alt, X: Axis{Format: "days"}, Y: Axis{Format: "percent", Max: 1},
			Series: []Series{{Name: b.Pick("loopt nog", "still running"), Colour: 1, Role: Reached, Points: points(rows, 1)}}}
	}
	return c
}

func (b *builder) fundingCard() Card {
	f := b.figure("funding.balance")
	c := Card{ID: "funding", Question: b.Pick("Kregen we waar we recht op hebben?", "Did we receive what we are entitled to?"),
		Value: b.cellOf(f), Unit: b.Pick("nog te ontvangen", "still to come in"), More: b.Pick("Meer over het geld", "More about the money")}
	if b.has("funding.entitlement_to_date") {
		c.Target = b.say("Bijdrage tot en met %s: %s", "Contribution up to %s: %s", b.asOf(), b.rounded("funding.entitlement_to_date"))
	}
	b.since(&c, "funding.balance")
	c.Verdict = b.fundingVerdict()
	if !f.Known() {
		c.Unit, c.Text = "", b.missing(f)
	} else {
		c.Value.Text = b.rounded("funding.balance")
		if f.Value.Int() < 0 {
			c.Value.Text, c.Value.Value, c.Unit = unsigned(c.Value.Text), engine.CentsOf(-f.Value.Int()), b.Pick("vooruit ontvangen", "received ahead")
			c.Value.Figure = "" // its value has the other sign
		}
		c.Text = b.say("Sinds het begin is %s ontvangen.", "Since the start %s was received.", b.rounded("funding.received_to_date"))
		if b.has("funding.per_occupied_night") {
			c.Text += " " + upperFirst(b.say("%s was er per bezette nacht %s bijdrage.", "%s there was a contribution of %s for each occupied night.", b.during(), b.value("funding.per_occupied_night")))
		}
		b.balanceChange(&c)
	}
	entitled, received := b.figure("funding.entitlement_to_date"), b.figure("funding.received_to_date")
	if entitled.Known() {
		alt := b.Pick("Bijdrage en ontvangen bedrag tot de peildatum", "Contribution and amount received up to the reference date")
		c.Chart = &Chart{ID: "funding-small", Kind: Bars, Small: true, Title: alt, Alt: alt, Y: Axis{Format: "euro"},
			Names: []string{b.Pick("bijdrage", "contribution"), b.Pick("ontvangen", "received")}, Series: []Series{{Colour: 1, Role: Reached}}}
		for _, f := range []*published.Figure{entitled, received} {
			p := b.point(f)
			if f.Known() {
				p.Text = b.rounded(f.ID)
			}
			c.Chart.Series[0].Points = append(c.Chart.Series[0].Points, p)
		}
	}
	return c
}

// balanceChange says how the balance stood a period before. A balance has two sides, so a bare "more" or
// "less" would be unclear.
func (b *builder) balanceChange(c *Card) {
	side := func(v engine.Value) string {
		amount := unsigned(b.euros(v.Int()))
		if v.Int() < 0 {
			return b.say("was %s vooruit ontvangen", "%s had been received ahead", amount)
		}
		return b.say("moest nog %s binnenkomen", "%s was still to come in", amount)
	}
	for _, change := range b.doc.Compared {
		if change.ID == "funding.balance" && !change.Was.IsNull() && !change.Is.IsNull() {
			c.Change = upperFirst(b.say("aan het eind van %s %s.", "at the end of %s %s.", b.ThePeriod(change.Period), side(change.Was)))
		}
	}
}

// notDelivered names the registers that were not delivered; empty where all were.
func (b *builder) notDelivered() string {
	var missing []string
	for _, t := range b.doc.Quality.Tables {
		if !t.Delivered {
			missing = append(missing, reports.TableLabel(t.Table, b.Lang))
		}
	}
	return b.enumerate(missing)
}

// trust says how far the figures can be trusted.
func (b *builder) trust() []Item {
	var list []Item
	add := func(text string) { list = append(list, Item{Text: text}) }
	if missing := b.notDelivered(); missing != "" {
		add(b.say("Niet aangeleverd: %s. Wat daarvan afhangt, is niet beschikbaar.", "Not delivered: %s. What depends on it is not available.", missing))
	} else if len(b.doc.Quality.Tables) > 0 {
		add(b.Pick("Alle registers zijn aangeleverd.", "All registers were delivered."))
	}
	for _, f := range b.doc.Quality.Findings {
		if f.Severity != "high" {
			continue
		}
		list = append(list, Item{b.say("Let op: %s.", "Note: %s.", f.Title+" ("+b.Count(f.Count)+")"), "findings"})
	}
	if n := len(b.doc.Changes); n > 0 {
		add(b.say("Sinds een eerder rapport gecorrigeerde cijfers: %s.", "Figures corrected since an earlier report: %s.", b.Count(int64(n))))
	}
	if n := b.hidden(); n > 0 {
		add(b.hiddenHint() + " " + b.say("Zo zijn %s cijfers niet precies getoond.", "In this way %s figures are not shown exactly.", b.Count(int64(n))))
	}
	return list
}
