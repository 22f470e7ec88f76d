package verify

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"lvv/internal/regular"
	"lvv/internal/say"
)

// table is a file as it was written.
type table struct {
	columns []string
	rows    [][]string
}

func (t *table) column(name string) int { return slices.Index(t.columns, name) }

// value is that of a column in a row; "" where there is none.
func (t *table) value(row []string, column string) string {
	if at := t.column(column); at >= 0 && at < len(row) {
		return row[at]
	}
	return ""
}

func readCSV(path string) (*table, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, say.Errorf("read %s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, say.Errorf("read %s: it is empty", path)
	}
	return &table{rows[0], rows[1:]}, nil
}

// readParquet reads a table with every value as text, null as empty.
func readParquet(path string) (*table, error) {
	r, err := file.OpenParquetFile(path, false)
	if err != nil {
		return nil, say.Errorf("read %s: %w", path, err)
	}
	defer r.Close()
	in, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, say.Errorf("read %s: %w", path, err)
	}
	content, err := in.ReadTable(context.Background())
	if err != nil {
		return nil, say.Errorf("read %s: %w", path, err)
	}
	defer content.Release()
	t := &table{rows: make([][]string, content.NumRows())}
	for i := range t.rows {
		t.rows[i] = make([]string, content.NumCols())
	}
	for c := range int(content.NumCols()) {
		t.columns = append(t.columns, content.Column(c).Name())
		row := 0
		for _, chunk := range content.Column(c).Data().Chunks() {
			row = copyColumn(t.rows, row, c, chunk)
		}
	}
	return t, nil
}

func copyColumn(rows [][]string, row, col int, chunk arrow.Array) int {
	for i := range chunk.Len() {
		if !chunk.IsNull(i) {
			rows[row][col] = chunk.ValueStr(i)
		}
		row++
	}
	return row
}

// description is what datapackage.json says of a table's columns.
type description struct {
	Resources []struct {
		Name   string `json:"name"`
		Schema struct {
			Fields []field `json:"fields"`
		} `json:"schema"`
	} `json:"resources"`
}

// field is what it says of a column.
type field struct {
	Name       string     `json:"name"`
	Role       string     `json:"role"`
	Hierarchy  [][]string `json:"hierarchy"`
	Categories []struct {
		Value string `json:"value"`
		EN    string `json:"label"`
		NL    string `json:"label_nl"`
	} `json:"categories"`
}

func (d *description) fields(resource string) (all []field) {
	for _, r := range d.Resources {
		if r.Name == resource {
			all = append(all, r.Schema.Fields...)
		}
	}
	return all
}

// labels returns the values of a column's code list by their label in either language; none is "".
func (d *description) labels(resource, column string) map[string]string {
	out := map[string]string{"": ""}
	for _, f := range d.fields(resource) {
		if f.Name != column {
			continue
		}
		for _, c := range f.Categories {
			out[c.NL], out[c.EN] = c.Value, c.Value
		}
	}
	return out
}

func readJSON(path string, v any) error {
	b, err := regular.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return say.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return nil
}
