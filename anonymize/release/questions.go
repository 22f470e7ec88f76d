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
	Method string `json:"method"`
	Unit   string `json:"unit"`
	// Bound is the largest difference, rounded up; it holds for each cell of the answer.
	Bound float64 `json:"bound"`
	// Usable is the share of the delivered rows that the method can use.
	Usable float64 `json:"usable_share"`
}

// ageWidth is the width of the age bands that the questions use.
const ageWidth = 20

func (d *delivery) questions() []Question {
	age, ageUsable := d.jointBound(qiAge, func(label string) string {
		if lo, hi, ok := ageRange(label); ok && lo/ageWidth == hi/ageWidth {
			return fmt.Sprintf("%d-%d", lo/ageWidth*ageWidth, lo/ageWidth*ageWidth+ageWidth-1)
		}
		if label == kanon.Star {
			return ""
		}
		return label
	})
	region, regionUsable := d.jointBound(qiNationality, func(label string) string {
		for _, row := range d.rows[qiNationality] {
			if label != kanon.Star && slices.Contains(row, label) {
				return row[len(row)-2]
			}
		}
		return ""
	})
	missing, timed, rows := 0, 0, 0
	for _, p := range d.scope {
		for _, t := range p.trajectories {
			if !p.delivered() || t.published[cellOutcome] == kanon.Star {
				missing++
			}
			if p.delivered() && !t.running {
				rows++
				if t.published[cellDuration] != kanon.Star {
					timed++
				}
			}
		}
	}
	return []Question{
		{
			ID: "outcome_by_scenario", NL: "Welke uitkomst hadden de trajecten, per scenario?", EN: "Which outcome had the trajectories, by scenario?",
			Method: "count the rows of trajecten by scenario and outcome; a count may be too low by the trajectories left out and the outcomes withheld", Unit: "trajectories",
			Bound: float64(missing), Usable: 1,
		},
		{
			ID: "outcome_by_age_band", NL: "Welke einduitkomst hadden de personen, per leeftijdsklasse van 20 jaar?", EN: "Which final outcome had the persons, by age band of 20 years?",
			Method: "share of each (age band of 20 years, final_outcome) among the rows of personen whose age lies within one such band", Unit: "percentage points",
			Bound: age, Usable: ageUsable,
		},
		{
			ID: "outcome_by_region", NL: "Welke einduitkomst hadden de personen, per regio van nationaliteit?", EN: "Which final outcome had the persons, by region of nationality?",
			Method: "share of each (UN region, final_outcome) among the rows of personen whose nationality is known to a region; the hierarchy in datapackage.json gives the region", Unit: "percentage points",
			Bound: region, Usable: regionUsable,
		},
		{
			ID: "median_duration_by_scenario", NL: "Hoe lang duurden de geëindigde trajecten, per scenario (mediaan)?", EN: "How long did the ended trajectories last, by scenario (median)?",
			Method: "median, by scenario, of the lower end of duration_band + 15 days over the rows of trajecten that are not running and whose duration is not withheld", Unit: "days",
			Bound: d.medianBound(), Usable: float64(timed) / float64(max(rows, 1)),
		},
	}
}

// jointBound compares the shares of (class, final outcome) among the delivered persons whose class is
// known with those among all persons, and returns the largest difference in percentage points,
// rounded up, and the share of delivered persons whose class is known.
func (d *delivery) jointBound(q int, class func(label string) string) (bound, usable float64) {
	type cell struct{ class, outcome string }
	delivered, all := map[cell]int{}, map[cell]int{}
	known := 0
	for _, p := range d.persons {
		if c := class(p.published[q]); c != "" {
			delivered[cell{c, p.finalOutcome}]++
			known++
		}
	}
	for _, p := range d.scope {
		all[cell{class(p.qi[q]), p.finalOutcome}]++
	}
	worst := 0.0
	for c, n := range all {
		share := float64(n) / float64(len(d.scope))
		worst = max(worst, math.Abs(share-float64(delivered[c])/float64(max(known, 1))))
	}
	return math.Ceil(worst * 100), float64(known) / float64(max(len(d.persons), 1))
}

// medianBound compares the medians of the duration, as the bands give them, with the true ones.
func (d *delivery) medianBound() float64 {
	delivered, all := map[string][]float64{}, map[string][]float64{}
	for _, p := range d.scope {
		for _, t := range p.trajectories {
			if t.running {
				continue
			}
			all[t.scenario] = append(all[t.scenario], float64(t.days))
			if p.delivered() && t.published[cellDuration] != kanon.Star {
				delivered[t.scenario] = append(delivered[t.scenario], float64(t.days/bandDays*bandDays+bandDays/2))
			}
		}
	}
	worst := float64(bandDays / 2)
	for scenario, days := range delivered {
		worst = max(worst, math.Abs(median(days)-median(all[scenario])))
	}
	const step = 5
	return math.Ceil(worst/step) * step
}

// median is the middle value, or the mean of the two in the middle.
func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}

// lines writes the questions for LEESMIJ.md.
func (r *Risk) lines() string {
	var b strings.Builder
	units := map[string][2]string{"trajectories": {"traject", "trajecten"}, "percentage points": {"procentpunt", "procentpunt"}, "days": {"dag", "dagen"}}
	for _, q := range r.Questions {
		fmt.Fprintf(&b, "- %s Ten hoogste %s ernaast", q.NL, counted(q.Bound, units[q.Unit][0], units[q.Unit][1]))
		if q.Usable < 1 {
			fmt.Fprintf(&b, "; %.0f %% van de rijen is hiervoor bruikbaar", math.Floor(q.Usable*100))
		}
		b.WriteString(".\n")
	}
	return b.String()
}
