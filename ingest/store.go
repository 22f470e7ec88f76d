package ingest

import (
	"bufio"
	"cmp"
	"math"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/private"
	"lvv/internal/say"
)

// rowGroup is the number of rows of a Parquet row group, the unit of work of a query.
const rowGroup = 122_880

// keyType is the type of a column of pseudonyms: plain bytes, because Spark does not read Parquet's UUID.
var keyType = &arrow.FixedSizeBinaryType{ByteWidth: 16}

// codeType is the type of a column of codes.
var codeType = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int16, ValueType: arrow.BinaryTypes.String}

// segmentWriter writes the accepted rows of one file of a table; nil writes nothing.
type segmentWriter struct {
	plan         *tablePlan
	schema       *arrow.Schema
	dictionaries []arrow.Array // of each column, nil where it has none
	parquet      *parquetFile
}

// parquetFile is a file of the store that is being written.
type parquetFile struct {
	*pqarrow.FileWriter
	buf  *bufio.Writer
	file *os.File
}

// createParquet creates the file, which must not exist yet, for its owner alone.
func createParquet(path string, schema *arrow.Schema, columns []StoreField) (*parquetFile, error) {
	f, err := private.Create(path)
	if err != nil {
		return nil, err
	}
	buf := bufio.NewWriterSize(f, 256<<10)
	w, err := pqarrow.NewFileWriter(schema, buf, storeProperties(columns), pqarrow.DefaultWriterProps())
	if err != nil {
		_ = f.Close()
	}
	return &parquetFile{w, buf, f}, err
}

// end ends the file; the first error counts.
func (p *parquetFile) end() error { return cmp.Or(p.Close(), p.buf.Flush(), p.file.Close()) }

// newSegmentWriter creates the file, which must not exist yet, for its owner alone.
func newSegmentWriter(path string, p *tablePlan) (*segmentWriter, error) {
	w := &segmentWriter{plan: p, dictionaries: make([]arrow.Array, len(p.store))}
	fields := make([]arrow.Field, len(p.store))
	for i, s := range p.store {
		fields[i] = arrow.Field{Name: s.Name, Type: arrowType(s), Nullable: s.Nullable}
		if s.Kind == StoreCode {
			w.dictionaries[i] = stringArray(p.fieldOf(s.Field).dictionary)
		}
	}
	w.schema = arrow.NewSchema(fields, nil)
	var err error
	if w.parquet, err = createParquet(path, w.schema, p.store); err != nil {
		return nil, say.Errorf("create store file: %w", err)
	}
	return w, nil
}

// storeProperties say how the columns of a table are written.
func storeProperties(columns []StoreField) *parquet.WriterProperties {
	props := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Uncompressed), parquet.WithDictionaryDefault(false), parquet.WithStats(false),
		parquet.WithMaxRowGroupLength(rowGroup), parquet.WithDataPageSize(1 << 20), parquet.WithCreatedBy("lvv"),
		parquet.WithStoreDecimalAsInteger(true),
	}
	// The store is written once and read a few times: plain values cost least. Only codes keep their
	// dictionary, which is at hand, and only text is worth compressing.
	for _, s := range columns {
		switch s.Kind {
		case StoreText:
			props = append(props, parquet.WithCompressionFor(s.Name, compress.Codecs.Snappy))
		case StoreLineNo:
			props = append(props, parquet.WithEncodingFor(s.Name, parquet.Encodings.DeltaBinaryPacked))
		case StoreCode:
			props = append(props, parquet.WithDictionaryFor(s.Name, true))
		}
	}
	return parquet.NewWriterProperties(props...)
}

func (p *tablePlan) fieldOf(f *Field) *fieldPlan {
	return lists.Find(p.fields, func(plan *fieldPlan) bool { return plan.Field == f })
}

func arrowType(s StoreField) arrow.DataType {
	switch s.Kind {
	case StoreID:
		return keyType
	case StoreDate:
		return arrow.FixedWidthTypes.Date32
	case StoreBool, StoreUnknown:
		return arrow.FixedWidthTypes.Boolean
	case StoreNumber:
		return &arrow.Decimal128Type{Precision: 18, Scale: int32(s.Field.Decimals)}
	case StoreWhole, StoreLineNo:
		return arrow.PrimitiveTypes.Int64
	case StoreCode:
		return codeType
	case StoreOrder:
		return arrow.BinaryTypes.Binary
	}
	return arrow.BinaryTypes.String
}

// write appends the rows of a batch. The batch may be used again afterwards.
func (w *segmentWriter) write(b *batch) error {
	if w == nil {
		return nil
	}
	columns := make([]arrow.Array, len(w.plan.store))
	for i, s := range w.plan.store {
		if s.Kind == StoreLineNo {
			columns[i] = fixed(arrow.PrimitiveTypes.Int64, arrow.Int64Traits.CastToBytes(b.lines), nil, b.rows, 0)
		} else {
			columns[i] = b.columns[i].arrow(b.rows, w.schema.Field(i).Type, w.dictionaries[i])
		}
	}
	rec := array.NewRecordBatch(w.schema, columns, int64(b.rows))
	defer rec.Release()
	for _, c := range columns {
		c.Release()
	}
	if err := w.parquet.WriteBuffered(rec); err != nil {
		return say.Errorf("write store table %s: %w", w.plan.Name, err)
	}
	return nil
}

// close ends the file.
func (w *segmentWriter) close() error {
	if w == nil {
		return nil
	}
	if err := w.parquet.end(); err != nil {
		return say.Errorf("end store table %s: %w", w.plan.Name, err)
	}
	return nil
}

// arrow makes an array of the column without copying values where it can. The array is only valid
// until the batch is reset.
func (c *column) arrow(rows int, typ arrow.DataType, dictionary arrow.Array) arrow.Array {
	switch c.kind {
	case StoreID:
		return fixed(keyType, c.ids, nil, rows, 0)
	case StoreDate:
		valid, nulls := validity(c.days, int32(day.None))
		return fixed(arrow.FixedWidthTypes.Date32, arrow.Int32Traits.CastToBytes(c.days), valid, rows, nulls)
	case StoreCode:
		valid, nulls := validity(c.codes, -1)
		indices := fixed(arrow.PrimitiveTypes.Int16, arrow.Int16Traits.CastToBytes(c.codes), valid, rows, nulls)
		defer indices.Release()
		return array.NewDictionaryArray(codeType, indices, dictionary)
	case StoreBool, StoreUnknown:
		valid, nulls := validity(c.bools, 2)
		bits := make([]byte, bitutil.BytesForBits(int64(rows)))
		for i, v := range c.bools {
			if v == 1 {
				bitutil.SetBit(bits, i)
			}
		}
		return fixed(arrow.FixedWidthTypes.Boolean, bits, valid, rows, nulls)
	case StoreWhole:
		valid, nulls := validity(c.numbers, math.MinInt64)
		return fixed(arrow.PrimitiveTypes.Int64, arrow.Int64Traits.CastToBytes(c.numbers), valid, rows, nulls)
	case StoreNumber:
		valid, nulls := validity(c.numbers, math.MinInt64)
		numbers := make([]decimal128.Num, rows)
		for i, n := range c.numbers {
			numbers[i] = decimal128.FromI64(n)
		}
		return fixed(typ, arrow.Decimal128Traits.CastToBytes(numbers), valid, rows, nulls)
	}
	lengths := make([]int32, rows)
	for i := range lengths {
		lengths[i] = c.offsets[i+1] - c.offsets[i]
	}
	valid, nulls := validity(lengths, 0)
	data := array.NewData(typ, rows, []*memory.Buffer{
		buffer(valid), memory.NewBufferBytes(arrow.Int32Traits.CastToBytes(c.offsets)), memory.NewBufferBytes(c.text),
	}, nil, nulls, 0)
	defer data.Release()
	return array.MakeFromData(data)
}

// validity returns the bitmap of what is not null, or nil where nothing is.
func validity[T comparable](values []T, null T) (bits []byte, nulls int) {
	for _, v := range values {
		if v == null {
			nulls++
		}
	}
	if nulls == 0 {
		return nil, 0
	}
	bits = make([]byte, bitutil.BytesForBits(int64(len(values))))
	for i, v := range values {
		if v != null {
			bits[i/8] |= 1 << (i % 8)
		}
	}
	return bits, nulls
}

func buffer(b []byte) *memory.Buffer {
	if b == nil {
		return nil
	}
	return memory.NewBufferBytes(b)
}

func fixed(t arrow.DataType, values, valid []byte, rows, nulls int) arrow.Array {
	data := array.NewData(t, rows, []*memory.Buffer{buffer(valid), memory.NewBufferBytes(values)}, nil, nulls, 0)
	defer data.Release()
	return array.MakeFromData(data)
}

func stringArray(values []string) arrow.Array {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	defer b.Release()
	b.AppendValues(values, nil)
	return b.NewArray()
}
