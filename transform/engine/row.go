package engine

import (
	"fmt"
	"slices"
)

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
