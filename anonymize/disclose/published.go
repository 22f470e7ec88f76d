// Package disclose stands between the exact results and their readers: every broken-down count
// about persons goes through it, and reports accept nothing else.
//
// All counts of a run become one system of linked cells (package cells): totals and breakdowns, tables that
// share a margin, what a reader can add up or subtract from them, and the earlier reports. What hangs together with
// what is read from the catalogue alone. The decision is taken once, by [Protect]; figures that follow from hidden counts
// (means, shares, curves) are hidden with them, and the duration curves are published in steps of at least
// MinCell ends. [AuditDocument] works out again, from what was published alone, what a reader can.
//
// What it does not see: kpis.json and the AMIF account are exact, for those entitled to them. The
// evaluator's data are protected by k-anonymity (package release); in them every combination of quasi-identifiers
// is shared by k persons, but someone with both the evaluator's data and the report can count in the first
// what the second hides, for the characteristics that the two share (special group, outcome,
// scenario). The evaluator is entitled to that and signs for it in LEESMIJ.md; readers of the report
// do not get those data.
package disclose

import (
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// Published is what readers may see of a run. Figures that are hidden carry
// [transform.Suppressed] and no value. Only this package makes one.
type Published struct {
	results transform.Results
	// MinCell is the smallest count that is shown; 0 means that the control was switched off, and
	// then every page says so.
	MinCell int
	// Withheld counts the corrections of earlier reports that are not listed because they are about
	// figures that those reports did not show, or about reports of a later reference date.
	Withheld int

	marks  map[string]cells.Mark  // by name of a count; shown when it has none
	levels map[string]cells.Level // by name of a table; sharp when it has none
	ranges map[string]cells.Range // by name of a count, of those that read as a range
	// withheld are the totals that are not told: by the name of a count, or the key of an aside.
	withheld map[string]bool
	gaps     map[string]bool    // the series of which something is withheld, by id
	totals   []transform.Figure // known to readers though no figure of the catalogue; the audit needs them
	moves    []string           // tables that say where persons moved, of whose rows readers are told no number
}

// WithheldTables lists the tables of whose rows readers are told no number: those that a total rests on which is withheld, because as many rows as there are of
// what it counts, less those that other totals tell of, would come to it; and those of hideMoves.
func (p *Published) WithheldTables(cat *sql.Catalogue) []string {
	var out []string
	for i := range cat.Figures {
		f := &cat.Figures[i]
		for name, withheld := range p.withheld {
			rest, of := strings.CutPrefix(name, f.ID)
			if withheld && of && (rest == "" || rest[0] == '|' || rest[0] == ' ') {
				out = append(out, f.Tables...)
			}
		}
	}
	out = append(out, p.moves...)
	slices.Sort(out)
	return slices.Compact(out)
}

// Earlier is a report that readers already have, of whatever reference date.
type Earlier struct {
	Results   *transform.Results  // exact, as its kpis.json holds them
	Published *published.Document // what readers saw of them; nil when that was everything
	// Corrections are what today's exports say of the same period, where it differs.
	Corrections []transform.Restatement
}

// NarrowsError says that a report cannot be published, because it narrows small counts of another that readers already have whatever is withheld.
type NarrowsError struct {
	Period string // the other report's
	Counts int    // how many
}

func (e *NarrowsError) Error() string {
	return fmt.Sprintf("%d small counts of %s would be narrowed", e.Counts, e.Period)
}

// Options set the control.
type Options struct {
	MinCell int       // the smallest count that is shown; 0 switches the control off
	Earlier []Earlier // in the order in which they were made
	Beside  *Beside
	// Withdrawn are tables of whose cells nothing is said, and totals that are withheld, by their [TableName].
	Withdrawn []string
	Start     day.Day        // of the pilot; 0 when it is not known
	Days      map[string]int // of the terms, see [transform.Terms.Days]; relations that rest on others are left out
	Order     Order          // of the partners in a table; nil for that of the code list
	Search    cells.Options
}

// DefaultOptions are those of a run with the given threshold.
func DefaultOptions(minCell int) Options {
	return Options{MinCell: minCell, Search: cells.DefaultOptions}
}
