package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// edit changes a file of exports: what new makes of its text.
func edit(t *testing.T, config, name string, change func(text string) string) {
	t.Helper()
	path := filepath.Join(filepath.Dir(config), "exports", name)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(change(string(b))), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestKeptStoreChangesNothing compares every byte of the output of runs with a kept store with that
// of runs without one, after one change of the exports after another, and searches what is kept for
// what may not be in it.
func TestKeptStoreChangesNothing(t *testing.T) {
	config, key := seededExports(t)
	store := filepath.Join(t.TempDir(), "store")
	t.Setenv("TMPDIR", t.TempDir())
	for _, c := range []struct {
		name, file, reads, period string
		change                    func(string) string
	}{
		{"an empty store", "mrt.csv", "0 of 8", "2020-Q3", func(s string) string { return s }},
		{"nothing changed", "mrt.csv", "8 of 8", "2020-Q3", func(s string) string { return s }},
		{"another period", "mrt.csv", "8 of 8", "2020-07", func(s string) string { return s }},
		{"a review more", "mrt.csv", "7 of 8", "2020-07", func(s string) string { return s + "QZZAAK-003;06-07-2020;QZGEHEIM\n" }},
		{"an orphan more", "trajecten.csv", "6 of 8", "2020-Q3", func(s string) string { return s + "T997;QZZAAK-weg;terugkeer;01-07-2020;;;;QZGEHEIM\n" }},
		{"a case less, which others may refer to", "casussen.csv", "1 of 8", "2020-Q3", func(s string) string {
			i := strings.Index(s, "QZZAAK-007") // it was rejected, so that nothing hangs on it
			return s[:i] + s[i+strings.IndexByte(s[i:], '\n')+1:]
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			edit(t, config, c.file, c.change)
			parts := "amif"
			if c.name == "a review more" {
				parts = "amif,evaluator,stuurgroep"
			}
			args := []string{"run", "--config", config, "--key", key, "--period", c.period, "--only", parts, "--memory", "100MB", "--out"}
			with, without := filepath.Join(t.TempDir(), "with"), filepath.Join(t.TempDir(), "without")
			stdout, stderr, code := command(t, append(args, with, "--store", store)...)
			if code != exitDone || !strings.Contains(stderr, "reading the exports, "+c.reads+" unchanged") {
				t.Fatalf("exit %d, want %s unchanged:\n%s", code, c.reads, stderr)
			}
			searchBytes(t, "standard output", []byte(stdout))
			searchBytes(t, "standard error", []byte(stderr))
			mustDo(t, append(args, without, "--quiet")...)
			got, want := contents(t, with), contents(t, without)
			if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
				t.Fatalf("it wrote %q, want %q", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
			for path, body := range want {
				if got[path] != body {
					t.Errorf("%s differs", path)
				}
			}
			if n := search(t, store); n != 9 {
				t.Errorf("the store holds %d files, want eight segments and their index", n)
			}
		})
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

// TestKeptStoreThatCannotBeWritten lets the disk of the store be full, or closed to writing. The run
// says so, and the store stays what it was.
func TestKeptStoreThatCannotBeWritten(t *testing.T) {
	config, key := seededExports(t)
	out := filepath.Join(t.TempDir(), "out")
	disk := smallDisk(t)
	run, prepare := exec.Command, func() {}
	if disk != "" {
		prepare = func() {
			size := diskUse(t, disk)
			if err := os.WriteFile(filepath.Join(disk, "fill"), make([]byte, 64<<20-size-8192), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	} else {
		disk = t.TempDir()
		run = func(name string, arg ...string) *exec.Cmd {
			return exec.Command("bash", append([]string{"-c", `ulimit -f 4; exec "$0" "$@"`, name}, arg...)...)
		}
	}
	store := filepath.Join(disk, "store")
	args := []string{"run", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3", "--only", "amif", "--store", store}
	mustDo(t, args...)
	before := contents(t, store)
	edit(t, config, "mrt.csv", func(s string) string {
		return s + strings.Repeat("QZZAAK-003;06-07-2020;QZGEHEIM\n", 3000)
	})
	prepare()
	said, err := run("lvv", args...).CombinedOutput()
	if err == nil || !strings.Contains(string(said), "Check the disk of --store, and your rights to it. What was kept is as it was.") {
		t.Errorf("it ended with %v, and said %s", err, said)
	}
	searchBytes(t, "what it said", said)
	if after := contents(t, store); !maps.Equal(before, after) {
		t.Errorf("the store held %q, and holds %q", slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after)))
	}
	os.Remove(filepath.Join(disk, "fill"))
	if _, stderr, code := command(t, args...); code != exitDone || !strings.Contains(stderr, "7 of 8 unchanged") {
		t.Errorf("the next run: exit %d, %s", code, stderr)
	}
}
