//go:build peers

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPeerNoConnection watches the system calls of a whole run: nothing is asked of the network, though the
// program could speak to an engine elsewhere.
func TestPeerNoConnection(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "calls")
	for _, args := range [][]string{
		{"run", "--quiet", "--out", filepath.Join(dir, "out")},
		{"verify", filepath.Join(dir, "out", "2020-Q3")},
	} {
		cmd := exec.Command("strace", append([]string{"-f", "-qq", "-e", "trace=socket,connect,bind,listen,sendto,sendmsg", "-o", log, "lvv"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("lvv %s: %v\n%s", args[0], err, out)
		}
		calls, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(calls)) {
			if strings.Contains(line, "(") && !strings.Contains(line, "+++") && !strings.Contains(line, "---") {
				t.Errorf("lvv %s asks the network: %s", args[0], strings.TrimSpace(line))
			}
		}
	}
	// The watch itself works: an engine elsewhere is connected to, and refuses.
	cmd := exec.Command("strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", log, "lvv", "run", "--quiet", "--engine", "sc://127.0.0.1:9", "--out", filepath.Join(dir, "other"))
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("a run on an engine that is not there succeeded\n%s", out)
	}
	if calls, err := os.ReadFile(log); err != nil || !strings.Contains(string(calls), "connect(") {
		t.Errorf("the connection to an engine elsewhere was not seen: %v", err)
	}
}
