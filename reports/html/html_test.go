package html

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"modernc.org/quickjs"

	"lvv/internal/guard"
	"lvv/reports"
	"lvv/reports/content"
	"lvv/reports/content/contenttest"
)

var keep = flag.String("pages", "", "folder to leave the test pages in, to look at them")

func write(t testing.TB, r *content.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	keepPage(t, r.Lang, b.Bytes())
	return b.String()
}

// keepPage leaves a page in the folder of -pages.
func keepPage(t testing.TB, lang reports.Lang, text []byte) {
	t.Helper()
	if *keep == "" {
		return
	}
	name := strings.NewReplacer("/", "-").Replace(t.Name()) + "-" + string(lang) + ".html"
	if err := os.WriteFile(filepath.Join(*keep, name), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func report(lang reports.Lang) *content.Report { return content.Of(contenttest.Document(string(lang))) }

// drawings are the controlled reports, drawn once: that takes most of the time.
var drawings = map[reports.Lang]func() (*Drawn, error){
	reports.Dutch:   sync.OnceValues(func() (*Drawn, error) { return Draw(report(reports.Dutch)) }),
	reports.English: sync.OnceValues(func() (*Drawn, error) { return Draw(report(reports.English)) }),
}

func drawnIn(t testing.TB, lang reports.Lang) *Drawn {
	t.Helper()
	d, err := drawings[lang]()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// pageIn is the page of a controlled report.
func pageIn(t testing.TB, lang reports.Lang) string {
	t.Helper()
	var b bytes.Buffer
	if err := drawnIn(t, lang).Page(&b); err != nil {
		t.Fatal(err)
	}
	keepPage(t, lang, b.Bytes())
	return b.String()
}

// TestSameBytes writes a document twice, the second time drawing the last picture first: who draws which, and after which,
// must not be seen.
func TestSameBytes(t *testing.T) {
	first := pageIn(t, reports.Dutch)
	again := &Drawn{report: report(reports.Dutch), pictures: map[string]*picture{}}
	list := picturesOf(again.report)
	slices.Reverse(list)
	if err := drawAll(list, reports.Dutch); err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if again.pictures[one.ID] = one; len(one.Drawings) == 0 {
			t.Errorf("chart %s is not drawn", one.ID)
		}
	}
	var b bytes.Buffer
	if err := again.Page(&b); err != nil {
		t.Fatal(err)
	}
	if second := b.String(); first != second {
		at := 0
		for at < min(len(first), len(second)) && first[at] == second[at] {
			at++
		}
		t.Errorf("two writes of one document differ, of %d and %d bytes, after\n%s\n%s", len(first), len(second), first[max(0, at-300):at], second[at:min(len(second), at+100)])
	}
	const most = 600_000
	if len(first) > most {
		t.Errorf("the page is %d bytes; at most %d", len(first), most)
	}
	for _, one := range picturesOf(report(reports.Dutch)) {
		if !strings.Contains(first, `id="chart-`+one.ID+`"`) {
			t.Errorf("chart %s is not in the page", one.ID)
		}
	}
}

// TestClock draws without a clock and without chance: what is drawn must not depend on how busy the machine is.
func TestClock(t *testing.T) {
	vm, err := newRenderer()
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	got, err := vm.Eval("[Date.now(), new Date().getTime(), new Date(5).getTime(), Date.UTC(1970, 0, 2), new Date(0) instanceof Date, Math.random()].join(' ')", quickjs.EvalGlobal)
	if want := "0 0 5 86400000 true 0.5"; got != want || err != nil {
		t.Errorf("the clock and chance of the drawings are %v, %v; want %s", got, err, want)
	}
}

// TestPanicWhileDrawing lets one of the goroutines that draw panic.
func TestPanicWhileDrawing(t *testing.T) {
	list := picturesOf(report(reports.Dutch))[:2*renderers]
	list[1].Chart = nil
	if err := drawAll(list, reports.Dutch); err != guard.ErrPanic { //nolint:errorlint // nothing may be wrapped in it
		t.Errorf("a panic became %v", err)
	}
}

var dataPattern = regexp.MustCompile(`(?s)<script type="application/json" id="(chart-[a-z-]+-data|words)">(.*?)</script>`)

// Headings go down one level at a time, ids occur once, and every reference has its target.
func TestStructure(t *testing.T) {
	page := pageIn(t, reports.English)
	level := 0
	for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
		n, _ := strconv.Atoi(m[1])
		if n > level+1 {
			t.Errorf("h%d follows h%d", n, level)
		}
		level = n
	}
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]]++; ids[m[1]] == 2 {
			t.Errorf("id %q occurs twice", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(?:href="#|labelledby="|url\(#)([a-zA-Z0-9-]+)`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] == 0 {
			t.Errorf("%q refers to nothing", m[0])
		}
	}
	if n := strings.Count(page, "<svg xmlns"); n != strings.Count(page, `role="img" aria-label="`) || n < 20 {
		t.Errorf("%d pictures, not all with a text alternative", n)
	}
	if strings.Contains(page, `aria-label=""`) {
		t.Error("a picture or table has an empty name")
	}
	if strings.Contains(regexp.MustCompile(`(?s)<script.*?</script>`).ReplaceAllString(page, ""), ` style="`) {
		t.Error("the page's policy forbids style attributes")
	}
}

func BenchmarkWrite(b *testing.B) {
	r := report(reports.Dutch)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
