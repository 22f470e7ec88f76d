package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"lvv/anonymize"
	"lvv/ingest"
	"lvv/ingest/day"
	"lvv/reports"
	"lvv/reports/steward"
	"lvv/samples"
	"lvv/transform"
)

func newCheck(a *app) *cobra.Command {
	var s source
	var period string
	var strict bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "What is wrong with a delivery, and what to do about it",
		Long: `check reads and checks the exports as run does, and prints what a run would quarantine and
warn about: grouped by what to do, worst first. It writes nothing. Without --config and --exports
it checks the synthetic samples.`,
		Example: `  lvv check --config mijn-pilot/pilot.yaml --key mijn-pilot/sleutel.key
  lvv check --config pilot.yaml --exports kwartaal3 --json`,
		Args: exactArgs(0, "only flags"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.validate(); err != nil {
				return err
			}
			found, err := s.check(cmd.Context(), period, newProgress(a.stderr, s.quiet))
			if err != nil {
				return err
			}
			if err := a.printCheck(found, &s); err != nil {
				return err
			}
			if strict && found.Quarantined > 0 {
				return &exitError{exitQuarantined}
			}
			return nil
		},
	}
	s.register(cmd.Flags())
	cmd.Flags().StringVar(&period, "period", "", "period for the checks that need a reference date (default: the pilot until today)")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 3 when rows would be quarantined")
	return cmd
}

func (a *app) printCheck(found *steward.Delivery, s *source) error {
	if s.json {
		b, err := indented(found)
		if err != nil {
			return err
		}
		_, err = a.stdout.Write(b)
		return err
	}
	return steward.Write(a.stdout, found, reports.Lang(s.lang))
}

// check reads the exports into a private store that goes when it is done.
func (s *source) check(ctx context.Context, period string, p *progress) (*steward.Delivery, error) {
	d, err := s.open(s.loadOrMakeKey)
	if err != nil {
		return nil, err
	}
	defer d.close()
	reference, err := s.checkPeriod(period, d.terms)
	if err != nil {
		return nil, err
	}
	if err := d.readExports(ctx, p); err != nil {
		return nil, err
	}
	_ = reference
	p.end()
	return d.findings(reports.Lang(s.lang)), nil
}

// loadOrMakeKey lets check work without a key: nothing that it prints depends on it.
func (s *source) loadOrMakeKey() (anonymize.Key, error) {
	k, err := s.loadKey()
	if errors.Is(err, errNoKey) {
		return anonymize.GenerateKey()
	}
	return k, err
}

// checkPeriod is the pilot until today, unless a period was given.
func (s *source) checkPeriod(label string, t *transform.Terms) (transform.Period, error) {
	switch {
	case label == "" && s.isSamples():
		label = samples.Period
	case label == "":
		today := day.Day(time.Now().UTC().Unix() / 86400)
		label = t.Start.String() + ".." + max(t.Start, min(today, t.End)).String()
	}
	p, err := transform.ParsePeriod(label, "", t)
	if err != nil {
		return p, &usageError{err}
	}
	return p, nil
}

// findings gathers the rejected rows, the reader's warnings and the checks on content into groups.
func (d *delivery) findings(lang reports.Lang) *steward.Delivery {
	out := &steward.Delivery{
		Pilot: d.terms.Pilot, Files: len(d.read.Files), Skipped: orEmpty(d.read.Skipped), Absent: []string{},
	}
	for _, t := range d.read.Tables {
		out.Read += t.Read
		out.Accepted += t.Accepted
		out.Quarantined += t.Quarantined
		out.Duplicates += t.Duplicates
		if !t.Delivered {
			out.Absent = append(out.Absent, t.Table)
		}
	}
	out.Groups = append(rejectGroups(&d.read.Rejects, lang), warningGroups(d.read.Warnings, lang)...)
	steward.Sort(out.Groups)
	return out
}

// placesKept is how many rows a group names; quarantine.csv of a run names them all.
const placesKept = 100

// rejectGroups groups the faults of rejected rows by reason, table and field.
func rejectGroups(rejects *ingest.RejectList, lang reports.Lang) []steward.Group {
	type key struct{ reason, table, field string }
	at := map[key]int{}
	groups := []steward.Group{}
	for r := range rejects.All() {
		k := key{r.Reason, r.Table, r.Field}
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			groups = append(groups, explained(r.Reason, steward.Rejected, r.Table, r.Field, lang))
		}
		groups[i].Count++
		if len(groups[i].Places) < placesKept {
			groups[i].Places = append(groups[i].Places, steward.Place{File: r.File, Line: r.Line})
		}
	}
	return groups
}

func warningGroups(warnings []ingest.Warning, lang reports.Lang) []steward.Group {
	var groups []steward.Group
	for _, w := range warnings {
		g := explained(w.Check, steward.Severity(w.Severity), w.Table, w.Field, lang)
		g.Count = w.Count
		for _, p := range w.Places {
			g.Places = append(g.Places, steward.Place{File: p.File, Line: p.Line})
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
