package content

import (
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
)

func (b *builder) fundingSection() Section {
	money := b.list("funding-figures", b.Pick("Het geld in cijfers", "Money in figures"),
		row{b.Pick("Bijdrage in deze periode", "Contribution in this period"), "funding.entitlement", nil},
		row{b.Pick("Ontvangen in deze periode", "Received in this period"), "funding.received", nil},
		row{b.Pick("Bijdrage sinds het begin", "Contribution since the start"), "funding.entitlement_to_date", nil},
		row{b.Pick("Ontvangen sinds het begin", "Received since the start"), "funding.received_to_date", nil},
		row{b.Pick("Nog te ontvangen (negatief: vooruit ontvangen)", "Still to be received (negative: received ahead)"), "funding.balance", nil},
		row{b.Pick("Waarde van de plaatsen die er waren, in deze periode", "Value of the places that there were, in this period"), "funding.delivered", nil},
		row{b.Pick("Afgesproken plaatsen die er niet waren, sinds het begin", "Agreed places that were not there, since the start"), "funding.undelivered_to_date", nil},
		row{b.Pick("Bijdrage per bezette nacht", "Contribution per occupied night"), "funding.per_occupied_night", nil},
		row{b.Pick("Bijdrage per bestendige oplossing", "Contribution per durable solution"), "funding.per_durable_solution", nil},
		row{b.Pick("Kosten sinds het begin", "Costs since the start"), "cost.total_to_date", nil},
		row{b.Pick("Kosten per beschikbare nacht", "Costs per available night"), "cost.per_available_night", nil},
		row{b.Pick("Deel van de kosten dat de bijdrage dekt", "Part of the costs that the contribution covers"), "cost.coverage", nil})
	money.Notes = b.whyNot(sumFunding)
	source := b.breakdown("funding-source", b.Pick("Bijdrage en ontvangst per bron", "Contribution and receipts by source"), "source",
		column{b.Pick("Bijdrage in deze periode", "Contribution in this period"), "funding.entitlement"},
		column{b.Pick("Ontvangen in deze periode", "Received in this period"), "funding.received"},
		column{b.Pick("Bijdrage sinds het begin", "Contribution since the start"), "funding.entitlement_to_date"},
		column{b.Pick("Ontvangen sinds het begin", "Received since the start"), "funding.received_to_date"},
		column{b.Pick("Nog te ontvangen", "Still to be received"), "funding.balance"})
	source.Columns[5].From = []Term{{3, 1}, {4, -1}}
	return Section{ID: "funding", Title: b.Pick("Geld", "Money"), Sheet: b.Pick("Financiering", "Funding"),
		Lead:  b.say("Per afgesproken plaats wordt per dag %s betaald, ook als een plaats leeg is.", "Each agreed place is paid %s a day, filled or not.", b.Euro(b.doc.Terms.RateCents)),
		Parts: []Part{b.fundingPart(), b.nightPart(), b.costPart(), b.tablePart(source), b.tablePart(money), b.yearsPart(), b.budgetPart()}}
}

func (b *builder) fundingPart() Part {
	p := Part{ID: "funding-quarters", About: []string{"funding.entitlement", "funding.received", "funding.per_occupied_night"}, Title: b.Pick("Bijdrage en ontvangst per kwartaal", "Contribution and receipts by quarter")}
	switch {
	case !b.has("funding.entitlement"):
		p.Text = b.missing(b.figure("funding.entitlement"))
	case !b.has("funding.received"):
		p.Text = upperFirst(b.say("%s was de bijdrage %s. Wat is ontvangen, is niet aangeleverd.", "%s the contribution was %s. What was received was not delivered.",
			b.during(), b.rounded("funding.entitlement")))
	default:
		p.Text = upperFirst(b.say("%s was de bijdrage %s en kwam er %s binnen.", "%s the contribution was %s, and %s came in.",
			b.during(), b.rounded("funding.entitlement"), b.rounded("funding.received")))
	}
	rows, ok := b.series("funding.quarters", "quarter", "entitlement", "received", "person_nights", "per_occupied_night")
	if !ok {
		p.Missing = b.missing(b.figure("funding.entitlement"))
		return p
	}
	list := []Series{
		{Name: b.Pick("bijdrage", "contribution"), Colour: 1, Role: Reached, Points: points(rows, 1)},
		{Name: b.Pick("ontvangen", "received"), Colour: 3, Role: Reached, Points: points(rows, 2)},
	}
	p.Chart = b.columns(p.ID, p.Title, euroAxis(list...), rows, "eur", list...)
	p.Table = b.seriesTable(p.ID, p.Title, []string{b.Pick("Kwartaal", "Quarter"), b.Pick("Bijdrage", "Contribution"), b.Pick("Ontvangen", "Received"),
		b.Pick("Bezette nachten", "Occupied nights"), b.Pick("Bijdrage per bezette nacht", "Contribution per occupied night")}, rows, b.quarterCell, "eur", "eur", "count", "eur")
	return p
}

func (b *builder) nightPart() Part {
	f := b.figure("funding.per_occupied_night")
	p := Part{ID: "funding-night", About: []string{"funding.per_occupied_night"}, Title: b.Pick("Bijdrage per bezette nacht, per kwartaal", "Contribution per occupied night, by quarter"), Text: b.missing(f)}
	if f.Known() {
		p.Text = upperFirst(b.say("%s was er per bezette nacht %s bijdrage. Hoe leger de opvang, hoe hoger dat bedrag.",
			"%s there was a contribution of %s for each occupied night. The emptier the shelter, the higher that amount.", b.during(), b.show(f)))
	}
	rows, ok := b.series("funding.quarters", "quarter", "per_occupied_night")
	if !ok || !anyDrawn(points(rows, 1)) {
		p.Missing = b.missing(f)
		return p
	}
	one := Series{Colour: 1, Role: Reached, Points: points(rows, 1)}
	p.Chart = b.columns(p.ID, p.Title, euroAxis(one), rows, "eur", one)
	p.Table = b.seriesTable(p.ID, p.Title, []string{b.Pick("Kwartaal", "Quarter"), b.Pick("Bijdrage per bezette nacht", "Contribution per occupied night")}, rows, b.quarterCell, "eur")
	return p
}

func (b *builder) yearsPart() Part {
	p := Part{ID: "funding-years", Title: b.Pick("Bijdrage per kalenderjaar", "Contribution by calendar year")}
	t := &Table{ID: p.ID, Caption: p.Title, Columns: head(b.Pick("Jaar", "Year"), b.Pick("Bijdrage", "Contribution"))}
	t.Rows = lists.Map(b.doc.Breakdown("funding.entitlement", "year"), func(f *published.Figure) []Cell {
		return []Cell{text(f.Dim("year")), b.cell(t, f)}
	})
	if len(t.Rows) == 0 {
		p.Text = b.missing(b.figure("funding.entitlement"))
		return p
	}
	if total := b.figure("funding.entitlement_to_date"); total.Known() {
		t.Total, t.Columns[1].Adds = []Cell{text(b.Pick("Tot en met de peildatum", "Up to the reference date")), b.cell(t, total)}, true
	}
	p.Table = t
	return p
}

func (b *builder) budgetPart() Part {
	p := Part{ID: "funding-budget", Title: b.Pick("Begroting per jaar (bijlage 2)", "Budget by year (annex 2)")}
	list := b.doc.Breakdown("funding.budget", "year", "source")
	if i := slices.IndexFunc(list, notAvailable); i >= 0 {
		p.Text = b.missing(list[i])
		return p
	}
	if len(list) == 0 {
		p.Text = b.missing(b.figure("funding.budget"))
		return p
	}
	p.Table = b.cross(p.ID, p.Title, "funding.budget", "year", "source")
	p.Table.Notes = b.whyNot(sumBudget)
	return p
}

// costPart says what was spent, beside what was paid for it.
func (b *builder) costPart() Part {
	p := Part{ID: "cost", Title: b.Pick("Wat de opvang kostte", "What the shelter cost"), Text: b.missing(b.figure("cost.total"))}
	if b.has("cost.total") {
		p.Text = upperFirst(b.say("%s waren de kosten %s.", "%s the costs were %s.", b.during(), b.rounded("cost.total")))
		if b.has("cost.coverage") {
			p.Text += " " + b.say("De bijdrage dekte daarvan %s.", "The contribution covered %s of them.", b.value("cost.coverage"))
		}
		if b.has("cost.per_available_night") {
			p.Text += " " + b.say("Per beschikbare nacht was dat %s; de bijdrage is %s per afgesproken nacht.", "That was %s for each available night; the contribution is %s for each agreed one.",
				b.value("cost.per_available_night"), b.Euro(b.doc.Terms.RateCents))
		}
	}
	p.Table = b.breakdown(p.ID, p.Title, "kind", column{b.Pick("Kosten in deze periode", "Costs in this period"), "cost.total"})
	return p
}
