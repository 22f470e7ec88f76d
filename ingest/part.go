package ingest

import (
	"fmt"

	"lvv/internal/day"
)

// part is what became of one file of a table.
type part struct {
	Account   FileAccount
	Input     Input
	Format    format
	Headers   []string // of each field of the table, as the file calls the column
	Segment   string   // the name of its file in the store
	Notes     []noted
	Findings  []Warning // without the file's name
	Locations []spelling
	Shapes    []string // of the numbers by which other tables refer to its rows
	CopyOf    string   // HMAC of the earlier file that holds the same: this one was not read
	LastEvent day.Day  // the latest start or end among the accepted rows

	apart tally // rows that are none, until the account names them
}

// segmentFile names the file of the store with the rows of a file of a table, by its place among them.
func segmentFile(table string, place int) string { return fmt.Sprintf("%s-%d.parquet", table, place+1) }

// noted counts the rows of a file to which a check objects.
type noted struct {
	Check  check
	Field  int8
	Count  int64
	Lines  []int64  // the first few
	Values []string // what may be shown of theirs
	// Setting is a line of pilot.yaml that would mend it, "" where none would.
	Setting string
}
