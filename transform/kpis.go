package transform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"lvv/internal/day"
	"lvv/internal/say"
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
	for i := range r.Restatements {
		b.WriteString(separator(i))
		if err := writeRestatement(b, &r.Restatements[i]); err != nil {
			return say.Errorf("write kpis: %s: %w", r.Restatements[i].ID, err)
		}
	}
	b.WriteByte(']')
	if err := writeRowChanges(b, r.RowChanges); err != nil {
		return say.Errorf("write kpis: %w", err)
	}
	b.WriteString("}\n")
	if _, err := w.Write(b.Bytes()); err != nil {
		return say.Errorf("write kpis: %w", err)
	}
	return nil
}

func writeFigures(b *bytes.Buffer, figures []Figure) error {
	for i := range figures {
		b.WriteString(separator(i))
		if err := writeFigure(b, &figures[i]); err != nil {
			return say.Errorf("write kpis: %s: %w", figures[i].ID, err)
		}
	}
	return nil
}

func separator(i int) string {
	if i == 0 {
		return "\n  "
	}
	return ",\n  "
}

// text writes a JSON string as people type it: without escapes for < and >.
func text(s string) string {
	b := &bytes.Buffer{}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func writeFigure(b *bytes.Buffer, f *Figure) error {
	fmt.Fprintf(b, "{\"id\": %s, \"dims\": %s, \"value\": ", text(f.ID), dimsJSON(f.Dims))
	if err := writeValue(b, f.Value); err != nil {
		return err
	}
	fmt.Fprintf(b, ", \"unit\": %s", text(f.Unit))
	for _, part := range []struct {
		name  string
		value Value
	}{{"numerator", f.Numerator}, {"denominator", f.Denominator}} {
		if part.value.IsNull() {
			continue
		}
		fmt.Fprintf(b, ", %q: ", part.name)
		if err := writeValue(b, part.value); err != nil {
			return err
		}
	}
	if f.Date != day.None {
		fmt.Fprintf(b, ", \"date\": %q", f.Date)
	}
	if f.Status != "" {
		fmt.Fprintf(b, ", \"status\": %s", text(string(f.Status)))
	}
	if f.Reason != "" {
		fmt.Fprintf(b, ", \"reason\": %s", text(f.Reason))
	}
	b.WriteByte('}')
	return nil
}

func writeRestatement(b *bytes.Buffer, r *Restatement) error {
	fmt.Fprintf(b, "{\"period\": %s, \"metric\": %s, \"dims\": %s", text(r.Period), text(r.ID), dimsJSON(r.Dims))
	return writeChange(b, r.Was, r.Is)
}

// writeChange writes what was and is, and ends the object that says of what.
func writeChange(b *bytes.Buffer, was, is Value) error {
	b.WriteString(", \"was\": ")
	if err := writeValue(b, was); err != nil {
		return err
	}
	b.WriteString(", \"is\": ")
	if err := writeValue(b, is); err != nil {
		return err
	}
	b.WriteByte('}')
	return nil
}

// writeRowChanges writes what the restatements rest on; without earlier reports there is nothing to write.
func writeRowChanges(b *bytes.Buffer, list []RowChange) error {
	if len(list) == 0 {
		return nil
	}
	b.WriteString(",\n \"row_changes\": [")
	for i, c := range list {
		fmt.Fprintf(b, "%s{\"period\": %s, \"table\": %s", separator(i), text(c.Period), text(c.Table))
		if err := writeChange(b, c.Was, c.Is); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func dimsJSON(dims []Dim) string {
	parts := make([]string, len(dims))
	for i, d := range dims {
		parts[i] = text(d.Name) + ": " + text(d.Value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func writeValue(b *bytes.Buffer, v Value) error {
	j, err := v.MarshalJSON()
	if err != nil {
		return err
	}
	b.Write(j)
	return nil
}

// ReadKPIs reads a kpis.json that an earlier run wrote. Series and changes are not in it.
func ReadKPIs(r io.Reader) (*Results, error) {
	var in struct {
		Schema       string
		Pilot        string
		Period       Period
		Metrics      []metric
		Restatements []struct {
			Period, Metric string
			Dims           Dims
			Was, Is        json.RawMessage
		}
		RowChanges []struct {
			Period, Table string
			Was, Is       json.RawMessage
		} `json:"row_changes"`
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return nil, say.Errorf("read kpis: %w; expected a kpis.json that lvv run wrote", err)
	}
	if in.Schema != kpisSchema {
		return nil, say.Errorf("read kpis: schema is %q, expected %q", in.Schema, kpisSchema)
	}
	out := &Results{Pilot: in.Pilot, Period: in.Period}
	for i := range in.Metrics {
		f, err := in.Metrics[i].figure()
		if err != nil {
			return nil, err
		}
		out.Figures = append(out.Figures, f)
	}
	for _, m := range in.Restatements {
		was, err := ParseValue(m.Was, "")
		if err != nil {
			return nil, say.Errorf("read kpis: %s: %w", m.Metric, err)
		}
		is, err := ParseValue(m.Is, "")
		if err != nil {
			return nil, say.Errorf("read kpis: %s: %w", m.Metric, err)
		}
		out.Restatements = append(out.Restatements, Restatement{Period: m.Period, ID: m.Metric, Dims: m.Dims, Was: was, Is: is})
	}
	for _, m := range in.RowChanges {
		was, err := ParseValue(m.Was, "")
		if err != nil {
			return nil, say.Errorf("read kpis: rows of %s: %w", m.Table, err)
		}
		is, err := ParseValue(m.Is, "")
		if err != nil {
			return nil, say.Errorf("read kpis: rows of %s: %w", m.Table, err)
		}
		out.RowChanges = append(out.RowChanges, RowChangeOf(m.Period, m.Table, was, is))
	}
	return out, nil
}

// metric is a figure as kpis.json has it.
type metric struct {
	ID                     string
	Dims                   Dims
	Value                  json.RawMessage
	Unit                   string
	Numerator, Denominator json.RawMessage
	Date                   *day.Day
	Status                 Status
	Reason                 string
}

func (m *metric) figure() (Figure, error) {
	f := Figure{ID: m.ID, Dims: m.Dims, Unit: m.Unit, Date: day.None, Status: m.Status, Reason: m.Reason}
	if m.Date != nil {
		f.Date = *m.Date
	}
	for _, part := range []struct {
		to   *Value
		from json.RawMessage
		unit string
	}{{&f.Value, m.Value, m.Unit}, {&f.Numerator, m.Numerator, ""}, {&f.Denominator, m.Denominator, ""}} {
		v, err := ParseValue(part.from, part.unit)
		if err != nil {
			return f, say.Errorf("read kpis: %s: %w", m.ID, err)
		}
		*part.to = v
	}
	return f, nil
}

// ParseValue reads a value that [Value.MarshalJSON] wrote, by its unit: count, eur, date, text, or one of real
// numbers. Without a unit a whole number is a count, any other number a real, a string an amount. Null, and
// no text at all, is null.
func ParseValue(raw json.RawMessage, unit string) (Value, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return Value{}, nil
	}
	if raw[0] == '"' {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return Value{}, err
		}
		return parseText(text, unit)
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return Value{}, err
	}
	whole, err := n.Int64()
	isWhole := err == nil
	f, err := n.Float64()
	switch {
	case err != nil || math.IsInf(f, 0):
		return Value{}, say.Errorf("%s is not a number", raw)
	case unit == "eur" || unit == "date" || unit == "text" || unit == "none":
		return Value{}, say.Errorf("%s does not go with the unit %s", raw, unit)
	case isWhole && (unit == "" || unit == "count"):
		return CountOf(whole), nil
	}
	return RealOf(f), nil
}

func parseText(text, unit string) (Value, error) {
	switch unit {
	case "text":
		return TextOf(text), nil
	case "date":
		d, err := day.Parse(text)
		return DateOf(d), err
	case "eur", "":
		digits, negative := strings.CutPrefix(text, "-")
		cents, ok := parseDecimal(digits, centDigits)
		if !ok {
			return Value{}, say.Errorf("%q is not an amount", text)
		}
		if negative {
			cents = -cents
		}
		return CentsOf(cents), nil
	}
	return Value{}, say.Errorf("%q does not go with the unit %s", text, unit)
}

// Dims are dimensions as a JSON object of texts, whose order is kept.
type Dims []Dim

// MarshalJSON writes the object.
func (l Dims) MarshalJSON() ([]byte, error) { return []byte(dimsJSON(l)), nil }

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
