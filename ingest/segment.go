package ingest

import (
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"

	"lvv/anonymize/pseudonym"
)

// keyBatch is how many values of a segment are looked at in one go.
const keyBatch = 8192

// eachKey calls do with the pseudonym in a column of a segment, row by row, until it returns false. Such
// columns have no empty places.
func eachKey(path string, column int, do func(key128) bool) error {
	return eachValue(path, column, func(r *file.FixedLenByteArrayColumnChunkReader, values []parquet.FixedLenByteArray) (int, error) {
		_, n, err := r.ReadBatch(keyBatch, values, nil, nil)
		return n, err
	}, func(v parquet.FixedLenByteArray) bool { return do(pseudonymKey(pseudonym.Pseudonym(v))) })
}

// eachText calls do with the texts in a column of a segment that are not empty, until it returns false.
func eachText(path string, column int, do func([]byte) bool) error {
	levels := make([]int16, keyBatch)
	return eachValue(path, column, func(r *file.ByteArrayColumnChunkReader, values []parquet.ByteArray) (int, error) {
		_, n, err := r.ReadBatch(keyBatch, values, levels, nil)
		return n, err
	}, func(v parquet.ByteArray) bool { return do(v) })
}

// eachValue reads a column in batches.
func eachValue[R file.ColumnChunkReader, V any](path string, column int, read func(R, []V) (int, error), do func(V) bool) (err error) {
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		return fmt.Errorf("read store segment: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	values := make([]V, keyBatch)
	for g := range f.NumRowGroups() {
		c, err := f.RowGroup(g).Column(column)
		if err != nil {
			return fmt.Errorf("read store segment: %w", err)
		}
		r, ok := c.(R)
		if !ok {
			return fmt.Errorf("read store segment: column %d is of another type", column)
		}
		for r.HasNext() {
			n, err := read(r, values)
			if err != nil {
				return fmt.Errorf("read store segment: %w", err)
			}
			for _, v := range values[:n] {
				if !do(v) {
					return nil
				}
			}
		}
		if err := r.Err(); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read store segment: %w", err)
		}
	}
	return nil
}
