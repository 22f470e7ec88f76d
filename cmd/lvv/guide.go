package main

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lvv/internal/regular"
	"lvv/samples"
	"lvv/transform"
)

// checkPage is the page of the last check that was done without a command line.
const checkPage = "controle.html"

// guided is what a person does who starts the program by a double click, or drops a pilot's folder on it: check,
// look, choose a period, run, look. Nothing of it is lost when the window closes before it was read.
type guided struct {
	app   *app
	input *bufio.Reader
	dir   string // of the pilot
}

// guide leads through the work in a folder, and waits for Enter at the end, whatever happened.
func (a *app) guide(ctx context.Context, dir string) error {
	g := &guided{app: a, input: bufio.NewReader(a.stdin), dir: dir}
	err := g.work(ctx)
	code := exitDone
	if err != nil {
		code = a.report(ctx, err)
	}
	g.ask("Press Enter to close this window.")
	if code != exitDone {
		return &exitError{code}
	}
	return nil
}

func (g *guided) work(ctx context.Context) error {
	terms := filepath.Join(g.dir, samples.Terms)
	if _, err := os.Stat(terms); errors.Is(err, fs.ErrNotExist) {
		return g.offer()
	}
	s := source{config: terms, lang: string(g.app.lang), memory: defaultMemory, engine: engineDuckDB, html: filepath.Join(g.dir, checkPage)}
	if err := s.validate(); err != nil {
		return err
	}
	p := newProgress(g.app, false)
	found, latest, err := s.check(ctx, g.app, "", p)
	if err != nil {
		return err
	}
	if err := g.app.printCheck(found, &s); err != nil {
		return err
	}
	g.app.say("%d rows read: %d accepted, %d quarantined, %d duplicates", found.Read, found.Accepted, found.Quarantined, found.Duplicates)
	g.show(s.html)
	t, err := transform.LoadTerms(terms)
	if err != nil {
		return err
	}
	proposed, _ := lastQuarter(latest, t)
	period := g.ask("Which period is to be reported? Enter takes %s; - stops.", proposed)
	if period == "-" {
		return nil
	}
	if period == "" {
		period = proposed
	}
	out := filepath.Join(g.dir, "out")
	if err := g.app.command(ctx, []string{"run", "--config", terms, "--out", out, "--period", period}); err != nil {
		return err
	}
	pages, err := regular.Glob(filepath.Join(out, period), partReport+"/"+partReport+"-*.html")
	if err == nil && len(pages) == 1 {
		g.show(pages[0])
	}
	return nil
}

// offer makes a pilot where there is none.
func (g *guided) offer() error {
	g.app.say("There is no pilot.yaml in %s.", g.dir)
	dir := filepath.Join(g.dir, "mijn-pilot")
	if answer := g.ask("Enter makes a folder to start from, %s; - stops.", dir); answer == "-" {
		return nil
	}
	if err := g.app.initPilot(dir, string(g.app.lang)); err != nil {
		return err
	}
	g.app.say("Put the exports in the folder exports in it, and drop that folder on lvv.exe.")
	g.show(filepath.Join(dir, guideFile))
	return nil
}

// ask says something and returns the line that is typed; at the end of the input, "".
func (g *guided) ask(format string, args ...any) string {
	g.app.say(format, args...)
	line, _ := g.input.ReadString('\n') // what was typed before the end counts
	return strings.TrimSpace(line)
}

// show opens a page, or says where it is.
func (g *guided) show(path string) {
	full, err := filepath.Abs(path)
	if err == nil {
		err = g.app.openPage(full)
	}
	if err != nil {
		full = path
	}
	g.app.say("Open: %s", full)
}

// alone is what the program does without a verb.
func (a *app) alone(cmd *cobra.Command, args []string) error {
	if len(args) == 1 { // a folder was dropped on it
		return a.guide(cmd.Context(), args[0])
	}
	if a.clicked() {
		return a.guide(cmd.Context(), ".")
	}
	if _, err := os.Stat(samples.Terms); err != nil {
		return cmd.Help()
	}
	return a.status()
}

// status says what stands in the pilot's folder, and what the next step is.
func (a *app) status() error {
	t, err := transform.LoadTerms(samples.Terms)
	if err != nil {
		return &usageError{err}
	}
	a.say("The pilot %s, from %v to %v.", t.Pilot, t.Start, t.LastDay())
	s := source{config: samples.Terms}
	if s.keyFile() == "" {
		a.say("There is no key yet. Next: lvv keygen %s", keyFile)
		return nil
	}
	entries, err := os.ReadDir(samples.Exports)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) == 0 {
		a.say("There are no exports yet. Next: put them in %s, and run lvv check", samples.Exports)
		return nil
	}
	a.say("%s holds %d files.", samples.Exports, len(entries))
	outputs, err := filepath.Glob(filepath.Join("out", "*", "manifest.json"))
	if err != nil {
		return err
	}
	for _, path := range outputs {
		m, err := readManifest(filepath.Dir(path))
		switch {
		case err != nil:
			a.say("%s cannot be read: %w", path, err)
		case m.Final:
			a.say("%s was handed out.", filepath.Dir(path))
		default:
			a.say("%s is a draft.", filepath.Dir(path))
		}
	}
	a.say("Next: lvv check says what is wrong with the exports; lvv run makes the reports.")
	return nil
}

// isFolder reports whether a word of the command line is a folder.
func isFolder(word string) bool {
	info, err := os.Stat(word)
	return err == nil && info.IsDir()
}
