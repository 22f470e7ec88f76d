package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"lvv/anonymize/published"
	"lvv/anonymize/share"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/say"
	"lvv/samples"
	"lvv/transform"
)

// shareFlags are the flags of lvv share.
type shareFlags struct {
	source
	period, asOf, programmeKey, out, reports string
	programme                                []string
	recipients                               []age.Recipient
}

func newShare(a *app) *cobra.Command {
	f := shareFlags{source: source{lang: string(a.lang)}}
	cmd := &cobra.Command{
		Use:   "share --programme age1... --period P --out DIR",
		Short: "Make the package of one pilot for the programme",
		Long: `share writes programma-<pilot>-<period>.tar.age: the pilot's terms, its exact figures with numerators and
denominators, what its readers see of them, and its pseudonymised rows, encrypted for the programme's office
alone. The office lays the packages of all pilots beside each other, and takes them together, with lvv network.

What readers see is the report of the period in --reports, the folder that lvv run writes to. It must rest on the
same exports; else the package is refused. Where there is none yet, the package holds what lvv run would publish.

Numbers of cases, stays and trajectories are pseudonyms under the pilot's own key. With --programme-key a
person with a V-number is the same in every pilot that gives the same file, so that who moves is one person;
without it each pilot has its own. The file is a key as lvv keygen makes it, another one than the pilot's. The
pilots keep it among themselves: whoever holds it and can open a package could try V-numbers.`,
		Example: `  lvv share --config pilot.yaml --key sleutel.key --period 2020-Q3 --programme age1... --out pakketten
  lvv share --config pilot.yaml --key sleutel.key --period 2020-Q3 --programme age1... --programme-key programma.key --out pakketten`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			return f.share(cmd.Context(), a)
		},
	}
	f.register(cmd.Flags())
	cmd.Flags().StringVar(&f.period, "period", "", "`period` to share: 2020-Q3, 2020-09, 2020 or 2020-07-01..2020-09-30")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "reference `date`; nothing after it is known (default: the period's last day)")
	cmd.Flags().StringArrayVar(&f.programme, "programme", nil, "age public `key` (age1...) of the programme's office (may be repeated)")
	cmd.Flags().StringVar(&f.programmeKey, "programme-key", "", "key `file` that the pilots share, so that persons who move are recognised")
	cmd.Flags().StringVar(&f.reports, "reports", "out", "output `folder` of lvv run, where the pilot's reports are")
	cmd.Flags().StringVar(&f.out, "out", "", "`folder` to write the package into")
	return cmd
}

func (f *shareFlags) validate() (err error) {
	if err := f.source.validate(); err != nil {
		return err
	}
	if len(f.programme) == 0 {
		return usagef("--programme is missing: the public key of the programme's office\n  It is the line that begins with age1 and that age-keygen prints; ask the office for it.")
	}
	if f.recipients, err = parseRecipients("--programme", f.programme); err != nil {
		return err
	}
	if f.period == "" {
		if !f.isSamples() {
			return usagef("no --period\n  Give the period to share, e.g. --period 2020-Q3.")
		}
		f.period = samples.Period
	}
	if f.out == "" {
		return usagef("--out is missing: the folder to write the package into\n  lvv share --help shows an example")
	}
	return nil
}

func (f *shareFlags) share(ctx context.Context, a *app) error {
	p := newProgress(a, f.quiet)
	d, err := f.open(a, f.loadKey)
	if err != nil {
		return err
	}
	defer d.close()
	period, err := transform.ParsePeriod(f.period, f.asOf, d.terms)
	if err != nil {
		return &usageError{err}
	}
	path := filepath.Join(f.out, share.FileName(d.terms.Pilot, period.Label))
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s is there already\n  A package is never replaced: move it away, or give another folder with --out.", path)
	}
	d.shares = true
	if f.programmeKey != "" {
		k, err := f.loadKeyFile(f.programmeKey)
		if err != nil {
			return err
		}
		if k.Fingerprint() == d.key.Fingerprint() {
			return usagef("--programme-key is the pilot's own key: whoever shares it could try the numbers of this pilot's cases\n  Give a key that was made for the programme: lvv keygen programma.key")
		}
		d.common = &k
	}
	r := &runJob{app: a, flags: &runFlags{source: f.source, out: f.reports}, progress: p, delivery: d, period: period}
	document, notice, err := f.compute(ctx, r)
	if err != nil {
		return err
	}
	p.begin("writing the package")
	work, err := d.work.Sub("package")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return say.Errorf("make the output folder: %w", err)
	}
	err = outdir.WriteNew(path, func(w io.Writer) error {
		return share.Write(ctx, w, share.Options{
			Store: d.read.Store, Terms: d.raw, Results: r.results, Document: document, Program: version,
			ProgrammeKey: d.common, WorkDir: work, Recipients: f.recipients,
		})
	})
	if err != nil {
		return err
	}
	p.end()
	if notice != nil {
		p.say(notice)
	}
	a.say("Wrote %s: the exact figures and the pseudonymised rows of %s, %s, for the programme's office alone.", path, d.terms.Pilot, period.Label)
	if d.common == nil {
		a.say("Without --programme-key a person who moves to another pilot counts once in each.")
	}
	return nil
}

// compute computes the figures, and finds what readers see of them.
func (f *shareFlags) compute(ctx context.Context, r *runJob) (d *published.Document, notice error, err error) {
	dir := filepath.Join(f.reports, r.period.Label)
	d, notice, err = r.reported(dir)
	if err != nil {
		return nil, nil, err
	}
	if d == nil {
		notice = say.Errorf("there is no report of %s in %s: the package holds what lvv run would publish\n"+
			"  Publish it from the same exports, or name the folder of the pilot's reports with --reports.", r.period.Label, f.reports)
		if err := r.readEarlier(dir); err != nil {
			return nil, nil, err
		}
	}
	if err := r.readExports(ctx, r.progress); err != nil {
		return nil, nil, err
	}
	if err := r.compute(ctx); err != nil {
		return nil, nil, err
	}
	if d == nil {
		if err := r.control(ctx); err != nil {
			return nil, nil, err
		}
		d, err = r.publishedDocument()
		return d, notice, err
	}
	if faults := d.Contradictions(r.results); len(faults) > 0 {
		return nil, nil, usagef("the report in %s is not what these exports say: %s\n  Run lvv run again on these exports, with --replace if it was handed out, or share the exports that it was made from.", dir, faults[0])
	}
	return d, notice, nil
}

// reported returns what the report of the pilot in a folder says, and what is to be known of it; nil where there is none.
func (r *runJob) reported(dir string) (d *published.Document, notice error, err error) {
	m, err := readManifest(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && m.Pilot != r.terms.Pilot {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	if m.Period != r.period || m.Key.Fingerprint != r.key.Fingerprint() {
		return nil, nil, usagef("the report in %s has another key, or other days or another reference date than the package\n  Give the key and --as-of of the report, or another folder with --reports.", dir)
	}
	if d, err = readPublished(filepath.Join(dir, publishedFile)); err == nil && !m.Final {
		notice = say.Errorf("the report in %s is a draft: mark it as handed out with lvv run --final before the programme's is, so that a renewed one takes it into account", dir)
	}
	return d, notice, err
}
