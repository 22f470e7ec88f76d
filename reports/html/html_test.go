package html

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/internal/guard"
	"lvv/reports"
	"lvv/transform"
)

var keep = flag.String("pages", "", "folder to leave the test pages in, to look at them")

func write(t testing.TB, d *reports.Document) string {
	t.Helper()
	pictures, err := Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, d, pictures); err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		name := strings.NewReplacer("/", "-").Replace(t.Name()) + "-" + string(d.Lang) + ".html"
		if err := os.WriteFile(filepath.Join(*keep, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// pages are the controlled reports, written once: drawing the pictures takes most of the time.
var pages = map[reports.Lang]func(testing.TB) string{reports.Dutch: once(reports.Dutch), reports.English: once(reports.English)}

func once(lang reports.Lang) func(testing.TB) string {
	var text string
	return func(t testing.TB) string {
		if text == "" {
			text = write(t, controlled(t, lang))
		}
		return text
	}
}

// words is the page without its pictures, which take most of the time.
func words(t *testing.T, d *reports.Document) string {
	t.Helper()
	b, err := newBuilder(d)
	if err != nil {
		t.Fatal(err)
	}
	page, err := b.page().layOut(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func TestSameBytes(t *testing.T) {
	first, second := pages[reports.Dutch](t), write(t, controlled(t, reports.Dutch))
	if first != second {
		t.Error("two writes of one document differ")
	}
	if len(first) > 3<<20 {
		t.Errorf("the page is %d bytes; at most 3 MB", len(first))
	}
	for _, p := range []string{"occupancy-daily", "inflow-funnel", "inflow-refusals", "inflow-referred", "flow-quarters", "outflow-share",
		"outflow-outcome", "outflow-sankey", "outflow-exits", "durable-progress", "duration-survival", "duration-incidence",
		"guidance-deadlines", "conference-held", "conference-grounds", "funding-quarters", "funding-night",
		"occupancy-small", "durable-small", "duration-small", "funding-small"} {
		if !strings.Contains(first, `id="chart-`+p+`"`) {
			t.Errorf("picture %s is not in the page", p)
		}
	}
}

// spoiltChart panics where a chart is drawn, with a value that must not be shown.
type spoiltChart struct{}

func (spoiltChart) Validate()            { panic("Walborg") }
func (spoiltChart) JSON() map[string]any { return nil }

// TestPanicWhileDrawing lets the one and the other of the goroutines that draw panic.
func TestPanicWhileDrawing(t *testing.T) {
	for spoilt := range renderers {
		b, err := newBuilder(controlled(t, reports.Dutch))
		if err != nil {
			t.Fatal(err)
		}
		list := b.page().pictures()
		list[len(list)-1-spoilt].drawing.chart = spoiltChart{}
		if err := drawAll(list, reports.Dutch); err != guard.ErrPanic { //nolint:errorlint // nothing may be wrapped in it
			t.Errorf("a panic became %v", err)
		}
	}
}

// A document without figures or series still makes a page, which says what is missing.
func TestNothingComputed(t *testing.T) {
	d := &reports.Document{Published: disclose.Uncontrolled(&transform.Results{Pilot: "Amsterdam"}), Lang: reports.Dutch}
	page := write(t, d)
	if strings.Contains(page, `class="canvas`) {
		t.Error("a picture was drawn of nothing")
	}
	for _, want := range []string{"Dit is niet berekend.", "niet beschikbaar", reports.ControlOff(reports.Dutch)} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

var optionsPattern = regexp.MustCompile(`(?s)<script type="application/json" id="chart-([a-z-]+)-options">(.*?)</script>`)

// TestNotDrawn writes a page whose pictures were drawn of another report.
func TestNotDrawn(t *testing.T) {
	if err := Write(&bytes.Buffer{}, document(t, reports.Dutch), &Pictures{}); err == nil || !strings.Contains(err.Error(), "is not drawn") {
		t.Errorf("a page without its pictures: %v", err)
	}
}

// Headings go down one level at a time, ids occur once, and every reference has its target.
func TestStructure(t *testing.T) {
	page := pages[reports.English](t)
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
	if n := strings.Count(page, "<svg "); n != strings.Count(page, `role="img" aria-label="`) || n < 20 {
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
	d := controlled(b, reports.Dutch)
	b.ReportAllocs()
	for b.Loop() {
		pictures, err := Draw(d)
		if err != nil {
			b.Fatal(err)
		}
		if err := Write(&bytes.Buffer{}, d, pictures); err != nil {
			b.Fatal(err)
		}
	}
}
