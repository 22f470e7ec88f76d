package ingest

import (
	"crypto/sha256"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
)

// Options say what to read and where to.
type Options struct {
	Dir        string                   // the folder of exports
	StoreDir   string                   // an existing folder for the store; "" checks only and writes nothing
	Pseudonyms *pseudonym.Pseudonymizer // of purpose store
	Settings   []Setting                // how files are to be read that cannot be changed
	Workers    int                      // parts of one file parsed at a time; 0 = one a processor
	Known      map[string][]string      // by name of a text field: what the pilot's terms call locations and sources
	Texts      []string                 // that will be shown to others, and must name nobody in the delivery
	// Progress is told now and then, never twice at a time, how many bytes of a file as it lies on disk are read, of how
	// many; it may be nil.
	Progress func(read, total int64)
}

// Result accounts for every row that was read. Lists of rows stand in the order of the source:
// tables in the order of the contract, their files by name, then line.
type Result struct {
	Mentions []Mention // in the texts that were given, in their order
	Files    []FileAccount
	Tables   []TableAccount // every table of the contract, delivered or not
	Rejects  RejectList
	Warnings []Warning // by table and field in the order of the contract, then by check
	Skipped  []string  // files that belong to no table, or were not read for another reason
	Inputs   []Input   // what was read; FileAccount and file_no count in this order
	Store    Store     // where the accepted rows are; empty where nothing was written
}

// Store describes what Read wrote: a folder with a segment for each input.
type Store struct {
	Dir      string
	Segments []Segment // in the order of Result.Inputs
}

// Segment is the Parquet file that holds the accepted rows of one input.
type Segment struct {
	Table  string // canonical name
	File   string // name in the store's folder
	FileNo int    // index in Result.Inputs: the file_no of its rows; those of a table follow each other
	Rows   int64  // in it; an engine that finds others does not see the store
}

// Counts says what became of rows: Read = Accepted + Quarantined + Duplicates.
type Counts struct {
	Read        int64 `json:"read"`
	Accepted    int64 `json:"accepted"`
	Quarantined int64 `json:"quarantined"`
	Duplicates  int64 `json:"duplicates"`
}

// Add counts other rows as well.
func (c *Counts) Add(o Counts) {
	*c = Counts{c.Read + o.Read, c.Accepted + o.Accepted, c.Quarantined + o.Quarantined, c.Duplicates + o.Duplicates}
}

// Total counts the rows of all tables.
func (r *Result) Total() (all Counts) {
	for _, t := range r.Tables {
		all.Add(t.Counts)
	}
	return all
}

// FileAccount is the account of one file.
type FileAccount struct {
	File  string `json:"file"`
	Table string `json:"table"`
	Counts
	Encoding       string   `json:"encoding"`  // utf-8, utf-8-bom, utf-16le, utf-16be, windows-1252 or xlsx
	Delimiter      string   `json:"delimiter"` // empty for a workbook
	Sheet          string   `json:"sheet,omitempty"`
	HeaderRow      int      `json:"header_row"`             // counted from 1
	UnknownColumns []string `json:"unknown_columns"`        // headers of columns that were not read
	OtherSheets    []string `json:"other_sheets,omitempty"` // with the same header and rows, that were not read
	// SetApart counts by kind the rows that are none of the register; with Read they are all rows of the
	// file but its header.
	SetApart map[string]int64  `json:"set_apart,omitempty"`
	Settings map[string]string `json:"settings,omitempty"` // what pilot.yaml says about the reading of the file
}

// UnreadSheets names the sheets with a table's header and rows that were not read, because the first
// such sheet of a workbook is the register.
func (r *Result) UnreadSheets() []string {
	out := []string{}
	for _, f := range r.Files {
		for _, s := range f.OtherSheets {
			out = append(out, f.File+" ["+s+"]")
		}
	}
	return out
}

// TableAccount adds the files of a table up.
type TableAccount struct {
	Table     string `json:"-"`
	Delivered bool   `json:"-"`
	Counts
	// LastEvent is the latest start or end among the accepted rows, day.None where there is none.
	LastEvent day.Day `json:"last_event"`
}

// Reject is one fault of a row that was quarantined. A row with several faults has several, one
// behind the other.
type Reject struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet,omitempty"`
	Line   int64  `json:"line"` // the row as Excel or an editor counts it
	Table  string `json:"table"`
	Field  string `json:"field"`            // canonical name; empty for a malformed row
	Header string `json:"header,omitempty"` // the column as the source calls it
	Reason string `json:"reason"`
	Value  string `json:"value,omitempty"` // what stood there, shortened, or its shape; empty for identifiers
}

// Severities of a warning.
const (
	High         = "high"
	WarningLevel = "warning"
	Note         = "note"
)

// Warning counts the rows that stay, but to which a check objects.
type Warning struct {
	Check    string  `json:"check"`
	Severity string  `json:"severity"`
	Table    string  `json:"table"`
	Field    string  `json:"field,omitempty"`
	Count    int64   `json:"count"`
	Places   []Place `json:"places,omitempty"` // the first few
	// What is said about a file, a sheet or a column as a whole.
	Column  string `json:"column,omitempty"`  // as the source calls it, or should
	Sheet   string `json:"sheet,omitempty"`   // the one that was read
	Why     string `json:"why,omitempty"`     // of a file that is not read
	Near    string `json:"near,omitempty"`    // the column, sheet, file or table that is meant, perhaps
	Setting string `json:"setting,omitempty"` // a line of pilot.yaml that would mend it
}

// Place is a row of the source.
type Place struct {
	File  string `json:"file"`
	Line  int64  `json:"line"`
	Value string `json:"value,omitempty"` // what stands there and is wrong, as far as it may be shown
}

// Input is a file that was read, for the manifest. It is named by the HMAC of the SHA-256 of the bytes that
// were parsed: from the bare hash of a file with one row, its V-number is found by trying all.
type Input struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	HMAC string `json:"hmac"` // under the key of the pseudonyms, of which kind see [pseudonym.InputFile]

	digest [sha256.Size]byte // leaves nothing
}

// Same reports whether two files have one name and the same bytes, under whatever keys they were read.
func (i Input) Same(other Input) bool {
	return i.Name == other.Name && i.Size == other.Size && i.digest == other.digest
}
