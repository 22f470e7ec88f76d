package transform

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/internal/day"
	models "lvv/sql"
	"lvv/transform/engine"
)

// Account is the AMIF account of a period (art. 15.3): who received return guidance in the project
// from the pilot's start up to the reference date, exact and person by person. It is for those who
// settle and audit the subsidy, and for nobody else.
type Account struct {
	Pilot   string
	Project string // reference of the project, may be empty
	Period  Period
	Set     *models.IndicatorSet
	// Guidance reports whether the register of guidance was delivered; without it hours and activities
	// are not available.
	Guidance bool
	// Participants are claimed in this account, in the order of their pseudonyms; Earlier were
	// claimed in an earlier one.
	Participants []Participant
	Earlier      []Participant
	Months       []GuidanceMonth // of Participants, by month and organisation
	Steps        []AccountStep
	Indicators   []IndicatorValue
	Gaps         []Gap // of Participants
	// Returns are all return trajectories of the pilot, in the order of their persons' pseudonyms, then of start.
	Returns []ReturnTrajectory

	sources []sourceRow
}

// Participant is one person of the account.
type Participant struct {
	Pseudonym string // under purpose amif
	Steward   string // under purpose beheer; it never enters the account

	Sex, AgeBand  string  // at the start of the first trajectory, codes
	Organisation  string  // of the first trajectory
	Start         day.Day // of the first trajectory
	End           day.Day // of the last one; day.None while one is running
	Outcome       string  // of the trajectory that shows the return, else of the last one; "" without
	Departed      day.Day // of the same trajectory, else day.None
	Evidence      bool    // of departure, for the same trajectory
	Returned      bool
	WithEvidence  bool // returned, with evidence of departure
	Reintegration bool // returned, with a guidance activity of that kind
	Hours         int64
	Activities    int64
	Evidenced     int64 // activities with evidence
	Reasons       []string
	Trajectories  []AccountTrajectory

	key pseudonym.Pseudonym // of the store
}

// HourUnits is how many units the hours of the account count to the hour: whole numbers add up
// exactly, and a register in minutes loses nothing that shows.
const HourUnits = 10_000

// AccountTrajectory is one return trajectory of a participant. Hours are in [HourUnits].
type AccountTrajectory struct {
	Sequence     int64 // of the person's trajectories, from 1
	Organisation string
	Start, End   day.Day
	Outcome      string
	Departed     day.Day
	Evidence     bool
	Hours        int64
	Activities   int64
	Evidenced    int64

	file, line                             int64
	returned, noEvidence, noDeparture, aid bool
}

// GuidanceMonth adds up the guidance of a month by an organisation. Hours are in [HourUnits].
type GuidanceMonth struct {
	Month        day.Day // its first day
	Organisation string
	Activities   int64
	Evidenced    int64
	Hours        int64
}

// AccountStep is one step from the rows delivered to the participants claimed.
type AccountStep struct {
	ID    string
	Count int64
}

// The steps, in their order. Those that take rows away stand between the ones that state what is left.
const (
	StepRead          = "read"
	StepQuarantined   = "quarantined"
	StepDuplicates    = "duplicates"
	StepAccepted      = "accepted" // what is left
	StepLater         = "later"
	StepOtherScenario = "other_scenario"
	StepBeforePilot   = "before_pilot"
	StepReturn        = "return" // what is left
	StepNotAMIF       = "not_amif"
	StepUnmarked      = "unmarked"
	StepCounted       = "counted" // what is left
	StepRepeated      = "repeated"
	StepParticipants  = "participants" // what is left
	StepEarlier       = "earlier"
	StepClaimed       = "claimed" // what is left
)

// AccountInput is what an account needs beside the store.
type AccountInput struct {
	Results *Results            // of the same period; the account must agree with them
	Rows    ingest.TableAccount // of the register of trajectories
	AMIF    *pseudonym.Pseudonymizer
	Steward *pseudonym.Pseudonymizer
	Earlier map[string]bool // pseudonyms of earlier accounts
}

// NewAccount computes the account. An account that does not add up, or disagrees with a figure, is
// an error: it is not claimed.
func NewAccount(ctx context.Context, eng engine.Engine, t *Terms, p Period, in AccountInput) (*Account, error) {
	set, err := models.IndicatorSetNamed(t.AMIF.Indicators)
	if err != nil {
		return nil, err
	}
	people, err := loadPeople(ctx, eng, t, p)
	if err != nil {
		return nil, fmt.Errorf("read AMIF trajectories: %w", err)
	}
	a := &Account{Pilot: t.Pilot, Project: t.AMIF.Project, Period: p, Set: set, Guidance: eng.Delivered("guidance")}
	if err := a.name(people, in); err != nil {
		return nil, err
	}
	if err := a.months(ctx, eng, t, p); err != nil {
		return nil, fmt.Errorf("read AMIF guidance: %w", err)
	}
	if err := a.steps(ctx, eng, t, p, in.Rows); err != nil {
		return nil, err
	}
	if err := a.loadSources(ctx, eng, t, p); err != nil {
		return nil, fmt.Errorf("read origins of the AMIF account: %w", err)
	}
	if err := a.loadReturns(ctx, eng, t, p, in.AMIF); err != nil {
		return nil, fmt.Errorf("read return trajectories: %w", err)
	}
	a.Gaps = gapsOf(a.Participants)
	a.count()
	if err := a.agree(in.Results); err != nil {
		return nil, err
	}
	return a, nil
}

// name gives every person the pseudonyms of the account and of the steward, sets apart who was
// claimed before, and puts both lists in the order of their pseudonyms.
func (a *Account) name(people []Participant, in AccountInput) error {
	seen := map[string]bool{}
	for _, p := range people {
		p.Pseudonym = in.AMIF.ForRecipient(p.key).String()
		p.Steward = in.Steward.ForRecipient(p.key).String()
		if seen[p.Pseudonym] {
			return fmt.Errorf("two persons have the AMIF pseudonym %s", p.Pseudonym)
		}
		seen[p.Pseudonym] = true
		if in.Earlier[p.Pseudonym] {
			a.Earlier = append(a.Earlier, p)
		} else {
			a.Participants = append(a.Participants, p)
		}
	}
	byPseudonym := func(x, y Participant) int { return cmp.Compare(x.Pseudonym, y.Pseudonym) }
	slices.SortFunc(a.Participants, byPseudonym)
	slices.SortFunc(a.Earlier, byPseudonym)
	return nil
}

// months adds up the guidance of the persons who are claimed.
func (a *Account) months(ctx context.Context, eng engine.Engine, t *Terms, p Period) error {
	claimed := make(map[pseudonym.Pseudonym]bool, len(a.Participants))
	for i := range a.Participants {
		claimed[a.Participants[i].key] = true
	}
	type monthOf struct {
		month        day.Day
		organisation string
	}
	sums := map[monthOf]GuidanceMonth{}
	err := selectPersons(ctx, eng, t, p, "account_months", func(key pseudonym.Pseudonym, row engine.Row) error {
		if !claimed[key] {
			return nil
		}
		k := monthOf{day.Of(int(row.Get("year").Int()), int(row.Get("month").Int()), 1), row.Get("organisation").Str()}
		m := sums[k]
		m.Month, m.Organisation = k.month, k.organisation
		m.Activities += row.Get("activities").Int()
		m.Evidenced += row.Get("with_evidence").Int()
		m.Hours += row.Get("hours").Int()
		sums[k] = m
		return nil
	})
	a.Months = slices.SortedFunc(maps.Values(sums), func(x, y GuidanceMonth) int {
		return cmp.Or(cmp.Compare(x.Month, y.Month), cmp.Compare(x.Organisation, y.Organisation))
	})
	return err
}

// steps accounts for every row of the register of trajectories.
func (a *Account) steps(ctx context.Context, eng engine.Engine, t *Terms, p Period, rows ingest.TableAccount) error {
	left := map[string]int64{}
	total := int64(0)
	err := Select(ctx, eng, t, p, "account_steps", func(row engine.Row) error {
		left[row.Get("step").Str()] = row.Get("trajectories").Int()
		total += row.Get("trajectories").Int()
		return nil
	})
	if err != nil {
		return fmt.Errorf("read steps of the AMIF account: %w", err)
	}
	people := int64(len(a.Participants) + len(a.Earlier))
	returns := left[StepNotAMIF] + left[StepUnmarked] + left[StepCounted]
	a.Steps = []AccountStep{
		{StepRead, rows.Read}, {StepQuarantined, rows.Quarantined}, {StepDuplicates, rows.Duplicates}, {StepAccepted, total},
		{StepLater, left[StepLater]}, {StepOtherScenario, left[StepOtherScenario]}, {StepBeforePilot, left[StepBeforePilot]},
		{StepReturn, returns}, {StepNotAMIF, left[StepNotAMIF]}, {StepUnmarked, left[StepUnmarked]}, {StepCounted, left[StepCounted]},
		{StepRepeated, left[StepCounted] - people}, {StepParticipants, people},
		{StepEarlier, int64(len(a.Earlier))}, {StepClaimed, int64(len(a.Participants))},
	}
	trajectories := int64(0)
	for p := range a.people {
		trajectories += int64(len(p.Trajectories))
	}
	switch {
	case rows.Read != rows.Accepted+rows.Quarantined+rows.Duplicates || rows.Accepted != total:
		return fmt.Errorf("the AMIF account does not add up: of %d rows read, %d were quarantined and %d duplicates, but the store holds %d trajectories",
			rows.Read, rows.Quarantined, rows.Duplicates, total)
	case trajectories != left[StepCounted]:
		return fmt.Errorf("the AMIF account does not add up: %d trajectories count, but the participants have %d", left[StepCounted], trajectories)
	}
	return nil
}
