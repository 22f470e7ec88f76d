package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lvv/internal/former"
	"lvv/internal/say"
)

// tableClaims is what risk.json says of a table of the release.
type tableClaims struct {
	Rows        int                `json:"rows"`
	K           int                `json:"k"`
	L           map[string]int     `json:"l"`
	Alpha       map[string]float64 `json:"alpha"`
	Classes     int                `json:"classes"`
	NCP         float64            `json:"ncp"`
	NCPByColumn map[string]float64 `json:"ncp_by_column"`
}

// claims is what risk.json says.
type claims struct {
	AsOf           string  `json:"as_of"`
	RequiredK      int     `json:"required_k"`
	RequiredL      int     `json:"required_l"`
	RequiredAlpha  float64 `json:"required_alpha"`
	OverDeliveries struct {
		Earlier []string `json:"earlier"`
	} `json:"over_deliveries"`
	Persons      *tableClaims `json:"personen"`
	Trajectories *tableClaims `json:"trajecten"`
	Courses      *tableClaims `json:"verlopen"`
}

// releaseTables are the tables of the release.
var releaseTables = []string{"personen", "trajecten", "verlopen"}

// released is one table as it was written, with its description.
type released struct {
	name string
	*table
	claims      *tableClaims
	qi          []int // places of the columns
	sensitive   []int
	hierarchies [][][]string
	// who says, row by row of the record, whose row it is; nil without the steward's record.
	who []recorded
	// misrecorded says that there is such a record, and that its rows have not the columns of this table.
	misrecorded bool
}

// delivery is the evaluator's folder as it was written.
type delivery struct {
	claims
	description
	tables []*released
}

// evaluatorFolder returns the folder of the delivery below an output folder, or the folder itself
// where it is one; "" where there is none.
func evaluatorFolder(dir string) string {
	for _, d := range []string{filepath.Join(dir, "evaluator"), dir} {
		if _, err := os.Stat(filepath.Join(d, "personen.csv")); err == nil {
			return d
		}
	}
	return ""
}

// openDelivery reads the folder, and the steward's record of the output that it lies in, if any.
func openDelivery(dir, output string) (*delivery, error) {
	d := &delivery{}
	err := readJSON(filepath.Join(dir, "risk.json"), &d.claims)
	if err == nil {
		err = readJSON(filepath.Join(dir, "datapackage.json"), &d.description)
	}
	if err != nil {
		return nil, say.Errorf("open delivery: %w", err)
	}
	record, err := readRecord(output)
	if err != nil {
		return nil, say.Errorf("open delivery: %w", err)
	}
	for _, name := range releaseTables {
		t, err := d.openTable(dir, name)
		if err != nil {
			return nil, say.Errorf("open delivery: %w", err)
		}
		if record != nil && t.fits(record[name]) {
			t.who = record[name]
		}
		t.misrecorded = record != nil && t.who == nil
		d.tables = append(d.tables, t)
	}
	return d, nil
}

func (d *delivery) openTable(dir, name string) (*released, error) {
	t := &released{name: name, claims: map[string]*tableClaims{"personen": d.Persons, "trajecten": d.Trajectories, "verlopen": d.Courses}[name]}
	var err error
	if t.table, err = readCSV(filepath.Join(dir, name+".csv")); err != nil {
		return nil, err
	}
	if t.claims == nil {
		return nil, say.Errorf("risk.json says nothing of %s", name)
	}
	for _, f := range d.fields(name) {
		at := t.column(f.Name)
		switch f.Role {
		case "quasi-identifier":
			t.qi, t.hierarchies = append(t.qi, at), append(t.hierarchies, f.Hierarchy)
		case "sensitive":
			t.sensitive = append(t.sensitive, at)
		default:
			continue
		}
		if at < 0 {
			return nil, say.Errorf("%s.csv has no column %s, which datapackage.json describes", name, f.Name)
		}
	}
	if len(t.qi) == 0 || len(t.sensitive) == 0 {
		return nil, say.Errorf("datapackage.json names no quasi-identifiers or no sensitive columns of %s", name)
	}
	return t, nil
}

// Release checks the evaluator's delivery in an output folder against itself, earlier ones and the AMIF
// accounts. A folder without a delivery has nothing to check.
func Release(r *Report, dir string, earlier []string) error {
	folder := evaluatorFolder(dir)
	if folder == "" {
		return nil
	}
	d, err := openDelivery(folder, dir)
	if err != nil {
		return err
	}
	if err := d.checkTables(r, folder); err != nil {
		return err
	}
	d.checkClasses(r)
	d.checkLoss(r)
	outputs := d.beside(dir, earlier)
	if err := d.checkHistories(r, outputs); err != nil {
		return err
	}
	return d.checkLinks(r, dir, outputs)
}

// beside returns the outputs of the deliveries that this one was made with: those named, and those that
// lie beside it, former versions in them and in this one included.
func (d *delivery) beside(dir string, named []string) []string {
	outputs := slices.Clone(named)
	for _, label := range d.OverDeliveries.Earlier {
		path := former.Folder(filepath.Dir(filepath.Clean(dir)), label)
		for _, n := range named { // whose former versions lie in them
			if in := former.Folder(filepath.Dir(filepath.Clean(n)), label); strings.Contains(label, "/") && !isOutput(path) {
				path = in
			}
		}
		if isOutput(path) && !slices.ContainsFunc(named, func(n string) bool { return filepath.Base(filepath.Clean(n)) == label }) {
			outputs = append(outputs, path)
		}
	}
	return outputs
}

// isOutput reports whether a folder holds a manifest.
func isOutput(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "manifest.json"))
	return err == nil
}

// checkTables compares the files with their description, with each other and with the record.
func (d *delivery) checkTables(r *Report, folder string) error {
	const name = "tables"
	var faults []error
	rows := 0
	for _, t := range d.tables {
		rows += len(t.rows)
		if !slices.EqualFunc(d.fields(t.name), t.columns, func(f field, column string) bool { return f.Name == column }) {
			faults = append(faults, say.Errorf("%s.csv has other columns than datapackage.json describes", t.name))
		}
		if len(t.qi)+len(t.sensitive) != len(t.columns) {
			faults = append(faults, say.Errorf("%s.csv has a column that is neither quasi-identifier nor sensitive", t.name))
		}
		p, err := readParquet(filepath.Join(folder, t.name+".parquet"))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, say.Errorf("%s.parquet is missing", t.name))
		case err != nil:
			return err
		case !slices.Equal(p.columns, t.columns) || !slices.EqualFunc(p.rows, t.rows, slices.Equal[[]string]):
			faults = append(faults, say.Errorf("%s.parquet and .csv differ", t.name))
		}
		if len(t.rows) != t.claims.Rows {
			faults = append(faults, say.Errorf("risk.json counts other rows of %s", t.name))
		}
		if t.misrecorded || t.who != nil && !t.agrees() {
			faults = append(faults, say.Errorf("%s is not what the steward's record says", t.name))
		}
	}
	r.judge(name, faults, "%d rows in three tables without identifiers, the same in CSV and Parquet", rows)
	return nil
}

// checkLoss recomputes the loss from the hierarchies of datapackage.json; a value that is not in
// them has no meaning.
func (d *delivery) checkLoss(r *Report) {
	const name = "loss"
	var said []string
	for _, t := range d.tables {
		sum := 0.0
		for i, col := range t.qi {
			below := valuesBelow(t.hierarchies[i])
			loss := 0.0
			for _, row := range t.rows {
				n := len(below[row[col]])
				if n == 0 {
					r.Add(name, false, "column %s of %s holds a value that is not in its hierarchy", t.columns[col], t.name)
					return
				}
				loss += float64(n-1) / float64(max(len(t.hierarchies[i])-1, 1))
			}
			loss /= float64(max(len(t.rows), 1))
			if claimed := t.claims.NCPByColumn[t.columns[col]]; math.Abs(loss-claimed) > 1e-9 {
				r.Add(name, false, "column %s of %s loses %.6f, risk.json says %.6f", t.columns[col], t.name, loss, claimed)
				return
			}
			sum += loss
		}
		ncp := sum / float64(len(t.qi))
		if math.Abs(ncp-t.claims.NCP) > 1e-9 {
			r.Add(name, false, "ncp of %s is %.4f, risk.json says %.4f", t.name, ncp, t.claims.NCP)
			return
		}
		said = append(said, fmt.Sprintf("%s %.4f", t.name, ncp))
	}
	r.Add(name, true, "ncp as risk.json says: %s", strings.Join(said, ", "))
}
