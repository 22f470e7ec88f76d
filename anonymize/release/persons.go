package release

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/transform"
)

// person is one row of personen, with the true values of its quasi-identifiers.
type person struct {
	id           string // pseudonym for the evaluator
	qi           [qiCount]string
	published    [qiCount]string // empty for who is left out
	specialGroup string
	finalOutcome string
	nights       string
	conferences  string
	trajectories []trajectory
	linkable     bool // a participant of the AMIF account fits nobody else, whatever is withheld
}

// trajectory is one row of trajecten.
type trajectory struct {
	sequence       int64
	scenario       string
	days           int64 // never written
	running        bool
	truth          [cells]string // the values of the columns that may be withheld
	published      [cells]string
	daysToScenario string
	review         string // true, false, or empty
}

// The columns of trajecten that may be withheld, those that are missed least first.
const (
	cellHours = iota
	cellDuration
	cellOutcome
	cells
)

// cellNames are their columns.
var cellNames = [cells]string{"guidance_hours_band", "duration_band", "outcome"}

// The quasi-identifiers, in the order of the columns of personen.
const (
	qiSex = iota
	qiAge
	qiNationality
	qiAdmitted
	qiTrajectories
	qiCount
)

// qiNames are their columns.
var qiNames = [qiCount]string{"sex", "age_band", "nationality", "admitted", "trajectories"}

// readPersons reads both tables out of the engine, in the order of the evaluator's pseudonyms, and
// the participants of the AMIF account.
func readPersons(ctx context.Context, o *Options) ([]*person, []*participant, error) {
	pseudonyms := pseudonym.NewPseudonymizer(o.Key, o.Terms.Pilot, pseudonym.ForEvaluator, o.Terms.Epoch)
	byKey := map[string]*person{}
	byID := map[string]bool{}
	var persons []*person
	err := transform.Select(ctx, o.Engine, o.Terms, o.Period, "release_persons", func(columns []string, row []transform.Value) error {
		v := named(columns, row)
		key := v("person_key").Str()
		reference, err := pseudonym.ParsePseudonym(key)
		if err != nil {
			return err
		}
		p := &person{
			id:           pseudonyms.ForRecipient(reference).String(),
			specialGroup: v("special_group").Str(), finalOutcome: v("final_outcome").Str(),
			nights: v("nights_band").Str(), conferences: v("conferences_band").Str(),
		}
		p.qi = [qiCount]string{
			v("sex").Str(), ageLeaf(v("age")), v("nationality").Str(), monthLeaf(v("admitted_on").Day()), countLeaf(v("trajectories").Int()),
		}
		if byID[p.id] {
			return fmt.Errorf("two persons have one pseudonym\n  Raise epoch in the pilot's terms; the deliveries before cannot be continued then.")
		}
		byID[p.id] = true
		byKey[key] = p
		persons = append(persons, p)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read persons: %w", err)
	}
	participants, err := readParticipants(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	err = transform.Select(ctx, o.Engine, o.Terms, o.Period, "release_trajectories", func(columns []string, row []transform.Value) error {
		v := named(columns, row)
		t := trajectory{
			sequence: v("sequence").Int(), scenario: v("scenario").Str(), days: v("days").Int(), running: v("is_running").Str() == "true",
			daysToScenario: v("days_to_scenario_band").Str(), review: v("review").Str(),
		}
		from := v("duration_step").Int() * bandDays
		t.truth = [cells]string{cellHours: v("guidance_hours_band").Str(), cellDuration: fmt.Sprintf("%d-%d", from, from+bandDays-1), cellOutcome: v("outcome").Str()}
		t.published = t.truth
		key := v("person_key").Str()
		if p := byKey[key]; p != nil { // else nobody with an admitted case
			p.trajectories = append(p.trajectories, t)
		}
		if a := participants[key]; a != nil && v("in_account").Str() == "true" {
			a.courses = append(a.courses, t)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read trajectories: %w", err)
	}
	slices.SortFunc(persons, func(a, b *person) int { return strings.Compare(a.id, b.id) })
	return persons, sortedParticipants(participants), nil
}

// named returns the value of a column by its name.
func named(columns []string, row []transform.Value) func(string) transform.Value {
	return func(name string) transform.Value {
		return row[slices.Index(columns, name)]
	}
}

// oldest is the age from which all are published as one.
const oldest = 100

func ageLeaf(v transform.Value) string {
	switch {
	case v.IsNull() || v.Int() < 0:
		return unknown
	case v.Int() >= oldest:
		return fmt.Sprintf("%d+", oldest)
	}
	return fmt.Sprint(v.Int())
}

func monthLeaf(d day.Day) string {
	y, m, _ := d.Civil()
	return fmt.Sprintf("%04d-%02d", y, m)
}

func countLeaf(n int64) string {
	if n >= 3 {
		return "3+"
	}
	return fmt.Sprint(n)
}
