// Package duckdb is the engine that is built in: an in-memory DuckDB that can reach nothing but its store.
package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	duckdbgo "github.com/duckdb/duckdb-go/v2"

	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/say"
	models "lvv/sql"
	"lvv/transform/engine"
)

// Options say where an engine reads and how much of the machine it may use.
type Options struct {
	Store       ingest.Store // its folder is the only place that SQL can reach
	TempDir     string       // existing private folder to spill into
	Threads     int          // 0: one for each processor, and of a small store a single one
	MemoryLimit string       // such as "1GB"; "" leaves the choice to DuckDB
	ScanFiles   bool         // small tables too stay in their files, as large ones do, for tests that compare the two
}

// Engine is an [engine.Engine] on an in-memory DuckDB that can reach nothing but its store.
type Engine struct {
	db        *sql.DB
	conn      *sql.Conn
	dialect   *models.Dialect
	delivered map[string]bool
	versions  engine.Versions
}

var _ engine.Engine = (*Engine)(nil)

// Open opens the store read-only. The caller closes the engine.
func Open(ctx context.Context, o Options) (_ *Engine, err error) {
	dir, err := filepath.Abs(o.Store.Dir)
	if err != nil {
		return nil, say.Errorf("open store: %w", err)
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, say.Errorf("open store: %w", err)
	} else if !info.IsDir() {
		return nil, say.Errorf("open store: %s is not a folder", dir)
	}
	dialect, err := models.DialectOf("duckdb")
	if err != nil {
		return nil, err
	}
	e := &Engine{dialect: dialect, delivered: map[string]bool{}, versions: engine.Versions{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.Close())
		}
	}()
	connector, err := duckdbgo.NewConnector("", lockDown(dir, o))
	if err != nil {
		return nil, say.Errorf("open engine: %w", err)
	}
	e.db = sql.OpenDB(connector)
	if e.conn, err = e.db.Conn(ctx); err != nil {
		return nil, say.Errorf("open engine: %w", err)
	}
	if err := e.prepare(ctx, dir, o.Store.Segments, o.ScanFiles); err != nil {
		return nil, say.Errorf("open store: %w", err)
	}
	return e, nil
}

// lockDown configures a new connection so that nothing outside the store can be read or written, and
// nothing of this can be undone. The order matters: what comes after the lock has no effect.
// temp_file_encryption stays off: see TestSpillCannotBeEncrypted.
func lockDown(store string, o Options) func(driver.ExecerContext) error {
	settings := []string{
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET preserve_insertion_order = false",
		"SET parquet_metadata_cache = true", // of files that do not change
	}
	if n := o.threads(); n > 0 {
		settings = append(settings, fmt.Sprintf("SET threads = %d", n))
	}
	if o.MemoryLimit != "" {
		settings = append(settings, "SET memory_limit = "+quote(o.MemoryLimit))
	}
	settings = append(settings,
		"SET temp_directory = "+quote(o.TempDir),
		"SET max_temp_directory_size = '100GB'",
		"SET allowed_directories = ["+quote(store)+"]",
		"SET enable_external_access = false",
		"SET lock_configuration = true",
	)
	return func(e driver.ExecerContext) error {
		for _, s := range settings {
			if _, err := e.ExecContext(context.Background(), s, nil); err != nil {
				return say.Errorf("configure engine: %w", err)
			}
		}
		return nil
	}
}

// quote writes a text literal. It is for the engine's own paths and settings, which cannot be bound;
// data never passes through it.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// smallTable is up to how many rows a table is read into memory once. DuckDB plans each query that scans files twice, once
// more as it begins, since the files may have changed; of small tables the planning is most of the work.
const smallTable = 50_000

// smallStore is up to how many rows of all tables one thread answers the queries. Threads that share so little wait for one
// another: on the samples two take a sixth more processor time than one, and are not done earlier.
const smallStore = 20_000

// threads is how many there are to be; 0 leaves the choice to DuckDB.
func (o Options) threads() int {
	rows := int64(0)
	for _, s := range o.Store.Segments {
		rows += s.Rows
	}
	if o.Threads == 0 && rows <= smallStore {
		return 1
	}
	return o.Threads
}

// prepare defines one relation for each table of the contract.
func (e *Engine) prepare(ctx context.Context, dir string, segments []ingest.Segment, scan bool) error {
	statements := []string{"CREATE SCHEMA store"}
	rows := map[string]int64{}
	for _, table := range ingest.Contract() {
		var paths []string
		first, count := 0, int64(0)
		for _, s := range segments {
			if s.Table != table.Name {
				continue
			}
			if len(paths) == 0 {
				first = s.FileNo
			}
			if s.FileNo != first+len(paths) {
				return say.Errorf("the files of table %s do not follow each other", table.Name)
			}
			paths = append(paths, quote(filepath.Join(dir, s.File)))
			count += s.Rows
		}
		switch {
		case len(paths) > 0:
			e.delivered[table.Name], rows[table.Name] = true, count
			// One scan of all files is cheaper than a union of scans, and as cheap as that of one. What a
			// folder above is called (such as location=X) says nothing about the rows.
			kind := "VIEW"
			if count <= smallTable && !scan {
				kind = "TABLE"
			}
			statements = append(statements, fmt.Sprintf("CREATE %s store.%s AS SELECT %s, (file_index + %d)::INTEGER AS file_no FROM read_parquet([%s], hive_partitioning = false)",
				kind, table.Name, engine.StoreColumns(&table, fromParquet), first, strings.Join(paths, ", ")))
		case !table.Required:
			statements = append(statements, fmt.Sprintf("CREATE TABLE store.%s (%s, file_no INTEGER)", table.Name, types.Columns(&table)))
		default:
			return say.Errorf("the required table %s was not delivered", table.Name)
		}
	}
	for _, s := range statements {
		if _, err := e.conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	for _, table := range slices.Sorted(maps.Keys(rows)) {
		if err := engine.CheckRows(ctx, e, table, rows[table]); err != nil {
			return err
		}
	}
	return nil
}

var types = engine.ColumnTypes{ID: "UUID", Order: "BLOB", Text: "VARCHAR"}

// fromParquet reads a column of a segment. Pseudonyms are plain bytes there, which every engine reads, and
// are compared here as the 128 bits that they are: joined as BLOB, rows of the tests were lost (DuckDB 1.5.6).
func fromParquet(f ingest.StoreField) string {
	if f.Kind == ingest.StoreID {
		return fmt.Sprintf("CAST(%s AS UUID) AS %s", f.Name, f.Name)
	}
	return f.Name
}

// Delivered implements [engine.Engine].
func (e *Engine) Delivered(table string) bool { return e.delivered[table] }

// Load implements [engine.Engine].
func (e *Engine) Load(ctx context.Context, p engine.Param) error {
	if err := e.versions.Keep(p.Name, p.Version(), func() error { return e.load(ctx, p) }); err != nil {
		return say.Errorf("load %s: %w", p.Name, err)
	}
	return nil
}

func (e *Engine) load(ctx context.Context, p engine.Param) error {
	columns := lists.Map(p.Columns, func(c engine.ParamColumn) string { return c.Name + " " + types.Param(c.Kind) })
	create := fmt.Sprintf("CREATE OR REPLACE TABLE %s (%s)", p.Name, strings.Join(columns, ", "))
	if _, err := e.conn.ExecContext(ctx, create); err != nil {
		return err
	}
	if len(p.Rows) == 0 {
		return nil
	}
	// Many rows a statement: each has to be parsed, planned and committed.
	const together = 200
	marks := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(p.Columns)), ", ") + "), "
	for rows := range slices.Chunk(p.Rows, together) {
		var args []any
		for _, row := range rows {
			for _, v := range row {
				args = append(args, bindable(v))
			}
		}
		insert := fmt.Sprintf("INSERT INTO %s VALUES %s", p.Name, strings.TrimSuffix(strings.Repeat(marks, len(rows)), ", ")) //nolint:gosec // a name of the program and marks; every value is bound
		if _, err := e.conn.ExecContext(ctx, insert, args...); err != nil {
			return err
		}
	}
	return nil
}

func bindable(v engine.Value) any {
	switch v.Kind() {
	case engine.Count, engine.Money:
		return v.Int()
	case engine.Date:
		return v.Day().Time()
	case engine.Text:
		return v.Str()
	case engine.Real:
		return v.Float()
	}
	return nil
}

// Define implements [engine.Engine].
func (e *Engine) Define(ctx context.Context, r engine.Relation) error {
	if err := e.versions.Keep(r.Name, r.Version, func() error { return e.define(ctx, r) }); err != nil {
		return say.Errorf("define %s: %w", r.Name, err)
	}
	return nil
}

func (e *Engine) define(ctx context.Context, r engine.Relation) error {
	kind := "VIEW"
	if r.Table {
		kind = "TABLE"
	}
	query, err := e.dialect.Expand(r.Query)
	if err != nil {
		return err
	}
	_, err = e.conn.ExecContext(ctx, fmt.Sprintf("CREATE OR REPLACE %s %s AS %s", kind, r.Name, query))
	return withRemedy(err)
}

// Query implements [engine.Engine].
func (e *Engine) Query(ctx context.Context, query string, each func(engine.Row) error) (err error) {
	query, err = e.dialect.Expand(query)
	if err != nil {
		return say.Errorf("query: %w", err)
	}
	rows, err := e.conn.QueryContext(ctx, query)
	if err != nil {
		return say.Errorf("query: %w", withRemedy(err))
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return say.Errorf("query: %w", err)
	}
	cells := make([]any, len(columns))
	pointers := make([]any, len(columns))
	for i := range cells {
		pointers[i] = &cells[i]
	}
	row := engine.Row{Columns: columns, Values: make([]engine.Value, len(columns))}
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			return say.Errorf("query: %w", err)
		}
		for i, c := range cells {
			if row.Values[i], err = valueOf(c); err != nil {
				return say.Errorf("query: column %s: %w", columns[i], err)
			}
		}
		if err := each(row); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return say.Errorf("query: %w", withRemedy(err))
	}
	return nil
}

// errMemory replaces the engine's own advice, which names settings that are not the reader's.
var errMemory = say.Errorf("the database needs more memory than it may use\n  Give it more with --memory, such as --memory 4GiB, or let it do less at a time with --threads 1.")

// withRemedy says what to do about an error of the engine where a reader can do something.
func withRemedy(err error) error {
	if e, ok := errors.AsType[*duckdbgo.Error](err); ok && e.Type == duckdbgo.ErrorTypeOutOfMemory {
		return errMemory
	}
	return err
}

// Version implements [engine.Engine]; it is that of DuckDB itself, such as duckdb v1.5.6.
func (e *Engine) Version(ctx context.Context) (string, error) {
	version, err := engine.ValueOf(ctx, e, "SELECT version()")
	return "duckdb " + version.Str(), err
}

// Close implements [engine.Engine].
func (e *Engine) Close() error {
	var errs []error
	if e.conn != nil {
		errs = append(errs, e.conn.Close())
	}
	if e.db != nil {
		errs = append(errs, e.db.Close())
	}
	return errors.Join(errs...)
}
