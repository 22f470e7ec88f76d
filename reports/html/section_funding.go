package html

import (
	"lvv/reports"
	"lvv/transform"
)

func (b *builder) fundingSection() section {
	l := b.lang
	s := section{ID: "funding", Title: l.Pick("Geld", "Money"),
		Lead: l.Pick("Het Rijk betaalt per afgesproken plaats per dag, ook als een plaats leeg is.", "The State pays for each agreed place for each day, filled or not.")}
	if t := b.doc.Terms; t != nil && t.RateCents > 0 {
		s.Lead = b.say("Per afgesproken plaats wordt per dag %s betaald, ook als een plaats leeg is.", "Each agreed place is paid %s a day, filled or not.", l.Euro(t.RateCents))
	}
	money := b.list(l.Pick("Het geld in cijfers", "Money in figures"),
		row{l.Pick("Recht in deze periode", "Entitlement in this period"), "funding.entitlement", nil},
		row{l.Pick("Ontvangen in deze periode", "Received in this period"), "funding.received", nil},
		row{l.Pick("Recht sinds het begin", "Entitlement since the start"), "funding.entitlement_to_date", nil},
		row{l.Pick("Ontvangen sinds het begin", "Received since the start"), "funding.received_to_date", nil},
		row{l.Pick("Nog te ontvangen", "Still to be received"), "funding.balance", nil},
		row{l.Pick("Per bezette nacht", "Per occupied night"), "funding.per_occupied_night", nil},
		row{l.Pick("Per bestendige oplossing", "Per durable solution"), "funding.per_durable_solution", nil})
	money.Notes = l.WhyNotSum(reports.SumFunding)
	s.Parts = []part{{Picture: b.fundingPicture()}, {Picture: b.nightPicture()},
		{Title: l.Pick("Recht en ontvangst per bron", "Entitlement and receipts by source"), Table: b.breakdown(
			l.Pick("Recht en ontvangst per bron, in deze periode", "Entitlement and receipts by source, in this period"), "source",
			column{l.Pick("Recht", "Entitled"), "funding.entitlement"}, column{l.Pick("Ontvangen", "Received"), "funding.received"})},
		{Title: money.Caption, Table: money},
		b.budgetPart()}
	return s
}

func (b *builder) quarterNames(rows [][]transform.Value) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = b.quarter(r[0].Str())
	}
	return names
}

func (b *builder) fundingPicture() *picture {
	l := b.lang
	p := &picture{ID: "funding-quarters", Height: 320, Title: l.Pick("Recht en ontvangst per kwartaal", "Entitlement and receipts by quarter")}
	p.Text = b.fundingText()
	rows, ok := b.series("funding.quarters", "quarter", "entitlement", "received", "person_nights", "per_occupied_night")
	if !ok {
		p.Missing = b.why(b.figure("funding.entitlement"))
		return p
	}
	names := b.quarterNames(rows)
	titles := []string{l.Pick("recht", "entitled"), l.Pick("ontvangen", "received")}
	var series []barSeries
	for i, title := range titles {
		s := barSeries{name: title, colour: colour(2*i + 1)}
		for _, r := range rows {
			s.bars = append(s.bars, bar{value: r[i+1], text: b.moneyOrDash(r[i+1])})
		}
		series = append(series, s)
	}
	p.drawing = columnChart(euros(series), names, series)
	p.Table = &table{Caption: p.Title, Head: []string{l.Pick("Kwartaal", "Quarter"), l.Pick("Recht", "Entitled"), l.Pick("Ontvangen", "Received"),
		l.Pick("Bezette nachten", "Occupied nights"), l.Pick("Per bezette nacht", "Per occupied night")}}
	for i, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []cell{text(names[i]), b.valueCell(r[1], "eur"), b.valueCell(r[2], "eur"), b.valueCell(r[3], "count"), b.valueCell(r[4], "eur")})
	}
	return p
}

func (b *builder) moneyOrDash(v transform.Value) string {
	if v.IsNull() {
		return "–"
	}
	return b.lang.Value(v, "eur")
}

func (b *builder) fundingText() string {
	if !b.has("funding.entitlement") {
		return b.why(b.figure("funding.entitlement"))
	}
	if !b.has("funding.received") {
		return upperFirst(b.say("%s was er recht op %s. Wat is ontvangen, is niet aangeleverd.", "%s there was a right to %s. What was received was not delivered.",
			b.during(), b.rounded("funding.entitlement")))
	}
	return upperFirst(b.say("%s was er recht op %s en kwam er %s binnen.", "%s there was a right to %s, and %s came in.",
		b.during(), b.rounded("funding.entitlement"), b.rounded("funding.received")))
}

func (b *builder) nightPicture() *picture {
	l := b.lang
	p := &picture{ID: "funding-night", Height: 260, Title: l.Pick("Wat een bezette nacht kost, per kwartaal", "What an occupied night costs, by quarter")}
	f := b.figure("funding.per_occupied_night")
	p.Text = b.why(f)
	if known(f) {
		p.Text = upperFirst(b.say("%s kostte een bezette nacht %s. Hoe leger de opvang, hoe duurder een nacht.", "%s an occupied night cost %s. The emptier the shelter, the dearer a night.",
			b.during(), b.value("funding.per_occupied_night")))
	}
	rows, ok := b.series("funding.quarters", "quarter", "per_occupied_night")
	if !ok || allNull(pick(rows, 1)) {
		p.Missing = b.why(f)
		return p
	}
	s := barSeries{colour: colour(1)}
	for _, r := range rows {
		s.bars = append(s.bars, bar{value: r[1], text: b.moneyOrDash(r[1])})
	}
	series := []barSeries{s}
	p.drawing = columnChart(euros(series), b.quarterNames(rows), series)
	p.Table = &table{Caption: p.Title, Head: []string{l.Pick("Kwartaal", "Quarter"), l.Pick("Per bezette nacht", "Per occupied night")}}
	for i, name := range b.quarterNames(rows) {
		p.Table.Rows = append(p.Table.Rows, []cell{text(name), b.valueCell(rows[i][1], "eur")})
	}
	return p
}

func (b *builder) budgetPart() part {
	l := b.lang
	title := l.Pick("Begroting per jaar (bijlage 2)", "Budget by year (annex 2)")
	figures := b.results.Breakdown("funding.budget", "year", "source")
	t := &table{Caption: title, Head: []string{l.Pick("Jaar", "Year"), l.Pick("Bron", "Source"), l.Pick("Begroot", "Budgeted")}}
	for i := range figures {
		f := &figures[i]
		if f.Status == transform.NotAvailable {
			return part{Title: title, Text: b.why(f)}
		}
		t.Rows = append(t.Rows, []cell{text(f.Dim("year")), text(f.Dim("source")), b.cellOf(t, f)})
	}
	if len(t.Rows) == 0 {
		return part{Title: title, Text: b.why(b.figure("funding.budget"))}
	}
	t.Notes = l.WhyNotSum(reports.SumBudget)
	return part{Title: title, Table: t}
}
