package html

import (
	"bytes"
	"encoding/json"
	stdhtml "html"
	"strings"
	"sync"
	"testing"

	"lvv/reports"
	"lvv/reports/content"
	"lvv/reports/content/contenttest"
)

// hostile are labels that would be something else if they left their place.
var hostile = []string{
	`</script><img src=x onerror=alert(1)>`, `__f__function(){alert(1)}__f__`, `=HYPERLINK("https://example.org")`,
	`"quoted" & 'single' {a}{b|c}`, "🏠 opvang", "מקלט القاهرة", `--><!--`, `%s%d`,
}

// hostilePage is a page with hostile labels.
var hostilePage = sync.OnceValues(func() (string, error) {
	d := contenttest.Open("nl", hostile[:5]...)
	for i := range d.Figures {
		for j := range d.Figures[i].Dims {
			if dim := &d.Figures[i].Dims[j]; dim.Value == "rijk" {
				dim.Value = hostile[5]
			}
		}
	}
	d.Pilot = hostile[6] + hostile[0]
	d.Quality.Findings[0].Title = hostile[7] + hostile[0]
	var b bytes.Buffer
	err := Write(&b, content.Of(d))
	return b.String(), err
})

func TestHostileLabels(t *testing.T) {
	page, err := hostilePage()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"formats.js", "page.js"} {
		page = strings.Replace(page, asset(name), "", 1)
	}
	if strings.Contains(page, "<img") || strings.Count(page, "</script>") != strings.Count(page, "<script") {
		t.Error("a label left its place")
	}
	text := stdhtml.UnescapeString(page)
	for _, label := range hostile[:6] {
		if !strings.Contains(text, label) {
			t.Errorf("label %q is not legible", label)
		}
	}
	for _, m := range dataPattern.FindAllStringSubmatch(page, -1) {
		if !json.Valid([]byte(m[2])) {
			t.Errorf("%s is not JSON", m[1])
		}
	}
}

func TestTheme(t *testing.T) {
	r := &content.Report{Lang: reports.English, Theme: ":root { --lvv-accent: #7a0019; }"}
	if page := write(t, r); !strings.Contains(page, "<style>:root { --lvv-accent: #7a0019; }</style>") {
		t.Error("the theme is not in the page")
	}
	for _, bad := range []string{"</style><script>", "@IMPORT 'x'", "a{background:url(https://example.org)}", "<!--"} {
		r.Theme = bad
		if err := Write(&bytes.Buffer{}, r); err == nil || !strings.Contains(err.Error(), "theme") {
			t.Errorf("theme %q: %v", bad, err)
		}
	}
}
