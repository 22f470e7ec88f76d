package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver

	"lvv/ingest"
	"lvv/internal/country"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/duckdb"
)

// modelsFolder is where the second program writes its Parquet files, within the folder of the set.
const modelsFolder = "models"

// shape is how a file of the samples is written, where it is not as most are.
type shape struct{ delimiter, dates, encoding string }

var (
	usualShape = shape{";", "%d-%m-%Y", "utf-8"}
	shapes     = map[string]shape{
		"verblijf_proefhaven.csv": {",", "%Y-%m-%d", "utf-8"},
		"verblijf_vangnet.csv":    {";", "%d/%m/%Y", "latin-1"},
		"verblijf_ontwerp.csv":    {"\t", "%d-%m-%Y", "utf-8"},
		"procedures.csv":          {",", "%Y-%m-%d", "utf-8"},
		"capaciteit.csv":          {";", "%d-%m-%Y", "latin-1"},
	}
)

// runModels does the same work as lvv run, on the same files: DuckDB reads them, as the contract names their columns
// and codes, and every model and check of lvv runs on what it read. Nothing is checked while reading, and nothing drawn.
func runModels(ctx context.Context, set string, stdout io.Writer) error {
	var out report
	terms, err := transform.LoadTerms(filepath.Join(set, samples.Terms))
	if err != nil {
		return err
	}
	period, err := transform.ParsePeriod(samples.Period, "", terms)
	if err != nil {
		return err
	}
	store := ingest.Store{Dir: filepath.Join(set, modelsFolder)}
	if err := out.timed("read and write", func() (err error) { store.Segments, err = readByDuckDB(ctx, set, store.Dir); return err }); err != nil {
		return err
	}
	engine, err := duckdb.Open(ctx, duckdb.Options{Store: store, TempDir: store.Dir})
	if err != nil {
		return err
	}
	defer engine.Close()
	var results *transform.Results
	if err := out.timed("figures", func() (err error) { results, err = transform.Compute(ctx, engine, terms, period); return err }); err != nil {
		return err
	}
	if err := out.timed("checks", func() error { _, err := transform.Checks(ctx, engine, terms, period); return err }); err != nil {
		return err
	}
	var kpis strings.Builder
	if err := transform.WriteKPIs(&kpis, results); err != nil {
		return err
	}
	if out.Figures, err = readFigures([]byte(kpis.String())); err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(out)
}

// readByDuckDB reads the files of a set into Parquet files as the models expect them.
func readByDuckDB(ctx context.Context, set, folder string) (list []ingest.Segment, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, table := range ingest.Contract() {
		files, err := filepath.Glob(filepath.Join(set, samples.Exports, table.Stem+"*.csv"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			s := ingest.Segment{Table: table.Name, FileNo: len(list), File: fmt.Sprintf("%d.parquet", len(list))}
			read := &reading{db: db, table: &table, headers: map[string]string{}}
			if s.Rows, err = read.convert(ctx, file, filepath.Join(folder, s.File)); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			list = append(list, s)
		}
	}
	return list, nil
}

// reading is the reading of one file.
type reading struct {
	db      *sql.DB
	table   *ingest.Table
	headers map[string]string // by field
}

// convert reads a file and writes its rows as the columns of the store. It returns how many there are.
func (r *reading) convert(ctx context.Context, from, to string) (int64, error) {
	csv, err := r.csv(from)
	if err != nil {
		return 0, err
	}
	if _, err := r.db.ExecContext(ctx, "CREATE OR REPLACE TABLE raw AS SELECT * FROM "+csv); err != nil { //nolint:gosec // nothing of it is anybody else's
		return 0, err
	}
	var columns []string
	for _, f := range r.table.StoreFields() {
		value, err := r.column(ctx, f)
		if err != nil {
			return 0, err
		}
		columns = append(columns, value+" AS "+f.Name)
	}
	done, err := r.db.ExecContext(ctx, fmt.Sprintf("COPY (SELECT %s FROM raw) TO '%s' (FORMAT parquet)", strings.Join(columns, ", "), to))
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// csv is the file as a table of SQL, and notes which header belongs to which field.
func (r *reading) csv(file string) (string, error) {
	form, ok := shapes[filepath.Base(file)]
	if !ok {
		form = usualShape
	}
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head, err := bufio.NewReader(f).ReadString('\n')
	if err != nil {
		return "", err
	}
	var types []string
	for header := range strings.SplitSeq(strings.TrimSpace(strings.TrimPrefix(head, "\ufeff")), form.delimiter) {
		header = strings.Trim(header, `"`)
		kind := "VARCHAR"
		for _, field := range r.table.Fields {
			if field.Header == header || slices.Contains(field.Aliases, header) {
				r.headers[field.Name] = header
				if field.Type == ingest.DateType {
					kind = "DATE"
				}
			}
		}
		types = append(types, fmt.Sprintf("'%s': '%s'", header, kind))
	}
	return fmt.Sprintf(`read_csv('%s', delim = '%s', header = true, quote = '"', escape = '"', dateformat = '%s', encoding = '%s', columns = {%s})`,
		file, form.delimiter, form.dates, form.encoding, strings.Join(types, ", ")), nil
}

// column is the value of a column of the store.
func (r *reading) column(ctx context.Context, f ingest.StoreField) (string, error) {
	hash := func(number string) string {
		return "unhex(substr(sha256('a key that is not secret' || " + number + "), 1, 32))"
	}
	person := func() string {
		i := slices.IndexFunc(r.table.Fields, func(f ingest.Field) bool { return f.Type == ingest.VNumberType })
		return r.headers[r.table.Fields[i].Name]
	}
	if f.Field == nil {
		switch f.Kind {
		case ingest.StoreID:
			return hash("coalesce(" + person() + ", " + r.headers["case_id"] + ")"), nil
		case ingest.StoreUnknown:
			return person() + " IS NULL", nil
		case ingest.StoreOrder:
			return "encode(" + r.headers[r.table.Key] + ")", nil
		}
		return "rowid + 2", nil
	}
	header, ok := r.headers[f.Field.Name]
	switch {
	case !ok:
		return "NULL", nil
	case f.Kind == ingest.StoreID:
		return hash(header), nil
	case f.Kind == ingest.StoreBool:
		return fmt.Sprintf("CASE WHEN %[1]s IN ('ja', 'j', '1', 'x') THEN true WHEN %[1]s IN ('nee', 'n', '0') THEN false END", header), nil
	case f.Kind == ingest.StoreNumber:
		return fmt.Sprintf("CAST(replace(replace(replace(%s, '€ ', ''), '.', ''), ',', '.') AS DECIMAL(18, %d))", header, f.Field.Decimals), nil
	case f.Kind == ingest.StoreWhole:
		return "CAST(" + header + " AS BIGINT)", nil
	case f.Kind == ingest.StoreCode:
		return r.codes(ctx, f.Field, header)
	}
	return header, nil
}

// codes turns the words that occur into the codes of the contract.
func (r *reading) codes(ctx context.Context, f *ingest.Field, header string) (_ string, err error) {
	rows, err := r.db.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT %s FROM raw WHERE %[1]s IS NOT NULL", header))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var cases []string
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return "", err
		}
		cases = append(cases, fmt.Sprintf("WHEN '%s' THEN '%s'", strings.ReplaceAll(word, "'", "''"), codeOf(f, word)))
	}
	if cases == nil {
		return "CAST(NULL AS VARCHAR)", rows.Err()
	}
	return "CASE " + header + " " + strings.Join(cases, " ") + " END", rows.Err()
}

// codeOf is the code of a word, or are those of several.
func codeOf(f *ingest.Field, word string) string {
	if f.Type == ingest.CountryType {
		if i, ok := country.Index(word); ok {
			return country.Codes()[i]
		}
		return ""
	}
	words := []string{word}
	if f.Type == ingest.CodesType {
		words = strings.FieldsFunc(word, func(c rune) bool { return strings.ContainsRune("+,/", c) })
	}
	var codes []string
	for _, c := range f.Codes {
		if slices.ContainsFunc(words, func(w string) bool {
			w = strings.ToLower(strings.TrimSpace(w))
			return w == strings.ToLower(c.Dutch) || slices.ContainsFunc(c.Aliases, func(a string) bool { return strings.ToLower(a) == w })
		}) {
			codes = append(codes, c.Value)
		}
	}
	return strings.Join(codes, "+")
}
