package excel

import (
	"fmt"
	"slices"

	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// pick returns the named columns of a series as rows, missing ones as nulls.
func columns(s *transform.Series, names ...string) [][]transform.Value {
	if s == nil {
		return nil
	}
	at := make([]int, len(names))
	for i, n := range names {
		at[i] = slices.Index(s.Columns, n)
	}
	out := make([][]transform.Value, len(s.Rows))
	for i, row := range s.Rows {
		out[i] = make([]transform.Value, len(names))
		for j, k := range at {
			if k >= 0 && k < len(row) {
				out[i][j] = row[k]
			}
		}
	}
	return out
}

// cells turns rows of values into cells, each column in its unit.
func cells(rows [][]transform.Value, units ...string) [][]workbook.Cell {
	out := make([][]workbook.Cell, len(rows))
	for i, row := range rows {
		out[i] = make([]workbook.Cell, len(row))
		for j, v := range row {
			out[i][j] = workbook.Value(v, units[j])
		}
	}
	return out
}

// daily writes every night of the period, with the places.
func (r *report) daily() {
	s := r.book.Sheet(workbook.Options{
		Name: r.sheetNames().daily, Title: r.pick("Bezetting per dag", "Occupancy by day") + " – " + r.lang.Period(r.res.Period), Marking: r.marking(),
		Explain: r.pick("Personen die de nacht van die dag in de opvang doorbrachten, naast de plaatsen.", "Persons who spent the night of that day in the shelter, beside the places."),
		Widths:  []float64{18, 12, 14, 14},
		Lying:   true,
	})
	rows := columns(r.res.SeriesNamed("occupancy.places"), "date", "persons", "agreed", "capacity")
	t := workbook.Table{
		Name: "bezetting_per_dag",
		Columns: []string{r.pick("Datum", "Date"), r.pick("Personen", "Persons"), r.pick("Afgesproken plaatsen", "Agreed places"),
			r.pick("Beschikbare plaatsen", "Available places")},
		Rows: cells(rows, "date", "count", "count", "count"),
	}
	total := r.res.Figure("occupancy.person_nights")
	if total != nil && total.Status == "" {
		t.Total = []workbook.Cell{workbook.Text(r.pick("Persoonsnachten", "Person nights")), r.cell(total)}
	}
	a := s.Table(t)
	a.FreezeHeader()
	if len(rows) == 0 {
		return
	}
	title := r.pick("Personen per nacht tegenover de plaatsen", "Persons a night against the places")
	from := a
	if !a.Numeric(1) {
		from = r.drawnFrom(a, title)
	}
	series := from.Series(1, 2)
	series[1].Dashed = true
	if a.Numeric(3) {
		capacity := from.Series(3)[0]
		capacity.Dashed, capacity.Colour = true, 3
		series = append(series, capacity)
	}
	s.ChartBeside(a, workbook.Chart{
		Kind: workbook.Lines, Title: title, Series: series, XDates: true, Height: 20, TickSkip: max(1, len(rows)/12),
		Alt: r.dailyAlt(title, rows),
	})
	if t.Total != nil && a.Numeric(1) {
		r.book.Check(r.title("occupancy.person_nights")+": "+r.pick("som van alle nachten", "sum of all nights"),
			a.TotalCell(1), workbook.Whole, "SUM("+a.Column(1)+")")
	}
}

// dailyAlt tells the course of the occupancy in words.
func (r *report) dailyAlt(title string, rows [][]transform.Value) string {
	first, last := rows[0], rows[len(rows)-1]
	text := fmt.Sprintf(r.pick("%s, van %s (%s) tot %s (%s); afgesproken plaatsen op de laatste dag: %s.",
		"%s, from %s (%s) to %s (%s); agreed places on the last day: %s."),
		title, r.lang.DateLong(first[0].Day()), r.persons(first[1]), r.lang.DateLong(last[0].Day()), r.persons(last[1]), r.lang.Value(last[2], "count"))
	if peak := r.res.Figure("occupancy.peak"); peak != nil && peak.Status == "" {
		text += fmt.Sprintf(r.pick(" De drukste nacht telde %s.", " The busiest night counted %s."), r.persons(peak.Value))
	}
	return text
}

func (r *report) persons(v transform.Value) string {
	return reports.Counted(r.lang.Value(v, "count"), r.pick("persoon", "person"), r.pick("personen", "persons"))
}

// flow writes what came in and went out by quarter since the pilot's start.
func (r *report) flow(s *workbook.Sheet) {
	rows := columns(r.res.SeriesNamed("flow.quarters"), "quarter", "applications", "admissions", "refusals", "trajectories_ended")
	if len(rows) == 0 {
		return
	}
	title := r.pick("In en uit per kwartaal, vanaf het begin van de pilot", "In and out by quarter since the pilot's start")
	a := s.Table(workbook.Table{
		Name: "stroom", Heading: title,
		Columns: []string{r.pick("Kwartaal", "Quarter"), r.pick("Aanmeldingen", "Applications"), r.pick("Toelatingen", "Admissions"),
			r.pick("Afwijzingen", "Refusals"), r.pick("Geëindigde trajecten", "Trajectories ended")},
		Rows:  cells(rows, "", "count", "count", "count", "count"),
		Notes: r.lang.WhyNotSum(reports.SumQuarters),
	})
	from := r.drawnFrom(a, title)
	s.Chart(workbook.Chart{Kind: workbook.Columns, Title: title, Alt: r.alt(title, a), Series: from.Series(1, 2, 4)})
}

// durable writes the way to the target, with the forecast.
func (r *report) durable() {
	s := r.sheet(r.sheetNames().durable, r.pick("Bestendige oplossingen", "Durable solutions"),
		r.pick("Casussen met terugkeer, doormigratie of legalisering vanaf het begin van de pilot (art. 1.5), naast de rechte lijn naar het doel.",
			"Cases with return, onward migration or legalisation since the pilot's start (art. 1.5), beside the straight line to the target."))
	r.figures(s, "bestendig", r.pick("Kerncijfers", "Key figures"), r.some(
		"durable.cases", "durable.cases_in_period", "durable.target", "durable.progress", "durable.expected", "durable.forecast",
		"durable.share_strict", "durable.share_broad"))
	r.progress(s)
	r.bars(s, "durable.cases", "outcome", r.pick("Bestendige oplossingen naar soort", "Durable solutions by kind"), 0)
}

// progress draws the cumulative course, the straight line to the target and the forecast.
func (r *report) progress(s *workbook.Sheet) {
	done := columns(r.res.SeriesNamed("durable.progress"), "date", "cases", "expected", "", "", "")
	fan := columns(r.res.SeriesNamed("durable.fan"), "date", "", "", "p10", "p50", "p90")
	if len(done) == 0 {
		return
	}
	rows := done
	last := len(done) - 1
	for _, f := range fan {
		if f[0] == done[last][0] {
			copy(rows[last][3:], f[3:])
			continue
		}
		if f[0].Day() == r.doc.Terms.End {
			f[2] = transform.CountOf(r.doc.Terms.TargetCases)
		}
		rows = append(rows, f)
	}
	title := r.pick("Bestendige oplossingen tegenover de rechte lijn naar het doel", "Durable solutions against the straight line to the target")
	from := r.book.ChartData(title, []string{r.pick("Datum", "Date"), r.pick("Casussen tot dan", "Cases so far"), r.pick("Rechte lijn naar het doel", "Straight line to the target"),
		r.pick("Verwacht: laag (10%)", "Expected: low (10%)"), r.pick("Verwacht: midden", "Expected: middle"), r.pick("Verwacht: hoog (90%)", "Expected: high (90%)")},
		cells(rows, "date", "count", "count", "count", "count", "count"))
	series := from.Series(1, 2, 3, 4, 5)
	series[1].Dashed, series[1].Colour = true, 3
	series[2].Dashed, series[2].Colour = true, 2
	series[3].Colour = 2
	series[4].Dashed, series[4].Colour = true, 2
	s.Chart(workbook.Chart{Kind: workbook.Lines, Title: title, Alt: r.progressAlt(title), Series: series, XDates: true, Span: true, Height: 20, TickSkip: max(1, len(rows)/12)})
	s.Table(workbook.Table{
		Name: "voortgang", Heading: r.pick("Voortgang en vooruitblik", "Progress and forecast"),
		Columns: []string{r.pick("Datum", "Date"), r.pick("Casussen tot dan", "Cases so far"), r.pick("Rechte lijn naar het doel", "Straight line to the target"),
			r.pick("Verwacht: laag (10%)", "Expected: low (10%)"), r.pick("Verwacht: midden", "Expected: middle")},
		Rows:  cells(cut(rows, 5), "date", "count", "count", "count", "count"),
		Notes: []string{r.pick("De hoge verwachting (90%) staat bij de kerncijfers. De vooruitblik gaat ervan uit dat het tempo tot nu toe aanhoudt.", "The high expectation (90%) stands with the key figures. The forecast assumes that the pace so far continues.")},
	})
}

// cut keeps the first columns.
func cut(rows [][]transform.Value, n int) [][]transform.Value {
	out := make([][]transform.Value, len(rows))
	for i, row := range rows {
		out[i] = row[:n]
	}
	return out
}

func (r *report) progressAlt(title string) string {
	show := func(id string, dims ...string) string {
		return r.lang.Figure(r.res.Figure(id, dims...), r.doc.Published.MinCell)
	}
	return fmt.Sprintf(r.pick("%s. Stand op %s: %s; op de rechte lijn: %s; het doel is %s. Verwacht aan het einde van de pilot: %s, tussen %s en %s.",
		"%s. The count on %s: %s; on the straight line: %s; the target is %s. Expected at the pilot's end: %s, between %s and %s."),
		title, r.lang.DateLong(r.res.Period.AsOf), show("durable.cases"), show("durable.expected"), show("durable.target"),
		show("durable.forecast", "stat", "p50"), show("durable.forecast", "stat", "p10"), show("durable.forecast", "stat", "p90"))
}

// duration writes how long trajectories take, those that still run included.
func (r *report) duration() {
	s := r.sheet(r.sheetNames().duration, r.pick("Duur van de begeleiding", "Duration of guidance"),
		r.pick("Wat is een realistische duur (art. 6.2)? Trajecten die nog lopen tellen mee: een gemiddelde over alleen de afgeronde trajecten is te kort.",
			"What is a realistic duration (art. 6.2)? Trajectories that still run are counted: a mean over the finished ones alone is too short."))
	list := slices.Concat(r.some("duration.survival_median", "duration.ended", "duration.running", "duration.long_stay"))
	r.figures(s, "duur", r.pick("Kerncijfers", "Key figures"), list, reports.SumDuration)
	r.cross(s, "duration.survival", "day", "stat", "")
	r.curve(s)
	r.waysOut(s)
	r.cross(s, "duration.ended", "scenario", "stat", "")
}

// curve draws the share of trajectories still running, with its limits, or says why not.
func (r *report) curve(s *workbook.Sheet) {
	title := r.pick("Aandeel trajecten dat na zoveel dagen nog loopt", "Share of trajectories still running after so many days")
	median := r.res.Figure("duration.survival_median", "stat", "estimate")
	if missing := r.lang.Undrawn(r.doc.Published, "duration.curve", "survival", median); missing != "" {
		s.Paragraph(title+". "+missing, workbook.Prose)
		return
	}
	rows := columns(r.res.SeriesNamed("duration.curve"), "day", "survival", "low", "high")
	titles := []string{r.pick("Dagen sinds de start", "Days since the start"), r.pick("Loopt nog", "Still running"),
		r.pick("Ondergrens (95%)", "Lower limit (95%)"), r.pick("Bovengrens (95%)", "Upper limit (95%)")}
	from := r.book.ChartData(title, titles, cells(steps(rows), "count", "ratio", "ratio", "ratio"))
	series := from.Series(1, 2, 3)
	for i := 1; i < 3; i++ {
		series[i].Dashed, series[i].Colour = true, 2
	}
	s.Chart(workbook.Chart{
		Kind: workbook.Scatter, Title: title, Series: series, YFormat: workbook.Percent, YMax: 1, XTitle: titles[0],
		Alt: fmt.Sprintf(r.pick("%s. De helft is geëindigd na %s.", "%s. Half of them have ended after %s."), title,
			r.lang.Figure(median, r.doc.Published.MinCell)),
	})
}

// steps draws a step function: it stays level up to the day on which it falls.
func steps(rows [][]transform.Value) [][]transform.Value {
	var out [][]transform.Value
	for i, row := range rows {
		if i > 0 {
			level := slices.Clone(rows[i-1])
			level[0] = row[0]
			out = append(out, level)
		}
		out = append(out, row)
	}
	return out
}

// waysOut stacks what still runs and the four ways in which a trajectory ends, after set days.
func (r *report) waysOut(s *workbook.Sheet) {
	list := r.res.Breakdown("duration.cumulative_incidence", "outcome", "day")
	if len(list) == 0 {
		list = r.res.Breakdown("duration.cumulative_incidence", "day", "outcome")
	}
	if len(list) == 0 {
		return
	}
	outcomes := values(list, "outcome")
	title := r.pick("Hoe trajecten ervoor staan na zoveel dagen", "How trajectories stand after so many days")
	t := workbook.Table{Name: "uitkomsten", Heading: title, Columns: []string{r.pick("Na", "After")}, Notes: append(r.notes(list), r.lang.WhyNotSum(reports.SumShares)...)}
	for _, o := range outcomes {
		t.Columns = append(t.Columns, capital(r.value("duration.cumulative_incidence", "outcome", o)))
	}
	for _, d := range values(list, "day") {
		row := []workbook.Cell{workbook.Text(d + r.pick(" dagen", " days"))}
		for _, o := range outcomes {
			row = append(row, r.at("duration.cumulative_incidence", "day", d, "outcome", o))
		}
		t.Rows = append(t.Rows, row)
	}
	a := s.Table(t)
	stacked := make([][]workbook.Cell, len(t.Rows))
	for i, d := range values(list, "day") {
		stacked[i] = append(slices.Clone(t.Rows[i]), r.at("duration.survival", "day", d, "stat", "estimate"))
	}
	from := r.book.ChartData(title, append(slices.Clone(t.Columns), r.pick("Loopt nog", "Still running")), stacked)
	all := make([]int, len(outcomes)+1)
	for i := range all {
		all[i] = i + 1
	}
	series := from.Series(all...)
	series[len(series)-1].Colour = 4
	s.Chart(workbook.Chart{Kind: workbook.StackedColumns, Title: title, Alt: r.alt(title, a), Series: series, YFormat: workbook.Percent, YMax: 1})
}

// funding writes the money.
func (r *report) funding() {
	s := r.wideSheet(r.sheetNames().funding, r.pick("Financiering", "Funding"),
		r.pick("De bijdrage is een vast bedrag per afgesproken plaats per dag, bezet of niet (art. 15).", "The contribution is a fixed amount per agreed place per day, filled or not (art. 15)."),
		[]float64{36, 18, 18, 18, 18})
	r.figures(s, "financiering", r.pick("Kerncijfers", "Key figures"), r.some(
		"funding.entitlement", "funding.entitlement_to_date", "funding.received", "funding.received_to_date", "funding.balance",
		"funding.per_occupied_night", "funding.per_durable_solution"), reports.SumFunding, reports.SumBudget)
	r.quarters(s)
	r.breakdown(s, "funding.entitlement", "source")
	r.breakdown(s, "funding.received", "source")
	r.years(s)
	r.cross(s, "funding.budget", "year", "source", "")
}

func (r *report) quarters(s *workbook.Sheet) {
	rows := columns(r.res.SeriesNamed("funding.quarters"), "quarter", "entitlement", "received", "person_nights", "per_occupied_night")
	if len(rows) == 0 {
		return
	}
	title := r.pick("Bijdrage en ontvangsten per kwartaal", "Entitlement and receipts by quarter")
	a := s.Table(workbook.Table{
		Name: "kwartalen", Heading: title,
		Columns: []string{r.pick("Kwartaal", "Quarter"), r.pick("Bijdrage", "Entitlement"), r.pick("Ontvangen", "Received"),
			r.pick("Persoonsnachten", "Person nights"), r.pick("Per bezette nacht", "Per occupied night")},
		Rows: cells(rows, "", "eur", "eur", "count", "eur"),
	})
	s.Chart(workbook.Chart{Kind: workbook.Columns, Title: title, Alt: r.alt(title, a), Series: a.Series(1, 2), YFormat: workbook.Euro, Negative: true})
}

// years writes the entitlement of each calendar year, which add up to that to date.
func (r *report) years(s *workbook.Sheet) {
	list := r.res.Breakdown("funding.entitlement", "year")
	if len(list) == 0 {
		return
	}
	t := workbook.Table{Name: "jaren", Heading: r.title("funding.entitlement") + r.pick(" per kalenderjaar", " by calendar year"),
		Columns: []string{r.pick("Jaar", "Year"), r.pick("Bijdrage", "Entitlement")}}
	for i := range list {
		t.Rows = append(t.Rows, []workbook.Cell{workbook.Text(list[i].Dims[0].Value), r.cell(&list[i])})
	}
	total := r.res.Figure("funding.entitlement_to_date")
	if total != nil && total.Status == "" {
		t.Total = []workbook.Cell{workbook.Text(r.pick("Tot en met de peildatum", "Up to the reference date")), r.cell(total)}
	}
	a := s.Table(t)
	if t.Total != nil && a.Numeric(1) {
		r.book.Check(t.Heading+": "+r.pick("som van de jaren", "sum of the years"), a.TotalCell(1), workbook.Euro, "SUM("+a.Column(1)+")")
	}
}
