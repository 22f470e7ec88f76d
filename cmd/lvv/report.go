package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/guard"
	"lvv/reports/excel"
	"lvv/reports/html"
	"lvv/sql"
)

// drawing is what became of the pictures of the report.
type drawing struct {
	pictures *html.Pictures
	err      error
}

// reportGC lets the heap grow to five times what is in use while the report is drawn, some 400 MB.
const reportGC = 400

// drawReport begins to draw the pictures of the report: half of a small run, at the side of all that
// is checked and written meanwhile.
func (r *runJob) drawReport(context.Context) error {
	if !r.flags.wants(partReport) {
		return nil
	}
	r.drawing = make(chan drawing, 1)
	document := *r.document // its Quality is yet to be found
	go func() {
		// Drawing makes much garbage and keeps little, whatever the size of the register: a fifth of a
		// small run was spent on collecting it.
		defer debug.SetGCPercent(debug.SetGCPercent(reportGC))
		var d drawing
		d.err = guard.Run(func() (err error) {
			d.pictures, err = html.Draw(&document)
			return err
		})
		r.drawing <- d
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
		return fmt.Errorf("drawing the report: %w", drawn.err)
	}
	base := "stuurgroep/stuurgroep-" + r.period.Label
	document, err := r.publishedDocument()
	if err != nil {
		return err
	}
	if err := r.staging.Write(base+".json", func(w io.Writer) error { return published.Write(w, document) }); err != nil {
		return err
	}
	err = r.staging.Write(base+".html", func(w io.Writer) error { return html.Write(w, r.document, drawn.pictures) })
	if err != nil {
		return err
	}
	return r.staging.Write(base+".xlsx", func(w io.Writer) error { return excel.Write(w, r.document) })
}

// publishedDocument is all that the report says.
func (r *runJob) publishedDocument() (*published.Document, error) {
	cat, err := sql.Load()
	if err != nil {
		return nil, err
	}
	d := r.published.Document(cat)
	d.Lang, d.Version, d.Theme, d.DataTo = r.flags.lang, version, string(r.flags.css), day.None
	d.Terms, d.Definitions = published.TermsOf(r.terms, r.period), published.DefinitionsOf(cat, r.flags.lang)
	d.Quality = r.qualityForReaders()
	return d, nil
}
