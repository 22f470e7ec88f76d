package release

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"filippo.io/age"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/verify"
	"lvv/ingest"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/duckdb"
	"lvv/transform/engine"
)

// world is a register that has been read.
type world struct {
	terms  *transform.Terms
	read   *ingest.Result
	engine engine.Engine // defines for one delivery what the next ones need too
	dir    string        // to remove
}

// readWorld reads the register of a folder into a store.
func readWorld(ctx context.Context, dir, store string) (*world, error) {
	w := &world{}
	var err error
	if w.terms, err = transform.LoadTerms(filepath.Join(dir, samples.Terms)); err != nil {
		return nil, err
	}
	if err := os.Mkdir(store, 0o700); err != nil {
		return nil, err
	}
	w.read, err = ingest.Read(ctx, ingest.Options{
		Dir: filepath.Join(dir, samples.Exports), StoreDir: store,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), w.terms.Pilot, pseudonym.ForStore, w.terms.Epoch),
	})
	if err != nil {
		return nil, err
	}
	w.engine, err = duckdb.Open(ctx, duckdb.Options{Store: w.read.Store, TempDir: store, Threads: 1})
	return w, err
}

// openSamples reads the samples once.
var openSamples = sync.OnceValues(func() (*world, error) {
	dir, err := os.MkdirTemp("", "lvv-release-test-")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(filepath.Join(dir, "samples"), samples.FS()); err != nil {
		return nil, err
	}
	w, err := readWorld(context.Background(), filepath.Join(dir, "samples"), filepath.Join(dir, "store"))
	if err == nil {
		w.dir = dir
	}
	return w, err
})

// options returns what the delivery of a period is made from.
func (w *world) options(t testing.TB, label string) Options {
	t.Helper()
	period, err := transform.ParsePeriod(label, "", w.terms)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Engine: w.engine, Terms: w.terms, Period: period, Key: samples.Key()}
}

// optionsFor returns what the delivery of the samples of a period is made from.
func optionsFor(t testing.TB, label string) Options {
	t.Helper()
	w, err := openSamples()
	if err != nil {
		t.Fatal(err)
	}
	return w.options(t, label)
}

// delivery is one of the samples, in a folder that tests share and do not change.
type delivery struct {
	dir  string
	risk *Risk
}

// deliveries are those made so far, by period and earlier ones.
var deliveries = map[string]delivery{}

// deliver returns the delivery of a period of the samples, which is made once.
func deliver(t *testing.T, label string, earlier ...string) (string, *Risk) {
	t.Helper()
	key := strings.Join(append([]string{label}, earlier...), "\x1f")
	d, ok := deliveries[key]
	if !ok {
		w, err := openSamples()
		if err == nil {
			d.dir, err = os.MkdirTemp(w.dir, "delivery-")
		}
		if err != nil {
			t.Fatal(err)
		}
		d.risk = deliverInto(t, d.dir, label, earlier...)
		deliveries[key] = d
	}
	return d.dir, d.risk
}

// deliverInto writes the delivery of a period of the samples into a folder.
func deliverInto(t *testing.T, dir, label string, earlier ...string) *Risk {
	t.Helper()
	o := optionsFor(t, label)
	o.Earlier, o.Create = earlier, into(dir)
	risk, err := Write(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	writeManifest(t, dir, &o)
	return risk
}

func into(dir string) func(string, func(io.Writer) error) error {
	return func(path string, fill func(io.Writer) error) error {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		return fill(f)
	}
}

// The release of the samples loses at most a fifth of the information of personen and of trajecten, and
// leaves out at most one row in a hundred; verify finds k, l and alpha in the written files, also over
// three quarters.
func TestSamples(t *testing.T) {
	_, alone := deliver(t, "2020-Q3")
	for i, part := range alone.tables() {
		name := []string{personsName, trajectoriesName, coursesName}[i]
		t.Logf("%s: %d rows, %d left out, ncp %.4f", name, part.Rows, part.RowsLeftOut, part.NCP)
		if part.NCP > 0.20 || part.RowsLeftOut*100 > part.Rows+part.RowsLeftOut {
			t.Errorf("%s: ncp %.4f, %d of %d rows left out; want at most 0.20 and 1 %%", name, part.NCP, part.RowsLeftOut, part.Rows+part.RowsLeftOut)
		}
	}
	var dirs []string
	for _, label := range []string{"2020-Q1", "2020-Q2", "2020-Q3"} {
		dir, r := deliver(t, label, dirs...)
		var report verify.Report
		if err := verify.Release(&report, dir, dirs); err != nil {
			t.Fatal(err)
		}
		for _, c := range report.Checks {
			if !c.OK && (!c.Skipped || c.Name != "links") {
				t.Errorf("%s: %s: %s", label, c.Name, c.Detail)
			}
		}
		if len(dirs) > 0 && len(r.OverDeliveries.RowsInSeveral) != 3 {
			t.Errorf("%s: rows in several deliveries: %v", label, r.OverDeliveries.RowsInSeveral)
		}
		t.Logf("%s after %d others: ncp %.4f, %.4f, %.4f; left out %d, %d, %d", label, len(dirs), r.Persons.NCP, r.Trajectories.NCP, r.Courses.NCP,
			r.Persons.RowsLeftOut, r.Trajectories.RowsLeftOut, r.Courses.RowsLeftOut)
		dirs = append(dirs, dir)
	}
}

// A course of one trajectory has the level of that trajectory's outcome, and none where it ended without one.
func TestLevelOfACourse(t *testing.T) {
	dir := t.TempDir()
	register := filepath.Join(dir, "register")
	if err := os.CopyFS(register, samples.FS()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(register, samples.Exports, "trajecten.csv")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := make([]uint16, len(b)/2)
	for i := range text {
		text[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	lines := strings.Split(string(utf16.Decode(text[1:])), "\n")
	for i := range lines {
		if cells := strings.Split(lines[i], "\t"); i > 0 && i%5 == 0 && len(cells) > 6 {
			cells[6] = ""
			lines[i] = strings.Join(cells, "\t")
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := readWorld(t.Context(), register, filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	o := w.options(t, "2020-Q3")
	tables, err := readTables(t.Context(), &o)
	if err != nil {
		t.Fatal(err)
	}
	levels := map[string]string{
		"return": "durable", "onward": "durable", "legalisation": "durable", "repeat_application": "semi_durable", "medical_deferral": "semi_durable", "running": "running",
	}
	outcomes := map[string]string{}
	for _, r := range tables[1].rows {
		outcomes[r.id] = r.sensitive[0]
	}
	seen := map[string]bool{}
	for _, r := range tables[2].rows {
		if strings.Contains(r.qi[0], then) {
			continue
		}
		outcome := outcomes[r.id]
		want := levels[outcome]
		if want == "" {
			want = "none"
		}
		seen[outcome] = true
		if r.sensitive[0] != want {
			t.Errorf("a course whose trajectory has outcome %s is %s, want %s", outcome, r.sensitive[0], want)
		}
	}
	if len(seen) < 7 || !seen[unknown] || !seen["running"] {
		t.Errorf("only outcomes %v", seen)
	}
}

// TestNobodyAdmitted is a period before the first admission: the tables are there, and empty.
func TestNobodyAdmitted(t *testing.T) {
	dir, r := deliver(t, "2018")
	if r.Persons.Rows != 0 || r.Persons.RowsLeftOut != 0 {
		t.Errorf("%d persons, %d left out, want nobody", r.Persons.Rows, r.Persons.RowsLeftOut)
	}
	var report verify.Report
	if err := verify.Release(&report, dir, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Checks {
		if !c.OK && !c.Skipped {
			t.Errorf("%s: %s", c.Name, c.Detail)
		}
	}
}

func TestSameBytes(t *testing.T) {
	a, _ := deliver(t, "2020-Q3")
	b := t.TempDir()
	deliverInto(t, b, "2020-Q3")
	files, err := os.ReadDir(filepath.Join(a, Folder))
	if err != nil || len(files) != 12 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		x, errX := os.ReadFile(filepath.Join(a, Folder, f.Name()))
		y, errY := os.ReadFile(filepath.Join(b, Folder, f.Name()))
		if err := errors.Join(errX, errY); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%s differs between two runs", f.Name())
		}
	}
}

func TestSealed(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := optionsFor(t, "2020-Q3")
	o.Recipients, o.Create = []age.Recipient{id.Recipient()}, into(dir)
	if _, err := Write(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 || entries[1].Name() != "evaluator-2020-Q3.tar.age" {
		t.Fatalf("written: %v, %v; want the encrypted archive and the steward's record alone", entries, err)
	}
	if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(RecordFile))); err != nil {
		t.Error(err)
	}
	f, err := os.Open(filepath.Join(dir, entries[1].Name()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	open, err := age.Decrypt(f, id)
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := deliver(t, "2020-Q3")
	n := 0
	for archive := tar.NewReader(open); ; n++ {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(plain, h.Name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the plain delivery holds (%v)", h.Name, err)
		}
	}
	if n != 12 {
		t.Errorf("%d files in the archive, want 12", n)
	}
}
