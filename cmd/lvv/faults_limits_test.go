//go:build faults

package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFaultsFullDisk fills a small disk at several sizes: from one that takes no file to one that lacks
// the last.
func TestFaultsFullDisk(t *testing.T) {
	config, key := seededExports(t)
	disk := smallDisk(t)
	if disk == "" {
		limitedFiles(t, config, key)
		return
	}
	out := filepath.Join(disk, "out")
	if said, err := attempt(t, config, key, out, "--lang", "nl"); err != nil {
		t.Fatal(err, said)
	}
	size := diskUse(t, disk)
	for _, spare := range []int64{0, 20_000, size / 3, size * 3 / 4} {
		fill := filepath.Join(disk, "fill")
		if err := os.WriteFile(fill, make([]byte, 64<<20-size-spare), 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := attempt(t, config, key, out, "--lang", "en")
		if err == nil || !strings.Contains(said, "no space left") {
			t.Fatalf("with %d bytes to spare: %v, %q", spare, err, said)
		}
		onlyOutput(t, out, "nl")
		if err := os.Remove(fill); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := attempt(t, config, key, out, "--lang", "en"); err != nil {
		t.Fatal(err, said)
	}
	onlyOutput(t, out, "en")
}

// limitedFiles stands in for a full disk: no file may grow beyond 64 KiB.
func limitedFiles(t *testing.T, config, key string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if said, err := attempt(t, config, key, out); err != nil {
		t.Fatal(err, said)
	}
	cmd := exec.Command("bash", "-c", `ulimit -f 64; exec lvv run --quiet --config "$0" --key "$1" --out "$2" --period 2020-Q3 --lang nl`, config, key, out)
	if said, err := cmd.CombinedOutput(); err == nil {
		t.Fatalf("the limit had no effect: %s", said)
	}
	if got := language(t, filepath.Join(out, "2020-Q3")); got != "en" {
		t.Fatalf("the output is in %s", got)
	}
}

// TestFaultsOutOfMemory gives the database less memory than it can work in.
func TestFaultsOutOfMemory(t *testing.T) {
	config, key := seededCases(t, 8000)
	out := filepath.Join(t.TempDir(), "out")
	said, err := attempt(t, config, key, out, "--memory", "8MB", "--threads", "1")
	if err == nil || !strings.Contains(said, "--memory 4GiB") || strings.Contains(said, "duckdb.org") {
		t.Errorf("%v, it said %s", err, said)
	}
	if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it left the output folder: %v", err)
	}
}

// TestFaultsLeakNothingMeanwhile looks at all that is on disk while a run works in so little memory that
// the database spills.
func TestFaultsLeakNothingMeanwhile(t *testing.T) {
	config, key := seededCases(t, 8000)
	t.Setenv("TMPDIR", t.TempDir())
	out := filepath.Join(t.TempDir(), "out")
	e := &eye{t: t, dirs: []string{os.TempDir(), out}, seen: map[string]int64{}}
	f := &runFlags{out: out, period: "2020-Q3", only: []string{partAMIF}}
	f.config, f.key, f.lang, f.memory, f.threads = config, key, "nl", "30MB", 1
	f.engine = engineDuckDB
	watchedRun(t, e, f)
	for _, kind := range []string{"store", "spill", "beheer", "amif"} {
		if e.seen[kind] == 0 {
			t.Errorf("no file of %s was seen: %v", kind, e.seen)
		}
	}
	t.Logf("the largest file of each kind: %v", e.seen)
}
