package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"lvv/internal/say"
)

// eye looks at every file of some folders, over and over while a run is at work and at each of its
// steps, for what must not be there.
type eye struct {
	t      *testing.T
	dirs   []string
	banned [][]byte // besides the seeded marks
	mu     sync.Mutex
	seen   map[string]int64 // files, by the part of their path that tells what they are: largest size
}

func (e *eye) look() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, dir := range e.dirs {
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil //nolint:nilerr // gone since it was listed
			}
			searchBytes(e.t, "the name of "+path, []byte(path[len(dir):]))
			b, err := os.ReadFile(path)
			if err != nil {
				return nil //nolint:nilerr // likewise
			}
			kind := filepath.Base(filepath.Dir(path))
			e.seen[kind] = max(e.seen[kind], int64(len(b)))
			searchBytes(e.t, path, b)
			for _, pattern := range e.banned {
				if bytes.Contains(b, pattern) {
					e.t.Errorf("%s holds %q", path, pattern)
				}
			}
			return nil
		})
	}
}

// watch looks without pause until it is told to stop.
func (e *eye) watch() (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
				e.look()
			}
		}
	}()
	return func() { close(done); <-ended }
}

// watchedRun does a run under the eye: at every step and every change to the output folder.
func watchedRun(t *testing.T, e *eye, f *runFlags) {
	t.Helper()
	if err := f.validate(); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	p := newProgress(&app{stderr: &stderr, lang: say.English}, false)
	p.now = func() time.Time { e.look(); return time.Now() }
	a := &app{stdout: &stdout, stderr: &stderr, observe: func(op string) {
		if op != "write" {
			e.look()
		}
	}}
	stop := e.watch()
	err := (&runJob{app: a, flags: f, progress: p}).run(context.Background())
	stop()
	if err != nil {
		t.Fatal(err)
	}
	searchBytes(t, "standard output", stdout.Bytes())
	searchBytes(t, "standard error", stderr.Bytes())
}

// TestSealedDeliveryHasNoPlainCopy looks for the evaluator's tables on disk while they are encrypted.
func TestSealedDeliveryHasNoPlainCopy(t *testing.T) {
	config, key := seededExports(t)
	t.Setenv("TMPDIR", t.TempDir())
	out := filepath.Join(t.TempDir(), "out")
	owner, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	e := &eye{t: t, dirs: []string{os.TempDir(), out}, seen: map[string]int64{}, banned: [][]byte{[]byte("sex,age_band,nationality"), []byte("personen.csv")}}
	f := &runFlags{out: out, period: "2020-Q3", only: []string{partEvaluator}, recipients: []string{owner.Recipient().String()}}
	f.config, f.key, f.lang, f.memory = config, key, "nl", "1GiB"
	f.engine = engineDuckDB
	watchedRun(t, e, f)
	e.look()
	sealed, err := os.ReadFile(filepath.Join(out, "2020-Q3", "evaluator-2020-Q3.tar.age"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(bytes.NewReader(sealed), owner)
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if _, err := archive.ReadFrom(plain); err != nil {
		t.Fatal(err)
	}
	// The eye would have known the tables, had it seen them.
	if !bytes.Contains(archive.Bytes(), e.banned[0]) || !bytes.Contains(archive.Bytes(), e.banned[1]) {
		t.Error("the encrypted delivery does not hold what was looked for outside it")
	}
	searchBytes(t, "the encrypted delivery", archive.Bytes())
}

// TestOtherVerbsLeakNothing looks at what the verbs beside run print and leave on disk.
func TestOtherVerbsLeakNothing(t *testing.T) {
	config, key := seededExports(t)
	t.Setenv("TMPDIR", t.TempDir())
	out := filepath.Join(t.TempDir(), "out")
	mustDo(t, "run", "--quiet", "--config", config, "--key", key, "--period", "2020-Q3", "--only", "amif,evaluator", "--out", out)
	dir := filepath.Join(out, "2020-Q3")
	participant := pseudonymsOf(t, filepath.Join(dir, "amif", "deelnemers.csv"))[0]
	table := t.TempDir()
	var rows strings.Builder
	rows.WriteString("id;sex\n")
	for i := range 20 {
		fmt.Fprintf(&rows, "QZNAAM-8877665%d;m\n", i)
	}
	for name, text := range map[string]string{"t.csv": rows.String(), "h_sex.csv": "m;*\n", "wrong.csv": rows.String() + "QZNAAM-2;x\n"} {
		if err := os.WriteFile(filepath.Join(table, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	anonymous := filepath.Join(t.TempDir(), "anonymous.csv")
	anonymize := func(name string) []string {
		return []string{"anonymize", "--data", filepath.Join(table, name), "--hierarchies", table, "--qi", "sex", "--k", "2", "--person", "id", "--out", anonymous}
	}
	e := &eye{t: t, dirs: []string{os.TempDir(), filepath.Dir(anonymous)}, seen: map[string]int64{}}
	stop := e.watch()
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitDone, []string{"check", "--config", config, "--key", key, "--period", "2020-Q3"}},
		{exitDone, []string{"check", "--config", config, "--key", key, "--period", "2020-Q3", "--json"}},
		{exitDone, []string{"trace", "--config", config, "--key", key, "--period", "2020-Q3", participant}},
		{exitFailed, []string{"trace", "--config", config, "--key", key, "--period", "2020-07-01..2020-07-02", strings.Repeat("A", 26)}},
		{exitDone, []string{"bridge", "--config", config, "--key", key, "--purpose", "amif", "--from-epoch", "7", "--out", filepath.Join(filepath.Dir(anonymous), "bridge.csv")}},
		{exitDone, []string{"verify", dir}},
		{exitFailed, anonymize("wrong.csv")},
		{exitDone, anonymize("t.csv")},
	} {
		stdout, stderr, code := command(t, c.args...)
		if code != c.code && !(c.code == exitFailed && code == exitUsage) {
			t.Errorf("%s: exit %d\n%s", c.args[0], code, stderr)
		}
		if c.args[len(c.args)-1] == "--json" || c.args[0] == "check" {
			stdout = strings.ReplaceAll(stdout, "QZ-niet-van-ons.csv", "") // the name of a file
		}
		searchBytes(t, "what "+c.args[0]+" prints", []byte(stdout))
		searchBytes(t, "what "+c.args[0]+" says", []byte(stderr))
	}
	stop()
	e.look()
}

// TestFatalFaultsTellNothing spoils the exports so that they cannot be read, each file with seeded
// values in it, and looks at what is said.
func TestFatalFaultsTellNothing(t *testing.T) {
	const row = "QZZAAK-1;8877665001;QZNAAM;QZNAAM;QZGEHEIM\n"
	for name, text := range map[string]string{
		"nothing but data":                         strings.Repeat(row, 30),
		"a header that lacks columns, behind data": row + "casusnummer;achternaam\n" + row,
		"one column":                               strings.ReplaceAll(row, ";", " "),
		"a web page":                               "<html>" + row,
		"bytes of no text":                         row + "\x00\x00" + row,
		"a zip file":                               "PK\x03\x04" + row,
		"a header twice":                           "casusnummer;aanmelddatum;besluit;Casusnummer\n" + row,
		"quotes that stay open":                    "\"casusnummer;aanmelddatum;besluit\n" + row,
	} {
		t.Run(name, func(t *testing.T) {
			config, key := seededExports(t)
			path := filepath.Join(filepath.Dir(config), "exports", "casussen.csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, verb := range [][]string{{"check"}, {"run", "--out", filepath.Join(t.TempDir(), "out")}} {
				stdout, stderr, code := command(t, append(verb, "--config", config, "--key", key, "--period", "2020-Q3")...)
				if code == exitDone || !strings.Contains(stderr, "casussen.csv") {
					t.Errorf("exit %d: %s", code, stderr)
				}
				searchBytes(t, "standard output", []byte(stdout))
				searchBytes(t, "standard error", []byte(stderr))
			}
		})
	}
}
