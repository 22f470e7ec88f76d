package ingest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// A container is made as writers of workbooks make it: with the sizes of a part in front of it or behind it,
// compressed or not, with 64-bit sizes.
func TestContainers(t *testing.T) {
	content := workbookXML(t, "<worksheet><sheetData><row>"+inline("verblijfnummer", "casusnummer", "locatie", "datum_in")+"</row><row>"+inline("S1", "C1", "A", "2020-01-01")+"</row></sheetData></worksheet>")
	src, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	must(t, err)
	for _, c := range []struct {
		name string
		head func(h *zip.FileHeader)
	}{
		{"sizes behind", func(h *zip.FileHeader) { h.Flags |= 8 }},
		{"sizes in front", func(h *zip.FileHeader) { h.Flags &^= 8 }},
		{"not compressed", func(h *zip.FileHeader) { h.Method = zip.Store }},
		{"names of Windows", func(h *zip.FileHeader) { h.Name = "/" + strings.ToUpper(strings.ReplaceAll(h.Name, "/", `\`)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			for _, f := range src.File {
				h := zip.FileHeader{Name: f.Name, Method: zip.Deflate, CRC32: f.CRC32, UncompressedSize64: f.UncompressedSize64}
				c.head(&h)
				r, err := f.Open()
				must(t, err)
				var body, deflated bytes.Buffer
				_, err = body.ReadFrom(r)
				must(t, err)
				if h.Method == zip.Deflate {
					z, err := flate.NewWriter(&deflated, 9)
					must(t, err)
					_, err = z.Write(body.Bytes())
					must(t, err)
					must(t, z.Close())
					body = deflated
				}
				h.CompressedSize64 = uint64(body.Len())
				p, err := w.CreateRaw(&h)
				must(t, err)
				_, err = p.Write(body.Bytes())
				must(t, err)
			}
			must(t, w.Close())
			if got := stored(t, complete("verblijf.xlsx", b.String()).mustRead(t).Store, "stays"); len(got) != 1 || got[0]["location"] != "A" {
				t.Errorf("read %v", got)
			}
		})
	}
}

// A container whose directory lies or breaks off stops with one clear message, in little memory.
func TestBrokenContainers(t *testing.T) {
	good := workbookXML(t, "<worksheet><sheetData/></worksheet>")
	at := strings.LastIndex(good[:strings.LastIndex(good, "xl/worksheets/sheet1.xml")], "PK\x01\x02")
	if at < 0 {
		t.Fatal("the zip file is not what the test thinks")
	}
	entry := func(change func(e []byte)) string {
		b := []byte(good)
		change(b[at:])
		return string(b)
	}
	many := func(n int, name func(i int) string) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for i := range n {
			_, err := w.CreateRaw(&zip.FileHeader{Name: name(i)})
			must(t, err)
		}
		must(t, w.Close())
		return b.String()
	}
	u32 := func(at int, n uint32) string {
		return entry(func(e []byte) { binary.LittleEndian.PutUint32(e[at:], n) })
	}
	for _, c := range []struct{ name, content, found string }{
		{"protected", entry(func(e []byte) { e[8] |= 1 }), "password"},
		{"unknown method", entry(func(e []byte) { e[10] = 99 }), "compressed in a way"},
		{"wrong checksum", entry(func(e []byte) { e[16] ^= 0xFF }), "checksum"},
		{"checksum of nothing", u32(16, 0), "checksum"},
		{"cut off", u32(20, 3), "decompressed"},
		{"longer than the file", u32(20, 1<<30), "decompressed"},
		{"grows past its size", u32(24, 3), "decompressed"},
		{"elsewhere", u32(42, 1), "not where its directory says"},
		{"beyond the end", u32(42, 1<<30), "not where its directory says"},
		{"directory elsewhere", good[:len(good)-6] + "\xf0\xff\xff\x7f\x00\x00", "directory"},
		{"no directory", good[:at], "directory"},
		{"one name twice", many(2, func(i int) string { return []string{"xl/A", `/XL\a`}[i] }), "two parts of one name"},
		{"parts without end", many(200_000, func(i int) string { return fmt.Sprint(i) }), "directory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := complete("verblijf.xlsx", c.content)
			var err error
			used := peak(func() { _, err = d.read(t, 1) })
			if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], c.found) {
				t.Errorf("faults %q, want %q", got, c.found)
			}
			if limit := uint64(3*len(c.content)) + 150<<20; used > limit {
				t.Errorf("%d MiB in use", used>>20)
			}
		})
	}
}

func TestBombs(t *testing.T) {
	t.Parallel()
	// A part that is declared small and grows without end: blank rows, a thousand to one.
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	base, err := zip.NewReader(strings.NewReader(workbookXML(t, "")), int64(len(workbookXML(t, ""))))
	must(t, err)
	for _, f := range base.File {
		if f.Name != "xl/worksheets/sheet1.xml" {
			must(t, w.Copy(f))
		}
	}
	p, err := w.Create("xl/worksheets/sheet1.xml")
	must(t, err)
	rows := []byte(strings.Repeat("<row></row>", 100_000))
	fmt.Fprint(p, `<worksheet><sheetData><row><c t="inlineStr"><is><t>verblijfnummer</t></is></c><c t="inlineStr"><is><t>casusnummer</t></is></c><c t="inlineStr"><is><t>locatie</t></is></c><c t="inlineStr"><is><t>datum_in</t></is></c></row>`)
	for range 9 {
		_, err = p.Write(rows)
		must(t, err)
	}
	fmt.Fprint(p, "<!--")
	for range 80 {
		_, err = p.Write(bytes.Repeat([]byte("-->\n<!--"+strings.Repeat(" ", 1<<10-8)), 1<<10))
		must(t, err)
	}
	must(t, w.Close())
	_, err = complete("verblijf.xlsx", b.String()).read(t, 1)
	if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], "decompresses to more than") {
		t.Errorf("faults %q", got)
	}
	// The same as gzip.
	_, err = complete("verblijf.csv.gz", compressed(t, someStays+strings.Repeat(strings.Repeat(" ", 1<<10-1)+"\n", 80<<10))).read(t, 1)
	if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], "decompresses to more than") {
		t.Errorf("faults %q", got)
	}
}
