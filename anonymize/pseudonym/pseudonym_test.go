package pseudonym

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func fixedKey(b byte) Key {
	var k Key
	for i := range k.root {
		k.root[i] = b + byte(i)
	}
	return k
}

// The construction of disclosure.md, spelled out once more with the standard library alone.
func TestPseudonymConstruction(t *testing.T) {
	k := fixedKey(1)
	p := NewPseudonymizer(k, "Amsterdam", ForEvaluator, 2)
	for _, id := range []string{"0123456789", "", "LVV-2019-00001"} {
		derived, err := hkdf.Key(sha256.New, k.root[:], nil, "lvv/1|Amsterdam|evaluator|2", 32)
		if err != nil {
			t.Fatal(err)
		}
		m := hmac.New(sha256.New, derived)
		fmt.Fprintf(m, "person\x00%s", id)
		want := Pseudonym(m.Sum(nil)[:16])
		for range 2 {
			if got := p.Of(Person, []byte(id)); got != want {
				t.Errorf("Of(%q) = %v, want %v", id, got, want)
			}
		}
		if got := p.Clone().Of(Person, []byte(id)); got != want {
			t.Errorf("clone: Of(%q) = %v, want %v", id, got, want)
		}
	}
}

func TestPseudonymsAreApart(t *testing.T) {
	seen := map[Pseudonym]string{}
	for _, k := range []Key{fixedKey(1), fixedKey(2)} {
		for _, pilot := range []string{"a", "b", "a|store"} {
			for _, purpose := range []Purpose{ForStore, ForEvaluator, ForAMIF, ForSteward} {
				for epoch := range 2 {
					for _, kind := range []Kind{Person, Case, CasePerson, Reference, InputFile} {
						name := fmt.Sprint(k, pilot, purpose, epoch, kind)
						p := NewPseudonymizer(k, pilot, purpose, epoch).Of(kind, []byte("0123456789"))
						if other, ok := seen[p]; ok {
							t.Fatalf("%s and %s share %v", name, other, p)
						}
						seen[p] = name
					}
				}
			}
		}
	}
}

func TestParsePseudonym(t *testing.T) {
	p := NewPseudonymizer(fixedKey(1), "a", ForStore, 1).Of(Person, []byte("0123456789"))
	if got, err := ParsePseudonym(p.String()); err != nil || got != p {
		t.Errorf("got %v, %v; want %v", got, err, p)
	}
	for _, s := range []string{"", p.String()[:25], p.String() + "A", strings.Repeat("1", 26)} {
		if _, err := ParsePseudonym(s); err == nil {
			t.Errorf("ParsePseudonym(%q) succeeds", s)
		}
	}
	z := NewPseudonymizer(fixedKey(1), "a", ForAMIF, 1)
	if z.ForRecipient(p) != z.Of(Reference, p[:]) {
		t.Error("a recipient's pseudonym is not that of the reference")
	}
}

func TestKeyNeverPrints(t *testing.T) {
	k := fixedKey(7)
	secret := strings.TrimPrefix(k.Text(), "LVV-KEY-1")
	for _, s := range []string{fmt.Sprint(k), fmt.Sprintf("%v %+v %#v %s", k, k, k, k), k.Fingerprint()} {
		if strings.Contains(s, secret) || strings.Contains(s, secret[:10]) {
			t.Errorf("%q gives the key away", s)
		}
	}
}

func TestKeyFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "key")
	k, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteKeyFile(path, k); err != nil {
		t.Fatal(err)
	}
	got, err := LoadKey(path)
	if err != nil || got != k {
		t.Fatalf("LoadKey = %v, %v; want %v", got, err, k)
	}
	if err := WriteKeyFile(path, k); err == nil {
		t.Error("an existing key was overwritten")
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	open := filepath.Join(dir, "open")
	if err := os.WriteFile(open, []byte(k.Text()), 0o644); err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(dir, "damaged")
	if err := os.WriteFile(damaged, []byte(k.Text()[:40]), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		link: "symbolic link", open: "chmod 600", dir: "folder", damaged: "damaged", filepath.Join(dir, "none"): "lvv keygen",
	} {
		_, err := LoadKey(path)
		var ke *KeyFileError
		if !errors.As(err, &ke) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("LoadKey(%s) = %v, want a KeyFileError that says %q", path, err, want)
		}
		if err != nil && strings.Contains(err.Error(), k.Text()[20:40]) {
			t.Errorf("LoadKey(%s) prints the key: %v", path, err)
		}
	}
}

func BenchmarkPseudonym(b *testing.B) {
	p := NewPseudonymizer(fixedKey(1), "Amsterdam", ForStore, 1)
	id := []byte("0123456789")
	b.ReportAllocs()
	for b.Loop() {
		p.Of(Person, id)
	}
}

// Under a programme's key a person is the same in every pilot, and everything else stays each pilot's own.
func TestSharedPersons(t *testing.T) {
	a := NewPseudonymizer(fixedKey(1), "a", ForProgramme, 1)
	b := NewPseudonymizer(fixedKey(2), "b", ForProgramme, 3)
	programme := fixedKey(9)
	sharedA, sharedB := a.SharedPersons(programme), b.SharedPersons(programme).Clone()
	v := []byte("0123456789")
	if sharedA.Of(Person, v) != sharedB.Of(Person, v) {
		t.Error("a person differs between pilots that share a key")
	}
	for name, other := range map[string]Pseudonym{
		"own key": a.Of(Person, v), "another programme": a.SharedPersons(fixedKey(8)).Of(Person, v),
		"the key as a pilot's own": NewPseudonymizer(programme, "a", ForProgramme, 1).Of(Person, v),
		"a case":                   sharedA.Of(Case, v), "a person without number": sharedA.Of(CasePerson, v),
	} {
		if other == sharedA.Of(Person, v) {
			t.Errorf("%s gives the pseudonym that is shared", name)
		}
	}
	for _, kind := range []Kind{Case, Stay, Trajectory, Issue, CasePerson, Reference, InputFile} {
		if sharedA.Of(kind, v) != a.Of(kind, v) {
			t.Errorf("%s hangs on the programme's key", kind)
		}
		if sharedA.Of(kind, v) == sharedB.Of(kind, v) {
			t.Errorf("%s of two pilots is the same", kind)
		}
	}
}
