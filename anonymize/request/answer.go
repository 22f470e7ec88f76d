package request

import (
	"fmt"
	"slices"

	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
)

// Schema names the format of the log.
const Schema = "lvv-request/1"

// Answer is what was asked and what is told of it: all that the files for the researcher are written from, and what
// a later request takes into account. It holds no count that is not told.
type Answer struct {
	Schema   string           `json:"schema"`
	Pilot    string           `json:"pilot"`
	Period   transform.Period `json:"period"`
	MinCell  int              `json:"min_cell"`
	Title    string           `json:"title"`
	Reports  int              `json:"reports_beside"`  // documents of the pilot that were taken into account
	Answered int              `json:"requests_beside"` // earlier answers that were
	Tables   []Answered       `json:"tables"`
}

// Answered is one table and the counts that it rests on, that of the whole population first.
type Answered struct {
	Asked     Table  `json:"asked"`
	Threshold int    `json:"threshold"` // the smallest count that is shown; more than min_cell where one person counts several times
	Counts    []Told `json:"counts"`
	// Withheld says why something is not told, by reason.
	Withheld []Reason `json:"withheld"`
}

// Reason counts what is not told and says why: one of [Small], [Partner], [Alike], [Band] and [Withdrawn].
type Reason struct {
	Cells int    `json:"cells"`
	Why   string `json:"why"`
}

// The reasons why something is not told.
const (
	Small     = "small"     // a count below the threshold
	Partner   = "partner"   // one from which such a count could be computed
	Alike     = "alike"     // a measure beside another count that differs by too few persons
	Band      = "band"      // a measure beside a table by bands of the same field, of which it would narrow a small count
	Withdrawn = "withdrawn" // a count of which nothing can be told; how many cells it has is not told either
)

var reasons = map[string]sql.Text{
	Small:     {NL: "aantallen onder de drempel", EN: "counts below the threshold"},
	Partner:   {NL: "aantallen waaruit een kleiner aantal te berekenen is", EN: "counts from which a smaller one could be computed"},
	Alike:     {NL: "waarden bij een aantal dat te weinig personen verschilt van een ander dat vermeld is", EN: "values beside a count that differs from another one told by too few persons"},
	Band:      {NL: "waarden waaruit een klein aantal in een telling naar hetzelfde veld te beperken is", EN: "values by which a small count in a table by the same field could be narrowed"},
	Withdrawn: {NL: "telling waarvan niets te vermelden is zonder een klein aantal prijs te geven", EN: "count of which nothing can be told without giving a small one away"},
}

// In says the reason in a language, nl or en.
func (r *Reason) In(lang string) string {
	return fmt.Sprintf("%d %s", r.Cells, reasons[r.Why].In(lang))
}

// Told is what is told of a count.
type Told struct {
	By        []string   `json:"by"`
	Withdrawn bool       `json:"withdrawn"` // nothing of it is told; Cells is empty
	Cells     []ToldCell `json:"cells"`     // those that are not empty, by their labels
}

// ToldCell is what is told of a cell: that its count is from Low to High, equal when it is shown; a High of
// cells.Unbounded has no end.
type ToldCell struct {
	Labels []string `json:"labels"`
	Low    int64    `json:"low"`
	High   int64    `json:"high"`
	Value  *float64 `json:"value,omitempty"` // the mean, median or number of nights
}

// shown reports whether the count itself is told.
func (c *ToldCell) shown() bool { return c.Low == c.High }

// cell returns the cell with the labels, or nil for one that is empty or not told.
func (t *Told) cell(labels []string) *ToldCell {
	i, found := slices.BinarySearchFunc(t.Cells, labels, func(c ToldCell, l []string) int { return slices.Compare(c.Labels, l) })
	if !found {
		return nil
	}
	return &t.Cells[i]
}

// Refusal says why a request is not answered, and what would be.
type Refusal struct {
	Table string
	Why   error
}

func (r *Refusal) Error() string { return r.In(say.English) }

// In is the refusal in a language.
func (r *Refusal) In(lang say.Lang) string {
	return say.Text(lang, "table %s is refused: %w", r.Table, r.Why)
}

func refusef(table, format string, args ...any) error {
	return &Refusal{table, say.Errorf(format, args...)}
}
