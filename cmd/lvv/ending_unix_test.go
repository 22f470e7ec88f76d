//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lvv/internal/thorough"
)

// TestSignals asks runs to stop, by every signal that ends a program in good order and at several moments.
// Each must end by itself (a busy machine is given 20 seconds), leave nothing and print no trace.
func TestSignals(t *testing.T) {
	t.Parallel()
	config, key := seededExports(t)
	moments := []time.Duration{20 * time.Millisecond, 120 * time.Millisecond, 300 * time.Millisecond}
	for i, s := range endings {
		s := s.(syscall.Signal)
		t.Run(s.String(), func(t *testing.T) {
			for _, after := range []time.Duration{moments[i%3], moments[(i+1)%3]} {
				out, tmp := filepath.Join(t.TempDir(), "out"), t.TempDir()
				cmd := exec.Command("lvv", "run", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3", "--only", "amif")
				cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
				stderr := &firstWord{said: make(chan struct{})}
				cmd.Stderr = stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				// Before the signals are listened to, nothing has been written either. They are listened to once something is said.
				if after > moments[0] {
					select {
					case <-stderr.said:
					case <-time.After(time.Minute):
						t.Fatal("it says nothing")
					}
				}
				time.Sleep(after)
				if err := cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				asked := time.Now()
				err := cmd.Wait()
				if took := time.Since(asked); took > 20*time.Second {
					t.Errorf("after %v: stopped only after %v", after, took)
				}
				nothingLeft(t, tmp)
				if err == nil {
					onlyOutput(t, out, "en") // it was done before it was asked
					continue
				}
				nothingLeft(t, out)
				said := stderr.text.String()
				if after > moments[0] && s != syscall.SIGPIPE && !strings.Contains(said, "nothing was written") {
					t.Errorf("after %v: it said %q", after, said)
				}
				if after > moments[0] && strings.Contains(said, "goroutine") {
					t.Errorf("after %v: it said %q", after, said)
				}
			}
		})
	}
}

// firstWord keeps what a program says, and tells when it begins.
type firstWord struct {
	text strings.Builder
	said chan struct{}
	once sync.Once
}

func (w *firstWord) Write(b []byte) (int, error) {
	w.once.Do(func() { close(w.said) })
	return w.text.Write(b)
}

func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left in %s: %v", dir, left)
	}
}

// TestLostWords closes what the program prints to, or fills it. It stops or ends as usual, leaves nothing
// behind and does not say that all went well.
func TestLostWords(t *testing.T) {
	t.Parallel()
	config, key := seededExports(t)
	whole := func(t *testing.T, out, tmp string) {
		t.Helper()
		nothingLeft(t, tmp)
		if _, err := os.Stat(out); err == nil {
			onlyOutput(t, out, "en") // all of it or nothing
		}
	}
	for _, c := range []struct {
		name, line, want string
		code             int
	}{
		{"both closed after a line", `lvv run $ARGS 2>&1 | head -1 >/dev/null; exit ${PIPESTATUS[0]}`, "", exitFailed},
		{"stderr closed", `lvv run $ARGS 2> >(exec true); exit $?`, "", -1},
		{"stdout closed", `lvv run --quiet $ARGS | true; exit ${PIPESTATUS[0]}`, "the output stands whole in", exitFailed},
		{"stdout full", `lvv run --quiet $ARGS >/dev/full`, "the output stands whole in", exitFailed},
		{"stdout full, JSON", `lvv run --quiet --json $ARGS >/dev/full`, "the output stands whole in", exitFailed},
		{"stdout not open", `lvv run --quiet $ARGS >&-`, "", -1},
		{"definitions, full", `lvv metrics >/dev/full`, "no space left", exitFailed},
		{"help, full", `lvv --help >/dev/full`, "what was to be printed could not be written", exitFailed},
		{"key, full", `cd $TMPDIR && lvv keygen k >/dev/full; code=$?; rm k; exit $code`, "no space left", exitFailed},
		{"definitions, closed", `lvv metrics | head -1 >/dev/null; exit ${PIPESTATUS[0]}`, "", -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, tmp := filepath.Join(t.TempDir(), "out"), t.TempDir()
			cmd := exec.Command("bash", "-c", c.line)
			cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "ARGS=--config "+config+" --key "+key+" --out "+out+" --period 2020-Q3 --only amif")
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			_ = cmd.Run()
			whole(t, out, tmp)
			if code := cmd.ProcessState.ExitCode(); c.code >= 0 && code != c.code || !strings.Contains(stderr.String(), c.want) || strings.Contains(stderr.String(), "goroutine") {
				t.Errorf("exit %d, it said %q", code, stderr.String())
			}
		})
	}
}

// TestTemporaryFolders runs with temporary folders whose names mean something to a shell or a database.
// What a killed run left in one is found there, and a folder that only bears such a name stays.
func TestTemporaryFolders(t *testing.T) {
	config, key := seededExports(t)
	names := []string{"a[b*?{c}'d é"}
	if thorough.On {
		names = append(names, "a[b", "a[a-z]b", "a]b", "a*b", "a?b", "a{b}'c", "a b", "é")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			tmp, out := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), "out")
			mine := filepath.Join(tmp, "lvv-work-mijn", "brief.txt")
			if err := os.MkdirAll(filepath.Dir(mine), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(mine, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{"run", "--quiet", "--config", config, "--key", key, "--out", out, "--period", "2020-Q3", "--only", "amif"}
			killed := exec.Command("lvv", args...)
			killed.Env = append(os.Environ(), "TMPDIR="+tmp, killVariable+"=6")
			if err := killed.Run(); err == nil {
				t.Fatal("the run was not killed")
			}
			if left, _ := os.ReadDir(tmp); len(left) != 2 {
				t.Fatalf("the killed run left %v", left)
			}
			t.Setenv("TMPDIR", tmp)
			mustDo(t, args...)
			onlyOutput(t, out, "en")
			if left, _ := os.ReadDir(tmp); len(left) != 1 {
				t.Errorf("left %v", left)
			}
			if _, err := os.Stat(mine); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestLimitedMemory runs in little memory and more, of every kind that a shell can limit. Each run succeeds or
// says what it lacks; none prints a trace or leaves anything. With less, the system itself cannot load the
// program.
func TestLimitedMemory(t *testing.T) {
	t.Parallel()
	config, key := seededExports(t)
	ended := map[int]int{}
	sizes := []int{250, 1600, 3500}
	if thorough.On {
		sizes = append(sizes, 400, 700, 1000, 1300, 1900, 2100, 2300, 2500, 2700)
	}
	for _, flag := range []string{"v", "d"} {
		if flag == "d" && !thorough.On {
			sizes = []int{1600}
		}
		for _, mib := range sizes {
			out, tmp := filepath.Join(t.TempDir(), "out"), t.TempDir()
			cmd := exec.Command("bash", "-c", `ulimit -$0 $1; exec lvv run --quiet --config $2 --key $3 --out $4 --period 2020-Q3 --only amif`,
				flag, strconv.Itoa(mib<<10), config, key, out)
			cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "GOGC=100") // as its users run it; make test has another
			said, err := cmd.CombinedOutput()
			nothingLeft(t, tmp)
			code := cmd.ProcessState.ExitCode()
			ended[code]++
			if err == nil {
				onlyOutput(t, out, "en")
				continue
			}
			nothingLeft(t, out)
			if code != exitFailed || !strings.Contains(string(said), "ulimit -"+flag) || strings.Contains(string(said), "fatal") {
				t.Errorf("ulimit -%s %d MiB: exit %d, it said %s", flag, mib, code, said)
			}
		}
	}
	if ended[exitDone] == 0 || ended[exitFailed] == 0 {
		t.Errorf("ended with %v", ended)
	}
}
