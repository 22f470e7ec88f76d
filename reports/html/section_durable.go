package html

import (
	"lvv/reports"
	"lvv/transform"
)

func (b *builder) durableSection() section {
	l := b.lang
	title := l.Pick("Op weg naar het doel", "On the way to the target")
	if b.has("durable.target") {
		title = b.say("Op weg naar %s", "On the way to %s", b.value("durable.target"))
	}
	state := b.stateTable()
	return section{ID: "durable", Title: title,
		Lead: l.Pick("Het convenant wil een aantal mensen een bestendige oplossing bieden. De verwachting gaat uit van het tempo tot nu toe en laat zien hoe onzeker dat is.",
			"The covenant wants a number of people to find a durable solution. The forecast goes by the pace so far and shows how uncertain that is."),
		Parts: []part{{Picture: b.progressPicture()}, {Title: state.Caption, Table: state}}}
}

func (b *builder) stateTable() *table {
	l := b.lang
	t := b.list(
		l.Pick("De stand in cijfers", "The state in figures"),
		row{l.Pick("Bestendige oplossingen sinds het begin", "Durable solutions since the start"), "durable.cases", nil},
		row{l.Pick("Waarvan in deze periode", "Of which in this period"), "durable.cases_in_period", nil},
		row{l.Pick("Waarvan terugkeer", "Of which return"), "durable.cases", []string{"outcome", "return"}},
		row{l.Pick("Waarvan doormigratie", "Of which onward migration"), "durable.cases", []string{"outcome", "onward"}},
		row{l.Pick("Waarvan legalisering", "Of which legalisation"), "durable.cases", []string{"outcome", "legalisation"}},
		row{l.Pick("Doel", "Target"), "durable.target", nil},
		row{l.Pick("Deel van het doel", "Part of the target"), "durable.progress", nil},
		row{l.Pick("Verwacht bij een gelijkmatig tempo", "Expected at an even pace"), "durable.expected", nil},
		row{l.Pick("Verwacht aan het eind: lage schatting", "Expected at the end: low estimate"), "durable.forecast", []string{"stat", "p10"}},
		row{l.Pick("Verwacht aan het eind: middelste schatting", "Expected at the end: middle estimate"), "durable.forecast", []string{"stat", "p50"}},
		row{l.Pick("Verwacht aan het eind: hoge schatting", "Expected at the end: high estimate"), "durable.forecast", []string{"stat", "p90"}})
	t.Notes = l.WhyNotSum(reports.SumDurable)
	return t
}

func (b *builder) progressPicture() *picture {
	l := b.lang
	p := &picture{ID: "durable-progress", Height: 360,
		Title: l.Pick("Bestendige oplossingen sinds het begin, met de verwachting tot het eind", "Durable solutions since the start, with the forecast to the end")}
	p.Text = b.progressText()
	rows, ok := b.series("durable.progress", "date", "cases", "expected")
	if !ok {
		p.Missing = b.why(b.figure("durable.cases"))
		return p
	}
	x := positions(rows)
	lines := []lineSeries{}
	fan, hasFan := b.series("durable.fan", "date", "p10", "p50", "p90")
	if hasFan {
		lines = append(lines, band(l.Pick("verwachting", "forecast"), positions(fan), pick(fan, 1), pick(fan, 3), colour(1), false)...)
		lines = append(lines, lineSeries{name: l.Pick("verwachting", "forecast"), x: positions(fan), y: pick(fan, 2),
			lineStyle: lineStyle{colour: colour(1), dash: "dotted", width: 2}})
		p.Legend = append(p.Legend, key{Mark: "band", Text: l.Pick("lichte band: in vier van de vijf gevallen komt het totaal hierbinnen uit",
			"light band: in four cases out of five the total ends within it")},
			key{Mark: "line", Text: l.Pick("dikke lijn: bereikt", "thick line: reached")})
	}
	lines = append(lines, lineSeries{name: l.Pick("bereikt", "reached"), x: x, y: pick(rows, 1), lineStyle: lineStyle{colour: colour(1), width: 3, keyed: hasFan}})
	straight := lineSeries{name: l.Pick("op schema", "on schedule"), x: x, y: pick(rows, 2),
		lineStyle: lineStyle{colour: targetColour, dash: "dashed", width: 2}}
	if target := b.figure("durable.target"); known(target) && b.doc.Terms != nil {
		straight.x = append(straight.x, milliseconds(b.doc.Terms.End))
		straight.y = append(straight.y, target.Value)
		straight.name = b.say("op schema naar %s", "on schedule to %s", b.value("durable.target"))
	}
	lines = append(lines, straight)
	p.drawing = lineChart(axis{format: "date"}, axis{format: "count", min: 0}, lines)
	p.Table = &table{Caption: p.Title, Head: []string{l.Pick("Datum", "Date"), l.Pick("Bereikt", "Reached"), l.Pick("Gelijkmatig tempo", "Even pace"),
		l.Pick("Verwachting laag", "Forecast low"), l.Pick("Verwachting midden", "Forecast middle"), l.Pick("Verwachting hoog", "Forecast high")}}
	none := cell{Text: "", Number: true}
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []cell{text(l.DateShort(r[0].Day())), b.valueCell(r[1], "count"), b.valueCell(r[2], "count"), none, none, none})
	}
	for _, r := range fan {
		p.Table.Rows = append(p.Table.Rows, []cell{text(l.DateShort(r[0].Day())), none, none, b.valueCell(r[1], "count"), b.valueCell(r[2], "count"), b.valueCell(r[3], "count")})
	}
	return p
}

// band draws the area between two lines: the area beneath the upper one, with the area beneath the
// lower one laid over it in the colour of the surface.
func band(name string, x []float64, low, high []transform.Value, colour string, step bool) []lineSeries {
	edge := lineStyle{colour: colour, width: 0.5, silent: true, step: step}
	upper, lower := edge, edge
	upper.area, lower.mask = 0.18, true
	return []lineSeries{
		{name: name + " ↑", x: x, y: high, lineStyle: upper},
		{name: name + " ↓", x: x, y: low, lineStyle: lower},
	}
}

func (b *builder) progressText() string {
	l := b.lang
	if !b.has("durable.cases", "durable.expected") {
		return b.why(b.figure("durable.cases"))
	}
	s := b.say("Op %s stond de teller op %s; %s bij een gelijkmatig tempo (%s).", "On %s the count stood at %s; %s at an even pace (%s).",
		b.asOf(), b.value("durable.cases"), b.against("durable.cases", "durable.expected"), l.Number(b.figure("durable.expected").Value.Float()))
	target := b.figure("durable.target")
	if reached := b.figure("durable.cases").Value.Float(); known(target) && reached >= target.Value.Float() {
		return s + " " + b.say("Het doel van %s is gehaald.", "The target of %s has been met.", b.value("durable.target"))
	}
	if b.doc.Terms != nil && b.results.Period.AsOf >= b.doc.Terms.End {
		if known(target) {
			s += " " + b.say("De pilot is voorbij; het doel van %s is niet gehaald.", "The pilot is over; the target of %s has not been met.", b.value("durable.target"))
		}
		return s
	}
	low, mid, high := b.figure("durable.forecast", "stat", "p10"), b.figure("durable.forecast", "stat", "p50"), b.figure("durable.forecast", "stat", "p90")
	if !known(low) || !known(mid) || !known(high) {
		return s
	}
	s += " " + b.say("Gaat het zo door, dan zijn het er aan het eind van de pilot waarschijnlijk tussen %s en %s.",
		"At this pace there will probably be between %s and %s at the end of the pilot.", l.Figure(low, b.minCell), l.Figure(high, b.minCell))
	if known(target) {
		goal := target.Value.Float()
		switch {
		case low.Value.Float() >= goal:
			s += " " + b.say("Het doel van %s ligt dan binnen bereik.", "The target of %s is then within reach.", b.value("durable.target"))
		case high.Value.Float() < goal:
			s += " " + b.say("Het doel van %s wordt dan niet gehaald.", "The target of %s is then not met.", b.value("durable.target"))
		default:
			s += " " + b.say("Of het doel van %s wordt gehaald, is nog niet te zeggen.", "Whether the target of %s is met cannot be said yet.", b.value("durable.target"))
		}
	}
	return s
}
