package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/guard"
	"lvv/internal/say"
	"lvv/reports/content"
	"lvv/reports/excel"
	"lvv/reports/html"
	"lvv/reports/notes"
	"lvv/sql"
)

// drawing is what became of the report.
type drawing struct {
	files map[string][]byte
	err   error
}

// drawDocument draws everything that is drawn from a published document, by the name of the file.
func drawDocument(d *published.Document) (map[string][]byte, error) {
	if err := notes.Check(d); err != nil {
		return nil, err
	}
	report := content.Of(d)
	drawn, err := html.Draw(report)
	if err != nil {
		return nil, err
	}
	return filled(map[string]func(io.Writer) error{
		"stuurgroep-" + d.Period.Label + ".html": drawn.Page,
		"stuurgroep-" + d.Period.Label + ".xlsx": func(w io.Writer) error { return excel.Write(w, report) },
		report.SummaryFile:                       drawn.Summary,
	})
}

// filled is the content of files, by name.
func filled(fills map[string]func(io.Writer) error) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(fills)) {
		var b bytes.Buffer
		if err := fills[name](&b); err != nil {
			return nil, err
		}
		files[name] = b.Bytes()
	}
	return files, nil
}

// drawReport begins to draw the report, from the document as it will be written: half of a small run, at the
// side of all that is written meanwhile.
func (r *runJob) drawReport(context.Context) error {
	if !r.flags.wants(partReport) {
		return nil
	}
	d, err := r.publishedDocument()
	if err != nil {
		return err
	}
	if err := notes.Check(d); err != nil {
		return &usageError{err}
	}
	var b bytes.Buffer
	if err := published.Write(&b, d); err != nil {
		return err
	}
	document := b.Bytes()
	r.drawing = make(chan drawing, 1)
	go func() {
		var out drawing
		out.err = guard.Run(func() error {
			read, err := published.Read(bytes.NewReader(document))
			if err != nil {
				return err
			}
			out.files, err = drawDocument(read)
			return err
		})
		if out.err == nil {
			out.files["stuurgroep-"+d.Period.Label+".json"] = document
		}
		r.drawing <- out
	}()
	return nil
}

// writeReport writes the report as soon as it is drawn.
func (r *runJob) writeReport(ctx context.Context) error {
	if !r.flags.wants(partReport) {
		return nil
	}
	r.progress.begin("writing the report")
	var drawn drawing
	select {
	case drawn = <-r.drawing:
	case <-ctx.Done():
		return ctx.Err()
	}
	if drawn.err != nil {
		return say.Errorf("drawing the report: %w", drawn.err)
	}
	for _, name := range slices.Sorted(maps.Keys(drawn.files)) {
		if err := r.staging.Write("stuurgroep/"+name, text(drawn.files[name])); err != nil {
			return err
		}
	}
	return nil
}

// publishedDocument is all that the report says.
func (r *runJob) publishedDocument() (*published.Document, error) {
	cat, err := sql.Load()
	if err != nil {
		return nil, err
	}
	d := r.published.Document(cat)
	d.Lang, d.Version, d.Theme, d.DataTo = r.flags.lang, version, string(r.flags.css), r.dataTo(r.published.WithheldTables(cat))
	d.Terms, d.Definitions = published.TermsOf(r.terms.KnownOn(r.period.AsOf), r.period), published.DefinitionsOf(cat, r.flags.lang)
	d.Quality, d.Notes = r.qualityForReaders(cat), r.flags.said
	return d, nil
}

// dataTo is the last event that any register holds but those of whose rows readers are told nothing, at most the reference date; day.None where there is none.
func (r *runJob) dataTo(withheld []string) day.Day {
	last := day.None
	for _, t := range r.read.Tables {
		if t.Delivered && !slices.Contains(withheld, t.Table) {
			last = max(last, min(t.LastEvent, r.period.AsOf))
		}
	}
	return last
}
