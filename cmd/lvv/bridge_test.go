package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lvv/internal/csvtest"
)

var pseudonymText = regexp.MustCompile(`\b[A-Z2-7]{26}\b`)

// command runs a verb in this process.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = (&app{stdout: &out, stderr: &err}).run(args)
	return out.String(), err.String(), code
}

// mustDo runs a verb that must do its work.
func mustDo(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := command(t, args...)
	if code != exitDone {
		t.Fatalf("lvv %s: exit %d\n%s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

// TestBridge rotates the pseudonyms, by epoch and by key, and applies the bridge to every file with
// pseudonyms that was delivered before: what comes out are the pseudonyms delivered after.
func TestBridge(t *testing.T) {
	config, key := seededExports(t)
	dir := t.TempDir()
	newKey := filepath.Join(dir, "new.key")
	mustDo(t, "keygen", newKey)
	terms, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	rotated := filepath.Join(filepath.Dir(config), "rotated.yaml")
	if err := os.WriteFile(rotated, append(terms, "\nepoch: 4\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	deliver := func(config, key string) string {
		out := filepath.Join(t.TempDir(), "out")
		mustDo(t, "run", "--quiet", "--config", config, "--key", key, "--period", "2020-Q3", "--out", out, "--only", "amif")
		return filepath.Join(out, "2020-Q3")
	}
	before := deliver(config, key)
	for _, c := range []struct {
		name, config, key string
		from              []string
	}{
		{"epoch", rotated, key, []string{"--from-epoch", "0"}},
		{"key", config, newKey, []string{"--from-key", key}},
		{"both", rotated, newKey, []string{"--from-key", key, "--from-epoch", "0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := deliver(c.config, c.key)
			for _, delivered := range [][2]string{
				{"amif", "amif/deelnemers.csv"},
				{"beheer", "beheer/amif-herkomst.csv"}, {"beheer", "beheer/quality.json"}, // persons, cases
			} {
				purpose, file := delivered[0], delivered[1]
				for _, only := range []bool{false, true} {
					path := filepath.Join(t.TempDir(), "bridge.csv")
					args := slices.Concat([]string{"bridge", "--quiet", "--config", c.config, "--key", c.key, "--purpose", purpose, "--out", path}, c.from)
					if only {
						args = append(args, "--delivered", filepath.Join(before, file))
					}
					mustDo(t, args...)
					info, err := os.Stat(path)
					if err != nil || info.Mode().Perm() != 0o600 {
						t.Errorf("mode %v, %v", info.Mode(), err)
					}
					old := pseudonymsOf(t, filepath.Join(before, file))
					lead := bridgeOf(t, path)
					var got []string
					for _, p := range old {
						if lead[p] != "" {
							got = append(got, lead[p])
						}
					}
					slices.Sort(got)
					want := pseudonymsOf(t, filepath.Join(after, file))
					if len(got) == 0 || !slices.Equal(got, want) {
						t.Errorf("%s: the bridge leads to %d pseudonyms, %d were delivered after", file, len(got), len(want))
					}
					if only && len(lead) != len(got) {
						t.Errorf("%s: the bridge tells of %d who were not delivered", file, len(lead)-len(got))
					}
				}
			}
		})
	}
}

// pseudonymsOf returns the pseudonyms in a file, sorted, each once.
func pseudonymsOf(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found := pseudonymText.FindAllString(string(b), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// bridgeOf reads a bridge.
func bridgeOf(t *testing.T, path string) map[string]string {
	t.Helper()
	lead := map[string]string{}
	for _, row := range csvtest.Rows(t, path)[1:] {
		lead[row[0]] = row[1]
	}
	return lead
}
