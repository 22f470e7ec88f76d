package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/anonymize/verify"
	"lvv/internal/seal"
)

// TestVerifyDrawsAnew changes one thing in page or workbook, or in the document that they are drawn from, and
// seals the manifest anew: verify finds each, because it draws the report again. The program is tried in verify_tables.txtar.
func TestVerifyDrawsAnew(t *testing.T) {
	const page, book, document = "stuurgroep/stuurgroep-2020-Q3.html", "stuurgroep/stuurgroep-2020-Q3.xlsx", "stuurgroep/stuurgroep-2020-Q3.json"
	out := copyOf(t, samplesOutput(t))
	tests := []struct {
		name, path, part, old, new string // part is that of a workbook
		check                      string
	}{
		{"a cell", page, "", `<th scope="row">DT&amp;V</th><td class="number">11</td>`, `<th scope="row">DT&amp;V</th><td class="number">12</td>`, "drawn"},
		{"a label in the still picture", page, "", `>&lt;5</text>`, `>3</text>`, "drawn"},
		{"the size of a bar", page, "", `l0 22l-`, `l0 21l-`, "drawn"},
		{"a sentence", page, "", `staan we op 61`, `staan we op 62`, "drawn"},
		{"what a chart tells of its values", page, "", `"rows":[[`, `"rows":[[3,`, "drawn"},
		{"what is read aloud", page, "", `aria-label="Waarom aanmeldingen`, `aria-label="Waarom 3 aanmeldingen`, "drawn"},
		{"a comment", page, "", `</main>`, `<!-- anders: 3 --></main>`, "drawn"},
		{"a data attribute", page, "", `<main>`, `<main data-anders="3">`, "drawn"},
		{"a definition", page, "", `<dd>`, `<dd>Anders: `, "drawn"},
		{"a cell of the workbook", book, "xl/worksheets/sheet3.xml", `<v>301</v>`, `<v>302</v>`, "drawn"},
		{"a stray cell", book, "xl/worksheets/sheet2.xml", `</sheetData>`, `<row r="999"><c r="Z999"><v>3</v></c></row></sheetData>`, "drawn"},
		{"what a chart keeps of its numbers", book, "xl/charts/chart5.xml", `<formatCode></formatCode>`, `<formatCode></formatCode><ptCount val="1"/><pt idx="0"><v>3</v></pt>`, "drawn"},
		{"the description of a chart", book, "xl/drawings/drawing2.xml", `descr="`, `descr="anders: 3 `, "drawn"},
		{"the title of a chart", book, "xl/charts/chart3.xml", `<a:t>`, `<a:t>3: `, "drawn"},
		{"a figure of the document", document, "", `"dims":{"referred_by":"dtv"},"unit":"count","value":11`, `"dims":{"referred_by":"dtv"},"unit":"count","value":12`, "shown"},
		{"a mark of the document", document, "", `"dims":{"referred_by":"other"},"unit":"count","hidden":"small"`, `"dims":{"referred_by":"other"},"unit":"count","value":3`, "shown"},
		{"a definition of the document", document, "", `"text":"`, `"text":"Anders: `, "document"},
		{"the spacing of the document", document, "", `"lang": "nl"`, `"lang":  "nl"`, "document"},
		{"a figure too many", document, "", ` "figures": [`, ` "figures": [{"id":"x","dims":{},"unit":"count","value":3},`, "shown"},
		{"a member of its own", document, "", `"lang": "nl"`, `"lang": "nl", "other": 3`, "document"},
	}
	// Page and workbook are changed more often than the document that they are drawn from.
	var drawing map[string][]byte
	drawOnce := func(d *published.Document) (_ map[string][]byte, err error) {
		if drawing == nil {
			drawing, err = drawDocument(d)
		}
		return drawing, err
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			full := filepath.Join(out, filepath.FromSlash(test.path))
			before, err := os.ReadFile(full)
			if err != nil {
				t.Fatal(err)
			}
			var after []byte
			if test.part == "" {
				after = bytes.Replace(before, []byte(test.old), []byte(test.new), 1)
			} else {
				after = changePart(t, before, test.part, test.old, test.new)
			}
			if bytes.Equal(before, after) {
				t.Fatalf("%s does not hold %s", test.path, test.old)
			}
			replaceSealed(t, out, test.path, after)
			defer replaceSealed(t, out, test.path, before)
			var r verify.Report
			if test.check == "shown" {
				err = verify.Published(&r, out)
			} else {
				err = verify.Drawn(&r, out, version, drawOnce)
			}
			if err != nil || !slices.ContainsFunc(r.Checks, func(c verify.Check) bool { return c.Name == test.check && !c.OK && !c.Skipped }) {
				t.Errorf("%v, %v", r.Checks, err)
			}
		})
	}
}

// changePart changes one part of a workbook.
func changePart(t *testing.T, book []byte, part, was, is string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			if !bytes.Contains(body, []byte(was)) {
				t.Fatalf("%s does not hold %s", part, was)
			}
			body = bytes.Replace(body, []byte(was), []byte(is), 1)
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// replaceSealed replaces a file of an output, and its hash in the manifest, as someone would who wants to
// hide it.
func replaceSealed(t *testing.T, out, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(out, filepath.FromSlash(path)), body, 0o600); err != nil {
		t.Fatal(err)
	}
	rewriteManifest(t, out, func(m *manifest) {
		for i := range m.Outputs {
			if o := &m.Outputs[i]; o.Path == path {
				o.SHA256, o.Size = hashOf(path, body).SHA256, int64(len(body))
			}
		}
	})
}

// rewriteManifest changes the manifest of an output and seals it anew.
func rewriteManifest(t *testing.T, out string, change func(*manifest)) {
	t.Helper()
	m, err := readManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	change(m)
	m.Seal = ""
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "manifest.json"), seal.Close(append(b, '\n')), 0o600); err != nil {
		t.Fatal(err)
	}
}
