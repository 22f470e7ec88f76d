// Package microdata makes a delimiter-separated table k-anonymous: it joins the table to its value
// hierarchies, has package kanon find the classes, and writes the published table.
//
// The table is never held whole. It is read once for what the algorithm needs, and again to write: once for each
// two million rows, so that nothing of it stands in temporary files.
// What is written tells nothing by its order. Rows stand in the order of their published values, and
// rows that are published alike in the order of their other columns: in the order of the input, who
// knows how the input was sorted would know more than the published values say.
package microdata

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lvv/anonymize/kanon"
	"lvv/internal/dsv"
	"lvv/internal/lists"
	"lvv/internal/say"
)

// Options describe one table to be published.
type Options struct {
	Data        string   // the table, with a header
	Hierarchies string   // folder with a file a quasi-identifier, its name ending in _<column>.csv
	QI          []string // quasi-identifiers
	Sensitive   []string // columns whose values must vary in each class
	Person      string   // column that says whose row it is; empty: every row is a person
	KeepOrder   bool     // keep the rows in the order of the input
	Out         string   // the published table, written whole or not at all
	kanon.Options
}

// Summary says what was published.
type Summary struct {
	Rows              int                `json:"rows"`
	Persons           int                `json:"persons"`
	SuppressedRows    int                `json:"suppressed_rows"`
	SuppressedPersons int                `json:"suppressed_persons"`
	Classes           int                `json:"classes"`
	NCP               float64            `json:"ncp"`
	Columns           map[string]float64 `json:"ncp_by_column"`
	SmallestClass     int                `json:"smallest_class"` // in persons
	SmallestL         *int               `json:"smallest_l"`     // null without sensitive columns
	K                 int                `json:"k"`
	L                 int                `json:"l"`
	Mode              kanon.Mode         `json:"mode"`
	Levels            map[string]int     `json:"levels,omitempty"` // of each column in uniform mode
	Seconds           float64            `json:"seconds"`
}

// ArgumentError says that the options do not fit the table.
type ArgumentError struct{ say.Speaker }

func argumentf(format string, args ...any) error {
	return &ArgumentError{say.Errorf(format, args...)}
}

// source is the table with the places of its columns.
type source struct {
	Options
	header      []string
	delimiter   rune
	qi          []int
	sensitive   []int
	person      int // -1 for none
	hierarchies []*kanon.Hierarchy
	files       []string // of the hierarchies
	sortedRows  int      // that are put in order at once
}

// Publish makes the table anonymous and writes it. Faults of the data and the hierarchies are found
// before any work.
func Publish(ctx context.Context, o Options) (*Summary, error) {
	began := time.Now()
	s, err := open(o)
	if err != nil {
		return nil, err
	}
	table, persons, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	res, err := kanon.Anonymize(ctx, table, o.Options)
	if err != nil {
		return nil, say.Errorf("anonymize %s: %w", o.Data, err)
	}
	if err := s.write(ctx, res, persons); err != nil {
		return nil, err
	}
	sum := &Summary{
		Rows: table.Rows(), Persons: table.Persons(), SuppressedRows: res.SuppressedRows, SuppressedPersons: res.SuppressedPersons,
		Classes: len(res.Labels), NCP: res.NCP, Columns: map[string]float64{}, SmallestClass: res.SmallestK,
		K: o.K, L: o.L, Mode: o.Mode, Seconds: time.Since(began).Seconds(),
	}
	if res.Levels != nil {
		sum.Levels = map[string]int{}
	}
	for i, name := range o.QI {
		sum.Columns[name] = res.Columns[i]
		if res.Levels != nil {
			sum.Levels[name] = res.Levels[i]
		}
	}
	if len(res.SmallestL) > 0 {
		sum.SmallestL = new(slices.Min(res.SmallestL))
	}
	return sum, nil
}

// open reads the header and the hierarchies.
func open(o Options) (*source, error) {
	in, err := dsv.Open(o.Data)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if a, err := os.Stat(o.Data); err == nil {
		if b, err := os.Stat(o.Out); err == nil && os.SameFile(a, b) {
			return nil, argumentf("--out names the table itself, %s\n  Give another name.", o.Data)
		}
	}
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, say.Errorf("read %s: it is empty; a header with the names of the columns is expected", o.Data)
	}
	if err != nil {
		return nil, err
	}
	s := &source{Options: o, header: lists.Map(header, strings.TrimSpace), delimiter: in.Delimiter, person: -1, sortedRows: defaultSortedRows}
	if err := s.findColumns(); err != nil {
		return nil, err
	}
	return s, s.readHierarchies()
}

// findColumns finds the named columns in the header; each may have one part only.
func (s *source) findColumns() error {
	if len(s.QI) == 0 {
		return argumentf("no quasi-identifiers are named\n  Give --qi with the columns by which somebody could be recognised.")
	}
	part := map[string]string{}
	for _, of := range []struct {
		flag  string
		names []string
		at    func(column int)
	}{
		{"--qi", s.QI, func(c int) { s.qi = append(s.qi, c) }},
		{"--sensitive", s.Sensitive, func(c int) { s.sensitive = append(s.sensitive, c) }},
		{"--person", slices.DeleteFunc([]string{s.Person}, func(name string) bool { return name == "" }), func(c int) { s.person = c }},
	} {
		for _, name := range of.names {
			if other, ok := part[name]; ok {
				return argumentf("column %q is named twice, by %s and by %s\n  Give each column one part.", name, other, of.flag)
			}
			part[name] = of.flag
			at := slices.Index(s.header, name)
			if at < 0 {
				return argumentf("%s names column %q, which %s does not have\n  Its columns are: %s", of.flag, name, s.Data, strings.Join(s.header, ", "))
			}
			if slices.Contains(s.header[at+1:], name) {
				return argumentf("%s has two columns %q\n  Rename one of them.", s.Data, name)
			}
			of.at(at)
		}
	}
	return nil
}

func (s *source) readHierarchies() error {
	entries, err := os.ReadDir(s.Hierarchies)
	if err != nil {
		return say.Errorf("read hierarchies: %w\n  Give the folder of the value hierarchies with --hierarchies.", err)
	}
	files := map[string][]string{}
	for _, e := range entries {
		if col := s.columnOf(e.Name()); col != "" && !e.IsDir() {
			files[col] = append(files[col], e.Name())
		}
	}
	for _, name := range s.QI {
		switch found := files[name]; len(found) {
		case 0:
			return say.Errorf("read hierarchies: %s holds no hierarchy of column %q\n  Put there a file whose name ends in _%s.csv, one row a value: value;level 1;...;*", s.Hierarchies, name, name)
		case 1:
			path := filepath.Join(s.Hierarchies, found[0])
			h, err := kanon.ReadHierarchy(path)
			if err != nil {
				return err
			}
			s.hierarchies, s.files = append(s.hierarchies, h), append(s.files, path)
		default:
			return say.Errorf("read hierarchies: %s holds several hierarchies of column %q: %s\n  Keep one.", s.Hierarchies, name, strings.Join(found, ", "))
		}
	}
	return nil
}

// columnOf returns the column that a hierarchy file is for: the longest name of a column that its
// own name ends in, so that x_salary_class.csv is not taken for a hierarchy of class.
func (s *source) columnOf(file string) string {
	ext := filepath.Ext(file)
	if !strings.EqualFold(ext, ".csv") {
		return ""
	}
	stem := strings.TrimSuffix(file, ext)
	best := ""
	for _, name := range s.header {
		if (stem == name || strings.HasSuffix(stem, "_"+name)) && len(name) > len(best) {
			best = name
		}
	}
	return best
}
