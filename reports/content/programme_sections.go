package content

import (
	"math"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform/engine"
)

func (c *council) occupancySection() Section {
	p := c.pilotsPart("occupancy-pilots", c.Pick("Hoe vol elke pilot was, naast zijn eigen afgesproken plaatsen", "How full each pilot was, beside its own agreed places"),
		c.Pick("Bezetting per pilot", "Occupancy by pilot"), "occupancy.rate", nil, &Mark{1, c.Pick("alle plaatsen", "all places")},
		measure{c.Pick("Afgesproken nachten", "Agreed nights"), "capacity.agreed_place_nights", nil, false},
		measure{c.Pick("Bezette nachten", "Occupied nights"), "occupancy.person_nights", nil, false},
		measure{c.Pick("Bezet", "Occupied"), "occupancy.rate", nil, false},
		measure{c.Pick("Beschikbare nachten", "Nights available"), "capacity.place_nights", nil, false},
		measure{c.Pick("Benut", "Used"), "occupancy.utilisation", nil, false},
		measure{c.Pick("Mensen op de peildatum", "People on the reference date"), "occupancy.persons_on_reference_date", nil, false})
	return Section{ID: "occupancy", Title: c.Pick("Bezetting", "Occupancy"), Sheet: c.Pick("Bezetting", "Occupancy"),
		Lead:  c.Pick("Een plaats is bezet als iemand er die nacht slaapt. Elke pilot heeft zijn eigen aantal plaatsen.", "A place is occupied when someone sleeps there that night. Each pilot has its own number of places."),
		Parts: []Part{p}}
}

func (c *council) durableSection() Section {
	p := c.pilotsPart("durable-pilots", c.Pick("Welk deel van zijn eigen doel elke pilot heeft bereikt", "What part of its own target each pilot has reached"),
		c.Pick("Voortgang per pilot", "Progress by pilot"), "durable.progress", nil, &Mark{1, c.Pick("het doel", "the target")},
		measure{c.Pick("Doel", "Target"), "durable.target", nil, false},
		measure{c.Pick("Bestendige oplossingen", "Durable solutions"), "durable.cases", nil, false},
		measure{c.Pick("Deel van het doel", "Part of the target"), "durable.progress", nil, false},
		measure{c.Pick("Bij een gelijk tempo", "At an even pace"), "durable.expected", nil, false},
		measure{c.Pick("Bij de plaatsen die er waren", "By the places that there were"), "durable.expected_by_places", nil, false},
		measure{c.Pick("Aan het eind: lage schatting", "At the end: low estimate"), "durable.forecast", []string{"stat", "p10"}, true},
		measure{c.Pick("Aan het eind: hoge schatting", "At the end: high estimate"), "durable.forecast", []string{"stat", "p90"}, true})
	p.Table.Notes = append(p.Table.Notes, c.Pick("Schattingen van pilots tellen niet op: het is niet te verwachten dat het in alle tegelijk meevalt of tegenvalt.",
		"Estimates of pilots do not add up: it is not to be expected that all do better or worse at the same time."))
	return Section{ID: "durable", Title: c.Pick("Op weg naar het doel", "On the way to the target"), Sheet: c.Pick("Bestendige oplossingen", "Durable solutions"),
		Lead: c.Pick("Elke pilot heeft zijn eigen doel, start en eind. Het is een inspanningsverplichting.", "Each pilot has its own target, start and end. It is an obligation of effort."),
		Parts: []Part{p, c.tablePart(c.byValue("durable-outcomes", c.Pick("Bestendige oplossingen per pilot en uitkomst", "Durable solutions by pilot and outcome"), "durable.cases", "outcome")),
			c.tablePart(c.byValue("outflow-outcomes", c.Pick("Beëindigde trajecten per pilot en uitkomst", "Trajectories ended by pilot and outcome"), "outflow.trajectories", "outcome"))}}
}

func (c *council) courseSection() Section {
	p := c.pilotsPart("courses-pilots", c.Pick("Na hoeveel dagen de helft van de begeleidingen is afgelopen", "After how many days half of the courses have ended"),
		c.Pick("Duur van begeleiding per pilot", "Duration of guidance by pilot"), "course.survival_median", []string{"stat", "estimate"}, nil,
		measure{c.Pick("Afgelopen in de periode", "Ended in the period"), "course.ended", []string{"stat", "n"}, false},
		measure{c.Pick("Mediaan daarvan", "Their median"), "course.ended", []string{"stat", "median"}, false},
		measure{c.Pick("Lopend op de peildatum", "Running on the reference date"), "course.running", []string{"stat", "n"}, false},
		measure{c.Pick("Mediaan daarvan", "Their median"), "course.running", []string{"stat", "median"}, false},
		measure{c.Pick("Helft afgelopen na", "Half ended after"), "course.survival_median", []string{"stat", "estimate"}, false},
		measure{c.Pick("Loopt na een jaar nog", "Still running after a year"), "course.survival", []string{"day", "365", "stat", "estimate"}, false})
	return Section{ID: "courses", Title: c.Pick("Duur van begeleiding", "Duration of guidance"), Sheet: c.Pick("Duur", "Duration"),
		Lead: c.Pick("Een begeleiding is wat een casus zonder onderbreking doormaakt. Wat nog loopt, telt mee tot de peildatum.",
			"A course is what a case goes through without a break. What still runs counts up to the reference date."),
		Parts: []Part{p}}
}

func (c *council) stabilitySection() Section {
	return Section{ID: "stability", Title: c.Pick("Terug in de opvang", "Back in the shelter"), Sheet: c.Pick("Terug in de opvang", "Back in the shelter"),
		Lead: c.Pick("Of een vertrek een vertrek bleef. Samen telt ook mee wie in een andere pilot terugkwam.", "Whether a departure lasted. Together counts whoever came back in another pilot, too."),
		Parts: []Part{c.tablePart(c.beside("stability-pilots", c.Pick("Terug in de opvang per pilot", "Back in the shelter by pilot"),
			measure{c.Pick("Binnen 180 dagen", "Within 180 days"), "stability.sheltered_again", []string{"horizon", "180"}, false},
			measure{c.Pick("Binnen een jaar", "Within a year"), "stability.sheltered_again", []string{"horizon", "365"}, false},
			measure{c.Pick("Binnen twee jaar", "Within two years"), "stability.sheltered_again", []string{"horizon", "730"}, false},
			measure{c.Pick("Na een bestendige oplossing", "After a durable solution"), "stability.durable_sheltered_again", nil, false}))}}
}

func (c *council) guidanceSection() Section {
	p := c.pilotsPart("guidance-pilots", c.Pick("Wat op tijd gebeurde, per pilot volgens zijn eigen termijnen", "What was done in time, by pilot and by its own terms"),
		c.Pick("Op tijd, per pilot", "In time, by pilot"), "review.within_deadline", nil, nil,
		measure{c.Pick("Advies van het reviewteam", "Advice of the review team"), "review.within_deadline", nil, false},
		measure{c.Pick("Te laat op de peildatum", "Overdue on the reference date"), "review.overdue_on_reference_date", nil, false},
		measure{c.Pick("Advies over een vraagstuk", "Advice on an issue"), "escalation.within_deadline", nil, false},
		measure{c.Pick("Scenario vastgesteld", "Scenario set"), "conference.scenario_set", nil, false},
		measure{c.Pick("Overleg na een verandermoment", "Conference after a moment of change"), "conference.change_followed", nil, false},
		measure{c.Pick("Herbeoordeling op tijd", "Periodic review current"), "caseload.review_current", nil, false})
	year := ""
	for _, b := range c.pilots {
		for _, f := range b.doc.Breakdown("governance.meetings_required", "year") {
			year = max(year, f.Dim("year"))
		}
	}
	meetings := c.beside("meetings-pilots", c.say("Vergaderingen in %s", "Meetings in %s", year),
		measure{c.Pick("Stuurgroep", "Steering group"), "governance.meetings", []string{"kind", "steering_group", "year", year}, false},
		measure{c.Pick("Afgesproken", "Agreed"), "governance.meetings_required", []string{"year", year}, false})
	return Section{ID: "guidance", Title: c.Pick("Review en overleg", "Review and meetings"), Sheet: c.Pick("Review en overleg", "Review and meetings"),
		Lead:  c.Pick("De termijn voor het reviewteam volgt uit het convenant, de andere stelt elke pilot zelf.", "The deadline of the review team follows from the covenant, the others are each pilot's own."),
		Parts: []Part{p, c.tablePart(meetings)}}
}

func (c *council) fundingSection() Section {
	money := c.beside("funding-pilots", c.Pick("Geld per pilot", "Money by pilot"),
		measure{c.Pick("Bijdrage in deze periode", "Contribution in this period"), "funding.entitlement", nil, false},
		measure{c.Pick("Bijdrage sinds het begin", "Contribution since the start"), "funding.entitlement_to_date", nil, false},
		measure{c.Pick("Ontvangen sinds het begin", "Received since the start"), "funding.received_to_date", nil, false},
		measure{c.Pick("Nog te ontvangen", "Still to be received"), "funding.balance", nil, false},
		measure{c.Pick("Kosten in deze periode", "Costs in this period"), "cost.total", nil, false},
		measure{c.Pick("Deel van de kosten dat de bijdrage dekt", "Part of the costs that the contribution covers"), "cost.coverage", nil, false},
		measure{c.Pick("Bijdrage per bezette nacht", "Contribution per occupied night"), "funding.per_occupied_night", nil, false})
	money.Columns[4].From = []Term{{2, 1}, {3, -1}}
	return Section{ID: "funding", Title: c.Pick("Geld", "Money"), Sheet: c.Pick("Financiering", "Funding"),
		Lead:  c.Pick("Per afgesproken plaats wordt per dag een vast bedrag betaald, ook als een plaats leeg is.", "Each agreed place is paid a fixed amount a day, filled or not."),
		Parts: []Part{c.tablePart(money)}}
}

// quartersSection draws each pilot over the quarters, small and on one scale.
func (c *council) quartersSection() Section {
	s := Section{ID: "quarters", Title: c.Pick("Per kwartaal", "By quarter"), Sheet: c.Pick("Per kwartaal", "By quarter"),
		Lead: c.Pick("Elke pilot apart, alle op dezelfde schaal. De tabel eronder heeft de aantallen.", "Each pilot apart, all on one scale. The table beneath has the numbers.")}
	for _, of := range []struct{ id, series, column, nl, en string }{
		{"quarters-nights", "funding.quarters", "person_nights", "Bezette nachten per kwartaal", "Occupied nights by quarter"},
		{"quarters-admissions", "flow.quarters", "admissions", "Toelatingen per kwartaal", "Admissions by quarter"},
		{"quarters-durable", "flow.quarters", "durable_cases", "Bestendige oplossingen per kwartaal", "Durable solutions by quarter"},
		{"quarters-exits", "flow.quarters", "shelter_exits", "Vertrek uit de opvang per kwartaal", "Exits from the shelter by quarter"},
	} {
		s.Parts = append(s.Parts, c.multiples(of.id, c.Pick(of.nl, of.en), of.series, of.column))
	}
	return s
}

// multiples draws one column of a series for each pilot.
func (c *council) multiples(id, title, series, column string) Part {
	p := Part{ID: id, Title: title, Table: &Table{ID: id, Caption: title, Columns: []Column{{Title: c.Pick("Kwartaal", "Quarter")}}}}
	most, named := 0.0, map[string][]Cell{}
	var order []string
	for i, b := range c.pilots {
		p.Table.Columns = append(p.Table.Columns, Column{Title: b.doc.Pilot, Number: true})
		if p.Notes == nil {
			p.Notes = b.gaps(series)
		}
		rows, ok := b.series(series, "quarter", column)
		if !ok {
			continue
		}
		for _, r := range rows {
			q := r[0].Str()
			if named[q] == nil {
				order = append(order, q)
				named[q] = append([]Cell{c.quarterCell(r[0])}, slices.Repeat([]Cell{c.notApplicable()}, len(c.pilots))...)
			}
			named[q][i+1] = c.valueCell(r[1], "count")
			most = max(most, r[1].Float())
		}
	}
	slices.Sort(order)
	p.Table.Rows = lists.Map(order, func(q string) []Cell { return named[q] })
	if len(order) == 0 || most == 0 || len(c.pilots) > maxBars {
		p.Missing = c.Pick("Er is hier niets te tekenen.", "There is nothing to draw here.")
		return p
	}
	for i, b := range c.pilots {
		rows := lists.Map(order, func(q string) []engine.Value { return []engine.Value{engine.TextOf(q), named[q][i+1].Value} })
		chart := b.columns(id+"-"+c.Count(int64(i+1)), b.doc.Pilot, Axis{Format: "count", Max: scale(most)}, rows, "count", Series{Colour: 1, Role: Reached, Points: points(rows, 1)})
		chart.Panel, chart.Alt = true, title+", "+b.doc.Pilot
		p.Multiples = append(p.Multiples, chart)
	}
	return p
}

// personsSection says of people how the pilots' numbers exceed those of all together: who is counted in several.
func (c *council) personsSection() Section {
	t := &Table{ID: "persons-twice", Caption: c.Pick("Mensen en casussen, in de pilots opgeteld en samen", "People and cases, added up over the pilots and together"),
		Columns: head(c.Pick("Cijfer", "Figure"), c.Pick("Pilots opgeteld", "Pilots added up"), c.Pick("Ieder één keer", "Each once"), c.Pick("Vaker geteld", "Counted more than once"))}
	t.Columns[3].From = []Term{{1, 1}, {2, -1}}
	said := ""
	for _, o := range c.p.Overlaps {
		f := c.figure(o.ID)
		more := &published.Figure{ID: o.ID, Unit: "count", Value: engine.CountOf(o.Excess)}
		switch {
		case o.Excess < 0, o.Hidden && f.Range != nil && f.Range.Low > o.Added:
			continue // about who is counted only when pilots are seen together
		case o.Hidden:
			more = &published.Figure{ID: o.ID, Unit: "count", Hidden: published.Small}
		}
		cell := c.cell(t, more)
		cell.Figure = ""
		t.Rows = append(t.Rows, []Cell{text(c.title(o.ID)), c.valueCell(engine.CountOf(o.Added), "count"), c.cell(t, f), cell})
		if o.ID == "occupancy.persons" {
			said = upperFirst(c.say("%s telden de pilots samen %s. Wie in meer dan één pilot sliep, telt dan vaker; ieder één keer geteld zijn het er %s.",
				"%s the pilots counted %s between them. Whoever slept in more than one pilot is counted more than once; each counted once, there are %s.",
				c.during(), c.counts(c.Count(o.Added), "mens", "mensen", "person", "people"), c.show(f)))
		}
	}
	p := Part{ID: t.ID, Title: c.Pick("Wie in meer dan één pilot was", "Who was in more than one pilot"), Text: said, Table: t}
	if len(t.Rows) == 0 {
		p.Table, p.Text = nil, c.Pick("Dit is niet berekend.", "This was not computed.")
	}
	return Section{ID: "persons", Title: c.Pick("Mensen in meer dan één pilot", "People in more than one pilot"), Sheet: c.Pick("In meer dan één pilot", "In more than one pilot"),
		Lead: c.Pick("Mensen verhuizen tussen gemeenten. Een pilot kent alleen zijn eigen mensen; hier is ieder herkend die in een andere pilot ook is ingeschreven, als de pilots daarvoor een sleutel delen.",
			"People move between municipalities. A pilot knows its own people only; here whoever is registered in another pilot too is recognised, where the pilots share a key for it."),
		Parts: []Part{p}}
}

// togetherSection holds the breakdowns of all pilots together.
func (c *council) togetherSection() Section {
	s := Section{ID: "together", Title: c.Pick("Samen, uitgesplitst", "Together, broken down"), Sheet: c.Pick("Samen", "Together"),
		Lead: c.Pick("Waar een pilot een aantal niet precies toont, staat ook hier tussen welke getallen het totaal ligt.", "Where a pilot does not show a number exactly, it also says here between which numbers the total lies.")}
	for _, of := range []struct{ figure, dim string }{
		{"inflow.applications", "referred_by"}, {"inflow.refusals", "exclusion_ground"}, {"outflow.shelter_exits", "exit_reason"}, {"outflow.trajectories", "outcome"},
		{"durable.cases", "outcome"}, {"durable.region", "region"}, {"caseload.cases", "scenario"}, {"procedure.filed", "kind"}, {"procedure.decided", "result"},
		{"conference.held", "moment"}, {"conference.end_grounds_to_date", "end_ground"}, {"subgoal.admitted", "special_group"}, {"population.housed", "sex"},
		{"population.housed", "age_band"}, {"population.housed", "region"}, {"cost.total", "kind"},
	} {
		t := c.breakdown("together-"+of.figure+"-"+of.dim, c.title(of.figure)+", "+reports.Dimension(of.dim, c.Lang), of.dim, column{c.Pick("Samen", "Together"), of.figure})
		if len(t.Rows) == 0 {
			continue
		}
		if rest := c.without(c.doc.Breakdown(of.figure, of.dim)[0]); rest != "" {
			t.Notes = append(t.Notes, upperFirst(rest)+".")
		}
		s.Parts = append(s.Parts, c.tablePart(t))
	}
	return s
}

// termsSection sets the pilots' terms beside each other.
func (c *council) termsSection() Section {
	t := &Table{ID: "terms-pilots", Caption: c.Pick("Voorwaarden per pilot", "Terms by pilot"), Columns: []Column{{Title: "Pilot"}, {Title: c.Pick("Start", "Start")}, {Title: c.Pick("Eind", "End")},
		{Title: c.Pick("Plaatsen", "Places"), Number: true}, {Title: c.Pick("Doel", "Target"), Number: true}, {Title: c.Pick("Bedrag per plaats per dag", "Amount per place per day"), Number: true},
		{Title: c.Pick("Getoond vanaf", "Shown from"), Number: true}}}
	for _, b := range c.pilots {
		terms := b.doc.Terms
		t.Rows = append(t.Rows, []Cell{text(b.doc.Pilot), dateCell(c.Lang, terms.Start), dateCell(c.Lang, terms.End), c.valueCell(engine.CountOf(terms.Places), "count"),
			c.valueCell(engine.CountOf(terms.TargetCases), "count"), c.valueCell(engine.CentsOf(terms.RateCents), "eur"), c.valueCell(engine.CountOf(int64(b.doc.MinCell)), "count")})
	}
	return Section{ID: "terms", Title: c.Pick("Voorwaarden", "Terms"), Sheet: c.Pick("Voorwaarden", "Terms"),
		Lead:  c.Pick("Elke pilot heeft zijn eigen plaatsen, doel, start, eind en bedrag.", "Each pilot has its own places, target, start, end and amount."),
		Parts: []Part{c.tablePart(t)}}
}

// scale is the end of an axis that shows so much: a round number that is not far above it.
func scale(most float64) float64 {
	if most <= 0 {
		return 0
	}
	digits := 0 // by the table of powers: a logarithm is not the same on every processor
	for math.Pow10(digits+1) <= most {
		digits++
	}
	for math.Pow10(digits) > most {
		digits--
	}
	step := math.Pow10(digits)
	for _, n := range []float64{1, 2, 4, 5, 8, 10} {
		if n*step >= most {
			return n * step
		}
	}
	return 10 * step
}
