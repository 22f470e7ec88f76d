package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/anonymize/request"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/transform"
)

func newRequest(a *app) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "request FILE",
		Short: "Tables for a researcher from the exact data, after disclosure control",
		Long: `request answers a request for tables (art. 9) without letting the data out: it counts persons, cases, courses,
trajectories or nights as FILE asks, and tells of that what leaves no small group open, given every report of the
pilot and every answer that lie in --out or are named with --previous. It writes a new folder in --out: antwoord/
for the researcher, beheer/ with the log. What was answered once is never replaced. lvv init writes an example.

What can be asked:`,
		Example: `  lvv request aanvraag.yaml
  lvv request aanvraag.yaml --config pilot.yaml --exports exports --key sleutel.key --period 2020-Q3 --out out`,
		Args: exactArgs(1, say.Errorf("the file with the request")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			r := &requestJob{runJob: &runJob{app: a, flags: &f, progress: newProgress(a, f.quiet)}, file: args[0]}
			return r.run(cmd.Context())
		},
	}
	f.source.register(cmd.Flags())
	cmd.Flags().StringVar(&f.out, "out", "out", "`folder` of the outputs: reports and answers in it are taken into account, and the answer gets a folder of its own")
	cmd.Flags().StringVar(&f.period, "period", "", "`period`: what is known on its last day is counted")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "reference `date`; nothing after it is known (default: the period's last day)")
	cmd.Flags().StringArrayVar(&f.previous, "previous", nil, "output `folder` of a report or an answer that does not lie in --out (may be repeated)")
	f.lang = string(a.lang)
	help := cmd.HelpFunc()
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		var grammar strings.Builder
		_ = request.WriteHelp(&grammar, string(a.lang)) // a strings.Builder takes everything
		cmd.Long += "\n\n" + grammar.String()
		help(cmd, args)
	})
	return cmd
}

// requestJob is one request.
type requestJob struct {
	*runJob
	file    string
	request *request.Request
	reports []*published.Document
}

func (r *requestJob) run(ctx context.Context) (err error) {
	defer r.progress.recovered(&err)
	text, err := regular.ReadFile(r.file)
	if err != nil {
		return usagef("the request cannot be read: %w\n  Give the file with the request; lvv init writes an example.", err)
	}
	if r.request, err = request.Parse(filepath.Base(r.file), text); err != nil {
		return &usageError{err}
	}
	name, err := answerName(r.file)
	if err != nil {
		return err
	}
	if r.delivery, err = r.flags.open(r.app, r.flags.loadKey); err != nil {
		return err
	}
	defer r.close()
	if r.period, err = transform.ParsePeriod(r.flags.period, r.flags.asOf, r.terms); err != nil {
		return &usageError{err}
	}
	claim := outdir.Claim{Pilot: r.terms.Pilot, Key: r.key.Fingerprint(), Parts: []string{outdir.PartAnswer, outdir.PartSteward}, Reads: append(r.flags.reads(), r.file)}
	if err := r.stage(name, claim); err != nil {
		return err
	}
	defer r.staging.Discard()
	if _, err := os.Lstat(r.staging.Target()); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s is an answer already, and what was answered is kept\n  Give the file of this request another name.", r.staging.Target())
	}
	return r.steps(ctx)
}

// steps are the request, once nothing stands in its way. The lock on --out is held: no other answer comes between.
func (r *requestJob) steps(ctx context.Context) error {
	if err := r.readTold(); err != nil {
		return err
	}
	if err := r.readExports(ctx, r.progress); err != nil {
		return err
	}
	r.progress.begin("answering the request")
	answer, err := request.Run(ctx, request.Options{
		Engine: r.engine, Terms: r.terms, Period: r.period, Request: r.request, Order: disclose.KeyedOrder(r.key, r.terms.Pilot, r.terms.Epoch),
		Reports: r.reports, Earlier: r.answers, Search: cells.DefaultOptions,
	})
	if err != nil {
		return err
	}
	for _, f := range answer.Files() {
		if err := r.staging.Write(f.Path, f.Fill); err != nil {
			return err
		}
	}
	m, err := r.manifest(ctx)
	if err != nil {
		return err
	}
	if err := m.commit(r.staging); err != nil {
		return err
	}
	r.progress.end()
	return r.said(answer)
}

// said prints what was answered.
func (r *requestJob) said(a *request.Answer) error {
	var b strings.Builder
	fmt.Fprintln(&b, r.app.text("%s, as known on %v; reports beside it: %d, earlier answers: %d", a.Pilot, a.Period.AsOf, a.Reports, a.Answered))
	for i := range a.Tables {
		t := &a.Tables[i]
		fmt.Fprintf(&b, "  %s.csv", t.Asked.Name)
		for k := range t.Withheld {
			b.WriteString(r.app.text("; not told: %s", t.Withheld[k].In(string(r.app.lang))))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintln(&b, "\n"+r.app.text("For the researcher: %s", filepath.Join(r.staging.Target(), request.Folder)))
	if _, err := r.app.stdout.Write([]byte(b.String())); err != nil {
		return &afterwards{r.staging.Target(), err}
	}
	return nil
}

// answerName is the folder of an answer, by the name of the request.
func answerName(file string) (string, error) {
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		return "", usagef("the answer to %s gets a folder of its name, and that has other signs than letters, digits, - and _\n  Give the file another name.", outdir.Shown(filepath.Base(file)))
	}
	if !strings.HasPrefix(name, "aanvraag") {
		name = "aanvraag-" + name
	}
	return name, nil
}

// readTold reads every report and answer of the pilot that lies in --out or was named.
func (r *requestJob) readTold() error {
	dirs := slices.Clone(r.flags.previous)
	entries, err := os.ReadDir(r.flags.out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return say.Errorf("look for reports and answers: %w", err)
	}
	for _, e := range entries {
		dir := filepath.Join(r.flags.out, e.Name())
		if e.IsDir() && e.Name()[0] != '.' && !isAmong(dir, dirs) {
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		found, err := r.readFolder(dir)
		if err != nil {
			return err
		}
		if !found && slices.Contains(r.flags.previous, dir) {
			return usagef("%s holds neither a report nor an answer of pilot %s\n  Give a folder that lvv run or lvv request wrote.", dir, r.terms.Pilot)
		}
	}
	return nil
}

// readFolder reads what a folder tells of the pilot.
func (r *requestJob) readFolder(dir string) (found bool, err error) {
	paths, err := regular.Glob(dir, "stuurgroep/stuurgroep-*.json")
	if err != nil {
		return false, say.Errorf("look for reports: %w", err)
	}
	if _, err := os.Lstat(filepath.Join(dir, publishedFile)); err == nil {
		paths = []string{filepath.Join(dir, publishedFile)}
	}
	for _, path := range paths {
		d, err := readPublished(path)
		if err != nil {
			return false, err
		}
		if d != nil && d.Pilot == r.terms.Pilot {
			r.reports, found = append(r.reports, d), true
		}
	}
	a, err := readAnswer(dir)
	if err != nil {
		return false, err
	}
	if a != nil && a.Pilot == r.terms.Pilot {
		r.answers, found = append(r.answers, a), true
		r.found = append(r.found, dir)
	}
	return found, nil
}

// readAnswer reads the answer in a folder; nil when it holds none.
func readAnswer(dir string) (*request.Answer, error) {
	path := filepath.Join(dir, filepath.FromSlash(request.LogFile))
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Errorf("read an earlier answer: %w", err)
	}
	defer f.Close()
	a, err := request.Read(f)
	if err != nil {
		return nil, say.Errorf("%s: %w\n  Restore the folder as lvv request wrote it.", path, err)
	}
	return a, nil
}

// exampleRequest is the file that init writes.
const exampleRequest = "aanvraag.yaml"
