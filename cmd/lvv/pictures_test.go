package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/internal/seal"
)

// TestVerifyReadsPictures changes what one picture shows, in each place where pictures carry something, and seals
// the manifest anew: only a look into the picture can find it.
func TestVerifyReadsPictures(t *testing.T) {
	const page, book = "stuurgroep/stuurgroep-2020-Q3.html", "stuurgroep/stuurgroep-2020-Q3.xlsx"
	dir := t.TempDir()
	mustDo(t, "run", "--quiet", "--only", "stuurgroep", "--out", dir)
	out := filepath.Join(dir, "2020-Q3")
	tests := []struct {
		name, path, part, old, new string // part is that of a workbook
		check, says                string
	}{
		{"a label in the options", page, "", `"formatter":"anders: \u003c5"`, `"formatter":"anders: 3"`, "pictures", "inflow-referred"},
		{"a number beside a bar", page, "", `"formatter":"\u003c5","position"`, `"formatter":"3","position"`, "pictures", "inflow-refusals"},
		{"the length of a hidden bar", page, "", `"value":0.96`, `"value":3`, "pictures", `"geen"`},
		{"the length of a bar", page, "", `"tooltip":{"formatter":"EU-burger: 8"},"value":8`, `"tooltip":{"formatter":"EU-burger: 8"},"value":9`, "pictures", "EU-burger"},
		{"the width of a stage", page, "", `"value":120`, `"value":121`, "pictures", "inflow-funnel"},
		{"a name", page, "", `"data":["geen","zwaar inreisverbod"`, `"data":["anders","zwaar inreisverbod"`, "pictures", "inflow-refusals"},
		{"a ribbon", page, "", `naar detentie: `, `naar detentie: 1`, "pictures", "outflow-sankey"},
		{"a node", page, "", `"name":"\u003edetentie"`, `"name":"\u003eoverleden"`, "pictures", "outflow-sankey"},
		{"a point of a line", page, "", `"value":[1593561600000,301]`, `"value":[1593561600000,303]`, "pictures", "occupancy-small"},
		{"the name of a line", page, "", `"name":"op schema naar 72"`, `"name":"op schema naar 73.5"`, "pictures", "durable-progress"},
		{"the description", page, "", `"description":"Waarom aanmeldingen`, `"description":"Waarom er 3 aanmeldingen`, "pictures", "inflow-refusals"},
		{"a title of its own", page, "", `"baseOption":{`, `"baseOption":{"graphic":[{"type":"text","style":{"text":"anders: 3"}}],`, "pictures", "in no table"},
		{"on a narrow screen", page, "", `"media":[{"option":{"grid":[{"right":44}]`, `"media":[{"option":{"series":[{"data":[{"value":3}]}],"grid":[{"right":44}]`, "pictures", "narrow"},
		{"a label in the still picture", page, "", `>&lt;5</text>`, `>3</text>`, "pictures", "inflow-refusals"},
		{"a scale", page, "", `>200</text>`, `>201</text>`, "pictures", "occupancy-daily"},
		{"a text more in the still picture", page, "", ">1\u00a0aug</text>", ">1\u00a0aug</text><text>3</text>", "pictures", "occupancy-daily"},
		{"the data behind a chart", book, "xl/worksheets/sheet15.xml", `<v>16</v>`, `<v>17</v>`, "charts", "Dublinclaimant"},
		{"a count of its own", book, "xl/charts/chart5.xml", `<formatCode></formatCode>`, `<formatCode></formatCode><ptCount val="1"/><pt idx="0"><v>3</v></pt>`, "charts", "chart5 holds numbers of its own"},
		{"other cells", book, "xl/charts/chart5.xml", `!$A$17:$A$23`, `!$A$18:$A$24`, "charts", "chart5"},
		{"a title", book, "xl/charts/chart5.xml", `>Afwijzingen naar grond<`, `>Afwijzingen: anders 3<`, "charts", "chart5"},
		{"the description of a chart", book, "xl/drawings/drawing3.xml", `anders: &lt;5;`, `anders: 3;`, "charts", `"anders"`},
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
			var said bytes.Buffer
			if code := run([]string{"verify", out}, nil, &said, &said); code != exitFailed {
				t.Errorf("exit %d", code)
			}
			var faults []string
			for line := range strings.Lines(said.String()) {
				if strings.HasPrefix(line, "FAIL") {
					faults = append(faults, line)
				}
			}
			if len(faults) != 1 || !strings.Contains(faults[0], test.check) || !strings.Contains(faults[0], filepath.Base(test.path)) || !strings.Contains(faults[0], test.says) {
				t.Errorf("verify found %q", faults)
			}
			replaceSealed(t, out, test.path, before)
		})
	}
	mustDo(t, "verify", out)
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
	m, err := readManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Outputs {
		if o := &m.Outputs[i]; o.Path == path {
			o.SHA256, o.Size = hashOf(path, body).SHA256, int64(len(body))
		}
	}
	m.Seal = ""
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	for path, b := range map[string][]byte{path: body, "manifest.json": seal.Close(append(b, '\n'))} {
		if err := os.WriteFile(filepath.Join(out, filepath.FromSlash(path)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
