package ingest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// caseStyles are the cell formats of the workbooks in testdata/reading: 1 a date, 2 a date with a time, 3 and
// 4 numbers with fixed text and zeros in front, 5 a day and a month.
const caseStyles = `<numFmts><numFmt numFmtId="164" formatCode="dd\-mm\-yyyy"/><numFmt numFmtId="165" formatCode="dd-mm-yyyy hh:mm"/>` +
	`<numFmt numFmtId="166" formatCode="&quot;Z-&quot;0000"/><numFmt numFmtId="167" formatCode="0000000000"/></numFmts>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="16"/></cellXfs>`

// TestReadingCases reads the folders of testdata/reading, each of which lays one thing that registers do over
// the delivery in base, and compares what became of it with the file want. A workbook lies there as the
// XML of its sheets. UPDATE_GOLDEN=1 writes want anew.
func TestReadingCases(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join("testdata", "reading", "*"))
	must(t, err)
	for _, folder := range folders {
		name := filepath.Base(folder)
		if name == "base" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			d := caseFiles(t, filepath.Join("testdata", "reading", "base"))
			maps.Copy(d, caseFiles(t, folder))
			got := d.outcome(t)
			want := filepath.Join(folder, "want")
			if os.Getenv("UPDATE_GOLDEN") != "" {
				must(t, os.WriteFile(want, []byte(got), 0o600))
			}
			b, err := os.ReadFile(want)
			must(t, err)
			if got != string(b) {
				t.Errorf("got\n%s\nwant\n%s", got, b)
			}
		})
	}
}

// caseFiles are the files of a folder, workbooks put together.
func caseFiles(t *testing.T, folder string) delivery {
	entries, err := os.ReadDir(folder)
	must(t, err)
	d := delivery{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(folder, e.Name()))
		must(t, err)
		switch name := e.Name(); {
		case name == "want", strings.HasSuffix(name, ".xlsx.names"), strings.HasSuffix(name, ".xlsx.2.xml"):
		case strings.HasSuffix(name, ".xlsx.xml"):
			name = strings.TrimSuffix(name, ".xml")
			d[name] = caseBook(t, folder, name, string(b))
		default:
			d[name] = string(b)
		}
	}
	return d
}

// caseBook is the workbook of one sheet or of two, with the names and states that lie beside it.
func caseBook(t *testing.T, folder, name, first string) string {
	names := []string{"Blad1"}
	if b, err := os.ReadFile(filepath.Join(folder, name+".names")); err == nil {
		names = strings.Split(strings.TrimSpace(string(b)), "\n")
	}
	sheets, rels := "", `<Relationship Id="s" Type="x/styles" Target="styles.xml"/>`
	files := []string{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`, "xl/styles.xml", `<styleSheet>` + caseStyles + `</styleSheet>`}
	for i, n := range names {
		title, state, _ := strings.Cut(n, " ")
		sheets += fmt.Sprintf(`<sheet name="%s" state="%s" sheetId="%d" r:id="r%d"/>`, title, state, i+1, i+1)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="x/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		content := first
		if i > 0 {
			b, err := os.ReadFile(filepath.Join(folder, name+".2.xml"))
			must(t, err)
			content = string(b)
		}
		files = append(files, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), content)
	}
	return parts(t, append(files, "xl/workbook.xml", `<workbook><sheets>`+sheets+`</sheets></workbook>`, "xl/_rels/workbook.xml.rels", `<Relationships>`+rels+`</Relationships>`)...)
}

// outcome says what became of a delivery: the refusal, or the accounts of its files, the rejects, and the
// warnings but for the notes on columns that are not there.
func (d delivery) outcome(t *testing.T) string {
	for file := range d {
		if stem, ok := strings.CutSuffix(file, ".xlsx"); ok && slices.Contains([]string{"casussen", "verblijf", "trajecten"}, stem) {
			delete(d, stem+".csv")
		}
	}
	r, err := d.read(t, 2)
	if fatal, ok := errors.AsType[*FatalError](err); ok {
		return fatal.Error() + "\n"
	}
	must(t, err)
	accounts(t, r)
	var b strings.Builder
	for _, f := range r.Files {
		fmt.Fprintf(&b, "%s: read %d, accepted %d, quarantined %d, duplicates %d, set apart %v, %s %s\n",
			f.File, f.Read, f.Accepted, f.Quarantined, f.Duplicates, f.SetApart, f.Encoding, f.Sheet)
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(&b, "skipped %s\n", s)
	}
	for j := range r.Rejects.All() {
		fmt.Fprintf(&b, "%s:%d %s %s %s\n", j.File, j.Line, j.Field, j.Reason, j.Value)
	}
	for _, w := range r.Warnings {
		if w.Check == ColumnMissing && w.Severity == Note && w.Near == "" {
			continue
		}
		fmt.Fprintf(&b, "%s %s %s.%s %d %v %s%s\n", w.Severity, w.Check, w.Table, w.Field, w.Count, w.Places, w.Near, w.Why)
		if w.Setting != "" {
			fmt.Fprintf(&b, "  %s\n", w.Setting)
		}
	}
	return b.String()
}
