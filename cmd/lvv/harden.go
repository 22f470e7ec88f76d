package main

import (
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// harden keeps case data out of what a crash leaves: no core file, no dump of the goroutines.
func harden() {
	// Where the limit cannot be lowered, as in some sandboxes, the rest still holds.
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	undumpable()
	debug.SetTraceback("none")
}
