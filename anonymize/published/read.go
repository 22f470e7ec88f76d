package published

import (
	"encoding/json"
	"errors"
	"io"

	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/transform"
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

func read(r io.Reader) (*Document, error) {
	var in struct {
		Schema     string           `json:"schema"`
		Pilot      string           `json:"pilot"`
		Period     transform.Period `json:"period"`
		Lang       string           `json:"lang"`
		Version    string           `json:"version"`
		MinCell    int              `json:"min_cell"`
		DataTo     *day.Day         `json:"data_to"`
		Terms      Terms            `json:"terms"`
		Theme      string           `json:"theme"`
		Figures    []wireFigure     `json:"figures"`
		Series     []wireSeries     `json:"series"`
		Compared   []wireComparison `json:"compared"`
		Changes    []wireChange     `json:"changes"`
		Withheld   int              `json:"changes_withheld"`
		Rows       []wireRows       `json:"rows"`
		Protection []Protection     `json:"protection"`
		Quality    struct {
			Tables   []TableCount `json:"tables"`
			Findings []Finding    `json:"findings"`
		} `json:"quality"`
		Definitions []Area `json:"definitions"`
		Notes       []Note `json:"notes"`
	}
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return nil, say.Errorf("%w; expected a stuurgroep-<period>.json that lvv run wrote", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, say.Errorf("something follows the document")
	}
	if in.Schema != Schema {
		return nil, say.Errorf("schema is %q, expected %q", in.Schema, Schema)
	}
	d := &Document{
		Pilot: in.Pilot, Period: in.Period, Lang: in.Lang, Version: in.Version, MinCell: in.MinCell, DataTo: day.None,
		Terms: in.Terms, Theme: in.Theme, Withheld: in.Withheld, Protection: in.Protection,
		Quality: Quality{Tables: in.Quality.Tables, Findings: in.Quality.Findings}, Definitions: in.Definitions, Notes: in.Notes,
	}
	if in.DataTo != nil {
		d.DataTo = *in.DataTo
	}
	var p parser
	for _, f := range in.Figures {
		d.Figures = append(d.Figures, p.figure(f))
	}
	for _, s := range in.Series {
		d.Series = append(d.Series, p.series(s))
	}
	for _, c := range in.Compared {
		d.Compared = append(d.Compared, Comparison{
			ID: c.ID, Unit: c.Unit, Period: c.Period, Withheld: c.Withheld,
			Is: p.value(c.ID, c.Is, c.Unit), Was: p.value(c.ID, c.Was, c.Unit), Difference: p.value(c.ID, c.Difference, c.Unit),
		})
	}
	for _, c := range in.Changes {
		d.Changes = append(d.Changes, Change{
			ID: c.ID, Dims: c.Dims, Unit: c.Unit, Period: c.Period, Hidden: c.Hidden,
			Was: p.value(c.ID, c.Was, c.Unit), Is: p.value(c.ID, c.Is, c.Unit),
		})
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

func (p *parser) value(of string, text json.RawMessage, unit string) transform.Value {
	v, err := transform.ParseValue(text, unit)
	if err != nil && p.err == nil {
		p.err = say.Errorf("%s: %w", of, err)
	}
	return v
}

func (p *parser) figure(in wireFigure) Figure {
	f := Figure{
		ID: in.ID, Dims: in.Dims, Unit: in.Unit, Date: day.None, Value: p.value(in.ID, in.Value, in.Unit),
		Numerator: p.value(in.ID, in.Numerator, ""), Denominator: p.value(in.ID, in.Denominator, ""),
		Hidden: in.Hidden, Range: in.Range, Withheld: in.Withheld, Status: in.Status, Reason: in.Reason,
	}
	if in.Date != nil {
		f.Date = *in.Date
	}
	return f
}

func (p *parser) series(in wireSeries) Series {
	s := Series{ID: in.ID, Columns: in.Columns, Rows: make([][]transform.Value, len(in.Rows))}
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

func countOf(n *int64) transform.Value {
	if n == nil {
		return transform.Value{}
	}
	return transform.CountOf(*n)
}
