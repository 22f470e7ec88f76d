package main

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

//go:embed baseline.sql
var baselineSQL string

// baselineFolder is where the baseline writes its Parquet files, within the folder of the set.
const baselineFolder = "baseline"

// report is what the baseline's process tells the benchmark on its standard output.
type report struct {
	Steps   []step             `json:"steps"`
	Figures map[string]float64 `json:"figures"` // by id and dimensions
}

// step is a part of a run.
type step struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

// timed does a step and notes what it took.
func (r *report) timed(name string, do func() error) error {
	began := time.Now()
	err := do()
	r.Steps = append(r.Steps, step{name, time.Since(began).Seconds()})
	return err
}

// runBaseline is the plain DuckDB program: it works in the folder of a set, and nothing of lvv runs
// in it.
func runBaseline(ctx context.Context, set string, places int, stdout io.Writer) (err error) {
	if err := os.Chdir(set); err != nil {
		return err
	}
	if err := os.MkdirAll(baselineFolder, 0o755); err != nil {
		return err
	}
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // its variables belong to a connection
	if _, err := db.ExecContext(ctx, "CREATE TABLE given AS SELECT ?::VARCHAR AS key, ?::BIGINT AS places", "a key that is not secret", places); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "SET VARIABLE key = (SELECT key FROM given); SET VARIABLE places = (SELECT places FROM given)"); err != nil {
		return err
	}
	var out report
	for _, part := range strings.Split(baselineSQL, "-- step: ")[1:] {
		name, statements, _ := strings.Cut(part, "\n")
		if err := out.timed(name, func() error { _, err := db.ExecContext(ctx, statements); return err }); err != nil {
			return fmt.Errorf("step %s: %w", name, err)
		}
	}
	if out.Figures, err = baselineFigures(ctx, db); err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(out)
}

func baselineFigures(ctx context.Context, db *sql.DB) (out map[string]float64, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id || CASE dims WHEN '' THEN '' ELSE ' ' || dims END, value FROM figures WHERE value IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out = make(map[string]float64)
	for rows.Next() {
		var name string
		var value float64
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		out[name] = value
	}
	return out, rows.Err()
}
