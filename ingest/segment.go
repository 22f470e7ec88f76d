package ingest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
)

// keyBatch is how many values of a segment are looked at in one go.
const keyBatch = 8192

// eachKey calls do with the key in a column of a segment, row by row, until it returns false: the
// pseudonym of a case, or the hash of a number that is no secret. Such columns have no empty places.
func eachKey(path string, column int, hash hasher, do func(key128) bool) (err error) {
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		return fmt.Errorf("read store segment: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	ids, texts := make([]parquet.FixedLenByteArray, keyBatch), make([]parquet.ByteArray, keyBatch)
	for g := range f.NumRowGroups() {
		r, err := f.RowGroup(g).Column(column)
		if err != nil {
			return fmt.Errorf("read store segment: %w", err)
		}
		for r.HasNext() {
			n := 0
			switch r := r.(type) {
			case *file.FixedLenByteArrayColumnChunkReader:
				_, n, err = r.ReadBatch(keyBatch, ids, nil, nil)
			case *file.ByteArrayColumnChunkReader:
				_, n, err = r.ReadBatch(keyBatch, texts, nil, nil)
			}
			if err != nil {
				return fmt.Errorf("read store segment: %w", err)
			}
			for i := range n {
				var k key128
				if r.Type() == parquet.Types.FixedLenByteArray {
					k = key128{binary.BigEndian.Uint64(ids[i][:8]), binary.BigEndian.Uint64(ids[i][8:])}
				} else {
					k = hash.key(texts[i])
				}
				if !do(k) {
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
