package ingest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/transform"

	"lvv/anonymize/pseudonym"
	"lvv/internal/charset"
	"lvv/internal/guard"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// input is a file of the delivery with what was found out about it before its rows are read.
type input struct {
	candidate
	path   string
	header *header

	settings settings
	skipped  string // why it is not read, "" where it is: see Warning.Why

	encoding string
	mixed    bool        // UTF-8 but for some bytes
	assumed  bool        // of UTF-8: the rest of the file was not looked at
	thorough bool        // it is to be looked at
	blocks   bool        // there are headers below the first
	judged   []judgement // of each field, what its column makes of values with two readings
	merged   []mergedRange
	bom      int   // length of the byte order mark
	delim    byte  // of a delimited file
	skip     int64 // bytes of UTF-8 up to and including the header
	line     int64 // of the first row behind the header
	above    tally // rows above the header
	rows     int64 // about how many there are; 0 where nobody knows

	ids *pseudonym.Pseudonymizer // to name it by; not for use

	book  *book  // of a workbook
	sheet string // its name
	part  string // where the sheet lies in the workbook
	// others are the sheets that hold the header and rows too, and are not read.
	others      []rival
	hiddenSheet bool
	stray       lines // rows with bytes that are no UTF-8, in a file that is
}

// fault begins a message about the file.
func (in *input) fault(found, expected, remedy error) *Fault {
	return &Fault{File: in.shown, Found: found, Expected: expected, Remedy: remedy}
}

// open opens the very file that was listed.
func (in *input) open() (*os.File, error) {
	f, err := regular.Open(in.path)
	if err != nil {
		return nil, &Fault{File: in.shown, Found: say.Errorf("the file cannot be opened"), Err: plainCause(err), Remedy: say.Errorf("Check your rights to it, and whether a program has it open.")}
	}
	info, err := f.Stat()
	if err != nil || !os.SameFile(info, in.info) || !same(info, in.info) {
		_ = f.Close()
		return nil, in.changed()
	}
	return f, nil
}

// same reports whether a file has neither grown nor been written to.
func same(a, b fs.FileInfo) bool { return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) }

func (in *input) changed() *Fault {
	return in.fault(say.Errorf("the file changed while it was read"), say.Errorf("a delivery that is complete"), say.Errorf("Wait until nobody writes to the folder, and begin again."))
}

// unchanged reports the first file that is no longer the one that was listed: whoever replaces or removes a
// file while the delivery is read has not finished delivering.
func unchanged(inputs []*input) error {
	for _, in := range inputs {
		if info, err := os.Lstat(in.path); err != nil || !os.SameFile(info, in.info) || !same(info, in.info) {
			return in.changed()
		}
	}
	return nil
}

// guard turns a panic in a goroutine into an error that names the file.
func (in *input) guard(work func() error) func() error {
	return func() error {
		err := guard.Run(work)
		if errors.Is(err, guard.ErrPanic) {
			return in.fault(say.Errorf("a fault in the program stopped the reading"), nil, say.Errorf("Please report it, with the version of the program and how the file was made."))
		}
		return err
	}
}

// raw reads a file from disk: it counts, hashes and reports.
type raw struct {
	in     *input
	file   *os.File
	hash   hash.Hash // nil where nobody asks
	count  int64
	report func(int64) // may be nil
}

func (r *raw) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	r.count += int64(n)
	if r.hash != nil {
		r.hash.Write(p[:n])
	}
	if r.report != nil {
		r.report(r.count)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = &Fault{File: r.in.shown, Found: say.Errorf("the file cannot be read"), Err: plainCause(err), Remedy: say.Errorf("Check the disk or the network drive it is on.")}
	}
	return n, err
}

// finish reads what a decompressor left over, and checks that the file is still the one it was.
func (r *raw) finish() (Input, error) {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return Input{}, err
	}
	info, err := r.file.Stat()
	if err != nil || !same(info, r.in.info) || r.count != info.Size() {
		return Input{}, r.in.changed()
	}
	i := Input{Name: r.in.shown, Size: r.count, digest: [sha256.Size]byte(r.hash.Sum(nil))}
	i.HMAC = r.in.ids.Clone().Of(pseudonym.InputFile, i.digest[:]).String()
	return i, nil
}

// bytes returns the reader of what the file holds, decompressed.
func (r *raw) bytes() (io.Reader, error) {
	if r.in.format != gzipped {
		return r, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, r.in.gzipFault(err)
	}
	return &inflated{in: r.in, src: z, compressed: &r.count, fault: r.in.gzipFault}, nil
}

func (in *input) gzipFault(err error) error {
	if _, ok := errors.AsType[*Fault](err); ok {
		return err
	}
	return &Fault{File: in.shown, Found: say.Errorf("the file cannot be decompressed"), Err: err, Expected: say.Errorf("a file that gzip made"), Remedy: say.Errorf("Make the file again, or deliver it as .csv.")}
}

// What is decompressed may be this many times what it was, once it is larger than freeSize: exports
// shrink ten- or twentyfold, a bomb a thousandfold.
const (
	maxRatio = 300
	freeSize = 64 << 20
)

// inflated stops at a decompression bomb.
type inflated struct {
	in         *input
	src        io.Reader
	compressed *int64
	size       int64
	fault      func(error) error // what an error of src means
}

func (r *inflated) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	r.size += int64(n)
	if r.size > freeSize && r.size > maxRatio**r.compressed {
		return 0, r.in.bomb()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = r.fault(err)
	}
	return n, err
}

func (in *input) bomb() *Fault {
	return in.fault(say.Errorf("the file decompresses to more than %d times its size", maxRatio), say.Errorf("an export"),
		say.Errorf("Have the sender make the file again; do not open this one."))
}

// text opens the file as UTF-8 behind its byte order mark.
func (in *input) text(r *raw) (io.Reader, error) {
	b, err := r.bytes()
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, b, int64(in.bom)); err != nil {
		return nil, in.changed()
	}
	if in.assumed {
		return charset.NewReader(b), nil
	}
	if in.mixed {
		in.stray = lines{}
		return transform.NewReader(b, &mended{stray: &in.stray, line: 1}), nil
	}
	return decoded(b, in.encoding), nil
}

// probe looks at the file before its rows are read.
func (in *input) probe() error {
	if in.format == workbook {
		return in.probeWorkbook()
	}
	return in.probeDelimited()
}

// probeSize is how much of a delimited file is searched for its header.
const probeSize = 1 << 20

// probeDelimited finds encoding, delimiter and header.
func (in *input) probeDelimited() error {
	f, err := in.open()
	if err != nil {
		return err
	}
	defer f.Close()
	r := &raw{in: in, file: f}
	b, err := r.bytes()
	if err != nil {
		return err
	}
	head := make([]byte, probeSize)
	n, err := io.ReadFull(b, head)
	_, broken := errors.AsType[*Fault](err)
	whole := !broken && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF))
	if err != nil && !whole {
		return err
	}
	head = head[:n]
	if f := in.wrongKind(head); f != nil {
		return f
	}
	if in.format == delimited {
		in.rows = in.info.Size() * int64(bytes.Count(head, newline)) / int64(len(head))
	}
	if in.encoding, in.bom = bomEncoding(head); in.encoding == "" || in.encoding == encUTF8BOM {
		if err := in.tellEncoding(head[in.bom:], b, whole); err != nil {
			return err
		}
	}
	text, err := io.ReadAll(decoded(bytes.NewReader(head[in.bom:]), in.encoding))
	if in.mixed {
		text, _, err = transform.Bytes(&mended{stray: &lines{}}, head[in.bom:])
	}
	if err != nil {
		return err
	}
	breakLines(text)
	return in.findHeader(text, whole)
}

// tellEncoding tells UTF-8 from Windows-1252. Of a long file that begins as UTF-8 the rest is only
// looked at when it is read, unless that went wrong before: hardly any file must be read twice. A file
// that has more characters of UTF-8 than bytes that are none stays one.
func (in *input) tellEncoding(head []byte, rest io.Reader, whole bool) error {
	in.mixed, in.assumed = false, false
	if in.settings.encoding != "" {
		in.encoding = in.settings.encoding
		return nil
	}
	marked := in.encoding == encUTF8BOM
	if !marked {
		in.encoding = encUTF8
	}
	if charset.BeginsUTF8(head) && !whole && !in.thorough {
		in.assumed = true
		return nil
	}
	if whole {
		rest = nil
	}
	found, err := charset.Count(head, rest)
	if err != nil {
		return err
	}
	switch {
	case found.Stray == 0:
	case marked || found.Runes >= found.Stray:
		in.mixed = true
	default:
		in.encoding = enc1252
	}
	return nil
}

// distrust has the file examined again, and all of it, if its encoding was assumed.
func (in *input) distrust() {
	if in.assumed {
		in.header, in.thorough = nil, true
	}
}

// wrongKind recognises what only calls itself a delimited file.
func (in *input) wrongKind(head []byte) *Fault {
	wanted := say.Errorf("delimited text")
	start := bytes.ToLower(trim(head[:min(len(head), 512)]))
	switch {
	case len(head) == 0:
		return in.nothing()
	case bytes.HasPrefix(head, zipMagic):
		return in.fault(say.Errorf("the file is a workbook or a zip file"), wanted, say.Errorf("Give its name the ending .xlsx if it is a workbook."))
	case bytes.HasPrefix(head, cfbMagic):
		return in.fault(say.Errorf("the file is an old Excel file (.xls) or a protected workbook"), wanted, say.Errorf("Open it in Excel, save it as .xlsx without a password, and deliver that."))
	case bytes.HasPrefix(head, gzipMagic):
		return in.fault(say.Errorf("the file is compressed"), wanted, say.Errorf("Give its name the ending .csv.gz."))
	case bytes.HasPrefix(start, []byte("<")):
		return in.fault(say.Errorf("the file is a web page or XML"), wanted, say.Errorf("Open it in Excel or LibreOffice and save it as .xlsx or CSV."))
	case bytes.HasPrefix(head, []byte("%PDF")):
		return in.fault(say.Errorf("the file is a PDF"), wanted, say.Errorf("Deliver the register itself, as .xlsx or CSV."))
	}
	return nil
}

var (
	zipMagic  = []byte("PK\x03\x04")
	cfbMagic  = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	gzipMagic = []byte{0x1F, 0x8B}
)

// rowAbove is the kind of a row above the header.
func rowAbove(kind outcome, cells []cell) apart {
	switch {
	case kind == blank:
		return apartBlank
	case isRuler(cells):
		return apartRuler
	case len(cells) > 0 && isComment(clean(trim(cells[0].text), nil, true)):
		return apartComment
	}
	return apartTitle
}

// delimiters in the order in which they are tried.
const delimiters = ";,\t|"

// findHeader tries every delimiter on the first rows: the one that shows most of the table's headers
// is the file's.
func (in *input) findHeader(text []byte, whole bool) error {
	names := in.names()
	tooMany := false
	for _, delim := range []byte(delimiters) {
		s := scanner{delim: delim}
		rest, line, above := text, int64(1), tally{}
		for line <= headerRows && len(rest) > 0 {
			kind, size, lines := s.next(rest, whole)
			if kind == unclear {
				break
			}
			tooMany = tooMany || len(s.cells) > maxColumns
			if kind != blank {
				h := matchHeader(in.table, names, line, s.cells)
				if kind != ragged && h.matched > 0 && h.better(in.header) {
					in.header, in.delim = h, delim
					in.skip, in.line, in.above = int64(len(text)-len(rest)+size), line+int64(lines), above
				}
			}
			above[rowAbove(kind, s.cells)]++
			rest, line = rest[size:], line+int64(lines)
		}
	}
	if in.header == nil && tooMany {
		return in.fault(say.Errorf("the file has more than %d columns", maxColumns), say.Errorf("a register"), say.Errorf("Deliver the columns of the register alone."))
	}
	if in.header == nil && bytes.IndexByte(text, 0) >= 0 {
		return in.fault(say.Errorf("the file holds NUL bytes: it is no text, or UTF-16 without a byte order mark"), say.Errorf("delimited text"),
			say.Errorf("Save it again as CSV UTF-8."))
	}
	if f := in.header.fault(in.table, in.shown, ""); f != nil {
		return in.noHeader(f, in.header)
	}
	return nil
}
