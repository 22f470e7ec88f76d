package content

import (
	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/transform"
	"lvv/transform/engine"
)

func (b *builder) inflowSection() Section {
	return Section{ID: "inflow", Title: b.Pick("Instroom en doelgroep", "Inflow and target group"), Sheet: b.Pick("Instroom", "Inflow"),
		Lead: b.Pick("Een aanmelding is een verzoek om toelating tot de pilot. Een besluit kan gaan over een aanmelding uit een eerdere periode.",
			"An application is a request to be admitted to the pilot. A decision may be about an application from an earlier period."),
		Parts: []Part{
			b.admissionPart(),
			b.count("inflow-refusals", b.Pick("Waarom aanmeldingen zijn afgewezen", "Why applications were refused"),
				"inflow.refusals", "exclusion_ground", b.Pick("Afwijzingen", "Refusals"), counted{
					none:  b.Pick("Er zijn geen aanmeldingen afgewezen.", "No applications were refused."),
					total: b.Pick("Aantal afgewezen aanmeldingen: %s.", "Applications refused: %s."),
					top:   b.Pick("De meest voorkomende reden was: %s.", "The most common ground was: %s."),
					tops:  b.Pick("De meest voorkomende redenen waren: %s.", "The most common grounds were: %s.")}),
			b.count("inflow-referred", b.Pick("Aanmeldingen per aanmelder", "Applications by who referred"),
				"inflow.applications", "referred_by", b.Pick("Aanmeldingen", "Applications"), counted{
					none:  b.Pick("Er zijn geen aanmeldingen gedaan.", "There were no applications."),
					total: b.Pick("Aantal aanmeldingen: %s.", "Applications: %s."),
					top:   b.Pick("Wie het vaakst aanmeldde: %s.", "Who referred most often: %s.")}),
			b.tablePart(b.breakdown("inflow-offer", b.Pick("Wat bij toelating is aangeboden", "What was offered on admission"), "offer", column{b.Pick("Toelatingen", "Admissions"), "inflow.offer"})),
			b.quartersPart(),
		}}
}

func (b *builder) admissionPart() Part {
	p := Part{ID: "inflow-admission", Title: b.Pick("Van aanmelding naar toelating", "From application to admission"), Notes: b.whyNot(sumInflow)}
	if !b.has("inflow.applications", "inflow.admissions") {
		p.Text = b.missing(b.unknown("inflow.applications", "inflow.admissions"))
		return p
	}
	p.Text = b.say("Er is %s keer iemand aangemeld en %s keer iemand toegelaten.", "Applications: %s; admissions: %s.", b.value("inflow.applications"), b.value("inflow.admissions"))
	if f := b.figure("inflow.days_to_decision", "stat", "median"); f.Known() {
		p.Text += " " + b.say("De helft van de besluiten viel binnen %s.", "Half of the decisions were taken within %s.", b.said(f))
	}
	if b.has("inflow.pending_on_reference_date") {
		p.Text += " " + b.say("Zonder besluit op %s: %s.", "Still without a decision on %s: %s.", b.asOf(), b.value("inflow.pending_on_reference_date"))
	}
	c := p.barChart("count")
	for _, stage := range []row{
		{b.Pick("aanmeldingen", "applications"), "inflow.applications", nil},
		{b.Pick("toelatingen", "admissions"), "inflow.admissions", nil},
		{b.Pick("toegelaten mensen", "people admitted"), "inflow.admitted_persons", nil},
	} {
		if f := b.figure(stage.id); f.Known() {
			c.bar(stage.title, b.point(f))
		}
	}
	if anyAbove(c.Series) {
		p.Chart = c
	} else {
		p.Missing = b.Pick("In deze periode waren er geen.", "There were none in this period.")
	}
	p.Table = b.list(p.ID, p.Title,
		row{b.Pick("Aanmeldingen", "Applications"), "inflow.applications", nil},
		row{b.Pick("Toelatingen", "Admissions"), "inflow.admissions", nil},
		row{b.Pick("Toegelaten mensen", "People admitted"), "inflow.admitted_persons", nil},
		row{b.Pick("Toelatingen bij uitzondering", "Exceptional admissions"), "inflow.exceptional_admissions", nil},
		row{"", "inflow.exceptions_discussed", nil},
		row{b.Pick("Toelatingen zonder V-nummer", "Admissions without V-number"), "inflow.unidentified", nil},
		row{"", "inflow.unidentified_checked", nil},
		row{b.Pick("Afwijzingen", "Refusals"), "inflow.refusals", nil},
		row{b.Pick("Ingetrokken aanmeldingen", "Applications withdrawn"), "inflow.withdrawals", nil},
		row{b.Pick("Nog zonder besluit op de peildatum", "Undecided on the reference date"), "inflow.pending_on_reference_date", nil},
		row{b.Pick("Dagen zonder besluit, gemiddeld", "Days without a decision, mean"), "inflow.pending_age", []string{"stat", "mean"}},
		row{b.Pick("Dagen zonder besluit, mediaan", "Days without a decision, median"), "inflow.pending_age", []string{"stat", "median"}},
		row{b.Pick("Dagen zonder besluit, langste", "Days without a decision, longest"), "inflow.pending_age", []string{"stat", "max"}},
		row{b.Pick("Dagen tot het besluit, gemiddeld", "Days to the decision, mean"), "inflow.days_to_decision", []string{"stat", "mean"}},
		row{b.Pick("Dagen tot het besluit, mediaan", "Days to the decision, median"), "inflow.days_to_decision", []string{"stat", "median"}},
		row{b.Pick("Onderzoeken naar identiteit", "Identity checks"), "inflow.identity_checks", nil},
		row{b.Pick("Toegelaten mensen die nog geen nacht in de opvang waren", "People admitted who have not spent a night in the shelter"), "inflow.admitted_not_housed", nil})
	return p
}

func (b *builder) quartersPart() Part {
	p := Part{ID: "flow-quarters", Title: b.Pick("Aanmeldingen, toelatingen en vertrek per kwartaal", "Applications, admissions and departures by quarter"), Notes: append(b.whyNot(sumQuarters), b.gaps("flow.quarters")...),
		About: []string{"inflow.applications", "inflow.admissions", "inflow.refusals", "durable.cases", "outflow.shelter_exits"}}
	rows, ok := b.series("flow.quarters", "quarter", "applications", "admissions", "refusals", "trajectories_ended", "durable_cases", "shelter_exits")
	if !ok {
		p.Text = b.missing(nil)
		return p
	}
	dash := func(v engine.Value) string { return b.valueOr(v, "count", b.StatusText(transform.Suppressed)).Text }
	last := rows[len(rows)-1]
	p.Text = upperFirst(b.say("%s: aanmeldingen %s, toelatingen %s, vertrek uit de opvang %s.", "%s: applications %s, admissions %s, departures from the shelter %s.",
		b.InPeriod(last[0].Str()), dash(last[1]), dash(last[2]), dash(last[6])))
	titles := []string{b.Pick("Kwartaal", "Quarter"), b.Pick("Aanmeldingen", "Applications"), b.Pick("Toelatingen", "Admissions"), b.Pick("Afwijzingen", "Refusals"),
		b.Pick("Beëindigde trajecten", "Trajectories ended"), b.Pick("Bestendige oplossingen", "Durable solutions"), b.Pick("Vertrek uit de opvang", "Departures from the shelter")}
	var list []Series
	for i, column := range []int{1, 2, 6} {
		list = append(list, Series{Name: titles[column], Colour: i + 1, Role: Reached, Points: points(rows, column)})
	}
	if anyAbove(list) {
		p.Chart = b.columns(p.ID, p.Title, Axis{Format: "count"}, rows, "count", list...)
	} else {
		p.Missing = b.Pick("Sinds het begin van de pilot waren er geen.", "There have been none since the start of the pilot.")
	}
	p.Table = b.seriesTable(p.ID, p.Title, titles, rows, b.quarterCell, "count", "count", "count", "count", "count", "count")
	return p
}

func (b *builder) outflowSection() Section {
	exits := b.count("outflow-exits", b.Pick("Waarom mensen de opvang verlieten", "Why people left the shelter"),
		"outflow.shelter_exits", "exit_reason", b.Pick("Vertrek", "Departures"), counted{
			none:  b.Pick("Niemand verliet de opvang.", "Nobody left the shelter."),
			total: b.Pick("Aantal keren dat iemand de opvang verliet: %s.", "Departures from the shelter: %s."),
			top:   b.Pick("De meest voorkomende reden was: %s.", "The most common reason was: %s."),
			tops:  b.Pick("De meest voorkomende redenen waren: %s.", "The most common reasons were: %s.")})
	exits.Notes = append(exits.Notes, b.whyNot(sumExits)...)
	return Section{ID: "outflow", Title: b.Pick("Uitstroom", "Outflow"), Sheet: b.Pick("Uitstroom", "Outflow"),
		Lead: b.Pick("Terugkeer, doormigratie en legalisering zijn bestendige oplossingen. Een herhaalde aanvraag en uitstel om medische redenen zijn een halve oplossing: strikt tellen ze niet mee, ruim wel.",
			"Return, onward migration and legalisation are durable solutions. A repeat application and a medical deferral are half a solution: counted strictly they are left out, counted broadly they are in."),
		Parts: []Part{b.sharePart(), b.outcomePart(), b.scenarioPart(), exits, b.leaversPart(), b.leaverLevels(), b.stabilityPart()}}
}

func (b *builder) sharePart() Part {
	p := Part{ID: "outflow-share", Title: b.Pick("Welk deel van de uitkomsten een oplossing is: strikt en ruim", "What part of the outcomes is a solution: strict and broad")}
	strict, broad := b.figure("durable.share_strict"), b.figure("durable.share_broad")
	p.Table = b.list(p.ID, p.Title,
		row{b.Pick("Strikt: alleen bestendige oplossingen", "Strict: durable solutions only"), "durable.share_strict", nil},
		row{b.Pick("Ruim: ook semi-bestendige", "Broad: semi-durable ones too"), "durable.share_broad", nil},
		row{b.Pick("Bestendige oplossingen tot de peildatum", "Durable solutions up to the reference date"), "durable.cases", nil})
	switch {
	case !strict.Known() || !broad.Known():
		p.Text = b.missing(strict)
		return p
	case strict.Numerator.IsNull() || strict.Denominator.IsNull():
		p.Text = b.say("Strikt geteld eindigde %s van de casussen met een uitkomst met een bestendige oplossing, en ruim geteld %s.",
			"Counted strictly %s of the cases with an outcome ended with a durable solution, counted broadly %s.", b.show(strict), b.show(broad))
	default:
		ended := "eindigden"
		if strict.Numerator == engine.CountOf(1) {
			ended = "eindigde"
		}
		p.Text = b.say("Van %[1]s met een uitkomst %[5]s %[2]s met een bestendige oplossing: %[3]s. Ruim geteld is het %[4]s.",
			"Of %[1]s with an outcome %[2]s ended with a durable solution: %[3]s. Counted broadly it is %[4]s.",
			b.counts(b.Value(strict.Denominator, "count"), "casus", "casussen", "case", "cases"), b.Value(strict.Numerator, "count"), b.show(strict), b.show(broad), ended)
	}
	p.Text += " " + b.Pick("We laten altijd beide zien: het verschil zit in wat meetelt.", "Both are always shown: the difference lies in what counts.")
	p.Chart = p.barChart("percent")
	p.Chart.Y.Max = 1
	p.Chart.bar(b.Pick("strikt", "strict"), b.point(strict))
	p.Chart.bar(b.Pick("ruim", "broad"), b.point(broad))
	return p
}

func (b *builder) outcomePart() Part {
	p := Part{ID: "outflow-outcome", Title: b.Pick("Hoe trajecten in deze periode eindigden", "How trajectories ended in this period")}
	p.Text = b.topText("outflow.trajectories", "outcome", counted{
		none:  b.Pick("In deze periode eindigde geen traject met een uitkomst.", "No trajectory ended with an outcome in this period."),
		total: b.Pick("Aantal trajecten dat eindigde met een uitkomst: %s.", "Trajectories that ended with an outcome: %s."),
		top:   b.Pick("De meest voorkomende uitkomst was: %s.", "The most common outcome was: %s."),
		tops:  b.Pick("De meest voorkomende uitkomsten waren: %s.", "The most common outcomes were: %s.")})
	p.Table = b.breakdown(p.ID, p.Title, "outcome", column{b.Pick("In deze periode", "In this period"), "outflow.trajectories"},
		column{b.Pick("Bestendige oplossingen sinds het begin", "Durable solutions since the start"), "durable.cases"})
	p.Notes = append(b.whyNot(sumOutcomes), b.whyNot(sumDurable)...)
	b.bars(&p, "outflow.trajectories", "outcome", true)
	return p
}

func (b *builder) scenarioPart() Part {
	p := Part{ID: "outflow-scenario", Title: b.Pick("Van scenario naar uitkomst", "From scenario to outcome")}
	figures := b.doc.Breakdown("outflow.scenario_outcome", "scenario", "outcome")
	b.flow(&p, "outflow.scenario_outcome", "scenario", "outcome")
	if len(figures) == 0 || none(figures) {
		p.Text, p.Missing = p.Missing, ""
		return p
	}
	p.Table = b.cross(p.ID, p.Title, "outflow.scenario_outcome", "outcome", "scenario")
	p.Text = b.Pick("Waar een traject op gericht was, en hoe het eindigde.", "What a trajectory aimed for, and how it ended.")
	if most := b.largest(figures, 1); len(most) > 0 {
		p.Text += " " + b.say("Het vaakst liep een traject van %s naar %s: %s keer.", "A trajectory ran most often from %s to %s: %s.",
			b.label("scenario", most[0].Dim("scenario")), b.label("outcome", most[0].Dim("outcome")), b.show(most[0]))
	} else if unsaid := b.unsaid("outflow.scenario_outcome", "scenario", "outcome"); unsaid != "" {
		p.Text += " " + unsaid
	}
	return p
}

// leaversPart is about persons, not about stays: the reading of the national evaluation.
func (b *builder) leaversPart() Part {
	p := b.count("outflow-persons", b.Pick("Wie de opvang verlieten sinds het begin, naar de laatste reden", "Who has left the shelter since the start, by the last reason"),
		"outflow.persons", "exit_reason", b.Pick("Mensen", "People"), counted{
			none:  b.Pick("Niemand verliet de opvang.", "Nobody left the shelter."),
			total: b.Pick("Aantal mensen dat de opvang verliet: %s.", "People who left the shelter: %s."),
			top:   b.Pick("De meest voorkomende reden was: %s.", "The most common reason was: %s."),
			tops:  b.Pick("De meest voorkomende redenen waren: %s.", "The most common reasons were: %s.")})
	if f := b.figure("durable.leavers_strict"); b.ofHowMany(f) != "" {
		p.Text += " " + b.say("Van hen hadden een bestendige oplossing: %s.", "Of them, those with a durable solution: %s.", b.ofHowMany(f))
	}
	return p
}

// leaverLevels divides the same people by their best outcome.
func (b *builder) leaverLevels() Part {
	rows := lists.Map(b.doc.Breakdown("outflow.persons_level", "level"), func(f *published.Figure) row {
		level := f.Dim("level")
		title := b.say("Mensen die vertrokken, met beste uitkomst: %s", "People who left, with best outcome: %s", b.label("level", level))
		return row{title, f.ID, []string{"level", level}}
	})
	return b.tablePart(b.list("outflow-leavers", b.Pick("Met welke uitkomst mensen de opvang verlieten", "With which outcome people left the shelter"),
		append(rows, row{"", "durable.leavers_strict", nil}, row{"", "durable.leavers_broad", nil})...))
}

// stabilityPart says who came back: whether a solution lasts.
func (b *builder) stabilityPart() Part {
	p := Part{ID: "stability", Title: b.Pick("Wie terugkwam in de opvang", "Who came back into the shelter")}
	const id = "stability.sheltered_again"
	t := b.cross(p.ID, p.Title, id, "exit_reason", "horizon")
	all := []Cell{text(b.Pick("Iedereen", "Everyone"))}
	var said []string
	for _, h := range values(b.doc.Breakdown(id, "horizon"), "horizon") {
		f := b.figure(id, "horizon", h)
		all = append(all, b.cell(t, f))
		if of := b.ofHowMany(f); of != "" {
			said = append(said, b.say("binnen %s: %s", "within %s: %s", b.label("horizon", h), of))
		}
	}
	if len(all) == len(t.Columns) && len(all) > 1 {
		t.Rows = append([][]Cell{all}, t.Rows...)
	}
	p.Table = t
	p.Text = b.missing(b.figure(id, "horizon", "180"))
	if len(said) > 0 {
		p.Text = b.say("Weer in de opvang na vertrek, %s.", "Back in the shelter after leaving, %s.", b.enumerate(said))
	}
	again := b.figure("stability.durable_sheltered_again")
	p.Text += " " + b.say("Na een bestendige oplossing: %s.", "After a durable solution: %s.", b.show(again))
	row := []Cell{text(b.title("stability.durable_sheltered_again")), b.cell(t, again)}
	for len(row) < len(t.Columns) {
		row = append(row, b.notApplicable())
	}
	if len(row) == len(t.Columns) {
		t.Rows = append(t.Rows, row)
	}
	return p
}
