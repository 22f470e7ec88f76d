package pseudonym

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The vectors of BIP-173, and a key as age writes it (of the age repository's tests).
func TestBech32(t *testing.T) {
	for _, text := range []string{
		"A12UEL5L", "a12uel5l",
		"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
		"split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
	} {
		prefix := strings.ToLower(text[:strings.LastIndexByte(text, '1')])
		data, err := bech32Decode(prefix, text)
		if prefix == "split" || prefix == "abcdef" {
			// Their data are no whole bytes with zeros behind them, or are; the checksum is what counts here.
			if _, wrong := bech32Decode(prefix, text[:len(text)-1]+"q"); wrong == nil {
				t.Errorf("%s: a wrong last digit passes", text)
			}
			if prefix == "abcdef" && (err != nil || bech32Encode(prefix, data) != text) {
				t.Errorf("%s: %x, %v", text, data, err)
			}
			continue
		}
		if err != nil || len(data) != 0 || bech32Encode(prefix, data) != strings.ToLower(text) {
			t.Errorf("%s: %x, %v", text, data, err)
		}
	}
	for _, text := range []string{"", "a1", "A1G7SGD8", "a12UEL5L", "a12uel5m", "b12uel5l", "a12uel5b"} {
		if data, err := bech32Decode("a", text); err == nil {
			t.Errorf("%q decodes to %x", text, data)
		}
	}
}

// TestWrongCharacters changes up to four characters of keys, swaps two, leaves one out and adds one: no
// result is a key.
func TestWrongCharacters(t *testing.T) {
	const digits = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 20_000 {
		text := fixedKey(byte(n)).Text()
		start := len("LVV-KEY-1")
		b := []byte(text)
		at := start + random.IntN(len(b)-start)
		switch n % 4 {
		case 0, 1:
			for range 1 + random.IntN(4) {
				b[start+random.IntN(len(b)-start)] = digits[random.IntN(len(digits))]
			}
		case 2:
			other := start + random.IntN(len(b)-start)
			b[at], b[other] = b[other], b[at]
		case 3:
			b = append(b[:at], b[at+1:]...)
			if at == len(text)-1 {
				b = append(b, digits[random.IntN(len(digits))], digits[random.IntN(len(digits))])
			}
		}
		if string(b) == text {
			continue
		}
		if k, err := ParseKey(string(b)); err == nil && k == fixedKey(byte(n)) {
			t.Fatalf("%s is read as the key %s", b, text)
		} else if err == nil {
			t.Fatalf("%s, made from %s, is another key", b, text)
		}
	}
}

func TestOldKeys(t *testing.T) {
	k := fixedKey(3)
	old := oldPrefix + encoding.EncodeToString(k.root[:])
	got, err := ParseKey(old)
	if err != nil || got.root != k.root || !got.Unchecked() {
		t.Fatalf("%v, %v", got, err)
	}
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte("# mine\n\n "+old+" \n# more\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{true, false} {
		if _, converted, err := ConvertKeyFile(path); err != nil || converted != want {
			t.Fatalf("converted %v, %v", converted, err)
		}
		b, err := os.ReadFile(path)
		if err != nil || string(b) != "# mine\n\n "+k.Text()+" \n# more\n" {
			t.Errorf("%q, %v", b, err)
		}
	}
	if got, err := LoadKey(path); err != nil || got != k {
		t.Errorf("%v, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

func TestConceal(t *testing.T) {
	k := fixedKey(9)
	for _, text := range []string{
		k.Text(), strings.ToLower(k.Text()), k.Text()[len("LVV-KEY-1"):], oldPrefix + encoding.EncodeToString(k.root[:]), encoding.EncodeToString(k.root[:]),
		"AGE-SECRET-KEY-1" + k.Text()[len("LVV-KEY-1"):], "age-secret-key-1qq", "AGE-SECRET-KEY-PQ-1QQ",
	} {
		for _, around := range []string{"%s", "--key=%s", "open %s: no such file", "a/%s.key", "'%s'"} {
			shown, found := Conceal(fmt.Sprintf(around, text))
			if !found || strings.Contains(shown, text[len(text)-4:]) {
				t.Errorf("%q is shown as %q", fmt.Sprintf(around, text), shown)
			}
		}
	}
	for _, text := range []string{
		"", "sleutel.key", k.Fingerprint(), "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", strings.Repeat("a", 64),
		"TestWithALongNameThatSaysWhatShouldHoldOfIt1234567890", "LVV-KEY-FILE", "/home/steward/een-hele-lange-naam-van-een-map-met-streepjes-erin/en-nog-een/pilot.yaml",
	} {
		if shown, found := Conceal(text); found {
			t.Errorf("%q is shown as %q", text, shown)
		}
	}
}
