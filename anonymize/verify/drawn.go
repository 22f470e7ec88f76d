package verify

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/sql"
)

// Drawing draws everything that is drawn from a published document, by the name of the file. It is
// what lvv run draws with, so that equal bytes mean an equal report.
type Drawing func(*published.Document) (map[string][]byte, error)

// reportFiles are the files for the steering group, in order.
func reportFiles(dir string) []string {
	found, _ := regular.Glob(dir, "stuurgroep/*") // the pattern is valid
	return found
}

// Drawn draws page and workbook anew from the published document beside them and compares the bytes: a
// changed cell, label, bar, sentence or comment is a difference. The document itself must be written as
// lvv run writes it and carry the definitions of this program. What another version wrote is not drawn
// again; the document is audited all the same ([Published]).
func Drawn(r *Report, dir, version string, draw Drawing) error {
	files := reportFiles(dir)
	if len(files) == 0 {
		return nil
	}
	at := slices.IndexFunc(files, func(f string) bool { return filepath.Ext(f) == ".json" })
	if at < 0 {
		r.Add("document", false, "stuurgroep/ holds no published document (.json), from which the rest is drawn")
		return nil
	}
	name := filepath.Base(files[at])
	d, body, err := readDocument(files[at])
	if err != nil {
		r.Add("document", false, "%s: %v", name, err)
		return nil
	}
	var again bytes.Buffer
	if err := published.Write(&again, d); err != nil {
		return err
	}
	if d.Version != version {
		r.Skip("drawn", "%s was written by lvv %s, and this is lvv %s: another version draws other bytes. What the document itself says was audited", name, d.Version, version)
		return nil
	}
	cat, err := sql.Load()
	if err != nil {
		return err
	}
	var faults []error
	if !bytes.Equal(again.Bytes(), body) {
		faults = append(faults, say.Errorf("it is not written as lvv run writes it"))
	}
	if !slices.EqualFunc(d.Definitions, published.DefinitionsOf(cat, d.Lang), sameArea) {
		faults = append(faults, say.Errorf("its definitions are not those of this program"))
	}
	if want := "stuurgroep-" + d.Period.Label + ".json"; name != want {
		faults = append(faults, say.Errorf("its name should be %s", want))
	}
	r.judge("document", faults, "%s is as lvv run writes it: %d figures", name, len(d.Figures))
	drawn, err := draw(d)
	if err != nil {
		return say.Errorf("draw %s anew: %w", name, err)
	}
	return compareDrawn(r, files, drawn)
}

// compareDrawn holds the files against what was drawn: every file is drawn, and every drawing is there.
func compareDrawn(r *Report, files []string, drawn map[string][]byte) error {
	missing := map[string]bool{}
	for name := range drawn {
		missing[name] = true
	}
	var faults []error
	var same []string
	for _, path := range files {
		name := filepath.Base(path)
		if filepath.Ext(name) == ".json" {
			continue
		}
		if !missing[name] {
			faults = append(faults, say.Errorf("%s is not drawn from the document", name))
			continue
		}
		delete(missing, name)
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if want := drawn[name]; !bytes.Equal(body, want) {
			faults = append(faults, say.Errorf("%s differs from what the document gives, from byte %d on", name, firstDifference(body, want)))
			continue
		}
		same = append(same, name)
	}
	for name := range missing {
		faults = append(faults, say.Errorf("%s is missing", name))
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	r.judge("drawn", faults, "drawn anew from the document, byte for byte the same: %s", strings.Join(same, ", "))
	return nil
}

func firstDifference(a, b []byte) int {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return at
}

func sameArea(a, b published.Area) bool {
	return a.ID == b.ID && a.Title == b.Title && slices.Equal(a.Entries, b.Entries)
}

func readDocument(path string) (*published.Document, []byte, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	d, err := published.Read(bytes.NewReader(body))
	return d, body, err
}

// documentOf reads the published document of an output; nil where there is none.
func documentOf(dir string) (*published.Document, error) {
	for _, path := range reportFiles(dir) {
		if filepath.Ext(path) == ".json" {
			d, _, err := readDocument(path)
			return d, err
		}
	}
	return nil, fs.ErrNotExist
}
