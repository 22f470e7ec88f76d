package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
)

// storeSchema names the form of store.json, whatever of which form begins with storeFamily.
const (
	storeSchema = "lvv/store/1"
	storeFamily = `{"schema":"lvv/store/`
)

// readerFormat is raised whenever the same file would come out of the reader in another way, and
// neither contract nor program version shows it.
const readerFormat = 2

// readerVersion tells apart readers that may not make the same of a file.
func readerVersion(program string) string {
	b, err := json.Marshal(struct {
		Format   int
		Program  string
		Contract []Table
	}{readerFormat, program, contract})
	if err != nil {
		panic("ingest: the contract is plain data: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// keptIndex says what a store holds, and what that was made from.
type keptIndex struct {
	Reader     string  `json:"reader"`
	Pilot      string  `json:"pilot"`
	Key        string  `json:"key"` // fingerprint
	Epoch      int     `json:"epoch"`
	Generation int     `json:"generation"` // of the newest segments
	Files      []*part `json:"files"`      // in the order in which they were read
}

// part is what became of one file of a table.
type part struct {
	Account FileAccount `json:"account"`
	Input   Input       `json:"input"`
	Format  format      `json:"format"`
	Headers []string    `json:"headers"` // of each field of the table, as the file calls the column
	Segment segment     `json:"segment"`
	Notes   []noted     `json:"notes"`
	Rejects keptRejects `json:"rejects"` // only in the index: those of a reading are in its result

	fresh bool // read now, and not taken from the store
	span  span // of its rejects in the result
}

// segment is a file of the store. Its hash is known where the store is kept.
type segment struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// noted counts the rows of a file to which a check objects.
type noted struct {
	Check check   `json:"check"`
	Field int8    `json:"field"`
	Count int64   `json:"count"`
	Lines []int64 `json:"lines"` // the first few
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

// sealed is store.json: the index with its hash, so that a bit that turned is noticed.
type sealed struct {
	Schema string          `json:"schema"`
	SHA256 string          `json:"sha256"`
	Index  json.RawMessage `json:"index"`
}

func sealIndex(raw []byte) ([]byte, error) {
	sum := sha256.Sum256(raw)
	b, err := json.Marshal(sealed{storeSchema, hex.EncodeToString(sum[:]), raw})
	return append(b, '\n'), err
}

var errIndexDamaged = errors.New("the index is damaged")

// parseIndex reads what sealIndex made.
func parseIndex(b []byte) (*keptIndex, []byte, error) {
	var s sealed
	if err := json.Unmarshal(b, &s); err != nil || s.Schema != storeSchema {
		return nil, nil, errIndexDamaged
	}
	if again, err := sealIndex(s.Index); err != nil || !bytes.Equal(again, b) {
		return nil, nil, errIndexDamaged
	}
	index := &keptIndex{}
	if err := json.Unmarshal(s.Index, index); err != nil {
		return nil, nil, errIndexDamaged
	}
	return index, s.Index, nil
}
