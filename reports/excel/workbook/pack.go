package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// packed is the time of every entry: the earliest that a ZIP file can state.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack copies a workbook entry by entry in a fixed order, with fixed times and with its content types
// and relationships sorted: excelize walks maps while it writes, so its own files differ from run to run.
func pack(w io.Writer, book []byte) error {
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	files := slices.Clone(r.File)
	slices.SortFunc(files, func(a, b *zip.File) int {
		return cmp.Or(slices.Index(front, b.Name)-slices.Index(front, a.Name), strings.Compare(a.Name, b.Name))
	})
	zw := zip.NewWriter(w)
	for _, f := range files {
		if err := repack(zw, f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return zw.Close()
}

// front are the parts that say what a package is. They stand before the rest, the last of them first, where readers
// look for them.
var front = []string{"_rels/.rels", "[Content_Types].xml"}

func repack(zw *zip.Writer, f *zip.File) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: packed})
	if err != nil {
		return err
	}
	if f.Name != "[Content_Types].xml" && !strings.HasSuffix(f.Name, ".rels") {
		_, err = io.Copy(out, in) //nolint:gosec // The book is our own, written a moment ago.
		return err
	}
	part, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	_, err = out.Write(sortEntries(part))
	return err
}

// entry is an element directly under the root of such a part, which holds no others.
var entry = regexp.MustCompile(`<(?:Default|Override|Relationship) [^>]*>(?:</\w+>)?`)

// sortEntries orders the content types or relationships of a part by their text. Their order carries no meaning.
func sortEntries(part []byte) []byte {
	sorted := entry.FindAll(part, -1)
	slices.SortFunc(sorted, bytes.Compare)
	return entry.ReplaceAllFunc(part, func([]byte) []byte {
		first := sorted[0]
		sorted = sorted[1:]
		return first
	})
}
