package share

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/seal"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/engine"
)

// entry is a file of a package in the clear.
type entry struct {
	name string
	kind byte
	body []byte
}

// made is a package in the clear, and who can open it.
type made struct {
	entries  []entry
	identity *age.X25519Identity
}

// makePackage makes the package of a small register.
func makePackage(t *testing.T) *made {
	t.Helper()
	dir := t.TempDir()
	register := filepath.Join(dir, "register")
	if err := samples.Generate(t.Context(), samples.Options{Persons: 12, Seed: 3, Dir: register}); err != nil {
		t.Fatal(err)
	}
	store, work := filepath.Join(dir, "store"), filepath.Join(dir, "work")
	for _, d := range []string{store, work} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	terms, err := os.ReadFile(filepath.Join(register, samples.Terms))
	if err != nil {
		t.Fatal(err)
	}
	read, err := ingest.Read(t.Context(), ingest.Options{
		Dir: filepath.Join(register, samples.Exports), StoreDir: store, Workers: 1,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), "Amsterdam", pseudonym.ForProgramme, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	period := transform.Period{Label: "2020-Q3", From: day.Of(2020, 7, 1), To: day.Of(2020, 9, 30), AsOf: day.Of(2020, 9, 30)}
	figure := transform.Figure{ID: "inflow.applications", Unit: "count", Value: engine.CountOf(7), Date: day.None}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	err = Write(t.Context(), &sealed, Options{
		Store: read.Store, Terms: terms, Program: "v1", WorkDir: work, Recipients: []age.Recipient{identity.Recipient()},
		Results: &transform.Results{Pilot: "Amsterdam", Period: period, Figures: []transform.Figure{figure}},
		Document: &published.Document{Pilot: "Amsterdam", Period: period, Lang: "nl", MinCell: 5, DataTo: day.None,
			Figures: []published.Figure{{ID: figure.ID, Unit: "count", Value: figure.Value, Date: day.None}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := &made{identity: identity}
	plain, err := age.Decrypt(&sealed, identity)
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(plain)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return m
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		m.entries = append(m.entries, entry{head.Name, head.Typeflag, body})
	}
}

// open seals entries as a package and opens it.
func (m *made) open(t *testing.T, entries []entry) (*Package, error) {
	t.Helper()
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, m.identity.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewWriter(w)
	for _, e := range entries {
		head := &tar.Header{Name: e.name, Typeflag: e.kind, Mode: 0o600, Size: int64(len(e.body)), Format: tar.FormatPAX}
		if e.kind == tar.TypeSymlink {
			head.Linkname, head.Size, e.body = "/etc/passwd", 0, nil
		}
		if err := archive.WriteHeader(head); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write(e.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	return Open(&sealed, t.TempDir(), m.identity)
}

// change returns the entries with the index changed and sealed anew, so that only what it says can be wrong.
func (m *made) change(t *testing.T, with func(x *Index)) []entry {
	t.Helper()
	entries := slices.Clone(m.entries)
	var x Index
	if err := json.Unmarshal(entries[0].body, &x); err != nil {
		t.Fatal(err)
	}
	with(&x)
	x.Seal = ""
	b, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	entries[0].body = seal.Close(append(b, '\n'))
	return entries
}

// replace puts another content in the place of a file, and says so in the index.
func (m *made) replace(t *testing.T, name, from, to string) []entry {
	t.Helper()
	at := slices.IndexFunc(m.entries, func(e entry) bool { return e.name == name })
	if !bytes.Contains(m.entries[at].body, []byte(from)) {
		t.Fatalf("%s holds no %q", name, from)
	}
	body := bytes.Replace(m.entries[at].body, []byte(from), []byte(to), 1)
	entries := m.change(t, func(x *Index) {
		for i := range x.Files {
			if x.Files[i].Path == name {
				x.Files[i] = describe(name, body)
			}
		}
	})
	entries[at].body = body
	return entries
}

func TestPackage(t *testing.T) {
	m := makePackage(t)
	p, err := m.open(t, m.entries)
	if err != nil {
		t.Fatal(err)
	}
	if p.Pilot != "Amsterdam" || p.Terms.Pilot != "Amsterdam" || p.Program != "v1" || p.ProgrammeKey != "" || p.Results.Figure("inflow.applications").Value != engine.CountOf(7) ||
		p.Document.Figure("inflow.applications").Value != engine.CountOf(7) || len(p.Tables) < 5 {
		t.Errorf("opened %+v", p.Index)
	}
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(p.Definitions) {
		t.Errorf("definitions %q", p.Definitions)
	}
	var names []string
	for _, e := range m.entries {
		names = append(names, e.name)
		if found := regexp.MustCompile(`\b00\d{8}\b|Voorbeeld-\d|LVV-20\d\d-\d`).Find(e.body); found != nil {
			t.Errorf("%s holds %q", e.name, found)
		}
	}
	if !slices.Equal(names[:4], []string{"index.json", "pilot.yaml", "kpis.json", "published.json"}) || names[4] != "cases/pilot=Amsterdam/part.parquet" {
		t.Errorf("it holds %v", names)
	}
	changed := m.change(t, func(*Index) {})
	if _, err := m.open(t, changed); err != nil {
		t.Errorf("an index that was sealed anew without a change: %v", err)
	}
}

// TestRefused holds that a package is taken as its index says, or not at all.
func TestRefused(t *testing.T) {
	m := makePackage(t)
	const damaged = "is damaged: what it holds is not what its index says"
	last := len(m.entries) - 1
	with := func(change func(entries []entry) []entry) []entry { return change(slices.Clone(m.entries)) }
	for _, c := range []struct {
		name    string
		entries []entry
		want    string
	}{
		{"the index was changed", with(func(e []entry) []entry {
			e[0].body = bytes.Replace(e[0].body, []byte("Amsterdam"), []byte("Rotterdam"), 1)
			return e
		}), damaged},
		{"another form", m.change(t, func(x *Index) { x.Schema = "lvv-programme-package/1" }), `is of the form "lvv-programme-package/1", expected "lvv-programme-package/2": it was made by another version`},
		{"a figure was changed", with(func(e []entry) []entry {
			e[2].body = bytes.Replace(e[2].body, []byte(`"value": 7`), []byte(`"value": 8`), 1)
			return e
		}), damaged},
		{"figures and index were changed", m.replace(t, "kpis.json", `"value": 7`, `"value": 8`), "holds a published document that its figures contradict: inflow.applications is not the figure in kpis.json"},
		{"the published document is of another period", m.replace(t, "published.json", `"2020-Q3"`, `"2020-Q2"`), damaged},
		{"the terms are of another pilot", m.replace(t, "pilot.yaml", "pilot: Amsterdam", "pilot: Rotterdam"), damaged},
		{"terms that are none", m.replace(t, "pilot.yaml", "target_cases: 72", "target_cases: veel"), "holds pilot.yaml that this program does not understand"},
		{"figures that are none", m.replace(t, "kpis.json", "lvv-kpis/1", "lvv-kpis/0"), "holds kpis.json that this program does not understand"},
		{"a document that is none", m.replace(t, "published.json", "lvv-published/1", "lvv-published/0"), "holds published.json that this program does not understand"},
		{"no document", m.change(t, func(x *Index) { x.Files = x.Files[:2] }), damaged},
		{"another order", m.change(t, func(x *Index) { x.Files[0], x.Files[1] = x.Files[1], x.Files[0] }), damaged},
		{"a table that no register has", m.change(t, func(x *Index) { x.Tables[0].Table = "names" }), damaged},
		{"a table elsewhere", m.change(t, func(x *Index) { x.Tables[0].Path = "../cases.parquet" }), damaged},
		{"a table twice", m.change(t, func(x *Index) { x.Tables[1] = x.Tables[0] }), damaged},
		{"a table was changed", with(func(e []entry) []entry {
			e[last].body = slices.Clone(e[last].body)
			e[last].body[10] ^= 1
			return e
		}), damaged},
		{"a table is longer", with(func(e []entry) []entry { e[last].body = append(slices.Clone(e[last].body), 0); return e }), damaged},
		{"a table is missing", m.entries[:last], "was cut off"},
		{"something follows", append(slices.Clone(m.entries), entry{"x", tar.TypeReg, nil}), damaged},
		{"a link", with(func(e []entry) []entry { e[last].kind = tar.TypeSymlink; return e }), damaged},
		{"no index", m.entries[1:], damaged},
		{"nothing", nil, "is no package of this program, or was cut off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := m.open(t, c.entries); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	if _, err := Open(strings.NewReader("not encrypted"), t.TempDir(), m.identity); err == nil || !strings.HasPrefix(err.Error(), "cannot be opened") {
		t.Errorf("what is no age file: %v", err)
	}
}

// TestWrongRows: a package that says that a table has other rows is refused when the tables are joined.
func TestWrongRows(t *testing.T) {
	m := makePackage(t)
	p, err := m.open(t, m.change(t, func(x *Index) { x.Tables[0].Rows++ }))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Union(t.Context(), p.dir, []*Package{p}, samples.Key()); !errors.Is(err, errDamaged) {
		t.Errorf("error %v", err)
	}
}

func TestFileName(t *testing.T) {
	for _, c := range [][3]string{
		{"Amsterdam", "2020-Q3", "programma-Amsterdam-2020-Q3.tar.age"},
		{"Den Haag / Delft", "2020", "programma-Den-Haag---Delft-2020.tar.age"},
		{"a\\b:c\n", "2020", "programma-a-b-c--2020.tar.age"},
	} {
		if got := FileName(c[0], c[1]); got != c[2] {
			t.Errorf("FileName(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if got, want := tablePath("stays", "Den Haag/x"), "stays/pilot=Den%20Haag%2Fx/part.parquet"; got != want {
		t.Errorf("tablePath = %q, want %q", got, want)
	}
}
