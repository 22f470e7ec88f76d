// Command bench measures the whole job against two DuckDB programs on the same files, in turn and several times, and
// checks that all come to the same figures. The one is what a good hand-written script does; the other runs every model
// and check of lvv on what DuckDB itself has read, and draws nothing:
//
//	go run ./samples/bench -lvv bin/lvv [-persons 1000000] [-runs 3] [-large 10000000] [-pilots 100]
//
// Every run is a process of its own, so that wall time, CPU time and peak memory are those of the
// whole program and not of a warm one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"

	"lvv/samples"
)

// baselineVerb makes this program the baseline's process: bench duckdb SET PLACES. modelsVerb makes it the second
// program's: bench models SET.
const (
	baselineVerb = "duckdb"
	modelsVerb   = "models"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	lvv          string // the binary to measure
	persons      int
	large        int // 0: do not measure
	pilots       int // of a programme; 0: do not measure
	pilotPersons int // of each, on average
	runs         int
	folder       string // for the sets
}

func run(args []string, stdout, stderr io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(args) == 3 && args[0] == baselineVerb {
		places, err := strconv.Atoi(args[2])
		if err != nil {
			return fmt.Errorf("places: %w", err)
		}
		return runBaseline(ctx, args[1], places, stdout)
	}
	if len(args) == 2 && args[0] == modelsVerb {
		return runModels(ctx, args[1], stdout)
	}
	var s settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.lvv, "lvv", "bin/lvv", "the program to measure")
	flags.IntVar(&s.persons, "persons", 1_000_000, "size of the set for the comparison")
	flags.IntVar(&s.large, "large", 0, "also measure one run of this size, such as 10000000")
	flags.IntVar(&s.pilots, "pilots", 100, "pilots of the programme to measure; 0 for none")
	flags.IntVar(&s.pilotPersons, "pilot-persons", 10_000, "persons of each of them, on average")
	flags.IntVar(&s.runs, "runs", 3, "runs of each program")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if s.runs < 1 {
		return errors.New("-runs must be at least 1")
	}
	if s.persons <= samples.WorkbookLimit {
		return fmt.Errorf("-persons must be more than %d: DuckDB alone reads no workbooks", samples.WorkbookLimit)
	}
	var err error
	if s.lvv, err = filepath.Abs(s.lvv); err != nil {
		return err
	}
	if _, err := os.Stat(s.lvv); err != nil {
		return fmt.Errorf("%w\n  Build it first: make build", err)
	}
	if s.folder, err = os.MkdirTemp("", "lvv-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(s.folder)
	return (&bench{settings: s, out: stdout}).all(ctx)
}
