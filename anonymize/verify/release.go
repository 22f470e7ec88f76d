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
)

// claims is what risk.json says.
type claims struct {
	AsOf        string             `json:"as_of"`
	RequiredK   int                `json:"required_k"`
	RequiredL   int                `json:"required_l"`
	Persons     int                `json:"persons"`
	Trajs       int                `json:"trajectories"`
	K           int                `json:"k"`
	L           map[string]int     `json:"l"`
	Classes     int                `json:"classes"`
	NCP         float64            `json:"ncp"`
	NCPByColumn map[string]float64 `json:"ncp_by_column"`
	Linkage     struct {
		UniqueMatches          int `json:"unique_matches"`
		ParticipantsFittingOne int `json:"participants_fitting_one"`
	} `json:"linkage"`
	OverDeliveries struct {
		Earlier          []string `json:"earlier"`
		PersonsInSeveral int      `json:"persons_in_several"`
		K                int      `json:"k"`
	} `json:"over_deliveries"`
}

// delivery is the evaluator's folder as it was written.
type delivery struct {
	claims
	description
	persons, trajectories *table
	qi, sensitive         []string
	hierarchies           [][][]string
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

func open(dir string) (*delivery, error) {
	d := &delivery{}
	err := readJSON(filepath.Join(dir, "risk.json"), &d.claims)
	if err == nil {
		err = readJSON(filepath.Join(dir, "datapackage.json"), &d.description)
	}
	if err == nil {
		d.persons, err = readCSV(filepath.Join(dir, "personen.csv"))
	}
	if err == nil {
		d.trajectories, err = readCSV(filepath.Join(dir, "trajecten.csv"))
	}
	if err != nil {
		return nil, fmt.Errorf("open delivery: %w", err)
	}
	_, d.qi, d.hierarchies = d.columns("personen", "quasi-identifier")
	_, d.sensitive, _ = d.columns("personen", "sensitive")
	for _, name := range slices.Concat([]string{"person_id"}, d.qi, d.sensitive) {
		if d.persons.column(name) < 0 {
			return nil, fmt.Errorf("open delivery: personen.csv has no column %s, which datapackage.json describes", name)
		}
	}
	if len(d.qi) == 0 || len(d.sensitive) == 0 {
		return nil, errors.New("open delivery: datapackage.json names no quasi-identifiers or no sensitive columns")
	}
	return d, nil
}

// Release checks the evaluator's delivery in an output folder against itself and earlier ones. A
// folder without a delivery has nothing to check.
func Release(r *Report, dir string, earlier []string) error {
	folder := evaluatorFolder(dir)
	if folder == "" {
		return nil
	}
	d, err := open(folder)
	if err != nil {
		return err
	}
	if err := d.checkTables(r, folder); err != nil {
		return err
	}
	d.checkClasses(r)
	d.checkLoss(r)
	var before []*delivery
	for _, e := range earlier {
		f := evaluatorFolder(e)
		if f == "" {
			return fmt.Errorf("read earlier delivery: %s holds no personen.csv\n  Give the output folder of an earlier run; an encrypted delivery must be decrypted first.", e)
		}
		b, err := open(f)
		if err != nil {
			return err
		}
		before = append(before, b)
	}
	d.checkDeliveries(r, before)
	return d.checkLinks(r, dir)
}

// checkTables compares the files with their description and with each other.
func (d *delivery) checkTables(r *Report, folder string) error {
	const name = "tables"
	var faults []string
	for _, t := range []struct {
		name string
		csv  *table
	}{{"personen", d.persons}, {"trajecten", d.trajectories}} {
		described, _, _ := d.columns(t.name, "")
		if !slices.Equal(described, t.csv.columns) {
			faults = append(faults, t.name+".csv has other columns than datapackage.json describes")
		}
		p, err := readParquet(filepath.Join(folder, t.name+".parquet"))
		if errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, t.name+".parquet is missing")
			continue
		}
		if err != nil {
			return err
		}
		if !slices.Equal(p.columns, t.csv.columns) || !slices.EqualFunc(p.rows, t.csv.rows, slices.Equal[[]string]) {
			faults = append(faults, t.name+".parquet and .csv differ")
		}
	}
	ids := map[string]bool{}
	last := ""
	for _, row := range d.persons.rows {
		id := row[d.persons.column("person_id")]
		if ids[id] || id < last {
			faults = append(faults, "personen is not in the order of person_id, each once")
			break
		}
		ids[id], last = true, id
	}
	at := d.trajectories.column("person_id")
	if at < 0 || slices.ContainsFunc(d.trajectories.rows, func(row []string) bool { return !ids[row[at]] }) {
		faults = append(faults, "trajecten has a person who is not in personen")
	}
	if len(d.persons.rows) != d.Persons || len(d.trajectories.rows) != d.Trajs {
		faults = append(faults, "risk.json counts other rows")
	}
	if len(faults) > 0 {
		r.Add(name, false, "%s", strings.Join(faults, "; "))
		return nil
	}
	r.Add(name, true, "%d persons, %d trajectories, the same in CSV and Parquet", d.Persons, d.Trajs)
	return nil
}

// text joins the values of some columns of a row.
func (t *table) text(row []string, columns []string) string {
	var b strings.Builder
	for _, c := range columns {
		fmt.Fprintf(&b, "%q", row[t.column(c)])
	}
	return b.String()
}

// checkClasses recounts k and l.
func (d *delivery) checkClasses(r *Report) {
	classes := map[string][][]string{}
	for _, row := range d.persons.rows {
		key := d.persons.text(row, d.qi)
		classes[key] = append(classes[key], row)
	}
	k := math.MaxInt
	l := map[string]int{}
	short := 0
	needed := d.valuesNeeded(d.RequiredL)
	for _, rows := range classes {
		k = min(k, len(rows))
		for i, f := range d.sensitive {
			n := distinct(rows, d.persons.column(f))
			if n < needed[i] {
				short++
			}
			if was, ok := l[f]; !ok || n < was {
				l[f] = n
			}
		}
	}
	if len(classes) == 0 {
		r.Add("k", true, "nobody is delivered")
		return
	}
	r.Add("k", k >= d.RequiredK && k == d.K && len(classes) == d.Classes,
		"the smallest of %d classes has %d persons (%d are required; risk.json says %d of %d classes)", len(classes), k, d.RequiredK, d.K, d.Classes)
	same := true
	for f, n := range l {
		same = same && d.L[f] == n
	}
	r.Add("l", short == 0 && same, "%d classes with fewer than %d values of a sensitive column (unless the table has fewer)", short, d.RequiredL)
}

// valuesNeeded is l for each sensitive column, at most what the whole table has.
func (d *delivery) valuesNeeded(l int) []int {
	needed := make([]int, len(d.sensitive))
	for i, f := range d.sensitive {
		needed[i] = min(l, distinct(d.persons.rows, d.persons.column(f)))
	}
	return needed
}

func distinct(rows [][]string, col int) int {
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row[col]] = true
	}
	return len(seen)
}

// checkLoss recomputes the loss from the hierarchies of datapackage.json; a value that is not in
// them has no meaning.
func (d *delivery) checkLoss(r *Report) {
	const name = "loss"
	sum := 0.0
	for i, q := range d.qi {
		below := map[string]int{}
		for _, row := range d.hierarchies[i] {
			seen := map[string]bool{}
			for _, label := range row {
				if !seen[label] {
					seen[label] = true
					below[label]++
				}
			}
		}
		loss := 0.0
		for _, row := range d.persons.rows {
			n, ok := below[row[d.persons.column(q)]]
			if !ok {
				r.Add(name, false, "column %s holds a value that is not in its hierarchy", q)
				return
			}
			loss += float64(n-1) / float64(max(len(d.hierarchies[i])-1, 1))
		}
		loss /= float64(max(len(d.persons.rows), 1))
		if math.Abs(loss-d.NCPByColumn[q]) > 1e-9 {
			r.Add(name, false, "column %s loses %.6f, risk.json says %.6f", q, loss, d.NCPByColumn[q])
			return
		}
		sum += loss
	}
	ncp := sum / float64(len(d.qi))
	r.Add(name, math.Abs(ncp-d.NCP) < 1e-9, "ncp is %.4f (risk.json says %.4f)", ncp, d.NCP)
}

// checkDeliveries counts, for every history of published values, absence included, the persons who
// share it, and the values that any of the deliveries tells of them. That all of them have no outcome
// yet tells too little to count.
func (d *delivery) checkDeliveries(r *Report, before []*delivery) {
	const name = "deliveries"
	if len(before) < len(d.OverDeliveries.Earlier) {
		r.Skip(name, "earlier deliveries that it was made with: %d, given: %d; give all of them with --earlier", len(d.OverDeliveries.Earlier), len(before))
		return
	}
	all := append(slices.Clone(before), d)
	rows, needed := make([]map[string][]string, len(all)), make([][]int, len(all))
	for i, e := range all {
		rows[i], needed[i] = map[string][]string{}, e.valuesNeeded(d.RequiredL)
		for _, row := range e.persons.rows {
			rows[i][row[e.persons.column("person_id")]] = row
		}
	}
	histories := map[string][]string{}
	several := 0
	for id := range rows[len(all)-1] {
		key, n := "", 0
		for i, e := range all {
			if row, ok := rows[i][id]; ok {
				key += e.persons.text(row, e.qi)
				n++
			}
			key += ";"
		}
		histories[key] = append(histories[key], id)
		if n > 1 {
			several++
		}
	}
	k, short := math.MaxInt, 0
	for _, ids := range histories {
		k = min(k, len(ids))
		for i, e := range all {
			var told [][]string
			for _, id := range ids {
				if row, ok := rows[i][id]; ok {
					told = append(told, row)
				}
			}
			for n, f := range e.sensitive {
				at := e.persons.column(f)
				if len(told) > 0 && distinct(told, at) < needed[i][n] && !allOpen(told, at) {
					short++
				}
			}
		}
	}
	if len(histories) == 0 {
		r.Add(name, true, "nobody is delivered")
		return
	}
	r.Add(name, k >= d.RequiredK && short == 0,
		"%d persons in several deliveries; the rarest of %d histories is shared by %d persons (%d are required), %d take too few sensitive values", several, len(histories), k, d.RequiredK, short)
}

// allOpen reports whether no row has an outcome yet.
func allOpen(rows [][]string, column int) bool {
	return !slices.ContainsFunc(rows, func(row []string) bool {
		return !slices.Contains([]string{"running", "no_trajectory", "unknown"}, row[column])
	})
}
