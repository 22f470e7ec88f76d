package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
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

// TestFullDisk fills a small disk at several sizes: from one that takes no file to one that lacks
// the last.
func TestFullDisk(t *testing.T) {
	config, key := seededExports(t)
	disk := t.TempDir()
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk)
	if out, err := mount.CombinedOutput(); err != nil {
		t.Logf("no disk can be mounted here (%s): a limit on the size of files stands in for it", strings.TrimSpace(string(out)))
		limitedFiles(t, config, key)
		return
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	out := filepath.Join(disk, "out")
	if said, err := attempt(t, config, key, out); err != nil {
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
	cmd := exec.Command("bash", "-c", `ulimit -f 64; exec lvv run --quiet --config "$0" --key "$1" --out "$2" --period 2020-Q3 --lang en`, config, key, out)
	if said, err := cmd.CombinedOutput(); err == nil {
		t.Fatalf("the limit had no effect: %s", said)
	}
	if got := language(t, filepath.Join(out, "2020-Q3")); got != "nl" {
		t.Fatalf("the output is in %s", got)
	}
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
	config, key := seededExports(t)
	out := filepath.Join(t.TempDir(), "out")
	if said, err := attempt(t, config, key, out); err != nil {
		t.Fatal(err, said)
	}
	// The output's place is taken by a file.
	blocked := filepath.Join(t.TempDir(), "blocked")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := attempt(t, config, key, blocked); err == nil || !strings.Contains(said, "--out") {
		t.Errorf("a file in the place of the output: %v, %q", err, said)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(config), "exports", "verblijf.xlsx")); err != nil {
		t.Fatal(err)
	}
	if said, err := attempt(t, config, key, out, "--lang", "en"); err == nil || !strings.Contains(said, "verblijf") {
		t.Errorf("a required table vanished: %v, %q", err, said)
	}
	onlyOutput(t, out, "nl")
}

// TestPanicTellsNothing injects a fault that carries case data into each step.
func TestPanicTellsNothing(t *testing.T) {
	config, key := seededExports(t)
	t.Setenv("TMPDIR", t.TempDir())
	ops := map[string]bool{}
	for n := 0; ; n++ {
		var stdout, stderr bytes.Buffer
		left, last := n, ""
		a := &app{stdout: &stdout, stderr: &stderr, observe: func(op string) {
			if op == "write" {
				return
			}
			last = op
			if left--; left < 0 {
				panic("QZNAAM-1 was here")
			}
		}}
		out := filepath.Join(t.TempDir(), "out")
		f := &runFlags{out: out, period: "2020-Q3", only: []string{partAMIF}}
		f.config, f.key, f.lang, f.memory, f.quiet = config, key, "nl", "1GiB", true
		if err := f.validate(); err != nil {
			t.Fatal(err)
		}
		err := (&runJob{app: a, flags: f, progress: newProgress(&stderr, true)}).run(context.Background())
		if err == nil {
			break
		}
		ops[last] = true
		if !strings.Contains(err.Error(), "fault in the program") || strings.Contains(err.Error()+stdout.String()+stderr.String(), "QZ") {
			t.Fatalf("at %q: %v", last, err)
		}
		if left, err := os.ReadDir(out); err == nil && len(left) > 1 {
			t.Fatalf("at %q: left %v", last, left)
		}
	}
	if len(ops) < 12 {
		t.Errorf("faults were injected in only %d places", len(ops))
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

// TestInterrupt asks a run to stop at several moments; it must do so within a second and leave nothing.
func TestInterrupt(t *testing.T) {
	config, key := seededExports(t)
	for _, after := range []time.Duration{20, 120, 300} {
		out, tmp := filepath.Join(t.TempDir(), "out"), t.TempDir()
		cmd := exec.Command("lvv", "run", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3")
		cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		asked := time.Now()
		err := cmd.Wait()
		if took := time.Since(asked); took > 5*time.Second {
			t.Errorf("stopped only after %v", took)
		}
		if left, _ := os.ReadDir(tmp); len(left) > 0 {
			t.Errorf("after %v ms: left in the temporary folder: %v", after, left)
		}
		if err == nil {
			onlyOutput(t, out, "nl") // it was done before it was asked
			continue
		}
		if left, _ := os.ReadDir(out); len(left) > 0 {
			t.Errorf("after %v ms: left in the output folder: %v", after, left)
		}
		if after > 20 && !strings.Contains(stderr.String(), "stopped; nothing was written") {
			t.Errorf("after %v ms: it said %q", after, stderr.String())
		}
	}
}
