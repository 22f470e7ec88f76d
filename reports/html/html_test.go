package html

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

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
	if *keep != "" {
		name := strings.NewReplacer("/", "-").Replace(t.Name()) + "-" + string(r.Lang) + ".html"
		if err := os.WriteFile(filepath.Join(*keep, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// pages are the controlled reports, written once: drawing the pictures takes most of the time.
var pages = map[reports.Lang]func(testing.TB) string{reports.Dutch: once(reports.Dutch), reports.English: once(reports.English)}

func report(lang reports.Lang) *content.Report { return content.Of(contenttest.Document(string(lang))) }

func once(lang reports.Lang) func(testing.TB) string {
	var text string
	return func(t testing.TB) string {
		if text == "" {
			text = write(t, report(lang))
		}
		return text
	}
}

func TestSameBytes(t *testing.T) {
	first, second := pages[reports.Dutch](t), write(t, report(reports.Dutch))
	if first != second {
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

// TestClock draws without a clock: what is drawn must not depend on how busy the machine is.
func TestClock(t *testing.T) {
	now := func() string {
		v, err := newRuntime().RunString("Date.now() + ' ' + new Date().getTime() + ' ' + Math.random()")
		if err != nil {
			t.Fatal(err)
		}
		return v.String()
	}
	first := now()
	time.Sleep(5 * time.Millisecond)
	if second := now(); first != second {
		t.Errorf("the clock or chance of the drawings goes from %s to %s", first, second)
	}
}

// TestPanicWhileDrawing lets the one and the other of the goroutines that draw panic.
func TestPanicWhileDrawing(t *testing.T) {
	for spoilt := range renderers {
		list := picturesOf(report(reports.Dutch))
		list = list[len(list)-2*renderers:]
		last := list[len(list)-1-spoilt]
		last.Chart = &content.Chart{ID: "spoilt", Kind: content.Columns, Series: []content.Series{{Points: make([]content.Point, 1)}}} // a column without a name
		if err := drawAll(list, reports.Dutch); err != guard.ErrPanic {                                                                //nolint:errorlint // nothing may be wrapped in it
			t.Errorf("a panic became %v", err)
		}
	}
}

var dataPattern = regexp.MustCompile(`(?s)<script type="application/json" id="(chart-[a-z-]+-data|words)">(.*?)</script>`)

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
