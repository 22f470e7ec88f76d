package ingest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/internal/day"
)

// The size of the benchmarks: about 260 MB of text.
const (
	benchCases = 1_000_000
	benchStays = 2 * benchCases
)

// benchDelivery writes synthetic registers of the benchmark's size and returns their folder and size.
func benchDelivery(b *testing.B) (dir string, size int64) {
	b.Helper()
	dir = b.TempDir()
	r := rand.New(rand.NewPCG(1, 1))
	spell := func(d day.Day) string { y, m, dd := d.Civil(); return fmt.Sprintf("%02d-%02d-%d", dd, m, y) }
	dates := make([]string, 1200)
	for i := range dates {
		dates[i] = spell(day.Of(2019, 3, 1) + day.Day(i))
	}
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	write := func(name string, do func(w io.Writer)) {
		f, err := os.Create(filepath.Join(dir, name))
		must(b, err)
		w := bufio.NewWriterSize(f, 1<<20)
		do(w)
		must(b, w.Flush())
		info, err := f.Stat()
		must(b, err)
		size += info.Size()
		must(b, f.Close())
	}
	write("casussen.csv", func(w io.Writer) {
		fmt.Fprintln(w, "casusnummer;vreemdelingennummer;achternaam;geboortedatum;geslacht;nationaliteit;aanmelddatum;aangemeld_door;uitzondering;besluit;besluitdatum;aanbod;bijzondere_groep")
		for i := range benchCases {
			applied := r.IntN(700)
			fmt.Fprintf(w, "LVV-%07d;%010d;Proefpersoon;%02d-%02d-%d;%s;%s;%s;%s;%s;%s;%s;%s;%s\n", i, r.IntN(1e10), 1+i%28, 1+i%12, 1950+i%50,
				pick("man", "vrouw"), pick("Marokkaanse", "Somalische", "GHA", "Ethiopische", "onbekend"), dates[applied], pick("zelf", "DT&V", "politie", "ngo"),
				pick("", "nee", "ja"), pick("toegelaten", "afgewezen"), dates[applied+14], pick("", "begeleiding+onderdak"), pick("geen", "medisch psychisch"))
		}
	})
	write("verblijf.csv", func(w io.Writer) {
		fmt.Fprintln(w, "verblijfnummer;casusnummer;locatie;organisatie;datum_in;datum_uit;reden_vertrek")
		for i := range benchStays {
			from := r.IntN(700)
			fmt.Fprintf(w, "V%08d;LVV-%07d;%s;%s;%s;%s;%s\n", i, r.IntN(benchCases), pick("Walborg", "Havenstraat", "Ringdijk 12", "Zuidoost"), pick("HVO", "Leger des Heils"),
				dates[from], dates[from+r.IntN(400)], pick("mob", "doorstroom", "rijksopvang", "eigen beweging"))
		}
	})
	write("trajecten.csv", func(w io.Writer) { fmt.Fprintln(w, "trajectnummer;casusnummer;scenario;startdatum") })
	return dir, size
}

// BenchmarkRead reads, pseudonymises and stores a million cases with two million stays.
func BenchmarkRead(b *testing.B) {
	dir, size := benchDelivery(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		r, err := Read(context.Background(), Options{Dir: dir, StoreDir: b.TempDir(), Pseudonyms: testPseudonyms(b)})
		must(b, err)
		for _, t := range r.Tables {
			if t.Table == "stays" && t.Accepted != benchStays {
				b.Fatalf("%+v", r.Tables)
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-of-memory")
}

// BenchmarkReadWorkbook reads a workbook of 200,000 stays.
func BenchmarkReadWorkbook(b *testing.B) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	must(b, err)
	must(b, w.SetRow("A1", []any{"verblijfnummer", "casusnummer", "locatie", "organisatie", "datum_in", "datum_uit", "reden_vertrek", "opmerking"}))
	for i := range 200_000 {
		must(b, w.SetRow(fmt.Sprintf("A%d", i+2), []any{fmt.Sprintf("V%07d", i), "C1", "Walborg", "HVO", "01-03-2019", 43861, "mob", fmt.Sprintf("opmerking %d", i)}))
	}
	must(b, w.Flush())
	dir := complete("verblijf.xlsx", "").dir(b)
	must(b, f.SaveAs(filepath.Join(dir, "verblijf.xlsx")))
	must(b, f.Close())
	info, err := os.Stat(filepath.Join(dir, "verblijf.xlsx"))
	must(b, err)
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		r, err := Read(context.Background(), Options{Dir: dir, StoreDir: b.TempDir(), Pseudonyms: testPseudonyms(b)})
		must(b, err)
		for _, t := range r.Tables {
			if t.Table == "stays" && t.Accepted != 200_000 {
				b.Fatalf("%+v", r.Tables)
			}
		}
	}
}

// BenchmarkParseDate reads the commonest form of a date.
func BenchmarkParseDate(b *testing.B) {
	c := cell{text: []byte("31-01-2020")}
	b.ReportAllocs()
	for b.Loop() {
		if _, why := parseDate(c); why != fine {
			b.Fatal("no date")
		}
	}
}
