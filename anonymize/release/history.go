package release

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lvv/internal/regular"
)

// earlier is a delivery as the evaluator has it: what it published about whom.
type earlier struct {
	Schema  string `json:"schema"`
	Pilot   string `json:"pilot"`
	AsOf    string `json:"as_of"`
	Label   string `json:"period"`
	persons map[string]told
}

// told is what a delivery said of a person.
type told struct {
	published [qiCount]string
	sensitive [sensitiveCount]string
}

// readEarlier reads earlier deliveries, in the order of their reference dates.
func readEarlier(dirs []string, pilot string) ([]*earlier, error) {
	var all []*earlier
	for _, dir := range dirs {
		e, err := readDelivery(dir)
		if err != nil {
			return nil, fmt.Errorf("read earlier delivery: %w", err)
		}
		if e.Pilot != pilot {
			return nil, fmt.Errorf("read earlier delivery: %s is of pilot %q, the terms are of pilot %q\n  Give the earlier deliveries of the same pilot.", dir, e.Pilot, pilot)
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b *earlier) int { return strings.Compare(a.AsOf+a.Label, b.AsOf+b.Label) })
	return all, nil
}

// readDelivery reads an output folder, or the evaluator's folder in it.
func readDelivery(dir string) (*earlier, error) {
	e := &earlier{persons: map[string]told{}}
	if _, err := os.Stat(filepath.Join(dir, Folder)); err == nil {
		dir = filepath.Join(dir, Folder)
	}
	b, err := regular.ReadFile(filepath.Join(dir, RiskFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no %s\n  Give the output folder of an earlier run. If it was encrypted for a recipient, decrypt it first: age -d FILE | tar x", dir, RiskFile)
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, e); err != nil || e.Schema != RiskSchema {
		return nil, fmt.Errorf("%s is not a %s file of this program", filepath.Join(dir, RiskFile), RiskFile)
	}
	path := filepath.Join(dir, PersonsFile)
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty; a header is expected", path)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, name := range slices.Concat([]string{"person_id"}, qiNames[:], sensitiveNames[:]) {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("%s lacks column %s", path, name)
		}
	}
	for _, row := range rows[1:] {
		var t told
		for q, name := range qiNames {
			t.published[q] = row[at[name]]
		}
		for f, name := range sensitiveNames {
			t.sensitive[f] = row[at[name]]
		}
		e.persons[row[at["person_id"]]] = t
	}
	return e, nil
}

// histories divides the persons by what earlier deliveries published about them, absence included:
// who compares the deliveries can tell apart no less. A class that lies within such a group keeps
// its size whatever deliveries are laid side by side.
func histories(persons []*person, before []*earlier) [][]*person {
	groups := map[string][]*person{}
	var keys []string
	for _, p := range persons {
		var key strings.Builder
		for _, e := range before {
			if t, ok := e.persons[p.id]; ok {
				fmt.Fprintf(&key, "%q", t.published)
			}
			key.WriteByte(';')
		}
		if _, ok := groups[key.String()]; !ok {
			keys = append(keys, key.String())
		}
		groups[key.String()] = append(groups[key.String()], p)
	}
	slices.Sort(keys)
	out := make([][]*person, len(keys))
	for i, key := range keys {
		out[i] = groups[key]
	}
	return out
}
