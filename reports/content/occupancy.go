package content

import (
	"cmp"
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/transform/engine"
)

func (b *builder) occupancySection() Section {
	figures := b.list("occupancy-figures", b.Pick("De bezetting in cijfers", "Occupancy in figures"),
		row{"", "occupancy.rate", nil},
		row{b.Pick("Mensen die minstens één nacht bleven", "People who stayed at least one night"), "occupancy.persons", nil},
		row{b.Pick("Mensen op de peildatum", "People on the reference date"), "occupancy.persons_on_reference_date", nil},
		row{b.Pick("Mensen in de drukste nacht", "People in the busiest night"), "occupancy.peak", nil},
		row{b.Pick("Nachten", "Nights"), "occupancy.person_nights", nil},
		row{b.Pick("Nachten van mensen die zijn toegelaten", "Nights of people who were admitted"), "occupancy.person_nights", []string{"population", "admitted"}},
		row{b.Pick("Nachten van mensen die (nog) niet zijn toegelaten", "Nights of people not (yet) admitted"), "occupancy.person_nights", []string{"population", "not_admitted"}},
		row{b.Pick("Afgesproken nachten", "Agreed nights"), "capacity.agreed_place_nights", nil},
		row{b.Pick("Beschikbare nachten op de locaties", "Nights available at the locations"), "capacity.place_nights", nil},
		row{"", "occupancy.utilisation", nil},
		row{b.Pick("Dubbel ingeschreven nachten (niet meegeteld)", "Nights registered twice (not counted)"), "occupancy.double_nights", nil},
		row{b.say("Mensen die langer dan %d dagen aaneen verblijven", "People staying for more than %d days on end", b.doc.Terms.LongStayDays), "duration.long_stay", nil})
	figures.Notes = b.whyNot(sumPersons)
	return Section{ID: "occupancy", Title: b.Pick("Bezetting", "Occupancy"), Sheet: b.Pick("Bezetting", "Occupancy"),
		Lead: b.Pick("Een plaats is bezet als iemand er die nacht slaapt. Wie op één nacht twee keer is ingeschreven, telt één keer.",
			"A place is occupied when someone sleeps there that night. Whoever is registered twice for a night counts once."),
		Parts: append([]Part{b.dailyPart(), b.locationPart(), b.tablePart(figures)}, b.populationParts()...)}
}

func (b *builder) dailyPart() Part {
	p := Part{ID: "occupancy-daily", About: []string{"occupancy.rate", "occupancy.peak"}, Title: b.Pick("Mensen in de opvang per nacht, naast de afgesproken plaatsen", "People in the shelter by night, beside the agreed places"), Text: b.dailyText(), Notes: b.gaps("occupancy.places")}
	columns, units := []string{"date", "persons", "agreed"}, []string{"count", "count"}
	titles := []string{b.Pick("Nacht van", "Night of"), b.Pick("Mensen", "People"), b.Pick("Afgesproken plaatsen", "Agreed places")}
	rows, ok := b.series("occupancy.places", append(slices.Clone(columns), "capacity")...)
	if !ok {
		p.Missing = b.missing(b.figure("occupancy.rate"))
		return p
	}
	list := []Series{
		{Name: b.Pick("mensen", "people"), Colour: 1, Role: Reached, Points: points(rows, 1)},
		{Name: b.Pick("afgesproken plaatsen", "agreed places"), Role: Target, Points: points(rows, 2)},
	}
	if capacity := points(rows, 3); anyDrawn(capacity) {
		list = append(list, Series{Name: b.Pick("plaatsen op locaties", "places at locations"), Colour: 3, Role: Places, Points: capacity})
		titles, units = append(titles, b.Pick("Plaatsen op de locaties", "Places at the locations")), append(units, "count")
	} else {
		p.Notes = append(p.Notes, b.Pick("De plaatsen per locatie zijn niet aangeleverd.", "The places at each location were not delivered."))
		rows, _ = b.series("occupancy.places", columns...)
	}
	p.Chart = &Chart{ID: p.ID, Kind: Lines, Title: p.Title, X: Axis{Format: "date"}, Y: Axis{Format: "count"}, Series: list}
	p.Table = b.seriesTable(p.ID, p.Title, titles, rows, b.dayCell, units...)
	for i, r := range rows {
		if f := b.figure("occupancy.daily", "date", r[0].Day().String()); f != nil {
			p.Table.Rows[i][1] = b.cell(p.Table, f)
		}
	}
	if total := b.figure("occupancy.person_nights"); total.Known() {
		p.Table.Total = append([]Cell{text(b.Pick("Nachten samen", "Nights together")), b.cell(p.Table, total)},
			slices.Repeat([]Cell{b.notApplicable()}, len(titles)-2)...)
		p.Table.Columns[1].Adds = true
	}
	return p
}

// dailyText says how full it was, when it was fullest, and how many slept there at the end.
func (b *builder) dailyText() string {
	if !b.has("occupancy.rate") {
		return b.missing(b.figure("occupancy.rate"))
	}
	text := b.say("Over de hele periode was %s van de afgesproken plaatsen bezet.", "Over the whole period %s of the agreed places were occupied.", b.value("occupancy.rate"))
	peak, last := b.figure("occupancy.peak"), b.figure("occupancy.persons_on_reference_date")
	if peak.Known() && peak.Value.Float() > 0 {
		nl, en := "De drukste nacht was die van %s, met %s.", "The busiest night was that of %s, with %s."
		if b.nightsWith(peak.Value) > 1 {
			nl, en = "Het was het drukst op onder meer %s, met %s.", "It was busiest on %s among other nights, with %s."
		}
		text += " " + b.say(nl, en, b.DateLong(peak.Date), b.counts(b.show(peak), "mens", "mensen", "person", "people"))
	}
	if last.Known() && !(peak.Known() && peak.Value == last.Value) {
		text += " " + b.say("Op %s waren het er %s.", "On %s there were %s.", b.asOf(), b.show(last))
	}
	return text
}

// nightsWith counts the nights with so many people.
func (b *builder) nightsWith(persons engine.Value) int {
	rows, _ := b.series("occupancy.places", "persons")
	return len(slices.DeleteFunc(rows, func(r []engine.Value) bool { return r[0] != persons }))
}

func (b *builder) locationPart() Part {
	p := Part{ID: "occupancy-location", Title: b.Pick("Hoe vol elke locatie was", "How full each location was"), Text: b.locationText(), Notes: b.whyNot(sumLocations)}
	columns := []column{{b.Pick("Nachten", "Nights"), "occupancy.person_nights"},
		{b.Pick("Beschikbare nachten", "Nights available"), "capacity.place_nights"},
		{b.Pick("Benut", "Used"), "occupancy.utilisation"},
		{b.Pick("Mensen op de peildatum", "People on the reference date"), "occupancy.persons_on_reference_date"}}
	drawn := "occupancy.utilisation"
	if !b.has(drawn) {
		drawn, p.Title = "occupancy.person_nights", b.Pick("Nachten per locatie", "Nights by location")
	}
	p.Table = b.breakdown(p.ID, p.Title, "location", columns...)
	length := func(f *published.Figure) float64 { // of its bar; what is not drawn comes last
		if bar := b.point(f); bar.Drawn {
			return bar.Low
		}
		return -1
	}
	all := b.doc.Breakdown(drawn, "location")
	slices.SortStableFunc(all, func(x, y *published.Figure) int { return cmp.Compare(length(y), length(x)) })
	b.barsOf(&p, b.figure(drawn), all, "location", false)
	if p.Chart != nil && drawn == "occupancy.utilisation" {
		p.Chart.Mark = &Mark{1, b.Pick("alle plaatsen", "all places")}
	}
	return p
}

// locationText compares the locations that are shown, and says so where some are not.
func (b *builder) locationText() string {
	known := slices.DeleteFunc(b.doc.Breakdown("occupancy.utilisation", "location"), func(f *published.Figure) bool { return !f.Known() })
	if len(known) == 0 {
		return b.missing(b.figure("occupancy.utilisation"))
	}
	all := len(known) == len(b.doc.Breakdown("occupancy.utilisation", "location"))
	full, empty := slices.MaxFunc(known, compareValues), slices.MinFunc(known, compareValues)
	share := b.show(full)
	switch {
	case len(known) == 1:
		return b.say("%s was voor %s benut.", "%s was used for %s.", full.Dim("location"), share)
	case full.Value == empty.Value && all:
		return b.say("Elke locatie was voor %s benut.", "Each location was used for %s.", share)
	case full.Value == empty.Value:
		return b.say("Elke locatie die we tonen, was voor %s benut.", "Each location that is shown was used for %s.", share)
	}
	of := ""
	if !all {
		of = b.Pick("Van de locaties waarvan we het tonen: ", "Of the locations that are shown: ")
	}
	return of + b.say("%s was het volst: %s van de plaatsen daar was benut. %s was het leegst, met %s.",
		"%s was the fullest: %s of its places were used. %s was the emptiest, with %s.",
		full.Dim("location"), share, empty.Dim("location"), b.show(empty))
}

// populationParts say who is housed, and who was admitted, by sex, age and region.
func (b *builder) populationParts() []Part {
	var list []Part
	for _, by := range []struct{ dim, nl, en string }{
		{"sex", "Wie er wonen en wie zijn toegelaten, naar geslacht", "Who is housed and who was admitted, by sex"},
		{"age_band", "Wie er wonen en wie zijn toegelaten, naar leeftijd", "Who is housed and who was admitted, by age"},
		{"region", "Wie er wonen en wie zijn toegelaten, naar gebied van herkomst", "Who is housed and who was admitted, by region of origin"},
	} {
		list = append(list, b.tablePart(b.breakdown("population-"+strings.TrimSuffix(by.dim, "_band"), b.Pick(by.nl, by.en), by.dim,
			column{b.Pick("In de opvang op de peildatum", "Housed on the reference date"), "population.housed"},
			column{b.Pick("Toegelaten sinds het begin", "Admitted since the start"), "population.admitted"})))
	}
	return list
}
