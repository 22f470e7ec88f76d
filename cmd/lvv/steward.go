package main

import (
	"context"
	"io"

	"lvv/ingest"
	"lvv/reports"
	"lvv/transform"
)

// Files for the data steward alone.
const (
	kpisFile       = "beheer/kpis.json"
	qualityFile    = "beheer/quality.json"
	quarantineFile = "beheer/quarantine.csv"
	rejectedFile   = "beheer/afgekeurd.xlsx"
)

// quality is beheer/quality.json: what became of every row, and to what the checks object.
type quality struct {
	Files    []ingest.FileAccount `json:"files"`
	Tables   map[string]rows      `json:"tables"`
	Rejects  ingest.RejectList    `json:"rejects"`
	Warnings []ingest.Warning     `json:"warnings"`
	Skipped  []string             `json:"skipped"`
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
	} {
		if err := r.staging.Write(out.path, out.fill); err != nil {
			return err
		}
	}
	return nil
}

func (r *runJob) writeQuality(w io.Writer) error {
	b, err := indented(quality{
		Files: orEmpty(r.read.Files), Tables: tableRows(r.read), Rejects: r.read.Rejects,
		Warnings: orEmpty(r.read.Warnings), Skipped: orEmpty(r.read.Skipped),
	})
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// qualityForReaders is what the report says about the rows it rests on.
func (r *runJob) qualityForReaders() reports.Quality {
	var q reports.Quality
	for _, t := range r.read.Tables {
		q.Tables = append(q.Tables, reports.TableCount{
			Table: t.Table, Delivered: t.Delivered,
			Read: t.Read, Accepted: t.Accepted, Quarantined: t.Quarantined, Duplicates: t.Duplicates,
		})
	}
	return q
}
