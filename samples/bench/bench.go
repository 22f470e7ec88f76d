package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lvv/samples"
)

// The goals, on two cores.
const (
	goalRatio      = 1.0     // of the wall times
	goalModels     = 0.8     // of the wall times, where DuckDB does the same work
	goalPeak       = 1536    // MiB at a million persons
	goalLargePeak  = 3 << 10 // MiB at ten million
	goalLargeTimes = 11.0    // the time of a million
	goalRegister   = 3 * time.Second
	goalCheck      = time.Second
	goalHelp       = 50 * time.Millisecond
	registerSize   = 5000 // persons of a municipal register
)

// bench holds the state of a session of measuring.
type bench struct {
	settings
	out    io.Writer
	key    string // a key file
	missed []string
}

func (b *bench) printf(format string, args ...any) { fmt.Fprintf(b.out, format, args...) }

// goal prints a measurement against its goal.
func (b *bench) goal(what string, met bool, got, want string) {
	verdict := "met"
	if !met {
		verdict = "missed"
		b.missed = append(b.missed, what)
	}
	b.printf("%-44s %14s   goal %-12s %s\n", what, got, want, verdict)
}

func (b *bench) all(ctx context.Context) error {
	b.key = filepath.Join(b.folder, "key")
	if _, err := measure(ctx, b.lvv, "keygen", b.key); err != nil {
		return err
	}
	one, err := b.compare(ctx)
	if err != nil {
		return err
	}
	if err := b.register(ctx); err != nil {
		return err
	}
	if b.large > 0 {
		if err := b.scale(ctx, one); err != nil {
			return err
		}
	}
	if b.pilots > 0 {
		if err := b.programme(ctx); err != nil {
			return err
		}
	}
	if len(b.missed) > 0 {
		return fmt.Errorf("goals missed: %s", strings.Join(b.missed, "; "))
	}
	return nil
}

// set makes the exports of a number of persons and returns their folder.
func (b *bench) set(ctx context.Context, persons int) (string, error) {
	dir := filepath.Join(b.folder, strconv.Itoa(persons))
	m, err := measure(ctx, b.lvv, "samples", "--persons", strconv.Itoa(persons), "--out", dir)
	if err != nil {
		return "", err
	}
	b.printf("%d persons made: %v\n", persons, m)
	return dir, nil
}

// job runs lvv on a set and returns what it took and the folder of its output.
func (b *bench) job(ctx context.Context, set string, more ...string) (measured, string, error) {
	out, err := os.MkdirTemp(b.folder, "out-")
	if err != nil {
		return measured{}, "", err
	}
	args := append([]string{"run", "--config", filepath.Join(set, samples.Terms), "--exports", filepath.Join(set, samples.Exports),
		"--out", out, "--period", samples.Period, "--key", b.key}, more...)
	m, err := measure(ctx, b.lvv, args...)
	return m, filepath.Join(out, samples.Period), err
}

// compare measures lvv against the baseline, and returns lvv's median run.
func (b *bench) compare(ctx context.Context) (measured, error) {
	set, err := b.set(ctx, b.persons)
	if err != nil {
		return measured{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return measured{}, err
	}
	others := []*other{
		{name: "plain DuckDB", args: []string{baselineVerb, set, strconv.Itoa(samples.AgreedPlaces(b.persons))}, goal: goalRatio},
		{name: "DuckDB, all models", args: []string{modelsVerb, set}, goal: goalModels},
	}
	var ours []measured
	var output string
	for i := range b.runs {
		m, out, err := b.job(ctx, set, "--only", "stuurgroep")
		if err != nil {
			return measured{}, err
		}
		ours, output = append(ours, m), out
		b.printf("run %d  %-20s %v\n", i+1, "lvv run", m)
		for _, o := range others {
			if m, err = measure(ctx, self, o.args...); err != nil {
				return measured{}, err
			}
			o.runs = append(o.runs, m)
			b.printf("run %d  %-20s %v\n", i+1, o.name, m)
		}
	}
	us := median(ours)
	b.printf("\nlvv run, when each step was reported:\n")
	for _, l := range us.lines {
		b.printf("  %7.2f s  %s\n", l.at.Seconds(), l.text)
	}
	var differ int
	for _, o := range others {
		n, err := b.beside(us, o, filepath.Join(output, "beheer", "kpis.json"))
		if err != nil {
			return measured{}, err
		}
		differ += n
	}
	b.goal("peak memory of lvv run", mebibytes(us.peak) <= goalPeak, fmt.Sprintf("%.0f MiB", mebibytes(us.peak)), fmt.Sprintf("%d MiB", goalPeak))
	if differ > 0 {
		return us, errors.New("the programs do not agree")
	}
	return us, nil
}

// other is a program that lvv is measured against.
type other struct {
	name string
	args []string
	goal float64 // of the ratio of the wall times
	runs []measured
}

// beside prints lvv's run beside the median of another program's, and returns how many figures differ.
func (b *bench) beside(us measured, o *other, kpis string) (int, error) {
	them := median(o.runs)
	var told report
	if err := json.Unmarshal(them.stdout, &told); err != nil {
		return 0, fmt.Errorf("read the report of %s: %w", o.name, err)
	}
	b.printf("\n%s, what each step took:\n", o.name)
	for _, s := range told.Steps {
		b.printf("  %7.2f s  %s\n", s.Seconds, s.Name)
	}
	n, differ, err := compareFigures(kpis, told.Figures)
	if err != nil {
		return 0, err
	}
	b.printf("%d figures computed by both, %d differ\n", n, len(differ))
	for _, d := range differ {
		b.printf("  %s\n", d)
	}
	ratio := us.wall.Seconds() / them.wall.Seconds()
	b.goal("wall time, lvv run / "+o.name, ratio <= o.goal, fmt.Sprintf("%.2f", ratio), fmt.Sprintf("<= %.2f", o.goal))
	b.printf("%-44s %14.2f\n", "CPU time, lvv run / "+o.name, us.cpu.Seconds()/them.cpu.Seconds())
	return len(differ), nil
}

// register measures a municipal register with all outputs, the check, and the help.
func (b *bench) register(ctx context.Context) error {
	set, err := b.set(ctx, registerSize)
	if err != nil {
		return err
	}
	times := func(what string, limit time.Duration, once func() (measured, error)) error {
		var runs []measured
		for range b.runs {
			m, err := once()
			if err != nil {
				return err
			}
			runs = append(runs, m)
		}
		m := median(runs)
		b.goal(what, m.wall <= limit, m.wall.Round(time.Millisecond).String(), limit.String())
		return nil
	}
	return errors.Join(
		times(fmt.Sprintf("lvv run, %d persons, all outputs", registerSize), goalRegister, func() (measured, error) {
			m, _, err := b.job(ctx, set)
			return m, err
		}),
		times(fmt.Sprintf("lvv check, %d persons", registerSize), goalCheck, func() (measured, error) {
			return measure(ctx, b.lvv, "check", "--config", filepath.Join(set, samples.Terms), "--exports", filepath.Join(set, samples.Exports))
		}),
		times("lvv --help", goalHelp, func() (measured, error) { return measure(ctx, b.lvv, "--help") }))
}

// scale measures one run of a large set against the time of the one that was compared.
func (b *bench) scale(ctx context.Context, one measured) error {
	set, err := b.set(ctx, b.large)
	if err != nil {
		return err
	}
	m, _, err := b.job(ctx, set, "--only", "stuurgroep")
	if err != nil {
		return err
	}
	b.printf("%d persons: %v\n", b.large, m)
	times := m.wall.Seconds() / one.wall.Seconds()
	limit := goalLargeTimes * float64(b.large) / float64(b.persons) / 10
	b.goal(fmt.Sprintf("time of %d persons / of %d", b.large, b.persons), times <= limit, fmt.Sprintf("%.1f", times), fmt.Sprintf("<= %.1f", limit))
	b.goal(fmt.Sprintf("peak memory, %d persons", b.large), mebibytes(m.peak) <= goalLargePeak, fmt.Sprintf("%.0f MiB", mebibytes(m.peak)), fmt.Sprintf("%d MiB", goalLargePeak))
	return nil
}
