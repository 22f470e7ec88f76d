package html

import (
	"slices"
	"strings"

	"lvv/reports"
	"lvv/transform"
)

func (b *builder) guidanceSection() section {
	l := b.lang
	s := section{ID: "guidance", Title: l.Pick("Casusoverleg en termijnen", "Case conferences and deadlines"),
		Lead: l.Pick("Het convenant geeft termijnen voor het overleg over een zaak en voor het advies van het reviewteam.",
			"The covenant sets deadlines for the conference about a case and for the advice of the review team.")}
	held := &picture{ID: "conference-held", Title: l.Pick("Casusoverleggen naar aanleiding", "Case conferences by occasion")}
	b.count(held, "conference.held", "moment", false, l.Pick("Overleggen", "Conferences"), counted{
		none:  l.Pick("Er was geen casusoverleg.", "There were no case conferences."),
		total: l.Pick("Aantal casusoverleggen: %s.", "Case conferences: %s."),
		top:   l.Pick("De aanleiding was het vaakst: %s.", "The occasion was most often: %s.")})
	grounds := &picture{ID: "conference-grounds", Title: l.Pick("Waarom begeleiding is beëindigd", "Why guidance was ended")}
	grounds.Text = l.Pick("Alle keren dat het casusoverleg besloot te beëindigen.", "All conferences that decided to end the guidance.")
	if top := b.top("conference.end_grounds", "end_ground", 2); len(top) > 0 {
		grounds.Text = b.say("De grond was het vaakst: %s.", "The ground was most often: %s.", b.enumerate(top))
	} else if unsaid := b.unsaid("conference.end_grounds", "end_ground"); unsaid != "" {
		grounds.Text += " " + unsaid
	}
	endTable := b.breakdown(grounds.Title, "end_ground", column{l.Pick("Besluiten", "Decisions"), "conference.end_grounds"})
	endTable.Total = nil // this figure has none
	s.Parts = []part{
		{Picture: b.deadlinePicture()},
		{Picture: held},
		{Picture: b.bars(grounds, "conference.end_grounds", "end_ground", true, endTable)},
		{Title: l.Pick("Overleg en advies in cijfers", "Conferences and advice in figures"), Table: b.guidanceTable()},
		{Title: l.Pick("Vergaderingen per jaar", "Meetings by year"), Text: b.meetingsText(), Table: b.meetingsTable()},
	}
	return s
}

func (b *builder) deadlinePicture() *picture {
	l := b.lang
	p := &picture{ID: "guidance-deadlines", Title: l.Pick("Wat op tijd gebeurde", "What was done in time")}
	items := []struct {
		title, id string
	}{
		{l.Pick("advies van het reviewteam", "advice of the review team"), "review.within_deadline"},
		{l.Pick("advies over een vraagstuk", "advice on an issue"), "escalation.within_deadline"},
		{l.Pick("overleg na een verandermoment", "conference after a moment of change"), "conference.change_followed"},
		{l.Pick("scenario vastgesteld", "scenario set"), "conference.scenario_set"},
	}
	var names []string
	s := barSeries{colour: colour(1)}
	rows := make([]row, len(items))
	var told []string
	drawn := false
	for i, item := range items {
		rows[i] = row{upperFirst(item.title), item.id, nil}
		f := b.figure(item.id)
		one := b.barOf(f)
		if one.value.IsNull() && !one.hidden {
			continue
		}
		names = append(names, item.title)
		s.bars = append(s.bars, one)
		if known(f) {
			told = append(told, b.say("%s: %s", "%s: %s", item.title, one.text))
		}
		drawn = drawn || known(f) || one.hidden
		if one.hidden && len(p.Legend) == 0 {
			p.Legend = append(p.Legend, b.hiddenKey())
		}
	}
	p.Table = b.list(p.Title, rows...)
	if !drawn {
		p.Text = b.why(b.figure("review.within_deadline"))
		p.Missing = p.Text
		return p
	}
	p.Text = b.lang.Pick("Het deel dat binnen de termijn gebeurde.", "The part that was done within the deadline.")
	if len(told) > 0 {
		p.Text = upperFirst(strings.Join(told, "; ")) + "."
	}
	p.drawing = barChart(axis{format: "percent", min: 0, max: 1}, names, []barSeries{s}, false)
	p.Height = barHeight(len(names))
	return p
}

func (b *builder) guidanceTable() *table {
	l := b.lang
	t := b.list(l.Pick("Overleg en advies in cijfers", "Conferences and advice in figures"),
		row{l.Pick("Toegelaten zaken waarvan het scenario is vastgesteld", "Admitted cases with a scenario set"), "conference.scenario_set", nil},
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
	t.Notes = l.WhyNotSum(reports.SumGuidance)
	return t
}

func (b *builder) meetingsTable() *table {
	kinds := []string{"steering_group", "programme_council", "administrative"}
	t := &table{Caption: b.lang.Pick("Vergaderingen per jaar", "Meetings by year"), Head: []string{b.lang.Pick("Jaar", "Year")}}
	for _, k := range kinds {
		t.Head = append(t.Head, upperFirst(b.label("kind", k)))
	}
	t.Head = append(t.Head, b.lang.Pick("Afgesproken per soort", "Agreed of each kind"))
	for _, required := range b.results.Breakdown("governance.meetings_required", "year") {
		year := required.Dim("year")
		r := []cell{text(year)}
		for _, k := range kinds {
			r = append(r, b.cellOf(t, b.figure("governance.meetings", "kind", k, "year", year)))
		}
		t.Rows = append(t.Rows, append(r, b.cellOf(t, &required)))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

func (b *builder) meetingsText() string {
	for _, f := range b.results.Breakdown("governance.meetings", "kind", "year") {
		if f.Status == transform.NotAvailable {
			return b.why(&f)
		}
	}
	if len(b.results.Breakdown("governance.meetings_required", "year")) == 0 {
		return b.why(nil)
	}
	if b.doc.Terms == nil {
		return b.lang.Pick("Voor een deel van een jaar geldt het naar verhouding.", "For a part of a year it is in proportion.")
	}
	return b.say("Afgesproken aantal per jaar: %d, en naar verhouding voor een deel van een jaar.", "Number agreed a year: %d, and in proportion for a part of a year.",
		b.doc.Terms.MeetingsPerYear)
}

func (b *builder) subgoalSection() section {
	l := b.lang
	s := section{ID: "subgoals", Title: l.Pick("Bijzondere groepen", "Special groups"),
		Lead: l.Pick("Het convenant vraagt aandacht voor mensen met medische of psychische klachten, staatlozen en mensen die moeilijk kunnen terugkeren.",
			"The covenant asks attention for people with medical or psychiatric complaints, the stateless, and people who can hardly return.")}
	s.Parts = []part{{Picture: b.subgoalPicture()}}
	return s
}

func (b *builder) subgoalPicture() *picture {
	l := b.lang
	p := &picture{ID: "subgoal-level", Title: l.Pick("Wat er van de toegelaten zaken is geworden, per groep", "What became of the admitted cases, by group")}
	levels := []string{"durable", "semi_durable", "none", "running"}
	t := &table{Caption: p.Title, Head: []string{upperFirst(l.Pick("bijzondere groep", "special group")), l.Pick("Toegelaten", "Admitted")}}
	for _, level := range levels {
		t.Head = append(t.Head, upperFirst(b.label("level", level)))
	}
	admitted := b.results.Breakdown("subgoal.admitted", "special_group")
	var names []string
	series := make([]barSeries, len(levels))
	for i, level := range levels {
		series[i] = barSeries{name: b.label("level", level), colour: colour(i + 1)}
	}
	drawn, hidden := false, false
	for i := range admitted {
		group := admitted[i].Dim("special_group")
		r := []cell{text(b.label("special_group", group)), b.cellOf(t, &admitted[i])}
		names = append(names, b.label("special_group", group))
		for j, level := range levels {
			f := b.figure("subgoal.level", "special_group", group, "level", level)
			one := b.barOf(f)
			drawn, hidden = drawn || known(f), hidden || one.hidden
			series[j].bars = append(series[j].bars, one)
			r = append(r, b.cellOf(t, f))
		}
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) > 0 {
		p.Table = t
		p.Notes = l.WhyNotSum(reports.SumSubgoals)
	}
	groups := slices.DeleteFunc(slices.Clone(admitted), func(f transform.Figure) bool {
		return f.Dim("special_group") == "none" || f.Dim("special_group") == "unknown"
	})
	p.Text = b.lang.Pick("Hoe het de groepen verging, sinds het begin van de pilot.", "How the groups fared, since the start of the pilot.")
	if most := reports.Largest(groups, nil, b.minCell, 1); len(most) > 0 {
		group := most[0].Dim("special_group")
		p.Text = b.say("De grootste bijzondere groep is: %s, met %s.", "The largest special group is: %s, with %s.",
			b.label("special_group", group), reports.Counted(b.lang.Figure(most[0], b.minCell),
				b.lang.Pick("toegelaten zaak", "admitted case"), b.lang.Pick("toegelaten zaken", "admitted cases")))
		if f := b.figure("subgoal.level", "special_group", group, "level", "durable"); known(f) {
			p.Text += " " + b.say("Van deze groep eindigde in een bestendige oplossing: %s.", "Of this group, those that ended in a durable solution: %s.", b.lang.Figure(f, b.minCell))
		}
	}
	switch {
	case none(admitted):
		p.Missing = b.noneSinceStart()
		return p
	case !drawn && len(admitted) == 0:
		p.Missing = b.why(nil)
		return p
	case !drawn:
		p.Missing = b.why(&admitted[0])
		return p
	}
	if hidden {
		p.Legend = append(p.Legend, b.hiddenKey())
	}
	p.drawing = barChart(axis{format: "count", min: 0}, names, series, true)
	p.Height = 40 + barHeight(len(names))
	return p
}
