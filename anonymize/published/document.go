// Package published holds the published document: everything that a report for the steering group says,
// after disclosure control, and nothing else. The page, the workbook and the summary are drawn from it
// alone, so that nothing that was hidden can reach them, and anyone can draw them again.
package published

import (
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/transform"
	"lvv/transform/engine"
)

// Schema names the format of the document.
const Schema = "lvv-published/1"

// Document is a published report. Write orders nothing: figures stand in the order of the catalogue,
// breakdowns in that of their code lists.
type Document struct {
	Pilot   string           `json:"pilot"`
	Period  transform.Period `json:"period"`
	Lang    string           `json:"lang"`    // nl or en, the language of titles, definitions and pages
	Version string           `json:"version"` // of the program that wrote the report
	// MinCell is the smallest count that is shown. 0 means that disclosure control was switched off, and
	// then every page says so.
	MinCell     int          `json:"min_cell"`
	DataTo      day.Day      `json:"data_to"` // the last event that any register holds of whose rows readers are told how many there are, at most the reference date; day.None if unknown
	Terms       Terms        `json:"terms"`
	Theme       string       `json:"theme"` // CSS that replaces the custom properties of the page; empty for the neutral one
	Figures     []Figure     `json:"figures"`
	Series      []Series     `json:"series"`
	Compared    []Comparison `json:"compared"`
	Changes     []Change     `json:"changes"`
	Withheld    int          `json:"changes_withheld"` // corrections that are not listed, because the earlier report did not show the figure or is of a later reference date
	Rows        []RowChange  `json:"rows"`
	Protection  []Protection `json:"protection"`
	Quality     Quality      `json:"quality"`
	Definitions []Area       `json:"definitions"`
	Notes       []Note       `json:"notes"`
}

// Note is what the project leader says on a section of the report.
type Note struct {
	Section string  `json:"section"` // id
	Date    day.Day `json:"date"`    // what it is about
	Text    string  `json:"text"`
}

// Terms are the pilot's terms as far as they are printed.
type Terms struct {
	Start           day.Day     `json:"start"`
	End             day.Day     `json:"end"`
	Places          int64       `json:"places"`       // agreed on the last day of the period
	TargetCases     int64       `json:"target_cases"` // durable solutions at the end
	RateCents       int64       `json:"rate_cents"`   // EUR cents per agreed place per day
	MeetingsPerYear int         `json:"meetings_per_year"`
	LongStayDays    int         `json:"long_stay_days"`
	Milestones      []Milestone `json:"milestones,omitempty"` // in order of date
	Attention       Attention   `json:"attention"`
}

// Milestone is a day that pictures over time mark.
type Milestone struct {
	Date day.Day `json:"date"`
	Name string  `json:"name"`
}

// Attention holds the shares below or above which the report draws attention (pilot.yaml, attention).
type Attention struct {
	Occupancy    float64 `json:"occupancy"`
	LocationHigh float64 `json:"location_high"`
	LocationLow  float64 `json:"location_low"`
	OnTime       float64 `json:"on_time"`
}

// Figure is one value, or what is said in its place: exactly one of Value, Hidden, Range, Withheld and
// Status tells.
type Figure struct {
	ID    string         `json:"id"`
	Dims  transform.Dims `json:"dims"` // in the order of the catalogue; empty for a total
	Unit  string         `json:"unit"` // count, ratio, days, eur, hours, date
	Value engine.Value   `json:"value,omitzero"`
	// Numerator and Denominator of a ratio or mean, null elsewhere and where they may not be said.
	Numerator   engine.Value `json:"numerator,omitzero"`
	Denominator engine.Value `json:"denominator,omitzero"`
	Date        day.Day      `json:"date"` // of occupancy.peak, else day.None

	Hidden   string           `json:"hidden,omitempty"`   // Small: a count from 1 to MinCell-1
	Range    *Range           `json:"range,omitempty"`    // what a hidden count may be, as any reader could compute it
	Withheld string           `json:"withheld,omitempty"` // Few: a mean, share or curve that rests on too few
	Status   transform.Status `json:"status,omitempty"`
	Reason   string           `json:"reason,omitempty"` // of a status, e.g. "mrt not delivered"
}

// The words that stand in the place of a value.
const (
	Small = "small"
	Few   = "few"
)

// Range bounds a hidden count; both bounds belong to it. Without an upper bound High is Unbounded.
type Range struct{ Low, High int64 }

// Unbounded is the High of a range that nothing bounds.
const Unbounded = -1

// Known reports whether the figure has a value.
func (f *Figure) Known() bool { return f != nil && !f.Value.IsNull() }

// Suppressed reports whether disclosure control took the value away.
func (f *Figure) Suppressed() bool {
	return f != nil && (f.Hidden != "" || f.Range != nil || f.Withheld != "")
}

// Hide takes the value of a count away: it reads as its range, and without one as a small count.
func (f *Figure) Hide(r *Range) {
	f.Value, f.Numerator, f.Denominator = engine.Value{}, engine.Value{}, engine.Value{}
	if f.Range, f.Hidden = r, ""; r == nil {
		f.Hidden = Small
	}
}

// Dim returns the value of the named dimension, or "".
func (f *Figure) Dim(name string) string { return f.Dims.Value(name) }

// Series is a table that a picture is drawn from: what is not a figure of its own, such as the course of
// the durable solutions month by month.
type Series struct {
	ID      string           `json:"id"`
	Columns []Column         `json:"columns"`
	Rows    [][]engine.Value `json:"rows"` // one value a column, null where nothing is known or may be said
	// Withheld says that some are null because they may not be said: a small count of an earlier report could be derived from them.
	Withheld bool `json:"withheld,omitempty"`
}

// Column is one column of a series.
type Column struct {
	Name string `json:"name"`
	Unit string `json:"unit"` // count, number, eur, date, text; none where every value is null
}

// Comparison sets one of the main figures against the period before, computed from the same exports.
// A null Is or Was was not there or may not be said; the difference is then null too.
type Comparison struct {
	ID         string       `json:"id"`
	Unit       string       `json:"unit"`
	Period     string       `json:"period"` // label of the period before
	Is         engine.Value `json:"is,omitzero"`
	Was        engine.Value `json:"was,omitzero"`
	Difference engine.Value `json:"difference,omitzero"` // is less was
	Withheld   string       `json:"withheld,omitempty"`  // Few where disclosure control took a side away
}

// Change is a correction: a figure that differs from what an earlier report said. Is is null where the new
// value may not be said.
type Change struct {
	ID     string         `json:"id"`
	Dims   transform.Dims `json:"dims"`
	Unit   string         `json:"unit"`
	Period string         `json:"period"` // label of the earlier report
	Was    engine.Value   `json:"was,omitzero"`
	Is     engine.Value   `json:"is,omitzero"`
	Hidden bool           `json:"hidden,omitempty"` // the new value is not shown
}

// RowChange sets the rows of a register that an earlier report rested on beside those of today. A null
// side was not delivered.
type RowChange struct {
	Period string       `json:"period"`
	Table  string       `json:"table"` // canonical name
	Was    engine.Value `json:"was"`
	Is     engine.Value `json:"is"`
}

// Protection says of the table of a figure by some dimensions that more is hidden in it than single cells.
type Protection struct {
	ID   string   `json:"id"`
	Dims []string `json:"dims"` // names
	// Vague: some cells shown as a range may be small too. Withdrawn: nothing of the table can be shown safely.
	Vague     bool `json:"vague,omitempty"`
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Quality tells readers what the figures rest on.
type Quality struct {
	Tables   []TableCount `json:"tables"`
	Findings []Finding    `json:"findings"`
}

// TableCount says what became of the rows of one table; all counts are 0 where they are withheld.
type TableCount struct {
	Table     string `json:"table"` // canonical name
	Delivered bool   `json:"delivered"`
	ingest.Counts
	// Withheld says that they may not be told: a count that is withheld could be worked out from them.
	Withheld bool `json:"withheld,omitempty"`
}

// Finding is one kind of remark on the contents. Of remarks on people there is none: that one is missing would tell as well.
type Finding struct {
	Check    string `json:"check"`
	Severity string `json:"severity"` // high, warning, note
	Title    string `json:"title"`    // what it means, in the document's language
	Count    int64  `json:"count"`    // rows that it concerns, at least 1
}

// Area is a chapter of the definitions.
type Area struct {
	ID      string       `json:"id"`
	Title   string       `json:"title"`
	Entries []Definition `json:"entries"`
}

// Definition says in the document's language what a figure means.
type Definition struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Text        string `json:"text"`
	Unit        string `json:"unit"`
	Article     string `json:"article,omitempty"` // of the covenant
	Numerator   string `json:"numerator,omitempty"`
	Denominator string `json:"denominator,omitempty"`
}

// Figure returns the figure with the id and dimensions (name, value, name, value, ...), or nil.
func (d *Document) Figure(id string, dims ...string) *Figure {
	return lists.Find(d.Figures, func(f *Figure) bool { return f.ID == id && f.Dims.Are(dims) })
}

// Breakdown returns the figures of an id that carry exactly the named dimensions, in their order.
func (d *Document) Breakdown(id string, dims ...string) []*Figure {
	var out []*Figure
	for i := range d.Figures {
		if f := &d.Figures[i]; f.ID == id && f.Dims.Named(dims) {
			out = append(out, f)
		}
	}
	return out
}

// SeriesNamed returns the series with the id, or nil.
func (d *Document) SeriesNamed(id string) *Series {
	return lists.Find(d.Series, func(s *Series) bool { return s.ID == id })
}

// Definition returns the definition of a figure, or nil.
func (d *Document) Definition(id string) *Definition {
	for _, area := range d.Definitions {
		if e := lists.Find(area.Entries, func(e *Definition) bool { return e.ID == id }); e != nil {
			return e
		}
	}
	return nil
}

// NoUnit is the unit of a column without a value.
const NoUnit = "none"

// UnitOf returns the unit that a value in a series has by its kind.
func UnitOf(v engine.Value) string {
	switch v.Kind() {
	case engine.Count:
		return "count"
	case engine.Real:
		return "number"
	case engine.Money:
		return "eur"
	case engine.Date:
		return "date"
	case engine.Text:
		return "text"
	}
	return NoUnit
}

// Protect records once that more than single cells is hidden in the table that the figure stands in.
func (d *Document) Protect(f *Figure, vague, withdrawn bool) {
	if d.ProtectionOf(f) != nil {
		return
	}
	p := Protection{ID: f.ID, Vague: vague, Withdrawn: withdrawn}
	for _, dim := range f.Dims {
		p.Dims = append(p.Dims, dim.Name)
	}
	d.Protection = append(d.Protection, p)
}

// ProtectionOf returns what is said of the table that the figure stands in, or nil.
func (d *Document) ProtectionOf(f *Figure) *Protection {
	return lists.Find(d.Protection, func(p *Protection) bool { return p.ID == f.ID && f.Dims.Named(p.Dims) })
}
