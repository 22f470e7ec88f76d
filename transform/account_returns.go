package transform

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/transform/engine"
)

// The AMIF marks of a return trajectory.
const (
	ProjectYes     = "yes"
	ProjectNo      = "no"
	ProjectUnknown = "unknown" // not filled in
)

// ReturnTrajectory is a return trajectory of the pilot, whether the project claims it or not.
type ReturnTrajectory struct {
	Pseudonym    string // under purpose amif
	Organisation string
	Start, End   day.Day // End is day.None while it runs
	Outcome      string  // "" without
	Departed     day.Day // day.None without
	Evidence     bool    // of departure
	Project      string  // its mark
	Claimed      bool    // marked, and of a person who is claimed in this account
}

// loadReturns lists every return trajectory with its mark.
func (a *Account) loadReturns(ctx context.Context, eng engine.Engine, t *Terms, p Period, z *pseudonym.Pseudonymizer) error {
	claimed := make(map[string]bool, len(a.Participants))
	for i := range a.Participants {
		claimed[a.Participants[i].Pseudonym] = true
	}
	err := selectPersons(ctx, eng, t, p, "account_returns", func(key pseudonym.Pseudonym, row engine.Row) error {
		r := ReturnTrajectory{
			Pseudonym: z.ForRecipient(key).String(), Organisation: row.Get("organisation").Str(), Start: row.Get("started_on").Day(), End: row.Get("ended_on").Day(),
			Outcome: row.Get("outcome").Str(), Departed: row.Get("departed_on").Day(), Evidence: isTrue(row.Get("departure_evidence")), Project: row.Get("project").Str(),
		}
		r.Claimed = r.Project == ProjectYes && claimed[r.Pseudonym]
		a.Returns = append(a.Returns, r)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(a.Returns, func(x, y ReturnTrajectory) int { return cmp.Compare(x.Pseudonym, y.Pseudonym) })
	return nil
}

// agreeReturns holds the list of return trajectories against the figures and the steps.
func (a *Account) agreeReturns(r *Results) error {
	by := map[string]int64{}
	for i := range a.Returns {
		by[a.Returns[i].Project]++
	}
	for _, project := range []string{"", ProjectYes, ProjectNo, ProjectUnknown} {
		n, dims := by[project], []string{"project", project}
		if project == "" {
			n, dims = int64(len(a.Returns)), nil
		}
		if f := r.Figure("amif.return_trajectories", dims...); f != nil && !sameValue(f.Value, engine.CountOf(n)) {
			return fmt.Errorf("the AMIF account lists %d return trajectories %v, the figures say %s: nothing is claimed; report this fault", n, dims, f.Value)
		}
	}
	for _, s := range a.Steps {
		if s.ID == StepReturn && s.Count != int64(len(a.Returns)) {
			return fmt.Errorf("the AMIF account does not add up: %d return trajectories are left, %d are listed", s.Count, len(a.Returns))
		}
	}
	return nil
}
