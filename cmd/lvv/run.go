package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/anonymize/request"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/say"
	"lvv/reports/html"
	"lvv/reports/notes"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

func newRun(a *app) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run",
		Short: "The whole job: exports in, reports out",
		Long: `run reads the exports, replaces every identity by a pseudonym while reading, computes the
figures of the period, and writes OUT/<period>/ - all of it, or nothing. In a folder with a
pilot.yaml it takes that; elsewhere, without --config and --exports, the synthetic samples.

A run of the same period again replaces the output. With --final the output is marked as handed out:
then it is only renewed with --replace, and what was handed out counts as an earlier report, as do
the other periods in --out. Answers of lvv request that lie there count, too.`,
		Example: `  lvv run
  lvv run --period 2020-Q3
  lvv run --config mijn-pilot/pilot.yaml --key mijn-pilot/sleutel.key --period 2020-Q3
  lvv run --config p.yaml --key k --period 2020-Q3 --previous oud/2020-Q2 --earlier oud/2020-Q2
  lvv run --config p.yaml --key k --period 2020-Q3 --final
  lvv run --config p.yaml --key k --period 2020-Q3 --final --replace
  lvv run --config p.yaml --key k --period 2020-Q2 --as-of 2020-09-30 --only stuurgroep --lang en
  lvv run --config p.yaml --key k --period all --recipient age1...`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			r := &runJob{app: a, flags: &f, progress: newProgress(a, f.quiet)}
			return r.run(cmd.Context())
		},
	}
	f.register(a, cmd.Flags())
	return cmd
}

// runJob is one run.
type runJob struct {
	app      *app
	flags    *runFlags
	progress *progress

	*delivery
	period    transform.Period
	earlier   []disclose.Earlier         // of --previous
	answers   []*request.Answer          // that lie in --out
	rowsThen  []map[string]ingest.Counts // of each of them, by canonical table
	results   *transform.Results
	checks    []transform.CheckResult
	published *disclose.Published
	drawing   chan drawing // of the report, while it goes on
	staging   *outdir.Staging
	delivered delivered
	notices   []string // for who runs it, beside what was done
	found     []string // other outputs beside this one, which the evaluator's delivery takes into account
	// inspect is called when all is written and nothing removed yet; tests look for leaks there.
	inspect func(work, staging string)
}

// run does the job; what was written so far is removed where it fails.
func (r *runJob) run(ctx context.Context) (err error) {
	defer r.progress.recovered(&err)
	delivery, err := r.flags.open(r.app, r.flags.loadKey)
	if err != nil {
		return err
	}
	r.delivery = delivery
	r.texts = notes.Texts(r.flags.said)
	defer r.close()
	if r.flags.period == "" {
		if err := r.proposePeriod(ctx); err != nil {
			return err
		}
	}
	if r.period, err = transform.ParsePeriod(r.flags.period, r.flags.asOf, r.terms); err != nil {
		return &usageError{err}
	}
	claim := outdir.Claim{Pilot: r.terms.Pilot, Key: r.key.Fingerprint(), Parts: r.flags.parts(), Reads: r.flags.reads(), Replace: r.flags.replace}
	if err := r.stage(r.period.Label, claim); err != nil {
		return err
	}
	defer r.staging.Discard()
	if err := r.steps(ctx); err != nil {
		return err
	}
	r.progress.end()
	return r.conclude()
}

// stage prepares the folder of the output, which is removed where the program ends before it is whole.
func (r *runJob) stage(name string, claim outdir.Claim) (err error) {
	r.staging, err = outdir.New(r.flags.out, name, claim, r.app.observe)
	if _, refused := errors.AsType[*outdir.ClaimError](err); refused {
		return &usageError{err}
	}
	if err != nil {
		return err
	}
	r.app.leftovers.add(func() { _ = r.staging.Discard() })
	return nil
}

// steps are the run, from left to right through the house.
func (r *runJob) steps(ctx context.Context) (err error) {
	defer r.progress.recovered(&err)
	for _, step := range []func(context.Context) error{
		func(context.Context) error { return r.keepFormer() },
		func(context.Context) error { return r.readEarlier(r.staging.Dir()) },
		func(ctx context.Context) error {
			if r.read != nil {
				return nil
			}
			return r.readExports(ctx, r.progress)
		},
		func(context.Context) error {
			if err := notes.Mentioned(r.flags.said, r.read.Mentions); err != nil {
				return &usageError{err}
			}
			return nil
		},
		r.compute, r.check, r.control, r.drawReport, r.writeSteward, r.writeAMIF, r.writeRelease, r.writeReport, r.commit,
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// checkEarlierKeys refuses a delivery that was made with another key: its persons could not be told
// from new ones, and k over deliveries would be an empty promise.
func (r *runJob) checkEarlierKeys() error {
	for _, dir := range r.flags.earlier {
		m, err := readManifest(dir)
		if err != nil {
			return &usageError{err}
		}
		if now := (manifestKey{r.key.Fingerprint(), r.terms.Epoch}); m.Key != now {
			return usagef("%s was made with key %s, epoch %d; this run has key %s, epoch %d\n  Give the key and epoch of that delivery, or leave it out of --earlier if its persons may no longer be recognised.",
				dir, m.Key.Fingerprint, m.Key.Epoch, now.Fingerprint, now.Epoch)
		}
	}
	return nil
}

func (r *runJob) compute(ctx context.Context) (err error) {
	r.progress.begin("computing the figures")
	if r.flags.wants(partReport) {
		go html.Prepare()
	}
	if r.results, err = transform.Compute(ctx, r.engine, r.terms, r.period, r.progress.parts); err != nil {
		return err
	}
	for i, e := range r.earlier {
		again, err := transform.Restate(ctx, r.engine, r.terms, e.Results)
		if err != nil {
			return say.Errorf("compute %s again: %w", e.Results.Period.Label, err)
		}
		r.earlier[i].Corrections = again
		if slices.ContainsFunc(r.earlier[i+1:], func(later disclose.Earlier) bool { return later.Results.Period.Label == e.Results.Period.Label }) {
			continue // readers are told what has changed since the last version
		}
		r.results.Restatements = append(r.results.Restatements, again...)
		if later := e.Results.Period.AsOf > r.period.AsOf; later && len(again) > 0 {
			r.notices = append(r.notices, r.app.text("These exports say otherwise of %s, which was made before and is of a later reference date: if they are an older delivery, make this report from the newest one.", e.Results.Period.Label))
		} else if !later {
			r.results.RowChanges = append(r.results.RowChanges, r.rowChanges(e.Results.Period.Label, r.rowsThen[i])...)
		}
	}
	return nil
}

func (r *runJob) check(ctx context.Context) (err error) {
	r.progress.begin("checking the contents")
	r.checks, err = transform.Checks(ctx, r.engine, r.terms, r.period, r.progress.parts)
	return err
}

// rowChanges sets the rows that an earlier report was made from beside those of this run.
func (r *runJob) rowChanges(period string, then map[string]ingest.Counts) []transform.RowChange {
	now := tableRows(r.read)
	accepted := func(of map[string]ingest.Counts, table string) engine.Value {
		n, delivered := of[table]
		if !delivered {
			return engine.Value{}
		}
		return engine.CountOf(n.Accepted)
	}
	var out []transform.RowChange
	for _, t := range r.read.Tables {
		out = append(out, transform.RowChangeOf(period, t.Table, accepted(then, t.Table), accepted(now, t.Table)))
	}
	return out
}

func (r *runJob) control(ctx context.Context) (err error) {
	r.progress.begin("protecting small counts")
	cat, err := sql.Load()
	if err != nil {
		return err
	}
	o := disclose.DefaultOptions(r.terms.MinCell)
	o.Start, o.Days, o.Earlier, o.Order = r.terms.Start, r.terms.KnownOn(r.period.AsOf).Days(), r.earlier, disclose.KeyedOrder(r.key, r.terms.Pilot, r.terms.Epoch)
	if o.Beside, err = request.Beside(ctx, r.engine, r.terms, r.period, cat, r.answers); err != nil {
		return err
	}
	for {
		if r.published, err = disclose.Protect(r.results, cat, o); err != nil {
			return unpublishable(err, r.period)
		}
		given, err := request.GivenAway(ctx, r.engine, r.terms, r.published.Document(cat), cat, r.answers, o.Search)
		if err != nil {
			return err
		}
		given = slices.DeleteFunc(given, func(table string) bool { return slices.Contains(o.Withdrawn, table) })
		if len(given) == 0 {
			return nil
		}
		o.Withdrawn = append(o.Withdrawn, given...)
	}
}

// unpublishable says what can be done where a report cannot be published beside those that were.
func unpublishable(err error, p transform.Period) error {
	if of, narrows := errors.AsType[*disclose.NarrowsError](err); narrows {
		return usagef("%s cannot be published any more: whatever it left out, small counts that the report of %s hides would be known better (%d of them), and that was handed out\n"+
			"  Take a period that begins and ends with those already reported, and make reports in the order of their reference dates. To only look, give another folder with --out, and hand nothing of it out.", p.Label, of.Period, of.Counts)
	}
	if many, ok := errors.AsType[*cells.TooManyError](err); ok {
		return usagef("%s cannot be published beside so many earlier reports: together they leave %d counts to protect, more than can be proven safe\n"+
			"  Report by longer periods, such as the quarter. To only look, give another folder with --out, and hand nothing of it out.", p.Label, many.Cells)
	}
	return err
}
