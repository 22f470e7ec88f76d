package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/xuri/excelize/v2"

	"lvv/anonymize/share"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// mustLVV runs the program in a folder and returns what it prints.
func mustLVV(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("lvv", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("lvv %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// jointRecord is a record of the kpis.json of a programme.
type jointRecord struct {
	ID                            string
	Dims                          transform.Dims
	Value, Numerator, Denominator json.RawMessage
	Date, Status, Reason          string
	Pilots                        int
}

// TestNetworkIsOneRegister holds what is counted over the union against one register: the exports of all pilots in one
// folder, with qualified numbers and locations, and persons who move between them.
func TestNetworkIsOneRegister(t *testing.T) {
	t.Parallel() // it runs processes of its own
	dir := t.TempDir()
	const pilots = 3
	mustLVV(t, dir, "samples", "--pilots", strconv.Itoa(pilots), "--persons", "260", "--seed", "11", "--out", ".", "--quiet")
	list := samples.Municipalities(pilots, 260)
	config := "programme: P\npilots:\n"
	shared := func(pilotDir, key, out string, more ...string) {
		mustLVV(t, dir, append([]string{"share", "--config", filepath.Join(pilotDir, "pilot.yaml"), "--key", key,
			"--period", "2020-Q3", "--programme", samples.Recipient, "--out", out, "--quiet"}, more...)...)
	}
	one := filepath.Join(dir, "een", samples.Exports)
	if err := os.MkdirAll(one, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		shared(m.Folder, filepath.Join(m.Folder, samples.PilotKey), "pakketten", "--programme-key", samples.ProgrammeKey)
		config += fmt.Sprintf("  - {name: %s, package: pakketten/%s}\n", m.Name, share.FileName(m.Name, "2020-Q3"))
		qualifyExports(t, m.Name, filepath.Join(dir, m.Folder, samples.Exports), one)
	}
	write := func(path, text string) {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("programma.yaml", config)
	terms, err := os.ReadFile(filepath.Join(dir, list[0].Folder, samples.Terms))
	if err != nil {
		t.Fatal(err)
	}
	write("een/pilot.yaml", string(terms))
	shared("een", filepath.Join(list[0].Folder, samples.PilotKey), "een")

	network := func(out string) []byte {
		mustLVV(t, dir, "network", "--config", "programma.yaml", "--identity", samples.Identity, "--period", "2020-Q3", "--out", out, "--quiet")
		b, err := os.ReadFile(filepath.Join(dir, out, "2020-Q3", "beheer", "kpis.json"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	kpis := network("uit")
	if said := mustLVV(t, dir, "verify", "uit/2020-Q3", "--packages", "pakketten"); strings.Contains(said, "----") {
		t.Errorf("verify could not check everything:\n%s", said)
	}
	network("weer")
	again := contents(t, filepath.Join(dir, "weer"))
	for path, body := range contents(t, filepath.Join(dir, "uit")) {
		if again[path] != body {
			t.Errorf("two runs, each with a key of its own, give other bytes of %s", path)
		}
	}
	var got struct {
		Pilots   map[string][]jointRecord
		Together []jointRecord
	}
	if err := json.Unmarshal(kpis, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Pilots) != pilots {
		t.Errorf("there are figures of %d pilots, want %d", len(got.Pilots), pilots)
	}
	register := openedPackage(t, filepath.Join(dir, "een", share.FileName(list[0].Name, "2020-Q3"))).Results
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	compared, refused := 0, map[string]bool{}
	for _, j := range got.Together {
		f := cat.Figure(j.ID)
		if f.Together != sql.Union {
			continue
		}
		if strings.HasPrefix(j.Reason, transform.DiffersReason) {
			refused[j.ID] = true
			continue
		}
		at := slices.IndexFunc(register.Figures, func(r transform.Figure) bool {
			return transform.FigureName(r.ID, r.Dims) == transform.FigureName(j.ID, j.Dims)
		})
		if at < 0 {
			t.Errorf("%s %v is not in the one register", j.ID, j.Dims)
			continue
		}
		r := &register.Figures[at]
		value := func(what string, raw json.RawMessage, want engine.Value) {
			b, err := want.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			if raw == nil {
				raw = json.RawMessage("null")
			}
			if !bytes.Equal(raw, b) {
				t.Errorf("%s %v: %s is %s over the union, and %s in the one register", j.ID, j.Dims, what, raw, b)
			}
			compared++
		}
		added := func(c *sql.Count) bool {
			return c != nil && c.Of == "" && len(c.Dims) == 0 && cat.Figure(c.Figure).Together == sql.Sum
		}
		switch b := f.RestsOn; {
		case b != nil && added(b.Denominator): // of each pilot's own terms
			value("the numerator", j.Numerator, r.Numerator)
		case b != nil && added(b.Numerator):
			value("the denominator", j.Denominator, r.Denominator)
		default:
			value("the value", j.Value, r.Value)
		}
	}
	if compared < 300 {
		t.Errorf("only %d values were compared", compared)
	}
	if want := []string{"durable.forecast", "durable.forecast_backtest"}; len(refused) != len(want) || !refused[want[0]] || !refused[want[1]] {
		t.Errorf("not given for want of equal terms: %v, want %v", refused, want)
	}
	moved := 0
	for _, j := range got.Together {
		if j.ID == "occupancy.persons" {
			if err := json.Unmarshal(j.Value, &moved); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, records := range got.Pilots {
		for _, r := range records {
			if n, err := strconv.Atoi(string(r.Value)); r.ID == "occupancy.persons" && err == nil {
				moved -= n
			}
		}
	}
	if moved >= 0 {
		t.Error("nobody was sheltered in two pilots in the period: the test shows nothing")
	}
}

func openedPackage(t *testing.T, path string) *share.Package {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	identity, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(path)), samples.Identity))
	if err != nil {
		t.Fatal(err)
	}
	identities, err := age.ParseIdentities(bytes.NewReader(identity))
	if err != nil {
		t.Fatal(err)
	}
	p, err := share.Open(f, t.TempDir(), identities...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// qualifyExports copies exports with the pilot's name in their file names, numbers and locations.
func qualifyExports(t *testing.T, pilot, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		stem := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))
		records, comma := exportRows(t, filepath.Join(from, e.Name()))
		for i, name := range records[0] {
			for _, row := range records[1:] {
				switch strings.Trim(name, "\ufeff\"") {
				case "casusnummer", "verblijfnummer", "trajectnummer", "vraagstuk":
					row[i] = pilot + "/" + row[i]
				case "locatie":
					row[i] = ingest.QualifiedLocation(pilot, row[i])
				}
			}
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = comma
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(stem, "_")
		if err := os.WriteFile(filepath.Join(to, fmt.Sprintf("%s_%s_%s.csv", name, strings.ToLower(pilot), stem)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// exportRows reads a file of the samples: the header first.
func exportRows(t *testing.T, path string) (records [][]string, comma rune) {
	t.Helper()
	if filepath.Ext(path) == ".xlsx" {
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := f.GetRows("Register", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		rows = rows[slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "casusnummer") }):]
		for _, row := range rows {
			for len(row) < len(rows[0]) {
				row = append(row, "")
			}
			for i, name := range rows[0] {
				if n, err := strconv.Atoi(row[i]); err == nil && strings.HasPrefix(name, "datum") {
					row[i] = (day.Of(1899, 12, 30) + day.Day(n)).String()
				}
			}
			records = append(records, row)
		}
		return records, ';'
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(b, []byte("\n"))
	for _, comma = range []rune{'\t', ';', ','} {
		if bytes.ContainsRune(head, comma) {
			break
		}
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.LazyQuotes = comma, true
	if records, err = r.ReadAll(); err != nil {
		t.Fatal(err)
	}
	return records, comma
}
