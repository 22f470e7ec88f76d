package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lvv/internal/thorough"
)

// allOutput is what a run without flags makes of the samples, beside what is named after the period.
var allOutput = []string{
	"manifest.json", "beheer/kpis.json", "beheer/quality.json", "beheer/quarantine.csv", "beheer/openlineage.json", "beheer/afgekeurd.xlsx",
	"beheer/published.json", "beheer/verstrekt-evaluator.csv", "amif/deelnemers.csv", "amif/amif-2020-Q3.xlsx",
	"stuurgroep/stuurgroep-2020-Q3.html", "stuurgroep/stuurgroep-2020-Q3.xlsx", "stuurgroep/stuurgroep-2020-Q3.json", "stuurgroep/samenvatting-2020-Q3.html",
	"evaluator/personen.csv", "evaluator/personen.parquet", "evaluator/trajecten.csv", "evaluator/trajecten.parquet", "evaluator/verlopen.csv", "evaluator/verlopen.parquet",
	"evaluator/datapackage.json", "evaluator/risk.json", "evaluator/LEESMIJ.md", "evaluator/codeboek.html", "evaluator/vragen.R", "evaluator/vragen.py",
}

// TestSameBytes runs the whole job in other locales, time zones and folders, and as on a processor that does not multiply
// and add in one step, on one and several threads, compares every file that is written, and verifies it.
func TestSameBytes(t *testing.T) {
	first := contents(t, filepath.Dir(samplesOutput(t)))
	// The rest runs in processes of its own.
	t.Parallel()
	variants := [][]string{{"4", "TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=8", "GODEBUG=cpu.fma=off"}}
	if thorough.On {
		variants = append(variants,
			[]string{"1", "TZ=UTC", "LC_ALL=C", "GOMAXPROCS=1"},
			[]string{"2", "TZ=Europe/Amsterdam", "LC_ALL=nl_NL.UTF-8"},
			[]string{"8", "TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=8"})
	}
	for _, variant := range variants {
		threads, env := variant[0], variant[1:]
		cwd := t.TempDir()
		cmd := exec.Command("lvv", "run", "--quiet", "--lang", "nl", "--threads", threads)
		cmd.Dir = cwd
		cmd.Env = append(os.Environ(), append(env, "PWD="+cwd)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", variant, err, out)
		}
		for _, said := range []string{"2020-Q3/stuurgroep/stuurgroep-2020-Q3.html", "2020-Q3/stuurgroep/stuurgroep-2020-Q3.xlsx", "Geen eerdere levering aan de onderzoeker gevonden in out"} {
			if !strings.Contains(filepath.ToSlash(string(out)), said) {
				t.Errorf("%v: it does not say %q:\n%s", variant, said, out)
			}
		}
		files := contents(t, filepath.Join(cwd, "out"))
		if len(files) != len(first) {
			t.Errorf("%v: %d files, want %d", variant, len(files), len(first))
		}
		for path, body := range files {
			if body != first[path] {
				t.Errorf("%v: %s differs", variant, path)
			}
		}
		for _, path := range allOutput {
			if files[filepath.Join("2020-Q3", filepath.FromSlash(path))] == "" {
				t.Errorf("%v: %s was not written", variant, path)
			}
		}
		if said := mustLVV(t, cwd, "verify", filepath.Join("out", "2020-Q3")); strings.Contains(said, "FAIL") || !strings.Contains(said, "ok    drawn") {
			t.Errorf("%v: verify says\n%s", variant, said)
		}
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
