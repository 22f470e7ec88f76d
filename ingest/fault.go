package ingest

import (
	"fmt"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// Fault says why a delivery cannot be read at all. It names no content of a row.
type Fault struct {
	File     string // as it is called in the folder of exports; the folder itself where a file is missing
	Sheet    string
	Line     int64 // 0 where the whole file is meant
	Found    error // what is there
	Expected error // what should be there; nil where that is plain
	Remedy   error // what to do
	Err      error // the cause, where the operating system or a decoder gave one
}

// FatalError stops a run before anything is written. It holds every independent fault that was
// found, sorted by file.
type FatalError struct{ Faults []*Fault }

func (e *FatalError) Error() string { return e.In(say.English) }

// In says it in a language.
func (e *FatalError) In(lang say.Lang) string {
	return strings.Join(lists.Map(e.Faults, func(f *Fault) string { return f.In(lang) }), "\n")
}

// Unwrap returns the faults.
func (e *FatalError) Unwrap() []error {
	return lists.Map(e.Faults, func(f *Fault) error { return f })
}

func (f *Fault) Error() string { return f.In(say.English) }

// In says it in a language.
func (f *Fault) In(lang say.Lang) string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Sheet != "" {
		b.WriteString(say.Text(lang, ", sheet %q", f.Sheet))
	}
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	b.WriteString(": " + say.In(lang, f.Found))
	if f.Err != nil {
		b.WriteString(" (" + say.In(lang, f.Err) + ")")
	}
	if f.Expected != nil {
		b.WriteString(say.Text(lang, "; expected %w", f.Expected))
	}
	b.WriteString("\n  " + say.In(lang, f.Remedy))
	return b.String()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }
