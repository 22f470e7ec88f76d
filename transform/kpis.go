package transform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/transform/engine"
)

// kpisSchema names the format of kpis.json.
const kpisSchema = "lvv-kpis/1"

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
		if err := writeItem(b, i, m); err != nil {
			return say.Errorf("write kpis: %s: %w", m.ID, err)
		}
	}
	b.WriteByte(']')
	if len(r.RowChanges) > 0 {
		b.WriteString(",\n \"row_changes\": [")
		for i, c := range r.RowChanges {
			if err := writeItem(b, i, c); err != nil {
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
		if err := writeItem(b, i, figures[i]); err != nil {
			return say.Errorf("write kpis: %s: %w", figures[i].ID, err)
		}
	}
	return nil
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
		Metrics      []Figure
		Restatements []Restatement
		RowChanges   []RowChange `json:"row_changes"`
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return nil, say.Errorf("read kpis: %w; expected a kpis.json that lvv run wrote", err)
	}
	if in.Schema != kpisSchema {
		return nil, say.Errorf("read kpis: schema is %q, expected %q", in.Schema, kpisSchema)
	}
	for i := range in.RowChanges {
		c := &in.RowChanges[i]
		c.Difference = difference(c.Is, c.Was)
	}
	return &Results{Pilot: in.Pilot, Period: in.Period, Figures: in.Metrics, Restatements: in.Restatements, RowChanges: in.RowChanges}, nil
}

// UnmarshalJSON reads a figure, its value by its unit.
func (f *Figure) UnmarshalJSON(b []byte) error {
	type plain Figure
	in := struct {
		*plain
		Value json.RawMessage `json:"value"`
	}{plain: (*plain)(f)}
	f.Date = day.None
	err := json.Unmarshal(b, &in)
	if err == nil {
		f.Value, err = engine.ParseValue(in.Value, f.Unit)
	}
	if err != nil {
		return say.Errorf("%s: %w", f.ID, err)
	}
	return nil
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
