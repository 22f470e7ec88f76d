package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/samples"
)

// click starts the program as a double click does, and returns what it said and which pages it opened.
func click(t *testing.T, answers string, args ...string) (said string, pages []string, code int) {
	t.Helper()
	var out bytes.Buffer
	a := &app{
		stdin: strings.NewReader(answers), stdout: &out, stderr: &out,
		clicked:  func() bool { return true },
		openPage: func(path string) error { pages = append(pages, path); return nil },
	}
	code = a.run(args)
	return out.String(), pages, code
}

// TestDoubleClick starts without a pilot, and in a pilot's folder with exports.
func TestDoubleClick(t *testing.T) {
	t.Setenv("LVV_LANG", "nl")
	dir := t.TempDir()
	t.Chdir(dir)
	said, pages, code := click(t, "-\n\n")
	if code != exitDone || len(pages) > 0 || !strings.Contains(said, "Er staat geen pilot.yaml") {
		t.Errorf("exit %d, %q, it said %s", code, pages, said)
	}
	said, pages, code = click(t, "\n\n")
	pilot := filepath.Join(dir, "mijn-pilot")
	if code != exitDone || !slices.Equal(pages, []string{filepath.Join(pilot, guideFile)}) || !strings.HasSuffix(said, "Druk op Enter om dit venster te sluiten.\n") {
		t.Fatalf("exit %d, %q, it said %s", code, pages, said)
	}
	// Without exports it says so, and waits all the same.
	said, pages, code = click(t, "\n", pilot)
	if code != exitFailed || len(pages) > 0 || !strings.Contains(said, "geen bestand van welke tabel dan ook") || !strings.HasSuffix(said, "te sluiten.\n") {
		t.Errorf("exit %d, %q, it said %s", code, pages, said)
	}
	if err := os.CopyFS(dir+"/samples", samples.FS()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(pilot, samples.Exports)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "samples", samples.Exports), filepath.Join(pilot, samples.Exports)); err != nil {
		t.Fatal(err)
	}
	said, pages, code = click(t, "\n\n", pilot)
	want := []string{filepath.Join(pilot, checkPage), filepath.Join(pilot, "out", "2020-Q3", "stuurgroep", "stuurgroep-2020-Q3.html")}
	if code != exitDone || !slices.Equal(pages, want) || !strings.Contains(said, "Enter neemt 2020-Q3") {
		t.Errorf("exit %d, %q, it said %s", code, pages, said)
	}
	page, err := os.ReadFile(filepath.Join(pilot, checkPage))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"AFGEKEURD: deze rijen tellen nergens mee", "<th scope=\"col\">Verwacht</th>", "default-src &#39;none&#39;"} {
		if !strings.Contains(string(page), text) && !strings.Contains(string(page), strings.ReplaceAll(text, "&#39;", "'")) {
			t.Errorf("the page does not hold %q", text)
		}
	}
	// In the folder itself, without a double click: what stands there.
	t.Chdir(pilot)
	var out bytes.Buffer
	if code := run(nil, nil, &out, &out); code != exitDone || !strings.Contains(out.String(), filepath.Join("out", "2020-Q3")+" is een concept.") {
		t.Errorf("exit %d, it said %s", code, out.String())
	}
}
