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

// account is amif/deelnemers.csv: one row a participant.
type account struct {
	*table
	col map[string]int
}

var accountColumns = []string{"pseudoniem", "geslacht", "leeftijdsgroep", "start", "einde", "uitkomst", "begeleidingsuren", "trajecten"}

func readAccount(path string) (*account, error) {
	t, err := readCSV(path)
	if err != nil {
		return nil, err
	}
	a := &account{t, map[string]int{}}
	for _, name := range accountColumns {
		if a.col[name] = t.column(name); a.col[name] < 0 {
			return nil, fmt.Errorf("read %s: it has no column %s", path, name)
		}
	}
	return a, nil
}

// participant is what a row of the account tells, in the terms of the delivery.
type participant struct {
	pseudonym, sex string
	ages           [2]int // of the first trajectory; 0 to 200 where unknown
	courses        int    // return trajectories in the account
	running        bool
	outcome        string // as trajecten writes it
	duration       string // with one course only: the sums of several say nothing of one
	hours          string
}

var sexes = map[string]string{"man": "male", "vrouw": "female", "x": "other", "onbekend": "unknown"}

var ages = map[string][2]int{"jonger dan 18": {0, 17}, "18 tot en met 60": {18, 60}, "ouder dan 60": {61, 200}, "onbekend": {0, 200}}

// laterAge is how many years after the admission, to which personen holds the age, the first
// trajectory may begin.
const laterAge = 3

func (a *account) participants(asOf string, outcomes map[string]string) ([]participant, error) {
	var out []participant
	for i, row := range a.rows {
		fail := func(column string) error {
			return fmt.Errorf("read the participants: row %d has no valid %s\n  Verify the folder as lvv run wrote it.", i+1, column)
		}
		v := func(column string) string { return row[a.col[column]] }
		p := participant{pseudonym: v("pseudoniem"), running: v("einde") == ""}
		var ok bool
		if p.sex, ok = sexes[v("geslacht")]; !ok {
			return nil, fail("geslacht")
		}
		if p.ages, ok = ages[v("leeftijdsgroep")]; !ok {
			return nil, fail("leeftijdsgroep")
		}
		if p.outcome, ok = outcomes[v("uitkomst")]; !ok {
			return nil, fail("uitkomst")
		}
		var err error
		if p.courses, err = strconv.Atoi(v("trajecten")); err != nil || p.courses < 1 {
			return nil, fail("trajecten")
		}
		if p.courses == 1 {
			end := v("einde")
			if p.running {
				end = asOf
			}
			if p.duration, ok = durationBand(v("start"), end); !ok {
				return nil, fail("start")
			}
			if p.hours, ok = hoursBand(v("begeleidingsuren")); !ok {
				return nil, fail("begeleidingsuren")
			}
		}
		out = append(out, p)
	}
	return out, nil
}

func durationBand(from, to string) (string, bool) {
	const width = 30
	start, err := time.Parse(time.DateOnly, from)
	end, err2 := time.Parse(time.DateOnly, to)
	if err != nil || err2 != nil {
		return "", false
	}
	step := int(end.Sub(start).Hours()/24) / width * width
	return fmt.Sprintf("%d-%d", step, step+width-1), true
}

func hoursBand(text string) (string, bool) {
	if text == "" {
		return "", true
	}
	hours, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil:
		return "", false
	case hours == 0:
		return "0", true
	case hours > 40:
		return "40+", true
	}
	for _, band := range []struct {
		to   float64
		name string
	}{{5, "0-5"}, {10, "5-10"}, {20, "10-20"}} {
		if hours <= band.to {
			return band.name, true
		}
	}
	return "20-40", true
}

const withheld = "*"

// agrees reports whether a published value may stand for the true one.
func agrees(published, truth string) bool { return published == withheld || published == truth }

// links are the persons whom each participant may be, and the other way round: of each at least two,
// where there are two.
type links struct {
	persons      [][]int // by participant
	participants [][]int // by person
}

func (d *delivery) links(all []participant) *links {
	courses := map[string][][]string{} // return trajectories by person
	col := func(name string) int { return d.trajectories.column(name) }
	for _, row := range d.trajectories.rows {
		if row[col("scenario")] == "return" {
			id := row[col("person_id")]
			courses[id] = append(courses[id], row)
		}
	}
	l := &links{make([][]int, len(all)), make([][]int, len(d.persons.rows))}
	for i, row := range d.persons.rows {
		theirs := courses[row[d.persons.column("person_id")]]
		ended := 0
		for _, t := range theirs {
			if t[col("running")] == "false" {
				ended++
			}
		}
		for at := range all {
			p := &all[at]
			if len(l.persons[at]) > 1 && len(l.participants[i]) > 1 {
				continue // neither is found any more
			}
			if !p.mayHaveRun(len(theirs), ended) || !agrees(row[d.persons.column("sex")], p.sex) || !p.mayHaveAge(row[d.persons.column("age_band")]) {
				continue
			}
			fits := slices.ContainsFunc(theirs, func(t []string) bool {
				if !agrees(t[col("outcome")], p.outcome) {
					return false
				}
				return p.courses > 1 || t[col("running")] == strconv.FormatBool(p.running) &&
					agrees(t[col("duration_band")], p.duration) && agrees(t[col("guidance_hours_band")], p.hours)
			})
			if fits {
				l.persons[at] = append(l.persons[at], i)
				l.participants[i] = append(l.participants[i], at)
			}
		}
	}
	return l
}

// mayHaveRun reports whether so many courses, of which so many ended, may hold the participant's: the
// account gives an end where all of them have ended.
func (p *participant) mayHaveRun(courses, ended int) bool {
	if p.running {
		return courses >= p.courses && ended < courses
	}
	return ended >= p.courses
}

// mayHaveAge compares the ages that personen and the account give.
func (p *participant) mayHaveAge(band string) bool {
	var lo, hi int
	switch n, _ := fmt.Sscanf(strings.TrimSuffix(band, "+"), "%d-%d", &lo, &hi); {
	case n == 0:
		return true // withheld, or unknown
	case strings.HasSuffix(band, "+"):
		hi = 200
	case n == 1:
		hi = lo
	}
	return lo <= p.ages[1] && hi+laterAge >= p.ages[0]
}

// checkLinks looks for what would join the delivery to the AMIF account of the same output: a
// pseudonym that stands in both, or a person and a participant who fit nobody but each other on the
// columns that the files share.
func (d *delivery) checkLinks(r *Report, dir string) error {
	const name = "links"
	a, err := readAccount(filepath.Join(dir, "amif", "deelnemers.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		r.Skip(name, "the folder holds no amif/deelnemers.csv")
		return nil
	}
	if err != nil {
		return err
	}
	all, err := a.participants(d.AsOf, d.labels("trajecten", "outcome"))
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for _, row := range d.persons.rows {
		ids[row[d.persons.column("person_id")]] = true
	}
	shared, mutual, personsOne, participantsOne := 0, 0, 0, 0
	l := d.links(all)
	for at, of := range l.persons {
		if ids[all[at].pseudonym] {
			shared++
		}
		if len(of) == 1 {
			participantsOne++
			if len(l.participants[of[0]]) == 1 {
				mutual++
			}
		}
	}
	for _, of := range l.participants {
		if len(of) == 1 {
			personsOne++
		}
	}
	r.Add(name, shared == 0 && mutual == 0 && participantsOne == 0 && d.Linkage.UniqueMatches == 0 && d.Linkage.ParticipantsFittingOne == 0,
		"pseudonyms in both the delivery and the AMIF account: %d; participants who fit one person alone: %d (risk.json says %d); "+
			"persons who fit one participant alone: %d; both at once: %d (%d)",
		shared, participantsOne, d.Linkage.ParticipantsFittingOne, personsOne, mutual, d.Linkage.UniqueMatches)
	return nil
}
