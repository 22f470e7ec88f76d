package main

import (
	"context"

	"filippo.io/age"

	"lvv/anonymize/release"
)

// writeRelease makes the evaluator's delivery, plain or encrypted for its recipients alone.
func (r *runJob) writeRelease(ctx context.Context) error {
	if !r.flags.wants(partEvaluator) {
		return nil
	}
	r.progress.begin("making the evaluator's delivery")
	recipients, err := r.flags.ageRecipients()
	if err != nil {
		return err
	}
	risk, err := release.Write(ctx, release.Options{
		Engine: r.engine, Terms: r.terms, Period: r.period, Key: r.key,
		Earlier: r.flags.earlier, Recipients: recipients, Create: r.staging.Write,
	})
	if err != nil {
		return err
	}
	r.delivered.Evaluator = &evaluatorCounts{risk.Persons, risk.PersonsLeftOut, risk.Trajectories, risk.TrajectoriesLeftOut}
	return nil
}

// ageRecipients parses --recipient.
func (r *runFlags) ageRecipients() ([]age.Recipient, error) {
	var out []age.Recipient
	for _, text := range r.recipients {
		one, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, usagef("--recipient %s is not an age public key: %w\n  It is the line that begins with age1 and that age-keygen prints; check that it is complete.", text, err)
		}
		out = append(out, one)
	}
	return out, nil
}
