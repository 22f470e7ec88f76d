package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvv/internal/say"
	"lvv/internal/thorough"
)

// attempt runs the job on seeded exports into out and returns what it says on standard error.
func attempt(t *testing.T, config, key, out string, arg ...string) (string, error) {
	t.Helper()
	cmd := exec.Command("lvv", append([]string{"run", "--quiet", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3"}, arg...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	return stderr.String(), err
}

// onlyOutput fails unless out holds one whole output in the language and nothing else.
func onlyOutput(t *testing.T, out, lang string) {
	t.Helper()
	left, err := os.ReadDir(out)
	if err != nil || len(left) != 1 {
		t.Fatalf("the output folder holds %v, %v", left, err)
	}
	if got := language(t, filepath.Join(out, "2020-Q3")); got != lang {
		t.Fatalf("the output is in %s, want %s", got, lang)
	}
}

// smallDisk mounts a disk of 64 MiB for the length of a test; "" where that cannot be done.
func smallDisk(t *testing.T) string {
	t.Helper()
	disk := t.TempDir()
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", disk)
	if out, err := mount.CombinedOutput(); err != nil {
		t.Logf("no disk can be mounted here (%s): a limit on the size of files stands in for it", strings.TrimSpace(string(out)))
		return ""
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return disk
}

// diskUse adds up the blocks of the files below dir.
func diskUse(t *testing.T, dir string) int64 {
	t.Helper()
	var n int64
	for _, body := range contents(t, dir) {
		n += int64(len(body)+4095) / 4096 * 4096
	}
	return n
}

func TestVanishedAndReadOnly(t *testing.T) {
	t.Parallel()
	config, key := seededExports(t)
	out := filepath.Join(t.TempDir(), "out")
	if said, err := attempt(t, config, key, out, "--only", "amif"); err != nil {
		t.Fatal(err, said)
	}
	// The output's place is taken by a file.
	blocked := filepath.Join(t.TempDir(), "blocked")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := attempt(t, config, key, blocked, "--only", "amif"); err == nil || !strings.Contains(said, "--out") {
		t.Errorf("a file in the place of the output: %v, %q", err, said)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(config), "exports", seededStays)); err != nil {
		t.Fatal(err)
	}
	if said, err := attempt(t, config, key, out, "--only", "amif", "--lang", "en"); err == nil || !strings.Contains(said, "verblijf") {
		t.Errorf("a required table vanished: %v, %q", err, said)
	}
	onlyOutput(t, out, "en")
}

// TestInputsThatChange changes a file while the exports are read: the one that is being read, and
// one that is still to be read. The output that was there stays.
func TestInputsThatChange(t *testing.T) {
	config, key := seededExports(t)
	exports := filepath.Join(filepath.Dir(config), "exports")
	out := filepath.Join(t.TempDir(), "out")
	if said, err := attempt(t, config, key, out, "--only", "amif"); err != nil {
		t.Fatal(err, said)
	}
	grow := func(path string) error {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteString("QZZAAK-9;8877665998\n")
		return errors.Join(err, f.Close())
	}
	for _, c := range []struct {
		name, file string
		change     func(path string) error
		want       string
	}{
		{"grows while it is read", "casussen.csv", grow, "casussen.csv: the file changed while it was read"},
		{"grows before it is read", "trajecten.csv", grow, "trajecten.csv: the file changed while it was read"},
		{"shrinks", "trajecten.csv", func(path string) error { return os.Truncate(path, 200) }, "trajecten.csv: the file changed while it was read"},
		{"is replaced", "mrt.csv", func(path string) error {
			b, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".new", b, 0o600), os.Rename(path+".new", path))
		}, "mrt.csv: the file changed while it was read"},
		{"is replaced while it is read", "casussen.csv", func(path string) error {
			b, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".new", b, 0o600), os.Rename(path+".new", path))
		}, "casussen.csv: the file changed while it was read"},
		{"vanishes while it is read", "casussen.csv", os.Remove, "casussen.csv: the file changed while it was read"},
		{"vanishes", "trajecten.csv", os.Remove, "trajecten.csv: the file cannot be opened"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(exports, c.file)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			defer os.WriteFile(path, before, 0o600)
			var stderr bytes.Buffer
			f := &runFlags{out: out, period: "2020-Q3", only: []string{partAMIF}}
			f.config, f.key, f.lang, f.memory = config, key, "nl", "1GiB"
			f.engine = engineDuckDB
			if err := f.validate(); err != nil {
				t.Fatal(err)
			}
			p := newProgress(&app{stderr: &stderr, lang: say.English}, false)
			looks := 0
			p.now = func() time.Time {
				// Two looks at the clock begin the step; the third comes from the first file.
				if looks++; looks == 3 {
					if err := c.change(path); err != nil {
						t.Error(err)
					}
				}
				return time.Time{}
			}
			err = (&runJob{app: &app{stdout: &stderr, stderr: &stderr}, flags: f, progress: p}).run(context.Background())
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			onlyOutput(t, out, "en")
		})
	}
}

// panicValue is what injected faults carry: case data, which must not be shown.
const panicValue = "QZNAAM-1 was here"

// TestPanicTellsNothing injects a fault into each step, into the reading of a file, and into each
// change to the output folder.
func TestPanicTellsNothing(t *testing.T) {
	config, key := seededExports(t)
	t.Setenv("TMPDIR", t.TempDir())
	light := []string{partAMIF}
	for _, f := range []struct {
		step string
		at   int // which look at the clock of the step; the first is its beginning
		only []string
	}{
		{"reading the exports", 1, light}, {"reading the exports", 4, light},
		{"computing the figures", 1, light}, {"checking the contents", 1, light}, {"protecting small counts", 1, light},
		{"writing the steward's lists", 1, light}, {"writing the report", 1, []string{partReport}},
		{"writing the AMIF account", 1, light}, {"making the evaluator's delivery", 1, []string{partEvaluator}}, {"putting the output in its place", 1, light},
	} {
		err := faulty(t, config, key, f.only, func(_ *app, p *progress) {
			looks := 0
			p.now = func() time.Time {
				// The step changes before its beginning is noted.
				if p.step == f.step {
					looks++
				}
				if looks == f.at {
					panic(panicValue)
				}
				return time.Time{}
			}
		})
		if err == nil {
			t.Errorf("no fault was met while %s", f.step)
		}
	}
	// Of the changes before the output is in its place, one in three: a panic is met by what meets any other.
	var changes []string
	for i, kind := range kindsOfChanges(t, config, key, filepath.Join(t.TempDir(), "out")) {
		if i%3 == 0 {
			changes = append(changes, kind)
		}
	}
	if thorough.On {
		changes = nil
		for n := range 500 {
			changes = append(changes, strconv.Itoa(n))
		}
	}
	met := 0
	for _, change := range changes {
		err := faulty(t, config, key, []string{partAMIF}, func(a *app, _ *progress) {
			a.observe = func(op string) {
				if thorough.On && op == "write" {
					return // as the creation of the same file
				}
				if reached(&change, op) {
					panic(panicValue)
				}
			}
		})
		if err == nil {
			break
		}
		met++
	}
	if met < 4 || met < len(changes) && !thorough.On {
		t.Errorf("faults were met at %d changes of %q", met, changes)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

// faulty runs the job in this process with a fault in it, and looks at what it says and leaves.
func faulty(t *testing.T, config, key string, only []string, spoil func(*app, *progress)) error {
	t.Helper()
	var stdout, stderr bytes.Buffer
	out := filepath.Join(t.TempDir(), "out")
	f := &runFlags{out: out, period: "2020-Q3", only: only}
	f.config, f.key, f.lang, f.memory = config, key, "nl", "1GiB"
	f.engine = engineDuckDB
	if err := f.validate(); err != nil {
		t.Fatal(err)
	}
	a, p := &app{stdout: &stdout, stderr: &stderr, lang: say.English}, newProgress(&app{stderr: &stderr, lang: say.English}, false)
	spoil(a, p)
	err := (&runJob{app: a, flags: f, progress: p}).run(context.Background())
	if err == nil {
		return nil
	}
	a.report(context.Background(), err)
	if !strings.Contains(stderr.String(), "fault in the program") || strings.Contains(stdout.String()+stderr.String(), "QZ") {
		t.Errorf("it said %s%s", stdout.String(), stderr.String())
	}
	if left, err := os.ReadDir(out); err == nil && len(left) > 1 {
		t.Errorf("it left %v", left)
	}
	return err
}

// TestPanicOfAVerb panics outside a run.
func TestPanicOfAVerb(t *testing.T) {
	var stderr bytes.Buffer
	a := &app{stdout: panicking{}, stderr: &stderr}
	if code := a.run([]string{"metrics"}); code != exitFailed || !strings.Contains(stderr.String(), "fault in the program") || strings.Contains(stderr.String(), "QZ") {
		t.Errorf("exit %d, it said %q", code, stderr.String())
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic(panicValue) }
