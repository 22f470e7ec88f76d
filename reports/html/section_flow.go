package html

import (
	"strings"

	"lvv/reports"
	"lvv/transform"
)

func (b *builder) inflowSection() section {
	l := b.lang
	s := section{ID: "inflow", Title: l.Pick("Instroom en doelgroep", "Inflow and target group"),
		Lead: l.Pick("Een aanmelding is een verzoek om toelating tot de pilot. Een besluit kan gaan over een aanmelding uit een eerdere periode.",
			"An application is a request to be admitted to the pilot. A decision may be about an application from an earlier period.")}
	refusals := &picture{ID: "inflow-refusals", Title: l.Pick("Waarom aanmeldingen zijn afgewezen", "Why applications were refused")}
	b.count(refusals, "inflow.refusals", "exclusion_ground", true, l.Pick("Afwijzingen", "Refusals"), counted{
		none:  l.Pick("Er zijn geen aanmeldingen afgewezen.", "No applications were refused."),
		total: l.Pick("Aantal afgewezen aanmeldingen: %s.", "Applications refused: %s."),
		top:   l.Pick("De grond was het vaakst: %s.", "The ground was most often: %s.")})
	referred := &picture{ID: "inflow-referred", Title: l.Pick("Wie de mensen aanmeldde", "Who referred the people")}
	b.count(referred, "inflow.applications", "referred_by", true, l.Pick("Aanmeldingen", "Applications"), counted{
		none:  l.Pick("Er zijn geen aanmeldingen gedaan.", "There were no applications."),
		total: l.Pick("Aantal aanmeldingen: %s.", "Applications: %s."),
		top:   l.Pick("De meeste kwamen van: %s.", "Most came from: %s.")})
	s.Parts = []part{
		{Picture: b.funnelPicture()}, {Picture: refusals}, {Picture: referred}, {Picture: b.quartersPicture()},
	}
	return s
}

// counted are the sentences about a total and its breakdown. Total takes the total; Top takes the
// largest parts and follows it, where they can be told.
type counted struct{ none, total, top string }

// count fills a picture with the parts of a total: sentences, bars, and a table whose column of
// numbers has the head.
func (b *builder) count(p *picture, id, dim string, skipZero bool, head string, c counted) {
	p.Text = b.topText(id, dim, c)
	b.bars(p, id, dim, skipZero, b.breakdown(p.Title, dim, column{head, id}))
}

// topText phrases a total and the largest parts of its breakdown.
func (b *builder) topText(id, dim string, c counted) string {
	f := b.figure(id)
	if !known(f) {
		return b.why(f)
	}
	if f.Value.Float() == 0 {
		return c.none
	}
	text := b.say(c.total, c.total, b.value(id))
	if top := b.top(id, dim, 2); len(top) > 0 {
		text += " " + b.say(c.top, c.top, b.enumerate(top))
	} else if unsaid := b.unsaid(id, dim); unsaid != "" {
		text += " " + unsaid
	}
	return text
}

func (b *builder) funnelPicture() *picture {
	l := b.lang
	p := &picture{ID: "inflow-funnel", Height: 220, Title: l.Pick("Van aanmelding naar toelating", "From application to admission")}
	if !b.has("inflow.applications", "inflow.admissions") {
		p.Text = b.why(b.figure("inflow.applications"))
		p.Missing = p.Text
		return p
	}
	p.Text = b.say("Er is %s keer iemand aangemeld en %s keer iemand toegelaten.", "Applications: %s; admissions: %s.",
		b.value("inflow.applications"), b.value("inflow.admissions"))
	if f := b.figure("inflow.days_to_decision", "stat", "median"); known(f) {
		p.Text += " " + b.say("De helft van de besluiten viel binnen %s.", "Half of the decisions were taken within %s.", b.lang.Figure(f, b.minCell))
	}
	if b.has("inflow.pending_on_reference_date") {
		p.Text += " " + b.say("Zonder besluit op %s: %s.", "Still without a decision on %s: %s.",
			b.asOf(), b.value("inflow.pending_on_reference_date"))
	}
	var stages []string
	var bars []bar
	for _, stage := range []struct{ title, id string }{
		{l.Pick("aanmeldingen", "applications"), "inflow.applications"},
		{l.Pick("toelatingen", "admissions"), "inflow.admissions"},
		{l.Pick("toegelaten mensen", "people admitted"), "inflow.admitted_persons"},
	} {
		if f := b.figure(stage.id); known(f) {
			stages, bars = append(stages, stage.title), append(bars, b.barOf(f))
		}
	}
	if anyBar([]barSeries{{bars: bars}}) {
		p.drawing = funnelChart(stages, bars)
	} else {
		p.Missing = b.noneInPeriod()
	}
	p.Notes = l.WhyNotSum(reports.SumInflow)
	p.Table = b.list(p.Title,
		row{l.Pick("Aanmeldingen", "Applications"), "inflow.applications", nil},
		row{l.Pick("Toelatingen", "Admissions"), "inflow.admissions", nil},
		row{l.Pick("Toegelaten mensen", "People admitted"), "inflow.admitted_persons", nil},
		row{l.Pick("Toelatingen bij uitzondering", "Exceptional admissions"), "inflow.exceptional_admissions", nil},
		row{l.Pick("Afwijzingen", "Refusals"), "inflow.refusals", nil},
		row{l.Pick("Nog zonder besluit op de peildatum", "Undecided on the reference date"), "inflow.pending_on_reference_date", nil},
		row{l.Pick("Dagen tot het besluit, gemiddeld", "Days to the decision, mean"), "inflow.days_to_decision", []string{"stat", "mean"}},
		row{l.Pick("Dagen tot het besluit, mediaan", "Days to the decision, median"), "inflow.days_to_decision", []string{"stat", "median"}},
		row{l.Pick("Onderzoeken naar identiteit", "Identity checks"), "inflow.identity_checks", nil})
	return p
}

func (b *builder) quartersPicture() *picture {
	l := b.lang
	p := &picture{ID: "flow-quarters", Height: 300, Title: l.Pick("Aanmeldingen, toelatingen en vertrek per kwartaal", "Applications, admissions and departures by quarter")}
	rows, ok := b.series("flow.quarters", "quarter", "applications", "admissions", "refusals", "trajectories_ended", "durable_cases", "shelter_exits")
	if !ok {
		p.Text = b.why(nil)
		p.Missing = p.Text
		return p
	}
	last := rows[len(rows)-1]
	p.Text = upperFirst(b.say("%s: aanmeldingen %s, toelatingen %s, vertrek uit de opvang %s.", "%s: applications %s, admissions %s, departures from the shelter %s.",
		l.InPeriod(last[0].Str()), b.orDash(last[1]), b.orDash(last[2]), b.orDash(last[6])))
	titles := []string{l.Pick("Aanmeldingen", "Applications"), l.Pick("Toelatingen", "Admissions"), l.Pick("Afwijzingen", "Refusals"),
		l.Pick("Beëindigde trajecten", "Trajectories ended"), l.Pick("Bestendige oplossingen", "Durable solutions"), l.Pick("Vertrek uit de opvang", "Departures from the shelter")}
	quarters := make([]string, len(rows))
	for i, r := range rows {
		quarters[i] = b.quarter(r[0].Str())
	}
	var series []barSeries
	for i, column := range []int{1, 2, 6} {
		s := barSeries{name: titles[column-1], colour: colour(i + 1)}
		for _, r := range rows {
			s.bars = append(s.bars, bar{value: r[column], text: b.orDash(r[column])})
		}
		series = append(series, s)
	}
	if anyBar(series) {
		p.drawing = columnChart(axis{format: "count", min: 0}, quarters, series)
	} else {
		p.Missing = b.noneSinceStart()
	}
	p.Notes = l.WhyNotSum(reports.SumQuarters)
	p.Table = &table{Caption: p.Title, Head: append([]string{l.Pick("Kwartaal", "Quarter")}, titles...)}
	for i, r := range rows {
		cells := []cell{text(quarters[i])}
		for _, v := range r[1:] {
			cells = append(cells, b.valueCell(v, "count"))
		}
		p.Table.Rows = append(p.Table.Rows, cells)
	}
	return p
}

// quarter shortens a label such as 2020-Q3 for an axis.
func (b *builder) quarter(label string) string {
	if year, q, ok := strings.Cut(label, "-Q"); ok {
		return b.say("%se kw. %s", "Q%s %s", q, year)
	}
	return label
}

func (b *builder) orDash(v transform.Value) string {
	if v.IsNull() {
		return "–"
	}
	return b.lang.Value(v, "count")
}

func (b *builder) outflowSection() section {
	l := b.lang
	s := section{ID: "outflow", Title: l.Pick("Uitstroom", "Outflow"),
		Lead: l.Pick("Terugkeer, doormigratie en legalisering zijn bestendige oplossingen. Een herhaalde aanvraag en uitstel om medische redenen zijn dat half: strikt tellen ze niet mee, ruim wel.",
			"Return, onward migration and legalisation are durable solutions. A repeat application and a medical deferral are so by half: counted strictly they are left out, counted broadly they are in.")}
	exits := &picture{ID: "outflow-exits", Title: l.Pick("Waarom mensen de opvang verlieten", "Why people left the shelter")}
	b.count(exits, "outflow.shelter_exits", "exit_reason", true, l.Pick("Vertrek", "Departures"), counted{
		none:  l.Pick("Niemand verliet de opvang.", "Nobody left the shelter."),
		total: l.Pick("Aantal keren dat iemand de opvang verliet: %s.", "Departures from the shelter: %s."),
		top:   l.Pick("De reden was het vaakst: %s.", "The reason was most often: %s.")})
	exits.Notes = l.WhyNotSum(reports.SumExits)
	s.Parts = []part{
		{Picture: b.sharePicture()}, {Picture: b.outcomePicture()}, {Picture: b.sankeyPicture()}, {Picture: exits},
	}
	return s
}

func (b *builder) sharePicture() *picture {
	l := b.lang
	p := &picture{ID: "outflow-share", Title: l.Pick("Welk deel van de uitkomsten een oplossing is: strikt en ruim", "What part of the outcomes is a solution: strict and broad")}
	strict, broad := b.figure("durable.share_strict"), b.figure("durable.share_broad")
	p.Table = b.list(p.Title,
		row{l.Pick("Strikt: alleen bestendige oplossingen", "Strict: durable solutions only"), "durable.share_strict", nil},
		row{l.Pick("Ruim: ook semi-bestendige", "Broad: semi-durable ones too"), "durable.share_broad", nil},
		row{l.Pick("Bestendige oplossingen tot de peildatum", "Durable solutions up to the reference date"), "durable.cases", nil})
	if !known(strict) || !known(broad) {
		p.Text = b.why(strict)
		p.Missing = p.Text
		return p
	}
	p.Text = b.say("Tot en met %s eindigde strikt geteld %s van de zaken met een uitkomst in een bestendige oplossing, en ruim geteld %s. We laten altijd beide zien: het verschil zit in wat meetelt.",
		"Up to %s, counted strictly %s of the cases with an outcome ended in a durable solution, counted broadly %s. Both are always shown: the difference lies in what counts.",
		b.asOf(), b.lang.Figure(strict, b.minCell), b.lang.Figure(broad, b.minCell))
	p.drawing = barChart(axis{format: "percent", min: 0, max: 1}, []string{l.Pick("strikt", "strict"), l.Pick("ruim", "broad")},
		[]barSeries{{colour: colour(1), bars: []bar{b.barOf(strict), b.barOf(broad)}}}, false)
	p.Height = barHeight(2)
	return p
}

func (b *builder) outcomePicture() *picture {
	l := b.lang
	p := &picture{ID: "outflow-outcome", Title: l.Pick("Hoe trajecten in deze periode eindigden", "How trajectories ended in this period")}
	p.Text = b.topText("outflow.trajectories", "outcome", counted{
		none:  l.Pick("In deze periode eindigde geen traject met een uitkomst.", "No trajectory ended with an outcome in this period."),
		total: l.Pick("Aantal trajecten dat eindigde met een uitkomst: %s.", "Trajectories that ended with an outcome: %s."),
		top:   l.Pick("De uitkomst was het vaakst: %s.", "The outcome was most often: %s.")})
	for _, level := range []string{"durable", "semi_durable"} {
		if f := b.figure("outflow.level", "level", level); known(f) {
			p.Text += " " + b.say("%s: %s.", "%s: %s.", upperFirst(b.label("level", level)), b.lang.Figure(f, b.minCell))
		}
	}
	p.Notes = append(l.WhyNotSum(reports.SumOutcomes), l.WhyNotSum(reports.SumDurable)...)
	t := b.breakdown(p.Title, "outcome", column{l.Pick("In deze periode", "In this period"), "outflow.trajectories"},
		column{l.Pick("Bestendige oplossingen sinds het begin", "Durable solutions since the start"), "durable.cases"})
	return b.bars(p, "outflow.trajectories", "outcome", true, t)
}

func (b *builder) sankeyPicture() *picture {
	l := b.lang
	p := &picture{ID: "outflow-sankey", Height: 420, Title: l.Pick("Van scenario naar uitkomst", "From scenario to outcome")}
	figures := b.results.Breakdown("outflow.scenario_outcome", "scenario", "outcome")
	var from, to []string
	var flows []flow
	hidden, drawn := false, false
	seen := map[string]bool{}
	place := func(list *[]string, side, name string) {
		if !seen[side+name] {
			seen[side+name] = true
			*list = append(*list, name)
		}
	}
	p.Table = &table{Caption: p.Title, Head: []string{"Scenario", l.Pick("Uitkomst", "Outcome"), l.Pick("Trajecten", "Trajectories")}}
	for i := range figures {
		f := &figures[i]
		if f.Status == "" && f.Value.Float() == 0 {
			continue
		}
		scenario, outcome := b.label("scenario", f.Dim("scenario")), b.label("outcome", f.Dim("outcome"))
		p.Table.Rows = append(p.Table.Rows, []cell{text(scenario), text(outcome), b.cellOf(p.Table, f)})
		one := b.barOf(f)
		if one.value.IsNull() && !one.hidden {
			continue
		}
		hidden, drawn = hidden || one.hidden, true
		place(&from, "<", scenario)
		place(&to, ">", outcome)
		flows = append(flows, flow{from: scenario, to: outcome, bar: one})
	}
	p.Table.Notes = []string{l.Pick("Combinaties die niet voorkwamen, staan er niet bij.", "Combinations that did not occur are left out.")}
	if !drawn {
		p.Text = b.nothing(b.figure("outflow.trajectories"), figures)
		p.Missing = p.Text
		p.Table = nil
		return p
	}
	p.Text = l.Pick("Links staat waar een traject op gericht was, rechts hoe het eindigde.", "At the left stands what a trajectory aimed for, at the right how it ended.")
	if most := reports.Largest(figures, b.figure("outflow.trajectories"), b.minCell, 1); len(most) > 0 {
		p.Text += " " + b.say("Het vaakst liep een traject van %s naar %s: %s keer.", "A trajectory ran most often from %s to %s: %s.",
			b.label("scenario", most[0].Dim("scenario")), b.label("outcome", most[0].Dim("outcome")), b.lang.Figure(most[0], b.minCell))
	} else if unsaid := b.unsaid("outflow.scenario_outcome", "scenario", "outcome"); unsaid != "" {
		p.Text += " " + unsaid
	}
	if hidden {
		p.Legend = append(p.Legend, key{Mark: "hidden-flow", Text: l.Pick("grijs: niet getoond, de breedte zegt niets over het aantal", "grey: not shown, the width says nothing about the number")})
	}
	p.drawing = sankeyChart(from, to, flows, l)
	return p
}
