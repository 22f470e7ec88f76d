package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"lvv/internal/day"
	"lvv/internal/seal"
)

// storeSchema names the form of store.json, whatever of which form begins with storeFamily.
const (
	storeSchema = "lvv/store/2"
	storeFamily = `{"schema":"lvv/store/`
)

// readerFormat is raised whenever the same file would come out of the reader in another way, and
// neither contract nor program version shows it.
const readerFormat = 7

// readerVersion tells apart readers that may not make the same of a file.
func readerVersion(program string, settings []Setting) string {
	b, err := json.Marshal(struct {
		Format   int
		Program  string
		Contract []Table
		Settings []Setting
	}{readerFormat, program, contract, settings})
	if err != nil {
		panic("ingest: the contract is plain data: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// keptIndex is store.json: what a store holds, and what that was made from.
type keptIndex struct {
	Schema     string  `json:"schema"`
	Seal       string  `json:"seal"` // see package seal
	Reader     string  `json:"reader"`
	Pilot      string  `json:"pilot"`
	Key        string  `json:"key"` // fingerprint
	Epoch      int     `json:"epoch"`
	Known      string  `json:"known"`      // of the pilot's own words: see screen.fingerprint
	Generation int     `json:"generation"` // of the newest segments
	Files      []*part `json:"files"`      // in the order in which they were read
}

// part is what became of one file of a table.
type part struct {
	Account   FileAccount `json:"account"`
	Input     Input       `json:"input"`
	Format    format      `json:"format"`
	Headers   []string    `json:"headers"` // of each field of the table, as the file calls the column
	Segment   segment     `json:"segment"`
	Notes     []noted     `json:"notes"`
	Findings  []Warning   `json:"findings"` // without the file's name, which may change
	Persons   personSum   `json:"persons"`  // of the cases to which its rows refer
	Locations []spelling  `json:"locations"`
	Shapes    []string    `json:"shapes"`            // of the numbers by which other tables refer to its rows
	CopyOf    string      `json:"copy_of,omitempty"` // HMAC of the earlier file that holds the same: this one was not read
	LastEvent day.Day     `json:"last_event"`        // the latest start or end among the accepted rows
	Rejects   keptRejects `json:"rejects"`           // only in the index: those of a reading are in its result

	apart tally // rows that are none, until the account names them
	fresh bool  // read now, and not taken from the store
	span  span  // of its rejects in the result
}

// segment is a file of the store. Its hash is known where the store is kept.
type segment struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// noted counts the rows of a file to which a check objects.
type noted struct {
	Check  check    `json:"check"`
	Field  int8     `json:"field"`
	Count  int64    `json:"count"`
	Lines  []int64  `json:"lines"`  // the first few
	Values []string `json:"values"` // what may be shown of theirs
	// Setting is a line of pilot.yaml that would mend it, "" where none would.
	Setting string `json:"setting"`
}

// keptRejects are rejects by column: a delivery in which a column went wrong has one a row.
type keptRejects struct {
	Lines   []int64  `json:"lines,omitempty"`
	Fields  []int8   `json:"fields,omitempty"`
	Reasons []int16  `json:"reasons,omitempty"`
	Values  []string `json:"values,omitempty"`
}

// has reports whether a row was rejected for the reason.
func (r *keptRejects) has(why reason) bool {
	for _, w := range r.Reasons {
		if reason(w) == why {
			return true
		}
	}
	return false
}

// sealed writes the index with its seal, so that a bit that turns in it is noticed.
func (x keptIndex) sealed() ([]byte, error) {
	x.Schema, x.Seal = storeSchema, ""
	b, err := json.Marshal(x)
	if err != nil {
		return nil, err
	}
	return seal.Close(append(b, '\n')), nil
}

var errIndexDamaged = errors.New("the index is damaged")

// parseIndex reads what sealed wrote.
func parseIndex(b []byte) (*keptIndex, error) {
	index := &keptIndex{}
	if !seal.Intact(b) || json.Unmarshal(b, index) != nil || index.Schema != storeSchema {
		return nil, errIndexDamaged
	}
	return index, nil
}
