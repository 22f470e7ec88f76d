package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/amif"
	"lvv/reports/steward"
	"lvv/transform"
)

// Files of the AMIF account. The list of participants and the workbook hold the same rows; the
// origins and the way to them are the steward's.
const (
	amifListFile    = "amif/deelnemers.csv"
	amifOriginsFile = "beheer/amif-herkomst.csv"
	amifGuideFile   = "beheer/LEESMIJ-amif.md"
)

// writeAMIF computes and writes the account of the period.
func (r *runJob) writeAMIF(ctx context.Context) error {
	if !r.flags.wants(partAMIF) {
		return nil
	}
	r.progress.begin("writing the AMIF account")
	a, err := r.account(ctx, r.results, r.flags.claimed)
	if err != nil {
		return err
	}
	if len(r.flags.claimed) > 0 && len(a.Earlier) == 0 {
		return usagef("nobody of --earlier-amif is in these exports: it was made under another key, epoch or pilot\n" +
			"  Give the key of the earlier account, or leave --earlier-amif out.")
	}
	r.delivered.AMIF = &amifCounts{Participants: len(a.Participants), ClaimedEarlier: len(a.Earlier)}
	for i := range a.Participants {
		r.delivered.AMIF.Trajectories += len(a.Participants[i].Trajectories)
	}
	meta := amif.Meta{
		Lang: reports.Lang(r.flags.lang), Version: version,
		KeyFingerprint: r.key.Fingerprint(), InputsFingerprint: inputsFingerprint(r.read.Inputs),
	}
	for _, out := range []struct {
		path string
		fill func(io.Writer) error
	}{
		{"amif/amif-" + r.period.Label + ".xlsx", func(w io.Writer) error { return amif.Write(w, a, meta) }},
		{amifListFile, func(w io.Writer) error { return amif.WriteList(w, a) }},
		{amifOriginsFile, func(w io.Writer) error { return amif.WriteOrigins(w, a, r.fileNames()) }},
		{amifGuideFile, text([]byte(amif.Guide))},
	} {
		if err := r.staging.Write(out.path, out.fill); err != nil {
			return err
		}
	}
	return nil
}

// account computes the AMIF account that belongs to the figures.
func (d *delivery) account(ctx context.Context, r *transform.Results, earlier map[string]bool) (*transform.Account, error) {
	trajectories := slices.IndexFunc(d.read.Tables, func(t ingest.TableAccount) bool { return t.Table == "trajectories" })
	return transform.NewAccount(ctx, d.engine, d.terms, r.Period, transform.AccountInput{
		Results: r, Rows: d.read.Tables[trajectories], Earlier: earlier,
		AMIF:    pseudonym.NewPseudonymizer(d.key, d.terms.Pilot, pseudonym.ForAMIF, d.terms.Epoch),
		Steward: pseudonym.NewPseudonymizer(d.key, d.terms.Pilot, pseudonym.ForSteward, d.terms.Epoch),
	})
}

// fileNames are the files of the run, as the store counts them.
func (d *delivery) fileNames() []string {
	return lists.Map(d.read.Files, func(f ingest.FileAccount) string { return f.File })
}

// inputsFingerprint names the delivered files all together: the hash of their names and HMACs.
func inputsFingerprint(inputs []ingest.Input) string {
	h := sha256.New()
	for _, in := range inputs {
		fmt.Fprintf(h, "%s  %s\n", in.HMAC, in.Name)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// amifGroups says what is missing for the AMIF account, by NGO, as check shows it.
func (d *delivery) amifGroups(ctx context.Context, p transform.Period, lang reports.Lang) ([]steward.Group, error) {
	gaps, err := transform.AMIFGaps(ctx, d.engine, d.terms, p)
	if err != nil {
		return nil, err
	}
	return amif.Groups(gaps, d.fileNames(), lang), nil
}

func newTrace(a *app) *cobra.Command {
	s := source{lang: string(a.lang)}
	var period, asOf string
	cmd := &cobra.Command{
		Use:   "trace PSEUDONYM...",
		Short: "From a participant of an AMIF account to the rows of the exports",
		Long: `trace leads an auditor from the AMIF pseudonyms of deelnemers.csv to the steward's pseudonyms
and to file and row of the exports, as CSV on stdout. It needs the key and the exports of the
account, and writes nothing.`,
		Example: `  lvv trace --config pilot.yaml --key sleutel.key --period 2020-Q3 K5YB...`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("trace needs at least one pseudonym\n  Take it from the column pseudoniem of deelnemers.csv.")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := s.validate(); err != nil {
				return err
			}
			return s.trace(cmd.Context(), a, period, asOf, args)
		},
	}
	s.register(cmd.Flags())
	cmd.Flags().StringVar(&period, "period", "", "`period` of the account")
	cmd.Flags().StringVar(&asOf, "as-of", "", "reference `date` of the account (default: the period's last day)")
	return cmd
}

func (s *source) trace(ctx context.Context, a *app, label, asOf string, pseudonyms []string) error {
	d, err := s.open(a, s.loadKey)
	if err != nil {
		return err
	}
	defer d.close()
	p, err := s.checkPeriod(label, d.terms)
	if err != nil {
		return err
	}
	if asOf != "" {
		if p, err = transform.ParsePeriod(p.Label, asOf, d.terms); err != nil {
			return &usageError{err}
		}
	}
	progress := newProgress(a, s.quiet)
	if err := d.readExports(ctx, progress); err != nil {
		return err
	}
	progress.begin("computing the account")
	r, err := transform.Compute(ctx, d.engine, d.terms, p)
	if err != nil {
		return err
	}
	account, err := d.account(ctx, r, nil)
	if err != nil {
		return err
	}
	progress.end()
	unknown, err := amif.Trace(a.stdout, account, d.fileNames(), pseudonyms)
	if err != nil {
		return err
	}
	if len(unknown) > 0 {
		return say.Errorf("not in the account of %s: %s\n  Use the key, the exports and the period of the account itself.", p.Label, strings.Join(unknown, ", "))
	}
	return nil
}
