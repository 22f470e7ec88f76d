package ingest

import (
	"fmt"
	"strings"
)

// Fault says why a delivery cannot be read at all. It names no content of a row.
type Fault struct {
	File     string // as it is called in the folder of exports; the folder itself where a file is missing
	Sheet    string
	Line     int64  // 0 where the whole file is meant
	Found    string // what is there
	Expected string // what should be there
	Remedy   string // what to do
	Err      error  // the cause, where the operating system or a decoder gave one
}

// FatalError stops a run before anything is written. It holds every independent fault that was
// found, sorted by file.
type FatalError struct{ Faults []*Fault }

func (e *FatalError) Error() string {
	parts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		parts[i] = f.Error()
	}
	return strings.Join(parts, "\n")
}

// Unwrap returns the faults.
func (e *FatalError) Unwrap() []error {
	out := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		out[i] = f
	}
	return out
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %q", f.Sheet)
	}
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	fmt.Fprintf(&b, ": %s", f.Found)
	if f.Err != nil {
		fmt.Fprintf(&b, " (%v)", f.Err)
	}
	if f.Expected != "" {
		fmt.Fprintf(&b, "; expected %s", f.Expected)
	}
	fmt.Fprintf(&b, "\n  %s", f.Remedy)
	return b.String()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }
