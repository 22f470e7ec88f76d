package ingest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
)

// archive is the directory of a zip file. Its parts are streamed: nothing that is decompressed
// touches the disk, and no name in it is used as a path.
type archive struct {
	in    *input
	src   io.ReaderAt
	size  int64
	parts map[string]zipPart // by name in lower case, without a leading slash
}

// zipPart is an entry of the directory.
type zipPart struct {
	method     uint16
	flags      uint16
	crc        uint32
	compressed int64
	offset     int64 // of the local header
}

// Bounds of a directory; a workbook has some dozens of parts.
const (
	maxDirectory = 4 << 20
	maxParts     = 20_000
)

// openArchive reads the directory.
func openArchive(in *input, src io.ReaderAt, size int64) (*archive, error) {
	offset, length, ok := findDirectory(src, size)
	if !ok || length > maxDirectory || offset < 0 || offset+length > size {
		return nil, in.damaged("its directory cannot be read")
	}
	dir := make([]byte, length)
	if _, err := src.ReadAt(dir, offset); err != nil {
		return nil, in.damaged("its directory cannot be read")
	}
	a := &archive{in: in, src: src, size: size, parts: map[string]zipPart{}}
	for len(dir) > 0 {
		if len(dir) < 46 || !bytes.HasPrefix(dir, []byte("PK\x01\x02")) || len(a.parts) == maxParts {
			return nil, in.damaged("its directory is not in order")
		}
		u16 := func(i int) int { return int(binary.LittleEndian.Uint16(dir[i:])) }
		u32 := func(i int) int64 { return int64(binary.LittleEndian.Uint32(dir[i:])) }
		nameLen, extraLen, commentLen := u16(28), u16(30), u16(32)
		if len(dir) < 46+nameLen+extraLen+commentLen {
			return nil, in.damaged("its directory is cut off")
		}
		p := zipPart{flags: uint16(u16(8)), method: uint16(u16(10)), crc: uint32(u32(16)), compressed: u32(20), offset: u32(42)}
		p.wide(dir[46+nameLen:46+nameLen+extraLen], u32(24) == 0xFFFFFFFF)
		name := partName(string(dir[46 : 46+nameLen]))
		if _, twice := a.parts[name]; twice {
			return nil, in.damaged("it holds two parts of one name")
		}
		a.parts[name] = p
		dir = dir[46+nameLen+extraLen+commentLen:]
	}
	return a, nil
}

// partName is the name by which a part is found: OPC compares them without case.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// findDirectory reads the record at the end of a zip file, or its 64-bit form.
func findDirectory(src io.ReaderAt, size int64) (offset, length int64, ok bool) {
	tail := make([]byte, min(size, 22+1<<16))
	if _, err := src.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return 0, 0, false
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail)-i < 22 {
		return 0, 0, false
	}
	length = int64(binary.LittleEndian.Uint32(tail[i+12:]))
	offset = int64(binary.LittleEndian.Uint32(tail[i+16:]))
	if length != 0xFFFFFFFF && offset != 0xFFFFFFFF {
		return offset, length, true
	}
	if i < 20 || !bytes.HasPrefix(tail[i-20:], []byte("PK\x06\x07")) {
		return 0, 0, false
	}
	end := make([]byte, 56)
	at := int64(binary.LittleEndian.Uint64(tail[i-12:]))
	if _, err := src.ReadAt(end, at); at < 0 || err != nil || !bytes.HasPrefix(end, []byte("PK\x06\x06")) {
		return 0, 0, false
	}
	return int64(binary.LittleEndian.Uint64(end[48:])), int64(binary.LittleEndian.Uint64(end[40:])), true
}

// wide takes the 64-bit sizes out of the extra field.
func (p *zipPart) wide(extra []byte, wideSize bool) {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if len(extra) < 4+n {
			return
		}
		if id == 1 {
			body := extra[4 : 4+n]
			next := func() (v int64) {
				if len(body) >= 8 {
					v = int64(binary.LittleEndian.Uint64(body))
					body = body[8:]
				}
				return v
			}
			if wideSize {
				next()
			}
			if p.compressed == 0xFFFFFFFF {
				p.compressed = next()
			}
			if p.offset == 0xFFFFFFFF {
				p.offset = next()
			}
			return
		}
		extra = extra[4+n:]
	}
}

// has reports whether the archive holds a part.
func (a *archive) has(name string) bool {
	_, ok := a.parts[partName(name)]
	return ok
}

// open streams a part. The reader checks the checksum and stops at a decompression bomb.
func (a *archive) open(name string) (io.Reader, error) {
	p, ok := a.parts[partName(name)]
	if !ok {
		return nil, a.in.damaged("it lacks the part " + printable(name, 100))
	}
	if p.flags&1 != 0 {
		return nil, a.in.protected()
	}
	head := make([]byte, 30)
	if _, err := a.src.ReadAt(head, p.offset); p.offset < 0 || err != nil || !bytes.HasPrefix(head, zipMagic) {
		return nil, a.in.damaged("one of its parts is not where its directory says")
	}
	start := p.offset + 30 + int64(binary.LittleEndian.Uint16(head[26:])) + int64(binary.LittleEndian.Uint16(head[28:]))
	if p.compressed < 0 || start+p.compressed > a.size {
		return nil, a.in.damaged("one of its parts is cut off")
	}
	var r io.Reader = io.NewSectionReader(a.src, start, p.compressed)
	switch p.method {
	case 0:
	case 8:
		r = flate.NewReader(r)
	default:
		return nil, a.in.damaged("it is compressed in a way that no spreadsheet uses")
	}
	return utf8Part(&partReader{in: a.in, src: r, part: p})
}

// partReader checks what it passes on.
type partReader struct {
	in   *input
	src  io.Reader
	part zipPart
	crc  uint32
	size int64
}

func (r *partReader) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	r.crc = crc32.Update(r.crc, crc32.IEEETable, p[:n])
	r.size += int64(n)
	switch {
	case r.size > freeSize && r.size > maxRatio*r.part.compressed:
		return 0, r.in.bomb()
	case err == io.EOF:
		if r.crc != r.part.crc {
			return n, r.in.damaged("the checksum of one of its parts is wrong")
		}
	case err != nil:
		return n, r.in.damaged("one of its parts cannot be decompressed")
	}
	return n, err
}

func (in *input) damaged(how string) *Fault {
	return in.fault("the workbook is damaged: "+how, "a workbook that Excel or LibreOffice saved",
		"Open it in Excel or LibreOffice, save it again as .xlsx, and deliver that.")
}

func (in *input) protected() *Fault {
	return in.fault("the workbook is protected with a password", "a workbook without one",
		"Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and deliver that.")
}
