// Package verify recomputes, from the files of an output folder alone, what they promise: the hashes of the
// manifest, k, l and alpha of the evaluator's delivery, its loss, k over earlier deliveries, how many persons a
// participant of an AMIF account fits, and what the report's tables leave possible for every hidden count; and it
// draws page and workbook anew from the published document. It shares no code with what made the delivery; tables
// are audited by the code that every run audits with, which is not the code that chooses what to hide.
package verify

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lvv/anonymize/request"
	"lvv/internal/lists"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/internal/seal"
)

// Check is one promise and what was found.
type Check struct {
	Name    string `json:"check"`
	OK      bool   `json:"ok"`
	Skipped bool   `json:"not_checked,omitempty"` // then OK is false, and Detail says what is needed
	Detail  string `json:"detail"`
}

// Report is what was checked, in order.
type Report struct {
	Lang   say.Lang `json:"-"` // in which it is told; English where it is empty
	Checks []Check  `json:"checks"`
}

// OK reports whether no check failed. What was not checked did not fail, nor pass.
func (r *Report) OK() bool {
	return !slices.ContainsFunc(r.Checks, func(c Check) bool { return !c.OK && !c.Skipped })
}

// Add records a check.
func (r *Report) Add(name string, ok bool, format string, args ...any) {
	r.Checks = append(r.Checks, Check{Name: name, OK: ok, Detail: say.Text(r.Lang, format, args...)})
}

// Skip records that a promise could not be checked, and what is needed for it.
func (r *Report) Skip(name, format string, args ...any) {
	r.Checks = append(r.Checks, Check{Name: name, Skipped: true, Detail: say.Text(r.Lang, "not checked: %s", say.Text(r.Lang, format, args...))})
}

// faultsShown bounds how many faults of one check are told.
const faultsShown = 10

// judge records a check that passes without faults.
func (r *Report) judge(name string, faults []error, passed string, args ...any) {
	if len(faults) == 0 {
		r.Add(name, true, passed, args...)
		return
	}
	told := lists.Map(faults[:min(len(faults), faultsShown)], func(fault error) string { return say.In(r.Lang, fault) })
	if more := len(faults) - len(told); more > 0 {
		told = append(told, say.Text(r.Lang, "and %d more", more))
	}
	r.Checks = append(r.Checks, Check{Name: name, Detail: strings.Join(told, "; ")})
}

// Manifest checks that the folder holds exactly the files of its manifest.json, with their hashes.
func Manifest(r *Report, dir string) error {
	const name = "manifest"
	b, err := regular.ReadFile(filepath.Join(dir, "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		r.Add(name, false, "%s holds no manifest.json", dir)
		return nil
	}
	if err != nil {
		return say.Errorf("read manifest: %w", err)
	}
	var m struct {
		Outputs []struct {
			Path   string `json:"path"`
			SHA256 string `json:"sha256"`
			Size   int64  `json:"size"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal(b, &m); err != nil {
		r.Add(name, false, "manifest.json is damaged: %v", err)
		return nil
	}
	if !seal.Intact(b) {
		r.Add(name, false, "manifest.json was changed")
		return nil
	}
	listed := map[string]bool{"manifest.json": true}
	var faults []error
	for _, o := range m.Outputs {
		listed[o.Path] = true
		if !filepath.IsLocal(filepath.FromSlash(o.Path)) {
			faults = append(faults, say.Errorf("%s lies outside the folder", o.Path))
			continue
		}
		size, sum, err := regular.Hash(filepath.Join(dir, filepath.FromSlash(o.Path)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, say.Errorf("%s is missing", o.Path))
		case err != nil:
			return say.Errorf("hash %s: %w", o.Path, err)
		case size != o.Size || sum != o.SHA256:
			faults = append(faults, say.Errorf("%s was changed", o.Path))
		}
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if rel = filepath.ToSlash(rel); err == nil && !listed[rel] {
			faults = append(faults, say.Errorf("%s is not in the manifest", rel))
		}
		return err
	})
	if err != nil {
		return say.Errorf("list %s: %w", dir, err)
	}
	r.judge(name, faults, "%d files have the hashes of the manifest", len(m.Outputs))
	return nil
}

// Output checks an output folder, or an evaluator's folder alone, against what it promises and
// against earlier deliveries.
func Output(r *Report, dir string, earlier []string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return say.Errorf("verify %s: it is not a folder\n  Give an output folder, such as out/2020-Q3.", dir)
	}
	if evaluatorFolder(dir) != dir {
		if err := Manifest(r, dir); err != nil {
			return err
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(request.LogFile))); err == nil {
		return Answer(r, dir)
	}
	sealed, err := regular.Glob(dir, "evaluator-*.tar.age")
	if err != nil {
		return say.Errorf("list %s: %w", dir, err)
	}
	for _, path := range sealed {
		r.Skip("sealed", "%s is encrypted: decrypt it (age -d FILE | tar x) and verify the folder", filepath.Base(path))
	}
	keys(r, dir, earlier)
	// A file that can no longer be read is a finding like any other: what the rest says still counts.
	if err := Release(r, dir, earlier); err != nil {
		r.Add("delivery", false, "%v", err)
	}
	if err := Published(r, dir); err != nil {
		r.Add("report", false, "%v", err)
	}
	return nil
}
