package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/share"
	"lvv/samples"
)

// sharedPilots makes two pilots of a programme and their packages, and opens these.
func sharedPilots(t *testing.T, dir string, more ...string) (packages []*share.Package, store string) {
	t.Helper()
	identities, err := age.ParseIdentities(strings.NewReader(fileText(t, filepath.Join(dir, samples.Identity))))
	if err != nil {
		t.Fatal(err)
	}
	out, store := t.TempDir(), t.TempDir()
	for _, m := range samples.Municipalities(2, 200) {
		mustLVV(t, dir, append([]string{"share", "--config", filepath.Join(m.Folder, "pilot.yaml"), "--key", filepath.Join(m.Folder, samples.PilotKey),
			"--period", "2020-Q3", "--programme", samples.Recipient, "--out", out, "--quiet"}, more...)...)
		sealed := fileText(t, filepath.Join(out, share.FileName(m.Name, "2020-Q3")))
		p, err := share.Open(strings.NewReader(sealed), store, identities...)
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
		damages(t, sealed, identities)
	}
	return packages, store
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// damages holds that a package with a byte changed, or cut off, is not opened.
func damages(t *testing.T, sealed string, identities []age.Identity) {
	t.Helper()
	for _, at := range []int{len(sealed) / 3, len(sealed) - 5} {
		changed := []byte(sealed)
		changed[at] ^= 1
		if _, err := share.Open(bytes.NewReader(changed), t.TempDir(), identities...); err == nil {
			t.Errorf("a package with byte %d changed is opened", at)
		}
		if _, err := share.Open(strings.NewReader(sealed[:at]), t.TempDir(), identities...); err == nil {
			t.Errorf("a package cut off at %d is opened", at)
		}
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := share.Open(strings.NewReader(sealed), t.TempDir(), other); err == nil {
		t.Error("another office opens the package")
	}
}

// keysOf are the values of a column of a table of a pilot.
func keysOf(t *testing.T, db *sql.DB, store, table, pilot, column string) map[string]bool {
	t.Helper()
	rows, err := db.Query(fmt.Sprintf("SELECT DISTINCT hex(%s) FROM read_parquet('%s')", column, filepath.Join(store, table, "pilot="+pilot, "part.parquet")))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	keys := map[string]bool{}
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			t.Fatal(err)
		}
		keys[key] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return keys
}

func common(a, b map[string]bool) (n int) {
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

// TestPackagesShareOnlyPersons holds who can be told from whom by two packages: persons under the programme's key alone,
// nothing else, and nobody any more once the office has joined them.
func TestPackagesShareOnlyPersons(t *testing.T) {
	t.Parallel() // it runs processes of its own
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	dir := t.TempDir()
	mustLVV(t, dir, "samples", "--pilots", "2", "--persons", "200", "--seed", "5", "--out", ".", "--quiet")
	for _, shares := range []bool{false, true} {
		var more []string
		if shares {
			more = []string{"--programme-key", samples.ProgrammeKey}
		}
		packages, store := sharedPilots(t, dir, more...)
		a, b := packages[0].Pilot, packages[1].Pilot
		persons := func(pilot string) map[string]bool { return keysOf(t, db, store, "cases", pilot, "person_key") }
		before := [2]map[string]bool{persons(a), persons(b)}
		if n := common(before[0], before[1]); n > 0 != shares {
			t.Errorf("with the programme's key %t: %d persons are the same in two packages", shares, n)
		}
		for _, c := range [][2]string{{"cases", "case_key"}, {"stays", "stay_key"}, {"stays", "stay_order"}, {"stays", "location"}, {"trajectories", "trajectory_key"}, {"escalations", "issue_key"}} {
			of := func(pilot string) map[string]bool { return keysOf(t, db, store, c[0], pilot, c[1]) }
			if n := common(of(a), of(b)); n > 0 || len(of(a)) == 0 {
				t.Errorf("with the programme's key %t: %d values of %s.%s are the same in two packages", shares, n, c[0], c[1])
			}
		}
		assertNoIdentities(t, store)
		key, err := pseudonym.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := share.Union(t.Context(), store, packages, key); err != nil {
			t.Fatal(err)
		}
		after := [2]map[string]bool{persons(a), persons(b)}
		if n, was := common(after[0], after[1]), common(before[0], before[1]); n != was {
			t.Errorf("%d persons are the same in two pilots after joining, %d before", n, was)
		}
		for i := range after {
			if n := common(before[i], after[i]); n > 0 || len(after[i]) != len(before[i]) {
				t.Errorf("%d of %d persons still bear the pseudonym of the package", n, len(after[i]))
			}
		}
	}
}

// assertNoIdentities looks for the V-numbers, names and case numbers of the samples in all files.
func assertNoIdentities(t *testing.T, dir string) {
	t.Helper()
	identity := regexp.MustCompile(`\b00\d{8}\b|Voorbeeld-\d|LVV-20\d\d-\d`)
	for path, body := range contents(t, dir) {
		if found := identity.FindString(body); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
	}
}

// TestOtherVersionsAreRefused makes a package with another version of the program.
func TestOtherVersionsAreRefused(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	run := func(args ...string) string {
		var stderr bytes.Buffer
		a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr}
		if code := a.run(args); code != 0 {
			return stderr.String()
		}
		return ""
	}
	was := version
	defer func() { version = was }()
	version = "v0.0.1-old"
	for _, args := range [][]string{
		{"samples", "--pilots", "1", "--persons", "30", "--out", "p", "--quiet"},
		{"share", "--config", "p/amsterdam/pilot.yaml", "--key", "p/amsterdam/sleutel.key", "--period", "2020-Q3", "--programme", samples.Recipient, "--out", "p/pakketten", "--quiet"},
	} {
		if text := run(args...); text != "" {
			t.Fatal(text)
		}
	}
	version = "v0.0.2-new"
	text := run("network", "--config", "p/programma.yaml", "--identity", "p/identiteit.txt", "--period", "2020-Q3", "--out", "uit", "--quiet")
	for _, want := range []string{"Amsterdam was made by version v0.0.1-old", "this is version v0.0.2-new", "Have these packages made anew with lvv share"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
	if entries, _ := os.ReadDir("uit"); len(entries) > 0 {
		t.Errorf("something was written: %v", entries)
	}
}

// TestPackageHoldsWhatIsPublished: the document in a package that was made before the report is that of the report which
// the same exports give.
func TestPackageHoldsWhatIsPublished(t *testing.T) {
	t.Parallel() // it runs processes of its own
	dir := t.TempDir()
	mustLVV(t, dir, "samples", "--pilots", "1", "--persons", "80", "--out", ".", "--quiet")
	m := samples.Municipalities(1, 80)[0]
	of := []string{"--config", filepath.Join(m.Folder, samples.Terms), "--key", filepath.Join(m.Folder, samples.PilotKey), "--period", "2020-Q3", "--quiet"}
	mustLVV(t, dir, append([]string{"share", "--programme", samples.Recipient, "--programme-key", samples.ProgrammeKey, "--out", "pakketten"}, of...)...)
	mustLVV(t, dir, append([]string{"run", "--only", "amif", "--no-previous", "--out", "uit"}, of...)...)
	got := openedPackage(t, filepath.Join(dir, "pakketten", share.FileName(m.Name, "2020-Q3"))).Document
	want, err := readPublished(filepath.Join(dir, "uit", "2020-Q3", filepath.FromSlash(publishedFile)))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Figures, want.Figures) || !reflect.DeepEqual(got.Series, want.Series) || !reflect.DeepEqual(got.Protection, want.Protection) {
		t.Error("the package holds another document than the report")
	}
}
