package html

import (
	stdhtml "html"
	"regexp"
	"strings"
	"testing"

	"lvv/internal/day"
	"lvv/reports"
	"lvv/transform"
)

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

// plurals are words that do not go with one.
var plurals = regexp.MustCompile(`(?:^|[^\d.,])1 (?:\pL+ )?(?:mensen|people|aanmeldingen|applications|toelatingen|admissions|departures|oplossingen|solutions|zaken|cases|times)\b|\b(?:zijn|sliepen|kwamen|are|were) (?:er )?1\b`)

// Of one person the page does not speak as of many.
func TestOneOfEach(t *testing.T) {
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		d := document(t, lang)
		r := d.Published.Results()
		for i := range r.Figures {
			if f := &r.Figures[i]; f.Value.Kind() == transform.Count {
				f.Value = transform.CountOf(1)
			}
		}
		for _, s := range r.Series {
			for _, row := range s.Rows {
				for i := range row {
					if row[i].Kind() == transform.Count {
						row[i] = transform.CountOf(1)
					}
				}
			}
		}
		if found := plurals.FindAllString(stdhtml.UnescapeString(words(t, d)), -1); len(found) > 0 {
			t.Errorf("%s: the page says %q", lang, found)
		}
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
