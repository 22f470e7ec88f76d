package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"lvv/cmd/lvv/internal/outdir"
)

// TestKilled ends runs with SIGKILL at the first change of every kind to the output folder. Each time that
// folder holds the old or the new output, whole; the next run clears what is left behind. The runs write
// what takes least time to compute; all output is written in the same way.
func TestKilled(t *testing.T) {
	config, key := seededExports(t)
	v := newVictim(t, config, key)
	kinds := kindsOfChanges(t, config, key, v.out)
	// The rest runs in processes of its own.
	t.Parallel()
	v.lang, v.next = "en", "nl" // as the run that told the kinds left it
	for _, kind := range kinds {
		if err := v.start(t, killVariable+"="+kind).Wait(); err == nil {
			t.Errorf("a run was not killed at: %s", kind)
		}
		v.look(t)
	}
	if len(kinds) < 10 || v.found[false] < 8 || v.found[true] == 0 {
		t.Errorf("killed before and after the new output was there: %v; kinds of changes %q", v.found, kinds)
	}
	if (v.aside > 0) != (runtime.GOOS == "windows") {
		t.Errorf("the old output stood beside its place %d times", v.aside)
	}
	v.finish(t, "en")
}

// kindsOfChanges does a run in English and returns what kinds of changes it makes to its output folder.
func kindsOfChanges(t *testing.T, config, key, out string) []string {
	t.Helper()
	var kinds []string
	var said bytes.Buffer
	a := &app{stdout: &said, stderr: &said, observe: func(op string) {
		if kind := kindOf(op); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}}
	if code := a.run([]string{"run", "--quiet", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3", "--only", "amif", "--lang", "en"}); code != exitDone {
		t.Fatal(said.String())
	}
	return kinds
}

// victim is an output folder in which runs are killed, now in one language, now in the other.
type victim struct {
	config, key, out, tmp string
	stderr                bytes.Buffer
	lang, next            string // of the output, and of the run that is to replace it
	found                 map[bool]int
	aside                 int // how often the old output stood beside its place
}

func newVictim(t *testing.T, config, key string) *victim {
	t.Helper()
	v := &victim{config: config, key: key, out: filepath.Join(t.TempDir(), "out"), tmp: t.TempDir(), next: "nl", found: map[bool]int{}}
	v.finish(t, "nl")
	return v
}

// start begins a run that writes in the other language.
func (v *victim) start(t *testing.T, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("lvv", "run", "--quiet", "--threads", "1", "--config", v.config, "--key", v.key, "--out", v.out, "--period", "2020-Q3", "--only", "amif", "--lang", v.next)
	cmd.Stderr = &v.stderr
	cmd.Env = append(append(os.Environ(), "TMPDIR="+v.tmp, "TMP="+v.tmp), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// look finds the old or the new output after a kill. Windows has no exchange of two folders: between two renames the old
// one stands beside its place, from which the next run puts it back.
func (v *victim) look(t *testing.T) {
	t.Helper()
	dir := filepath.Join(v.out, "2020-Q3")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) && runtime.GOOS == "windows" {
		dir = filepath.Join(v.out, ".2020-Q3.lvv-old")
		v.aside++
	}
	got := language(t, dir)
	if got != v.lang && got != v.next {
		t.Fatalf("the output is in %q", got)
	}
	v.found[got == v.next]++
	if got == v.next {
		v.lang, v.next = v.next, v.lang
	}
}

// finish lets a run come to its end, and finds its output and nothing else.
func (v *victim) finish(t *testing.T, lang string) {
	t.Helper()
	v.next = lang
	if err := v.start(t).Wait(); err != nil {
		t.Fatal(err)
	}
	onlyOutput(t, v.out, lang)
	if left, err := os.ReadDir(v.tmp); err != nil || len(left) > 0 {
		t.Fatalf("left in the temporary folder: %v, %v", left, err)
	}
	if v.lang = lang; lang == "nl" {
		v.next = "en"
	} else {
		v.next = "nl"
	}
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
