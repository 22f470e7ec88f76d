package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// participant is a row of amif/deelnemers.csv, in the terms of the release.
type participant struct {
	sex, outcome string
	ages         [2]int // of the first trajectory
	ageKnown     bool
	start, end   time.Time // end: the reference date while it runs
	running      bool
	returned     bool
	trajectories int
	hours        string // band; "" where unknown or the sum of several trajectories
}

var sexes = map[string]string{"man": "male", "vrouw": "female", "x": "other", "onbekend": "unknown"}

var ages = map[string][2]int{"jonger dan 18": {0, 17}, "18 tot en met 60": {18, 60}, "ouder dan 60": {61, 200}, "onbekend": {0, 200}}

// readParticipants reads the account of an output; none where it has no account.
func readParticipants(output string, outcomes map[string]string) ([]participant, error) {
	t, err := readCSV(filepath.Join(output, "amif", "deelnemers.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var m struct {
		Period struct {
			AsOf string `json:"as_of"`
		} `json:"period"`
	}
	if err := readJSON(filepath.Join(output, "manifest.json"), &m); err != nil {
		return nil, fmt.Errorf("read the account's reference date: %w", err)
	}
	var out []participant
	for i, row := range t.rows {
		p, err := parseParticipant(t, row, m.Period.AsOf, outcomes)
		if err != nil {
			return nil, fmt.Errorf("read the participants: row %d: %w\n  Verify the folder as lvv run wrote it.", i+1, err)
		}
		out = append(out, *p)
	}
	return out, nil
}

func parseParticipant(t *table, row []string, asOf string, outcomes map[string]string) (*participant, error) {
	v := func(column string) string {
		if at := t.column(column); at >= 0 {
			return row[at]
		}
		return ""
	}
	p := &participant{running: v("einde") == "", returned: v("teruggekeerd") == "ja", ageKnown: v("leeftijdsgroep") != "onbekend"}
	var ok [3]bool
	p.sex, ok[0] = sexes[v("geslacht")]
	p.ages, ok[1] = ages[v("leeftijdsgroep")]
	p.outcome, ok[2] = outcomes[v("uitkomst")]
	end := v("einde")
	if p.running {
		end = asOf
	}
	var errs [3]error
	p.start, errs[0] = time.Parse(time.DateOnly, v("start"))
	p.end, errs[1] = time.Parse(time.DateOnly, end)
	p.trajectories, errs[2] = strconv.Atoi(v("trajecten"))
	if slices.Contains(ok[:], false) {
		return nil, errors.New("a word is not one of the code list")
	}
	if err := errors.Join(errs[:]...); err != nil {
		return nil, errors.New("a date or a number cannot be read")
	}
	if hours, err := strconv.ParseFloat(v("begeleidingsuren"), 64); err == nil && p.trajectories == 1 {
		p.hours = hoursBand(hours)
	}
	return p, nil
}

func hoursBand(hours float64) string {
	for _, b := range []struct {
		to   float64
		name string
	}{{0, "0"}, {5, "0-5"}, {10, "5-10"}, {20, "10-20"}, {40, "20-40"}} {
		if hours <= b.to {
			return b.name
		}
	}
	return "40+"
}

// test is one thing that an account says, as a test of a row of a table.
type test struct {
	column string
	holds  func(value string) bool
}

// days is how long the participant's guidance lasted.
func (p *participant) days() int { return int(p.end.Sub(p.start).Hours() / 24) }

// tests returns what an account says of the rows of a table.
func (p *participant) tests(name string) (out []test) {
	equal := func(want string) func(string) bool { return func(v string) bool { return v == want } }
	truth := strconv.FormatBool(p.running)
	switch name {
	case "personen":
		out = append(out, test{"sex", equal(p.sex)})
		if p.ageKnown {
			out = append(out, test{"age_band", p.mayBeAged})
		}
		for _, window := range [][2]time.Time{{p.start.AddDate(0, 0, -31), p.start.AddDate(0, 0, 31)}, quarterOf(p.start)} {
			from, to := window[0].Format("2006-01"), window[1].Format("2006-01")
			out = append(out, test{"admitted", func(v string) bool { return v >= from && v <= to }})
		}
		out = append(out, test{"trajectories", func(v string) bool {
			n, _ := strconv.Atoi(strings.TrimSuffix(v, "+"))
			return n >= p.trajectories || strings.HasSuffix(v, "+")
		}})
		if p.returned {
			out = append(out, test{"final_outcome", equal("return")})
		}
	case "trajecten":
		out = append(out, test{"scenario", equal("return")})
		if p.trajectories > 1 {
			break // the account gives sums
		}
		out = append(out, test{"running", equal(truth)}, test{"duration_band", func(v string) bool { return inBand(v, p.days()) }})
		if p.hours != "" {
			out = append(out, test{"guidance_hours_band", equal(p.hours)})
		}
		if !p.running && p.outcome != "" {
			out = append(out, test{"outcome", equal(p.outcome)})
		}
	case "verlopen":
		out = append(out, test{"scenarios", func(v string) bool { return slices.Contains(strings.Split(v, " > "), "return") }})
		if p.returned {
			out = append(out, test{"outcome_level", equal("durable")})
		}
		if p.trajectories == 1 {
			out = append(out, test{"running", equal(truth)}, test{"duration_band", func(v string) bool { return inBand(v, p.days()) }})
		}
	}
	return out
}

func quarterOf(d time.Time) [2]time.Time {
	first := time.Date(d.Year(), (d.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	return [2]time.Time{first, first.AddDate(0, 2, 0)}
}

// mayBeAged reports whether a value of age_band is one that the account allows, up to three years before
// the guidance began.
func (p *participant) mayBeAged(v string) bool {
	age, err := strconv.Atoi(strings.TrimSuffix(v, "+"))
	return err == nil && age <= p.ages[1] && age+3 >= p.ages[0]
}

// inBand reports whether a number of days lies in a band.
func inBand(band string, days int) bool {
	var lo, hi int
	if n, _ := fmt.Sscanf(band, "%d-%d", &lo, &hi); n == 2 {
		return days >= lo && days <= hi
	}
	n, _ := fmt.Sscanf(band, "%d+", &lo)
	return n == 1 && days >= lo
}

// checkLinks looks for the participants of the AMIF accounts in each table, by every combination of the
// columns that the two share: each combination fits nobody, or at least k persons.
func (d *delivery) checkLinks(r *Report, dir string, outputs []string) error {
	const name = "links"
	outcomes := d.labels("trajecten", "outcome")
	var all []participant
	for _, output := range append([]string{dir}, outputs...) {
		more, err := readParticipants(output, outcomes)
		if err != nil {
			return err
		}
		all = append(all, more...)
	}
	if len(all) == 0 {
		r.Skip(name, "no output holds an amif/deelnemers.csv with participants")
		return nil
	}
	fewest, ways := 0, 0
	for _, t := range d.tables {
		s := newSearch(t)
		for i := range all {
			tests := all[i].tests(t.name)
			for chosen := range 1 << len(tests) {
				ways++
				if n := s.persons(tests, chosen, d.RequiredK); n > 0 && (fewest == 0 || n < fewest) {
					fewest = n
				}
			}
		}
	}
	r.Add(name, fewest == 0 || fewest >= d.RequiredK,
		"%d participants of AMIF accounts looked for in %d ways; the fewest persons that one of these fits, if any, is %d (%d are required)", len(all), ways, fewest, d.RequiredK)
	return nil
}

// search counts the persons of a table whom tests fit.
type search struct {
	t      *released
	column map[string]int // place in label and values
	labels [][]string
	lines  [][]line
	below  []map[string][]string // of each quasi-identifier, the values that a label may stand for
}

func newSearch(t *released) *search {
	s := &search{t: t, column: map[string]int{}}
	for i, c := range append(slices.Clone(t.qi), t.sensitive...) {
		s.column[t.columns[c]] = i
	}
	for labels, lines := range t.classes() {
		s.labels, s.lines = append(s.labels, strings.Split(labels, recordSeparator)), append(s.lines, lines)
	}
	for _, h := range t.hierarchies {
		below := map[string][]string{}
		for _, path := range h {
			for at, label := range path {
				if !slices.Contains(path[:at], label) {
					below[label] = append(below[label], path[0])
				}
			}
		}
		s.below = append(s.below, below)
	}
	return s
}

// persons counts those whom the chosen tests fit, up to enough.
func (s *search) persons(tests []test, chosen, enough int) int {
	of := map[string]bool{}
	for i, labels := range s.labels {
		fits := true
		for n, test := range tests {
			if at := s.column[test.column]; chosen>>n&1 == 1 && at < len(labels) {
				fits = fits && slices.ContainsFunc(s.below[at][labels[at]], test.holds)
			}
		}
		if !fits {
			continue
		}
		for _, l := range s.lines[i] {
			fits := true
			for n, test := range tests {
				if at := s.column[test.column] - len(labels); chosen>>n&1 == 1 && at >= 0 {
					fits = fits && test.holds(l.values[at])
				}
			}
			if fits {
				of[l.person] = true
			}
		}
		if len(of) >= enough {
			break
		}
	}
	return len(of)
}
