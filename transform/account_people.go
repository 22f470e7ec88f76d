package transform

import (
	"context"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
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
func loadPeople(ctx context.Context, eng Engine, t *Terms, p Period) ([]Participant, error) {
	guidance := eng.Delivered("guidance")
	var people []Participant
	err := Select(ctx, eng, t, p, "account_trajectories", func(_ []string, row []Value) error {
		key, err := pseudonym.ParsePseudonym(row[0].Str())
		if err != nil {
			return err
		}
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

func isTrue(v Value) bool { return v.Str() == "true" }

// person takes from a row what is the same in all rows of a person.
func person(key pseudonym.Pseudonym, row []Value, guidance bool) Participant {
	p := Participant{key: key, Sex: row[15].Str(), AgeBand: row[16].Str(), Organisation: row[2].Str(), Start: row[3].Day()}
	reason := func(r string, given bool) {
		if given {
			p.Reasons = append(p.Reasons, r)
		}
	}
	reason(ReasonNoGuidance, guidance && isTrue(row[20]))
	reason(ReasonUnknownBirthDate, isTrue(row[17]))
	reason(ReasonUnknownSex, p.Sex == "unknown")
	reason(ReasonIdentityUnknown, isTrue(row[18]))
	reason(ReasonDouble, isTrue(row[19]))
	return p
}

func trajectory(row []Value) AccountTrajectory {
	return AccountTrajectory{
		Sequence: row[1].Int(), Organisation: row[2].Str(), Start: row[3].Day(), End: row[4].Day(),
		Outcome: row[5].Str(), Departed: row[6].Day(), Evidence: isTrue(row[7]),
		returned: isTrue(row[8]), noEvidence: isTrue(row[9]), noDeparture: isTrue(row[10]),
		Hours: row[11].Int(), Activities: row[12].Int(), Evidenced: row[13].Int(), aid: row[14].Int() > 0,
		file: row[21].Int(), line: row[22].Int(),
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
	if noEvidence {
		p.Reasons = append(p.Reasons, ReasonNoEvidence)
	}
	if noDeparture {
		p.Reasons = append(p.Reasons, ReasonNoDepartureDate)
	}
}
