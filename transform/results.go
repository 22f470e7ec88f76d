package transform

import (
	"iter"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/transform/engine"
)

// Status says why a figure has no value.
type Status string

// The statuses of a figure; the empty one means that it has its value.
const (
	NotAvailable Status = "not_available" // a table it needs was not delivered
	Undefined    Status = "undefined"     // a ratio whose denominator is 0, a median never reached
	Suppressed   Status = "suppressed"    // hidden by disclosure control; never in kpis.json
)

// Covered is the Reason of a suppressed figure of which nothing may be said, so that it does not read as a
// small count: it is hidden to protect another, or to hide which of several is small.
const Covered = "covered"

// Dim is one dimension of a figure, such as outcome = return.
type Dim struct{ Name, Value string }

// FigureName identifies a figure within its period, in whatever order its dimensions come.
func FigureName(id string, dims []Dim) string {
	parts := []string{id}
	for _, d := range dims {
		parts = append(parts, d.Name+"="+d.Value)
	}
	slices.Sort(parts[1:])
	return strings.Join(parts, "|")
}

// Figure is one value of the catalogue.
type Figure struct {
	ID    string       `json:"id"`
	Dims  Dims         `json:"dims"` // in the order of the catalogue; empty for a total
	Value engine.Value `json:"value"`
	Unit  string       `json:"unit"` // count, ratio, days, eur, hours, date
	// Numerator and Denominator of a ratio or mean, null elsewhere.
	Numerator   engine.Value `json:"numerator,omitzero"`
	Denominator engine.Value `json:"denominator,omitzero"`
	Date        day.Day      `json:"date,omitzero"` // of occupancy.peak, else day.None
	Status      Status       `json:"status,omitempty"`
	Reason      string       `json:"reason,omitempty"` // of a status, e.g. "mrt not delivered"
}

// Dim returns the value of the named dimension, or "".
func (f *Figure) Dim(name string) string { return f.Dims.Value(name) }

// Series is a table that a picture is drawn from: what is not a figure of its own, such as the
// course of the durable solutions month by month. Every row has one value a column.
type Series struct {
	ID      string
	Columns []string
	Rows    [][]engine.Value
}

// All yields the rows in their order.
func (s *Series) All() iter.Seq[engine.Row] {
	return func(yield func(engine.Row) bool) {
		for _, values := range s.Rows {
			if !yield(engine.Row{Columns: s.Columns, Values: values}) {
				return
			}
		}
	}
}

// Restatement is a figure that differs from what an earlier report said, computed again from
// today's exports with that report's own reference date.
type Restatement struct {
	Period string       `json:"period"` // label of the earlier report
	ID     string       `json:"metric"`
	Dims   Dims         `json:"dims"`
	Was    engine.Value `json:"was"`
	Is     engine.Value `json:"is"`
}

// RowChange sets the rows of a register that an earlier report rested on beside those of today: the
// accepted rows of the whole delivery, whatever date they bear. A register that was not delivered is null.
type RowChange struct {
	Period     string       `json:"period"` // label of the earlier report
	Table      string       `json:"table"`  // canonical name
	Was        engine.Value `json:"was"`
	Is         engine.Value `json:"is"`
	Difference engine.Value `json:"-"` // is less was; null where either is
}

// RowChangeOf compares one register.
func RowChangeOf(period, table string, was, is engine.Value) RowChange {
	return RowChange{Period: period, Table: table, Was: was, Is: is, Difference: difference(is, was)}
}

// Change sets one of the main figures against the period before, computed from the same exports.
type Change struct {
	ID         string
	Is         engine.Value
	Was        engine.Value
	Difference engine.Value // is less was
	Period     string       // label of the period before
	Status     Status       // why a value is missing; empty where it was never there
	WasOf      int64        // the number that the value before rests on, of a share, mean, quantile or curve
}

// Results are the figures of one period, exact. They are for the data steward; what readers see has
// passed through disclosure control (package disclose).
type Results struct {
	Pilot        string
	Period       Period
	Figures      []Figure // in the order of the catalogue, breakdowns in the order of their code lists
	Series       []Series
	Changes      []Change
	Restatements []Restatement
	RowChanges   []RowChange // by earlier report, in the order of the contract
}

// Figure returns the figure with the id and dimensions (name, value, name, value, ...), or nil.
func (r *Results) Figure(id string, dims ...string) *Figure {
	return lists.Find(r.Figures, func(f *Figure) bool { return f.ID == id && f.Dims.Are(dims) })
}

// Breakdown returns the figures of an id that carry exactly the named dimensions, in their order.
func (r *Results) Breakdown(id string, dims ...string) []Figure {
	var out []Figure
	for _, f := range r.Figures {
		if f.ID == id && f.Dims.Named(dims) {
			out = append(out, f)
		}
	}
	return out
}

// SeriesNamed returns the series with the id, or nil.
func (r *Results) SeriesNamed(id string) *Series {
	return lists.Find(r.Series, func(s *Series) bool { return s.ID == id })
}
