package content

import (
	"cmp"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/transform/engine"
)

// quarterly says which column of which series has a main figure by quarter. The median has none: it is not computed
// for earlier quarters, of which the first are too short to have one.
var quarterly = map[string]struct{ series, column string }{
	"occupancy.rate":                      {"main.quarters", "occupancy_rate"},
	"occupancy.persons_on_reference_date": {"main.quarters", "housed"},
	"inflow.applications":                 {"flow.quarters", "applications"},
	"inflow.admissions":                   {"flow.quarters", "admissions"},
	"inflow.pending_on_reference_date":    {"main.quarters", "pending"},
	"outflow.shelter_exits":               {"flow.quarters", "shelter_exits"},
	"durable.cases":                       {"main.quarters", "durable"},
	"duration.long_stay":                  {"main.quarters", "long_stay"},
	"funding.balance":                     {"main.quarters", "balance"},
}

// trends adds to the table of what has changed a column with the course of each figure over the quarters that are
// finished, and says how to read it.
func (b *builder) trends(p *Part) {
	finished, ok := b.series("main.quarters", "to", "quarter")
	if !ok || len(finished) < 2 {
		return
	}
	quarters := lists.Map(finished, func(row []engine.Value) engine.Value { return row[1] })
	p.Table.Columns = append(p.Table.Columns, Column{Title: b.Pick("Alle kwartalen", "All quarters"), Trend: true})
	without := false
	for i, c := range b.doc.Compared {
		trend, text := b.trend(c, quarters)
		cell := b.notApplicable()
		if trend != nil {
			cell = Cell{Text: text, Trend: trend}
		}
		without = without || trend == nil
		p.Table.Rows[i] = append(p.Table.Rows[i], cell)
	}
	p.Table.Notes = append(p.Table.Notes, b.say("De lijn loopt van %s tot en met %s. Onderaan staat de laagste waarde van het cijfer, bovenaan de hoogste.",
		"The line runs from %s to %s. The lowest value of the figure is at the bottom, the highest at the top.", b.quarter(quarters[0].Str()), b.quarter(quarters[len(quarters)-1].Str())))
	p.Table.Notes = append(p.Table.Notes, b.gaps("main.quarters", "flow.quarters")...)
	if without {
		p.Table.Notes = append(p.Table.Notes, b.Pick("Zonder lijn: dit cijfer is niet per kwartaal berekend.", "Without a line: this figure has not been computed by quarter."))
	}
}

// trend is the course of a main figure over the quarters, and the same in words; nil where fewer than two of them
// have a value.
func (b *builder) trend(c published.Comparison, quarters []engine.Value) (list []Step, text string) {
	of := quarterly[c.ID]
	rows, ok := b.series(of.series, "quarter", of.column)
	if !ok || c.Is.IsNull() {
		return nil, ""
	}
	values := map[string]engine.Value{}
	for _, row := range rows {
		values[row[0].Str()] = row[1]
	}
	var texts []string
	known := 0
	for _, q := range quarters {
		s := Step{Quarter: b.quarter(q.Str()), Value: values[q.Str()]}
		said := b.valueCell(s.Value, c.Unit)
		if !s.Value.IsNull() {
			known++
		}
		list, texts = append(list, s), append(texts, s.Quarter+": "+cmp.Or(said.Spoken, said.Text))
	}
	if known < 2 {
		return nil, ""
	}
	return list, strings.Join(texts, "; ")
}
