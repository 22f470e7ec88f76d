package main

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// killVariable ends the program with SIGKILL at a change to the output folder, counted from 0.
const killVariable = "LVV_TEST_KILL_AT"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"lvv": func() {
			harden()
			a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
			if left, err := strconv.Atoi(os.Getenv(killVariable)); err == nil {
				a.observe = func(string) {
					if left--; left < 0 {
						_ = unix.Kill(os.Getpid(), unix.SIGKILL)
					}
				}
			}
			os.Exit(a.run(os.Args[1:]))
		},
	})
}

// TestScript runs the program as its users do: one txtar file in testdata/script a verb or error.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: os.Getenv("UPDATE_GOLDEN") != "",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"replace": replace},
	})
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
