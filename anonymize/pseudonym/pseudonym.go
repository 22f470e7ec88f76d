package pseudonym

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"
)

// Kind says what an identifier names, so that a person and a case with the same digits differ.
type Kind string

// The kinds of identifier that become pseudonyms.
const (
	Person     Kind = "person"     // a V-number of ten digits
	Case       Kind = "case"       // a case number
	Stay       Kind = "stay"       // the number of a stay
	Trajectory Kind = "trajectory" // the number of a trajectory
	Issue      Kind = "issue"      // the number of an escalated issue
	CasePerson Kind = "caseperson" // the person of a case without V-number
	// Reference is a pseudonym of the store, from which the pseudonyms of the other purposes derive:
	// the identifiers themselves do not outlive the reading.
	Reference Kind = "reference"
	// InputFile is a file of the exports, by the SHA-256 of its bytes.
	InputFile Kind = "input"
)

// Pseudonym is the first 128 bits of HMAC-SHA256(K, kind ‖ 0x00 ‖ id). As text it is 26 characters
// of base32 (RFC 4648, without padding).
type Pseudonym [16]byte

// String is the base32 text form, which is what leaves.
func (p Pseudonym) String() string { return encoding.EncodeToString(p[:]) }

// ParsePseudonym reads the text form.
func ParsePseudonym(text string) (Pseudonym, error) {
	b, err := encoding.DecodeString(text)
	if err != nil || len(b) != len(Pseudonym{}) {
		return Pseudonym{}, errors.New("parse pseudonym: not 26 characters of base32")
	}
	return Pseudonym(b), nil
}

// ForRecipient turns a pseudonym of the store into that of p's purpose.
func (p *Pseudonymizer) ForRecipient(reference Pseudonym) Pseudonym {
	return p.Of(Reference, reference[:])
}

// Pseudonymizer makes the pseudonyms of one purpose. It is not safe for concurrent use: a reader
// that works on several parts of a file gives each part a [Pseudonymizer.Clone].
type Pseudonymizer struct {
	key     []byte
	mac     hash.Hash
	buf     []byte
	persons *Pseudonymizer // of persons with a V-number, where they have another key; else nil
}

// NewPseudonymizer derives K = HKDF-SHA256(root, info = "lvv/1|" + pilot + "|" + purpose + "|" + epoch).
// pilot and epoch come from the pilot's terms; raising epoch rotates every pseudonym.
func NewPseudonymizer(k Key, pilot string, purpose Purpose, epoch int) *Pseudonymizer {
	// A pilot named "a|b" must not reach the key of pilot "a" with purpose "b".
	info := fmt.Sprintf("lvv/1|%s|%s|%d", escapeBar(pilot), purpose, epoch)
	return newPseudonymizer(k.derive(info, sha256.Size))
}

func newPseudonymizer(key []byte) *Pseudonymizer {
	return &Pseudonymizer{key: key, mac: hmac.New(sha256.New, key), buf: make([]byte, 0, sha256.Size)}
}

// SharedPersons returns a pseudonymizer that differs from p in the persons with a V-number alone: their
// pseudonyms derive from the programme's key, and are the same in every pilot that holds it.
func (p *Pseudonymizer) SharedPersons(programme Key) *Pseudonymizer {
	shared := p.Clone()
	shared.persons = newPseudonymizer(programme.derive("lvv/1|persons of a programme", sha256.Size))
	return shared
}

func escapeBar(s string) string {
	if strings.Contains(s, "|") {
		return strconv.Quote(s)
	}
	return s
}

// Clone returns an independent pseudonymizer with the same key.
func (p *Pseudonymizer) Clone() *Pseudonymizer {
	clone := newPseudonymizer(p.key)
	if p.persons != nil {
		clone.persons = p.persons.Clone()
	}
	return clone
}

// Of returns the pseudonym of a normalised identifier (digits only for a V-number, trimmed NFC text
// for a case number).
func (p *Pseudonymizer) Of(kind Kind, id []byte) Pseudonym {
	if kind == Person && p.persons != nil {
		return p.persons.Of(kind, id)
	}
	p.mac.Reset()
	p.buf = append(append(p.buf[:0], kind...), 0)
	p.mac.Write(p.buf)
	p.mac.Write(id)
	p.buf = p.mac.Sum(p.buf[:0])
	return Pseudonym(p.buf[:16])
}
