package content

import (
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform"
)

// area is what a set of durations is about: courses of guidance, or single trajectories.
type area struct {
	id                  string // of the figures and series
	many, one           string // what ends
	of                  string // title of the table in figures
	ends                []string
	survival, incidence string // titles
}

func (b *builder) courses() area {
	return area{"course", b.Pick("begeleidingsperiodes", "courses of guidance"), b.Pick("Begeleidingsperiodes", "Courses of guidance"),
		b.Pick("De duur van de begeleiding in cijfers, in dagen", "Duration of guidance in figures, in days"),
		[]string{"return", "onward", "legalisation", "semi_durable", "other"},
		b.Pick("Deel van de begeleiding dat nog loopt, per termijn", "Share of guidance still running, by term"),
		b.Pick("Hoe begeleiding is geëindigd, per termijn", "How guidance has ended, by term")}
}

func (b *builder) trajectories() area {
	return area{"duration", b.Pick("trajecten", "trajectories"), b.Pick("Trajecten", "Trajectories"),
		b.Pick("De duur van de trajecten in cijfers, in dagen", "Duration of the trajectories in figures, in days"),
		[]string{"return", "onward", "legalisation", "other"},
		b.Pick("Deel van de trajecten dat nog loopt, per termijn", "Share of the trajectories still running, by term"),
		b.Pick("Hoe trajecten zijn geëindigd, per termijn", "How trajectories have ended, by term")}
}

func (b *builder) durationSection() Section {
	s := Section{ID: "duration", Title: b.Pick("Duur van de begeleiding", "Duration of guidance"), Sheet: b.Pick("Duur", "Duration"),
		Lead: b.Pick("Wat nog loopt telt mee tot de peildatum. Zo lijkt de duur niet korter dan zij is. Een begeleidingsperiode is alles wat iemand zonder onderbreking doormaakt: een ander scenario is geen einde. Daarachter staat hetzelfde voor elk traject apart.",
			"What is still running counts up to the reference date, so that the duration does not look shorter than it is. A course of guidance is all that someone goes through without a break: another scenario is no end. Behind it stands the same for each trajectory.")}
	for _, a := range []area{b.courses(), b.trajectories()} {
		s.Parts = append(s.Parts, b.survivalPart(a), b.incidencePart(a), b.tablePart(b.durationTable(a)))
	}
	return s
}

// milestoneDays are the days for which the definitions fix the curves.
var milestoneDays = []string{"90", "180", "365", "540", "730"}

func (b *builder) survivalPart(a area) Part {
	median := b.figure(a.id+".survival_median", "stat", "estimate")
	p := Part{ID: a.id + "-survival", Title: a.survival, Text: b.survivalText(a, median)}
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(b.Pick("Na", "After"), b.Pick("Loopt nog", "Still running"),
		b.Pick("Ondergrens", "Lower limit"), b.Pick("Bovengrens", "Upper limit"), b.Pick("Nog gevolgd", "At risk"))}
	for _, day := range milestoneDays {
		stats := b.cells(t, a.id+".survival", "stat", []string{"estimate", "low", "high", "at_risk"}, "day", day)
		t.Rows = append(t.Rows, append([]Cell{text(b.label("day", day))}, stats...))
	}
	p.Table = t
	rows, missing := b.curve(a.id+".curve", median, "survival", "low", "high")
	if missing != "" {
		p.Missing = missing
		return p
	}
	p.Chart = &Chart{ID: p.ID, Kind: Steps, Title: p.Title, X: b.daysAxis(), Y: Axis{Format: "percent", Max: 1}, Series: []Series{
		{Name: b.Pick("onzekerheid (95%)", "uncertainty (95%)"), Colour: 1, Role: Band, Points: between(rows, 2, 3)},
		{Name: b.Pick("loopt nog", "still running"), Colour: 1, Role: Reached, Points: points(rows, 1)},
	}, Keys: []Key{{Mark: "band", Text: b.Pick("lichte band: de onzekerheid van de schatting (95%)", "light band: the uncertainty of the estimate (95%)")}}}
	p.Notes = b.thinned(a)
	return p
}

func (b *builder) daysAxis() Axis {
	return Axis{Format: "days", Title: b.Pick("dagen sinds het begin", "days since the start")}
}

// thinned says under a curve what its steps leave out.
func (b *builder) thinned(a area) []string {
	if b.doc.MinCell == 0 {
		return nil
	}
	return []string{b.say("Niet elke dag wordt getoond: elke trede staat voor ten minste %d %s, die ook in de dagen ervoor kunnen zijn geëindigd.",
		"Not every day is shown: each step stands for at least %d %s, which may have ended in the days before it as well.", b.doc.MinCell, a.many)}
}

func (b *builder) survivalText(a area, median *published.Figure) string {
	var parts []string
	if year := b.figure(a.id+".survival", "day", "365", "stat", "estimate"); year.Known() {
		parts = append(parts, b.say("Na een jaar loopt nog %s van de %s.", "After a year, %s of the %s are still running.", b.show(year), a.many))
	}
	switch {
	case median.Known():
		parts = append(parts, b.say("Na %s was de helft afgelopen.", "After %s half of them had ended.", b.said(median)))
	case median != nil && median.Status == transform.Undefined:
		parts = append(parts, b.say("Nog geen helft van de %s is geëindigd.", "Not yet half of the %s have ended.", a.many))
	}
	if len(parts) == 0 {
		return b.missing(median)
	}
	return strings.Join(parts, " ")
}

func (b *builder) incidencePart(a area) Part {
	id := a.id + ".cumulative_incidence"
	p := Part{ID: a.id + "-incidence", Title: a.incidence, Text: b.incidenceText(id)}
	names := lists.Map(a.ends, func(end string) string { return reports.LabelOf(id, "outcome", end, b.Lang) })
	titles := append(lists.Map(names, upperFirst), b.Pick("Loopt nog", "Still running"))
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(b.Pick("Na", "After"), titles...), Notes: b.whyNot(sumShares)}
	for _, day := range milestoneDays {
		r := append([]Cell{text(b.label("day", day))}, b.cells(t, id, "outcome", a.ends, "day", day)...)
		t.Rows = append(t.Rows, append(r, b.cell(t, b.figure(a.id+".survival", "day", day, "stat", "estimate"))))
	}
	p.Table = t
	rows, missing := b.curve(a.id+".incidence", b.figure(id, "outcome", "return", "day", "365"), "running", a.ends...)
	if missing != "" {
		p.Missing = missing
		return p
	}
	c := &Chart{ID: p.ID, Kind: Areas, Title: p.Title, X: b.daysAxis(), Y: Axis{Format: "percent", Max: 1}}
	for i, name := range names {
		c.Series = append(c.Series, Series{Name: name, Colour: i + 1, Role: Share, Points: points(rows, i+2)})
	}
	c.Series = append(c.Series, Series{Name: b.Pick("loopt nog", "still running"), Role: Rest, Points: points(rows, 1)})
	p.Chart, p.Notes = c, b.thinned(a)
	return p
}

func (b *builder) incidenceText(id string) string {
	at := func(outcome, day string) *published.Figure {
		return b.figure(id, "outcome", outcome, "day", day)
	}
	for _, day := range []string{"365", "180", "90"} { // the latest of the first year that may be told
		if solved, other := at("return", day), at("other", day); solved.Known() && other.Known() {
			return b.say("Na %s is %s geëindigd in terugkeer, en %s zonder bestendige oplossing.",
				"After %s, %s have ended in return, and %s without a durable solution.", b.label("day", day), b.show(solved), b.show(other))
		}
	}
	return b.missing(at("return", "365"))
}

func (b *builder) durationTable(a area) *Table {
	t := &Table{ID: a.id + "-figures", Caption: a.of, Columns: head(
		a.one, b.Pick("Aantal", "Number"), b.Pick("Gemiddeld", "Mean"),
		b.Pick("25e percentiel", "25th percentile"), b.Pick("Mediaan", "Median"), b.Pick("75e percentiel", "75th percentile")),
		Notes: b.whyNot(sumDuration)}
	add := func(title, id string, dims ...string) {
		r := []Cell{text(title)}
		for _, stat := range []string{"n", "mean", "p25", "median", "p75"} {
			f := b.figure(id, append(append([]string{}, dims...), "stat", stat)...)
			if f == nil && b.figure(id, append(append([]string{}, dims...), "stat", "n")...) != nil {
				r = append(r, b.notApplicable())
				continue
			}
			r = append(r, b.cell(t, f))
		}
		t.Rows = append(t.Rows, r)
	}
	add(b.Pick("Geëindigd in deze periode", "Ended in this period"), a.id+".ended")
	for _, scenario := range values(b.doc.Breakdown(a.id+".ended", "scenario", "stat"), "scenario") {
		add("Scenario "+b.label("scenario", scenario), a.id+".ended", "scenario", scenario)
	}
	add(b.Pick("Nog lopend op de peildatum", "Running on the reference date"), a.id+".running")
	limits := []Cell{text(b.Pick("Na zoveel dagen is de helft geëindigd, lopende inbegrepen", "Days until half have ended, running ones included")), b.notApplicable(), b.notApplicable()}
	t.Rows = append(t.Rows, append(limits, b.cells(t, a.id+".survival_median", "stat", []string{"low", "estimate", "high"})...))
	t.Notes = append(t.Notes, b.Pick("Bij de laatste rij staan onder de percentielen de grenzen van 95%.", "In the last row the 95% limits stand under the percentiles."))
	return t
}
