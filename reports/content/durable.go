package content

import (
	"slices"

	"lvv/transform/engine"
)

func (b *builder) durableSection() Section {
	title := b.Pick("Op weg naar het doel", "On the way to the target")
	lead := b.Pick("De verwachting gaat uit van het tempo tot nu toe en laat zien hoe onzeker dat is.",
		"The forecast goes by the pace so far and shows how uncertain that is.")
	if b.has("durable.target") {
		title = b.say("Op weg naar %s", "On the way to %s", b.value("durable.target"))
		lead = b.say("Het convenant streeft naar %s met een bestendige oplossing. Het is een inspanningsverplichting. ",
			"The covenant aims for %s with a durable solution. It is an obligation of effort. ",
			b.counts(b.value("durable.target"), "casus", "casussen", "case", "cases")) + lead
	}
	state := b.list("durable-state", b.Pick("De stand in cijfers", "The state in figures"),
		row{b.Pick("Bestendige oplossingen sinds het begin", "Durable solutions since the start"), "durable.cases", nil},
		row{b.Pick("Waarvan in deze periode", "Of which in this period"), "durable.cases_in_period", nil},
		row{b.Pick("Waarvan terugkeer", "Of which return"), "durable.cases", []string{"outcome", "return"}},
		row{b.Pick("Waarvan doormigratie", "Of which onward migration"), "durable.cases", []string{"outcome", "onward"}},
		row{b.Pick("Waarvan legalisering", "Of which legalisation"), "durable.cases", []string{"outcome", "legalisation"}},
		row{b.Pick("Mensen met een bestendige oplossing", "People with a durable solution"), "durable.persons", nil},
		row{b.Pick("Terugkeer met bewijs van vertrek", "Return with evidence of departure"), "durable.proven", nil},
		row{b.Pick("Later alsnog ingewilligd (telt niet mee)", "Granted later after all (not counted)"), "durable.later_granted", nil},
		row{b.Pick("Doel", "Target"), "durable.target", nil},
		row{b.Pick("Deel van het doel", "Part of the target"), "durable.progress", nil},
		row{b.Pick("Verwacht bij een gelijk tempo", "Expected at an even pace"), "durable.expected", nil},
		row{b.Pick("Verwacht bij de plaatsen die er waren", "Expected by the places that there were"), "durable.expected_by_places", nil},
		row{b.Pick("Verwacht aan het eind: lage schatting", "Expected at the end: low estimate"), "durable.forecast", []string{"stat", "p10"}},
		row{b.Pick("Verwacht aan het eind: middelste schatting", "Expected at the end: middle estimate"), "durable.forecast", []string{"stat", "p50"}},
		row{b.Pick("Verwacht aan het eind: hoge schatting", "Expected at the end: high estimate"), "durable.forecast", []string{"stat", "p90"}},
		row{b.Pick("Eerdere verwachtingen die klopten", "Earlier forecasts that held"), "durable.forecast_backtest", nil})
	state.Notes = b.whyNot(sumDurable)
	return Section{ID: "durable", Title: title, Sheet: b.Pick("Bestendige oplossingen", "Durable solutions"), Lead: lead,
		Parts: []Part{b.progressPart(), b.tablePart(state),
			b.tablePart(b.breakdown("durable-region", b.Pick("Bestendige oplossingen naar herkomst en bestemming", "Durable solutions by origin and destination"), "region",
				column{b.Pick("Nationaliteit uit dit gebied", "Nationality from this region"), "durable.region"},
				column{b.Pick("Terugkeer of doormigratie naar dit gebied", "Return or onward migration to this region"), "durable.destination"}))}}
}

func (b *builder) progressPart() Part {
	p := Part{ID: "durable-progress", Text: b.progressText(), Notes: b.gaps("durable.progress", "durable.fan"), About: []string{"durable.cases", "durable.expected", "durable.forecast", "durable.target"},
		Title: b.Pick("Bestendige oplossingen sinds het begin, met de verwachting tot het eind", "Durable solutions since the start, with the forecast to the end")}
	rows, ok := b.series("durable.progress", "date", "cases", "expected")
	if !ok {
		p.Missing = b.missing(b.figure("durable.cases"))
		return p
	}
	c := &Chart{ID: p.ID, Kind: Lines, Title: p.Title, X: Axis{Format: "date"}, Y: Axis{Format: "count"}}
	fan, hasFan := b.series("durable.fan", "date", "p10", "p50", "p90")
	if hasFan {
		c.Series = append(c.Series, Series{Name: b.Pick("verwachting, laag tot hoog", "forecast, low to high"), Colour: 1, Role: Band, Points: between(fan, 1, 3)},
			Series{Name: b.Pick("verwachting", "forecast"), Colour: 1, Role: Forecast, Points: points(fan, 2)})
		c.Keys = append(c.Keys, Key{Mark: "band", Text: b.Pick("lichte band: in vier van de vijf gevallen komt het totaal hierbinnen uit",
			"light band: in four cases out of five the total ends within it")}, Key{Mark: "line", Text: b.Pick("dikke lijn: bereikt", "thick line: reached")})
	}
	c.Series = append(c.Series, Series{Name: b.Pick("bereikt", "reached"), Colour: 1, Role: Reached, Points: points(rows, 1)})
	straight := Series{Name: b.Pick("op schema", "on schedule"), Role: Target, Points: points(rows, 2)}
	if target := b.figure("durable.target"); target.Known() {
		straight.Points = append(straight.Points, Point{X: date(b.doc.Terms.End), Low: target.Value.Float(), High: target.Value.Float(), Drawn: true})
		straight.Name = b.say("op schema naar %s", "on schedule to %s", b.value("durable.target"))
	}
	c.Series = append(c.Series, straight)
	p.Chart = c
	p.Table = b.progressTable(&p, rows, fan)
	return p
}

// progressTable sets what was reached and what is expected under each other, a row a date.
func (b *builder) progressTable(p *Part, rows, fan [][]engine.Value) *Table {
	all := make([][]engine.Value, 0, len(rows)+len(fan))
	for _, r := range rows {
		all = append(all, append(slices.Clone(r), engine.Value{}, engine.Value{}, engine.Value{}))
	}
	for _, r := range fan {
		if last := all[len(all)-1]; last[0] == r[0] {
			copy(last[3:], r[1:])
		} else {
			all = append(all, []engine.Value{r[0], {}, {}, r[1], r[2], r[3]})
		}
	}
	t := b.seriesTable(p.ID, p.Title, []string{b.Pick("Datum", "Date"), b.Pick("Bereikt", "Reached"), b.Pick("Gelijk tempo", "Even pace"),
		b.Pick("Verwachting laag", "Forecast low"), b.Pick("Verwachting midden", "Forecast middle"), b.Pick("Verwachting hoog", "Forecast high")},
		all, b.dayCell, "count", "count", "count", "count", "count")
	if len(fan) > 0 {
		t.Notes = append(t.Notes, b.Pick("Een streepje: op die dag is er geen verwachting, of is het nog niet zo ver.", "A dash: on that day there is no forecast, or it has not come yet."))
	}
	return t
}

func (b *builder) progressText() string {
	if !b.has("durable.cases", "durable.expected") {
		return b.missing(b.unknown("durable.cases", "durable.expected"))
	}
	s := b.standing()
	target := b.figure("durable.target")
	if !target.Known() {
		return s
	}
	goal, reached := target.Value.Float(), b.figure("durable.cases").Value.Float()
	switch {
	case reached >= goal:
		return s + " " + b.say("Het doel van %s is gehaald.", "The target of %s has been met.", b.show(target))
	case b.noVerdict() != "":
		return s + " " + b.noVerdict()
	case b.doc.Period.AsOf >= b.doc.Terms.End:
		return s + " " + b.say("De pilot is voorbij; het doel van %s is niet gehaald.", "The pilot is over; the target of %s has not been met.", b.show(target))
	}
	low, mid, high := b.figure("durable.forecast", "stat", "p10"), b.figure("durable.forecast", "stat", "p50"), b.figure("durable.forecast", "stat", "p90")
	if !low.Known() || !mid.Known() || !high.Known() {
		return s
	}
	s += " " + b.say("Gaat het zo door, dan zijn het er aan het eind van de pilot waarschijnlijk tussen %s en %s.",
		"At this pace there will probably be between %s and %s at the end of the pilot.", b.show(low), b.show(high))
	if f := b.figure("durable.forecast_backtest"); b.ofHowMany(f) != "" {
		s += " " + b.say("Van eerdere verwachtingen klopten er %s.", "Of earlier forecasts %s held.", b.ofHowMany(f))
	}
	switch {
	case low.Value.Float() >= goal:
		s += " " + b.say("Dan halen we %s ruim.", "That is well above %s.", b.show(target))
	case high.Value.Float() < goal:
		s += " " + b.say("Dan halen we %s niet.", "Then %s is not met.", b.show(target))
	default:
		s += " " + b.say("Of we %s halen, is nog niet te zeggen.", "Whether %s is met cannot be said yet.", b.show(target))
	}
	return s
}

// halfYear is for how many days a pilot runs before its pace says anything about its goal.
const halfYear = 182

// noVerdict says why nothing is said about the goal: too short a time, or registers that do not reach the
// reference date. It is empty where something can be said.
func (b *builder) noVerdict() string {
	if b.staleRegisters() != "" {
		return b.Pick("Of het doel wordt gehaald, zeggen we niet: de registers lopen niet door tot de peildatum.",
			"Whether the target is met is not said: the registers do not reach the reference date.")
	}
	if int64(b.doc.Period.AsOf)-int64(b.doc.Terms.Start) < halfYear {
		return b.Pick("Over het doel zeggen we nog niets: de pilot loopt korter dan een half jaar.",
			"Nothing is said about the target yet: the pilot has run for less than half a year.")
	}
	return ""
}

// staleRegisters says that registers or pilot do not reach the reference date; empty where they do.
func (b *builder) staleRegisters() string {
	for _, f := range b.doc.Quality.Findings {
		if f.Check == "register_not_current" || f.Check == "period_outside_pilot" {
			return f.Title + "."
		}
	}
	return ""
}
