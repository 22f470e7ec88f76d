package sql

import (
	"fmt"
	"slices"
	"sync"

	"lvv/ingest"
	"lvv/internal/lists"
)

// Measure is what an AMIF indicator counts.
type Measure string

// The measures of an account. Reintegration is that of returned persons with such an activity.
const (
	CountParticipants         Measure = "participants"
	CountReturned             Measure = "returned"
	CountReturnedWithEvidence Measure = "returned_with_evidence"
	CountReintegration        Measure = "reintegration"
	CountTrajectories         Measure = "trajectories"
	SumHours                  Measure = "guidance_hours"
	ShareWithEvidence         Measure = "guidance_with_evidence"
)

// IndicatorSet is what the Rijk asks of the AMIF account in a programme period.
type IndicatorSet struct {
	ID         string
	Title      Text `yaml:",inline"`
	Indicators []Indicator
}

// Indicator is one line of the account.
type Indicator struct {
	ID         string
	Counts     Measure
	By         []string // dimensions of the bands beside the total
	Figure     string   // the figure that must have the same value, or ""
	Title      Text
	Definition Text
	Source     Text   // legal source
	Confirmed  string // by whom and when the Rijk confirmed wording and source; "" = to be confirmed
}

// accounts is the content of amif.yaml.
type accounts struct {
	Rules []Text
	Sets  []IndicatorSet
}

// IndicatorSetNamed returns the set with the id, or nil.
func IndicatorSetNamed(id string) (*IndicatorSet, error) {
	a, err := loadAccounts()
	if err != nil {
		return nil, err
	}
	if set := lists.Find(a.Sets, func(s *IndicatorSet) bool { return s.ID == id }); set != nil {
		return set, nil
	}
	return nil, fmt.Errorf("there is no indicator set %q", id)
}

// CountingRules returns the rules by which an AMIF account counts.
func CountingRules() ([]Text, error) {
	a, err := loadAccounts()
	if err != nil {
		return nil, err
	}
	return a.Rules, nil
}

var loadAccounts = sync.OnceValues(func() (*accounts, error) {
	text, err := files.ReadFile("amif.yaml")
	if err != nil {
		return nil, fmt.Errorf("read indicator sets: %w", err)
	}
	a, err := parseAccounts(text)
	if err != nil {
		return nil, fmt.Errorf("amif.yaml: %w", err)
	}
	return a, nil
})

func parseAccounts(text []byte) (*accounts, error) {
	a := &accounts{}
	if err := ingest.DecodeYAML(text, a); err != nil {
		return nil, err
	}
	for _, s := range a.Sets {
		for _, i := range s.Indicators {
			if err := i.check(); err != nil {
				return nil, fmt.Errorf("set %s, indicator %s: %w", s.ID, i.ID, err)
			}
		}
	}
	return a, nil
}

// check refuses what an account cannot count.
func (i *Indicator) check() error {
	bands := map[Measure][]string{
		CountParticipants: {"sex", "age_band"}, CountReturned: {"sex", "age_band"}, CountReturnedWithEvidence: {"sex", "age_band"},
		CountReintegration: {"sex", "age_band"}, CountTrajectories: {"organisation"}, SumHours: {"organisation"}, ShareWithEvidence: {},
	}
	possible, ok := bands[i.Counts]
	if !ok {
		return fmt.Errorf("counts %q is not a measure", i.Counts)
	}
	for _, by := range i.By {
		if !slices.Contains(possible, by) {
			return fmt.Errorf("%s cannot be counted by %q", i.Counts, by)
		}
	}
	for _, t := range []Text{i.Title, i.Definition, i.Source} {
		if t.NL == "" || t.EN == "" {
			return fmt.Errorf("title, definition and source need both languages")
		}
	}
	return nil
}
