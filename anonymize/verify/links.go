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

	"lvv/internal/say"
)

// participant is a row of amif/deelnemers.csv, or the rows of a person on a sheet of the account with a
// row a trajectory, in the terms of the release.
type participant struct {
	sex          string // "" where unsaid
	ages         [2]int // of the first trajectory
	ageKnown     bool
	start        time.Time
	returned     bool
	trajectories int
	courses      []guidance // those that are told apart
}

// guidance is one trajectory of an account.
type guidance struct {
	start, end time.Time // end: the reference date while it runs
	running    bool
	outcome    string
	hours      string // band; "" where unsaid, or the sum of several trajectories
}

var sexes = map[string]string{"man": "male", "vrouw": "female", "x": "other", "onbekend": "unknown"}

var ages = map[string][2]int{"jonger dan 18": {0, 17}, "18 tot en met 60": {18, 60}, "ouder dan 60": {61, 200}, "onbekend": {0, 200}}

// readParticipants reads the account of an output, list and workbook; none where it has no account. n
// counts the participants and the rows of the workbook's sheets.
func readParticipants(output string, outcomes map[string]string) (out []participant, n [2]int, err error) {
	t, err := readCSV(filepath.Join(output, "amif", "deelnemers.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, n, nil
	}
	if err != nil {
		return nil, n, err
	}
	var m struct {
		Period struct {
			Label string    `json:"label"`
			AsOf  civilDate `json:"as_of"`
		} `json:"period"`
	}
	if err := readJSON(filepath.Join(output, "manifest.json"), &m); err != nil {
		return nil, n, say.Errorf("read the account's reference date: %w", err)
	}
	asOf := time.Time(m.Period.AsOf)
	byPseudonym := map[string]participant{}
	for i, row := range t.rows {
		p, err := parseParticipant(t, row, asOf, outcomes)
		if err != nil {
			return nil, n, say.Errorf("read the participants: row %d: %w\n  Verify the folder as lvv run wrote it.", i+1, err)
		}
		out = append(out, *p)
		byPseudonym[row[0]] = *p
	}
	n[0] = len(out)
	sheets, err := readSheets(filepath.Join(output, "amif", "amif-"+m.Period.Label+".xlsx"))
	if err != nil {
		return nil, n, err
	}
	for _, t := range sheets {
		more, err := parseSheet(t, asOf, outcomes, byPseudonym)
		if err != nil {
			return nil, n, say.Errorf("read the workbook of the AMIF account: %w\n  Verify the folder as lvv run wrote it.", err)
		}
		out, n[1] = append(out, more...), n[1]+len(t.rows)
	}
	return out, n, nil
}

// civilDate is a date as a manifest writes it.
type civilDate time.Time

func (d *civilDate) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	*d = civilDate(t)
	return err
}

func parseParticipant(t *table, row []string, asOf time.Time, outcomes map[string]string) (*participant, error) {
	v := func(column string) string { return t.value(row, column) }
	p := &participant{returned: v("teruggekeerd") == "ja", ageKnown: v("leeftijdsgroep") != "onbekend"}
	g := guidance{running: v("einde") == "", end: asOf}
	var ok [3]bool
	p.sex, ok[0] = sexes[v("geslacht")]
	p.ages, ok[1] = ages[v("leeftijdsgroep")]
	g.outcome, ok[2] = outcomes[v("uitkomst")]
	var errs [3]error
	p.start, errs[0] = time.Parse(time.DateOnly, v("start"))
	if !g.running {
		g.end, errs[1] = time.Parse(time.DateOnly, v("einde"))
	}
	p.trajectories, errs[2] = strconv.Atoi(v("trajecten"))
	if slices.Contains(ok[:], false) {
		return nil, say.Errorf("a word is not one of the code list")
	}
	if err := errors.Join(errs[:]...); err != nil {
		return nil, say.Errorf("a date or a number cannot be read")
	}
	if p.trajectories == 1 { // of several the list gives sums
		g.start = p.start
		if hours, err := strconv.ParseFloat(v("begeleidingsuren"), 64); err == nil {
			g.hours = hoursBand(hours)
		}
		p.courses = []guidance{g}
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

// test is one thing that an account says, as a test of a row of a table. Two with the same text are the same.
type test struct {
	column, text string
	holds        func(value string) bool
}

func equal(column, want string) test {
	return test{column, want, func(v string) bool { return v == want }}
}

// tests returns what an account says of the rows of a table: of a row of personen together, of those of
// the other tables trajectory by trajectory.
func (p *participant) tests(name string) (sets [][]test) {
	if name == "personen" {
		return [][]test{p.personTests()}
	}
	first := equal("scenario", "return")
	if name == "verlopen" {
		first = test{"scenarios", "return", func(v string) bool { return slices.Contains(strings.Split(v, " > "), "return") }}
	}
	if len(p.courses) == 0 {
		sets = [][]test{{first}}
	}
	for i := range p.courses {
		g := &p.courses[i]
		sets = append(sets, append([]test{first}, g.tests(name)...))
	}
	if name == "verlopen" && p.returned {
		for i := range sets {
			sets[i] = append(sets[i], equal("outcome_level", "durable"))
		}
	}
	return sets
}

func (p *participant) personTests() (out []test) {
	if p.sex != "" {
		out = append(out, equal("sex", p.sex))
	}
	if p.ageKnown {
		out = append(out, test{"age_band", fmt.Sprint(p.ages), p.mayBeAged})
	}
	for _, window := range [][2]time.Time{{p.start.AddDate(0, 0, -31), p.start.AddDate(0, 0, 31)}, quarterOf(p.start)} {
		from, to := window[0].Format("2006-01"), window[1].Format("2006-01")
		out = append(out, test{"admitted", from + to, func(v string) bool { return v >= from && v <= to }})
	}
	out = append(out, test{"trajectories", strconv.Itoa(p.trajectories), func(v string) bool {
		n, _ := strconv.Atoi(strings.TrimSuffix(v, "+"))
		return n >= p.trajectories || strings.HasSuffix(v, "+")
	}})
	if p.returned {
		out = append(out, equal("final_outcome", "return"))
	}
	return out
}

func (g *guidance) tests(name string) []test {
	days := int(g.end.Sub(g.start).Hours() / 24)
	out := []test{
		equal("running", strconv.FormatBool(g.running)),
		{"duration_band", strconv.Itoa(days), func(v string) bool { return inBand(v, days) }},
	}
	if name == "trajecten" && g.hours != "" {
		out = append(out, equal("guidance_hours_band", g.hours))
	}
	if name == "trajecten" && !g.running && g.outcome != "" {
		out = append(out, equal("outcome", g.outcome))
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
	participants, rows := 0, 0
	for _, output := range append([]string{dir}, outputs...) {
		more, n, err := readParticipants(output, outcomes)
		if err != nil {
			return err
		}
		all, participants, rows = append(all, more...), participants+n[0], rows+n[1]
	}
	if len(all) == 0 {
		r.Skip(name, "no output holds an amif/deelnemers.csv with participants, or a workbook with return trajectories")
		return nil
	}
	fewest, ways := 0, 0
	for _, t := range d.tables {
		s := newSearch(t)
		seen := map[string]bool{}
		for i := range all {
			for _, tests := range all[i].tests(t.name) {
				for chosen := range 1 << len(tests) {
					text := wayText(tests, chosen)
					if seen[text] {
						continue
					}
					seen[text] = true
					ways++
					if n := s.persons(tests, chosen, d.RequiredK); n > 0 && (fewest == 0 || n < fewest) {
						fewest = n
					}
				}
			}
		}
	}
	r.Add(name, fewest == 0 || fewest >= d.RequiredK,
		"%d participants of AMIF accounts, and %d rows of trajectories in their workbooks, looked for in %d ways; the fewest persons that one of these fits, if any, is %d (%d are required)", participants, rows, ways, fewest, d.RequiredK)
	return nil
}

// wayText tells some tests from others.
func wayText(tests []test, chosen int) string {
	var text strings.Builder
	for n, t := range tests {
		if chosen>>n&1 == 1 {
			text.WriteString(t.column + "\x1f" + t.text + "\x1e")
		}
	}
	return text.String()
}
