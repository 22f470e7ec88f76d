package release

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// writeCSV writes a table with a header; an empty field is a missing value.
func writeCSV[T any](w io.Writer, fields []field[T], rows []T) error {
	out := csv.NewWriter(w)
	record := make([]string, len(fields))
	for i, f := range fields {
		record[i] = f.name
	}
	err := out.Write(record)
	for _, row := range rows {
		for i, f := range fields {
			record[i] = f.value(row)
		}
		if err == nil {
			err = out.Write(record)
		}
	}
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// parquetRows is the number of rows of a row group.
const parquetRows = 1 << 16

// writeParquet writes a table; an empty field is null.
func writeParquet[T any](w io.Writer, fields []field[T], rows []T) error {
	types := map[string]arrow.DataType{"string": arrow.BinaryTypes.String, "integer": arrow.PrimitiveTypes.Int64, "boolean": arrow.FixedWidthTypes.Boolean}
	columns := make([]arrow.Field, len(fields))
	for i, f := range fields {
		columns[i] = arrow.Field{Name: f.name, Type: types[f.typ], Nullable: true}
	}
	schema := arrow.NewSchema(columns, nil)
	// The writer closes what it is given, if it can.
	buffered := bufio.NewWriter(w)
	props := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithDictionaryDefault(true), parquet.WithCreatedBy("lvv"))
	out, err := pqarrow.NewFileWriter(schema, buffered, props, pqarrow.DefaultWriterProps())
	if err != nil {
		return fmt.Errorf("write parquet: %w", err)
	}
	for lo := 0; lo < len(rows); lo += parquetRows {
		if err := writeGroup(out, schema, fields, rows[lo:min(lo+parquetRows, len(rows))]); err != nil {
			return fmt.Errorf("write parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write parquet: %w", err)
	}
	return buffered.Flush()
}

func writeGroup[T any](out *pqarrow.FileWriter, schema *arrow.Schema, fields []field[T], rows []T) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for i, f := range fields {
		for _, row := range rows {
			v := f.value(row)
			if v == "" {
				b.Field(i).AppendNull()
			} else if err := b.Field(i).AppendValueFromString(v); err != nil {
				return err
			}
		}
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	return out.WriteBuffered(batch)
}
