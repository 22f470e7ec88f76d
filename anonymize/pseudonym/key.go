// Package pseudonym holds the root key of a programme and the keyed pseudonyms that derive from it.
package pseudonym

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"

	"lvv/internal/say"
)

// KeySize is the length of the root key in bytes.
const KeySize = 32

// Key is the root key of a programme. Every pseudonym derives from it; whoever holds it can compute
// the pseudonym of any V-number, so it never enters a manifest, a log line or an error.
type Key struct {
	root      [KeySize]byte
	unchecked bool
}

// Purpose separates pseudonyms by recipient: the same person has another pseudonym in each, and no
// two files that leave can be joined by them.
type Purpose string

// The purposes for which pseudonyms are made.
const (
	ForStore     Purpose = "store"     // inside a run, and in the steward's record of what was delivered
	ForEvaluator Purpose = "evaluator" // the order of rows of the evaluator's data (art. 9), which hold no pseudonyms
	ForAMIF      Purpose = "amif"      // the AMIF account (art. 15.3)
	ForSteward   Purpose = "beheer"    // the data steward's own lists
	ForProgramme Purpose = "programme" // what a pilot shares with the programme's office
	ForTables    Purpose = "tables"    // no pseudonyms: in which order the cells of a table are hidden
)

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// A key is written in Bech32 behind keyPrefix, in upper case: LVV-KEY-1 and 58 characters. The old form is
// oldPrefix and 52 characters of base32, which have no checksum: another key is one wrong character away.
const (
	keyPrefix = "lvv-key-"
	oldPrefix = "LVV-KEY-1-"
)

// GenerateKey makes a new random root key.
func GenerateKey() (Key, error) {
	var k Key
	if _, err := rand.Read(k.root[:]); err != nil {
		return Key{}, say.Errorf("read random bytes: %w", err)
	}
	return k, nil
}

// KeyFrom makes a key of its bytes.
func KeyFrom(root [KeySize]byte) Key { return Key{root: root} }

// ParseKey reads the text form that [Key.Text] writes, and the old form without checksum: see
// [Key.Unchecked]. Lines that begin with # and blank lines are skipped. The error never repeats what it read.
func ParseKey(text string) (Key, error) {
	found, err := keyLine(text)
	if err != nil {
		return Key{}, err
	}
	var raw []byte
	body, old := strings.CutPrefix(found, oldPrefix)
	switch {
	case old:
		raw, err = encoding.DecodeString(body)
	case !strings.HasPrefix(strings.ToLower(found), keyPrefix+"1"):
		return Key{}, say.Errorf("holds no line that begins with %s1", strings.ToUpper(keyPrefix))
	default:
		raw, err = bech32Decode(keyPrefix, found)
	}
	if err != nil || len(raw) != KeySize {
		return Key{}, say.Errorf("holds a damaged key: a character is wrong, missing or too many")
	}
	return Key{root: [KeySize]byte(raw), unchecked: old}, nil
}

// keyLine returns the one line of a key file that is no comment.
func keyLine(text string) (found string, err error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if found != "" {
			return "", say.Errorf("holds more than one key line")
		}
		found = line
	}
	return found, nil
}

// Text is the one line that a key file holds.
func (k Key) Text() string { return strings.ToUpper(bech32Encode(keyPrefix, k.root[:])) }

// Unchecked reports whether the key was read from the old form, which has no checksum.
func (k Key) Unchecked() bool { return k.unchecked }

// String hides the key from logs and format verbs.
func (k Key) String() string { return "key " + k.Fingerprint() }

// GoString hides the key from %#v.
func (k Key) GoString() string { return k.String() }

// Fingerprint names the key in manifests without giving it away: 80 bits of an HKDF output that is
// used for nothing else.
func (k Key) Fingerprint() string {
	return encoding.EncodeToString(k.derive("lvv/1|fingerprint", 10))
}

func (k Key) derive(info string, n int) []byte {
	out, err := hkdf.Key(sha256.New, k.root[:], nil, info, n)
	if err != nil {
		// hkdf.Key fails only for lengths beyond 255 hashes.
		panic("anonymize: derive key: " + err.Error())
	}
	return out
}

// secret is what a key looks like, of this program or of age.
var secret = regexp.MustCompile(`(?i:(lvv-key-|age-secret-key-(pq-)?)1[-0-9a-z]*)|\b[A-Z2-7]{52}\b|\b[AC-HJ-NP-Z02-9]{58}\b|\b[ac-hj-np-z02-9]{58}\b`)

// Conceal replaces in a text what looks like a secret key; found reports whether there was one.
func Conceal(text string) (_ string, found bool) {
	shown := secret.ReplaceAllString(text, "(a key, not shown)")
	return shown, shown != text
}

// Unwrap returns the cause.
func (e *KeyFileError) Unwrap() error { return e.Err }
