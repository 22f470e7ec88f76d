package release

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lvv/anonymize/kanon"
)

// Question is something that a researcher wants to know, how the delivered data answer it, and how
// far the answer may lie from the one that the full data give.
type Question struct {
	ID     string `json:"id"`
	NL     string `json:"question_nl"`
	EN     string `json:"question_en"`
	Table  string `json:"table"`
	Method string `json:"method"`
	Unit   string `json:"unit"`
	// Bound is the largest difference, rounded up; it holds for each cell of the answer.
	Bound float64 `json:"bound"`
	// Usable is the share of the delivered rows in question that the method can use.
	Usable float64 `json:"usable_share"`
}

// inquiry is a question as it is computed: shares of a sensitive column, or medians of a duration.
type inquiry struct {
	Question
	by     string // column by whose groups it is answered
	level  int    // of the hierarchy of that column
	median bool   // of duration_band, over what has ended; else shares of the last column
}

const (
	unitPoints = "percentage points"
	unitDays   = "days"
)

// inquiries are the questions that the recipes answer; vragen.R and vragen.py do the same.
func inquiries() []inquiry {
	return []inquiry{
		{Question: Question{ID: "outcome_by_scenario", Table: trajectoriesName, Unit: unitPoints,
			NL: "Welke uitkomst hadden de trajecten, per scenario?", EN: "Which outcome had the trajectories, by scenario?",
			Method: "share of each (scenario, outcome) among the rows of trajecten whose scenario is told"}, by: colScenario},
		{Question: Question{ID: "outcome_by_age_band", Table: personsName, Unit: unitPoints,
			NL: "Welke einduitkomst hadden de personen, per leeftijdsklasse van 20 jaar?", EN: "Which final outcome had the persons, by age band of 20 years?",
			Method: "share of each (age band of 20 years, final_outcome) among the rows of personen whose age lies within one such band"}, by: colAge, level: 3},
		{Question: Question{ID: "outcome_by_region", Table: personsName, Unit: unitPoints,
			NL: "Welke einduitkomst hadden de personen, per regio van nationaliteit?", EN: "Which final outcome had the persons, by region of nationality?",
			Method: "share of each (UN region, final_outcome) among the rows of personen whose region is told"}, by: colNationality, level: 2},
		{Question: Question{ID: "outcome_by_year", Table: personsName, Unit: unitPoints,
			NL: "Welke einduitkomst hadden de personen, per jaar van toelating?", EN: "Which final outcome had the persons, by year of admission?",
			Method: "share of each (year, final_outcome) among the rows of personen whose year of admission is told"}, by: colAdmitted, level: 3},
		{Question: Question{ID: "level_by_last_scenario", Table: coursesName, Unit: unitPoints,
			NL: "Leidde de begeleiding tot een bestendige oplossing, naar het laatste scenario?", EN: "Did guidance lead to a durable solution, by the last scenario?",
			Method: "share of each (last scenario, outcome_level) among the rows of verlopen whose last scenario is told"}, by: colPath, level: 2},
		{Question: Question{ID: "median_duration_by_scenario", Table: trajectoriesName, Unit: unitDays,
			NL: "Hoe lang duurden de geëindigde trajecten, per scenario (mediaan)?", EN: "How long did the ended trajectories last, by scenario (median)?",
			Method: "median, by scenario, of the middle of duration_band over the rows of trajecten whose outcome is not running and whose scenario and duration are told"}, by: colScenario, median: true},
		{Question: Question{ID: "median_duration_by_level", Table: coursesName, Unit: unitDays,
			NL: "Hoe lang duurde de geëindigde begeleiding, naar het niveau van de uitkomst (mediaan)?", EN: "How long did guidance that ended last, by the level of its outcome (median)?",
			Method: "median, by outcome_level, of the middle of duration_band over the rows of verlopen whose outcome_level is not running and whose duration is told"}, by: colLevel, median: true},
	}
}

// answerable returns the questions with the bounds that hold for these tables.
func answerable(tables []*table) []Question {
	var out []Question
	for _, q := range inquiries() {
		t := tables[slices.IndexFunc(tables, func(t *table) bool { return t.name == q.Table })]
		if q.median {
			q.Bound, q.Usable = t.medianBound(&q)
		} else {
			q.Bound, q.Usable = t.shareBound(&q)
		}
		out = append(out, q.Question)
	}
	return out
}

// groupOf returns the group that a label belongs to, "" where the label is too wide for one.
func (c *column) groupOf(label string, level int) string {
	if c.sensitive {
		return label
	}
	for _, path := range c.hierarchy {
		if at := slices.Index(path, label); at >= 0 && at <= level {
			return path[level]
		}
	}
	return ""
}

// valuesAt returns what is published of a row, and what is true, in a column.
func (r *row) valuesAt(col int) (published, truth string) {
	if col < len(r.qi) {
		if r.labels == nil {
			return "", r.qi[col]
		}
		return r.labels[col], r.qi[col]
	}
	return r.sensitive[col-len(r.qi)], r.sensitive[col-len(r.qi)]
}

// shareBound compares the shares of (group, value) among the published rows whose group is told with
// those among all rows.
func (t *table) shareBound(q *inquiry) (bound, usable float64) {
	by := t.at(q.by)
	c := &t.columns[by]
	groups := map[string]string{}
	find := func(label string) string {
		g, ok := groups[label]
		if !ok {
			g = c.groupOf(label, q.level)
			groups[label] = g
		}
		return g
	}
	delivered, all := map[string]float64{}, map[string]float64{}
	known, published := 0.0, 0.0
	for _, r := range t.rows {
		label, truth := r.valuesAt(by)
		value := r.sensitive[len(r.sensitive)-1]
		all[find(truth)+"\x1f"+value]++
		if r.labels == nil {
			continue
		}
		published++
		if g := find(label); g != "" {
			delivered[g+"\x1f"+value]++
			known++
		}
	}
	worst := 0.0
	for cell, n := range all {
		worst = max(worst, math.Abs(n/float64(len(t.rows))-delivered[cell]/max(known, 1)))
	}
	return math.Ceil(float64(worst*100) - 1e-9), known / max(published, 1)
}

// middle is the middle of a band of days; false for a label that tells no duration.
func middle(label string) (days float64, ok bool) {
	var lo, hi int
	if n, _ := fmt.Sscanf(label, "%d-%d", &lo, &hi); n == 2 {
		return float64(lo+hi+1) / 2, true
	}
	if n, _ := fmt.Sscanf(label, "%d+", &lo); n == 1 {
		return float64(lo), true
	}
	return 0, false
}

// medianBound compares the medians of the duration, as the bands give them, with the true ones.
func (t *table) medianBound(q *inquiry) (bound, usable float64) {
	by, duration := t.at(q.by), t.at(colDuration)
	delivered, all := map[string][]float64{}, map[string][]float64{}
	known, published := 0.0, 0.0
	for _, r := range t.rows {
		if r.sensitive[0] == "running" {
			continue
		}
		label, truth := r.valuesAt(by)
		all[truth] = append(all[truth], float64(r.days))
		if r.labels == nil {
			continue
		}
		published++
		if days, ok := middle(r.labels[duration]); ok && label != kanon.Star {
			delivered[label] = append(delivered[label], days)
			known++
		}
	}
	const step = 5
	for g, days := range delivered {
		bound = max(bound, math.Abs(median(days)-median(all[g])))
	}
	return math.Ceil(bound/step-1e-9) * step, known / max(published, 1)
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}

// lines writes the questions for LEESMIJ.md.
func (r *Risk) lines() string {
	var b strings.Builder
	for _, q := range r.Questions {
		fmt.Fprintf(&b, "- %s Ten hoogste %s ernaast", q.NL, boundNL(q))
		if q.Usable < 1 {
			fmt.Fprintf(&b, "; %d %% van de rijen is hiervoor bruikbaar", usablePercent(q))
		}
		b.WriteString(".\n")
	}
	return b.String()
}

func boundNL(q Question) string {
	if q.Unit == unitDays {
		return counted(q.Bound, "dag", "dagen")
	}
	return counted(q.Bound, "procentpunt", "procentpunt")
}

// usablePercent is the share of the rows that serve a question, in whole per cent, never rounded up.
func usablePercent(q Question) int { return int(math.Floor(q.Usable * 100)) }
