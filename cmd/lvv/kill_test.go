package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"lvv/cmd/lvv/internal/outdir"
)

// kills is how many runs TestKilled ends.
const kills = 200

// TestKilled ends runs with SIGKILL at random moments. Each time the output folder holds the old or
// the new output, whole; the next run clears what is left behind.
func TestKilled(t *testing.T) {
	config, key := seededExports(t)
	out, tmp := filepath.Join(t.TempDir(), "out"), t.TempDir()
	start := func(lang string) *exec.Cmd {
		cmd := exec.Command("lvv", "run", "--quiet", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3", "--lang", lang)
		cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	finish := func(lang string) {
		t.Helper()
		if err := start(lang).Wait(); err != nil {
			t.Fatal(err)
		}
		if got := language(t, filepath.Join(out, "2020-Q3")); got != lang {
			t.Fatalf("the output is in %s, want %s", got, lang)
		}
		for _, dir := range []string{out, tmp} {
			if left, err := os.ReadDir(dir); err != nil || (dir == tmp && len(left) > 0) || len(left) > 1 {
				t.Fatalf("%s holds %v, %v", dir, left, err)
			}
		}
	}
	finish("nl")
	began := time.Now()
	finish("nl")
	whole := time.Since(began)
	random := rand.New(rand.NewPCG(1, 2))
	ended := map[string]int{}
	langs := []string{"en", "nl"}
	for i := range kills {
		before := language(t, filepath.Join(out, "2020-Q3"))
		cmd := start(langs[i%2])
		time.Sleep(time.Duration(random.Int64N(int64(whole + whole/10))))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed, or done just before
		after := language(t, filepath.Join(out, "2020-Q3"))
		if after != before && after != langs[i%2] {
			t.Fatalf("kill %d: the output is in %q", i, after)
		}
		ended[after]++
	}
	t.Logf("a whole run takes %v; outputs found after a kill: %v", whole, ended)
	finish("en")
}

// language checks every file of an output against its manifest and returns the language it was
// written in.
func language(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Outputs) == 0 {
		t.Fatal("the manifest lists no outputs")
	}
	for _, o := range m.Outputs {
		if got, err := outdir.Describe(dir, o.Path); err != nil || got != o {
			t.Fatalf("the manifest says %+v, found %+v, %v", o, got, err)
		}
	}
	return m.Options.Language
}
