package transform

import (
	"bytes"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"

	models "lvv/sql"
)

// Every parameter table reaches a server as it is, whatever the terms.
func TestParametersAsArrow(t *testing.T) {
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	store := newStoreWriter(t)
	w, terms, p := newRandomWorld(1)
	eng := openStore(t, store.write(t, w), 1)
	reals := 0
	for _, table := range params(eng, cat, terms, p) {
		stream, _, err := arrowStream(table)
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Rows) == 0 {
			continue
		}
		r, err := ipc.NewReader(bytes.NewReader(stream))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Release()
		var got [][]Value
		for r.Next() {
			batch := r.RecordBatch()
			for i := range int(batch.NumRows()) {
				row := make([]Value, batch.NumCols())
				for c := range row {
					if row[c], err = arrowValue(batch.Column(c), i); err != nil {
						t.Fatal(err)
					}
				}
				got = append(got, row)
			}
		}
		if len(got) != len(table.Rows) {
			t.Fatalf("%s has %d rows, want %d", table.Name, len(got), len(table.Rows))
		}
		for i, row := range table.Rows {
			for c, v := range row {
				if v.Kind() == Real {
					reals++
				}
				if got[i][c] != v {
					t.Errorf("%s.%s = %v, want %v", table.Name, table.Columns[c].Name, got[i][c], v)
				}
			}
		}
	}
	if reals == 0 {
		t.Error("no parameter is a real number: the test shows too little")
	}
}
