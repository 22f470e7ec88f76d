package transform

import (
	"context"
	"fmt"
	"slices"

	"lvv/ingest"
	"lvv/internal/say"
	models "lvv/sql"
	"lvv/transform/engine"
)

// maxCheckRows bounds what a check lists; it counts all.
const maxCheckRows = 10_000

// CheckResult is what one check found for one table.
type CheckResult struct {
	Check models.Check
	Table string     // canonical name of the table whose rows it objects to
	Count int64      // of all rows that it objects to
	Rows  []CheckRow // the first 10,000 of them, as the sources are ordered
	// Missing names, by their stem, the tables without which the check could not run.
	Missing []string
}

// CheckRow is a row that a check objects to. Other is the record that it disagrees with, if any.
type CheckRow struct {
	Case   string // pseudonym of the case; "" where there is none
	Source RowRef
	Other  RowRef
}

// RowRef says where a row was read: which table, file (index into the run's list of files) and line.
// The zero RowRef is none.
type RowRef struct {
	Table string
	File  int
	Line  int64
}

// Checks looks for rows that contradict one another or are hard to believe, as known on the reference
// date: one result a check and table, in the order of the catalogue, worst first, none left out. A
// check that lacks a table says so instead.
func Checks(ctx context.Context, eng engine.Engine, t *Terms, p Period, watch ...Watch) ([]CheckResult, error) {
	checks, err := models.LoadChecks()
	if err != nil {
		return nil, err
	}
	c, err := newComputation(ctx, eng, t, p, watch...)
	if err != nil {
		return nil, err
	}
	c.total = len(checks)
	var out []CheckResult
	for _, check := range checks {
		found, err := c.check(ctx, check)
		if err != nil {
			return nil, say.Errorf("check %s: %w", check.ID, err)
		}
		out = append(out, found...)
		c.step()
	}
	return out, nil
}

// check runs one check. A check over several tables gives one result for each that has findings.
func (c *computation) check(ctx context.Context, check models.Check) ([]CheckResult, error) {
	result := CheckResult{Check: check, Table: check.Table}
	for _, table := range check.Tables {
		if !c.eng.Delivered(table) {
			result.Missing = append(result.Missing, ingest.TableNamed(table).Stem)
		}
	}
	if result.Missing != nil {
		return []CheckResult{result}, nil
	}
	if err := c.graph.define(ctx, c.eng, c.params, check.ID); err != nil {
		return nil, err
	}
	byTable, err := c.found(ctx, check)
	if err != nil {
		return nil, err
	}
	var out []CheckResult
	for _, t := range ingest.Contract() {
		if found, ok := byTable[t.Name]; ok {
			out = append(out, *found)
		}
	}
	if out == nil {
		out = []CheckResult{result}
	}
	return out, nil
}

// found lists the rows that a check objects to, by table.
func (c *computation) found(ctx context.Context, check models.Check) (map[string]*CheckResult, error) {
	found := map[string]*CheckResult{}
	err := c.eng.Query(ctx, listing(c.graph.models[check.ID].Query), func(row engine.Row) error {
		source := rowRef(row.Get("table_name"), row.Get("file_no"), row.Get("line_no"))
		r, ok := found[source.Table]
		if !ok {
			r = &CheckResult{Check: check, Table: source.Table, Count: row.Get("total").Int()}
			found[source.Table] = r
		}
		r.Rows = append(r.Rows, CheckRow{
			Case:   row.Get("case_key").Str(),
			Source: source,
			Other:  rowRef(row.Get("other_table"), row.Get("other_file_no"), row.Get("other_line_no")),
		})
		return nil
	})
	return found, err
}

// listing counts the rows of a check in each table, named as in the contract, and keeps the first.
func listing(check string) string {
	return fmt.Sprintf(`WITH found AS (
%s
),

placed AS (
    SELECT
        *, count(*) OVER (PARTITION BY table_name) AS total,
        row_number() OVER (PARTITION BY table_name ORDER BY file_no, line_no, other_file_no, other_line_no, case_key) AS place
    FROM found
)

SELECT case_key, table_name, file_no, line_no, other_table, other_file_no, other_line_no, total
FROM placed
WHERE place <= %d
ORDER BY table_name, place`, check, maxCheckRows)
}

// rowRef reads the place of a row of the exports; a place that is not known in full has its table alone.
func rowRef(table, file, line engine.Value) RowRef {
	if slices.ContainsFunc([]engine.Value{table, file, line}, engine.Value.IsNull) {
		return RowRef{Table: table.Str()}
	}
	return RowRef{Table: table.Str(), File: int(file.Int()), Line: line.Int()}
}
