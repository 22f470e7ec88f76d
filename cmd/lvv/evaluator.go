package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"filippo.io/age"

	"lvv/anonymize/release"
	"lvv/internal/former"
)

// writeRelease makes the evaluator's delivery, plain or encrypted for its recipients alone.
func (r *runJob) writeRelease(ctx context.Context) error {
	if !r.flags.wants(partEvaluator) {
		return nil
	}
	r.progress.begin("making the evaluator's delivery")
	recipients, err := parseRecipients("--recipient", r.flags.recipients)
	if err != nil {
		return err
	}
	if r.found, err = r.otherOutputs(); err != nil {
		return err
	}
	risk, err := release.Write(ctx, release.Options{
		Engine: r.engine, Terms: r.terms, Period: r.period, Key: r.key,
		Earlier: r.deliveries(r.found), NoEarlier: r.flags.noEarlier, Accounts: withFile(slices.Concat(r.found, r.flags.earlier), release.AccountFile),
		Recipients: recipients, Create: r.staging.Write,
	})
	if err != nil {
		return err
	}
	if risk.OverDeliveries.Notice != "" {
		r.notices = append(r.notices, r.app.text("No earlier delivery to the evaluator was found in %s: name its output folder with --earlier, or say with --no-earlier that there was none.", r.flags.out))
	}
	r.delivered.Evaluator = &evaluatorCounts{
		risk.Persons.Rows, risk.Persons.RowsLeftOut, risk.Trajectories.Rows, risk.Trajectories.RowsLeftOut, risk.Courses.Rows, risk.Courses.RowsLeftOut,
	}
	return nil
}

// otherOutputs are the folders beside this output that hold other periods of the same pilot under the
// same key and epoch, by name, and the former versions of these and of this output.
func (r *runJob) otherOutputs() ([]string, error) {
	entries, err := os.ReadDir(r.flags.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var dirs []string
	ours := func(dir string) bool {
		m, err := readManifest(dir)
		return err == nil && m.Pilot == r.terms.Pilot && m.Key == (manifestKey{r.key.Fingerprint(), r.terms.Epoch})
	}
	add := func(dir string) error {
		versions, err := former.Versions(dir)
		dirs = append(dirs, slices.DeleteFunc(versions, func(v string) bool { return !ours(v) })...)
		return err
	}
	for _, e := range entries {
		dir := filepath.Join(r.flags.out, e.Name())
		if !e.IsDir() || e.Name()[0] == '.' || dir == r.staging.Target() {
			continue
		}
		if err := add(dir); err != nil {
			return nil, err
		}
		if ours(dir) { // else not an output, or of persons who cannot be recognised here
			dirs = append(dirs, dir)
		}
	}
	return dirs, add(r.staging.Dir())
}

// deliveries are the earlier deliveries that count: those found beside this output and those named.
func (r *runJob) deliveries(found []string) []string {
	dirs := withFile(found, release.RecordFile)
	for _, named := range r.flags.earlier {
		if !isAmong(named, dirs) {
			dirs = append(dirs, named)
		}
	}
	return dirs
}

// isAmong reports whether a folder is one of others, by whatever name.
func isAmong(dir string, others []string) bool {
	is, err := os.Stat(dir)
	return err == nil && slices.ContainsFunc(others, func(other string) bool {
		one, err := os.Stat(other)
		return err == nil && os.SameFile(is, one)
	})
}

// withFile are the folders that hold a file.
func withFile(dirs []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool { return !holds(dir, name) })
}

// holds reports whether a folder holds a file.
func holds(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
	return err == nil
}

// parseRecipients parses the public keys of a flag.
func parseRecipients(flag string, texts []string) ([]age.Recipient, error) {
	var out []age.Recipient
	for _, text := range texts {
		one, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, usagef("%s %s is not an age public key: %w\n  It is the line that begins with age1 and that age-keygen prints; check that it is complete.", flag, text, err)
		}
		out = append(out, one)
	}
	return out, nil
}
