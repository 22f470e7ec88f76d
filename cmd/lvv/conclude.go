package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/former"
	"lvv/reports"
	"lvv/reports/steward"
	"lvv/samples"
	"lvv/transform"
)

// commit writes the manifest and puts the output in its place.
func (r *runJob) commit(ctx context.Context) error {
	r.progress.begin("putting the output in its place")
	if r.inspect != nil {
		r.inspect(r.store, r.staging.Dir())
	}
	m, err := r.manifest(ctx)
	if err != nil {
		return err
	}
	events, err := indented(lineage(m, r.staging.Outputs()))
	if err != nil {
		return err
	}
	if err := r.staging.Write(lineageFile, text(events)); err != nil {
		return err
	}
	return m.commit(r.staging)
}

// manifest describes the run; the outputs are still missing.
func (r *runJob) manifest(ctx context.Context) (*manifest, error) {
	m, err := newManifest(ctx, r.engine, r.period)
	if err != nil {
		return nil, err
	}
	m.Pilot, m.Final = r.terms.Pilot, r.flags.final
	m.Key = manifestKey{Fingerprint: r.key.Fingerprint(), Epoch: r.terms.Epoch}
	m.Options = manifestOptions{Language: r.flags.lang, Only: orEmpty(r.flags.only), Recipients: orEmpty(r.flags.recipients)}
	m.Terms, m.Lowered = hashOf(samples.Terms, r.raw), orEmpty(r.terms.Lowered())
	m.Inputs, m.Rows, m.Delivered = orEmpty(r.read.Inputs), tableRows(r.read), r.delivered
	if r.flags.theme != "" {
		m.Theme = new(hashOf(filepath.Base(r.flags.theme), r.flags.css))
	}
	if r.flags.notes != "" {
		m.Notes = new(hashOf(filepath.Base(r.flags.notes), r.flags.noted))
	}
	m.Earlier, err = r.earlierFiles()
	return m, err
}

// earlierFiles names the earlier outputs that this one builds on by the hash of their manifest, and
// the earlier AMIF accounts by that of their list, not by their place on this machine.
func (r *runJob) earlierFiles() ([]fileHash, error) {
	out := []fileHash{}
	add := func(path, dir, name string) error {
		d, err := outdir.Describe(dir, name)
		if h := (fileHash{Path: path, SHA256: d.SHA256}); err == nil && !slices.Contains(out, h) {
			out = append(out, h)
		}
		return err
	}
	for _, dir := range slices.Concat(r.flags.previous, r.flags.earlier, r.found) {
		name := filepath.Base(filepath.Clean(dir))
		if m, err := readManifest(dir); err == nil {
			name = former.Name(m.Period.Label, dir)
		}
		if err := add(name, dir, outdir.ManifestFile); err != nil {
			return nil, err
		}
	}
	for _, path := range r.flags.earlierAMIF {
		if err := add(filepath.Base(path), filepath.Dir(path), filepath.Base(path)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b fileHash) int { return strings.Compare(a.Path+a.SHA256, b.Path+b.SHA256) })
	return out, nil
}

// outcome is what a run prints with --json.
type outcome struct {
	Out      string           `json:"out"`
	Pilot    string           `json:"pilot"`
	Period   transform.Period `json:"period"`
	Final    bool             `json:"final"` // marked as handed out
	Rows     ingest.Counts    `json:"rows"`
	Skipped  []string         `json:"skipped"` // files that belong to no table
	Unread   []string         `json:"unread_sheets"`
	Findings []steward.Group  `json:"findings"` // about files, sheets and columns as a whole, worst first
	Files    []string         `json:"files"`
	Notices  []string         `json:"notices"`
}

// conclude tells what was done and which files to open, and chooses the exit code.
func (r *runJob) conclude() error {
	o := outcome{
		Out: r.staging.Target(), Pilot: r.terms.Pilot, Period: r.period, Final: r.flags.final, Rows: r.read.Total(),
		Skipped: orEmpty(r.read.Skipped), Unread: r.read.UnreadSheets(), Notices: orEmpty(r.notices),
	}
	for _, f := range r.staging.Outputs() {
		o.Files = append(o.Files, f.Path)
	}
	for _, notice := range r.staging.Notices() {
		r.progress.say(notice)
	}
	all, err := r.objections(r.checks, reports.Lang(r.flags.lang), nil)
	if err != nil {
		return err
	}
	o.Findings = aboutReading(r.read.Warnings, reports.Lang(r.flags.lang))
	if err := r.print(&o); err != nil {
		return &afterwards{r.staging.Target(), err}
	}
	if r.flags.strict && (&steward.Delivery{Counts: o.Rows, Groups: all}).Severe() {
		return &exitError{exitQuarantined}
	}
	return nil
}

func (r *runJob) print(o *outcome) error {
	if r.flags.json {
		return writeJSON(r.app.stdout, o)
	}
	w := &bytes.Buffer{}
	say := func(format string, args ...any) { fmt.Fprintln(w, r.app.text(format, args...)) }
	say("%s, %s, reference date %v", o.Pilot, o.Period.Label, o.Period.AsOf)
	if o.Final {
		say("Final: renewed only with --replace")
	} else {
		say("Draft: the next run of this period replaces it; --final marks what is handed out")
	}
	say("%d rows read: %d accepted, %d quarantined, %d duplicates", o.Rows.Read, o.Rows.Accepted, o.Rows.Quarantined, o.Rows.Duplicates)
	for _, name := range o.Skipped {
		say("%s was skipped", name)
	}
	if err := steward.Findings(w, o.Findings, reports.Lang(r.flags.lang)); err != nil {
		return err
	}
	say("\nOpen:")
	for _, path := range o.Files {
		if opens(path) {
			fmt.Fprintf(w, "  %s\n", filepath.Join(o.Out, filepath.FromSlash(path)))
		}
	}
	for _, notice := range o.Notices {
		fmt.Fprintf(w, "\n%s\n", notice)
	}
	if o.Rows.Quarantined > 0 {
		say("\nWhat was rejected, and what to do:\n  %s", filepath.Join(o.Out, filepath.FromSlash(rejectedFile)))
	}
	_, err := r.app.stdout.Write(w.Bytes())
	return err
}

// opens reports whether the file is one that a person opens first.
func opens(path string) bool {
	return !strings.HasPrefix(path, "beheer/") && slices.Contains([]string{".html", ".xlsx", ".md", ".age"}, filepath.Ext(path))
}
