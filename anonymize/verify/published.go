package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lvv/anonymize/disclose"
	"lvv/internal/regular"
	"lvv/sql"
	"lvv/transform"
)

// faultsShown bounds how many faults of one check are printed.
const faultsShown = 10

// Published audits the tables of the report again, from the exact figures (beheer/kpis.json) and what was
// decided to hide of them (beheer/published.json), and holds the published document against both.
func Published(r *Report, dir string) error {
	const name = "hidden"
	if _, err := os.Stat(filepath.Join(dir, "beheer")); errors.Is(err, fs.ErrNotExist) {
		if len(reportFiles(dir)) > 0 {
			r.Skip(name, "the folder holds no beheer/: verify the steward's copy")
		}
		return nil
	}
	exact, err := readKPIs(filepath.Join(dir, "beheer", "kpis.json"))
	if err != nil {
		return err
	}
	document, err := documentOf(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil // said of the document itself
	}
	d, err := readPublished(filepath.Join(dir, "beheer", "published.json"))
	if errors.Is(err, fs.ErrNotExist) {
		if document != nil {
			compareDocument(r, document, exact, nil)
		}
		r.Skip(name, "the run kept no beheer/published.json: with min_cell 0 nothing is hidden, and every page says so")
		return nil
	}
	if err != nil {
		r.Add(name, false, "beheer/published.json: %v", err)
		return nil
	}
	cat, err := sql.Load()
	if err != nil {
		return err
	}
	if document != nil {
		compareDocument(r, document, exact, d)
	}
	v, err := disclose.VerifyPublished(d, exact, cat)
	if err != nil {
		r.Add(name, false, "%v", err)
		return nil
	}
	add(r, name, v.Faults, "%d of %d counts of persons by a characteristic are hidden; %d times a small one was found to leave every number below %d possible",
		v.Hidden, v.Counts, v.Proven, d.MinCell)
	return nil
}

// add records a check that passes without faults.
func add(r *Report, name string, faults []string, passed string, args ...any) {
	if len(faults) == 0 {
		r.Add(name, true, passed, args...)
		return
	}
	more := ""
	if len(faults) > faultsShown {
		more = fmt.Sprintf("; and %d more", len(faults)-faultsShown)
		faults = faults[:faultsShown]
	}
	r.Add(name, false, "%s", strings.Join(faults, "; ")+more)
}

func readKPIs(path string) (*transform.Results, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the exact figures: %w", err)
	}
	defer f.Close()
	return transform.ReadKPIs(f)
}

func readPublished(path string) (*disclose.Decisions, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return disclose.ReadDecisions(f)
}
