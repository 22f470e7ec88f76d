package content

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/reports/content/contenttest"
	"lvv/transform/engine"
)

// questions are what a steering group asks of a report, each with the sentence that answers it.
var questions = []struct {
	question string
	answer   *regexp.Regexp
}{
	{"Liggen we op koers?", regexp.MustCompile(`^Op \d+ \pL+ \d+ staan we op \d+\. Bij een gelijk tempo waren het er \d+\.`)},
	{"Wat is er veranderd?", regexp.MustCompile(`^Bestendige oplossingen tot nu toe: \d+, was \d+; verschil −?\d+`)},
	{"Welke locatie vraagt aandacht?", regexp.MustCompile(`(is voller dan de plaatsen daar: [\d,]+%; de grens is \d+%|is voor [\d,]+% benut; de grens is \d+%)\.$`)},
	{"Wat moeten we besluiten?", regexp.MustCompile(`; de grens is \d+%\.$`)},
	{"Hoe zeker is het?", regexp.MustCompile(`^(Alle registers zijn aangeleverd\.|Niet aangeleverd: )`)},
	{"Hoe lang duurt de begeleiding?", regexp.MustCompile(`^\d+ dagen en dan is de helft van de begeleiding afgelopen`)},
	{"Klopt het geld?", regexp.MustCompile(`^€ [\d.]+ (nog te ontvangen|vooruit ontvangen)`)},
	{"Wat is verborgen?", regexp.MustCompile(`^Kleine aantallen over mensen tonen we niet: daar staat <5\.`)},
}

// firstScreens are the sentences of the first two screens, which the two pages to print hold as well.
func firstScreens(r *Report) []string {
	var list []string
	add := func(text string) { list = append(list, strings.ReplaceAll(text, "\u00a0", " ")) }
	for _, c := range r.Cards {
		add(c.Value.Text + " " + c.Unit)
		add(c.Text)
	}
	for _, p := range []Part{r.Decide, r.Changed, r.Trust} {
		add(p.Text)
		for _, item := range p.Items {
			add(item.Text)
		}
	}
	for _, row := range r.Changed.Table.Rows {
		add(row[0].Text + ": " + row[1].Text + ", was " + row[2].Text + "; verschil " + row[3].Text)
	}
	return list
}

// TestQuestions finds the answer to each question on the first two screens, and beside it in the README.
func TestQuestions(t *testing.T) {
	d := contenttest.Document("nl")
	for i := range d.Figures {
		if f := &d.Figures[i]; f.ID == "course.survival_median" && f.Dim("stat") == "estimate" {
			*f = published.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Date: f.Date, Value: engine.RealOf(402)}
		}
	}
	said := firstScreens(Of(d))
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range questions {
		found := false
		for _, sentence := range said {
			found = found || q.answer.MatchString(sentence)
		}
		if !found {
			t.Errorf("%s is not answered by %s", q.question, strings.Join(said, "\n  "))
		}
		_, row, ok := strings.Cut(string(readme), "| "+q.question+" | ")
		row, _, _ = strings.Cut(row, " |\n")
		if _, after, cut := strings.Cut(row, "| "); cut {
			row = after
		}
		if !ok || !q.answer.MatchString(row) {
			t.Errorf("the README answers %s with %q", q.question, row)
		}
	}
}
