package transform

import (
	"fmt"
	"strings"

	"lvv/ingest"
	"lvv/internal/lists"
)

// columnTypes are the types that engines call by names of their own.
type columnTypes struct{ id, order, text string }

// columns declares the columns of a table's segments.
func (c columnTypes) columns(t *ingest.Table) string {
	return storeColumns(t, func(f ingest.StoreField) string { return f.Name + " " + c.store(f) })
}

// storeColumns says something of every column of a table's segments.
func storeColumns(t *ingest.Table, say func(ingest.StoreField) string) string {
	return strings.Join(lists.Map(t.StoreFields(), say), ", ")
}

// store is what a column of the store is read as.
func (c columnTypes) store(f ingest.StoreField) string {
	switch f.Kind {
	case ingest.StoreID:
		return c.id
	case ingest.StoreOrder:
		return c.order
	case ingest.StoreDate:
		return "DATE"
	case ingest.StoreBool, ingest.StoreUnknown:
		return "BOOLEAN"
	case ingest.StoreNumber:
		return fmt.Sprintf("DECIMAL(18, %d)", f.Field.Decimals)
	case ingest.StoreWhole, ingest.StoreLineNo:
		return "BIGINT"
	}
	return c.text
}

// param is the type of a column of a parameter table.
func (c columnTypes) param(k Kind) string {
	return map[Kind]string{Count: "BIGINT", Date: "DATE", Text: c.text, Real: "DOUBLE"}[k]
}
