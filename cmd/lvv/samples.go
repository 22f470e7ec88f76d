package main

import (
	"errors"

	"github.com/spf13/cobra"

	"lvv/internal/say"
	"lvv/samples"
)

func newSamples(a *app) *cobra.Command {
	var o samples.Options
	var quiet bool
	var pilots int
	cmd := &cobra.Command{
		Use:   "samples --persons N --seed S --out DIR",
		Short: "Make a synthetic set of exports of any size",
		Long: `samples writes the exports of a pilot that does not exist, with every table of the contract,
and the terms to match: to try the program on, or to measure it. The same number of persons and
the same seed give the same bytes on any machine.

With --pilots it writes a programme: a folder for each municipality, of different size, the first one of
--persons, and programma.yaml, which lists the packages that they are to share. Persons move between
the municipalities, one municipality has terms of its own, and one shares late.`,
		Example: `  lvv samples --persons 5000 --seed 1 --out proef
  lvv check --config proef/pilot.yaml
  lvv samples --pilots 5 --out programma`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Persons < 1 || o.Persons > samples.MaxPersons {
				return usagef("--persons must lie between 1 and %d\n  %s --help shows an example", samples.MaxPersons, cmd.CommandPath())
			}
			programme := cmd.Flags().Changed("pilots")
			if programme && (pilots < 1 || pilots > samples.MaxPilots) {
				return usagef("--pilots must lie between 1 and %d\n  %s --help shows an example", samples.MaxPilots, cmd.CommandPath())
			}
			if o.Dir == "" {
				return usagef("--out is missing: the folder to write into\n  %s --help shows an example", cmd.CommandPath())
			}
			p := newProgress(a, quiet)
			p.begin("making the exports")
			o.Progress = p.at
			var err error
			if programme {
				err = samples.GenerateProgramme(cmd.Context(), o, pilots)
			} else {
				err = samples.Generate(cmd.Context(), o)
			}
			p.end()
			if _, full := errors.AsType[*samples.NotEmptyError](err); full {
				return &usageError{err}
			}
			if err != nil {
				return say.Errorf("make samples: %w", err)
			}
			if programme {
				a.say("Wrote %s: the exports and terms of %d municipalities, and %s.", o.Dir, pilots, samples.Programme)
				return nil
			}
			a.say("Wrote %s: the exports of %d persons, and %s.", o.Dir, o.Persons, samples.Terms)
			return nil
		},
	}
	cmd.Flags().IntVar(&o.Persons, "persons", 1000, "`number` of persons")
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, "`seed` of all chance")
	cmd.Flags().StringVar(&o.Dir, "out", "", "new or empty `folder` to write into")
	cmd.Flags().IntVar(&pilots, "pilots", 0, "`number` of municipalities of a programme, each in a folder of its own")
	cmd.Flags().BoolVar(&quiet, "quiet", false, "no progress")
	return cmd
}
