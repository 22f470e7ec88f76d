//go:build unix

package main

import "os/exec"

// startedByClick reports whether the program was started by a double click: nobody does so here.
func startedByClick() bool { return false }

// openFile shows a file in the program that belongs to it.
func openFile(path string) error { return exec.Command("xdg-open", path).Start() }
