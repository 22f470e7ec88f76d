package html

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	stdhtml "html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/ingest/day"
	"lvv/ingest/guard"
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

func TestStatuses(t *testing.T) {
	page := words(t, controlled(t, reports.Dutch))
	rows := regexp.MustCompile(`<th scope="row">(casussen|mrt)</th><td>Tweede kwartaal van 2020</td>(?:<td[^>]*>[^<]*</td>){3}`).FindAllString(page, -1)
	if len(rows) != 2 || !strings.Contains(rows[0], ">921</td><td class=\"number\">947</td><td class=\"number\">26<") || !strings.Contains(rows[1], "niet aangeleverd") {
		t.Errorf("the rows behind the corrections read %q", rows)
	}
	for _, want := range []string{
		"&lt;5", "niet te bepalen", "niet beschikbaar", "niet aangeleverd: mrt",
		"&lt;5: minder dan 5, maar niet nul", "·: deze uitsplitsing wordt niet getoond", "Wat niet getoond wordt, telt wel mee in het totaal", "gearceerd: niet getoond",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, reports.ControlOff(reports.Dutch)) {
		t.Error("the page says that the control was off")
	}
}

// Beside figures that do not add up stands why not, in both languages.
func TestWhyNotSum(t *testing.T) {
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		page := stdhtml.UnescapeString(words(t, document(t, lang)))
		for _, s := range []reports.Subject{reports.SumLocations, reports.SumPersons, reports.SumInflow, reports.SumQuarters, reports.SumOutcomes, reports.SumExits,
			reports.SumDurable, reports.SumDuration, reports.SumShares, reports.SumGuidance, reports.SumSubgoals, reports.SumFunding, reports.SumBudget} {
			list := lang.WhyNotSum(s)
			if len(list) == 0 {
				t.Errorf("nothing is said of %s", s)
			}
			for _, text := range list {
				if !strings.Contains(page, text) {
					t.Errorf("%s: the page does not say %q", lang, text)
				}
			}
		}
	}
}

// Sentences name a period with the preposition that suits it.
func TestPeriodsWithinSentences(t *testing.T) {
	plain := strings.NewReplacer("\u00a0", " ")
	for _, c := range []struct {
		label, before string
		lang          reports.Lang
		want          []string
	}{
		{"2020-07-15..2020-07-15", "2020-07-14..2020-07-14", reports.Dutch, []string{
			"Op 15 juli 2020 was 84,2% van de 360 afgesproken plaatsen bezet.", "1,3 procentpunt meer dan op 14 juli 2020 (82,9%)",
			"Een bezette nacht kostte op 15 juli 2020 € 59,38.", "Van wat op 15 juli 2020 eindigde, duurde", "Op 15 juli 2020 was er recht op"}},
		{"2020-07-15..2020-07-31", "2020-07-01..2020-07-14", reports.English, []string{
			"In the period from 15 July 2020 to 31 July 2020, 84.2% of the 360 agreed places were occupied.",
			"1.3 percentage points more than in the period from 1 July 2020 to 14 July 2020 (82.9%)",
			"An occupied night cost €59.38 in the period from 15 July 2020 to 31 July 2020."}},
		{"2020-Q3", "2020-Q2", reports.Dutch, []string{
			"In het derde kwartaal van 2020 was 84,2%", "1,3 procentpunt meer dan in het tweede kwartaal van 2020 (82,9%)"}},
	} {
		d := document(t, c.lang)
		r := d.Published.Results()
		r.Period.Label = c.label
		for i := range r.Changes {
			r.Changes[i].Period = c.before
		}
		page := plain.Replace(stdhtml.UnescapeString(words(t, d)))
		for _, want := range c.want {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page does not say %q", c.label, want)
			}
		}
		if wrong := regexp.MustCompile(`\b[Ii]n [0-9]{1,2} `).FindString(page); wrong != "" {
			t.Errorf("%s: the page says %q", c.label, wrong)
		}
	}
}

// What is over is not forecast.
func TestTargetIsMetOrMissed(t *testing.T) {
	for _, c := range []struct {
		cases int64
		asOf  day.Day
		want  string
	}{
		{31, day.Of(2020, 9, 30), "Gaat het zo door"},
		{72, day.Of(2020, 9, 30), "Het doel van 72 is gehaald."},
		{71, day.Of(2022, 2, 28), "De pilot is voorbij; het doel van 72 is niet gehaald."},
		{80, day.Of(2022, 2, 28), "Het doel van 72 is gehaald."},
	} {
		d := document(t, reports.Dutch)
		r := d.Published.Results()
		set(r, "durable.cases", transform.CountOf(c.cases))
		r.Period.AsOf = c.asOf
		page := words(t, d)
		if !strings.Contains(page, c.want) || c.want != "Gaat het zo door" && strings.Contains(page, "Gaat het zo door") {
			t.Errorf("%d cases on %v: the page does not say %q alone", c.cases, c.asOf, c.want)
		}
	}
}

// Of hidden parts nothing is said, neither that they are smaller than what is shown nor that they are none.
func TestNothingIsSaidOfHiddenParts(t *testing.T) {
	d := controlled(t, reports.Dutch)
	r := d.Published.Results()
	before := words(t, d)
	for _, said := range []string{"De uitkomst was het vaakst", "De aanleiding was het vaakst", "De grootste bijzondere groep is", "De drukste nacht was", "was het volst"} {
		if !strings.Contains(before, said) {
			t.Fatalf("the page does not say %q where everything is shown", said)
		}
	}
	cover := func(id string, dims ...string) {
		f := r.Figure(id, dims...)
		f.Status, f.Reason, f.Value = transform.Suppressed, transform.Covered, transform.Value{}
	}
	set(r, "outflow.trajectories", transform.CountOf(5000)) // which leaves room for a large hidden part
	cover("outflow.trajectories", "outcome", "return")
	cover("outflow.trajectories", "outcome", "repeat_application")
	cover("conference.held", "moment", "progress")
	cover("subgoal.admitted", "special_group", "stateless")
	cover("occupancy.utilisation", "location", "Walborg")
	set(r, "occupancy.peak", r.SeriesNamed("occupancy.places").Rows[3][1])
	d.Published.Withheld = 3
	r.Changes[1].Was, r.Changes[1].Difference, r.Changes[1].Status = transform.Value{}, transform.Value{}, transform.Suppressed
	r.Restatements = nil
	page := words(t, d)
	for _, said := range []string{"De uitkomst was het vaakst", "De aanleiding was het vaakst", "De grootste bijzondere groep is",
		"De drukste nacht was", "Er zijn geen correcties", "geen eerdere periode"} {
		if strings.Contains(page, said) {
			t.Errorf("the page says %q, which it cannot know", said)
		}
	}
	for _, want := range []string{"Wat het vaakst voorkwam, is niet te zeggen", "Van de locaties waarvan we het tonen: ",
		"Het was het drukst op onder meer", "omdat het eerdere rapport het cijfer niet toonde: 3.", "niet te vergelijken met het tweede kwartaal van 2020"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// Hidden figures have no value in a picture: their marks are as long whatever they hide.
func TestHiddenMarksSayNothing(t *testing.T) {
	d := controlled(t, reports.Dutch)
	hidden := d.Published.Results().Figure("outflow.trajectories", "outcome", "onward")
	before := pages[reports.Dutch](t)
	hidden.Value = transform.CountOf(4) // a slip of the control: the status must be enough
	if write(t, d) != before {
		t.Error("a suppressed figure's value changes the page")
	}
}

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

var optionsPattern = regexp.MustCompile(`(?s)<script type="application/json" id="chart-([a-z-]+)-options">(.*?)</script>`)

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

// Both palettes: text against its ground, marks against the surface, and marks against each other by
// lightness alone.
func TestPalette(t *testing.T) {
	css := asset("page.css")
	light, dark, ok := strings.Cut(css, "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark mode in the style sheet")
	}
	for name, part := range map[string]string{"light": light, "dark": dark} {
		colours := map[string][3]float64{}
		for _, m := range regexp.MustCompile(`--lvv-([a-z0-9-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(part, -1) {
			colours[m[1]] = rgb(t, m[2])
		}
		check := func(front, back string, least float64) {
			if c := contrast(colours[front], colours[back]); c < least {
				t.Errorf("%s: %s on %s has contrast %.2f, want %.1f", name, front, back, c, least)
			}
		}
		for _, text := range []string{"ink", "ink-soft", "accent"} {
			check(text, "surface", 4.5)
			check(text, "page", 4.5)
		}
		check("warning-ink", "warning", 4.5)
		var marks []string
		for i := 1; i <= 4; i++ {
			marks = append(marks, fmt.Sprintf("chart-%d", i))
		}
		for i, m := range marks {
			check(m, "surface", 3)
			for _, other := range marks[:i] {
				if d := math.Abs(lightness(colours[m]) - lightness(colours[other])); d < 7 {
					t.Errorf("%s: %s and %s differ by %.1f in lightness, want 7", name, m, other, d)
				}
			}
		}
		check("chart-target", "surface", 3)
		check("chart-hidden", "surface", 3)
	}
}

func rgb(t *testing.T, hex string) (c [3]float64) {
	t.Helper()
	for i := range c {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		if v := float64(n) / 255; v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// lightness is L* of CIELAB.
func lightness(c [3]float64) float64 { return 116*math.Cbrt(luminance(c)) - 16 }

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
