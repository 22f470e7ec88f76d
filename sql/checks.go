package sql

import (
	"fmt"
	"slices"
	"sync"

	"lvv/ingest"
)

// Telling says what the steering group's report says of the findings of a check.
type Telling string

// What is told: the number of rows, or nothing, not even whether there are any; and of how far a register goes as much as of how many rows it has.
const (
	TellRows    Telling = "rows"
	TellNothing Telling = "nothing"
	TellCurrent Telling = "current"
)

// Check is one check on contents.
type Check struct {
	ID       string
	Severity string   // one of package ingest
	Told     Telling  // what the steering group is told; the steward is told all
	Table    string   // that its rows are of; "" for several
	Tables   []string // that it needs
	Title    Text
	Meaning  Text // what a finding means
	Action   Text // what to do about it
}

// LoadChecks parses the catalogue of checks that is built in, worst first; it is parsed once.
func LoadChecks() ([]Check, error) { return loadChecks() }

var loadChecks = sync.OnceValues(func() ([]Check, error) {
	text, err := files.ReadFile("checks.yaml")
	if err != nil {
		return nil, fmt.Errorf("read checks: %w", err)
	}
	var checks []Check
	if err := ingest.DecodeYAML(text, &checks); err != nil {
		return nil, fmt.Errorf("checks.yaml: %w", err)
	}
	for _, c := range checks {
		if !slices.Contains([]string{ingest.High, ingest.WarningLevel, ingest.Note}, c.Severity) {
			return nil, fmt.Errorf("checks.yaml: %s: unknown severity %q", c.ID, c.Severity)
		}
		if !slices.Contains([]Telling{TellRows, TellNothing, TellCurrent}, c.Told) {
			return nil, fmt.Errorf("checks.yaml: %s: told: %q is neither rows nor nothing nor current", c.ID, c.Told)
		}
		for _, t := range c.Tables {
			if ingest.TableNamed(t) == nil {
				return nil, fmt.Errorf("checks.yaml: %s: unknown table %q", c.ID, t)
			}
		}
	}
	return checks, nil
})
