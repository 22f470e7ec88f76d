// Package content turns the published document into the report: sections, sentences, tables and charts,
// in Dutch and in English, once. What draws a report (packages html and excel) takes words, numbers and
// charts from here and adds none. A new chart is one entry in a section.
package content

import (
	"lvv/anonymize/published"
	"lvv/reports"
	"lvv/transform/engine"
)

// Report is all that a reader is told, in order, and in nobody's format.
type Report struct {
	Lang     reports.Lang
	Words    Words
	Version  string // of the program that wrote the document
	Theme    string // CSS for the page; empty for the neutral house style
	Title    string // of the file
	Pilot    string
	Heading  string
	Period   string
	Dates    []string // sentences on the period, the reference date and how far the registers go
	AsOf     engine.Value
	Warnings []string
	Cards    []Card
	Decide   Part // what the steering group may have to decide on
	Trust    Part // how certain the figures are
	Changed  Part // since the period before
	Sections []Section
	Notes    Section // on reading the workbook

	Definitions []published.Area
	Footer      string
	SummaryFile string // name of the two pages to print
}

// Card answers one of the four questions of the first screen.
type Card struct {
	ID       string // of the section that says more
	Question string
	Value    Cell
	Unit     string // what the value counts
	Target   string // what it is held against
	Change   string // since the period before, with its direction in words
	Arrow    Arrow
	Text     string
	More     string
	Verdict  *Verdict // nil where nothing can be said
	Chart    *Chart
}

// Arrow is the direction of a change.
type Arrow string

// The directions; none where there is nothing to compare.
const (
	Up    Arrow = "up"
	Down  Arrow = "down"
	Level Arrow = "level"
)

// Section is one subject.
type Section struct {
	ID    string
	Title string
	Sheet string // its name where names are short
	Lead  string // what it is about, in a sentence or two
	// Remarks are the project leader's, by date.
	Remarks []Remark
	Parts   []Part
}

// Remark is what the project leader says, with who says it of which day.
type Remark struct{ From, Text string }

// Part is a finding: a sentence, with the chart and the table that say the same.
type Part struct {
	ID    string // unique in the report
	Title string // says what it shows
	Text  string // says what to see in it
	Items []Item
	Chart *Chart
	// Multiples are small charts of one kind on one scale, one for each pilot; then Chart is nil.
	Multiples []*Chart
	Missing   string // why there is nothing to draw, where Text does not say it; only without Chart
	Notes     []string
	Table     *Table
	About     []string // ids of the figures in it, for what they mean
}

// Alt is what a chart says to those who cannot see it.
func (p *Part) Alt() string { return p.Title + ". " + p.Text }

// Table is a table with typed cells.
type Table struct {
	ID      string
	Caption string
	Columns []Column
	Rows    [][]Cell // the first cell of a row is its header
	Total   []Cell   // the last row, set apart; nil for none
	Notes   []string

	figures []*published.Figure // those in it, whose marks are explained beneath
}

// Column is one column of a table.
type Column struct {
	Title  string
	Number bool   // holds numbers, or what stands in their place
	Adds   bool   // the total is the sum of the rows
	From   []Term // the column is this sum of other columns of its row
	Trend  bool   // holds small lines
}

// Term is a column, counted from 0, with its sign in a sum.
type Term struct{ Column, Sign int }

// Cell is one cell: the text that readers see, and the value behind it where there is one.
type Cell struct {
	Text   string
	Spoken string // what is read aloud for a mark that says nothing by itself
	Value  engine.Value
	Unit   string // of Value: count, ratio, points, days, eur, hours, date
	Number bool   // stands in a column of numbers
	Muted  bool   // a status in the place of a value
	Figure string // id of the total that it shows, else empty
	Trend  []Step // drawn as a small line in the place of the text, which says the same
	// Numerator and Denominator of a share or mean, where they may be said.
	Numerator, Denominator engine.Value
}

// Step is a quarter of a small line, with the value then; null where there is none.
type Step struct {
	Quarter string
	Value   engine.Value
}

// Kind is the kind of a chart.
type Kind string

// The kinds of chart.
const (
	Lines   Kind = "lines"   // over days or dates
	Steps   Kind = "steps"   // lines that stay level up to the day of a change
	Areas   Kind = "areas"   // steps, filled and stacked
	Bars    Kind = "bars"    // lie, so that long names fit
	Columns Kind = "columns" // stand, side by side
	Flow    Kind = "flow"    // ribbons from one side to the other
)

// Chart is a drawing in words and numbers.
type Chart struct {
	ID     string // unique in the report
	Kind   Kind
	Title  string
	Alt    string
	X, Y   Axis     // Y is the axis of values; of bars it lies
	Names  []string // of the bars or columns
	Series []Series
	Flows  []Ribbon
	Mark   *Mark // a bound that bars are held against; nil for none
	Events []Event
	Keys   []Key // of marks that bear no label of their own
	Small  bool  // one of the first screen: without axes
	Panel  bool  // one of several on one scale, with its title above it
}

// Axis is one axis.
type Axis struct {
	Format string // count, percent, euro, cents, days, date
	Title  string
	Max    float64 // 0: as the values ask
}

// Role says what a series is in its chart, from which it is drawn.
type Role string

// The roles of a series.
const (
	Reached  Role = "reached"  // what was counted
	Target   Role = "target"   // what it is held against
	Places   Role = "places"   // a second thing to hold it against
	Forecast Role = "forecast" // the middle of what is expected
	Band     Role = "band"     // between Low and High
	Share    Role = "share"    // one of the parts of a whole
	Rest     Role = "rest"     // what is left of the whole
)

// Series is one line, or one set of bars.
type Series struct {
	Name   string
	Colour int // 1 to 5
	Role   Role
	Points []Point
}

// Point is one point of a line, or one bar. What is known has Low and High at its value; a band and a hidden
// count lie between them.
type Point struct {
	X         engine.Value // of lines: a day or a date
	Low, High float64
	Drawn     bool   // a gap otherwise
	Text      string // beside a bar
}

// Hidden reports whether the point stands for a number that is not shown.
func (p Point) Hidden() bool { return p.Drawn && p.Low != p.High }

// Ribbon is one flow.
type Ribbon struct {
	From, To string
	Point
}

// Mark is a line across bars.
type Mark struct {
	At   float64
	Name string
}

// Event is a day that a chart over dates marks; its key says what it is.
type Event struct {
	Date engine.Value
	Name string // a number
}

// Key explains a mark of a chart.
type Key struct {
	Mark string // hatched, hidden-flow, band, line, or the name of an event
	Text string
}

// Words are those around the contents: headings, buttons and explanations of the page and the workbook.
type Words struct {
	Skip, Contents, Short, Definitions, DefinitionsLead, SeeTable, Note, Article, Numerator, Denominator string
	Link, Print, See, Verdict, Rule, NoVerdict, Certain, Room, Day                                       string
	MadeWith                                                                                             string
	Summary, Question, Answer, Unit, Against, Change, Explanation, InThisBook, Figure, Meaning, ID       string
	Quarter                                                                                              string
	Checks, ChecksLead, ChecksAgree, ChecksDiffer, Sum, Difference                                       string
	CreatedFrom, NotApplicable                                                                           string

	Live LiveWords
}

// LiveWords are those of what a page does in a browser.
type LiveWords struct {
	Tools    string `json:"tools"` // heading of what can be done with a figure
	Arrows   string `json:"arrows"`
	Series   string `json:"series"` // in the name of a file
	DataCSV  string `json:"dataCSV"`
	TableCSV string `json:"tableCSV"`
	PNG      string `json:"png"`
	Link     string `json:"link"`
	Copied   string `json:"copied"`
	Aside    string `json:"aside"` // a table is wider than its place
	Search   string `json:"search"`
	Hits     string `json:"hits"` // %d
}

// Of makes the report of a document. The same document gives the same report.
func Of(d *published.Document) *Report {
	return (&builder{doc: d, Lang: reports.Lang(d.Lang)}).report()
}
