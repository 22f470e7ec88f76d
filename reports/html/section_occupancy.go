package html

import (
	"lvv/reports"
	"lvv/transform"
)

func (b *builder) occupancySection() section {
	l := b.lang
	s := section{ID: "occupancy", Title: l.Pick("Bezetting", "Occupancy"),
		Lead: l.Pick("Een plaats is bezet als iemand er die nacht slaapt. Wie op één nacht twee keer is ingeschreven, telt één keer.",
			"A place is occupied when someone sleeps there that night. Whoever is registered twice for a night counts once.")}
	s.Parts = []part{{Picture: b.dailyPicture()}, {Picture: b.locationPicture()}, {Table: b.occupancyTable(),
		Title: l.Pick("De bezetting in cijfers", "Occupancy in figures")}}
	return s
}

func (b *builder) dailyPicture() *picture {
	l := b.lang
	p := &picture{ID: "occupancy-daily", Height: 340,
		Title: l.Pick("Mensen in de opvang per nacht, naast de afgesproken plaatsen", "People in the shelter by night, beside the agreed places")}
	p.Text = b.dailyText()
	rows, ok := b.series("occupancy.places", "date", "persons", "agreed", "capacity")
	if !ok {
		p.Missing = b.why(b.figure("occupancy.rate"))
		return p
	}
	x := positions(rows)
	lines := []lineSeries{
		{name: l.Pick("mensen", "people"), x: x, y: pick(rows, 1), lineStyle: lineStyle{colour: colour(1), width: 2.5, area: 0.12}},
		{name: l.Pick("afgesproken plaatsen", "agreed places"), x: x, y: pick(rows, 2), lineStyle: lineStyle{colour: targetColour, dash: "dashed", width: 2}},
	}
	head := []string{l.Pick("Nacht van", "Night of"), l.Pick("Mensen", "People"), l.Pick("Afgesproken plaatsen", "Agreed places")}
	capacity := !allNull(pick(rows, 3))
	if capacity {
		lines = append(lines, lineSeries{name: l.Pick("plaatsen op locaties", "places at locations"), x: x, y: pick(rows, 3),
			lineStyle: lineStyle{colour: colour(3), dash: "dotted", width: 2}})
		head = append(head, l.Pick("Plaatsen op de locaties", "Places at the locations"))
	} else {
		p.Notes = append(p.Notes, l.Pick("De plaatsen per locatie zijn niet aangeleverd.", "The places at each location were not delivered."))
	}
	p.drawing = lineChart(axis{format: "date"}, axis{format: "count", min: 0}, lines)
	p.Table = &table{Caption: p.Title, Head: head}
	for _, row := range rows {
		cells := []cell{text(l.DateShort(row[0].Day())), b.valueCell(row[1], "count"), b.valueCell(row[2], "count")}
		if capacity {
			cells = append(cells, b.valueCell(row[3], "count"))
		}
		p.Table.Rows = append(p.Table.Rows, cells)
	}
	return p
}

// dailyText says how full it was, when it was fullest, and how many slept there at the end.
func (b *builder) dailyText() string {
	if !b.has("occupancy.rate") {
		return b.why(b.figure("occupancy.rate"))
	}
	text := b.say("Over de hele periode was %s van de afgesproken plaatsen bezet.", "Over the whole period %s of the agreed places were occupied.", b.value("occupancy.rate"))
	if f := b.figure("occupancy.peak"); known(f) && f.Value.Float() > 0 {
		nl, en := "De drukste nacht was die van %s, met %s.", "The busiest night was that of %s, with %s."
		if b.nightsWith(f.Value) > 1 {
			nl, en = "Het was het drukst op onder meer %s, met %s.", "It was busiest on %s among other nights, with %s."
		}
		text += " " + b.say(nl, en, b.lang.DateLong(f.Date), reports.Counted(b.value("occupancy.peak"), b.lang.Pick("mens", "person"), b.lang.Pick("mensen", "people")))
	}
	if b.has("occupancy.persons_on_reference_date") {
		text += " " + b.say("Het aantal op %s was %s.", "The number on %s was %s.", b.asOf(), b.value("occupancy.persons_on_reference_date"))
	}
	return text
}

func (b *builder) locationPicture() *picture {
	l := b.lang
	p := &picture{ID: "occupancy-location", Title: l.Pick("Hoe vol elke locatie was", "How full each location was")}
	p.Text = b.locationText()
	p.Notes = b.lang.WhyNotSum(reports.SumLocations)
	t := b.breakdown(p.Title, "location",
		column{l.Pick("Nachten", "Nights"), "occupancy.person_nights"},
		column{l.Pick("Beschikbare nachten", "Nights available"), "capacity.place_nights"},
		column{l.Pick("Benut", "Used"), "occupancy.utilisation"},
		column{l.Pick("Mensen op de peildatum", "People on the reference date"), "occupancy.persons_on_reference_date"})
	if known(b.figure("occupancy.utilisation")) {
		return b.bars(p, "occupancy.utilisation", "location", false, t)
	}
	p.Title = l.Pick("Nachten per locatie", "Nights by location")
	t.Caption = p.Title
	return b.bars(p, "occupancy.person_nights", "location", false, t)
}

// nightsWith counts the nights with so many people.
func (b *builder) nightsWith(persons transform.Value) int {
	rows, _ := b.series("occupancy.places", "persons")
	n := 0
	for _, r := range rows {
		if r[0] == persons {
			n++
		}
	}
	return n
}

// locationText compares the locations that are shown, and says so where some are not.
func (b *builder) locationText() string {
	full, empty, all := b.extremes("occupancy.utilisation", "location")
	if full == nil {
		return b.why(b.figure("occupancy.utilisation"))
	}
	share := b.lang.Figure(full, b.minCell)
	switch {
	case full == empty:
		return b.say("%s was voor %s benut.", "%s was used for %s.", full.Dim("location"), share)
	case full.Value == empty.Value && all:
		return b.say("Elke locatie was voor %s benut.", "Each location was used for %s.", share)
	case full.Value == empty.Value:
		return b.say("Elke locatie die we tonen, was voor %s benut.", "Each location that is shown was used for %s.", share)
	}
	of := ""
	if !all {
		of = b.lang.Pick("Van de locaties waarvan we het tonen: ", "Of the locations that are shown: ")
	}
	return of + b.say("%s was het volst: %s van de plaatsen daar was benut. %s was het leegst, met %s.",
		"%s was the fullest: %s of its places were used. %s was the emptiest, with %s.",
		full.Dim("location"), share, empty.Dim("location"), b.lang.Figure(empty, b.minCell))
}

// extremes returns the figures of a breakdown with the largest and the smallest known value, the
// first of equals, and whether every part is known; both are nil when none is.
func (b *builder) extremes(id, dim string) (most, least *transform.Figure, all bool) {
	all = true
	figures := b.results.Breakdown(id, dim)
	for i := range figures {
		f := &figures[i]
		if !known(f) {
			all = false
			continue
		}
		if most == nil || f.Value.Float() > most.Value.Float() {
			most = f
		}
		if least == nil || f.Value.Float() < least.Value.Float() {
			least = f
		}
	}
	return most, least, all
}

func (b *builder) occupancyTable() *table {
	l := b.lang
	t := b.list(l.Pick("De bezetting in cijfers", "Occupancy in figures"),
		row{l.Pick("Mensen die minstens één nacht bleven", "People who stayed at least one night"), "occupancy.persons", nil},
		row{l.Pick("Mensen op de peildatum", "People on the reference date"), "occupancy.persons_on_reference_date", nil},
		row{l.Pick("Nachten", "Nights"), "occupancy.person_nights", nil},
		row{l.Pick("Nachten van mensen die zijn toegelaten", "Nights of people who were admitted"), "occupancy.person_nights", []string{"population", "admitted"}},
		row{l.Pick("Nachten van mensen die (nog) niet zijn toegelaten", "Nights of people not (yet) admitted"), "occupancy.person_nights", []string{"population", "not_admitted"}},
		row{l.Pick("Afgesproken nachten", "Agreed nights"), "capacity.agreed_place_nights", nil},
		row{l.Pick("Beschikbare nachten op de locaties", "Nights available at the locations"), "capacity.place_nights", nil},
		row{l.Pick("Dubbel ingeschreven nachten (niet meegeteld)", "Nights registered twice (not counted)"), "occupancy.double_nights", nil},
		row{l.Pick("Mensen die langer dan de norm verblijven", "People staying longer than the norm"), "duration.long_stay", nil})
	t.Notes = l.WhyNotSum(reports.SumPersons)
	return t
}

// row names one figure of a list.
type row struct {
	title string
	id    string
	dims  []string
}

// list makes a table of two columns: what, and how much.
func (b *builder) list(caption string, rows ...row) *table {
	t := &table{Caption: caption, Head: []string{b.lang.Pick("Cijfer", "Figure"), b.lang.Pick("Waarde", "Value")}}
	for _, r := range rows {
		f := b.figure(r.id, r.dims...)
		t.Rows = append(t.Rows, []cell{text(r.title), b.cellOf(t, f)})
	}
	return t
}
