package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/anonymize/release"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/former"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/transform"
)

// kept are the files of an output that its former versions keep: what later runs and verify read of an earlier report,
// an earlier delivery and an earlier account.
var kept = []string{outdir.ManifestFile, kpisFile, publishedFile, release.RecordFile, release.AccountFile}

// keepFormer takes the former versions over from the output that this one replaces; the output itself is one if it was
// handed out.
func (r *runJob) keepFormer() error {
	target := r.staging.Target()
	versions, err := former.Versions(target)
	if err != nil {
		return err
	}
	m, err := readManifest(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case m.Final:
		versions = append(versions, target)
	}
	for i, dir := range versions {
		for _, name := range kept {
			if !holds(dir, name) {
				continue
			}
			b, err := regular.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				return say.Errorf("keep the former version: %w", err)
			}
			if err := r.staging.Write(path.Join(former.Version(i+1), name), text(b)); err != nil {
				return err
			}
		}
	}
	return nil
}

// findPrevious adds to --previous what the same folder holds of the pilot's other periods, but for drafts of a later reference date,
// and the former versions of all of them and of this output: whoever has this report has those. What lvv did not write, or wrote for another pilot, is
// left alone. own is where the former versions of this output are.
func (r *runJob) findPrevious(own string) error {
	var all []string
	add := func(dir string) error {
		versions, err := former.Versions(dir)
		all = append(all, versions...)
		return err
	}
	for _, dir := range r.flags.previous {
		if err := add(dir); err != nil {
			return err
		}
		all = append(all, dir)
	}
	entries, err := os.ReadDir(r.flags.out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return say.Errorf("look for earlier reports: %w", err)
	}
	for _, e := range entries {
		dir := filepath.Join(r.flags.out, e.Name())
		if !e.IsDir() || e.Name()[0] == '.' || e.Name() == r.period.Label || isAmong(dir, r.flags.previous) {
			continue
		}
		a, err := readAnswer(dir)
		if err != nil {
			return err
		}
		if a != nil && a.Pilot == r.terms.Pilot {
			r.answers = append(r.answers, a)
		}
		f, err := regular.Open(filepath.Join(dir, kpisFile))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return say.Errorf("look for earlier reports: %w", err)
		}
		k, err := transform.ReadKPIs(f)
		f.Close()
		if err != nil {
			return say.Errorf("%s: %w\n  It stands where the report of another period would. Move it, or restore it.", filepath.Join(dir, kpisFile), err)
		}
		if k.Pilot != r.terms.Pilot {
			continue
		}
		if err := add(dir); err != nil {
			return err
		}
		if k.Period.AsOf > r.period.AsOf {
			m, err := readManifest(dir)
			if err != nil {
				return &usageError{err}
			}
			if !m.Final {
				r.notices = append(r.notices, r.app.text("%s is a draft of a later reference date, made without this report: make it again before you hand it out.", k.Period.Label))
				continue
			}
		}
		all = append(all, dir)
	}
	err = add(own)
	r.flags.previous = all
	if len(all) == 0 && !r.flags.noPrevious {
		r.notices = append(r.notices, r.app.text("No earlier report was found in %s: name its output folder with --previous, or say with --no-previous that none was published.", r.flags.out))
	}
	return err
}

// earlierOutput is one that was made before, with what its manifest says.
type earlierOutput struct {
	disclose.Earlier
	rows     map[string]ingest.Counts
	manifest string   // its hash
	after    []string // the hashes of the manifests of those that it was made after
}

// readEarlier reads the outputs that were made before, in the order in which they were.
func (r *runJob) readEarlier(own string) error {
	if err := r.findPrevious(own); err != nil {
		return err
	}
	var all []*earlierOutput
	for _, dir := range r.flags.previous {
		e, err := r.readOutput(dir)
		if err != nil {
			return err
		}
		all = append(all, e)
	}
	for _, e := range inOrderMade(all) {
		r.earlier = append(r.earlier, e.Earlier)
		r.rowsThen = append(r.rowsThen, e.rows)
	}
	return r.checkEarlierKeys()
}

func (r *runJob) readOutput(dir string) (*earlierOutput, error) {
	path := filepath.Join(dir, kpisFile)
	f, err := regular.Open(path)
	if err != nil {
		return nil, usagef("%s holds no %s: it is not an earlier output, or not the steward's copy (%w)\n  Give the folder of a period as lvv run wrote it.", dir, kpisFile, errors.Unwrap(err))
	}
	k, err := transform.ReadKPIs(f)
	f.Close()
	if err != nil {
		return nil, say.Errorf("%s: %w\n  Give the folder as lvv run wrote it.", path, err)
	}
	if k.Pilot != r.terms.Pilot {
		return nil, usagef("%s is of pilot %q, the terms are of pilot %q\n  Give an earlier output of the same pilot.", path, k.Pilot, r.terms.Pilot)
	}
	d, err := readPublished(filepath.Join(dir, publishedFile))
	if err != nil {
		return nil, err
	}
	m, err := readManifest(dir)
	if err != nil {
		return nil, &usageError{err}
	}
	described, err := outdir.Describe(dir, outdir.ManifestFile)
	if err != nil {
		return nil, err
	}
	e := &earlierOutput{Earlier: disclose.Earlier{Results: k, Published: d}, rows: m.Rows, manifest: described.SHA256}
	for _, h := range m.Earlier {
		e.after = append(e.after, h.SHA256)
	}
	return e, nil
}

// inOrderMade puts outputs behind those that their manifests name. Where no manifest tells, they come in the order of their
// reference dates, and else as they are given.
func inOrderMade(all []*earlierOutput) []*earlierOutput {
	left, out := slices.Clone(all), []*earlierOutput{}
	slices.SortStableFunc(left, func(a, b *earlierOutput) int { return int(a.Results.Period.AsOf - b.Results.Period.AsOf) })
	for len(left) > 0 {
		next := max(0, slices.IndexFunc(left, func(e *earlierOutput) bool {
			return !slices.ContainsFunc(left, func(o *earlierOutput) bool { return o != e && slices.Contains(e.after, o.manifest) })
		}))
		out, left = append(out, left[next]), slices.Delete(left, next, next+1)
	}
	return out
}

// readPublished returns what readers saw of an earlier output; nil, which means everything, when it ran before there
// was such a file.
func readPublished(path string) (*published.Document, error) {
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Errorf("read what was published earlier: %w", err)
	}
	defer f.Close()
	d, err := published.Read(f)
	if err != nil {
		return nil, say.Errorf("%s: %w\n  Give the folder as lvv run wrote it.", path, err)
	}
	return d, nil
}
