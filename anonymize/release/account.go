package release

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"

	"lvv/internal/day"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/transform"
	"lvv/transform/engine"
)

// AccountFile is the list of participants of an AMIF account, in an output folder.
const AccountFile = "amif/deelnemers.csv"

// WorkbookFile is the workbook of the AMIF account of a period, in an output folder.
func WorkbookFile(period string) string { return "amif/amif-" + period + ".xlsx" }

// participant is what an AMIF account tells of a person: its list of participants, or its sheet of all
// return trajectories, of which the project claims only some.
type participant struct {
	asOf         day.Day // reference date of the account
	listed       bool    // among the participants
	sex, ageBand string  // "" where the account does not tell
	start        day.Day // of the first trajectory
	trajectories int64
	returned     bool
	courses      []guidance // the trajectories that are told apart
}

// guidance is one trajectory of a participant.
type guidance struct {
	start, end day.Day // end: day.None while it runs
	outcome    string
	hours      string // leaf of guidance_hours_band; "" where the account has none, or only the sum of several
}

// add takes in a trajectory that is told apart.
func (p *participant) add(g guidance) {
	if p.trajectories == 0 || g.start < p.start {
		p.start = g.start
	}
	p.trajectories++
	p.returned = p.returned || g.outcome == "return"
	p.courses = append(p.courses, g)
}

// readParticipants computes what the accounts of all quarters up to the reference date tell together:
// a participant's first account shows one trajectory, the next ones what came after, so that each
// trajectory is known with its dates, hours and outcome.
func readParticipants(ctx context.Context, o *Options) ([]*participant, error) {
	hours := o.Engine.Delivered("guidance")
	var all []*participant
	byKey := map[string]*participant{}
	err := transform.Select(ctx, o.Engine, o.Terms, o.Period, "account_trajectories", func(v engine.Row) error {
		p := byKey[v.Get("person_key").Str()]
		if p == nil {
			p = &participant{asOf: o.Period.AsOf, listed: true, sex: v.Get("sex").Str(), ageBand: v.Get("age_band").Str()}
			byKey[v.Get("person_key").Str()], all = p, append(all, p)
		}
		g := guidance{start: v.Get("started_on").Day(), end: v.Get("ended_on").Day(), outcome: v.Get("outcome").Str()}
		if hours {
			g.hours = hoursLeaf(float64(v.Get("hours").Int()) / transform.HourUnits)
		}
		p.add(g)
		return nil
	})
	if err != nil {
		return nil, say.Errorf("read participants: %w", err)
	}
	seen := map[string]*participant{}
	err = transform.Select(ctx, o.Engine, o.Terms, o.Period, "account_returns", func(v engine.Row) error {
		key := v.Get("person_key").Str()
		if seen[key] == nil {
			seen[key] = byKey[key].beyond(o.Period.AsOf)
			all = append(all, seen[key])
		}
		seen[key].add(guidance{start: v.Get("started_on").Day(), end: v.Get("ended_on").Day(), outcome: v.Get("outcome").Str()})
		return nil
	})
	if err != nil {
		return nil, say.Errorf("read return trajectories: %w", err)
	}
	return all, nil
}

// beyond is what the sheet of all return trajectories tells of a person, who need not be a participant,
// as yet without the trajectories.
func (p *participant) beyond(asOf day.Day) *participant {
	if p == nil {
		return &participant{asOf: asOf}
	}
	return &participant{asOf: asOf, sex: p.sex, ageBand: p.ageBand}
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

// accountOutcomes are the codes of the outcomes by their words in an account, of either language.
func accountOutcomes() map[string]string {
	outcomes := map[string]string{"": ""}
	for _, c := range listed("trajectories", "outcome") {
		outcomes[c.NL], outcomes[c.Label] = c.Value, c.Value
	}
	return outcomes
}

// readAccount returns what a written account tells: of its list of participants, and of the sheets of
// its workbook that have a row a trajectory. A file that is not there tells of nobody.
func readAccount(dir string, m *manifest) ([]*participant, error) {
	path, asOf := filepath.Join(dir, filepath.FromSlash(AccountFile)), m.Period.AsOf
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Errorf("read AMIF account: %w", err)
	}
	defer f.Close()
	outcomes := accountOutcomes()
	byPseudonym := map[string]*participant{}
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
		p := &participant{asOf: asOf, listed: true, sex: sexWords[field("geslacht")], ageBand: ageWords[field("leeftijdsgroep")], returned: field("teruggekeerd") == "ja"}
		var startErr, countErr error
		p.start, startErr = day.Parse(field("start"))
		p.trajectories, countErr = strconv.ParseInt(field("trajecten"), 10, 64)
		if p.sex == "" || p.ageBand == "" || startErr != nil || countErr != nil {
			line, _ := in.FieldPos(0)
			return nil, say.Errorf("read AMIF account: %s:%d is not a participant as this program writes one\n  Put the file back as lvv run wrote it.", path, line)
		}
		if p.trajectories == 1 {
			g := guidance{start: p.start, outcome: outcomes[field("uitkomst")], end: day.None}
			if end, err := day.Parse(field("einde")); err == nil {
				g.end = end
			}
			if hours, err := strconv.ParseFloat(field("begeleidingsuren"), 64); err == nil {
				g.hours = hoursLeaf(hours)
			}
			p.courses = append(p.courses, g)
		}
		all, byPseudonym[field("pseudoniem")] = append(all, p), p
	}
	if !errors.Is(err, io.EOF) {
		return nil, say.Errorf("read AMIF account: %s: %w", path, err)
	}
	sheets, err := readWorkbook(filepath.Join(dir, filepath.FromSlash(WorkbookFile(m.Period.Label))), asOf, byPseudonym)
	return append(all, sheets...), err
}

// accounts returns what all AMIF accounts of the pilot tell: those of the register as it is, and those
// that lie in earlier outputs, which may have been made from a register since corrected.
func accounts(ctx context.Context, o *Options) ([]*participant, error) {
	all, err := readParticipants(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, dir := range o.Accounts {
		m, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		more, err := readAccount(dir, m)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}
