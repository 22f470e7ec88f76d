package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/internal/durable"
	"lvv/internal/private"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/steward"
	"lvv/samples"
	"lvv/transform"
)

func newCheck(a *app) *cobra.Command {
	var s source
	var period string
	var strict bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "What is wrong with a delivery, and what to do about it",
		Long: `check reads and checks the exports as run does, and prints what a run would quarantine and
warn about: grouped by what to do, worst first. It changes nothing. Without --config and --exports,
and outside a folder with a pilot.yaml, it checks the synthetic samples.`,
		Example: `  lvv check --config mijn-pilot/pilot.yaml --key mijn-pilot/sleutel.key
  lvv check --html controle.html
  lvv check --config pilot.yaml --exports kwartaal3 --json`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.validate(); err != nil {
				return err
			}
			found, _, err := s.check(cmd.Context(), a, period, newProgress(a, s.quiet))
			if err != nil {
				return err
			}
			if err := a.printCheck(found, &s); err != nil {
				return err
			}
			if strict && found.Severe() {
				return &exitError{exitQuarantined}
			}
			return nil
		},
	}
	s.register(cmd.Flags())
	s.registerOutput(a, cmd.Flags())
	cmd.Flags().StringVar(&period, "period", "", "`period` for the checks that need a reference date (default: the pilot until today)")
	cmd.Flags().StringVar(&s.html, "html", "", "write what was found to this `file` as a page, instead of printing it")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 3 when rows would be quarantined or a finding is high")
	return cmd
}

func (a *app) printCheck(found *steward.Delivery, s *source) error {
	if s.html != "" {
		return writePage(s.html, found, reports.Lang(s.lang))
	}
	if s.json {
		return writeJSON(a.stdout, found)
	}
	return steward.Write(a.stdout, found, reports.Lang(s.lang))
}

// writePage writes what was found as a page for its owner alone, in the place of an earlier one.
func writePage(path string, found *steward.Delivery, lang reports.Lang) error {
	f, err := private.CreateTemp(filepath.Dir(path), ".lvv-page-")
	if err == nil {
		defer os.Remove(f.Name()) // gone already when all went well
		if err = errors.Join(steward.Page(f, found, lang), f.Close()); err == nil {
			err = durable.Rename(f.Name(), path)
		}
	}
	if err != nil {
		return say.Errorf("write the page: %w\n  Give a file in a folder that you may write with --html.", err)
	}
	return nil
}

// check reads the exports into a private store that goes when it is done. It returns what it found, and the last day of which the registers tell.
func (s *source) check(ctx context.Context, a *app, period string, p *progress) (found *steward.Delivery, latest day.Day, err error) {
	d, err := s.open(a, s.loadOrMakeKey)
	if err != nil {
		return nil, latest, err
	}
	defer d.close()
	reference, err := s.checkPeriod(period, d.terms)
	if err != nil {
		return nil, latest, err
	}
	if err := d.readExports(ctx, p); err != nil {
		return nil, latest, err
	}
	p.begin("checking the contents")
	checks, err := transform.Checks(ctx, d.engine, d.terms, reference)
	if err != nil {
		return nil, latest, err
	}
	found, err = d.findings(checks, reports.Lang(s.lang))
	if err != nil {
		return nil, latest, err
	}
	gaps, err := d.amifGroups(ctx, reference, reports.Lang(s.lang))
	if err != nil {
		return nil, latest, err
	}
	found.Groups = append(found.Groups, gaps...)
	steward.Sort(found.Groups)
	p.end()
	return found, lastEvent(d.read), nil
}

// loadOrMakeKey lets check work without a key: nothing that it prints depends on it.
func (s *source) loadOrMakeKey() (pseudonym.Key, error) {
	k, err := s.loadKey()
	if errors.Is(err, errNoKey) {
		return pseudonym.GenerateKey()
	}
	return k, err
}

// checkPeriod is the pilot until today, unless a period was given.
func (s *source) checkPeriod(label string, t *transform.Terms) (transform.Period, error) {
	switch {
	case label == "" && s.isSamples():
		label = samples.Period
	case label == "":
		today := day.Day(time.Now().UTC().Unix() / 86400)
		label = t.Start.String() + ".." + max(t.Start, min(today, t.LastDay())).String()
	}
	p, err := transform.ParsePeriod(label, "", t)
	if err != nil {
		return p, &usageError{err}
	}
	return p, nil
}
