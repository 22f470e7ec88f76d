package published

import (
	"encoding/json"
	"errors"
	"io"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/transform/engine"
)

// UnmarshalJSON reads [low, high] or [low, null].
func (r *Range) UnmarshalJSON(text []byte) error {
	var bounds []*int64
	if err := json.Unmarshal(text, &bounds); err != nil {
		return err
	}
	if len(bounds) != 2 || bounds[0] == nil {
		return say.Errorf("a range is [low, high] or [low, null], not %s", text)
	}
	r.Low, r.High = *bounds[0], Unbounded
	if bounds[1] != nil {
		r.High = *bounds[1]
	}
	return nil
}

// Read reads a document that [Write] wrote. It is strict: an unknown member, a value that does not go with
// its unit, anything after the document, and whatever [Document.Validate] refuses, are errors.
func Read(r io.Reader) (*Document, error) {
	d, err := read(r)
	if err != nil {
		return nil, say.Errorf("read the published document: %w", err)
	}
	return d, nil
}

// What is read differs from what it becomes in the values, which are read by the unit that stands beside them, and
// in the dates that may be left out.
type (
	figureIn struct {
		Figure
		Value       json.RawMessage `json:"value"`
		Numerator   json.RawMessage `json:"numerator"`
		Denominator json.RawMessage `json:"denominator"`
		Date        *day.Day        `json:"date"`
	}
	seriesIn struct {
		Series
		Rows [][]json.RawMessage `json:"rows"`
	}
	comparisonIn struct {
		Comparison
		Is         json.RawMessage `json:"is"`
		Was        json.RawMessage `json:"was"`
		Difference json.RawMessage `json:"difference"`
	}
	changeIn struct {
		Change
		Was json.RawMessage `json:"was"`
		Is  json.RawMessage `json:"is"`
	}
	rowsIn struct {
		RowChange
		Was *int64 `json:"was"`
		Is  *int64 `json:"is"`
	}
)

func read(r io.Reader) (*Document, error) {
	var in struct {
		Document
		Schema   string         `json:"schema"`
		DataTo   *day.Day       `json:"data_to"`
		Figures  []figureIn     `json:"figures"`
		Series   []seriesIn     `json:"series"`
		Compared []comparisonIn `json:"compared"`
		Changes  []changeIn     `json:"changes"`
		Rows     []rowsIn       `json:"rows"`
	}
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return nil, say.Errorf("%w; expected a stuurgroep-<period>.json that lvv run wrote", inJSON(err))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, say.Errorf("something follows the document")
	}
	if in.Schema != Schema {
		return nil, say.Errorf("schema is %q, expected %q", in.Schema, Schema)
	}
	d := &in.Document
	d.DataTo = dayOf(in.DataTo)
	var p parser
	d.Figures, d.Series = lists.Map(in.Figures, p.figure), lists.Map(in.Series, p.series)
	for _, c := range in.Compared {
		one := c.Comparison
		one.Is, one.Was, one.Difference = p.value(c.ID, c.Is, c.Unit), p.value(c.ID, c.Was, c.Unit), p.value(c.ID, c.Difference, c.Unit)
		d.Compared = append(d.Compared, one)
	}
	for _, c := range in.Changes {
		one := c.Change
		one.Was, one.Is = p.value(c.ID, c.Was, c.Unit), p.value(c.ID, c.Is, c.Unit)
		d.Changes = append(d.Changes, one)
	}
	for _, r := range in.Rows {
		d.Rows = append(d.Rows, RowChange{Period: r.Period, Table: r.Table, Was: countOf(r.Was), Is: countOf(r.Is)})
	}
	if p.err != nil {
		return nil, p.err
	}
	return d, d.Validate()
}

// parser reads values and keeps the first error.
type parser struct{ err error }

func (p *parser) value(of string, text json.RawMessage, unit string) engine.Value {
	v, err := engine.ParseValue(text, unit)
	if err != nil && p.err == nil {
		p.err = say.Errorf("%s: %w", of, err)
	}
	return v
}

func (p *parser) figure(in figureIn) Figure {
	f := in.Figure
	f.Value, f.Numerator, f.Denominator = p.value(in.ID, in.Value, in.Unit), p.value(in.ID, in.Numerator, ""), p.value(in.ID, in.Denominator, "")
	f.Date = dayOf(in.Date)
	return f
}

func (p *parser) series(in seriesIn) Series {
	s := in.Series
	s.Rows = make([][]engine.Value, len(in.Rows))
	for i, row := range in.Rows {
		if len(row) != len(in.Columns) {
			p.err = say.Errorf("series %s: row %d has %d values for %d columns", in.ID, i+1, len(row), len(in.Columns))
			return s
		}
		for j, cell := range row {
			s.Rows[i] = append(s.Rows[i], p.value(in.ID, cell, in.Columns[j].Unit))
		}
	}
	return s
}

// dayOf is a date that may be left out.
func dayOf(d *day.Day) day.Day {
	if d == nil {
		return day.None
	}
	return *d
}

func countOf(n *int64) engine.Value {
	if n == nil {
		return engine.Value{}
	}
	return engine.CountOf(*n)
}

// inJSON says where something is no JSON in the words of this program, and leaves every other error as it is.
func inJSON(err error) error {
	if syntax, is := errors.AsType[*json.SyntaxError](err); is {
		return say.Errorf("it is no JSON at byte %d", syntax.Offset)
	}
	return err
}
