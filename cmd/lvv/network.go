package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/anonymize/share"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/private"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/transform"
)

// networkFlags are the flags of lvv network.
type networkFlags struct {
	source
	period, asOf, identity, out string
}

func newNetwork(a *app) *cobra.Command {
	var f networkFlags
	cmd := &cobra.Command{
		Use:   "network --config programma.yaml --period P --identity FILE --out DIR",
		Short: "Take the packages of all pilots together",
		Long: `network opens the packages that the pilots made with lvv share, and writes OUT/<period>/: the report to the
programme council (programmaraad/, page, workbook and document), with each pilot beside the others and all
together, and the exact figures for the programme's office alone (beheer/kpis.json).

What adds up is added up, shares from their summed numerators and denominators; the rest, such as distinct
persons and medians, is counted anew over the rows of all pilots. A package that is missing, or is of another
period, is named, and every figure says on how many pilots it rests. The report shows of each pilot what the pilot
published itself, and of all together nothing that would narrow what any of them hides.

programma.yaml names the programme and lists the pilots, each with its name and the file of its package.
--identity is the file that age-keygen made, with the secret key to the packages.`,
		Example: `  lvv network --config programma.yaml --period 2020-Q3 --identity identiteit.txt --out out`,
		Args:    exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			n := &networkJob{app: a, flags: &f, progress: newProgress(a, f.quiet)}
			return n.run(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.config, "config", "", "`file` that lists the pilots and their packages, programma.yaml")
	flags.StringVar(&f.period, "period", "", "`period` to report: 2020-Q3, 2020-09, 2020 or 2020-07-01..2020-09-30")
	flags.StringVar(&f.asOf, "as-of", "", "reference `date` of the packages (default: the period's last day)")
	flags.StringVar(&f.identity, "identity", "", "age identity `file` that opens the packages")
	flags.StringVar(&f.out, "out", "out", "`folder` for the output; a folder for the period is made in it")
	flags.StringVar(&f.lang, "lang", string(a.lang), "`language` of the report and of all that is said: nl or en")
	f.registerWork(flags)
	return cmd
}

func (f *networkFlags) validate() error {
	if f.config == "" {
		return usagef("--config is missing: the file that lists the pilots and their packages\n  lvv network --help shows an example")
	}
	if f.period == "" || f.period == "all" {
		return usagef("--period is missing, or of no fixed days\n  Give the quarter, month, year or range of days of the packages, e.g. --period 2020-Q3.")
	}
	if f.identity == "" {
		return usagef("--identity is missing: packages are encrypted for the programme's office\n  Give the file that age-keygen made for it.")
	}
	return f.validateWork()
}

// networkJob is one run of lvv network.
type networkJob struct {
	app       *app
	flags     *networkFlags
	progress  *progress
	programme *programme
	period    transform.Period
	work      *delivery // its store is the union
	opened    []*share.Package
	states    []published.Package
	others    []*published.Programme // of other periods, in the same folder
	inputs    []fileHash             // the packages, and the others
}

func (n *networkJob) run(ctx context.Context) (err error) {
	defer n.progress.recovered(&err)
	if n.programme, err = loadProgramme(n.flags.config); err != nil {
		return err
	}
	if n.period, err = transform.ParsePeriod(n.flags.period, n.flags.asOf, &transform.Terms{}); err != nil {
		return &usageError{err}
	}
	identities, err := loadIdentities(n.flags.identity)
	if err != nil {
		return err
	}
	n.work = &delivery{src: &n.flags.source}
	if n.work.work, err = outdir.NewWorkDir(); err != nil {
		return err
	}
	n.app.leftovers.add(func() { _ = n.work.work.Close() })
	defer n.work.close()
	if err := n.work.work.Divert(); err != nil {
		return err
	}
	claim := outdir.Claim{Pilot: n.programme.Name, Parts: []string{outdir.PartSteward, outdir.PartCouncil}, Reads: n.reads()}
	staging, err := outdir.New(n.flags.out, n.period.Label, claim, n.app.observe)
	if err != nil {
		return err
	}
	n.app.leftovers.add(func() { _ = staging.Discard() })
	defer staging.Discard()
	if err := n.open(ctx, identities); err != nil {
		return err
	}
	if err := n.readOthers(); err != nil {
		return err
	}
	together, err := n.compute(ctx)
	if err != nil {
		return err
	}
	err = staging.Write(kpisFile, func(w io.Writer) error {
		return transform.WriteProgrammeKPIs(w, n.programme.Name, n.period, n.states, n.figures(), together)
	})
	if err != nil {
		return err
	}
	if err := n.report(staging, together); err != nil {
		return err
	}
	n.progress.begin("putting the output in its place")
	if err := n.commit(ctx, staging); err != nil {
		return err
	}
	n.progress.end()
	return n.conclude(staging)
}

func (n *networkJob) reads() []string {
	paths := []string{n.flags.config, n.flags.identity}
	for _, p := range n.programme.Pilots {
		paths = append(paths, p.Package)
	}
	return paths
}

// loadIdentities reads the secret keys that open packages, from a file of its owner alone.
func loadIdentities(path string) ([]age.Identity, error) {
	const remedy = "Give the file that age-keygen made for the programme's office."
	info, err := os.Lstat(path)
	if err != nil {
		return nil, usagef("the identity cannot be read: %w\n  "+remedy, err)
	}
	if others, err := private.Others(path, info); err != nil || !info.Mode().IsRegular() || others != "" {
		return nil, usagef("the identity %s is not a regular file of its owner alone\n  Run: %s", path, private.Remedy(path, info))
	}
	f, err := regular.Open(path)
	if err != nil {
		return nil, usagef("the identity cannot be read: %w\n  "+remedy, err)
	}
	defer f.Close()
	identities, err := age.ParseIdentities(f)
	if err != nil {
		// The error may repeat what stands there.
		return nil, usagef("the identity %s holds no age identity\n  "+remedy, path)
	}
	return identities, nil
}

// open opens the packages, and collects all that is wrong with them.
func (n *networkJob) open(ctx context.Context, identities []age.Identity) error {
	n.progress.begin("opening the packages")
	definitions, err := share.Definitions()
	if err != nil {
		return err
	}
	if n.work.store, err = n.work.work.Sub("store"); err != nil {
		return err
	}
	var faults []error
	for i, pilot := range n.programme.Pilots {
		if err := ctx.Err(); err != nil {
			return err
		}
		n.progress.parts(i, len(n.programme.Pilots))
		state := published.Package{Pilot: pilot.Name, State: published.PackageMissing}
		f, err := regular.Open(pilot.Package)
		if errors.Is(err, fs.ErrNotExist) {
			n.states = append(n.states, state)
			continue
		}
		if err != nil {
			faults = append(faults, say.Errorf("the package of %s cannot be read: %w", pilot.Name, err))
			continue
		}
		p, err := share.Open(f, n.work.store, identities...)
		f.Close()
		switch {
		case err != nil:
			faults = append(faults, say.Errorf("%s %w", pilot.Package, err))
			continue
		case p.Pilot != pilot.Name:
			faults = append(faults, say.Errorf("%s is the package of %s, and not of %s", pilot.Package, p.Pilot, pilot.Name))
			continue
		}
		state.Period, state.AsOf = p.Period.Label, p.Period.AsOf.String()
		if state.State = n.stateOf(p.Period); state.State == published.PackageUsed {
			if p.Program != version || p.Definitions != definitions {
				faults = append(faults, say.Errorf("the package of %s was made by version %s of the program, with definitions %.12s; this is version %s, with %.12s", p.Pilot, p.Program, p.Definitions, version, definitions))
				continue
			}
			n.opened = append(n.opened, p)
		}
		n.states = append(n.states, state)
		described, err := outdir.Describe(filepath.Dir(pilot.Package), filepath.Base(pilot.Package))
		if err != nil {
			return err
		}
		n.inputs = append(n.inputs, fileHash{filepath.Base(pilot.Package), described.SHA256})
	}
	if len(faults) > 0 {
		return say.Errorf("%w\n  Have these packages made anew with lvv share of this version, for this office, and nothing is compared that was counted in two ways.", errors.Join(faults...))
	}
	n.recognise()
	if len(n.opened) == 0 {
		return say.Errorf("there is no package of %s, reference date %v\n  %s", n.period.Label, n.period.AsOf, strings.Join(n.absences(), "\n  "))
	}
	return nil
}

// stateOf says whether a package of the period can be used.
func (n *networkJob) stateOf(p transform.Period) string {
	switch {
	case p.From == n.period.From && p.To == n.period.To && p.AsOf == n.period.AsOf:
		return published.PackageUsed
	case p.To < n.period.To || p.To == n.period.To && p.AsOf < n.period.AsOf:
		return published.PackageLate
	}
	return published.PackageOther
}

// absences names the packages that are not used, and why.
func (n *networkJob) absences() []string {
	var out []string
	for i, s := range n.states {
		switch s.State {
		case published.PackageMissing:
			out = append(out, n.app.text("%s: there is no %s.", s.Pilot, filepath.Base(n.programme.Pilots[i].Package)))
		case published.PackageLate:
			out = append(out, n.app.text("%s is late: its package is of %s, reference date %s.", s.Pilot, s.Period, s.AsOf))
		case published.PackageOther:
			out = append(out, n.app.text("%s: its package is of %s, reference date %s.", s.Pilot, s.Period, s.AsOf))
		}
	}
	return out
}

func (n *networkJob) figures() []transform.PilotFigures {
	return lists.Map(n.opened, func(p *share.Package) transform.PilotFigures {
		return transform.PilotFigures{Terms: p.Terms, Results: p.Results}
	})
}

// compute takes the pilots together, their persons under a key that nobody keeps.
func (n *networkJob) compute(ctx context.Context) ([]transform.Joint, error) {
	key, err := pseudonym.GenerateKey()
	if err != nil {
		return nil, err
	}
	n.progress.begin("joining the stores")
	store, err := share.Union(ctx, n.work.store, n.opened, key)
	if err != nil {
		return nil, err
	}
	n.work.read = &ingest.Result{Store: store}
	if err := n.work.openEngine(ctx); err != nil {
		return nil, err
	}
	n.progress.begin("computing the figures together")
	return transform.Together(ctx, n.work.engine, n.programme.Name, n.figures(), n.period, n.progress.parts)
}

func (n *networkJob) commit(ctx context.Context, staging *outdir.Staging) error {
	m, err := newManifest(ctx, n.work.engine, n.period)
	if err != nil {
		return err
	}
	config, err := regular.ReadFile(n.flags.config)
	if err != nil {
		return err
	}
	m.Pilot, m.Terms = n.programme.Name, hashOf(filepath.Base(n.flags.config), config)
	m.Options = manifestOptions{Language: n.flags.lang, Only: []string{}, Recipients: []string{}}
	m.Lowered, m.Inputs, m.Earlier, m.Rows = []transform.Lowered{}, []ingest.Input{}, orEmpty(n.inputs), map[string]ingest.Counts{}
	return m.commit(staging)
}

func (n *networkJob) conclude(staging *outdir.Staging) error {
	for _, notice := range staging.Notices() {
		n.progress.say(notice)
	}
	w := &strings.Builder{}
	say := func(format string, args ...any) { fmt.Fprintln(w, n.app.text(format, args...)) }
	say("%s, %s, reference date %v: %d of %d pilots", n.programme.Name, n.period.Label, n.period.AsOf, len(n.opened), len(n.programme.Pilots))
	for _, line := range n.absences() {
		fmt.Fprintln(w, line)
	}
	if len(n.opened) > 1 && slices.ContainsFunc(n.states, func(s published.Package) bool { return s.State == published.PackageUsed && !s.Recognised }) {
		say("Not all pilots share persons under one programme key: a person counts once in each of those that do not.")
	}
	say("\nFor the programme council:\n  %s\n  %s", filepath.Join(staging.Target(), councilFile(n.period, ".html")), filepath.Join(staging.Target(), councilFile(n.period, ".xlsx")))
	say("Exact figures, for the programme's office alone:\n  %s", filepath.Join(staging.Target(), filepath.FromSlash(kpisFile)))
	_, err := io.WriteString(n.app.stdout, w.String())
	return err
}
