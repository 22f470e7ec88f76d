package ingest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// basis is a delivery in which nothing is wrong: two files of cases, stays and trajectories.
func basis() register {
	return register{
		"casussen_a.csv": {"C1;0123456789;01-03-2019;toegelaten;02-03-2019;;", "C2;1123456789;01-03-2019;toegelaten;02-03-2019;;"},
		"casussen_b.csv": {"C3;;01-03-2019;toegelaten;02-03-2019;;"},
		"verblijf_a.csv": {"S1;C1;A;02-03-2019;", "S2;C2;A;02-03-2019;"}, "verblijf_b.csv": {"S3;C2;A;02-03-2019;"}, "verblijf_c.csv": {"S4;C3;B;02-03-2019;"},
		"trajecten_a.csv": {"T1;C1;terugkeer;02-03-2019"}, "trajecten_b.csv": {"T2;C2;terugkeer;02-03-2019"},
		"begeleiding.csv": {"T1;03-03-2019;gesprek", "T2;03-03-2019;gesprek"},
		"overleggen.csv":  {"03-03-2019;stuurgroep"},
	}
}

// TestWhatIsReadAgain makes one change to a delivery and names the files that must be read for it.
func TestWhatIsReadAgain(t *testing.T) {
	add := func(name string, rows ...string) func(register) {
		return func(r register) { r[name] = append(slices.Clone(r[name]), rows...) }
	}
	drop := func(name string) func(register) { return func(r register) { delete(r, name) } }
	swap := func(a, b string) func(register) { return func(r register) { r[a], r[b] = r[b], r[a] } }
	rename := func(a, b string) func(register) { return func(r register) { r[b] = r[a]; delete(r, a) } }
	// New texts are compared with the numbers and names of the cases, which are read for it.
	const cases, stays, trajectories = "casussen_a casussen_b", "verblijf_a verblijf_b verblijf_c", "trajecten_a trajecten_b"
	for _, c := range []struct {
		name   string
		before func(register)
		change func(register)
		want   string
	}{
		{"nothing", nil, func(register) {}, ""},
		{"a table that none refers to", nil, add("overleggen.csv", "04-03-2019;stuurgroep"), "overleggen"},
		{"a stay more", nil, add("verblijf_b.csv", "S9;C1;A;03-03-2019;"), cases + " verblijf_b"},
		{"a file of stays more", nil, add("verblijf_aa.csv", "S9;C1;A;03-03-2019;"), cases + " verblijf_aa"},
		{"a file of stays less", nil, drop("verblijf_a.csv"), ""},
		{"a file by another name", nil, rename("verblijf_a.csv", "verblijf_z.csv"), ""},
		{"a file of another table", nil, func(r register) { r["escalaties.csv"] = []string{"V1;uitleg;03-03-2019;x"} }, "escalaties"},
		{"a case more", nil, add("casussen_b.csv", "C4;;01-03-2019;toegelaten;02-03-2019;;"), cases},
		{"a case whose person becomes known", nil, func(r register) { r["casussen_b.csv"] = []string{"C3;2123456789;01-03-2019;toegelaten;02-03-2019;;"} }, cases + " verblijf_c"},
		{"a case less that rows refer to", nil, func(r register) { r["casussen_b.csv"] = nil }, cases + " verblijf_c"},
		{"a file of cases less", nil, drop("casussen_b.csv"), "casussen_a verblijf_c"},
		{"cases in another order", nil, swap("casussen_a.csv", "casussen_b.csv"), cases},
		{"an orphan that finds its case", add("verblijf_b.csv", "S9;C9;A;03-03-2019;"), add("casussen_a.csv", "C9;;01-03-2019;toegelaten;02-03-2019;;"), cases + " verblijf_b"},
		{"an orphan that stays one", add("verblijf_b.csv", "S9;C9;A;03-03-2019;"), add("verblijf_a.csv", "S8;C1;A;03-03-2019;"), cases + " verblijf_a"},
		{"a trajectory less", nil, func(r register) { r["trajecten_b.csv"] = nil }, cases + " trajecten_b begeleiding"},
		{"the last file of trajectories less", nil, drop("trajecten_b.csv"), "begeleiding"},
		{"the first of two rows with one key", add("verblijf_b.csv", "S1;C1;B;02-03-2019;"), drop("verblijf_a.csv"), cases + " verblijf_b"},
		{"a row that fell to another, whose case goes", add("verblijf_a.csv", "S1;C3;B;02-03-2019;"), func(r register) { r["casussen_b.csv"] = nil }, cases + " verblijf_a verblijf_c"},
		{"a key of a file that did not change", nil, add("verblijf_c.csv", "S1;C1;B;03-03-2019;"), cases + " " + stays},
		{"a row of a file that did not change", nil, add("verblijf_c.csv", "S1;C1;A;02-03-2019;"), cases + " " + stays},
		{"a row before that of a file that did not change", nil, add("verblijf_a.csv", "S4;C3;B;02-03-2019;"), cases + " verblijf_a verblijf_c"},
		{"a key between files of cases", nil, add("casussen_b.csv", "C1;;01-03-2019;toegelaten;02-03-2019;;"), cases},
		{"another file before one with rows that fell", func(r register) {
			r["verblijf_c.csv"], r["verblijf_d.csv"] = append(r["verblijf_c.csv"], "S1;C1;B;02-03-2019;"), []string{"S5;C1;A;02-03-2019;"}
		}, func(r register) { r["verblijf_a.csv"] = r["verblijf_d.csv"]; delete(r, "verblijf_d.csv") }, cases + " verblijf_c"},
		{"a copy", nil, func(r register) { r["verblijf_d.csv"] = r["verblijf_a.csv"] }, "verblijf_d"},
		{"a stay more, beside a copy of cases", func(r register) { r["casussen_c.csv"] = r["casussen_a.csv"] }, add("verblijf_b.csv", "S9;C1;A;03-03-2019;"), cases + " verblijf_b"},
		{"a case more, beside reviews of which one file is read again", func(r register) {
			r["mrt_a.csv"], r["mrt_b.csv"] = []string{"C1;03-03-2019"}, []string{"C1;03-03-2019", "C9;03-03-2019"}
		}, add("casussen_b.csv", "C4;;01-03-2019;toegelaten;02-03-2019;;"), cases + " mrt_a mrt_b"},
		{"trajectories elsewhere", nil, swap("trajecten_a.csv", "trajecten_b.csv"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			exports, store := t.TempDir(), filepath.Join(t.TempDir(), "store")
			r := basis()
			if c.before != nil {
				c.before(r)
			}
			r.write(t, exports)
			first, _ := readKept(t, exports, store)
			if first.Reused != 0 {
				t.Errorf("an empty store gave %d files", first.Reused)
			}
			c.change(r)
			r.write(t, exports)
			kept, _ := readKept(t, exports, store)
			if d := differs(t, exports, kept); d != "" {
				t.Error(d)
			}
			if want := len(r) - len(strings.Fields(c.want)); kept.Reused != want {
				t.Errorf("%d files were taken over, want %d: all but %s", kept.Reused, want, c.want)
			}
		})
	}
}

// A file whose bytes are known, but whose name now says that they are something else, is faulty as ever.
func TestAnotherEndingIsAnotherFile(t *testing.T) {
	exports, store := t.TempDir(), filepath.Join(t.TempDir(), "store")
	for name, content := range complete("verblijf.csv.gz", compressed(t, someStays)) {
		must(t, os.WriteFile(filepath.Join(exports, name), []byte(content), 0o600))
	}
	readKept(t, exports, store)
	must(t, os.Rename(filepath.Join(exports, "verblijf.csv.gz"), filepath.Join(exports, "verblijf.csv")))
	k, err := OpenStore(store, testIdentity)
	must(t, err)
	defer k.Close()
	_, err = Read(t.Context(), Options{Dir: exports, Kept: k, Pseudonyms: testPseudonyms(t)})
	if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], "the file is compressed") {
		t.Errorf("faults %q", got)
	}
}

// TestDamage spoils files of a store: it says so, reads what it must, and is whole again.
func TestDamage(t *testing.T) {
	flip := func(t *testing.T, path string, at int) {
		b, err := os.ReadFile(path)
		must(t, err)
		b[at%len(b)] ^= 1
		must(t, os.WriteFile(path, b, 0o600))
	}
	const all = "store.json): every file is read again"
	for _, c := range []struct {
		name   string
		spoil  func(t *testing.T, dir string)
		reused int
		notice string
	}{
		{"nothing", func(*testing.T, string) {}, 9, ""},
		{"a bit of a segment", func(t *testing.T, dir string) { flip(t, filepath.Join(dir, "stays-1-2.parquet"), 200) }, 6, "(stays-1-2.parquet): verblijf_b.csv is read again"},
		{"a segment is gone", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "stays-1-2.parquet"))) }, 6, "(stays-1-2.parquet): verblijf_b.csv is read again"},
		{"a segment is a folder", func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "stays-1-2.parquet")))
			must(t, os.Mkdir(filepath.Join(dir, "stays-1-2.parquet"), 0o700))
		}, 6, "(stays-1-2.parquet): verblijf_b.csv is read again"},
		{"a segment of cases", func(t *testing.T, dir string) { flip(t, filepath.Join(dir, "cases-1-2.parquet"), 5) }, 7, "(cases-1-2.parquet): casussen_b.csv is read again"},
		{"the index is cut short", func(t *testing.T, dir string) { must(t, os.Truncate(filepath.Join(dir, indexName), 100)) }, 0, all},
		{"the index is empty", func(t *testing.T, dir string) { must(t, os.Truncate(filepath.Join(dir, indexName), 0)) }, 0, all},
		{"the index is of another form", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, indexName), []byte(storeFamily+`0"}`), 0o600))
		}, 0, all},
		{"a figure in the index", func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, indexName))
			must(t, err)
			must(t, os.WriteFile(filepath.Join(dir, indexName), []byte(strings.Replace(string(b), `"read":2`, `"read":3`, 1)), 0o600))
		}, 0, all},
		{"what a killed run left", func(t *testing.T, dir string) {
			for _, name := range []string{"stays-2-1.parquet", "cases-7-11.parquet", indexTemp} {
				must(t, os.WriteFile(filepath.Join(dir, name), []byte("PAR1"), 0o600))
			}
		}, 9, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			exports, dir := t.TempDir(), filepath.Join(t.TempDir(), "store")
			basis().write(t, exports)
			readKept(t, exports, dir)
			must(t, os.WriteFile(filepath.Join(dir, "notities.txt"), nil, 0o600)) // not ours
			c.spoil(t, dir)
			kept, notices := readKept(t, exports, dir)
			if d := differs(t, exports, kept); d != "" {
				t.Error(d)
			}
			if kept.Reused != c.reused {
				t.Errorf("%d files were taken over, want %d", kept.Reused, c.reused)
			}
			if got := strings.Join(notices, "\n"); !strings.HasSuffix(got, c.notice) || strings.Contains(got, "\n") || (got == "") != (c.notice == "") {
				t.Errorf("it says %q, want %q", got, c.notice)
			}
			again, notices := readKept(t, exports, dir)
			if again.Reused != 9 || len(notices) > 0 {
				t.Errorf("the next run takes over %d files, and says %q", again.Reused, notices)
			}
			if left := len(entries(t, dir)); left != 9+2 {
				t.Errorf("the folder holds %q", entries(t, dir))
			}
		})
	}
}

func entries(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// A run that changes nothing writes nothing; one that fails leaves the store as it was.
func TestStoreIsWrittenWhereSomethingChanged(t *testing.T) {
	exports, dir := t.TempDir(), filepath.Join(t.TempDir(), "store")
	r := basis()
	r.write(t, exports)
	readKept(t, exports, dir)
	look := func() (out []string) {
		for _, name := range entries(t, dir) {
			info, err := os.Stat(filepath.Join(dir, name))
			must(t, err)
			out = append(out, fmt.Sprintf("%s %d %v %v", name, info.Size(), info.Mode(), info.ModTime()))
		}
		return out
	}
	before := look()
	readKept(t, exports, dir)
	if after := look(); !slices.Equal(before, after) {
		t.Errorf("from\n%q\nto\n%q", before, after)
	}
	// Something of the new reading is written before the fault is found: the last table cannot be read.
	r["verblijf_a.csv"] = nil
	r.write(t, exports)
	must(t, os.WriteFile(filepath.Join(exports, "overleggen.csv.gz"), []byte(compressed(t, "datum;soort\n"+strings.Repeat("03-03-2019;stuurgroep\n", 200_000))[:3000]), 0o600))
	k, err := OpenStore(dir, testIdentity)
	must(t, err)
	if _, err := Read(t.Context(), Options{Dir: exports, Kept: k, Pseudonyms: testPseudonyms(t)}); err == nil {
		t.Error("half a file was read")
	}
	must(t, k.Close())
	if after := look(); !slices.Equal(before, after) {
		t.Errorf("a reading that failed: from\n%q\nto\n%q", before, after)
	}
}

// TestStoreRefused tries the folders that are no store, or not this one's.
func TestStoreRefused(t *testing.T) {
	exports := t.TempDir()
	basis().write(t, exports)
	made := func(t *testing.T) string {
		dir := filepath.Join(t.TempDir(), "store")
		readKept(t, exports, dir)
		return dir
	}
	folder := func(t *testing.T, mode os.FileMode, files ...string) string {
		dir := t.TempDir()
		for _, f := range files {
			must(t, os.WriteFile(filepath.Join(dir, f), nil, 0o600))
		}
		must(t, os.Chmod(dir, mode))
		return dir
	}
	for _, c := range []struct {
		name string
		dir  func(t *testing.T) string
		id   StoreIdentity
		want string // "" where it is taken
	}{
		{"a new folder in a new folder", func(t *testing.T) string { return filepath.Join(t.TempDir(), "a", "b") }, testIdentity, ""},
		{"an empty folder", func(t *testing.T) string { return folder(t, 0o700) }, testIdentity, ""},
		{"the beginning of a store", func(t *testing.T) string { return folder(t, 0o700, indexTemp) }, testIdentity, ""},
		{"another version", made, StoreIdentity{Pilot: "test", Key: "AAAA", Epoch: 1, Program: "1.1"}, ""},
		{"another pilot", made, StoreIdentity{Pilot: "elders", Key: "AAAA", Epoch: 1, Program: "1.0"}, `is of pilot "test", key AAAA, epoch 1; this run has pilot "elders", key AAAA, epoch 1`},
		{"another key", made, StoreIdentity{Pilot: "test", Key: "BBBB", Epoch: 1, Program: "1.0"}, "this run has pilot \"test\", key BBBB, epoch 1"},
		{"another epoch", made, StoreIdentity{Pilot: "test", Key: "AAAA", Epoch: 2, Program: "1.0"}, "epoch 2\n  Give the key and the terms that it was made with, or another folder with --store."},
		{"another program's", func(t *testing.T) string {
			dir := folder(t, 0o700, "cases-1-1.parquet")
			must(t, os.WriteFile(filepath.Join(dir, indexName), []byte(`{"my":"shop"}`), 0o600))
			return dir
		}, testIdentity, "holds a store.json that is not of a store"},
		{"a path that is a pattern", func(t *testing.T) string { return filepath.Join(t.TempDir(), "g[1]") }, testIdentity, "has one of * ? [ in its path"},
		{"other files", func(t *testing.T) string { return folder(t, 0o700, "brief.docx") }, testIdentity, "is not a store"},
		{"open to the group", func(t *testing.T) string { return folder(t, 0o750) }, testIdentity, "(mode 0750)\n  Run: chmod 700 "},
		{"open to others", func(t *testing.T) string { return folder(t, 0o705) }, testIdentity, "chmod 700"},
		{"a store that was opened to others", func(t *testing.T) string {
			dir := made(t)
			must(t, os.Chmod(dir, 0o755))
			return dir
		}, testIdentity, "chmod 700"},
		{"a link", func(t *testing.T) string {
			link := filepath.Join(t.TempDir(), "link")
			must(t, os.Symlink(made(t), link))
			return link + "/"
		}, testIdentity, "is a symbolic link"},
		{"a file", func(t *testing.T) string { return filepath.Join(folder(t, 0o700, "f"), "f") }, testIdentity, "is not a folder"},
		{"another user's", func(t *testing.T) string {
			dir := folder(t, 0o700)
			if os.Chown(dir, 12345, 12345) != nil {
				return "/" // only root can give a folder away, and this one is root's
			}
			return dir
		}, testIdentity, "belongs to another user"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.dir(t)
			before := ""
			if c.want != "" {
				before = fmt.Sprint(os.ReadDir(dir))
			}
			k, err := OpenStore(dir, c.id)
			if c.want == "" {
				must(t, err)
				info, err := os.Stat(dir)
				must(t, err)
				if info.Mode().Perm() != 0o700 {
					t.Errorf("the folder has mode %v", info.Mode())
				}
				must(t, k.Close())
				return
			}
			var refusal *StoreRefusal
			if !errors.As(err, &refusal) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if after := fmt.Sprint(os.ReadDir(dir)); after != before {
				t.Errorf("a folder that was refused held %s, and holds %s", before, after)
			}
		})
	}
}

func TestStoreIsForOneRunAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	k, err := OpenStore(dir, testIdentity)
	must(t, err)
	if _, err := OpenStore(dir, testIdentity); !errors.Is(err, ErrStoreBusy) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a second run began: %v", err)
	}
	must(t, k.Close())
	k, err = OpenStore(dir, testIdentity)
	must(t, err)
	must(t, k.Close())
}

// TestKilledAtEveryChangeOfTheStore copies the folder before every change to it: what a process would
// leave that ended there. The next run finds the store of before or of after, whole.
func TestKilledAtEveryChangeOfTheStore(t *testing.T) {
	exports, dir := t.TempDir(), filepath.Join(t.TempDir(), "store")
	r := basis()
	r.write(t, exports)
	readKept(t, exports, dir)
	for name := range r { // everything is written anew but the cases
		if stemOf(name) != "casussen" {
			r[name] = append(r[name], r[name][0])
		}
	}
	r.write(t, exports)
	k, err := OpenStore(dir, testIdentity)
	must(t, err)
	var left []string
	k.observe = func() {
		left = append(left, filepath.Join(t.TempDir(), "store"))
		must(t, os.CopyFS(left[len(left)-1], os.DirFS(dir)))
		must(t, os.Chmod(left[len(left)-1], 0o700))
	}
	_, err = Read(t.Context(), Options{Dir: exports, Kept: k, Pseudonyms: testPseudonyms(t)})
	must(t, err)
	must(t, k.Close())
	found := map[int]int{}
	for i, dir := range left {
		kept, notices := readKept(t, exports, dir)
		if d := differs(t, exports, kept); d != "" || len(notices) > 0 {
			t.Fatalf("change %d: %s %q", i, d, notices)
		}
		found[kept.Reused]++
		if n := len(entries(t, dir)); n != len(r)+1 {
			t.Errorf("change %d: the folder holds %q", i, entries(t, dir))
		}
	}
	// Nine segments, the cases with them, are created, closed and later removed; the index is written and put in its place.
	if want := map[int]int{0: 9 + 9 + 2, 9: 9}; !maps.Equal(found, want) {
		t.Errorf("files taken over, and how often: %v, want %v", found, want)
	}
}
