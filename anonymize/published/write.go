package published

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/transform"
)

// The wire types are the document as JSON has it: a value is read by the unit that stands beside it.
type (
	wireFigure struct {
		ID          string           `json:"id"`
		Dims        transform.Dims   `json:"dims"`
		Unit        string           `json:"unit"`
		Value       json.RawMessage  `json:"value,omitempty"`
		Numerator   json.RawMessage  `json:"numerator,omitempty"`
		Denominator json.RawMessage  `json:"denominator,omitempty"`
		Date        *day.Day         `json:"date,omitempty"`
		Hidden      string           `json:"hidden,omitempty"`
		Range       *Range           `json:"range,omitempty"`
		Withheld    string           `json:"withheld,omitempty"`
		Status      transform.Status `json:"status,omitempty"`
		Reason      string           `json:"reason,omitempty"`
	}
	wireSeries struct {
		ID      string              `json:"id"`
		Columns []Column            `json:"columns"`
		Rows    [][]json.RawMessage `json:"rows"`
	}
	wireComparison struct {
		ID         string          `json:"id"`
		Unit       string          `json:"unit"`
		Period     string          `json:"period"`
		Is         json.RawMessage `json:"is,omitempty"`
		Was        json.RawMessage `json:"was,omitempty"`
		Difference json.RawMessage `json:"difference,omitempty"`
		Withheld   string          `json:"withheld,omitempty"`
	}
	wireChange struct {
		ID     string          `json:"id"`
		Dims   transform.Dims  `json:"dims"`
		Unit   string          `json:"unit"`
		Period string          `json:"period"`
		Was    json.RawMessage `json:"was,omitempty"`
		Is     json.RawMessage `json:"is,omitempty"`
		Hidden bool            `json:"hidden,omitempty"`
	}
	wireRows struct {
		Period string `json:"period"`
		Table  string `json:"table"`
		Was    *int64 `json:"was"`
		Is     *int64 `json:"is"`
	}
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
	list(&e, "figures", d.Figures, func(f *Figure) any { return f.wire() })
	list(&e, "series", d.Series, func(s *Series) any { return s.wire() })
	list(&e, "compared", d.Compared, func(c *Comparison) any {
		return wireComparison{c.ID, c.Unit, c.Period, raw(c.Is), raw(c.Was), raw(c.Difference), c.Withheld}
	})
	list(&e, "changes", d.Changes, func(c *Change) any {
		return wireChange{c.ID, c.Dims, c.Unit, c.Period, raw(c.Was), raw(c.Is), c.Hidden}
	})
	e.member("changes_withheld", d.Withheld)
	list(&e, "rows", d.Rows, func(r *RowChange) any { return wireRows{r.Period, r.Table, whole(r.Was), whole(r.Is)} })
	list(&e, "protection", d.Protection, func(p *Protection) any { return p })
	e.open("quality", '{')
	list(&e, "tables", d.Quality.Tables, func(t *TableCount) any { return t })
	list(&e, "findings", d.Quality.Findings, func(f *Finding) any { return f })
	e.close('}')
	list(&e, "definitions", d.Definitions, func(a *Area) any { return a })
	if len(d.Notes) > 0 {
		list(&e, "notes", d.Notes, func(n *Note) any { return n })
	}
	if e.err != nil {
		return say.Errorf("write the published document: %w", e.err)
	}
	if _, err := fmt.Fprintf(w, "{%s}\n", e.b.Bytes()); err != nil {
		return say.Errorf("write the published document: %w", err)
	}
	return nil
}

func (f *Figure) wire() wireFigure {
	out := wireFigure{
		ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: raw(f.Value), Numerator: raw(f.Numerator), Denominator: raw(f.Denominator),
		Hidden: f.Hidden, Range: f.Range, Withheld: f.Withheld, Status: f.Status, Reason: f.Reason,
	}
	if f.Date != day.None {
		out.Date = &f.Date
	}
	return out
}

func (s *Series) wire() wireSeries {
	out := wireSeries{ID: s.ID, Columns: s.Columns, Rows: make([][]json.RawMessage, len(s.Rows))}
	for i, row := range s.Rows {
		for _, v := range row {
			cell := raw(v)
			if cell == nil {
				cell = json.RawMessage("null")
			}
			out.Rows[i] = append(out.Rows[i], cell)
		}
	}
	return out
}

// raw is a value as JSON; nil for null.
func raw(v transform.Value) json.RawMessage {
	if v.IsNull() {
		return nil
	}
	text, err := v.MarshalJSON()
	if err != nil {
		return json.RawMessage("invalid") // refused when the record around it is encoded
	}
	return text
}

func whole(v transform.Value) *int64 {
	if v.IsNull() {
		return nil
	}
	n := v.Int()
	return &n
}

// encoder writes the members of an object, one a line.
type encoder struct {
	b     bytes.Buffer
	err   error
	first bool // the next member is the first of an inner object
	begun bool
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
func list[T any](e *encoder, name string, items []T, wire func(*T) any) {
	e.open(name, '[')
	for i := range items {
		if i > 0 {
			e.b.WriteByte(',')
		}
		e.b.WriteString("\n  ")
		e.value(wire(&items[i]))
	}
	e.close(']')
}
