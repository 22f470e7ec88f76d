package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lvv/anonymize/verify"
	"lvv/internal/say"
)

func newVerify(a *app) *cobra.Command {
	var earlier []string
	var packages string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check an output folder by its files alone",
		Long: `verify recomputes what an output folder promises from what is written in it:

  - every file has the hash that the manifest says;
  - the evaluator's tables are what their description says, without identifiers, the same in CSV and
    Parquet;
  - k, l, alpha and the loss of information of each of them;
  - k over the deliveries that it continues, found beside it or given with --earlier;
  - how many persons the participants of the AMIF accounts fit, by every combination of shared columns;
  - for every small count that the report hides, each number below the threshold remains possible
    given all that is shown, by what the catalogue ties together;
  - the published document shows exact figures, hides what was decided to hide, and carries the
    definitions of this program;
  - page and workbook, drawn anew from that document, are the same byte for byte.

It prints a line a promise: ok, FAIL (then the exit code is 1), or ---- where it cannot be checked
for want of a file, which does not count as kept. DIR may also be the evaluator's folder alone, or the
answer to a request: then it checks the manifest, and that every file is what the log says.

Of the output of lvv network it checks the manifest, the drawing, that what is shown is exact, that each pilot's
hidden counts stay hidden, that the figures together say no more of them than the pilots do, and, with
--packages, that the packages are those that were used.`,
		Example: `  lvv verify out/2020-Q3
  lvv verify out/2020-Q3 --earlier out/2020-Q1 --earlier out/2020-Q2`,
		Args: exactArgs(1, say.Errorf("the output folder")),
		RunE: func(_ *cobra.Command, args []string) error {
			a.leftovers.add(func() {}) // it leaves nothing
			r := verify.Report{Lang: a.lang}
			var err error
			if verify.IsProgramme(args[0]) {
				err = verify.Programme(&r, args[0], packages, version, drawProgramme)
			} else if err = verify.Output(&r, args[0], earlier); err == nil {
				err = verify.Drawn(&r, args[0], version, drawDocument)
			}
			if err == nil {
				err = printChecks(a, &r, asJSON)
			}
			if err == nil && !r.OK() {
				err = &exitError{exitFailed}
			}
			return err
		},
	}
	cmd.Flags().StringArrayVar(&earlier, "earlier", nil, "output `folder` of an earlier delivery (may be repeated)")
	cmd.Flags().StringVar(&packages, "packages", "", "`folder` of the packages that a programme's output was made from")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// printChecks prints a line a check, or one JSON object.
func printChecks(a *app, r *verify.Report, asJSON bool) error {
	if asJSON {
		return writeJSON(a.stdout, struct {
			OK bool `json:"ok"`
			*verify.Report
		}{r.OK(), r})
	}
	for _, c := range r.Checks {
		word := "ok  "
		switch {
		case c.Skipped:
			word = "----"
		case !c.OK:
			word = a.text("FAIL")
		}
		if _, err := fmt.Fprintf(a.stdout, "%s  %-10s  %s\n", word, c.Name, c.Detail); err != nil {
			return err
		}
	}
	return nil
}
