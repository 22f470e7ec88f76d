package main

import (
	"os"
	"runtime/debug"

	"golang.org/x/sys/windows"
)

// limitSignals end a program that goes beyond a limit: Windows has none.
var limitSignals []os.Signal

// harden keeps case data out of what a crash leaves: no report with memory in it, no dump of the goroutines.
// It has a terminal understand what moves the cursor, for the bar.
func harden() {
	windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX)
	debug.SetTraceback("none")
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		var mode uint32
		if h := windows.Handle(f.Fd()); windows.GetConsoleMode(h, &mode) == nil {
			_ = windows.SetConsoleMode(h, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) // an old one shows lines
		}
	}
}
