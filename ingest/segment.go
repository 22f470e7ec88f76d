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
func eachKey(path string, column int, do func(key128) bool) (err error) {
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		return fmt.Errorf("read store segment: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	ids := make([]parquet.FixedLenByteArray, keyBatch)
	for g := range f.NumRowGroups() {
		c, err := f.RowGroup(g).Column(column)
		if err != nil {
			return fmt.Errorf("read store segment: %w", err)
		}
		r, ok := c.(*file.FixedLenByteArrayColumnChunkReader)
		if !ok {
			return fmt.Errorf("read store segment: column %d holds no pseudonyms", column)
		}
		for r.HasNext() {
			_, n, err := r.ReadBatch(keyBatch, ids, nil, nil)
			if err != nil {
				return fmt.Errorf("read store segment: %w", err)
			}
			for i := range n {
				if !do(pseudonymKey(pseudonym.Pseudonym(ids[i]))) {
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
