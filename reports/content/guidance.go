package content

import (
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/lists"
)

func (b *builder) guidanceSection() Section {
	held := b.count("conference-held", b.Pick("Casusoverleggen per aanleiding", "Case conferences by occasion"),
		"conference.held", "moment", b.Pick("Overleggen", "Conferences"), counted{
			none:  b.Pick("Er was geen casusoverleg.", "There were no case conferences."),
			total: b.Pick("Aantal casusoverleggen: %s.", "Case conferences: %s."),
			top:   b.Pick("De meest voorkomende aanleiding was: %s.", "The most common occasion was: %s."),
			tops:  b.Pick("De meest voorkomende aanleidingen waren: %s.", "The most common occasions were: %s.")})
	figures := b.guidanceTable()
	return Section{ID: "guidance", Title: b.Pick("Casusoverleg en termijnen", "Case conferences and deadlines"), Sheet: b.Pick("Begeleiding en besluiten", "Guidance and decisions"),
		Lead: b.Pick("Het convenant geeft een termijn voor het advies van het reviewteam en van de andere gremia. De termijnen voor het overleg stelt de pilot zelf.",
			"The covenant sets a deadline for the advice of the review team and of the other bodies. The deadlines for the conference are the pilot's own."),
		Parts: []Part{b.deadlinePart(), b.caseloadPart(), held, b.groundsPart(), b.tablePart(figures), b.proceduresPart(),
			b.count("procedures-pending", b.Pick("Waarop op de peildatum een beslissing wordt verwacht", "Where a decision is awaited on the reference date"),
				"procedure.pending_on_reference_date", "kind", b.Pick("Lopende procedures", "Procedures pending"), counted{
					none:  b.Pick("Er lopen geen procedures.", "No procedures are pending."),
					total: b.Pick("Procedures zonder beslissing: %s.", "Procedures without a decision: %s."),
					top:   b.Pick("De meest voorkomende soort was: %s.", "The most common kind was: %s."),
					tops:  b.Pick("De meest voorkomende soorten waren: %s.", "The most common kinds were: %s.")}),
			b.meetingsPart(), b.attendancePart()}}
}

func (b *builder) groundsPart() Part {
	p := Part{ID: "conference-grounds", Title: b.Pick("Waarom begeleiding is beëindigd", "Why guidance was ended"),
		Text: b.Pick("Alle keren dat het casusoverleg besloot te beëindigen.", "All conferences that decided to end the guidance.")}
	if top := b.top("conference.end_grounds", "end_ground", 2); len(top) > 0 {
		p.Text = counted{
			top:  b.Pick("De meest voorkomende reden was: %s.", "The most common ground was: %s."),
			tops: b.Pick("De meest voorkomende redenen waren: %s.", "The most common grounds were: %s.")}.mostCommon(b, top)
	} else if unsaid := b.unsaid("conference.end_grounds", "end_ground"); unsaid != "" {
		p.Text += " " + unsaid
	}
	p.Table = b.breakdown(p.ID, p.Title, "end_ground", column{b.Pick("In deze periode", "In this period"), "conference.end_grounds"},
		column{b.Pick("Sinds het begin", "Since the start"), "conference.end_grounds_to_date"})
	b.bars(&p, "conference.end_grounds", "end_ground", true)
	return p
}

func (b *builder) deadlinePart() Part {
	p := Part{ID: "guidance-deadlines", Title: b.Pick("Wat op tijd gebeurde", "What was done in time")}
	items := []row{
		{b.Pick("advies van het reviewteam", "advice of the review team"), "review.within_deadline", nil},
		{b.Pick("advies over een vraagstuk", "advice on an issue"), "escalation.within_deadline", nil},
		{b.Pick("overleg na een verandermoment", "conference after a moment of change"), "conference.change_followed", nil},
		{b.Pick("scenario vastgesteld", "scenario set"), "conference.scenario_set", nil},
	}
	c := p.barChart("percent")
	c.Y.Max = 1
	var told []string
	rows := slices.Clone(items)
	for i, item := range items {
		rows[i].title = upperFirst(item.title)
		f := b.figure(item.id)
		if !f.Known() && !f.Suppressed() {
			continue
		}
		c.bar(item.title, b.point(f))
		if of := b.ofHowMany(f); of != "" {
			told = append(told, item.title+": "+of)
		} else if f.Known() {
			told = append(told, item.title+": "+b.show(f))
		}
	}
	p.Table = b.list(p.ID, p.Title, rows...)
	p.Text = b.Pick("Het deel dat binnen de termijn gebeurde.", "The part that was done within the deadline.")
	switch {
	case len(told) > 0:
		p.Text = upperFirst(strings.Join(told, "; ")) + "."
	case len(c.Names) == 0:
		p.Text = b.missing(b.figure("review.within_deadline"))
	}
	if anyDrawn(c.Series[0].Points) {
		p.Chart = c
	} else if len(c.Names) > 0 {
		p.Missing = b.Pick("Er staat geen grafiek: alles rust op minder dan tien.", "There is no chart: everything rests on fewer than ten.")
	}
	return p
}

func (b *builder) guidanceTable() *Table {
	t := b.list("guidance-figures", b.Pick("Overleg en advies in cijfers", "Conferences and advice in figures"),
		row{b.Pick("Toegelaten casussen waarvan het scenario op tijd is vastgesteld", "Admitted cases with a scenario set in time"), "conference.scenario_set", nil},
		row{b.Pick("Dagen van toelating tot scenario, gemiddeld", "Days from admission to scenario, mean"), "conference.days_to_scenario", []string{"stat", "mean"}},
		row{b.Pick("Dagen van toelating tot scenario, mediaan", "Days from admission to scenario, median"), "conference.days_to_scenario", []string{"stat", "median"}},
		row{b.Pick("Verandermomenten", "Moments of change"), "conference.change_moments", nil},
		row{b.Pick("Daarvan op tijd gevolgd door overleg", "Of which followed by a conference in time"), "conference.change_followed", nil},
		row{b.Pick("Overleggen waarin men het eens was", "Conferences that reached consensus"), "conference.consensus", nil},
		row{b.Pick("Voorgelegd aan het reviewteam", "Submitted to the review team"), "review.submitted", nil},
		row{b.Pick("Advies van het reviewteam op tijd", "Advice of the review team in time"), "review.within_deadline", nil},
		row{b.Pick("Op de peildatum te laat en nog zonder advies", "Overdue and without advice on the reference date"), "review.overdue_on_reference_date", nil},
		row{b.Pick("Overleggen die besloten op te schalen", "Conferences that decided to escalate"), "review.escalated", nil},
		row{"", "review.escalated_submitted", nil},
		row{b.Pick("Adviezen van het reviewteam", "Advice of the review team"), "review.advised", nil},
		row{b.Pick("Voorgelegd aan de staatssecretaris", "Put to the State Secretary"), "review.put_to_state_secretary", nil},
		row{b.Pick("Advies overgenomen", "Advice adopted"), "review.adopted", nil},
		row{b.Pick("Advies over een vraagstuk op tijd", "Advice on an issue in time"), "escalation.within_deadline", nil},
		row{b.Pick("Adviezen over een vraagstuk", "Advice on an issue"), "escalation.advised", nil},
		row{b.Pick("Advies over een vraagstuk overgenomen", "Advice on an issue adopted"), "escalation.adopted", nil},
		row{"", "caseload.housed_without_trajectory", nil}, row{"", "caseload.review_due", nil}, row{"", "caseload.review_current", nil})
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
	p := Part{ID: "meetings", Title: b.Pick("Vergaderingen per jaar", "Meetings by year")}
	list := b.doc.Breakdown("governance.meetings", "kind", "year")
	if i := slices.IndexFunc(list, notAvailable); i >= 0 {
		p.Text = b.missing(list[i])
		return p
	}
	required := b.doc.Breakdown("governance.meetings_required", "year")
	if len(required) == 0 {
		p.Text = b.missing(nil)
		return p
	}
	p.Text = b.say("Afgesproken aantal per jaar voor de stuurgroep: %d, en naar verhouding voor een deel van een jaar.",
		"Number agreed a year for the steering group: %d, and in proportion for a part of a year.", b.doc.Terms.MeetingsPerYear)
	kinds := values(list, "kind")
	titles := lists.Map(kinds, func(k string) string { return upperFirst(b.label("kind", k)) })
	titles = append(titles, b.Pick("Afgesproken voor de stuurgroep", "Agreed for the steering group"))
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(b.Pick("Jaar", "Year"), titles...)}
	for _, f := range required {
		r := append([]Cell{text(f.Dim("year"))}, b.cells(t, "governance.meetings", "kind", kinds, "year", f.Dim("year"))...)
		t.Rows = append(t.Rows, append(r, b.cell(t, f)))
	}
	p.Table = t
	return p
}

func (b *builder) subgoalSection() Section {
	return Section{ID: "subgoals", Title: b.Pick("Bijzondere groepen", "Special groups"), Sheet: b.Pick("Bijzondere groepen", "Special groups"),
		Lead: b.Pick("Het convenant vraagt aandacht voor mensen met medische of psychische klachten, staatlozen en mensen die moeilijk kunnen terugkeren.",
			"The covenant asks attention for people with medical or psychiatric complaints, the stateless, and people who can hardly return."),
		Parts: []Part{b.subgoalPart()}}
}

func (b *builder) subgoalPart() Part {
	p := Part{ID: "subgoal-level", Title: b.Pick("Hoe de casussen zijn afgelopen, per groep", "How the cases ended, by group"),
		Text: b.Pick("Hoe het de groepen verging, sinds het begin van de pilot.", "How the groups fared, since the start of the pilot.")}
	t := b.cross(p.ID, p.Title, "subgoal.level", "special_group", "level")
	t.Columns = slices.Insert(t.Columns, 1, Column{Title: b.Pick("Toegelaten", "Admitted"), Number: true})
	for i, group := range values(b.doc.Breakdown("subgoal.level", "special_group", "level"), "special_group") {
		t.Rows[i] = slices.Insert(t.Rows[i], 1, b.cell(t, b.figure("subgoal.admitted", "special_group", group)))
	}
	for _, c := range []column{{b.Pick("Voorgelegd aan het landelijk programma", "Put forward to the national programme"), "subgoal.put_forward"},
		{b.Pick("Oplossing beproefd", "Solution tested"), "subgoal.solution_tested"}} {
		t.Columns = append(t.Columns, Column{Title: c.title, Number: true})
		for i, group := range values(b.doc.Breakdown("subgoal.level", "special_group", "level"), "special_group") {
			t.Rows[i] = append(t.Rows[i], b.cell(t, b.figure(c.id, "special_group", group)))
		}
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
		p.Missing = b.Pick("Sinds het begin van de pilot waren er geen.", "There have been none since the start of the pilot.")
	}
	if p.Chart != nil {
		p.Chart.Title = b.Pick("Toegelaten casussen per groep", "Admitted cases by group")
	}
	return p
}

func (b *builder) caseloadPart() Part {
	p := b.count("caseload", b.Pick("Casussen in begeleiding op de peildatum", "Cases in guidance on the reference date"),
		"caseload.cases", "scenario", b.Pick("Casussen", "Cases"), counted{
			none:  b.Pick("Op de peildatum was er geen casus in begeleiding.", "No case was in guidance on the reference date."),
			total: b.Pick("Aantal casussen in begeleiding: %s.", "Cases in guidance: %s."),
			top:   b.Pick("Het meest voorkomende scenario was: %s.", "The most common scenario was: %s."),
			tops:  b.Pick("De meest voorkomende scenario's waren: %s.", "The most common scenarios were: %s.")})
	if of := b.ofHowMany(b.figure("caseload.review_current")); of != "" {
		p.Text += " " + b.say("Van de mensen bij wie het verblijf opnieuw moet worden bekeken, is dat op tijd gebeurd bij %s.", "Of the people whose stay is to be reviewed, it was done in time for %s.", of)
	}
	return p
}

func (b *builder) proceduresPart() Part {
	p := Part{ID: "procedures", Title: b.Pick("Procedures", "Procedures"), Text: b.missing(b.figure("procedure.filed"))}
	if b.has("procedure.filed", "procedure.decided") {
		p.Text = b.say("Ingediend: %s. Beslist: %s. Nog zonder beslissing: %s.", "Filed: %s. Decided: %s. Still undecided: %s.",
			b.value("procedure.filed"), b.value("procedure.decided"), b.value("procedure.pending_on_reference_date"))
	}
	t := b.breakdown(p.ID, p.Title, "kind", column{b.Pick("Ingediend", "Filed"), "procedure.filed"}, column{b.Pick("Beslist", "Decided"), "procedure.decided"},
		column{b.Pick("Nog zonder beslissing", "Undecided"), "procedure.pending_on_reference_date"})
	results := values(b.doc.Breakdown("procedure.decided", "result"), "result")
	titles := lists.Map(results, func(r string) string { return b.say("Beslist: %s", "Decided: %s", b.label("result", r)) })
	t.Columns = append(t.Columns, numbers(append(titles, b.Pick("Dagen, gemiddeld", "Days, mean"), b.Pick("Dagen, mediaan", "Days, median"))...)...)
	more := func(row []Cell, dims ...string) []Cell {
		return slices.Concat(row, b.cells(t, "procedure.decided", "result", results, dims...),
			b.cells(t, "procedure.days_to_decision", "stat", []string{"mean", "median"}, dims...))
	}
	for i, kind := range values(b.doc.Breakdown("procedure.filed", "kind"), "kind") {
		t.Rows[i] = more(t.Rows[i], "kind", kind)
	}
	if t.Total != nil {
		t.Total = more(t.Total)
	}
	p.Table = t
	return p
}

func (b *builder) attendancePart() Part {
	p := Part{ID: "attendance", Title: b.Pick("Aanwezigheid bij de stuurgroep", "Attendance at the steering group"),
		Text: b.Pick("Deel van de vergaderingen met een ingevulde presentielijst waar de partij bij was.", "Share of the meetings with an attendance list at which the party was present.")}
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(b.Pick("Partij", "Party"), b.Pick("Aanwezig", "Present"))}
	t.Columns = append(t.Columns, Column{Title: b.Pick("Aantallen", "Numbers")})
	t.Rows = lists.Map(b.doc.Breakdown("governance.attendance", "party"), func(f *published.Figure) []Cell {
		return []Cell{text(b.label("party", f.Dim("party"))), b.cell(t, f), text(b.ofHowMany(f))}
	})
	p.Table = t
	return p
}
