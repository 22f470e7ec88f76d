package verify

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/former"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
)

// Published audits what the report says as a reader could, alone and with the other reports in the folders beside this
// one, and holds it against the exact figures (beheer/kpis.json) and against what the steward keeps of it
// (beheer/published.json).
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
	if err != nil {
		r.Add(name, false, "beheer/published.json: %v", err)
		return nil
	}
	if document != nil {
		compareDocument(r, document, exact, d)
	}
	if d.MinCell == 0 {
		r.Skip(name, "with min_cell 0 nothing is hidden, and every page says so")
		return nil
	}
	others, err := otherReports(dir, d)
	if err != nil {
		return err
	}
	cat, err := sql.Load()
	if err != nil {
		return err
	}
	v, err := disclose.AuditDocument(d, others, cat)
	if err != nil {
		r.Add(name, false, "%v", err)
		return nil
	}
	const passed = "%d of %d counts by a characteristic are hidden; %d small ones were found to leave every number below %d possible by what the catalogue ties together, with %d other reports beside it"
	if v.Apart > 0 {
		r.judge(name, v.Faults, passed+" (%d of them without: what these say was corrected since)", v.Hidden, v.Counts, v.Proven, d.MinCell, len(others), v.Apart)
	} else {
		r.judge(name, v.Faults, passed, v.Hidden, v.Counts, v.Proven, d.MinCell, len(others))
	}
	return nil
}

// otherReports reads what the folders beside this one published of the same pilot, but for drafts of a later reference date, and
// what was published of the same period before this was renewed.
func otherReports(dir string, d *published.Document) ([]*published.Document, error) {
	here, err := filepath.Abs(dir)
	if err != nil {
		return nil, say.Errorf("look for other reports: %w", err)
	}
	outputs, err := regular.Glob(filepath.Dir(here), "*")
	if err != nil {
		return nil, say.Errorf("look for other reports: %w", err)
	}
	var out []*published.Document
	for _, output := range outputs {
		folders, err := former.Versions(output)
		if err != nil {
			return nil, err
		}
		if output != here {
			folders = append(folders, output)
		}
		for _, folder := range folders {
			path := filepath.Join(folder, "beheer", "published.json")
			e, err := readPublished(path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				continue
			case err != nil:
				return nil, say.Errorf("%s: %w", path, err)
			}
			if e.Pilot == d.Pilot && e.MinCell > 0 && (output == here || e.Period.AsOf <= d.Period.AsOf || final(folder)) {
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// final reports whether an output was handed out.
func final(dir string) bool {
	var m struct {
		Final bool `json:"final"`
	}
	return readJSON(filepath.Join(dir, "manifest.json"), &m) == nil && m.Final
}

func readKPIs(path string) (*transform.Results, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, say.Errorf("read the exact figures: %w", err)
	}
	defer f.Close()
	return transform.ReadKPIs(f)
}

func readPublished(path string) (*published.Document, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return published.Read(f)
}
