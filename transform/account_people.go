package transform

import (
	"context"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/transform/engine"
)

// The reasons for which a participant must be completed, in the order of the catalogue.
const (
	ReasonNoGuidance       = "no_guidance"
	ReasonNoEvidence       = "no_evidence"
	ReasonUnknownBirthDate = "unknown_birth_date"
	ReasonUnknownSex       = "unknown_sex"
	ReasonIdentityUnknown  = "identity_unknown"
	ReasonNoDepartureDate  = "no_departure_date"
	ReasonDouble           = "double_participation"
)

// loadPeople reads the persons of the AMIF trajectories in the order of their store keys, each with
// the trajectories in their order. They have no pseudonyms yet.
func loadPeople(ctx context.Context, eng engine.Engine, t *Terms, p Period) ([]Participant, error) {
	guidance := eng.Delivered("guidance")
	var people []Participant
	err := selectPersons(ctx, eng, t, p, "account_trajectories", func(key pseudonym.Pseudonym, row engine.Row) error {
		if len(people) == 0 || people[len(people)-1].key != key {
			people = append(people, person(key, row, guidance))
		}
		last := &people[len(people)-1]
		last.Trajectories = append(last.Trajectories, trajectory(row))
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range people {
		people[i].sumUp()
	}
	return people, nil
}

// selectPersons is [Select] of a model whose rows each belong to a person.
func selectPersons(ctx context.Context, eng engine.Engine, t *Terms, p Period, model string, each func(pseudonym.Pseudonym, engine.Row) error) error {
	return Select(ctx, eng, t, p, model, func(row engine.Row) error {
		key, err := pseudonym.ParsePseudonym(row.Get("person_key").Str())
		if err != nil {
			return err
		}
		return each(key, row)
	})
}

func isTrue(v engine.Value) bool { return v.Str() == "true" }

// person takes from a row what is the same in all rows of a person.
func person(key pseudonym.Pseudonym, row engine.Row, guidance bool) Participant {
	p := Participant{key: key, Sex: row.Get("sex").Str(), AgeBand: row.Get("age_band").Str(), Organisation: row.Get("organisation").Str(), Start: row.Get("started_on").Day()}
	p.reason(ReasonNoGuidance, guidance && isTrue(row.Get("no_guidance")))
	p.reason(ReasonUnknownBirthDate, isTrue(row.Get("unknown_birth_date")))
	p.reason(ReasonUnknownSex, p.Sex == "unknown")
	p.reason(ReasonIdentityUnknown, isTrue(row.Get("identity_unknown")))
	p.reason(ReasonDouble, isTrue(row.Get("double_participation")))
	return p
}

func trajectory(row engine.Row) AccountTrajectory {
	return AccountTrajectory{
		Sequence: row.Get("sequence").Int(), Organisation: row.Get("organisation").Str(), Start: row.Get("started_on").Day(), End: row.Get("ended_on").Day(),
		Outcome: row.Get("outcome").Str(), Departed: row.Get("departed_on").Day(), Evidence: isTrue(row.Get("departure_evidence")),
		returned: isTrue(row.Get("returned")), noEvidence: isTrue(row.Get("no_evidence")), noDeparture: isTrue(row.Get("no_departure_date")),
		Hours: row.Get("hours").Int(), Activities: row.Get("activities").Int(), Evidenced: row.Get("with_evidence").Int(), aid: row.Get("reintegration").Int() > 0,
		file: row.Get("file_no").Int(), line: row.Get("line_no").Int(),
	}
}

// sumUp fills what a person's trajectories bring together.
func (p *Participant) sumUp() {
	shown := &p.Trajectories[len(p.Trajectories)-1]
	aid, noEvidence, noDeparture := false, false, false
	p.End = p.Start
	for i := range p.Trajectories {
		t := &p.Trajectories[i]
		p.Hours += t.Hours
		p.Activities += t.Activities
		p.Evidenced += t.Evidenced
		if t.returned && (!p.Returned || t.Evidence && !p.WithEvidence) {
			shown = t
		}
		p.Returned = p.Returned || t.returned
		p.WithEvidence = p.WithEvidence || t.returned && t.Evidence
		aid, noEvidence, noDeparture = aid || t.aid, noEvidence || t.noEvidence, noDeparture || t.noDeparture
		if t.End == day.None || p.End == day.None {
			p.End = day.None
		} else {
			p.End = max(p.End, t.End)
		}
	}
	p.Outcome, p.Departed, p.Evidence = shown.Outcome, shown.Departed, shown.Evidence
	p.Reintegration = p.Returned && aid
	p.reason(ReasonNoEvidence, noEvidence)
	p.reason(ReasonNoDepartureDate, noDeparture)
}

func (p *Participant) reason(r string, given bool) {
	if given {
		p.Reasons = append(p.Reasons, r)
	}
}
