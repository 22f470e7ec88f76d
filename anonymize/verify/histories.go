package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// recordSeparator stands between the values of a row in the record.
const recordSeparator = " | "

// recorded is a row of the steward's record: whose row of a table was published as what.
type recorded struct{ person, row, labels, sensitive string }

// readRecord reads the steward's record of an output by table; nil where the output holds none, as an
// evaluator's copy.
func readRecord(output string) (map[string][]recorded, error) {
	path := filepath.Join(output, "beheer", "verstrekt-evaluator.csv")
	t, err := readCSV(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !slices.Equal(t.columns, []string{"tabel", "persoon", "rij", "kenmerken", "gevoelig"}) {
		return nil, say.Errorf("read %s: it has other columns than a record", path)
	}
	out := map[string][]recorded{}
	for _, name := range releaseTables {
		out[name] = []recorded{}
	}
	for _, row := range t.rows {
		out[row[0]] = append(out[row[0]], recorded{row[1], row[2], row[3], row[4]})
	}
	return out, nil
}

// fits reports whether the rows of a record have the columns of the table.
func (t *released) fits(record []recorded) bool {
	return !slices.ContainsFunc(record, func(w recorded) bool {
		return strings.Count(w.labels, recordSeparator)+1 != len(t.qi) || strings.Count(w.sensitive, recordSeparator)+1 != len(t.sensitive)
	})
}

// agrees reports whether record and table hold the same rows.
func (t *released) agrees() bool {
	written := lists.Map(t.rows, func(row []string) string { return t.join(row, t.qi) + "\x1f" + t.join(row, t.sensitive) })
	kept := lists.Map(t.who, func(w recorded) string { return w.labels + "\x1f" + w.sensitive })
	slices.Sort(written)
	slices.Sort(kept)
	return slices.Equal(written, kept)
}

// checkHistories counts, for every history of published values of a row, absence included, the persons
// who share it.
func (d *delivery) checkHistories(r *Report, outputs []string) error {
	const name = "deliveries"
	var records []map[string][]recorded
	for _, output := range outputs {
		record, err := readRecord(output)
		if err != nil {
			return err
		}
		if record == nil {
			r.Skip(name, "%s holds no record of what was delivered: give output folders as lvv run wrote them", output)
			return nil
		}
		records = append(records, record)
	}
	if len(records) < len(d.OverDeliveries.Earlier) {
		r.Skip(name, "earlier deliveries that it was made with: %d, found: %d; give the others with --earlier", len(d.OverDeliveries.Earlier), len(records))
		return nil
	}
	if slices.ContainsFunc(d.tables, func(t *released) bool { return t.who == nil }) {
		r.Skip(name, "whose the rows are stands in the steward's part of the output alone")
		return nil
	}
	least, several, histories := math.MaxInt, 0, 0
	for _, t := range d.tables {
		persons := map[string]map[string]bool{}
		before := make([]map[string]string, len(records))
		for i, record := range records {
			before[i] = map[string]string{}
			for _, w := range record[t.name] {
				before[i][w.person+"\x1f"+w.row] = w.labels
			}
		}
		for _, w := range t.who {
			var key strings.Builder
			seen := false
			for i := range records {
				labels, there := before[i][w.person+"\x1f"+w.row]
				seen = seen || there
				fmt.Fprintf(&key, "%s\x1f", labels)
			}
			if seen {
				several++
			}
			key.WriteString(w.labels)
			if persons[key.String()] == nil {
				persons[key.String()] = map[string]bool{}
			}
			persons[key.String()][w.person] = true
		}
		histories += len(persons)
		for _, p := range persons {
			least = min(least, len(p))
		}
	}
	if histories == 0 {
		r.Add(name, true, "nobody is delivered")
		return nil
	}
	r.Add(name, least >= d.RequiredK, "%d rows in several of %d deliveries; the rarest of %d histories is shared by %d persons (%d are required)",
		several, len(records)+1, histories, least, d.RequiredK)
	return nil
}
