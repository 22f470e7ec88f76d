package main

import (
	"slices"
	"strings"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/reports"
	"lvv/reports/steward"
	"lvv/transform"
)

// findings are all there is to say about a delivery.
func (d *delivery) findings(checks []transform.CheckResult, lang reports.Lang) (*steward.Delivery, error) {
	out := &steward.Delivery{
		Pilot: d.terms.Pilot, Files: len(d.read.Files), Counts: d.read.Total(), Skipped: orEmpty(d.read.Skipped), Unread: d.read.UnreadSheets(), Absent: []string{}, SetApart: []steward.Apart{},
	}
	for _, f := range d.read.Files {
		if len(f.SetApart) > 0 {
			out.SetApart = append(out.SetApart, steward.Apart{File: f.File, Rows: f.SetApart})
		}
	}
	for _, t := range d.read.Tables {
		if !t.Delivered {
			out.Absent = append(out.Absent, t.Table)
		}
	}
	groups, err := d.objections(checks, lang, nil)
	if err != nil {
		return nil, err
	}
	out.Groups = append(rejectGroups(&d.read.Rejects, lang, d.places()), groups...)
	steward.Sort(out.Groups)
	return out, nil
}

// objections are the reader's warnings and the checks on content, about rows that count all the
// same. Cases are named by the steward's pseudonyms, or not at all where z is nil.
func (d *delivery) objections(checks []transform.CheckResult, lang reports.Lang, z *pseudonym.Pseudonymizer) ([]steward.Group, error) {
	groups := warningGroups(d.read.Warnings, lang)
	for i := range checks {
		c := &checks[i]
		if c.Count == 0 && c.Missing == nil {
			continue
		}
		g, err := d.checkGroup(c, lang, z)
		if err != nil {
			return nil, err
		}
		groups = append(groups, g)
	}
	steward.Sort(groups)
	return groups, nil
}

func (d *delivery) checkGroup(c *transform.CheckResult, lang reports.Lang, z *pseudonym.Pseudonymizer) (steward.Group, error) {
	g := steward.Group{
		Check: c.Check.ID, Severity: steward.Severity(c.Check.Severity), Table: c.Table, Count: c.Count,
		Title: c.Check.Title.In(string(lang)), Means: c.Check.Meaning.In(string(lang)), Do: c.Check.Action.In(string(lang)),
		Places: []steward.Place{}, NotRun: c.Missing,
	}
	if c.Check.Table == "" {
		g.Title = reports.TableLabel(c.Table, lang) + ": " + g.Title
	}
	if c.Missing != nil {
		g.Severity = steward.Note
		g.Title += lang.Pick(": niet nagegaan", ": not checked")
		g.Means = lang.Pick("Niet geleverd: ", "Not delivered: ") + strings.Join(c.Missing, ", ") + "."
		g.Do = ""
		return g, nil
	}
	for _, row := range c.Rows[:min(len(c.Rows), d.places())] {
		source, other := row.Source, row.Other
		if source.Line == 0 { // what is missing has no place; what calls for it has
			source, other = other, transform.RowRef{}
		}
		if source.Line == 0 { // said of the run as a whole
			continue
		}
		p := steward.Place{File: d.read.Inputs[source.File].Name, Line: source.Line}
		if other != (transform.RowRef{}) {
			p.OtherFile, p.OtherLine = d.read.Inputs[other.File].Name, other.Line
		}
		if z != nil && row.Case != "" {
			reference, err := pseudonym.ParsePseudonym(row.Case)
			if err != nil {
				return g, err
			}
			p.Case = z.ForRecipient(reference).String()
		}
		g.Places = append(g.Places, p)
	}
	return g, nil
}

// How many rows a group names; quarantine.csv of a run names them all.
const (
	placesKept   = 100
	placesOnPage = 5000 // of check --html
)

func (d *delivery) places() int {
	if d.src.html != "" {
		return placesOnPage
	}
	return placesKept
}

// rejectGroups groups the faults of rejected rows by reason, table and field, and by file where pilot.yaml can
// mend them.
func rejectGroups(rejects *ingest.RejectList, lang reports.Lang, places int) []steward.Group {
	type key struct{ reason, table, field, file string }
	at := map[key]int{}
	groups := []steward.Group{}
	for r := range rejects.All() {
		k := key{r.Reason, r.Table, r.Field, ""}
		setting := ingest.SettingFor(r.Reason, r.Table, r.Field)
		if setting != "" {
			k.file = r.File
		}
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			g := explained(r.Reason, steward.Rejected, r.Table, r.Field, lang)
			g.Do += ingest.Suggestion(setting, r.Table, r.File, string(lang))
			groups = append(groups, g)
		}
		groups[i].Count++
		if len(groups[i].Places) < places {
			groups[i].Places = append(groups[i].Places, steward.Place{File: r.File, Line: r.Line, Value: r.Value})
		}
	}
	return groups
}

// aboutReading are the findings about files, sheets and columns as a whole that may make figures wrong.
func aboutReading(warnings []ingest.Warning, lang reports.Lang) []steward.Group {
	groups := warningGroups(slices.DeleteFunc(slices.Clone(warnings), func(w ingest.Warning) bool {
		_, _, whole := w.Explain(string(lang))
		return w.Severity == ingest.Note || !whole
	}), lang)
	steward.Sort(groups)
	return groups
}

func warningGroups(warnings []ingest.Warning, lang reports.Lang) []steward.Group {
	groups := []steward.Group{}
	for _, w := range warnings {
		g := explained(w.Check, steward.Severity(w.Severity), w.Table, w.Field, lang)
		if title, do, ok := w.Explain(string(lang)); ok {
			g.Title, g.Expected, g.Do = title, "", do
		} else {
			g.Do += w.Suggestion(string(lang))
		}
		g.Count, g.Column = w.Count, w.Column
		for _, p := range w.Places {
			g.Places = append(g.Places, steward.Place{File: p.File, Line: p.Line, Value: p.Value})
		}
		groups = append(groups, g)
	}
	return groups
}

// explained is a group with the reader's own words.
func explained(reason string, severity steward.Severity, table, field string, lang reports.Lang) steward.Group {
	var f *ingest.Field
	where := reports.TableLabel(table, lang)
	if t := ingest.TableNamed(table); t != nil && field != "" {
		if f = t.Field(field); f != nil {
			where += ", " + lang.Pick("kolom ", "column ") + f.Header
		}
	}
	wrong, expected, do := ingest.Explain(reason, f, string(lang))
	return steward.Group{
		Check: reason, Severity: severity, Table: table, Field: field, Places: []steward.Place{},
		Title: where + ": " + wrong, Expected: expected, Do: do,
	}
}
