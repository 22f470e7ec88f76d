package release

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"lvv/internal/lists"
	"lvv/internal/say"
)

func (t *table) writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	head := lists.Map(t.columns, func(c column) string { return c.name })
	return cmp.Or(out.Write(head), out.WriteAll(rows))
}

// parquetRows is the number of rows of a row group.
const parquetRows = 1 << 16

// writeParquet writes the rows with every column as text.
func (t *table) writeParquet(w io.Writer, rows [][]string) error {
	columns := lists.Map(t.columns, func(c column) arrow.Field { return arrow.Field{Name: c.name, Type: arrow.BinaryTypes.String} })
	schema := arrow.NewSchema(columns, nil)
	// The writer closes what it is given, if it can.
	buffered := bufio.NewWriter(w)
	props := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithDictionaryDefault(true), parquet.WithCreatedBy("lvv"))
	out, err := pqarrow.NewFileWriter(schema, buffered, props, pqarrow.DefaultWriterProps())
	if err != nil {
		return say.Errorf("write parquet: %w", err)
	}
	for lo := 0; lo < len(rows); lo += parquetRows {
		if err := writeGroup(out, schema, rows[lo:min(lo+parquetRows, len(rows))]); err != nil {
			return say.Errorf("write parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return say.Errorf("write parquet: %w", err)
	}
	return buffered.Flush()
}

func writeGroup(out *pqarrow.FileWriter, schema *arrow.Schema, rows [][]string) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for i := range schema.NumFields() {
		for _, row := range rows {
			if err := b.Field(i).AppendValueFromString(row[i]); err != nil {
				return err
			}
		}
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	return out.WriteBuffered(batch)
}
