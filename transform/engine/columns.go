package engine

import (
	"fmt"
	"strings"

	"lvv/ingest"
	"lvv/internal/lists"
)

// ColumnTypes are the types that engines call by names of their own: of pseudonyms, of what rows are ordered by, of text.
type ColumnTypes struct{ ID, Order, Text string }

// Columns declares the columns of a table's segments.
func (c ColumnTypes) Columns(t *ingest.Table) string {
	return StoreColumns(t, func(f ingest.StoreField) string { return f.Name + " " + c.store(f) })
}

// StoreColumns lists what say makes of each column of a table's segments, in their order.
func StoreColumns(t *ingest.Table, say func(ingest.StoreField) string) string {
	return strings.Join(lists.Map(t.StoreFields(), say), ", ")
}

// store is what a column of the store is read as.
func (c ColumnTypes) store(f ingest.StoreField) string {
	switch f.Kind {
	case ingest.StoreID:
		return c.ID
	case ingest.StoreOrder:
		return c.Order
	case ingest.StoreDate:
		return "DATE"
	case ingest.StoreBool, ingest.StoreUnknown:
		return "BOOLEAN"
	case ingest.StoreNumber:
		return fmt.Sprintf("DECIMAL(18, %d)", f.Field.Decimals)
	case ingest.StoreWhole, ingest.StoreLineNo:
		return "BIGINT"
	}
	return c.Text
}

// Param is the type of a column of a parameter table.
func (c ColumnTypes) Param(k Kind) string {
	return map[Kind]string{Count: "BIGINT", Date: "DATE", Text: c.Text, Real: "DOUBLE"}[k]
}
