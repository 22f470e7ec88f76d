package ingest

import (
	"archive/zip"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/klauspost/compress/flate"

	"lvv/internal/say"
)

// archive is the directory of a zip file. Its parts are streamed: nothing that is decompressed
// touches the disk, and no name in it is used as a path.
type archive struct {
	in    *input
	parts map[string]*zip.File // by name in lower case, without a leading slash
}

// maxDirectory bounds the directory in bytes; a workbook has some dozens of parts.
const maxDirectory = 4 << 20

// bounded reads so many bytes and no more.
type bounded struct {
	io.ReaderAt
	left int
}

var errTooLong = say.Errorf("the directory is too long")

func (r *bounded) ReadAt(p []byte, off int64) (int, error) {
	if r.left -= len(p); r.left < 0 {
		return 0, errTooLong
	}
	return r.ReaderAt.ReadAt(p, off)
}

// openArchive reads the directory.
func openArchive(in *input, src io.ReaderAt, size int64) (*archive, error) {
	directory := &bounded{src, maxDirectory}
	z, err := zip.NewReader(directory, size)
	if err != nil {
		return nil, in.damaged(say.Errorf("its directory cannot be read"))
	}
	directory.left = math.MaxInt // the parts are read through it too
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	a := &archive{in: in, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, twice := a.parts[name]; twice {
			return nil, in.damaged(say.Errorf("it holds two parts of one name"))
		}
		a.parts[name] = f
	}
	return a, nil
}

// partName is the name by which a part is found: OPC compares them without case.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// has reports whether the archive holds a part.
func (a *archive) has(name string) bool {
	_, ok := a.parts[partName(name)]
	return ok
}

// open streams a part. The reader checks the checksum and stops at a decompression bomb.
func (a *archive) open(name string) (io.Reader, error) {
	f, ok := a.parts[partName(name)]
	if !ok {
		return nil, a.in.damaged(say.Errorf("it lacks the part %s", printable(name, 100)))
	}
	if f.Flags&1 != 0 {
		return nil, a.in.protected()
	}
	r, err := f.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return nil, a.in.damaged(say.Errorf("it is compressed in a way that no spreadsheet uses"))
	case err != nil:
		return nil, a.in.damaged(say.Errorf("one of its parts is not where its directory says"))
	}
	// A directory may call a part larger than the file.
	compressed := min(int64(f.CompressedSize64&math.MaxInt64), a.in.info.Size())
	return utf8Part(&inflated{in: a.in, src: r, compressed: &compressed, fault: a.in.partFault})
}

// partFault says what is wrong with a part that cannot be read.
func (in *input) partFault(err error) error {
	if errors.Is(err, zip.ErrChecksum) {
		return in.damaged(say.Errorf("the checksum of one of its parts is wrong"))
	}
	return in.damaged(say.Errorf("one of its parts cannot be decompressed"))
}

func (in *input) damaged(how error) *Fault {
	return in.fault(say.Errorf("the workbook is damaged: %w", how), say.Errorf("a workbook that Excel or LibreOffice saved"),
		say.Errorf("Open it in Excel or LibreOffice, save it again as .xlsx, and deliver that."))
}

func (in *input) protected() *Fault {
	return in.fault(say.Errorf("the workbook is protected with a password"), say.Errorf("a workbook without one"),
		say.Errorf("Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and deliver that."))
}
