package html

import (
	"lvv/reports"
	"lvv/transform"
	"strings"
)

func (b *builder) restatementSection() section {
	l := b.lang
	s := section{ID: "restatements", Title: l.Pick("Correcties op eerdere rapporten", "Corrections of earlier reports"),
		Lead: l.Pick("Registers worden achteraf aangevuld. Daarom rekenen we eerdere periodes opnieuw uit, en noemen we elk cijfer dat anders is geworden.",
			"Registers are completed later. Earlier periods are therefore computed again, and every figure that has changed is named.")}
	s.Parts = []part{b.correctedPart()}
	if rows := b.rowChanges(); rows != nil {
		s.Parts = append(s.Parts, part{Title: rows.Caption, Text: l.RowChangesHint(), Table: rows})
	}
	return s
}

// correctedPart lists the corrections, or says that there are none.
func (b *builder) correctedPart() part {
	l := b.lang
	withheld := l.Withheld(b.doc.Published)
	if len(b.results.Restatements) == 0 {
		if withheld != "" {
			return part{Text: withheld}
		}
		return part{Text: l.Pick("Er zijn geen correcties.", "There are no corrections.")}
	}
	t := &table{Caption: l.Pick("Gecorrigeerde cijfers", "Corrected figures"), Head: []string{l.Pick("Cijfer", "Figure"), l.Pick("Rapport over", "Report on"), l.Pick("Was", "Was"), l.Pick("Is nu", "Is now")}}
	for _, r := range b.results.Restatements {
		unit := b.unit(r.ID)
		t.Rows = append(t.Rows, []cell{text(b.titled(r.ID, r.Dims)), text(upperFirst(l.PeriodLabel(r.Period))), b.restatedCell(r.Was, unit), b.restatedCell(r.Is, unit)})
	}
	for _, note := range []string{l.RestatedNote(b.results.Restatements), withheld} {
		if note != "" {
			t.Notes = append(t.Notes, note)
		}
	}
	return part{Text: b.say("Aantal cijfers dat is gecorrigeerd: %s.", "Figures corrected: %s.", l.Count(int64(len(b.results.Restatements)))), Table: t}
}

// rowChanges sets the rows that the earlier reports rested on beside those of today; nil without such a report.
func (b *builder) rowChanges() *table {
	if len(b.results.RowChanges) == 0 {
		return nil
	}
	t := &table{Caption: b.lang.RowChangesTitle(), Head: b.lang.RowChangesHead()}
	for _, c := range b.results.RowChanges {
		r := []cell{text(reports.TableLabel(c.Table, b.lang)), text(upperFirst(b.lang.PeriodLabel(c.Period)))}
		for _, v := range []transform.Value{c.Was, c.Is} {
			r = append(r, cell{Text: b.lang.Rows(v), Number: true, Muted: v.IsNull()})
		}
		t.Rows = append(t.Rows, append(r, b.valueCell(c.Difference, "count")))
	}
	return t
}

// restatedCell writes one side of a correction.
func (b *builder) restatedCell(v transform.Value, unit string) cell {
	c := cell{Text: b.lang.Restated(v, unit), Number: true, Muted: v.IsNull()}
	if v.Kind() == transform.Text {
		c.Muted, c.Spoken = true, b.lang.StatusText(transform.Suppressed)
	}
	return c
}

// unit is the unit of a figure of this period, which is that of every period.
func (b *builder) unit(id string) string {
	for i := range b.results.Figures {
		if b.results.Figures[i].ID == id {
			return b.results.Figures[i].Unit
		}
	}
	return "count"
}

// titled names a figure with its dimensions.
func (b *builder) titled(id string, dims []transform.Dim) string {
	var name strings.Builder
	name.WriteString(b.title(id))
	for _, d := range dims {
		name.WriteString(", " + b.label(d.Name, d.Value))
	}
	return name.String()
}

// trust says on the first screen how far the figures can be trusted.
func (b *builder) trust() []string {
	l := b.lang
	var list, missing []string
	for _, t := range b.doc.Quality.Tables {
		if !t.Delivered {
			missing = append(missing, reports.TableLabel(t.Table, l))
		}
	}
	if len(missing) > 0 {
		list = append(list, b.say("Niet aangeleverd: %s. Wat daarvan afhangt, is niet beschikbaar.", "Not delivered: %s. What depends on it is not available.", b.enumerate(missing)))
	} else if len(b.doc.Quality.Tables) > 0 {
		list = append(list, l.Pick("Alle registers zijn aangeleverd.", "All registers were delivered."))
	}
	for _, f := range b.doc.Quality.Findings {
		if f.Severity == "high" && f.Count > 0 {
			list = append(list, b.say("Let op: %s (%s).", "Note: %s (%s).", f.Title, l.Count(f.Count)))
		}
	}
	if n := len(b.results.Restatements); n > 0 {
		list = append(list, b.say("Sinds een eerder rapport gecorrigeerde cijfers: %s.", "Figures corrected since an earlier report: %s.", l.Count(int64(n))))
	}
	if b.minCell > 0 && b.doc.Published.Hidden > 0 {
		list = append(list, l.HiddenHint(b.doc.Published))
	}
	return list
}

func (b *builder) qualitySection() section {
	l := b.lang
	s := section{ID: "quality", Title: l.Pick("Kwaliteit van de gegevens", "Quality of the data"),
		Lead: l.Pick("Elke regel uit de registers is meegenomen, of staat apart omdat er iets niet klopt, of stond er al.",
			"Every row of the registers was taken in, or set apart because something is wrong, or was there already.")}
	rows := &table{Caption: l.Pick("Wat er met de regels is gebeurd", "What became of the rows"), Head: []string{l.Pick("Register", "Register"),
		l.Pick("Gelezen", "Read"), l.Pick("Meegenomen", "Taken in"), l.Pick("Apart gezet", "Set apart"), l.Pick("Dubbel", "Duplicate")}}
	for _, t := range b.doc.Quality.Tables {
		if !t.Delivered {
			none := cell{Text: l.Pick("niet aangeleverd", "not delivered"), Number: true, Muted: true}
			dash := cell{Text: "–", Number: true, Muted: true}
			rows.Rows = append(rows.Rows, []cell{text(reports.TableLabel(t.Table, l)), none, dash, dash, dash})
			continue
		}
		r := []cell{text(reports.TableLabel(t.Table, l))}
		for _, n := range []int64{t.Read, t.Accepted, t.Quarantined, t.Duplicates} {
			r = append(r, cell{Text: l.Count(n), Number: true})
		}
		rows.Rows = append(rows.Rows, r)
	}
	if len(rows.Rows) > 0 {
		s.Parts = append(s.Parts, part{Title: rows.Caption, Table: rows})
	}
	findings := &table{Caption: l.Pick("Wat opviel in de gegevens", "What stood out in the data"),
		Head: []string{l.Pick("Opmerking", "Remark"), l.Pick("Ernst", "Severity"), l.Pick("Regels", "Rows")}}
	for _, f := range b.doc.Quality.Findings {
		findings.Rows = append(findings.Rows, []cell{text(f.Title), text(b.severity(f.Severity)), {Text: l.Count(f.Count), Number: true}})
	}
	if len(findings.Rows) > 0 {
		s.Parts = append(s.Parts, part{Title: findings.Caption, Table: findings})
	} else {
		s.Parts = append(s.Parts, part{Text: l.Pick("In de gegevens viel niets op.", "Nothing stood out in the data.")})
	}
	return s
}

func (b *builder) severity(s string) string {
	switch s {
	case "high":
		return b.lang.Pick("hoog", "high")
	case "warning":
		return b.lang.Pick("waarschuwing", "warning")
	case "note":
		return b.lang.Pick("ter informatie", "note")
	}
	return s
}
