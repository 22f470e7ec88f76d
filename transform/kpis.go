package transform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/transform/engine"
)

// kpisSchema names the format of kpis.json.
const kpisSchema = "lvv-kpis/1"

// metric is a figure as kpis.json has it. Its values are [engine.Value] when written, and raw when read.
type metric[V any] struct {
	ID          string   `json:"id"`
	Dims        Dims     `json:"dims"`
	Value       V        `json:"value"`
	Unit        string   `json:"unit"`
	Numerator   V        `json:"numerator,omitzero"`
	Denominator V        `json:"denominator,omitzero"`
	Date        *day.Day `json:"date,omitempty"`
	Status      Status   `json:"status,omitempty"`
	Reason      string   `json:"reason,omitempty"`
}

// restated is a [Restatement] as kpis.json has it.
type restated[V any] struct {
	Period string `json:"period"`
	Metric string `json:"metric"`
	Dims   Dims   `json:"dims"`
	Was    V      `json:"was"`
	Is     V      `json:"is"`
}

// recounted is a [RowChange] as kpis.json has it.
type recounted[V any] struct {
	Period string `json:"period"`
	Table  string `json:"table"`
	Was    V      `json:"was"`
	Is     V      `json:"is"`
}

// WriteKPIs writes every figure exactly, for the data steward only. The same results give the same
// bytes: one line a figure, in the order of the results.
func WriteKPIs(w io.Writer, r *Results) error {
	b := &bytes.Buffer{}
	fmt.Fprintf(b, "{\"schema\": %q, \"pilot\": %s,\n \"period\": {\"label\": %s, \"from\": %q, \"to\": %q, \"as_of\": %q},\n \"metrics\": [",
		kpisSchema, text(r.Pilot), text(r.Period.Label), r.Period.From, r.Period.To, r.Period.AsOf)
	if err := writeFigures(b, r.Figures); err != nil {
		return err
	}
	b.WriteString("],\n \"restatements\": [")
	for i, m := range r.Restatements {
		if err := writeItem(b, i, restated[engine.Value]{m.Period, m.ID, m.Dims, m.Was, m.Is}); err != nil {
			return say.Errorf("write kpis: %s: %w", m.ID, err)
		}
	}
	b.WriteByte(']')
	if len(r.RowChanges) > 0 {
		b.WriteString(",\n \"row_changes\": [")
		for i, c := range r.RowChanges {
			if err := writeItem(b, i, recounted[engine.Value]{c.Period, c.Table, c.Was, c.Is}); err != nil {
				return say.Errorf("write kpis: %w", err)
			}
		}
		b.WriteByte(']')
	}
	b.WriteString("}\n")
	if _, err := w.Write(b.Bytes()); err != nil {
		return say.Errorf("write kpis: %w", err)
	}
	return nil
}

func writeFigures(b *bytes.Buffer, figures []Figure) error {
	for i := range figures {
		if err := writeFigure(b, i, &figures[i]); err != nil {
			return say.Errorf("write kpis: %s: %w", figures[i].ID, err)
		}
	}
	return nil
}

func writeFigure(b *bytes.Buffer, i int, f *Figure) error {
	m := metric[engine.Value]{f.ID, f.Dims, f.Value, f.Unit, f.Numerator, f.Denominator, nil, f.Status, f.Reason}
	if f.Date != day.None {
		m.Date = &f.Date
	}
	return writeItem(b, i, m)
}

// writeItem writes the next of the items of a list on a line of its own, as people type JSON: with a space behind each
// comma and colon, and without escapes for < and >.
func writeItem(b *bytes.Buffer, i int, item any) error {
	compact, err := withoutEscapes(item)
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	err = json.Indent(&lines, compact, "", "")
	b.WriteString(separator(i) + joined.Replace(lines.String()))
	return err
}

func separator(i int) string {
	if i == 0 {
		return "\n  "
	}
	return ",\n  "
}

// joined puts on one line what json.Indent wrote: a string of JSON holds no line end.
var joined = strings.NewReplacer(",\n", ", ", "\n", "")

func withoutEscapes(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func text(s string) string {
	b, err := withoutEscapes(s)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return string(b)
}

// ReadKPIs reads a kpis.json that an earlier run wrote. Series and changes are not in it.
func ReadKPIs(r io.Reader) (*Results, error) {
	var in struct {
		Schema       string
		Pilot        string
		Period       Period
		Metrics      []metric[json.RawMessage]
		Restatements []restated[json.RawMessage]
		RowChanges   []recounted[json.RawMessage] `json:"row_changes"`
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return nil, say.Errorf("read kpis: %w; expected a kpis.json that lvv run wrote", err)
	}
	if in.Schema != kpisSchema {
		return nil, say.Errorf("read kpis: schema is %q, expected %q", in.Schema, kpisSchema)
	}
	out := &Results{Pilot: in.Pilot, Period: in.Period}
	for i := range in.Metrics {
		f, err := figureOf(&in.Metrics[i])
		if err != nil {
			return nil, err
		}
		out.Figures = append(out.Figures, f)
	}
	for _, m := range in.Restatements {
		was, is, err := parsePair(m.Was, m.Is)
		if err != nil {
			return nil, say.Errorf("read kpis: %s: %w", m.Metric, err)
		}
		out.Restatements = append(out.Restatements, Restatement{Period: m.Period, ID: m.Metric, Dims: m.Dims, Was: was, Is: is})
	}
	for _, m := range in.RowChanges {
		was, is, err := parsePair(m.Was, m.Is)
		if err != nil {
			return nil, say.Errorf("read kpis: rows of %s: %w", m.Table, err)
		}
		out.RowChanges = append(out.RowChanges, RowChangeOf(m.Period, m.Table, was, is))
	}
	return out, nil
}

func parsePair(a, b json.RawMessage) (one, other engine.Value, err error) {
	if one, err = ParseValue(a, ""); err == nil {
		other, err = ParseValue(b, "")
	}
	return one, other, err
}

func figureOf(m *metric[json.RawMessage]) (f Figure, err error) {
	f = Figure{ID: m.ID, Dims: m.Dims, Unit: m.Unit, Date: day.None, Status: m.Status, Reason: m.Reason}
	if m.Date != nil {
		f.Date = *m.Date
	}
	f.Value, err = ParseValue(m.Value, m.Unit)
	if err == nil {
		f.Numerator, f.Denominator, err = parsePair(m.Numerator, m.Denominator)
	}
	if err != nil {
		err = say.Errorf("read kpis: %s: %w", m.ID, err)
	}
	return f, err
}

// ParseValue reads a value that [engine.Value.MarshalJSON] wrote, by its unit: count, eur, date, text, or one of real
// numbers. Without a unit a whole number is a count, any other number a real, a string an amount. Null, and
// no text at all, is null.
func ParseValue(raw json.RawMessage, unit string) (engine.Value, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return engine.Value{}, nil
	}
	if raw[0] == '"' {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return engine.Value{}, err
		}
		return parseText(text, unit)
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return engine.Value{}, err
	}
	whole, err := n.Int64()
	isWhole := err == nil
	f, err := n.Float64()
	switch {
	case err != nil || math.IsInf(f, 0):
		return engine.Value{}, say.Errorf("%s is not a number", raw)
	case unit == "eur" || unit == "date" || unit == "text" || unit == "none":
		return engine.Value{}, say.Errorf("%s does not go with the unit %s", raw, unit)
	case isWhole && (unit == "" || unit == "count"):
		return engine.CountOf(whole), nil
	}
	return engine.RealOf(f), nil
}

func parseText(text, unit string) (engine.Value, error) {
	switch unit {
	case "text":
		return engine.TextOf(text), nil
	case "date":
		d, err := day.Parse(text)
		return engine.DateOf(d), err
	case "eur", "":
		digits, negative := strings.CutPrefix(text, "-")
		cents, ok := parseDecimal(digits, centDigits)
		if !ok {
			return engine.Value{}, say.Errorf("%q is not an amount", text)
		}
		if negative {
			cents = -cents
		}
		return engine.CentsOf(cents), nil
	}
	return engine.Value{}, say.Errorf("%q does not go with the unit %s", text, unit)
}

// Dims are dimensions as a JSON object of texts, whose order is kept.
type Dims []Dim

// Value returns the value of the named dimension, or "".
func (l Dims) Value(name string) string {
	for _, d := range l {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}

// Are reports whether they are those of pairs (name, value, name, value, ...), in whatever order.
func (l Dims) Are(pairs []string) bool {
	if len(l)*2 != len(pairs) {
		return false
	}
	for pair := range slices.Chunk(pairs, 2) {
		if l.Value(pair[0]) != pair[1] {
			return false
		}
	}
	return true
}

// Named reports whether they have exactly the names, in their order.
func (l Dims) Named(names []string) bool {
	return slices.EqualFunc(l, names, func(d Dim, name string) bool { return d.Name == name })
}

// MarshalJSON writes the object.
func (l Dims) MarshalJSON() ([]byte, error) {
	pairs := lists.Map(l, func(d Dim) string { return text(d.Name) + ": " + text(d.Value) })
	return []byte("{" + strings.Join(pairs, ", ") + "}"), nil
}

// UnmarshalJSON reads the object.
func (l *Dims) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return say.Errorf("dims is not an object")
	}
	*l = nil
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return say.Errorf("dims has a key that is no text")
		}
		var value string
		if err := dec.Decode(&value); err != nil {
			return err
		}
		*l = append(*l, Dim{name, value})
	}
	return nil
}
