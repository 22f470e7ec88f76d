package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"lvv/anonymize/pseudonym"
)

// Repacking makes one file out of the segments of a table. Rows keep their order and are numbered anew from 1,
// so that how they compare by file and line stays, and where they stood is no longer in them.
type Repacking struct {
	Table    string   // canonical name
	Segments []string // paths, in the order of file_no
	// Pilot, when not empty, goes in front of the names of locations, and of what orders the rows of a
	// person: both repeat between pilots. The order of a person's rows in two pilots is that of their names.
	Pilot string
	// Person, when not nil, puts another pseudonym in the place of a person's.
	Person func(pseudonym.Pseudonym) pseudonym.Pseudonym
}

// locationColumn names a place in a pilot.
const locationColumn = "location"

// repackBatch is how many rows are copied in one go.
const repackBatch = 8192

// QualifiedLocation is what the location of a pilot is called beside those of others.
func QualifiedLocation(pilot, location string) string { return pilot + ": " + location }

// Write writes the file, which must not exist yet, for its owner alone, and returns the number of its rows.
func (r Repacking) Write(ctx context.Context, path string) (rows int64, err error) {
	table := TableNamed(r.Table)
	if table == nil {
		return 0, fmt.Errorf("repack store: there is no table %s", r.Table)
	}
	columns := table.StoreFields()
	fields := make([]arrow.Field, len(columns))
	for i, s := range columns {
		fields[i] = arrow.Field{Name: s.Name, Type: arrowType(s), Nullable: s.Nullable}
		if s.Kind == StoreCode {
			fields[i].Type = arrow.BinaryTypes.String
		}
	}
	schema := arrow.NewSchema(fields, nil)
	out, err := createParquet(path, schema, columns)
	if err != nil {
		return 0, fmt.Errorf("repack store: %w", err)
	}
	for _, segment := range r.Segments {
		if err := r.copy(ctx, segment, columns, schema, out.FileWriter, &rows); err != nil {
			return 0, errors.Join(fmt.Errorf("repack store table %s: %w", r.Table, err), out.file.Close())
		}
	}
	if err := out.end(); err != nil {
		return 0, fmt.Errorf("repack store: %w", err)
	}
	return rows, nil
}

// copy adds the rows of a segment.
func (r Repacking) copy(ctx context.Context, path string, columns []StoreField, schema *arrow.Schema, out *pqarrow.FileWriter, rows *int64) (err error) {
	in, err := file.OpenParquetFile(path, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	reader, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{BatchSize: repackBatch}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	batches, err := reader.GetRecordReader(ctx, nil, nil)
	if err != nil {
		return err
	}
	defer batches.Release()
	if got := batches.Schema().NumFields(); got != len(columns) {
		return fmt.Errorf("it has %d columns, expected %d", got, len(columns))
	}
	for batches.Next() {
		if err := r.copyBatch(batches.RecordBatch(), columns, schema, out, *rows); err != nil {
			return err
		}
		*rows += batches.RecordBatch().NumRows()
	}
	if err := batches.Err(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func (r Repacking) copyBatch(batch arrow.RecordBatch, columns []StoreField, schema *arrow.Schema, out *pqarrow.FileWriter, before int64) error {
	changed := make([]arrow.Array, len(columns))
	defer func() {
		for _, c := range changed {
			if c != nil {
				c.Release()
			}
		}
	}()
	for i, s := range columns {
		if batch.ColumnName(i) != s.Name {
			return fmt.Errorf("column %d is called %s, expected %s", i+1, batch.ColumnName(i), s.Name)
		}
		var err error
		if changed[i], err = r.column(s, batch.Column(i), before); err != nil {
			return fmt.Errorf("column %s: %w", s.Name, err)
		}
	}
	record := array.NewRecordBatch(schema, changed, batch.NumRows())
	defer record.Release()
	return out.WriteBuffered(record)
}

// column returns a column as it is to be written. The caller releases it.
func (r Repacking) column(s StoreField, c arrow.Array, before int64) (arrow.Array, error) {
	switch {
	case s.Kind == StoreLineNo:
		b := array.NewInt64Builder(memory.DefaultAllocator)
		return rewrite(c, b, func(_ *array.Int64, i int) { b.Append(before + int64(i) + 1) })
	case s.IsPerson() && r.Person != nil:
		b := array.NewFixedSizeBinaryBuilder(memory.DefaultAllocator, keyType)
		return rewrite(c, b, func(keys *array.FixedSizeBinary, i int) {
			p := r.Person(pseudonym.Pseudonym(keys.Value(i)))
			b.Append(p[:])
		})
	case s.Kind == StoreOrder && r.Pilot != "":
		b := array.NewBinaryBuilder(memory.DefaultAllocator, arrow.BinaryTypes.Binary)
		var value []byte
		return rewrite(c, b, func(orders *array.Binary, i int) {
			value = append(append(append(value[:0], r.Pilot...), 0), orders.Value(i)...)
			b.Append(value)
		})
	case s.Name == locationColumn && r.Pilot != "":
		b := array.NewStringBuilder(memory.DefaultAllocator)
		return rewrite(c, b, func(names *array.String, i int) { b.Append(QualifiedLocation(r.Pilot, names.Value(i))) })
	}
	c.Retain()
	return c, nil
}

// rewrite puts every value of a column into a builder anew, which it releases; what is null stays so.
func rewrite[A arrow.Array](c arrow.Array, b array.Builder, put func(from A, i int)) (arrow.Array, error) {
	defer b.Release()
	from, ok := c.(A)
	if !ok {
		return nil, fmt.Errorf("it is of type %s", c.DataType())
	}
	for i := range from.Len() {
		if from.IsNull(i) {
			b.AppendNull()
		} else {
			put(from, i)
		}
	}
	return b.NewArray(), nil
}
