package main

import (
	"github.com/inconshreveable/mousetrap"
	"golang.org/x/sys/windows"
)

// startedByClick reports whether the program was started by a double click, or by something dropped on it.
func startedByClick() bool { return mousetrap.StartedByExplorer() }

// openFile shows a file in the program that belongs to it.
func openFile(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL)
}
