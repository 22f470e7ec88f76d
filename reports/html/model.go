package html

import (
	"html/template"

	"lvv/transform"
)

// section is one subject of the page.
type section struct {
	ID, Title string
	Lead      string // what the section is about, in a sentence or two
	Parts     []part
}

// part is a picture with its table, a table that stands open, or a remark.
type part struct {
	Picture *picture
	Table   *table
	Title   string // of an open table or remark
	Text    string // the sentence beside an open table, or the remark itself
}

// picture is one chart with everything that says the same in words and numbers.
type picture struct {
	ID      string // fixed, and unique in the page
	Title   string // says what it shows
	Text    string // says what to see in it
	Alt     string // text alternative
	Missing string // why there is nothing to draw; empty when there is
	Legend  []key  // of marks that bear no label of their own
	Notes   []string
	Table   *table
	Height  int  // in pixels
	Small   bool // one of the pictures of the first screen

	drawing *drawing
	Options template.JS   // the drawing as JSON
	SVG     template.HTML // the drawing, drawn
}

// width is what the static picture is drawn for, in pixels.
func (p *picture) width() int {
	if p.Small {
		return smallWidth
	}
	return svgWidth
}

// key explains a mark of a picture.
type key struct {
	Mark string // class of the style sheet
	Text string
}

// table is what stands behind a picture's disclosure.
type table struct {
	Caption string
	Head    []string
	Rows    [][]cell
	Total   []cell // the last row, set apart; nil for none
	Notes   []string

	figures []*transform.Figure // those in it, whose marks are explained beneath
}

// longTable is the number of rows from which a table may be broken over pages.
const longTable = 28

// Numbers reports whether a column holds numbers, which stand at the right under their heading.
func (t *table) Numbers(column int) bool {
	return len(t.Rows) > 0 && column < len(t.Rows[0]) && t.Rows[0][column].Number
}

// Long reports whether the table may be broken over pages, and stands in two columns there.
func (t *table) Long() bool { return len(t.Rows) >= longTable }

// cell is one cell of a table; the first of a row is its header.
type cell struct {
	Text   string
	Number bool
	Muted  bool   // a status in the place of a value
	Spoken string // what is read aloud for a mark that says nothing by itself
}

// card is one of the four main figures of the first screen.
type card struct {
	ID       string // of the section that says more
	Question string
	Value    string
	Unit     string // what the value counts
	Target   string
	Change   string // since the period before, with its direction in words
	Arrow    string // up, down or level; empty when there is nothing to compare
	Text     string
	More     string
	Picture  *picture
}

// chapter is one area of the catalogue with its definitions.
type chapter struct {
	Title   string
	Entries []definition
}

// definition is one entry of the catalogue.
type definition struct {
	ID, Title, Text, Article, Numerator, Denominator string
}
