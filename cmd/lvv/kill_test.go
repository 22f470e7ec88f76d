package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvv/cmd/lvv/internal/outdir"
)

// kills is how many runs TestKilled ends at random moments, in two lanes beside each other.
const kills = 200

// TestKilled ends runs with SIGKILL, at random moments and at every change to the output folder.
// Each time that folder holds the old or the new output, whole; the next run clears what is left
// behind. The runs write what takes least time to compute; all output is written in the same way.
func TestKilled(t *testing.T) {
	config, key := seededExports(t)
	for lane := range uint64(2) {
		t.Run("random moments "+strconv.Itoa(int(lane)), func(t *testing.T) {
			t.Parallel()
			v := newVictim(t, config, key)
			began := time.Now()
			v.finish(t, "nl")
			whole := time.Since(began)
			random := rand.New(rand.NewPCG(1, lane))
			for range kills / 2 {
				cmd := v.start(t)
				time.Sleep(time.Duration(random.Int64N(int64(whole + whole/10))))
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait() // killed, or done just before
				v.look(t)
			}
			t.Logf("a whole run takes %v; killed before and after the new output was there: %v", whole, v.found)
			v.finish(t, "en")
		})
	}
	t.Run("every change", func(t *testing.T) {
		t.Parallel()
		v := newVictim(t, config, key)
		for n := 0; ; n++ {
			err := v.start(t, killVariable+"="+strconv.Itoa(n)).Wait()
			v.look(t)
			if err != nil {
				continue
			}
			if n < 40 || v.found[false] < n-5 {
				t.Errorf("a run was killed at only %d changes: %v", n, v.found)
			}
			break
		}
		v.finish(t, "en")
	})
}

// TestKilledWithAStore ends runs that keep a store with SIGKILL at random moments, each after a change
// of the exports. No run finds the store damaged, and now and then one is let to its end: its output is
// that of a run without a store.
func TestKilledWithAStore(t *testing.T) {
	t.Parallel()
	config, key := seededExports(t)
	v := newVictim(t, config, key)
	v.store = filepath.Join(t.TempDir(), "store")
	began := time.Now()
	v.finish(t, "nl")
	whole := time.Since(began)
	random := rand.New(rand.NewPCG(2, 0))
	for n := range kills / 4 {
		file := []string{"mrt.csv", "trajecten.csv", "casussen.csv"}[n%3]
		edit(t, config, file, func(s string) string { return s + s[strings.LastIndexByte(s[:len(s)-1], '\n')+1:] })
		cmd := v.start(t)
		// The store is written in the first part of a run.
		time.Sleep(time.Duration(random.Int64N(int64(whole) / int64(1+n%3))))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed, or done just before
		v.look(t)
		if n%10 != 9 {
			continue
		}
		lang := v.next
		v.finish(t, lang)
		got := contents(t, v.out)
		fresh := filepath.Join(t.TempDir(), "fresh")
		if said, err := attempt(t, config, key, fresh, "--only", "amif", "--lang", lang); err != nil {
			t.Fatal(err, said)
		}
		if !maps.Equal(got, contents(t, fresh)) {
			t.Fatalf("after %d kills the output is not that of a run without a store", n+1)
		}
		if left := len(contents(t, v.store)); left != 5 {
			t.Errorf("after %d kills the store holds %d files, want four segments and their index", n+1, left)
		}
	}
	t.Logf("killed before and after the new output was there: %v", v.found)
	if said := v.stderr.String(); said != "" {
		t.Errorf("the runs said %s", said)
	}
}

// victim is an output folder in which runs are killed, now in one language, now in the other.
type victim struct {
	config, key, out, tmp string
	store                 string // of --store, "" for none
	stderr                bytes.Buffer
	lang, next            string // of the output, and of the run that is to replace it
	found                 map[bool]int
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
	if v.store != "" {
		cmd.Args = append(cmd.Args, "--store", v.store)
	}
	cmd.Stderr = &v.stderr
	cmd.Env = append(append(os.Environ(), "TMPDIR="+v.tmp), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// look finds the old or the new output after a kill.
func (v *victim) look(t *testing.T) {
	t.Helper()
	got := language(t, filepath.Join(v.out, "2020-Q3"))
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
