package content

import (
	"strings"

	"lvv/anonymize/published"
	"lvv/reports"
	"lvv/transform"
)

func (b *builder) durationSection() Section {
	l := b.lang
	table := b.durationTable()
	return Section{ID: "duration", Title: l.Pick("Duur van de trajecten", "Duration of the trajectories"), Sheet: l.Pick("Duur", "Duration"),
		Lead: l.Pick("Trajecten die nog lopen tellen mee tot de peildatum. Zo lijkt de duur niet korter dan zij is.",
			"Trajectories that are still running count up to the reference date, so that the duration does not look shorter than it is."),
		Parts: []Part{b.survivalPart(), b.incidencePart(), {ID: table.ID, Title: table.Caption, Table: table}}}
}

// milestoneDays are the days for which the definitions fix the curves.
var milestoneDays = []string{"90", "180", "365", "540", "730"}

func (b *builder) survivalPart() Part {
	l := b.lang
	median := b.figure("duration.survival_median", "stat", "estimate")
	p := Part{ID: "duration-survival", Title: l.Pick("Deel van de trajecten dat nog loopt, per termijn", "Share of the trajectories still running, by term"), Text: b.survivalText(median)}
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(l.Pick("Na", "After"), l.Pick("Loopt nog", "Still running"),
		l.Pick("Ondergrens", "Lower limit"), l.Pick("Bovengrens", "Upper limit"), l.Pick("Nog gevolgd", "At risk"))}
	for _, day := range milestoneDays {
		r := []Cell{text(b.label("day", day))}
		for _, stat := range []string{"estimate", "low", "high", "at_risk"} {
			r = append(r, b.cell(t, b.figure("duration.survival", "day", day, "stat", stat)))
		}
		t.Rows = append(t.Rows, r)
	}
	p.Table = t
	rows, missing := b.curve("duration.curve", median, "survival", "low", "high")
	if missing != "" {
		p.Missing = missing
		return p
	}
	p.Chart = &Chart{ID: p.ID, Kind: Steps, Title: p.Title, X: b.daysAxis(), Y: Axis{Format: "percent", Max: 1}, Series: []Series{
		{Name: l.Pick("onzekerheid (95%)", "uncertainty (95%)"), Colour: 1, Role: Band, Points: between(rows, 2, 3)},
		{Name: l.Pick("loopt nog", "still running"), Colour: 1, Role: Reached, Points: points(rows, 1)},
	}, Keys: []Key{{Mark: "band", Text: l.Pick("lichte band: de onzekerheid van de schatting (95%)", "light band: the uncertainty of the estimate (95%)")}}}
	p.Notes = b.thinned()
	return p
}

func (b *builder) daysAxis() Axis {
	return Axis{Format: "days", Title: b.lang.Pick("dagen sinds het begin", "days since the start")}
}

// thinned says under a curve what its steps leave out.
func (b *builder) thinned() []string {
	if b.doc.MinCell == 0 {
		return nil
	}
	return []string{b.say("Niet elke dag wordt getoond: elke trede staat voor ten minste %d trajecten, die ook in de dagen ervoor kunnen zijn geëindigd.",
		"Not every day is shown: each step stands for at least %d trajectories, which may have ended in the days before it as well.", b.doc.MinCell)}
}

func (b *builder) survivalText(median *published.Figure) string {
	var parts []string
	if year := b.figure("duration.survival", "day", "365", "stat", "estimate"); year.Known() {
		parts = append(parts, b.say("Na een jaar loopt nog %s van de trajecten.", "After a year, %s of the trajectories are still running.", b.show(year)))
	}
	switch {
	case median.Known():
		parts = append(parts, b.say("Na %s was de helft afgelopen.", "After %s half of them had ended.", b.said(median)))
	case median != nil && median.Status == transform.Undefined:
		parts = append(parts, b.lang.Pick("Nog geen helft van de trajecten is geëindigd.", "Not yet half of the trajectories have ended."))
	}
	if len(parts) == 0 {
		return b.missing(median)
	}
	return strings.Join(parts, " ")
}

// ends are the ways in which a trajectory ends, as far as the covenant sets them apart.
var ends = []string{"return", "onward", "legalisation", "other"}

func (b *builder) incidencePart() Part {
	l := b.lang
	const id = "duration.cumulative_incidence"
	p := Part{ID: "duration-incidence", Title: l.Pick("Hoe trajecten zijn geëindigd, per termijn", "How trajectories have ended, by term"), Text: b.incidenceText()}
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(l.Pick("Na", "After")), Notes: b.whyNot(sumShares)}
	names := make([]string, len(ends))
	for i, end := range ends {
		names[i] = reports.LabelOf(id, "outcome", end, l)
		t.Columns = append(t.Columns, Column{Title: upperFirst(names[i]), Number: true})
	}
	t.Columns = append(t.Columns, Column{Title: l.Pick("Loopt nog", "Still running"), Number: true})
	for _, day := range milestoneDays {
		r := []Cell{text(b.label("day", day))}
		for _, end := range ends {
			r = append(r, b.cell(t, b.figure(id, "outcome", end, "day", day)))
		}
		t.Rows = append(t.Rows, append(r, b.cell(t, b.figure("duration.survival", "day", day, "stat", "estimate"))))
	}
	p.Table = t
	rows, missing := b.curve("duration.incidence", b.figure(id, "outcome", "return", "day", "365"), "running", ends...)
	if missing != "" {
		p.Missing = missing
		return p
	}
	c := &Chart{ID: p.ID, Kind: Areas, Title: p.Title, X: b.daysAxis(), Y: Axis{Format: "percent", Max: 1}}
	for i, name := range names {
		c.Series = append(c.Series, Series{Name: name, Colour: i + 1, Role: Share, Points: points(rows, i+2)})
	}
	c.Series = append(c.Series, Series{Name: l.Pick("loopt nog", "still running"), Role: Rest, Points: points(rows, 1)})
	p.Chart, p.Notes = c, b.thinned()
	return p
}

func (b *builder) incidenceText() string {
	at := func(outcome, day string) *published.Figure {
		return b.figure("duration.cumulative_incidence", "outcome", outcome, "day", day)
	}
	for _, day := range []string{"365", "180", "90"} { // the latest of the first year that may be told
		if solved, other := at("return", day), at("other", day); solved.Known() && other.Known() {
			return b.say("Na %s is %s geëindigd in terugkeer, en %s zonder bestendige oplossing.",
				"After %s, %s have ended in return, and %s without a durable solution.", b.label("day", day), b.show(solved), b.show(other))
		}
	}
	return b.missing(at("return", "365"))
}

func (b *builder) durationTable() *Table {
	l := b.lang
	t := &Table{ID: "duration-figures", Caption: l.Pick("De duur in cijfers, in dagen", "Duration in figures, in days"), Columns: head(
		l.Pick("Trajecten", "Trajectories"), l.Pick("Aantal", "Number"), l.Pick("Gemiddeld", "Mean"),
		l.Pick("25e percentiel", "25th percentile"), l.Pick("Mediaan", "Median"), l.Pick("75e percentiel", "75th percentile")),
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
	add(l.Pick("Geëindigd in deze periode", "Ended in this period"), "duration.ended")
	for _, scenario := range values(b.doc.Breakdown("duration.ended", "scenario", "stat"), "scenario") {
		add("Scenario "+b.label("scenario", scenario), "duration.ended", "scenario", scenario)
	}
	add(l.Pick("Nog lopend op de peildatum", "Running on the reference date"), "duration.running")
	return t
}
