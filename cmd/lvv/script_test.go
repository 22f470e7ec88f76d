package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"lvv/internal/private"
	"lvv/internal/say"
)

// killVariable ends the program with SIGKILL at a change to the output folder: one counted from 0, or the
// first of a kind.
const killVariable = "LVV_TEST_KILL_AT"

func TestMain(m *testing.M) {
	testscript.Main(withShared{m}, map[string]func(){
		"lvv": func() {
			harden()
			a := &app{stdin: os.Stdin, stdout: slashed(os.Stdout), stderr: slashed(os.Stderr)}
			keepSaid(a, os.Args[1:])
			if at := os.Getenv(killVariable); at != "" {
				a.observe = func(op string) {
					if reached(&at, op) {
						if self, err := os.FindProcess(os.Getpid()); err == nil {
							_ = self.Kill()
						}
					}
				}
			}
			os.Exit(a.run(os.Args[1:]))
		},
	})
}

// slashes writes as Linux does what is said on Windows: the scripts have paths with slashes.
type slashes struct{ to io.Writer }

func (s slashes) Write(p []byte) (int, error) {
	_, err := s.to.Write(bytes.ReplaceAll(bytes.ReplaceAll(p, []byte("\r\n"), []byte("\n")), []byte(`\`), []byte("/")))
	return len(p), err
}

// slashed is where the program under test writes.
func slashed(to io.Writer) io.Writer {
	if filepath.Separator == '/' {
		return to
	}
	return slashes{to}
}

// reached tells whether op is the change to the output folder at which something is to happen.
func reached(at *string, op string) bool {
	n, err := strconv.Atoi(*at)
	if err != nil {
		return kindOf(op) == *at
	}
	*at = strconv.Itoa(n - 1)
	return n <= 0
}

// kindOf is a change to the output folder without the name of the file.
func kindOf(op string) string {
	word, rest, _ := strings.Cut(op, " ")
	if strings.Contains(rest, ".") {
		return word
	}
	return op
}

// shared is a folder of all tests.
var shared string

// withShared removes what the tests share when they are done.
type withShared struct{ *testing.M }

func (m withShared) Run() int {
	var err error
	if shared, err = os.MkdirTemp("", "lvv-test-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(shared)
	if err := os.Setenv(say.Variable, string(say.English)); err != nil {
		panic(err)
	}
	return m.M.Run()
}

// samplesOutput is what a run without flags makes of the samples, made once. It is only to be read.
func samplesOutput(t *testing.T) string {
	t.Helper()
	dir, err := runSamples()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var runSamples = sync.OnceValues(func() (string, error) {
	var said bytes.Buffer
	out := filepath.Join(shared, "out")
	if code := run([]string{"run", "--quiet", "--lang", "nl", "--out", out}, nil, &said, &said); code != exitDone {
		return "", fmt.Errorf("exit %d: %s", code, said.String())
	}
	return filepath.Join(out, "2020-Q3"), nil
})

// copyOf is a copy of an output that a test may change.
func copyOf(t *testing.T, output string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), filepath.Base(output))
	if err := os.CopyFS(dir, os.DirFS(output)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestScript runs the program as its users do: one txtar file in testdata/script a verb or error.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: os.Getenv("UPDATE_GOLDEN") != "",
		Cmds: scriptCommands,
		Setup: func(env *testscript.Env) error {
			env.Setenv(say.Variable, string(say.English))
			collectAlike(env)
			return nil
		},
	})
}

// collectAlike has the programs of a script collect garbage as often as the tests do: a script has an environment of its own.
func collectAlike(env *testscript.Env) {
	if often, ok := os.LookupEnv("GOGC"); ok {
		env.Setenv("GOGC", often)
	}
}

// scriptCommands are what the scripts need beside the program: no other one, as Windows has none of them.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"replace": replace, "cut": cutLines, "decode": decode, "private": makePrivate, "tree": tree,
}

// replace is a command of the scripts: replace FILE OLD NEW puts NEW in the place of the first OLD.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	before := ts.ReadFile(args[0])
	after := strings.Replace(before, args[1], args[2], 1)
	if before == after {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(after), 0o600))
}

// cutLines is a command of the scripts: cut FILE FROM TO takes the lines out from FROM up to TO, counted from 1.
func cutLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: cut FILE FROM TO")
	}
	from, err := strconv.Atoi(args[1])
	ts.Check(err)
	to, err := strconv.Atoi(args[2])
	ts.Check(err)
	lines := strings.SplitAfter(ts.ReadFile(args[0]), "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(slices.Delete(lines, from-1, to), "")), 0o600))
}

// decode is a command of the scripts: decode BASE64 FILE writes what a file in base64 stands for.
func decode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: decode BASE64 FILE")
	}
	b, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(ts.ReadFile(args[0]), "\n", ""))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o600))
}

// makePrivate is a command of the scripts: private FILE has a file of the script be for its owner alone, as a key must be.
func makePrivate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: private FILE")
	}
	text := ts.ReadFile(args[0])
	ts.Check(os.Remove(ts.MkAbs(args[0])))
	f, err := private.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = f.WriteString(text)
	ts.Check(errors.Join(err, f.Close()))
}

// tree is a command of the scripts: tree FROM TO copies a folder.
func tree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tree FROM TO")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}
