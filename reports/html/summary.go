package html

import (
	"lvv/reports"
	"lvv/transform"
)

const (
	smallWidth  = 330
	smallHeight = 96
)

// page composes the whole page.
func (b *builder) page() *page {
	l := b.lang
	r := b.results
	p := &page{
		Lang:    l,
		Pilot:   r.Pilot,
		Title:   b.say("Pilot-LVV %s, %s", "Pilot-LVV %s, %s", r.Pilot, l.Period(r.Period)),
		Period:  upperFirst(l.Period(r.Period)),
		Range:   l.Range(r.Period.From, r.Period.To),
		AsOf:    b.asOf(),
		Version: b.doc.Version,
		Cards:   []card{b.occupancyCard(), b.durableCard(), b.durationCard(), b.fundingCard()},
		Trust:   b.trust(),
	}
	if warning := reports.SmallCounts(b.minCell, transform.DefaultMinCell, l); warning != "" {
		p.Warnings = append(p.Warnings, warning)
	}
	p.Sections = []section{
		b.occupancySection(), b.inflowSection(), b.outflowSection(), b.durableSection(), b.durationSection(),
		b.guidanceSection(), b.subgoalSection(), b.fundingSection(), b.restatementSection(), b.qualitySection(),
	}
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			b.explain(part.Table)
			if part.Picture != nil {
				b.explain(part.Picture.Table)
				part.Picture.Alt = part.Picture.Title + ". " + part.Picture.Text
			}
		}
	}
	p.Definitions = b.definitions()
	return p
}

// places is the number of places agreed at the end of the period, empty when the terms name none.
func (b *builder) places() string {
	if b.doc.Terms == nil {
		return ""
	}
	text := ""
	for _, p := range b.doc.Terms.Places {
		if p.From <= b.results.Period.To {
			text = b.lang.Count(p.Places)
		}
	}
	return text
}

// since gives a card its change, or says that there is nothing to compare.
func (b *builder) since(c *card, id, unit string) {
	c.Arrow, c.Change = b.change(id, unit)
	if c.Change == "" {
		c.Change = b.lang.Pick("geen eerdere periode om mee te vergelijken", "no earlier period to compare with")
	}
}

func (b *builder) occupancyCard() card {
	l := b.lang
	c := card{ID: "occupancy", Question: l.Pick("Zijn de plaatsen vol?", "Are the places full?"),
		Value: b.value("occupancy.rate"), Unit: l.Pick("bezet", "occupied"),
		More: l.Pick("Meer over de bezetting", "More about occupancy")}
	places := b.places()
	if places != "" {
		c.Target = b.say("Afgesproken: %s plaatsen", "Agreed: %s places", places)
	}
	b.since(&c, "occupancy.rate", "ratio")
	switch f := b.figure("occupancy.rate"); {
	case !known(f):
		c.Text = b.why(f)
	case places == "":
		c.Text = upperFirst(b.say("%s was %s van de afgesproken plaatsen bezet.", "%s, %s of the agreed places were occupied.", b.during(), c.Value))
	default:
		c.Text = upperFirst(b.say("%s was %s van de %s afgesproken plaatsen bezet.", "%s, %s of the %s agreed places were occupied.", b.during(), c.Value, places))
	}
	c.Picture = b.small("occupancy-small", l.Pick("Bezetting per nacht in de periode", "Occupancy by night in the period"))
	rows, ok := b.series("occupancy.places", "date", "persons", "agreed")
	if !ok {
		return c
	}
	c.Picture.drawing = miniTarget(rows, l.Pick("bezet", "occupied"), l.Pick("afgesproken", "agreed"))
	return c
}

func (b *builder) durableCard() card {
	l := b.lang
	c := card{ID: "durable", Question: b.say("Zijn we op weg naar %s?", "Are we on the way to %s?", b.value("durable.target")),
		Value: b.value("durable.cases"), Unit: l.Pick("bestendige oplossingen", "durable solutions"),
		More: l.Pick("Meer over de weg naar het doel", "More about the way to the target")}
	if b.has("durable.target") {
		c.Target = b.say("Doel aan het eind van de pilot: %s", "Target at the end of the pilot: %s", b.value("durable.target"))
	} else {
		c.Question = l.Pick("Zijn we op weg naar het doel?", "Are we on the way to the target?")
	}
	b.since(&c, "durable.cases", "count")
	switch f := b.figure("durable.cases"); {
	case !known(f):
		c.Text = b.why(f)
	case b.has("durable.expected"):
		c.Text = b.say("Tot en met %s is de stand %s; %s bij een gelijkmatig tempo (%s).",
			"Up to %s the count is %s; %s at an even pace (%s).",
			b.asOf(), c.Value, b.against("durable.cases", "durable.expected"), l.Number(b.figure("durable.expected").Value.Float()))
	default:
		c.Text = b.say("Tot en met %s is de stand %s.", "Up to %s the count is %s.", b.asOf(), c.Value)
	}
	c.Picture = b.small("durable-small", l.Pick("Bestendige oplossingen sinds het begin van de pilot, naast een gelijkmatig tempo",
		"Durable solutions since the start of the pilot, beside an even pace"))
	rows, ok := b.series("durable.progress", "date", "cases", "expected")
	if !ok {
		return c
	}
	c.Picture.drawing = miniTarget(rows, l.Pick("bereikt", "reached"), l.Pick("op schema", "on schedule"))
	return c
}

// miniTarget draws rows of date, number reached and number aimed for.
func miniTarget(rows [][]transform.Value, reached, target string) *drawing {
	x := positions(rows)
	return miniLines(axis{format: "date"}, axis{format: "count", min: 0}, []lineSeries{
		{name: reached, x: x, y: pick(rows, 1), lineStyle: lineStyle{colour: colour(1), width: 2.5, area: 0.15}},
		{name: target, x: x, y: pick(rows, 2), lineStyle: lineStyle{colour: targetColour, dash: "dashed", width: 1.5}},
	})
}

// against says whether the first figure lies above or below the second.
func (b *builder) against(id, other string) string {
	x, y := b.figure(id).Value.Float(), b.figure(other).Value.Float()
	switch {
	case x > y:
		return b.lang.Pick("dat is meer dan verwacht", "that is more than expected")
	case x < y:
		return b.lang.Pick("dat is minder dan verwacht", "that is less than expected")
	}
	return b.lang.Pick("dat is precies zoals verwacht", "that is exactly as expected")
}

func (b *builder) durationCard() card {
	l := b.lang
	c := card{ID: "duration", Question: l.Pick("Hoe lang duurt het?", "How long does it take?"),
		Target: l.Pick("Het convenant noemt geen norm", "The covenant sets no norm"),
		More:   l.Pick("Meer over de duur", "More about duration")}
	median, ended := b.figure("duration.survival_median", "stat", "estimate"), b.figure("duration.ended", "stat", "median")
	if known(median) || !known(ended) {
		c.Value = b.lang.Figure(median, b.minCell)
		c.Unit = l.Pick("en dan is de helft van de trajecten geëindigd", "until half of the trajectories have ended")
		b.since(&c, "duration.survival_median", "days")
	} else {
		c.Value = b.lang.Figure(ended, b.minCell)
		c.Unit = l.Pick("middelste duur van de geëindigde trajecten", "median of the trajectories that ended")
		b.since(&c, "duration.ended", "days")
	}
	switch year := b.figure("duration.survival", "day", "365", "stat", "estimate"); {
	case !known(median) && !known(ended):
		c.Unit, c.Text = "", b.why(median)
	case known(year):
		c.Text = b.say("Na een jaar loopt nog %s van de trajecten.", "After a year, %s of the trajectories are still running.", b.lang.Figure(year, b.minCell))
	}
	if low, high := b.figure("duration.ended", "stat", "p25"), b.figure("duration.ended", "stat", "p75"); known(low) && known(high) {
		c.Text += " " + b.say("Van wat %s eindigde, duurde de helft %s tot %s.", "Of those that ended %s, half took %s to %s.",
			b.during(), l.Number(low.Value.Float()), l.Figure(high, b.minCell))
	}
	c.Picture = b.small("duration-small", l.Pick("Aandeel trajecten dat na een aantal dagen nog loopt", "Share of trajectories still running after a number of days"))
	rows, missing := b.curve("duration.curve", median, "survival")
	if missing != "" {
		return c
	}
	c.Picture.drawing = miniLines(axis{format: "days", min: 0}, axis{format: "percent", min: 0, max: 1}, []lineSeries{
		{name: l.Pick("loopt nog", "still running"), x: positions(rows), y: pick(rows, 1),
			lineStyle: lineStyle{colour: colour(1), width: 2.5, area: 0.15, step: true}},
	})
	return c
}

func (b *builder) fundingCard() card {
	l := b.lang
	c := card{ID: "funding", Question: l.Pick("Past het geld?", "Does the money fit?"),
		Value: b.rounded("funding.balance"), Unit: l.Pick("nog te ontvangen", "still to come in"),
		More: l.Pick("Meer over het geld", "More about the money")}
	if b.has("funding.entitlement_to_date") {
		c.Target = b.say("Recht tot en met %s: %s", "Entitled up to %s: %s", b.asOf(), b.rounded("funding.entitlement_to_date"))
	}
	b.sinceBalance(&c)
	f := b.figure("funding.balance")
	if !known(f) {
		c.Unit, c.Text = "", b.why(f)
	} else {
		if f.Value.Int() < 0 {
			c.Value, c.Unit = unsigned(c.Value), l.Pick("meer ontvangen dan het recht", "received beyond the right")
		}
		c.Text = b.say("Sinds het begin is %s ontvangen.", "Since the start %s was received.", b.rounded("funding.received_to_date"))
		if b.has("funding.per_occupied_night") {
			c.Text += " " + b.say("Een bezette nacht kostte %s %s.", "An occupied night cost %[2]s %[1]s.", b.during(), b.value("funding.per_occupied_night"))
		}
	}
	c.Picture = b.small("funding-small", l.Pick("Recht en ontvangen bedrag tot de peildatum", "Entitlement and amount received up to the reference date"))
	if !b.has("funding.entitlement_to_date") {
		return c
	}
	s := barSeries{colour: colour(1)}
	for _, id := range []string{"funding.entitlement_to_date", "funding.received_to_date"} {
		one := b.barOf(b.figure(id))
		if !one.value.IsNull() {
			one.text = b.rounded(id)
		}
		s.bars = append(s.bars, one)
	}
	d := barChart(axis{format: "euro", min: 0}, []string{l.Pick("recht", "entitled"), l.Pick("ontvangen", "received")}, []barSeries{s}, false)
	d.narrow = nil // its amounts take the room that they need on any screen
	merge(d.over, object{"grid": []any{object{"left": 16, "right": 104, "top": 6, "bottom": 6, "containLabel": true}}})
	c.Picture.drawing = d
	return c
}

// sinceBalance says how the balance stood a period before. A balance has two sides, so a bare "more"
// or "less" would be unclear.
func (b *builder) sinceBalance(c *card) {
	b.since(c, "funding.balance", "eur")
	for _, change := range b.results.Changes {
		if change.ID != "funding.balance" || change.Difference.IsNull() || change.Difference.Int() == 0 {
			continue
		}
		was := unsigned(b.lang.EuroRound(change.Was.Int()))
		size := unsigned(b.lang.EuroRound(change.Difference.Int()))
		before := b.lang.ThePeriod(change.Period)
		side := b.lang.Pick("nog te ontvangen", "still to come in")
		if change.Was.Int() < 0 {
			side = b.lang.Pick("meer ontvangen dan het recht", "received beyond the right")
		}
		grew := b.lang.Pick("gestegen", "rose")
		if change.Difference.Int() < 0 {
			grew = b.lang.Pick("gedaald", "fell")
		}
		c.Change = b.say("aan het eind van %s was dat %s %s; sindsdien is wat nog te ontvangen is %s met %s",
			"at the end of %s it was %s %s; what is still to come in %s by %s since", before, was, side, grew, size)
	}
}

// rounded writes an amount in whole euros, or what its status means.
func (b *builder) rounded(id string) string {
	if f := b.figure(id); known(f) && f.Value.Kind() == transform.Money {
		return b.lang.EuroRound(f.Value.Int())
	}
	return b.value(id)
}

func (b *builder) small(id, alt string) *picture {
	return &picture{ID: id, Title: alt, Alt: alt, Height: smallHeight, Small: true}
}

// miniLines draws lines without axes, labelled at their ends.
func miniLines(x, y axis, series []lineSeries) *drawing {
	d := lineChart(x, y, series)
	d.narrow = nil
	merge(d.over, object{
		"grid":  []any{object{"left": 2, "right": 92, "top": 10, "bottom": 6, "containLabel": false}},
		"xAxis": []object{{"axisLabel": object{"show": false}, "axisTick": object{"show": false}}},
		"yAxis": []object{{"axisLabel": object{"show": false}, "splitLine": object{"show": false}}},
	})
	return d
}
