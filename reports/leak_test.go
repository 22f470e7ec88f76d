package reports_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	stdhtml "html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/reports"
	"lvv/reports/content"
	"lvv/reports/excel"
	"lvv/reports/html"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/duckdb"
	"lvv/transform/engine"
)

// TestNoNumberBypassesTheControl walks every number that a reader can find in the page - text, titles,
// drawings, chart options - and in the workbook. Counts are multiplied by a factor first, and so is the
// threshold, so that hidden ones cannot be mistaken for a date or a height: a number of the
// one factor that is not released, and that the other factor's output does not have, is a leak.
func TestNoNumberBypassesTheControl(t *testing.T) {
	t.Parallel()
	exact, terms := sampleResults(t)
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	type output struct{ page, book, released, hidden map[string]bool }
	render := func(factor int64) output {
		r := multiplied(exact, cat, factor)
		p, err := disclose.Protect(r, cat, disclose.DefaultOptions(int(4*factor+1)))
		if err != nil {
			t.Fatal(err)
		}
		d := p.Document(cat)
		d.Lang, d.Version, d.Terms, d.Definitions = "nl", "test", published.TermsOf(terms, d.Period), published.DefinitionsOf(cat, "nl")
		report := content.Of(d)
		var page, book bytes.Buffer
		if err := html.Write(&page, report); err != nil {
			t.Fatal(err)
		}
		if err := excel.Write(&book, report); err != nil {
			t.Fatal(err)
		}
		out := output{pageNumbers(t, page.String()), bookNumbers(t, book.Bytes()), map[string]bool{}, map[string]bool{}}
		for i := range d.Figures {
			f := &d.Figures[i]
			if f.Suppressed() {
				var dims []string
				for _, d := range f.Dims {
					dims = append(dims, d.Name, d.Value)
				}
				if was := r.Figure(f.ID, dims...); was != nil {
					write(out.hidden, was.Value, f.Unit)
				}
				continue
			}
			for _, v := range []engine.Value{f.Value, f.Numerator, f.Denominator} {
				write(out.released, v, f.Unit)
			}
		}
		for _, s := range d.Series {
			for _, row := range s.Rows {
				for _, v := range row {
					write(out.released, v, "count")
				}
			}
		}
		// The limits of a range follow from what is published; a comparison is of totals.
		for _, f := range d.Figures {
			if f.Range != nil {
				write(out.released, engine.CountOf(f.Range.Low), "count")
				write(out.released, engine.CountOf(f.Range.High), "count")
			}
		}
		for _, c := range d.Compared {
			for _, v := range []engine.Value{c.Is, c.Was, c.Difference} {
				write(out.released, v, c.Unit)
			}
		}
		return out
	}
	a, b := render(37), render(41)
	forbidden := 0
	for n := range a.hidden {
		if a.released[n] || b.page[n] || b.book[n] {
			continue
		}
		forbidden++
		if a.page[n] {
			t.Errorf("the page has %s, which was not released", n)
		}
		if a.book[n] {
			t.Errorf("the workbook has %s, which was not released", n)
		}
	}
	if forbidden < 10 {
		t.Errorf("%d hidden numbers to look for: too few to mean anything", forbidden)
	}
	// The walk must see what is there: the counts that were released.
	for _, f := range exact.Breakdown("inflow.applications", "referred_by") {
		n := strconv.FormatInt(f.Value.Int()*37, 10)
		if a.released[n] && !a.hidden[n] && (!a.page[n] && !a.page[dutch(n)] || !a.book[n]) {
			t.Errorf("the walk does not find %s, which was released", n)
		}
	}
}

// sampleResults computes the figures of one quarter of the samples.
func sampleResults(t *testing.T) (*transform.Results, *transform.Terms) {
	t.Helper()
	dir, store := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, samples.FS()); err != nil {
		t.Fatal(err)
	}
	terms, err := transform.LoadTerms(filepath.Join(dir, samples.Terms))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	read, err := ingest.Read(ctx, ingest.Options{
		Dir: filepath.Join(dir, samples.Exports), StoreDir: store, Workers: 2,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), terms.Pilot, pseudonym.ForStore, terms.Epoch),
	})
	if err != nil {
		t.Fatal(err)
	}
	eng, err := duckdb.Open(ctx, duckdb.Options{Store: read.Store, TempDir: t.TempDir(), Threads: 2, MemoryLimit: "1GB"})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	period, err := transform.ParsePeriod("2020-Q3", "", terms)
	if err != nil {
		t.Fatal(err)
	}
	r, err := transform.Compute(ctx, eng, terms, period)
	if err != nil {
		t.Fatal(err)
	}
	return r, terms
}

// multiplied returns results with every count about persons so many times as large.
func multiplied(r *transform.Results, cat *sql.Catalogue, factor int64) *transform.Results {
	times := func(v engine.Value) engine.Value {
		if v.Kind() == engine.Count {
			return engine.CountOf(v.Int() * factor)
		}
		return v
	}
	out := *r
	out.Figures = append([]transform.Figure(nil), r.Figures...)
	for i := range out.Figures {
		f := &out.Figures[i]
		if c := cat.Figure(f.ID); c.About != sql.Nothing {
			if f.Unit == "count" {
				f.Value = times(f.Value)
			}
			f.Numerator, f.Denominator = times(f.Numerator), times(f.Denominator)
		}
	}
	out.Series = append([]transform.Series(nil), r.Series...)
	for i := range out.Series {
		s := &out.Series[i]
		if s.ID != "duration.curve" && s.ID != "flow.quarters" {
			continue
		}
		rows := s.Rows
		s.Rows = nil
		for _, row := range rows {
			row = append([]engine.Value(nil), row...)
			for j := range row {
				if s.Columns[j] != "day" {
					row[j] = times(row[j])
				}
			}
			s.Rows = append(s.Rows, row)
		}
	}
	return &out
}

var numberPattern = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*`)

func numbers(into map[string]bool, text string) {
	for _, n := range numberPattern.FindAllString(text, -1) {
		into[n] = true
	}
}

// write adds the ways in which a value may be written: whole, unrounded, and as the page writes it.
func write(into map[string]bool, v engine.Value, unit string) {
	if v.IsNull() || v.Kind() == engine.Text || v.Kind() == engine.Date {
		return
	}
	for _, text := range []string{v.String(), strconv.FormatFloat(v.Float(), 'f', -1, 64)} {
		// One digit or two say nothing about where they come from.
		if n := numberPattern.FindString(text); len(n) > 2 || v.Kind() == engine.Count && len(n) > 1 {
			into[n] = true
			if v.Kind() == engine.Count {
				into[dutch(n)] = true
			}
		}
	}
	if unit == "count" && v.Kind() == engine.Count {
		into[numberPattern.FindString(reports.Dutch.Value(v, unit))] = true
	}
}

// dutch writes a whole number with dots between thousands.
func dutch(n string) string {
	for i := len(n) - 3; i > 0; i -= 3 {
		n = n[:i] + "." + n[i:]
	}
	return n
}

var (
	scripts    = regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`)
	styles     = regexp.MustCompile(`(?s)<style[^>]*>.*?</style>`)
	attributes = regexp.MustCompile(`(?:title|aria-label|alt|content|data-[a-z-]+)="([^"]*)"`)
	tags       = regexp.MustCompile(`<[^>]*>`)
)

// pageNumbers collects the numbers of a page: chart options, words that tools read out, and all text,
// that of drawings included.
func pageNumbers(t *testing.T, page string) map[string]bool {
	out := map[string]bool{}
	for _, s := range scripts.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(s[1], "json") {
			continue
		}
		dec := json.NewDecoder(strings.NewReader(s[2]))
		dec.UseNumber()
		for {
			token, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch v := token.(type) {
			case json.Number:
				out[v.String()] = true
			case string:
				numbers(out, v)
			}
		}
	}
	rest := styles.ReplaceAllString(scripts.ReplaceAllString(page, " "), " ")
	for _, a := range attributes.FindAllStringSubmatch(rest, -1) {
		numbers(out, stdhtml.UnescapeString(a[1]))
	}
	numbers(out, stdhtml.UnescapeString(tags.ReplaceAllString(rest, " ")))
	return out
}

// bookNumbers collects the numbers of a workbook's every part: cells, texts, names and charts.
func bookNumbers(t *testing.T, book []byte) map[string]bool {
	out := map[string]bool{}
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") && !strings.HasPrefix(f.Name, "xl/charts/") && f.Name != "xl/sharedStrings.xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		numbers(out, stdhtml.UnescapeString(tags.ReplaceAllString(string(text), " ")))
	}
	return out
}
