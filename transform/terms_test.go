package transform

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/internal/day"
)

const goodTerms = `pilot: Proefstad
start: 2019-03-01
published: 2019-03-01
places: 360
rate_per_place_per_day: 50.00
funding_sources: [{name: rijk, share: 0.5}, {name: gemeentefonds, share: 0.5}]
`

func load(t *testing.T, text string) (*Terms, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pilot.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	terms, err := LoadTerms(path)
	if err != nil {
		return nil, &shortened{strings.ReplaceAll(err.Error(), path, "pilot.yaml")}
	}
	return terms, nil
}

// shortened is an error without the folder of the test.
type shortened struct{ text string }

func (e *shortened) Error() string { return e.text }

func TestLoadTermsDefaults(t *testing.T) {
	terms, err := load(t, goodTerms)
	if err != nil {
		t.Fatal(err)
	}
	if terms.End != d("2022-02-28") {
		t.Errorf("the pilot ends %s, want the day before 36 months after publication", terms.End)
	}
	if terms.RateCents != 5000 || terms.TargetCases != 72 || terms.Pilots != 5 || terms.AMIF.Indicators != "amif-2014-2020" || terms.MinCell != 5 {
		t.Errorf("terms = %+v", terms)
	}
	if got := terms.PlacesOn(terms.End + 1); got != 0 {
		t.Errorf("%d places after the end, want 0", got)
	}
}

func TestLoadTermsInFull(t *testing.T) {
	terms, err := load(t, `pilot: Proefstad
start: 2019-03-01
end: 2020-12-31
places: [{from: 2019-03-01, places: 360}, {from: 2020-01-01, places: 300}]
target_cases: 10
rate_per_place_per_day: 49.9
funding_sources: [{name: rijk, share: 0.3333333333333333}, {name: gemeentefonds, share: 0.6666666666666667}]
budget: {2020: {gemeentefonds: 1.05}, 2019: {rijk: 4000000, gemeentefonds: 2.5}}
pilots: 4
review_days: 30
change_moment_days: 14
long_stay_days: 365
meetings_per_year: 6
scenario_days: 56
review_interval_days: 90
course_gap_days: 14
milestones: [{date: 2020-09-01, name: tussentijdse evaluatie}, {date: 2019-06-01, name: eerste halfjaar}]
extensions: [{decided: 2020-06-15, end: 2021-06-30, target_cases: 15}, {decided: 2021-05-01, end: 2021-12-31}]
attention: {occupancy: 0.7, on_time: 0.9}
disclosure: {min_cell: 10, k: 6, l: 3}
amif: {indicators: amif-2021-2027, project: P-1}
epoch: 2
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day  string
		want int64
	}{{"2019-02-28", 0}, {"2019-03-01", 360}, {"2019-12-31", 360}, {"2020-01-01", 300}, {"2020-12-31", 300}, {"2021-01-01", 0}} {
		if got := terms.PlacesOn(d(c.day)); got != c.want {
			t.Errorf("%d places on %s, want %d", got, c.day, c.want)
		}
	}
	if terms.ScenarioDays != 56 || terms.ReviewIntervalDays != 90 || terms.CourseGapDays != 14 || terms.Attention != (Attention{0.7, 1, 0.75, 0.9}) {
		t.Errorf("terms = %+v", terms)
	}
	if m := terms.Milestones; len(m) != 2 || m[0] != (Milestone{d("2019-06-01"), "eerste halfjaar"}) {
		t.Errorf("milestones = %v", m)
	}
	for _, c := range []struct {
		day, end string
		target   int64
	}{{"2020-06-14", "2020-12-31", 10}, {"2020-06-15", "2021-06-30", 15}, {"2021-05-01", "2021-12-31", 15}} {
		if known := terms.KnownOn(d(c.day)); known.End != d(c.end) || known.TargetCases != c.target {
			t.Errorf("known on %s: end %s, target %d", c.day, known.End, known.TargetCases)
		}
	}
	if terms.LastDay() != d("2021-12-31") {
		t.Errorf("last day %s", terms.LastDay())
	}
	want := []Budget{{2019, "rijk", 400000000}, {2019, "gemeentefonds", 250}, {2020, "gemeentefonds", 105}}
	if len(terms.Budget) != 3 || terms.Budget[0] != want[0] || terms.Budget[1] != want[1] || terms.Budget[2] != want[2] {
		t.Errorf("budget = %v, want %v", terms.Budget, want)
	}
	if terms.RateCents != 4990 || terms.Epoch != 2 || terms.AMIF != (AMIF{"amif-2021-2027", "P-1"}) || terms.K != 6 {
		t.Errorf("terms = %+v", terms)
	}
}

func TestLoadTermsFaults(t *testing.T) {
	replace := func(old, with string) string { return strings.Replace(goodTerms, old, with, 1) }
	for _, c := range []struct{ name, text, want string }{
		{"unknown setting", goodTerms + "plaatsen: 3\n", `pilot.yaml:7: unknown setting plaatsen; known are pilot, start,`},
		{"twice", goodTerms + "places: 3\n", `pilot.yaml:7: places stands twice, first on line 4; keep one`},
		{"missing", replace("start: 2019-03-01\n", ""), `pilot.yaml:1: start is missing; it must be given`},
		{"no end", replace("published: 2019-03-01\n", ""), `pilot.yaml:1: neither published nor end is set`},
		{"date", replace("start: 2019-03-01", "start: 2019-02-29"), `pilot.yaml:2: "2019-02-29" is not a date (yyyy-mm-dd, 1900-2100)`},
		{"end first", goodTerms + "end: 2018-01-01\n", `pilot.yaml:7: end 2018-01-01 lies before start 2019-03-01`},
		{"shares", replace("share: 0.5}]", "share: 0.4}]"), `pilot.yaml:6: the shares of funding_sources sum to 0.9; they must sum to exactly 1`},
		{"source twice", replace("gemeentefonds", "Rijk"), `pilot.yaml:6: funding source "Rijk" stands twice`},
		{"decimals", replace("50.00", "50.005"), `pilot.yaml:5: "50.005" is not a number from 0.01`},
		{"comma", replace("50.00", "'50,00'"), `"50,00" is not a number from 0.01 to 1000000000000 with at most 2 decimals and a dot, such as 0.5`},
		{"whole", replace("360", "many"), `pilot.yaml:4: "many" is not a whole number from 0 to 10000000`},
		{"places late", replace("places: 360", "places: [{from: 2019-04-01, places: 3}]"), `pilot.yaml:4: places say nothing about the pilot's first day 2019-03-01`},
		{"places order", replace("places: 360", "places: [{from: 2019-03-01, places: 3}, {from: 2019-03-01, places: 4}]"), `list them in order of date`},
		{"budget source", goodTerms + "budget: {2019: {stadsdeel: 1}}\n", `pilot.yaml:7: unknown setting budget.2019.stadsdeel; known are rijk, gemeentefonds`},
		{"budget year", goodTerms + "budget: {2016: {rijk: 1}}\n", `pilot.yaml:7: "2016" is not a whole number from 2019 to 2022`},
		{"nested unknown", goodTerms + "disclosure: {min: 3}\n", `pilot.yaml:7: unknown setting disclosure.min; known are min_cell, k, l`},
		{"indicators", goodTerms + "amif: {indicators: amif}\n", `pilot.yaml:7: "amif" is not known; expected one of amif-2014-2020, amif-2021-2027`},
		{"list for a text", replace("pilot: Proefstad", "pilot: [a]"), `pilot.yaml:1: expected a text`},
		{"extension early", goodTerms + "extensions: [{decided: 2018-01-01, end: 2023-01-01}]\n", `pilot.yaml:7: the extension was decided on 2018-01-01, before the pilot's start 2019-03-01`},
		{"extension shortens", goodTerms + "extensions:\n  - {decided: 2020-01-01, end: 2022-02-28}\n", `pilot.yaml:8: the extension ends on 2022-02-28, not after 2022-02-28, when the pilot ends without it`},
		{"extension late", goodTerms + "extensions: [{decided: 2024-01-01, end: 2023-01-01}]\n", `pilot.yaml:7: the extension was decided on 2024-01-01, after its own end 2023-01-01`},
		{"extensions order", goodTerms + "extensions: [{decided: 2021-01-01, end: 2023-01-01}, {decided: 2020-01-01, end: 2024-01-01}]\n", `list them in order of decision`},
		{"extension without end", goodTerms + "extensions: [{decided: 2021-01-01}]\n", `pilot.yaml:7: extensions.end is missing`},
		{"extensions no list", goodTerms + "extensions: 2022-12-31\n", `pilot.yaml:7: extensions: expected a list such as [{decided: 2021-11-15,`},
		{"milestone", goodTerms + "milestones: [{date: 2020-09-01, naam: x}]\n", `pilot.yaml:7: unknown setting milestones.naam; known are date, name`},
		{"attention", goodTerms + "attention: {location_low: 1.2}\n", `pilot.yaml:7: attention: location_low 1.2 lies above location_high 1`},
		{"attention high", goodTerms + "attention: {on_time: 80}\n", `pilot.yaml:7: "80" is not a number from 0 to 1 with at most 4 decimals`},
		{"empty", "", `pilot.yaml:1: expected settings of the form name: value`},
		{"not yaml", "pilot: [", `pilot.yaml:1: not readable as YAML; each setting is name: value`},
		{"indented", goodTerms + "  target_cases: 3\n", `pilot.yaml:7: not readable as YAML`},
		{"dash", goodTerms + "- target_cases: 3\n", `pilot.yaml:7: not readable as YAML`},
		{"no colon", goodTerms + "target_cases 3\n", `pilot.yaml:7: not readable as YAML`},
		{"tab", goodTerms + "\tpilots: 3\n", `pilot.yaml:7: not readable as YAML`},
		{"brace", goodTerms + "disclosure: {k: 5\npilots: 3\n", `pilot.yaml:8: not readable as YAML`},
		{"escape", replace("Proefstad", `"\q"`), `pilot.yaml:1: not readable as YAML; each`},
		{"Windows-1252", goodTerms + "amif: {project: Caf\xe9}\n", `pilot.yaml:7: a character is not UTF-8; save the file as UTF-8`},
		{"second document", goodTerms + "---\npilots: 3\n", `pilot.yaml:8: a second document begins here; put all settings in one`},
		{"broken second document", goodTerms + "---\npilots: [\n", `pilot.yaml:8: not readable as YAML`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(t, c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v\nwant   %s", err, c.want)
			}
		})
	}
}

func TestLoadTermsOneDocument(t *testing.T) {
	for _, text := range []string{"---\n" + goodTerms, goodTerms + "...\n", goodTerms + "---\n", "\ufeff" + goodTerms, strings.ReplaceAll(goodTerms, "\n", "\r\n")} {
		if _, err := load(t, text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestLoadTermsAllFaults expects independent faults together, in order of line.
func TestLoadTermsAllFaults(t *testing.T) {
	_, err := load(t, "pilot: ''\nstart: x\nwrong: 1\n")
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) < 5 || !strings.HasPrefix(lines[0], "pilot.yaml:1:") || !strings.HasPrefix(lines[len(lines)-1], "pilot.yaml:3:") {
		t.Errorf("faults:\n%v", err)
	}
}

func TestLoadTermsMissingFile(t *testing.T) {
	if _, err := LoadTerms(filepath.Join(t.TempDir(), "none.yaml")); err == nil || !strings.Contains(err.Error(), "lvv init DIR makes one") {
		t.Errorf("error %v does not name the way out", err)
	}
}

func FuzzTerms(f *testing.F) {
	f.Add([]byte(goodTerms))
	f.Add([]byte("places: [{from: 2019-03-01, places: 3}]\nbudget: {2019: {rijk: 1}}\n"))
	f.Add([]byte("&a [*a]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		terms, err := ParseTerms("pilot.yaml", text)
		if (terms == nil) == (err == nil) {
			t.Fatalf("terms %v, error %v", terms, err)
		}
		if err == nil && terms.End < terms.Start {
			t.Fatalf("accepted a pilot from %s to %s", terms.Start, terms.End)
		}
	})
}

func TestParsePeriod(t *testing.T) {
	terms := testTerms()
	for _, c := range []struct{ label, asOf, from, to, wantAsOf string }{
		{"2020-Q3", "", "2020-07-01", "2020-09-30", "2020-09-30"},
		{"2020-Q1", "2020-04-15", "2020-01-01", "2020-03-31", "2020-04-15"},
		{"2020-09", "", "2020-09-01", "2020-09-30", "2020-09-30"},
		{"2020-02", "", "2020-02-01", "2020-02-29", "2020-02-29"},
		{"2020", "", "2020-01-01", "2020-12-31", "2020-12-31"},
		{"2020-07-05..2020-07-05", "", "2020-07-05", "2020-07-05", "2020-07-05"},
		{"all", "", "2019-03-01", "2022-02-28", "2022-02-28"},
		{"all", "2022-06-01", "2019-03-01", "2022-02-28", "2022-06-01"},
	} {
		p, err := ParsePeriod(c.label, c.asOf, terms)
		if err != nil || p.From != d(c.from) || p.To != d(c.to) || p.AsOf != d(c.wantAsOf) || p.Label != c.label || p.WholeRun != (c.label == "all") {
			t.Errorf("%s as of %q: %+v, %v", c.label, c.asOf, p, err)
		}
	}
	if p, err := ParsePeriod("2020-q3", "", terms); err != nil || p.Label != "2020-Q3" {
		t.Errorf("2020-q3 is called %q, %v; want the one name of the quarter", p.Label, err)
	}
	for _, c := range []struct{ label, asOf, want string }{
		{"2020-Q5", "", "is not a period"}, {"2020-13", "", "is not a period"}, {"20-09", "", "is not a period"},
		{"", "", "is not a period"}, {"2020-Q", "", "is not a period"}, {"1899", "", "is not a period"}, {"2020-9", "", "is not a period"},
		{"2020-09-30..2020-09-01", "", "ends before it begins"}, {"2020-02-30..2020-03-01", "", "is not a date"},
		{"2020-Q3", "2020-09-29", "lies before 2020-09-30, the last day of period 2020-Q3"}, {"2020-Q3", "soon", "reference date"},
	} {
		if p, err := ParsePeriod(c.label, c.asOf, terms); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s as of %q: %+v, %v; want an error with %q", c.label, c.asOf, p, err, c.want)
		}
	}
}

func TestPeriodBefore(t *testing.T) {
	terms := testTerms()
	for _, c := range []struct{ label, want, from, to string }{
		{"2020-Q3", "2020-Q2", "2020-04-01", "2020-06-30"},
		{"2020-Q1", "2019-Q4", "2019-10-01", "2019-12-31"},
		{"2020-01", "2019-12", "2019-12-01", "2019-12-31"},
		{"2020", "2019", "2019-01-01", "2019-12-31"},
		{"2020-07-11..2020-07-20", "2020-07-01..2020-07-10", "2020-07-01", "2020-07-10"},
		{"2020-02-01..2020-04-30", "2019-11-03..2020-01-31", "2019-11-03", "2020-01-31"},
	} {
		p, err := ParsePeriod(c.label, "", terms)
		if err != nil {
			t.Fatal(err)
		}
		b, ok := p.Before()
		if !ok || b.Label != c.want || b.From != d(c.from) || b.To != d(c.to) || b.AsOf != b.To {
			t.Errorf("before %s: %+v, want %s %s to %s", c.label, b, c.want, c.from, c.to)
		}
	}
	all, _ := ParsePeriod("all", "", terms)
	if b, ok := all.Before(); ok {
		t.Errorf("before the whole pilot: %+v", b)
	}
}

// PlacesOn returns the agreed number of places on a day, 0 outside the pilot.
func (t *Terms) PlacesOn(d day.Day) int64 {
	var n int64
	if d < t.Start || d > t.End {
		return 0
	}
	for _, p := range t.Places {
		if p.From <= d {
			n = p.Places
		}
	}
	return n
}
