package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"unicode"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/guard"
	"lvv/internal/say"
)

// Exit codes, as the interface fixes them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitQuarantined = 3
)

// usageError is a wrong command line or wrong terms: exit 2.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func (e *usageError) In(lang say.Lang) string { return say.In(lang, e.err) }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return &usageError{say.Errorf(format, args...)} }

// exitError carries an exit code for a command that did its work and has already said what it found.
type exitError struct{ code int }

func (e *exitError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// app is what a verb may use of the outside world.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lang           say.Lang
	observe        outdir.Observer         // nil but in tests
	clicked        func() bool             // whether it was started by a double click
	openPage       func(path string) error // in a browser
	leftovers      leftovers
}

// run does the work of main and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return (&app{stdin: stdin, stdout: stdout, stderr: stderr}).run(args)
}

func (a *app) run(args []string) int {
	ctx, stop := untilSignal()
	defer stop()
	a.lang = languageOf(args)
	if a.clicked == nil {
		a.clicked, a.openPage = startedByClick, openFile
	}
	return a.report(ctx, a.leftovers.within(ctx, func() error {
		// The value of a panic may hold case data; it is not shown.
		return guard.Run(func() error { return a.execute(ctx, args) })
	}))
}

// execute does what the command line says. A verb whose words were lost has failed, whatever it did.
func (a *app) execute(ctx context.Context, args []string) error {
	out := &printing{Writer: a.stdout}
	a.stdout = out
	if err := a.command(ctx, args); err != nil {
		return err
	}
	if out.err != nil {
		return say.Errorf("what was to be printed could not be written: %w\n  What the command had to do is done.", out.err)
	}
	return nil
}

func (a *app) command(ctx context.Context, args []string) error {
	for _, text := range append([]string{os.Getenv(keyVariable)}, args...) {
		if _, found := pseudonym.Conceal(text); found {
			return errKeyGiven
		}
	}
	if err := checkLanguage(); err != nil {
		return err
	}
	cobra.MousetrapHelpText = "" // a double click is served: see [app.alone]
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	return root.ExecuteContext(ctx)
}

// errKeyGiven refuses a secret in the command line or the environment, where others can read it.
var errKeyGiven = usagef("a key itself stands in the command line or in %s, where other users and your history can see it\n"+
	"  Keep it in a file of mode 0600, and give the name of that file. Make a new one if others may have seen it: lvv keygen FILE.", keyVariable)

// report prints an error the one way that errors are printed - what, where, what to do - and
// chooses the exit code.
func (a *app) report(ctx context.Context, err error) int {
	if err == nil {
		return exitDone
	}
	if exit, ok := errors.AsType[*exitError](err); ok {
		return exit.code
	}
	_, placed := errors.AsType[*afterwards](err)
	if s, ok := errors.AsType[*stopped](context.Cause(ctx)); ok && !placed {
		if s.signal != syscall.SIGPIPE { // then nobody reads it
			fmt.Fprintf(a.stderr, "lvv: %s\n", a.text("stopped (%v); nothing was written", s.signal))
		}
		return exitFailed
	}
	text, _ := pseudonym.Conceal(say.In(a.lang, err))
	// A name in it must not steer the terminal.
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return unicode.ReplacementChar
		}
		return c
	}, text)
	fmt.Fprintf(a.stderr, "lvv: %s\n", text)
	if errors.Is(err, guard.ErrPanic) {
		fmt.Fprintf(a.stderr, "  %s\n", a.text("No half output was left. Please report the command and the version (%s).", version))
	}
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "lvv",
		Short: "Reports and evaluation data for a shelter-and-guidance programme",
		Long: `lvv reads the case exports of the parties in a shelter-and-guidance programme (LVV),
replaces every identity by a keyed pseudonym while reading, computes the figures of the
covenant, and writes the report of the steering group, the AMIF account and the
evaluator's anonymised data.

Exit codes: 0 done; 1 the job failed; 2 wrong command line or terms; 3 done, but rows were
quarantined and --strict was given.`,
		Version: shownVersion(),
		Example: `  lvv run                                     the samples, into ./out
  lvv init mijn-pilot                         a folder to start from
  lvv check --config mijn-pilot/pilot.yaml    what is wrong with a delivery
  lvv run --config mijn-pilot/pilot.yaml --key mijn-pilot/sleutel.key --period 2020-Q3`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && (len(args) > 1 || !isFolder(args[0])) {
				return noCommand(cmd, args[0])
			}
			return nil
		},
		RunE: a.alone,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newRun(a), newCheck(a), newInit(a), newKeygen(a), newAnonymize(a), newVerify(a), newRequest(a), newShare(a), newNetwork(a), newPurge(a), newSamples(a), newMetrics(a), newTrace(a), newBridge(a))
	a.localize(root)
	return root
}
