package main

import (
	"archive/zip"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/internal/csvtest"
	"lvv/samples"
)

// TestManifestTellsFromWhat follows the rows of a run to its output, and finds every file that the
// run read by its hash.
func TestManifestTellsFromWhat(t *testing.T) {
	config, key := seededExports(t)
	out, theme := t.TempDir(), filepath.Join(t.TempDir(), "huisstijl.css")
	if err := os.WriteFile(theme, []byte(":root { --accent: #123456; }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"run", "--quiet", "--config", config, "--key", key, "--out", out, "--only", "amif,evaluator"}
	mustDo(t, append(args, "--period", "2020-07")...)
	first := filepath.Join(out, "2020-07")
	list := filepath.Join(first, "amif", "deelnemers.csv")
	mustDo(t, append(args, "--period", "2020-Q3", "--previous", first, "--earlier", first, "--earlier-amif", list, "--theme", theme)...)
	second := filepath.Join(out, "2020-Q3")
	before, err := readManifest(first)
	if err != nil {
		t.Fatal(err)
	}
	m, err := readManifest(second)
	if err != nil {
		t.Fatal(err)
	}
	hashed := func(path string) fileHash {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return hashOf(filepath.Base(path), b)
	}
	earlier := hashed(filepath.Join(first, "manifest.json"))
	earlier.Path = "2020-07"
	if want := []fileHash{earlier, hashed(list)}; !slices.Equal(m.Earlier, want) {
		t.Errorf("earlier files %v, want %v", m.Earlier, want)
	}
	if before.Theme != nil || m.Theme == nil || *m.Theme != hashed(theme) {
		t.Errorf("themes %v and %v", before.Theme, m.Theme)
	}
	if m.Terms.SHA256 != hashed(config).SHA256 {
		t.Errorf("terms %v", m.Terms)
	}
	if len(m.Inputs) != 8 || !slices.Equal(m.Inputs, before.Inputs) {
		t.Errorf("inputs %v and then %v", before.Inputs, m.Inputs)
	}
	if !strings.HasPrefix(m.Program.Engine, "duckdb v1.") || m.Program.Modules["github.com/duckdb/duckdb-go/v2"] == "" {
		t.Errorf("program %v", m.Program)
	}
	for table, n := range m.Rows {
		if n.Read != n.Accepted+n.Quarantined+n.Duplicates || n.Read == 0 {
			t.Errorf("%s: %+v", table, n)
		}
	}
	if got := len(csvtest.Rows(t, list)) - 1; before.Delivered.AMIF.Participants != got || got == 0 || m.Delivered.AMIF.ClaimedEarlier != got {
		t.Errorf("%+v and then %+v, %d were claimed", before.Delivered.AMIF, m.Delivered.AMIF, got)
	}
	got := m.Delivered.Evaluator
	for name, n := range map[string]int{"personen": got.Persons, "trajecten": got.Trajectories, "verlopen": got.Courses} {
		if rows := len(csvtest.Rows(t, filepath.Join(second, "evaluator", name+".csv"))) - 1; n != rows || rows == 0 {
			t.Errorf("%s: %d delivered, the file holds %d", name, n, rows)
		}
	}
}

// TestInputsAreNotToBeGuessed looks in all that two runs write for a hash of an input without key. The same files have
// other names under another key.
func TestInputsAreNotToBeGuessed(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, samples.FS()); err != nil {
		t.Fatal(err)
	}
	exports := filepath.Join(dir, samples.Exports)
	hashes := map[string]string{}
	for name, body := range contents(t, exports) {
		for kind, h := range map[string]hash.Hash{"md5": md5.New(), "sha1": sha1.New(), "sha256": sha256.New(), "sha512": sha512.New()} {
			h.Write([]byte(body))
			sum := h.Sum(nil)
			hashes[hex.EncodeToString(sum)] = kind + " of " + name
			hashes[strings.ToLower(base64.StdEncoding.EncodeToString(sum))] = kind + " of " + name
			hashes[strings.ToLower(strings.TrimRight(base32.StdEncoding.EncodeToString(sum), "="))] = kind + " of " + name
		}
	}
	search := func(where, text string) {
		t.Helper()
		text = strings.ToLower(text)
		for sum, what := range hashes {
			if strings.Contains(text, sum) {
				t.Errorf("%s holds the %s", where, what)
			}
		}
	}
	other, out := filepath.Join(t.TempDir(), "key"), t.TempDir()
	mustDo(t, "keygen", other)
	mustDo(t, "run", "--quiet", "--config", filepath.Join(dir, samples.Terms), "--key", other, "--out", out, "--period", "2020-Q3", "--only", "amif")
	var names []string
	for _, out := range []string{filepath.Dir(samplesOutput(t)), out} {
		for path, body := range contents(t, out) {
			search(path, body)
			z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
			if err != nil {
				continue // no workbook
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(r)
				if err != nil {
					t.Fatal(err)
				}
				search(path+"!"+f.Name, string(b))
			}
		}
		m, err := readManifest(filepath.Join(out, "2020-Q3"))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range m.Inputs {
			if in.HMAC == "" || slices.Contains(names, in.HMAC) {
				t.Errorf("input %v", in)
			}
			names = append(names, in.HMAC)
		}
	}
	if len(hashes) != 12*len(names)/2 {
		t.Errorf("%d hashes of inputs were looked for, and two runs read %d", len(hashes), len(names))
	}
}
