package content

import (
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/transform"
)

func (b *builder) guidanceSection() Section {
	l := b.lang
	held := b.count("conference-held", l.Pick("Casusoverleggen per aanleiding", "Case conferences by occasion"),
		"conference.held", "moment", l.Pick("Overleggen", "Conferences"), counted{
			none:  l.Pick("Er was geen casusoverleg.", "There were no case conferences."),
			total: l.Pick("Aantal casusoverleggen: %s.", "Case conferences: %s."),
			top:   l.Pick("De meest voorkomende aanleiding was: %s.", "The most common occasion was: %s.")})
	figures := b.guidanceTable()
	return Section{ID: "guidance", Title: l.Pick("Casusoverleg en termijnen", "Case conferences and deadlines"), Sheet: l.Pick("Begeleiding en besluiten", "Guidance and decisions"),
		Lead: l.Pick("Het convenant geeft een termijn voor het advies van het reviewteam en van de andere gremia. De termijnen voor het overleg stelt de pilot zelf.",
			"The covenant sets a deadline for the advice of the review team and of the other bodies. The deadlines for the conference are the pilot's own."),
		Parts: []Part{b.deadlinePart(), held, b.groundsPart(), {ID: figures.ID, Title: figures.Caption, Table: figures}, b.meetingsPart()}}
}

func (b *builder) groundsPart() Part {
	l := b.lang
	p := Part{ID: "conference-grounds", Title: l.Pick("Waarom begeleiding is beëindigd", "Why guidance was ended"),
		Text: l.Pick("Alle keren dat het casusoverleg besloot te beëindigen.", "All conferences that decided to end the guidance.")}
	if top := b.top("conference.end_grounds", "end_ground", 2); len(top) > 0 {
		p.Text = b.say("De meest voorkomende reden was: %s.", "The most common ground was: %s.", b.enumerate(top))
	} else if unsaid := b.unsaid("conference.end_grounds", "end_ground"); unsaid != "" {
		p.Text += " " + unsaid
	}
	p.Table = b.breakdown(p.ID, p.Title, "end_ground", column{l.Pick("Besluiten", "Decisions"), "conference.end_grounds"})
	b.bars(&p, "conference.end_grounds", "end_ground", true)
	return p
}

func (b *builder) deadlinePart() Part {
	l := b.lang
	p := Part{ID: "guidance-deadlines", Title: l.Pick("Wat op tijd gebeurde", "What was done in time")}
	items := []row{
		{l.Pick("advies van het reviewteam", "advice of the review team"), "review.within_deadline", nil},
		{l.Pick("advies over een vraagstuk", "advice on an issue"), "escalation.within_deadline", nil},
		{l.Pick("overleg na een verandermoment", "conference after a moment of change"), "conference.change_followed", nil},
		{l.Pick("scenario vastgesteld", "scenario set"), "conference.scenario_set", nil},
	}
	c := &Chart{ID: p.ID, Kind: Bars, Title: p.Title, Y: Axis{Format: "percent", Max: 1}, Series: []Series{{Colour: 1, Role: Reached}}}
	var told []string
	rows := slices.Clone(items)
	for i, item := range items {
		rows[i].title = upperFirst(item.title)
		f := b.figure(item.id)
		if !f.Known() && !f.Suppressed() {
			continue
		}
		one := b.point(f)
		c.Names, c.Series[0].Points = append(c.Names, item.title), append(c.Series[0].Points, one)
		if of := b.ofHowMany(f); of != "" {
			told = append(told, item.title+": "+of)
		} else if f.Known() {
			told = append(told, item.title+": "+b.show(f))
		}
	}
	p.Table = b.list(p.ID, p.Title, rows...)
	p.Text = l.Pick("Het deel dat binnen de termijn gebeurde.", "The part that was done within the deadline.")
	switch {
	case len(told) > 0:
		p.Text = upperFirst(strings.Join(told, "; ")) + "."
	case len(c.Names) == 0:
		p.Text = b.missing(b.figure("review.within_deadline"))
	}
	if anyDrawn(c.Series[0].Points) {
		p.Chart = c
	} else if len(c.Names) > 0 {
		p.Missing = l.Pick("Er staat geen grafiek: alles rust op minder dan tien.", "There is no chart: everything rests on fewer than ten.")
	}
	return p
}

func (b *builder) guidanceTable() *Table {
	l := b.lang
	t := b.list("guidance-figures", l.Pick("Overleg en advies in cijfers", "Conferences and advice in figures"),
		row{l.Pick("Toegelaten casussen waarvan het scenario op tijd is vastgesteld", "Admitted cases with a scenario set in time"), "conference.scenario_set", nil},
		row{l.Pick("Dagen van toelating tot scenario, gemiddeld", "Days from admission to scenario, mean"), "conference.days_to_scenario", []string{"stat", "mean"}},
		row{l.Pick("Dagen van toelating tot scenario, mediaan", "Days from admission to scenario, median"), "conference.days_to_scenario", []string{"stat", "median"}},
		row{l.Pick("Verandermomenten", "Moments of change"), "conference.change_moments", nil},
		row{l.Pick("Daarvan op tijd gevolgd door overleg", "Of which followed by a conference in time"), "conference.change_followed", nil},
		row{l.Pick("Overleggen waarin men het eens was", "Conferences that reached consensus"), "conference.consensus", nil},
		row{l.Pick("Voorgelegd aan het reviewteam", "Submitted to the review team"), "review.submitted", nil},
		row{l.Pick("Advies van het reviewteam op tijd", "Advice of the review team in time"), "review.within_deadline", nil},
		row{l.Pick("Op de peildatum te laat en nog zonder advies", "Overdue and without advice on the reference date"), "review.overdue_on_reference_date", nil},
		row{l.Pick("Voorgelegd aan de staatssecretaris", "Put to the State Secretary"), "review.put_to_state_secretary", nil},
		row{l.Pick("Advies overgenomen", "Advice adopted"), "review.adopted", nil},
		row{l.Pick("Advies over een vraagstuk op tijd", "Advice on an issue in time"), "escalation.within_deadline", nil})
	for _, f := range b.doc.Breakdown("escalation.within_deadline", "kind") {
		t.Rows = append(t.Rows, []Cell{text(b.say("Advies op tijd: %s", "Advice in time: %s", b.label("kind", f.Dim("kind")))), b.cell(t, f)})
		if len(t.Columns) > 2 {
			t.Rows[len(t.Rows)-1] = append(t.Rows[len(t.Rows)-1], text(b.ofHowMany(f)))
		}
	}
	t.Notes = b.whyNot(sumGuidance)
	return t
}

func (b *builder) meetingsPart() Part {
	l := b.lang
	p := Part{ID: "meetings", Title: l.Pick("Vergaderingen per jaar", "Meetings by year")}
	list := b.doc.Breakdown("governance.meetings", "kind", "year")
	for _, f := range list {
		if f.Status == transform.NotAvailable {
			p.Text = b.missing(f)
			return p
		}
	}
	required := b.doc.Breakdown("governance.meetings_required", "year")
	if len(required) == 0 {
		p.Text = b.missing(nil)
		return p
	}
	p.Text = b.say("Afgesproken aantal per jaar voor de stuurgroep: %d, en naar verhouding voor een deel van een jaar.",
		"Number agreed a year for the steering group: %d, and in proportion for a part of a year.", b.doc.Terms.MeetingsPerYear)
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(l.Pick("Jaar", "Year"))}
	kinds := values(list, "kind")
	for _, k := range kinds {
		t.Columns = append(t.Columns, Column{Title: upperFirst(b.label("kind", k)), Number: true})
	}
	t.Columns = append(t.Columns, Column{Title: l.Pick("Afgesproken voor de stuurgroep", "Agreed for the steering group"), Number: true})
	for _, f := range required {
		r := []Cell{text(f.Dim("year"))}
		for _, k := range kinds {
			r = append(r, b.cell(t, b.figure("governance.meetings", "kind", k, "year", f.Dim("year"))))
		}
		t.Rows = append(t.Rows, append(r, b.cell(t, f)))
	}
	p.Table = t
	return p
}

func (b *builder) subgoalSection() Section {
	l := b.lang
	return Section{ID: "subgoals", Title: l.Pick("Bijzondere groepen", "Special groups"), Sheet: l.Pick("Bijzondere groepen", "Special groups"),
		Lead: l.Pick("Het convenant vraagt aandacht voor mensen met medische of psychische klachten, staatlozen en mensen die moeilijk kunnen terugkeren.",
			"The covenant asks attention for people with medical or psychiatric complaints, the stateless, and people who can hardly return."),
		Parts: []Part{b.subgoalPart()}}
}

func (b *builder) subgoalPart() Part {
	l := b.lang
	p := Part{ID: "subgoal-level", Title: l.Pick("Hoe de casussen zijn afgelopen, per groep", "How the cases ended, by group"),
		Text: l.Pick("Hoe het de groepen verging, sinds het begin van de pilot.", "How the groups fared, since the start of the pilot.")}
	t := b.cross(p.ID, p.Title, "subgoal.level", "special_group", "level")
	t.Columns = slices.Insert(t.Columns, 1, Column{Title: l.Pick("Toegelaten", "Admitted"), Number: true})
	for i, group := range values(b.doc.Breakdown("subgoal.level", "special_group", "level"), "special_group") {
		t.Rows[i] = slices.Insert(t.Rows[i], 1, b.cell(t, b.figure("subgoal.admitted", "special_group", group)))
	}
	if len(t.Rows) > 0 {
		p.Table, p.Notes = t, b.whyNot(sumSubgoals)
	}
	groups := slices.DeleteFunc(b.doc.Breakdown("subgoal.admitted", "special_group"), func(f *published.Figure) bool {
		return f.Dim("special_group") == "none" || f.Dim("special_group") == "unknown"
	})
	if most := b.largest(groups, 1); len(most) > 0 && most[0].Value.Float() > 0 {
		group := most[0].Dim("special_group")
		p.Text = b.say("De grootste bijzondere groep is: %s, met %s.", "The largest special group is: %s, with %s.", b.label("special_group", group),
			b.counts(b.show(most[0]), "toegelaten casus", "toegelaten casussen", "admitted case", "admitted cases"))
		if f := b.figure("subgoal.level", "special_group", group, "level", "durable"); f.Known() {
			p.Text += " " + b.say("Van deze groep eindigde met een bestendige oplossing: %s.", "Of this group, those that ended with a durable solution: %s.", b.show(f))
		}
	}
	b.bars(&p, "subgoal.admitted", "special_group", false)
	if none(b.doc.Breakdown("subgoal.admitted", "special_group")) {
		p.Missing = l.Pick("Sinds het begin van de pilot waren er geen.", "There have been none since the start of the pilot.")
	}
	if p.Chart != nil {
		p.Chart.Title = l.Pick("Toegelaten casussen per groep", "Admitted cases by group")
	}
	return p
}
