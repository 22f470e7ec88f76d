package main

import (
	"context"

	"filippo.io/age"

	"lvv/anonymize/release"
)

// writeRelease writes the evaluator's delivery, encrypted where recipients are named.
func (r *runJob) writeRelease(ctx context.Context) error {
	if !r.flags.wants(partEvaluator) {
		return nil
	}
	r.progress.begin("making the evaluator's data anonymous")
	var recipients []age.Recipient
	for _, text := range r.flags.recipients {
		to, err := age.ParseX25519Recipient(text)
		if err != nil {
			return usagef("--recipient %s is not an age public key: %w\n  Its owner makes one with: age-keygen", text, err)
		}
		recipients = append(recipients, to)
	}
	_, err := release.Write(ctx, release.Options{
		Engine: r.engine, Terms: r.terms, Period: r.period, Key: r.key,
		Earlier: r.flags.earlier, Recipients: recipients, Create: r.staging.Write,
	})
	return err
}
