package content

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/reports"
	"lvv/reports/content/contenttest"
	"lvv/transform"
	"lvv/transform/engine"
)

// allText is every text of a report, a line each.
func allText(r *Report) string {
	var list []string
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			list = append(list, v.String())
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[published.Figure]() || v.Type() == reflect.TypeFor[engine.Value]() {
				return
			}
			for _, field := range v.Fields() {
				walk(field)
			}
		}
	}
	walk(reflect.ValueOf(r))
	return strings.ReplaceAll(strings.Join(list, "\n"), "\u00a0", " ")
}

func says(t *testing.T, d *published.Document, want ...string) {
	t.Helper()
	text := allText(Of(d))
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("the report does not say %q", w)
		}
	}
}

func TestMarks(t *testing.T) {
	says(t, contenttest.Document("nl"), "<5", "5-11", "niet te bepalen", "niet beschikbaar", "niet aangeleverd: mrt", "minder dan 5, maar niet nul",
		"het aantal ligt daartussen", "deze uitsplitsing tonen we niet", "Wat we niet tonen, telt wel mee in het totaal", "5 tot en met 11")
	if text := allText(Of(contenttest.Document("nl"))); strings.Contains(text, "stond uit") {
		t.Error("the report says that the control was off")
	}
	says(t, contenttest.Open("nl"), "De bescherming van kleine aantallen stond uit.")
}

func TestRanges(t *testing.T) {
	b := &builder{doc: contenttest.Document("en"), Lang: reports.English}
	for want, r := range map[string]*published.Range{
		"5-11": {Low: 5, High: 11}, "0": {}, "1,200-1,300": {Low: 1200, High: 1300}, "7 or more": {Low: 7, High: published.Unbounded},
		"not shown": {Low: 0, High: published.Unbounded},
	} {
		f := &published.Figure{Unit: "count", Range: r}
		if got := b.show(f); got != want {
			t.Errorf("%v reads %q, want %q", *r, got, want)
		}
		p := b.point(f)
		if drawn := r.High != published.Unbounded; p.Drawn != drawn || drawn && (p.Low != float64(r.Low) || p.High != float64(r.High) || p.Hidden() != (r.Low != r.High)) {
			t.Errorf("%v is drawn as %+v", *r, p)
		}
	}
}

// A share of fewer than ten is written and not drawn.
func TestShareOfFew(t *testing.T) {
	b := &builder{doc: contenttest.Document("nl"), Lang: reports.Dutch}
	share := func(n, of int64) *published.Figure {
		return &published.Figure{Unit: "ratio", Value: engine.RealOf(float64(n) / float64(of)), Numerator: engine.CountOf(n), Denominator: engine.CountOf(of)}
	}
	if p := b.point(share(1, 1)); p.Drawn || p.Text != "1 van 1" {
		t.Errorf("one of one is %+v", p)
	}
	if p := b.point(share(8, 12)); !p.Drawn || p.Text != "66,7% (8 van 12)" {
		t.Errorf("eight of twelve is %+v", p)
	}
}

// plurals are words that do not go with one.
var plurals = regexp.MustCompile(`(?:^|[^\d.,])1 (?:\pL+ )?(?:mensen|people|aanmeldingen|applications|toelatingen|admissions|departures|oplossingen|solutions|casussen|cases|times)\b|\b(?:zijn|sliepen|kwamen|are|were) (?:er )?1\b`)

// Of one person the report does not speak as of many.
func TestOneOfEach(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		d := contenttest.Open(lang)
		for i := range d.Figures {
			if f := &d.Figures[i]; f.Value.Kind() == engine.Count {
				f.Value = engine.CountOf(1)
			}
		}
		d.Figure("durable.expected").Value = engine.RealOf(2)
		if found := plurals.FindAllString(allText(Of(d)), -1); len(found) > 0 {
			t.Errorf("%s: the report says %q", lang, found)
		}
	}
}

// Beside figures that do not add up stands why not, in both languages.
func TestWhyNotSum(t *testing.T) {
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		d := contenttest.Open(string(lang))
		b := &builder{doc: d, Lang: lang}
		for _, of := range []reasons{sumLocations, sumPersons, sumInflow, sumQuarters, sumOutcomes, sumExits, sumDurable, sumDuration,
			sumShares, sumGuidance, sumSubgoals, sumFunding, sumBudget} {
			says(t, d, b.whyNot(of)...)
		}
	}
}

// Sentences name a period with the preposition that suits it.
func TestPeriodsWithinSentences(t *testing.T) {
	for _, c := range []struct {
		label, before, lang string
		want                []string
	}{
		{"2020-07-15..2020-07-15", "2020-07-14..2020-07-14", "nl", []string{
			"Op 15 juli 2020 was 84,2% van de 360 afgesproken plaatsen bezet.", "1,3 procentpunt meer dan op 14 juli 2020 (82,9%)",
			"Op 15 juli 2020 was er per bezette nacht € 59,38 bijdrage.", "Op 15 juli 2020 duurde de helft"}},
		{"2020-07-15..2020-07-31", "2020-07-01..2020-07-14", "en", []string{
			"In the period from 15 July 2020 to 31 July 2020, 84.2% of the 360 agreed places were occupied.",
			"1.3 percentage points more than in the period from 1 July 2020 to 14 July 2020 (82.9%)"}},
		{"2020-Q3", "2020-Q2", "nl", []string{"In het derde kwartaal van 2020 was 84,2%", "1,3 procentpunt meer dan in het tweede kwartaal van 2020 (82,9%)"}},
	} {
		d := contenttest.Open(c.lang)
		d.Period.Label = c.label
		for i := range d.Compared {
			d.Compared[i].Period = c.before
		}
		says(t, d, c.want...)
		if wrong := regexp.MustCompile(`\b[Ii]n [0-9]{1,2} `).FindString(allText(Of(d))); wrong != "" {
			t.Errorf("%s: the report says %q", c.label, wrong)
		}
	}
}

// What is over is not forecast, and where the registers say nothing about the goal, the report does not either.
func TestVerdictOnTheTarget(t *testing.T) {
	for _, c := range []struct {
		cases   int64
		asOf    day.Day
		finding string
		want    string
	}{
		{31, day.Of(2020, 9, 30), "", "Gaat het zo door"},
		{72, day.Of(2020, 9, 30), "", "Het doel van 72 is gehaald."},
		{71, day.Of(2022, 2, 28), "", "De pilot is voorbij; het doel van 72 is niet gehaald."},
		{80, day.Of(2022, 2, 28), "", "Het doel van 72 is gehaald."},
		{71, day.Of(2022, 2, 28), "register_not_current", "de registers lopen niet door tot de peildatum"},
		{31, day.Of(2020, 9, 30), "period_outside_pilot", "de registers lopen niet door tot de peildatum"},
		{3, day.Of(2019, 5, 31), "", "de pilot loopt korter dan een half jaar"},
	} {
		d := contenttest.Open("nl")
		d.Figure("durable.cases").Value = engine.CountOf(c.cases)
		d.Period.AsOf = c.asOf
		if c.finding != "" {
			d.Quality.Findings = append(d.Quality.Findings, published.Finding{Check: c.finding, Severity: "high", Title: "x", Count: 1})
		}
		says(t, d, c.want)
		text := allText(Of(d))
		for _, verdict := range []string{"Gaat het zo door", "De pilot is voorbij", "is gehaald"} {
			if strings.Contains(text, verdict) && !strings.Contains(c.want, verdict) && !strings.Contains(c.want, "is gehaald") {
				t.Errorf("%+v: the report says %q", c, verdict)
			}
		}
	}
}

// Where the registers stop early, lines end with them, and it is said up to when there are data.
func TestLinesEndWithTheRegisters(t *testing.T) {
	d := contenttest.Open("nl")
	d.DataTo = day.Of(2020, 8, 15)
	says(t, d, "Gegevens tot en met 15 augustus 2020.")
	withheld := contenttest.Open("nl")
	withheld.DataTo, withheld.Quality.Tables = d.DataTo, []published.TableCount{{Table: "stays", Delivered: true, Withheld: true}}
	says(t, withheld, "Gegevens tot en met 15 augustus 2020; hoe ver de registers gaan waarvan we het aantal regels niet noemen, zeggen we ook niet.")
	d.Quality.Findings = append(d.Quality.Findings, published.Finding{Check: "register_not_current", Severity: "high", Title: "Een register is niet bij", Count: 1})
	for _, s := range Of(d).Sections {
		for _, p := range s.Parts {
			if p.Chart == nil || p.Chart.X.Format != "date" {
				continue
			}
			for _, series := range p.Chart.Series {
				for _, point := range series.Points {
					if point.X.Day() > d.DataTo && series.Role != Target {
						t.Fatalf("%s: %s runs on to %v", p.ID, series.Name, point.X.Day())
					}
				}
			}
		}
	}
}

func TestLargest(t *testing.T) {
	b := &builder{doc: &published.Document{MinCell: 5}}
	for parts, want := range map[string]string{
		"6 ? 0": "", "8 16 11 <5 1-8": "16 11", "5 <5 <5": "5", "9 9 9": "", "12 9 9": "12", "12 9 4": "12 9", "0 0": "", "7 3 5-7": "", "8 3 5-7": "8", "": "", "? ?": "",
	} {
		var list []*published.Figure
		for mark := range strings.FieldsSeq(parts) {
			f := &published.Figure{Unit: "count", Dims: []transform.Dim{{Name: "d", Value: mark}}}
			var low, high int64
			switch n, _ := fmt.Sscanf(mark, "%d-%d", &low, &high); {
			case mark == "?":
				f.Range = &published.Range{High: published.Unbounded}
			case mark == "<5":
				f.Hidden = published.Small
			case n == 2:
				f.Range = &published.Range{Low: low, High: high}
			default:
				f.Value = engine.CountOf(low)
			}
			list = append(list, f)
		}
		var got []string
		for _, f := range b.largest(list, 2) {
			got = append(got, f.Dims[0].Value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: largest are %q, want %q", parts, got, want)
		}
	}
}

// In a period in which nothing happened zeros are told, and nothing is drawn of them or called the most.
func TestNobody(t *testing.T) {
	d := contenttest.Open("nl")
	for i := range d.Figures {
		if f := &d.Figures[i]; f.Unit == "count" {
			f.Value = engine.CountOf(0)
		}
	}
	for i := range d.Series {
		if s := &d.Series[i]; s.ID == "flow.quarters" || s.ID == "occupancy.places" {
			for _, row := range s.Rows {
				for j := range row[1:] {
					row[j+1] = engine.CountOf(0)
				}
			}
		}
	}
	undrawn := []string{"inflow-admission", "inflow-refusals", "conference-held", "conference-grounds", "flow-quarters", "subgoal-level"}
	for _, s := range Of(d).Sections {
		for _, p := range s.Parts {
			if slices.Contains(undrawn, p.ID) && (p.Chart != nil || p.Missing == "" && p.Text == "") {
				t.Errorf("%s is drawn, or says nothing", p.ID)
			}
			for _, wrong := range []string{"meest voorkomende", "drukst", "De grootste"} {
				if strings.Contains(p.Text, wrong) {
					t.Errorf("%s says %q", p.ID, p.Text)
				}
			}
		}
	}
}

// A document without figures or series still makes a report, which says what is missing.
func TestNothingComputed(t *testing.T) {
	d := &published.Document{Pilot: "Leeg", Lang: "nl", Period: transform.Period{Label: "2020"}}
	says(t, d, "Dit is niet berekend.", "niet beschikbaar")
	for _, s := range Of(d).Sections {
		for _, p := range s.Parts {
			if p.Chart != nil {
				t.Errorf("%s is drawn of nothing", p.ID)
			}
		}
	}
}

// Ids of parts and charts occur once, rows have a cell a column, and everything has its words in both languages.
func TestReportIsWhole(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		r := Of(contenttest.Document(lang))
		words := reflect.ValueOf(r.Words)
		for i := range words.NumField() {
			if words.Field(i).String() == "" {
				t.Errorf("%s: no word for %s", lang, words.Type().Field(i).Name)
			}
		}
		seen := map[string]bool{}
		parts := []Part{r.Changed, r.Trust, r.Decide}
		for _, s := range r.Sections {
			if s.Sheet == "" || len([]rune(s.Sheet)) > 31 || s.Lead == "" {
				t.Errorf("%s: section %s has no short name or no lead", lang, s.ID)
			}
			parts = append(parts, s.Parts...)
			if seen[s.ID] {
				t.Errorf("%s: two things are called %s", lang, s.ID)
			}
			seen[s.ID] = true
		}
		for _, p := range parts {
			if p.ID == "" || p.Title == "" || seen[p.ID] {
				t.Errorf("%s: part %q (%s) has no title, or not an id of its own", lang, p.ID, p.Title)
			}
			seen[p.ID] = true
			if p.Table == nil {
				continue
			}
			for _, row := range append(slices.Clone(p.Table.Rows), p.Table.Total) {
				if row != nil && len(row) != len(p.Table.Columns) {
					t.Errorf("%s: a row of %s has %d cells for %d columns", lang, p.ID, len(row), len(p.Table.Columns))
				}
			}
		}
	}
}
