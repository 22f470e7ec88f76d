//go:build unix

package main

import (
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// limitSignals end a program that goes beyond a limit on time or on the size of files.
var limitSignals = []os.Signal{unix.SIGXCPU, unix.SIGXFSZ}

// harden keeps case data out of what a crash leaves: no core file, no dump of the goroutines.
func harden() {
	// Where the limit cannot be lowered, as in some sandboxes, the rest still holds.
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	undumpable()
	debug.SetTraceback("none")
}
