package release

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"

	"lvv/internal/day"
	"lvv/internal/regular"
	"lvv/transform"
)

// AccountFile is the list of participants of an AMIF account, in an output folder.
const AccountFile = "amif/deelnemers.csv"

// participant is what an AMIF account tells of a person.
type participant struct {
	asOf         day.Day // reference date of the account
	sex, ageBand string
	start        day.Day // of the first trajectory
	trajectories int64
	outcome      string // as the account shows it
	returned     bool
	courses      []guidance // the trajectories that are told apart
}

// guidance is one trajectory of a participant.
type guidance struct {
	start, end day.Day // end: day.None while it runs
	outcome    string
	hours      string // leaf of guidance_hours_band; "" where the account has only the sum of several
}

// readParticipants computes what the accounts of all quarters up to the reference date tell together:
// a participant's first account shows one trajectory, the next ones what came after, so that each
// trajectory is known with its dates, hours and outcome.
func readParticipants(ctx context.Context, o *Options) ([]*participant, error) {
	hours := o.Engine.Delivered("guidance")
	var all []*participant
	last := ""
	err := transform.Select(ctx, o.Engine, o.Terms, o.Period, "account_trajectories", func(columns []string, values []transform.Value) error {
		v := named(columns, values)
		if key := v("person_key").Str(); key != last || len(all) == 0 {
			last = key
			all = append(all, &participant{asOf: o.Period.AsOf, sex: v("sex").Str(), ageBand: v("age_band").Str(), start: v("started_on").Day()})
		}
		p := all[len(all)-1]
		g := guidance{start: v("started_on").Day(), end: v("ended_on").Day(), outcome: v("outcome").Str(), hours: unknown}
		if hours {
			g.hours = hoursLeaf(float64(v("hours").Int()) / transform.HourUnits)
		}
		p.trajectories++
		p.returned = p.returned || v("returned").Str() == "true"
		if p.outcome = g.outcome; p.returned {
			p.outcome = "return"
		}
		p.courses = append(p.courses, g)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read participants: %w", err)
	}
	return all, nil
}

func hoursLeaf(hours float64) string {
	switch {
	case hours == 0:
		return "0"
	case hours <= 5:
		return "0-5"
	case hours <= 10:
		return "5-10"
	case hours <= 20:
		return "10-20"
	case hours <= 40:
		return "20-40"
	}
	return "40+"
}

// The words of the list of participants, as codes.
var (
	sexWords = map[string]string{"man": "male", "vrouw": "female", "x": "other", "onbekend": unknown}
	ageWords = map[string]string{"jonger dan 18": "<18", "18 tot en met 60": "18-60", "ouder dan 60": ">60", "onbekend": unknown}
)

// readAccount adds the participants of a written account; a file that is not there tells of nobody.
func readAccount(path string, asOf day.Day) ([]*participant, error) {
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read AMIF account: %w", err)
	}
	defer f.Close()
	outcomes := map[string]string{"": ""}
	for _, c := range listed("trajectories", "outcome") {
		outcomes[c.NL] = c.Value
	}
	in := csv.NewReader(f)
	head, err := in.Read()
	var all []*participant
	for err == nil {
		var row []string
		if row, err = in.Read(); err != nil {
			break
		}
		field := func(name string) string {
			if at := slices.Index(head, name); at >= 0 {
				return row[at]
			}
			return ""
		}
		p := &participant{asOf: asOf, sex: sexWords[field("geslacht")], ageBand: ageWords[field("leeftijdsgroep")], outcome: outcomes[field("uitkomst")], returned: field("teruggekeerd") == "ja"}
		var startErr, countErr error
		p.start, startErr = day.Parse(field("start"))
		p.trajectories, countErr = strconv.ParseInt(field("trajecten"), 10, 64)
		if p.sex == "" || p.ageBand == "" || startErr != nil || countErr != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("read AMIF account: %s:%d is not a participant as this program writes one\n  Put the file back as lvv run wrote it.", path, line)
		}
		if p.trajectories == 1 {
			g := guidance{start: p.start, outcome: p.outcome, hours: unknown, end: day.None}
			if end, err := day.Parse(field("einde")); err == nil {
				g.end = end
			}
			if hours, err := strconv.ParseFloat(field("begeleidingsuren"), 64); err == nil {
				g.hours = hoursLeaf(hours)
			}
			p.courses = append(p.courses, g)
		}
		all = append(all, p)
	}
	if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read AMIF account: %s: %w", path, err)
	}
	return all, nil
}

// accounts returns what all AMIF accounts of the pilot tell: those of the register as it is, and those
// that lie in earlier outputs, which may have been made from a register since corrected.
func accounts(ctx context.Context, o *Options) ([]*participant, error) {
	all, err := readParticipants(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, dir := range o.Accounts {
		asOf, err := referenceDate(dir)
		if err != nil {
			return nil, err
		}
		more, err := readAccount(filepath.Join(dir, filepath.FromSlash(AccountFile)), asOf)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}
