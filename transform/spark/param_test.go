package spark

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"

	"lvv/samples"
	"lvv/transform"
	"lvv/transform/engine"
)

// loads keeps the parameter tables of a computation, and ends it where the first relation is defined.
type loads struct {
	engine.Engine
	tables []engine.Param
}

var errLoaded = errors.New("all parameters are loaded")

func (*loads) Delivered(string) bool { return true }

func (l *loads) Load(_ context.Context, p engine.Param) error {
	l.tables = append(l.tables, p)
	return nil
}

func (*loads) Define(context.Context, engine.Relation) error { return errLoaded }

// Every parameter table reaches a server as it is.
func TestParametersAsArrow(t *testing.T) {
	terms, err := transform.LoadTerms(filepath.Join("..", "..", "samples", samples.Terms))
	if err != nil {
		t.Fatal(err)
	}
	p, err := transform.ParsePeriod(samples.Period, "", terms)
	if err != nil {
		t.Fatal(err)
	}
	l := &loads{}
	if _, err := transform.Compute(t.Context(), l, terms, p); !errors.Is(err, errLoaded) {
		t.Fatal(err)
	}
	reals := 0
	for _, table := range l.tables {
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
		var got [][]engine.Value
		for r.Next() {
			batch := r.RecordBatch()
			for i := range int(batch.NumRows()) {
				row := make([]engine.Value, batch.NumCols())
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
				if v.Kind() == engine.Real {
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
