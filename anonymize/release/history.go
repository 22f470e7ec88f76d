package release

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/internal/former"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// RecordFile is where the steward's part of an output keeps what each row was published as. It is
// never given away: with it the evaluator's tables can be joined to the register.
const RecordFile = "beheer/verstrekt-evaluator.csv"

// recordColumns is the header of the record. persoon and rij are pseudonyms of the store; kenmerken are
// the labels of the quasi-identifiers, gevoelig the sensitive values.
var recordColumns = []string{"tabel", "persoon", "rij", "kenmerken", "gevoelig"}

// earlier is a delivery of the same pilot: what it published of each row.
type earlier struct {
	label string
	asOf  string
	rows  map[string]string // labels by table, person and row
}

func recordKey(table, person, id string) string { return table + "\x1f" + person + "\x1f" + id }

// readEarlier reads the records of output folders, in the order of their reference dates.
func readEarlier(dirs []string, pilot string) ([]*earlier, error) {
	var all []*earlier
	for _, dir := range dirs {
		e, err := readDelivery(dir, pilot)
		if err != nil {
			return nil, say.Errorf("read earlier delivery: %w", err)
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b *earlier) int { return strings.Compare(a.asOf+a.label, b.asOf+b.label) })
	return all, nil
}

// manifest is what is read of an output's manifest.json.
type manifest struct {
	Pilot  string `json:"pilot"`
	Period struct {
		Label string  `json:"label"`
		AsOf  day.Day `json:"as_of"`
	} `json:"period"`
}

func readManifest(dir string) (*manifest, error) {
	m := &manifest{}
	b, err := regular.ReadFile(filepath.Join(dir, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(b, m)
	}
	if err != nil {
		return nil, say.Errorf("%s holds no manifest.json that can be read (%w)\n  Give the output folder of an earlier run, not the evaluator's copy.", dir, err)
	}
	return m, nil
}

func readDelivery(dir, pilot string) (*earlier, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if m.Pilot != pilot {
		return nil, say.Errorf("%s is of pilot %q, the terms are of pilot %q\n  Give the earlier deliveries of the same pilot.", dir, m.Pilot, pilot)
	}
	e := &earlier{label: former.Name(m.Period.Label, dir), asOf: m.Period.AsOf.String(), rows: map[string]string{}}
	path := filepath.Join(dir, filepath.FromSlash(RecordFile))
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, say.Errorf("%s holds no %s: it made no delivery to the evaluator, or an older version of the program did\n  Give an output folder that holds it.", dir, RecordFile)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.FieldsPerRecord = len(recordColumns)
	rows, err := in.ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], recordColumns) {
		return nil, say.Errorf("%s is not a record of this program\n  Put it back as lvv run wrote it.", path)
	}
	for _, row := range rows[1:] {
		e.rows[recordKey(row[0], row[1], row[2])] = row[3]
	}
	return e, nil
}

// recordSeparator stands between the values of a row in the record.
const recordSeparator = " | "

// writeRecord writes what each row is published as, in the order of the store's pseudonyms.
func writeRecord(w io.Writer, tables []*table) error {
	rows := [][]string{recordColumns}
	for _, t := range tables {
		for _, r := range t.published() {
			rows = append(rows, []string{t.name, r.person, r.id, strings.Join(r.labels, recordSeparator), strings.Join(r.sensitive, recordSeparator)})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// histories divides rows by what each earlier delivery published of them, absence included.
func histories(table string, rows []*row, before []*earlier) [][]*row {
	return group(rows, func(r *row) string {
		var key strings.Builder
		for _, e := range before {
			key.WriteString(e.rows[recordKey(table, r.person, r.id)] + "\x1f")
		}
		return key.String()
	})
}
