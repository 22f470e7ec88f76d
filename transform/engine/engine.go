// Package engine says what an engine is that runs the models, and what passes between it and who asks: parameters and
// relations there, rows of values back. Packages duckdb and spark are engines; only who opens one links it.
package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"lvv/internal/say"
)

// Engine runs SELECTs on one store. The models of package sql and their order are not its concern:
// it is told what to define, in order, and expands the macros of its dialect in it. An engine serves one
// caller at a time.
type Engine interface {
	// Delivered reports whether the table, by its canonical name, stands in the store. Every table of
	// the input contract can be read as store.<name>; one that was not delivered is empty.
	Delivered(table string) bool
	// Load puts a small table of parameters in place of an earlier one of the same name. An engine that
	// holds the same rows already does nothing.
	Load(ctx context.Context, table Param) error
	// Version names the engine's own release, for the manifest.
	Version(ctx context.Context) (string, error)
	// Define makes a relation out of a SELECT, in place of an earlier one of the same name. An engine
	// that holds the same version already does nothing.
	Define(ctx context.Context, r Relation) error
	// Query runs one SELECT and passes its rows on, in their order.
	Query(ctx context.Context, query string, each func(Row) error) error
	// Close frees what the engine holds and removes its temporary files.
	Close() error
}

// Relation is a SELECT with a name.
type Relation struct {
	Name  string
	Query string
	// Table asks to keep the rows; otherwise the relation is a view.
	Table bool
	// Version changes whenever the rows may change: with the SELECT, with what it reads, with parameters.
	Version string
}

// Param is a small table of parameters. Its values are bound, never written into SQL.
type Param struct {
	Name    string
	Columns []ParamColumn
	Rows    [][]Value
}

// Version changes whenever the rows do.
func (p Param) Version() string {
	h := sha256.New()
	for _, row := range p.Rows {
		for _, v := range row {
			text := v.String()
			fmt.Fprintf(h, "%d:%d:%s", v.kind, len(text), text)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ParamColumn is a column of a parameter table.
type ParamColumn struct {
	Name string
	Kind Kind // Count (whole number), Real, Date or Text
}

// Versions are those of the relations and parameters that an engine holds, by name.
type Versions map[string]string

// Keep has what an engine holds under a name made anew, unless it is of the version already.
func (v Versions) Keep(name, version string, renew func() error) error {
	if v[name] == version {
		return nil
	}
	delete(v, name)
	err := renew()
	if err == nil {
		v[name] = version
	}
	return err
}

// CheckRows holds the rows that an engine sees of a table against those that were written.
func CheckRows(ctx context.Context, e Engine, table string, want int64) error {
	found, err := ValueOf(ctx, e, "SELECT count(*) FROM store."+table)
	if err != nil {
		return say.Errorf("table %s: %w", table, err)
	}
	if found.Int() != want {
		return say.Errorf("table %s: the engine sees %d rows, and the store has %d\n  Does the engine see the folder of the store under the same name?", table, found.Int(), want)
	}
	return nil
}

// ValueOf returns the value of a SELECT that has one.
func ValueOf(ctx context.Context, e Engine, query string) (v Value, err error) {
	err = e.Query(ctx, query, func(row Row) error {
		v = row.Values[0]
		return nil
	})
	return v, err
}

// Row is a row of an answer, whose values are read by the names of their columns. It is used again for the next row:
// what is to stay is copied.
type Row struct {
	Columns []string
	Values  []Value // in the order of the columns
}

// Get returns the value of a column. The answer has it, or the SELECT and what reads it do not fit each other, which
// is a fault of the program.
func (r Row) Get(column string) Value {
	i := slices.Index(r.Columns, column)
	if i < 0 {
		panic(fmt.Sprintf("the answer has no column %s; it has %v", column, r.Columns))
	}
	return r.Values[i]
}
