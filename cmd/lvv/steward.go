package main

import (
	"context"
	"io"
	"slices"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/reports"
	"lvv/reports/excel"
	"lvv/reports/steward"
	"lvv/sql"
	"lvv/transform"
)

// Files for the data steward alone.
const (
	kpisFile       = "beheer/kpis.json"
	publishedFile  = "beheer/published.json" // what was hidden, for verify and the runs to come
	qualityFile    = "beheer/quality.json"
	quarantineFile = "beheer/quarantine.csv"
	rejectedFile   = "beheer/afgekeurd.xlsx"
)

// quality is beheer/quality.json: what became of every row, and to what the checks object.
type quality struct {
	Files    []ingest.FileAccount           `json:"files"`
	Tables   map[string]ingest.TableAccount `json:"tables"`
	Rejects  ingest.RejectList              `json:"rejects"`
	Warnings []steward.Group                `json:"warnings"`
	Skipped  []string                       `json:"skipped"`
}

func (r *runJob) writeSteward(context.Context) error {
	r.progress.begin("writing the steward's lists")
	for _, out := range []struct {
		path string
		fill func(io.Writer) error
	}{
		{kpisFile, func(w io.Writer) error { return transform.WriteKPIs(w, r.results) }},
		{qualityFile, r.writeQuality},
		{quarantineFile, func(w io.Writer) error { return ingest.WriteQuarantineCSV(w, r.read) }},
		{rejectedFile, func(w io.Writer) error { return excel.WriteRejects(w, r.read, reports.Lang(r.flags.lang)) }},
	} {
		if err := r.staging.Write(out.path, out.fill); err != nil {
			return err
		}
	}
	document, err := r.publishedDocument()
	if err != nil {
		return err
	}
	return r.staging.Write(publishedFile, func(w io.Writer) error { return published.Write(w, document) })
}

func (r *runJob) writeQuality(w io.Writer) error {
	z := pseudonym.NewPseudonymizer(r.key, r.terms.Pilot, pseudonym.ForSteward, r.terms.Epoch)
	groups, err := r.objections(r.checks, reports.Lang(r.flags.lang), z)
	if err != nil {
		return err
	}
	tables := map[string]ingest.TableAccount{}
	for _, t := range r.read.Tables {
		if t.Delivered {
			tables[t.Table] = t
		}
	}
	return writeJSON(w, quality{
		Files: orEmpty(r.read.Files), Tables: tables, Rejects: r.read.Rejects,
		Warnings: groups, Skipped: orEmpty(r.read.Skipped),
	})
}

// qualityForReaders is what the report says about the rows it rests on.
func (r *runJob) qualityForReaders(cat *sql.Catalogue) published.Quality {
	var q published.Quality
	withheld := r.published.WithheldTables(cat)
	for _, t := range r.read.Tables {
		of := published.TableCount{Table: t.Table, Delivered: t.Delivered}
		if of.Withheld = t.Delivered && slices.Contains(withheld, t.Table); !of.Withheld {
			of.Counts = t.Counts
		}
		q.Tables = append(q.Tables, of)
	}
	for _, c := range r.checks {
		if c.Count > 0 && (c.Check.Told == sql.TellRows || c.Check.Told == sql.TellCurrent && !slices.Contains(withheld, c.Table)) {
			q.Findings = append(q.Findings, published.Finding{
				Check: c.Check.ID, Severity: c.Check.Severity, Title: c.Check.Title.In(r.flags.lang), Count: c.Count,
			})
		}
	}
	return q
}
