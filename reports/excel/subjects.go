package excel

import (
	"fmt"

	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// sheet begins a subject's sheet with the widths of a table of figures.
func (r *report) sheet(name, title, explain string) *workbook.Sheet {
	return r.wideSheet(name, title, explain, figureWidths)
}

// wideSheet is the same with other widths.
func (r *report) wideSheet(name, title, explain string, widths []float64) *workbook.Sheet {
	return r.book.Sheet(workbook.Options{
		Name: name, Title: title + " – " + r.lang.Period(r.res.Period), Explain: explain, Marking: r.marking(), Widths: widths,
	})
}

// marking warns on every sheet when small numbers are not protected.
func (r *report) marking() string {
	return reports.SmallCounts(r.doc.Published.MinCell, transform.DefaultMinCell, r.lang)
}

func (r *report) occupancy() {
	s := r.sheet(r.sheetNames().occupancy, r.pick("Bezetting", "Occupancy"),
		r.pick("Hoeveel van de afgesproken plaatsen bezet waren (art. 1.5). Een persoon die een nacht op twee plaatsen staat, telt één keer.",
			"How many of the agreed places were occupied (art. 1.5). A person registered in two places for one night counts once."))
	r.figures(s, "bezetting", r.pick("Kerncijfers", "Key figures"), r.some(
		"occupancy.rate", "occupancy.person_nights", "capacity.agreed_place_nights", "occupancy.utilisation", "capacity.place_nights",
		"occupancy.persons", "occupancy.persons_on_reference_date", "occupancy.peak", "occupancy.double_nights"), reports.SumLocations, reports.SumPersons)
	if peak := r.res.Figure("occupancy.peak"); peak != nil && peak.Status == "" {
		s.Paragraph(fmt.Sprintf(r.pick("Het was het drukst op %s.", "The busiest night was that of %s."), r.lang.DateLong(peak.Date)), workbook.Prose)
	}
	r.bars(s, "occupancy.person_nights", "location", r.pick("Persoonsnachten per locatie", "Person nights by location"), 0)
	r.bars(s, "occupancy.utilisation", "location", r.pick("Benutting van de plaatsen per locatie", "Use of the places by location"), 2)
	r.breakdown(s, "capacity.place_nights", "location")
	r.breakdown(s, "occupancy.persons_on_reference_date", "location")
	r.breakdown(s, "occupancy.person_nights", "population")
}

func (r *report) inflow() {
	s := r.sheet(r.sheetNames().inflow, r.pick("Instroom en doelgroep", "Inflow and target group"),
		r.pick("Wie zich aanmeldde, wie is toegelaten en wie is afgewezen (art. 3 en 4.2).", "Who applied, who was admitted and who was refused (art. 3 and 4.2)."))
	r.figures(s, "instroom", r.pick("Kerncijfers", "Key figures"), r.some(
		"inflow.applications", "inflow.admissions", "inflow.admitted_persons", "inflow.refusals", "inflow.exceptional_admissions",
		"inflow.pending_on_reference_date", "inflow.days_to_decision", "inflow.identity_checks"), reports.SumInflow)
	r.bars(s, "inflow.applications", "referred_by", r.pick("Aanmeldingen naar wie aanmeldde", "Applications by who referred"), 0)
	r.bars(s, "inflow.refusals", "exclusion_ground", r.pick("Afwijzingen naar grond", "Refusals by ground"), 1)
	r.flow(s)
}

func (r *report) outflow() {
	s := r.sheet(r.sheetNames().outflow, r.pick("Uitstroom", "Outflow"),
		r.pick("Wie de opvang verliet en hoe begeleidingstrajecten eindigden (art. 1.5). Het aandeel bestendige oplossingen staat er altijd strikt én ruim.",
			"Who left the shelter and how guidance trajectories ended (art. 1.5). The share of durable solutions is always given both strict and broad."))
	r.figures(s, "uitstroom", r.pick("Kerncijfers", "Key figures"), r.some(
		"outflow.shelter_exits", "outflow.trajectories", "durable.cases_in_period", "durable.share_strict", "durable.share_broad"),
		reports.SumOutcomes, reports.SumDurable, reports.SumExits)
	r.bars(s, "outflow.trajectories", "outcome", r.pick("Geëindigde trajecten naar uitkomst", "Trajectories ended, by outcome"), 0)
	r.bars(s, "outflow.shelter_exits", "exit_reason", r.pick("Vertrek uit de opvang naar reden", "Exits from the shelter, by reason"), 2)
	r.breakdown(s, "outflow.level", "level")
	r.cross(s, "outflow.scenario_outcome", "outcome", "scenario", "")
}

// cross writes a figure with two dimensions as a table of rows by columns, and draws it stacked
// where it has a title.
func (r *report) cross(s *workbook.Sheet, id, down, across, title string) {
	list := r.res.Breakdown(id, down, across)
	if len(list) == 0 {
		list = r.res.Breakdown(id, across, down)
	}
	if len(list) == 0 {
		return
	}
	t := workbook.Table{
		Name: id, Heading: r.heading(id, down),
		Columns: []string{capital(reports.Dimension(down, r.lang))},
		Notes:   r.notes(list),
	}
	rows, columns := values(list, down), values(list, across)
	for _, c := range columns {
		t.Columns = append(t.Columns, capital(r.value(id, across, c)))
	}
	for _, v := range rows {
		row := []workbook.Cell{workbook.Text(r.value(id, down, v))}
		for _, c := range columns {
			row = append(row, r.at(id, down, v, across, c))
		}
		t.Rows = append(t.Rows, row)
	}
	a := s.Table(t)
	if title == "" {
		return
	}
	from := r.drawnFrom(a, title)
	all := make([]int, len(columns))
	for i := range all {
		all[i] = i + 1
	}
	s.Chart(workbook.Chart{Kind: workbook.StackedBars, Title: title, Alt: r.alt(title, a), Series: from.Series(all...)})
}

// values are those of a dimension, in the order of the figures.
func values(list []transform.Figure, dim string) []string {
	var out []string
	seen := map[string]bool{}
	for i := range list {
		if v := list[i].Dim(dim); !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

func (r *report) guidance() {
	s := r.sheet(r.sheetNames().guidance, r.pick("Begeleiding en besluiten", "Guidance and decisions"),
		r.pick("Of elke casus op zijn vaste momenten is besproken (art. 4.3), of het reviewteam op tijd adviseerde (art. 5.2) en of er genoeg is vergaderd (art. 2.3).",
			"Whether every case was discussed at its set moments (art. 4.3), whether the review team advised in time (art. 5.2), and whether enough meetings were held (art. 2.3)."))
	r.figures(s, "casusoverleg", r.pick("Casusoverleg", "Case conferences"), r.some(
		"conference.held", "conference.scenario_set", "conference.days_to_scenario", "conference.change_moments", "conference.change_followed", "conference.consensus"), reports.SumGuidance)
	r.bars(s, "conference.held", "moment", r.pick("Casusoverleggen naar aanleiding", "Case conferences by occasion"), 0)
	r.bars(s, "conference.end_grounds", "end_ground", r.pick("Besluiten om te beëindigen naar grond", "Decisions to end, by ground"), 2)
	r.figures(s, "review", r.pick("Reviewteam en vraagstukken", "Review team and issues"), append(r.some(
		"review.submitted", "review.within_deadline", "review.overdue_on_reference_date", "review.put_to_state_secretary", "review.adopted",
		"escalation.within_deadline"), r.res.Breakdown("escalation.within_deadline", "kind")...))
	r.meetings(s)
}

// meetings sets the meetings of each year against those required.
func (r *report) meetings(s *workbook.Sheet) {
	list := r.res.Breakdown("governance.meetings", "kind", "year")
	if len(list) == 0 {
		return
	}
	kinds := values(list, "kind")
	t := workbook.Table{Name: "overleggen", Heading: r.title("governance.meetings"), Columns: []string{r.pick("Jaar", "Year")}, Notes: r.notes(list)}
	for _, k := range kinds {
		t.Columns = append(t.Columns, capital(r.value("governance.meetings", "kind", k)))
	}
	t.Columns = append(t.Columns, r.pick("Vereist", "Required"))
	for _, year := range values(list, "year") {
		row := []workbook.Cell{workbook.Text(year)}
		for _, k := range kinds {
			row = append(row, r.at("governance.meetings", "kind", k, "year", year))
		}
		t.Rows = append(t.Rows, append(row, r.at("governance.meetings_required", "year", year)))
	}
	s.Table(t)
}

func (r *report) subgoals() {
	s := r.book.Sheet(workbook.Options{
		Name: r.sheetNames().subgoals, Title: r.pick("Subdoelen", "Sub-objectives"), Marking: r.marking(),
		Explain: r.pick("Wat de pilot bereikte voor wie geen gewone uitweg heeft (art. 6.1): alle toegelaten casussen vanaf het begin van de pilot, naar hun beste uitkomst tot nu toe.",
			"What the pilot achieved for those without a standard way out (art. 6.1): all cases admitted since the pilot's start, by their best outcome so far."),
		Widths: []float64{36, 16, 16, 16, 16},
	})
	r.breakdown(s, "subgoal.admitted", "special_group")
	for _, text := range r.lang.WhyNotSum(reports.SumSubgoals) {
		s.Paragraph(text, workbook.Prose)
	}
	r.cross(s, "subgoal.level", "special_group", "level", r.pick("Beste uitkomst tot nu toe, naar bijzondere groep", "Best outcome so far, by special group"))
}
