//go:build engines

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/samples"
)

// TestEnginesWriteTheSameFiles runs nine deliveries and periods on DuckDB and on the server that LVV_TEST_ENGINE
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
		periods := []string{"2020-Q3", "all", "2020-09-01..2020-09-15", "2020-09", "2020"}
		if persons > 40 {
			periods = periods[:4]
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

// TestEnginesAnswerTheSame answers a request with every measure and with fields by month, quarter and year, and takes two
// pilots together, on both engines.
func TestEnginesAnswerTheSame(t *testing.T) {
	address := os.Getenv("LVV_TEST_ENGINE")
	if address == "" {
		t.Fatal("LVV_TEST_ENGINE names no engine; run make test-engines")
	}
	dir := t.TempDir()
	const asked = `title: Wat kan
tables:
  - {name: maand, count: persons, by: [admitted_on.month]}
  - {name: kwartaal, count: cases, by: [applied_on.quarter]}
  - {name: jaar, count: cases, by: [applied_on.year, decision]}
  - {name: duur, count: trajectories, measure: mean, of: days, by: [region], where: {running: false}}
  - {name: midden, count: trajectories, measure: median, of: days, by: [scenario]}
  - {name: deel, count: trajectories, measure: share, having: {outcome: return, days: {to: 182}}, by: [scenario]}
  - {name: nog, count: courses, measure: survival}
  - {name: hoe, count: courses, measure: incidence}
`
	question := filepath.Join(dir, "aanvraag.yaml")
	if err := os.WriteFile(question, []byte(asked), 0o600); err != nil {
		t.Fatal(err)
	}
	p := filepath.Join(dir, "p")
	attemptRun(t, "samples", "--pilots", "3", "--persons", "120", "--out", p, "--quiet")
	for _, m := range samples.Municipalities(3, 120) {
		attemptRun(t, "share", "--config", filepath.Join(p, m.Folder, samples.Terms), "--key", filepath.Join(p, m.Folder, samples.PilotKey), "--programme-key", filepath.Join(p, samples.ProgrammeKey),
			"--period", m.Period, "--programme", samples.Recipient, "--out", filepath.Join(p, "pakketten"), "--quiet")
	}
	answers, programmes := map[string]map[string]string{}, map[string]map[string]string{}
	for i, engine := range []string{engineDuckDB, address} {
		answer, programme := filepath.Join(dir, fmt.Sprint("antwoord", i)), filepath.Join(dir, fmt.Sprint("programma", i))
		attemptRun(t, "request", question, "--period", "2020-Q3", "--engine", engine, "--out", answer, "--quiet")
		attemptRun(t, "network", "--config", filepath.Join(p, samples.Programme), "--identity", filepath.Join(p, samples.Identity), "--period", "2020-Q3", "--engine", engine, "--out", programme, "--quiet")
		answers[engine], programmes[engine] = contents(t, answer), contents(t, programme)
	}
	compareEngines(t, answers[engineDuckDB], answers[address])
	compareEngines(t, programmes[engineDuckDB], programmes[address])
}

func compareEngines(t *testing.T, want, got map[string]string) {
	t.Helper()
	if len(got) != len(want) || len(want) < 4 {
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
