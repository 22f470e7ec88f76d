//go:build engines

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEnginesWriteTheSameFiles runs five deliveries and periods on DuckDB and on the server that LVV_TEST_ENGINE
// names, and compares every file but for the engine's own name in the manifest.
func TestEnginesWriteTheSameFiles(t *testing.T) {
	address := os.Getenv("LVV_TEST_ENGINE")
	if address == "" {
		t.Fatal("LVV_TEST_ENGINE names no engine; run make test-engines")
	}
	key := filepath.Join(t.TempDir(), "key")
	attemptRun(t, "keygen", key)
	for _, persons := range []int{40, 300} {
		register := filepath.Join(t.TempDir(), "register")
		attemptRun(t, "samples", "--persons", fmt.Sprint(persons), "--seed", fmt.Sprint(persons), "--out", register)
		periods := []string{"2020-Q3", "all", "2020-09-01..2020-09-15"}
		if persons > 40 {
			periods = periods[:2]
		}
		for _, period := range periods {
			t.Run(fmt.Sprintf("%d persons, %s", persons, period), func(t *testing.T) {
				written := map[string]map[string]string{}
				for _, engine := range []string{engineDuckDB, address} {
					out := t.TempDir()
					attemptRun(t, "run", "--quiet", "--engine", engine, "--config", filepath.Join(register, "pilot.yaml"),
						"--key", key, "--period", period, "--out", out)
					written[engine] = contents(t, out)
				}
				compareEngines(t, written[engineDuckDB], written[address])
			})
		}
	}
}

func compareEngines(t *testing.T, want, got map[string]string) {
	t.Helper()
	if len(got) != len(want) || len(want) < 10 {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for path, body := range want {
		if strings.HasSuffix(path, "manifest.json") {
			continue // it names the engine; its hashes are those of the files compared here
		}
		if got[path] != body {
			t.Errorf("%s differs", path)
		}
	}
}

func attemptRun(t *testing.T, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(args, nil, &stdout, &stderr); code != exitDone {
		t.Fatalf("lvv %s: exit %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
}
