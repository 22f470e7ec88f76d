package published

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/transform/engine"
)

// MarshalJSON writes [low, high], and null for a high that nothing bounds.
func (r Range) MarshalJSON() ([]byte, error) {
	if r.High == Unbounded {
		return fmt.Appendf(nil, "[%d, null]", r.Low), nil
	}
	return fmt.Appendf(nil, "[%d, %d]", r.Low, r.High), nil
}

// Write writes the document as JSON with a line for each figure. The same document gives the same bytes.
// A document that [Document.Validate] refuses is an error.
func Write(w io.Writer, d *Document) error {
	if err := d.Validate(); err != nil {
		return say.Errorf("write the published document: %w", err)
	}
	var e encoder
	e.member("schema", Schema)
	e.member("pilot", d.Pilot)
	e.member("period", d.Period)
	e.member("lang", d.Lang)
	e.member("version", d.Version)
	e.member("min_cell", d.MinCell)
	if d.DataTo != day.None {
		e.member("data_to", d.DataTo)
	}
	e.member("terms", d.Terms)
	if d.Theme != "" {
		e.member("theme", d.Theme)
	}
	figures := make([]figureOut, len(d.Figures))
	for i := range d.Figures {
		figures[i] = figureOut{Figure: &d.Figures[i]}
		if d.Figures[i].Date != day.None {
			figures[i].Date = &d.Figures[i].Date
		}
	}
	list(&e, "figures", figures)
	series := slices.Clone(d.Series)
	for i := range series {
		series[i].Rows = append([][]engine.Value{}, series[i].Rows...) // never null
	}
	list(&e, "series", series)
	list(&e, "compared", d.Compared)
	list(&e, "changes", d.Changes)
	e.member("changes_withheld", d.Withheld)
	list(&e, "rows", d.Rows)
	list(&e, "protection", d.Protection)
	e.open("quality", '{')
	list(&e, "tables", d.Quality.Tables)
	list(&e, "findings", d.Quality.Findings)
	e.close('}')
	list(&e, "definitions", d.Definitions)
	if len(d.Notes) > 0 {
		list(&e, "notes", d.Notes)
	}
	if err := e.end(w); err != nil {
		return say.Errorf("write the published document: %w", err)
	}
	return nil
}

// figureOut is a figure without the date that it does not have.
type figureOut struct {
	*Figure
	Date *day.Day `json:"date,omitempty"`
}

// encoder writes the members of an object, one a line.
type encoder struct {
	b     bytes.Buffer
	err   error
	first bool // the next member is the first of an inner object
	begun bool
}

func (e *encoder) end(w io.Writer) error {
	if e.err == nil {
		_, e.err = fmt.Fprintf(w, "{%s}\n", e.b.Bytes())
	}
	return e.err
}

func (e *encoder) name(name string) {
	if e.begun && !e.first {
		e.b.WriteString(",\n ")
	}
	e.begun, e.first = true, false
	fmt.Fprintf(&e.b, "%q: ", name)
}

func (e *encoder) member(name string, v any) {
	e.name(name)
	e.value(v)
}

// value writes one value on one line, without escapes for < and >.
func (e *encoder) value(v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && e.err == nil {
		e.err = err
	}
	e.b.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func (e *encoder) open(name string, bracket byte) {
	e.name(name)
	e.b.WriteByte(bracket)
	e.first = true
}

func (e *encoder) close(bracket byte) {
	e.b.WriteByte(bracket)
	e.first = false
}

// list writes a member that is a list, one item a line.
func list[T any](e *encoder, name string, items []T) {
	e.open(name, '[')
	for i := range items {
		if i > 0 {
			e.b.WriteByte(',')
		}
		e.b.WriteString("\n  ")
		e.value(items[i])
	}
	e.close(']')
}
