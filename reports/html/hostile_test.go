package html

import (
	"bytes"
	"encoding/json"
	stdhtml "html"
	"strings"
	"testing"

	"lvv/reports"
	"lvv/transform"
)

func TestHostileLabels(t *testing.T) {
	hostile := []string{
		`</script><img src=x onerror=alert(1)>`, `__f__function(){alert(1)}__f__`, `=HYPERLINK("https://example.org")`,
		`"quoted" & 'single' {a}{b|c}`, "🏠 opvang", "מקלט القاهرة", `--><!--`, `%s%d`,
	}
	d := document(t, reports.Dutch)
	r := d.Published.Results()
	locations := []string{"Walborg", "Havenstraat", "Transformatorweg", "Ringdijk 12", "Zeeburgerpad"}
	for i, old := range locations {
		rename(r, old, hostile[i])
	}
	rename(r, "rijk", hostile[5])
	r.Pilot = hostile[6] + hostile[0]
	d.Quality.Findings[0].Title = hostile[7] + hostile[0]
	page := write(t, d)
	for _, name := range []string{"echarts.min.js", "langNL.js", "charts.js", "page.js"} {
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
	for _, m := range optionsPattern.FindAllStringSubmatch(page, -1) {
		if !json.Valid([]byte(m[2])) {
			t.Errorf("options of %s are not JSON", m[1])
		}
	}
}

func rename(r *transform.Results, old, label string) {
	for i := range r.Figures {
		for j := range r.Figures[i].Dims {
			if r.Figures[i].Dims[j].Value == old {
				r.Figures[i].Dims[j].Value = label
			}
		}
	}
}

func TestTheme(t *testing.T) {
	d := document(t, reports.English)
	d.Theme = []byte(":root { --lvv-accent: #7a0019; }")
	if page := words(t, d); !strings.Contains(page, "<style>:root { --lvv-accent: #7a0019; }</style>") {
		t.Error("the theme is not in the page")
	}
	for _, bad := range []string{"</style><script>", "@IMPORT 'x'", "a{background:url(https://example.org)}", "<!--"} {
		d.Theme = []byte(bad)
		if err := Write(&bytes.Buffer{}, d, &Pictures{}); err == nil || !strings.Contains(err.Error(), "theme") {
			t.Errorf("theme %q: %v", bad, err)
		}
	}
}
