package html

import (
	"math"
	"strings"

	"lvv/reports"
	"lvv/transform"
)

func (b *builder) durationSection() section {
	l := b.lang
	return section{ID: "duration", Title: l.Pick("Duur van de trajecten", "Duration of the trajectories"),
		Lead: l.Pick("Trajecten die nog lopen tellen mee tot de peildatum. Zo lijkt de duur niet korter dan zij is.",
			"Trajectories that are still running count up to the reference date, so that the duration does not look shorter than it is."),
		Parts: []part{{Picture: b.survivalPicture()}, {Picture: b.incidencePicture()},
			{Title: l.Pick("De duur in cijfers", "Duration in figures"), Table: b.durationTable()}}}
}

func (b *builder) survivalPicture() *picture {
	l := b.lang
	p := &picture{ID: "duration-survival", Height: 340, Title: l.Pick("Hoeveel trajecten na een aantal dagen nog lopen", "How many trajectories are still running after a number of days")}
	p.Text = b.survivalText()
	p.Table = b.daysTable(p.Title)
	rows, missing := b.curve("duration.curve", b.figure("duration.survival_median", "stat", "estimate"), "survival", "low", "high")
	if p.Missing = missing; missing != "" {
		return p
	}
	x := positions(rows)
	lines := band(l.Pick("grens", "limit"), x, pick(rows, 2), pick(rows, 3), colour(1), true)
	lines = append(lines, lineSeries{name: l.Pick("loopt nog", "still running"), x: x, y: pick(rows, 1), lineStyle: lineStyle{colour: colour(1), width: 2.5, step: true}})
	p.drawing = lineChart(axis{format: "days", min: 0}, axis{format: "percent", min: 0, max: 1}, lines)
	p.Legend = []key{{Mark: "band", Text: l.Pick("lichte band: de onzekerheid van de schatting (95%)", "light band: the uncertainty of the estimate (95%)")}}
	p.Notes = append([]string{l.Pick("De horizontale as telt de dagen sinds het begin van een traject.", "The horizontal axis counts the days since the start of a trajectory.")},
		b.thinned()...)
	return p
}

// curve returns the rows of a curve by day: the day, the share that is still running, and the other
// columns. Where there is nothing to draw it says why; f tells why of a curve that was not computed.
func (b *builder) curve(id string, f *transform.Figure, running string, others ...string) (rows [][]transform.Value, missing string) {
	if missing := b.lang.Undrawn(b.doc.Published, id, running, f); missing != "" {
		return nil, missing
	}
	rows, _ = b.series(id, append([]string{"day", running}, others...)...)
	return steps(rows), ""
}

// stepHeight is the least height of a step of a curve that a picture shows, of an axis from 0 to 1:
// about half a pixel.
const stepHeight = 0.0025

// steps leaves out of the rows of a curve, an abscissa and values between 0 and 1, those that nobody
// would see: where no value is a step away from the last row that stays. The first and the last stay.
func steps(rows [][]transform.Value) [][]transform.Value {
	var out [][]transform.Value
	for i, r := range rows {
		if i == 0 || i == len(rows)-1 || seen(out[len(out)-1][1:], r[1:]) {
			out = append(out, r)
		}
	}
	return out
}

func seen(before, now []transform.Value) bool {
	for i, v := range now {
		if v.IsNull() != before[i].IsNull() || !v.IsNull() && math.Abs(v.Float()-before[i].Float()) >= stepHeight {
			return true
		}
	}
	return false
}

// thinned says under a curve what its steps leave out.
func (b *builder) thinned() []string {
	if b.minCell == 0 {
		return nil
	}
	few := b.lang.Count(int64(b.minCell))
	return []string{b.say("Niet elke dag wordt getoond: elke trede staat voor ten minste %s trajecten, die ook in de dagen ervoor kunnen zijn geëindigd.",
		"Not every day is shown: each step stands for at least %s trajectories, which may have ended in the days before it as well.", few)}
}

func (b *builder) survivalText() string {
	estimate := b.figure("duration.survival_median", "stat", "estimate")
	year := b.figure("duration.survival", "day", "365", "stat", "estimate")
	var parts []string
	if known(year) {
		parts = append(parts, b.say("Na een jaar loopt nog %s van de trajecten.", "After a year, %s of the trajectories are still running.", b.lang.Figure(year, b.minCell)))
	}
	if known(estimate) {
		parts = append(parts, b.say("Na %s is de helft geëindigd.", "After %s half of them have ended.", b.lang.Figure(estimate, b.minCell)))
	} else if estimate != nil && (estimate.Status == "" || estimate.Status == transform.Undefined) {
		parts = append(parts, b.lang.Pick("Nog geen helft van de trajecten is geëindigd.", "Not yet half of the trajectories have ended."))
	}
	if len(parts) == 0 {
		return b.why(estimate)
	}
	return strings.Join(parts, " ")
}

// milestones are the days for which the definitions fix the curve.
var milestones = []string{"90", "180", "365", "540", "730"}

func (b *builder) daysTable(caption string) *table {
	l := b.lang
	t := &table{Caption: caption, Head: []string{l.Pick("Na", "After"), l.Pick("Loopt nog", "Still running"),
		l.Pick("Ondergrens", "Lower limit"), l.Pick("Bovengrens", "Upper limit"), l.Pick("Nog gevolgd", "At risk")}}
	for _, day := range milestones {
		r := []cell{text(b.label("day", day))}
		for _, stat := range []string{"estimate", "low", "high", "at_risk"} {
			r = append(r, b.cellOf(t, b.figure("duration.survival", "day", day, "stat", stat)))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// ends are the ways in which a trajectory ends, as far as the covenant sets them apart.
var ends = []string{"return", "onward", "legalisation", "other"}

func (b *builder) endLabel(end string) string {
	if end == "other" { // of every outcome's list, "other" is but one reason
		return b.catalogue.Label("duration.cumulative_incidence", "outcome", end).In(string(b.lang))
	}
	return b.label("outcome", end)
}

func (b *builder) incidencePicture() *picture {
	l := b.lang
	p := &picture{ID: "duration-incidence", Height: 340, Title: l.Pick("Hoe trajecten na een aantal dagen zijn geëindigd", "How trajectories have ended after a number of days")}
	p.Text = b.incidenceText()
	p.Table = &table{Caption: p.Title, Head: []string{l.Pick("Na", "After")}}
	for _, end := range ends {
		p.Table.Head = append(p.Table.Head, upperFirst(b.endLabel(end)))
	}
	p.Table.Head = append(p.Table.Head, l.Pick("Loopt nog", "Still running"))
	p.Table.Notes = l.WhyNotSum(reports.SumShares)
	for _, day := range milestones {
		r := []cell{text(b.label("day", day))}
		for _, end := range ends {
			r = append(r, b.cellOf(p.Table, b.figure("duration.cumulative_incidence", "outcome", end, "day", day)))
		}
		p.Table.Rows = append(p.Table.Rows, append(r, b.cellOf(p.Table, b.figure("duration.survival", "day", day, "stat", "estimate"))))
	}
	rows, missing := b.curve("duration.incidence", b.figure("duration.cumulative_incidence", "outcome", "return", "day", "365"), "running", ends...)
	if p.Missing = missing; missing != "" {
		return p
	}
	x := positions(rows)
	var lines []lineSeries
	for i, end := range ends {
		lines = append(lines, lineSeries{name: b.endLabel(end), x: x, y: pick(rows, i+2),
			lineStyle: lineStyle{colour: colour(i + 1), width: 1, area: 0.85, step: true, stack: true, pattern: true}})
	}
	lines = append(lines, lineSeries{name: l.Pick("loopt nog", "still running"), x: x, y: pick(rows, 1),
		lineStyle: lineStyle{colour: "var(--lvv-chart-rest)", width: 0.5, area: 0.5, step: true, stack: true}})
	p.drawing = lineChart(axis{format: "days", min: 0}, axis{format: "percent", min: 0, max: 1}, lines)
	p.Notes = b.thinned()
	return p
}

func (b *builder) incidenceText() string {
	at := func(outcome, day string) *transform.Figure {
		return b.figure("duration.cumulative_incidence", "outcome", outcome, "day", day)
	}
	for _, day := range []string{"365", "180", "90"} { // the latest of the first year that may be told
		solved, other := at("return", day), at("other", day)
		if known(solved) && known(other) {
			return b.say("Na %s is %s geëindigd in terugkeer, en %s zonder bestendige oplossing.",
				"After %s, %s have ended in return, and %s without a durable solution.",
				b.label("day", day), b.lang.Figure(solved, b.minCell), b.lang.Figure(other, b.minCell))
		}
	}
	return b.why(at("return", "365"))
}

func (b *builder) durationTable() *table {
	l := b.lang
	t := &table{Caption: l.Pick("De duur in cijfers", "Duration in figures"),
		Head: []string{l.Pick("Trajecten", "Trajectories"), l.Pick("Aantal", "Number"), l.Pick("Gemiddeld", "Mean"),
			l.Pick("25e percentiel", "25th percentile"), l.Pick("Mediaan", "Median"), l.Pick("75e percentiel", "75th percentile")}}
	stats := []string{"n", "mean", "p25", "median", "p75"}
	ended := func(title string, scenario string) {
		r := []cell{text(title)}
		for _, stat := range stats {
			if scenario == "" {
				r = append(r, b.cellOf(t, b.figure("duration.ended", "stat", stat)))
			} else {
				r = append(r, b.cellOf(t, b.figure("duration.ended", "scenario", scenario, "stat", stat)))
			}
		}
		t.Rows = append(t.Rows, r)
	}
	ended(l.Pick("Geëindigd in deze periode", "Ended in this period"), "")
	for _, scenario := range []string{"return", "onward", "legalisation", "undecided"} {
		ended("Scenario "+b.label("scenario", scenario), scenario)
	}
	running := []cell{text(l.Pick("Nog lopend op de peildatum", "Running on the reference date"))}
	for _, stat := range stats {
		c := cell{Number: true}
		if stat == "n" || stat == "mean" || stat == "median" {
			c = b.cellOf(t, b.figure("duration.running", "stat", stat))
		}
		running = append(running, c)
	}
	t.Rows = append(t.Rows, running)
	t.Notes = l.WhyNotSum(reports.SumDuration)
	return t
}
