// Package pseudonym holds the root key of a programme and the keyed pseudonyms that derive from it.
package pseudonym

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// KeySize is the length of the root key in bytes.
const KeySize = 32

// Key is the root key of a programme. Every pseudonym derives from it; whoever holds it can compute
// the pseudonym of any V-number, so it never enters a manifest, a log line or an error.
type Key struct{ root [KeySize]byte }

// Purpose separates pseudonyms by recipient: the same person has another pseudonym in each, and no
// two files that leave can be joined by them.
type Purpose string

// The purposes for which pseudonyms are made.
const (
	ForStore     Purpose = "store"     // inside a run, never delivered
	ForEvaluator Purpose = "evaluator" // the independent evaluator's data (art. 9)
	ForAMIF      Purpose = "amif"      // the AMIF account (art. 15.3)
	ForSteward   Purpose = "beheer"    // the data steward's own lists
)

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// keyFilePrefix marks a key file, so that another 52-character file is not taken for one.
const keyFilePrefix = "LVV-KEY-1-"

// GenerateKey makes a new random root key.
func GenerateKey() (Key, error) {
	var k Key
	if _, err := rand.Read(k.root[:]); err != nil {
		return Key{}, fmt.Errorf("read random bytes: %w", err)
	}
	return k, nil
}

// ParseKey reads the text form that [Key.Text] writes. Lines that begin with # and blank lines are
// skipped. The error never repeats what it read.
func ParseKey(text string) (Key, error) {
	var k Key
	found := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if found != "" {
			return Key{}, errors.New("holds more than one key line")
		}
		found = line
	}
	body, ok := strings.CutPrefix(found, keyFilePrefix)
	if !ok {
		return Key{}, fmt.Errorf("holds no line that begins with %s", keyFilePrefix)
	}
	raw, err := encoding.DecodeString(body)
	if err != nil || len(raw) != KeySize {
		return Key{}, errors.New("holds a damaged key line")
	}
	copy(k.root[:], raw)
	return k, nil
}

// Text is the one line that a key file holds.
func (k Key) Text() string { return keyFilePrefix + encoding.EncodeToString(k.root[:]) }

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

// KeyFileError says why a key file was refused, and what to do.
type KeyFileError struct {
	Path string // the file
	Err  error  // what is wrong with it
	Hint string // what to do
}

func (e *KeyFileError) Error() string {
	return fmt.Sprintf("key file %s %v\n  %s", e.Path, e.Err, e.Hint)
}

// Unwrap returns the cause.
func (e *KeyFileError) Unwrap() error { return e.Err }

// LoadKey reads a key file. It refuses what is not a regular file (a symbolic link included) and
// what the group or others may read, since such a key no longer protects anyone.
func LoadKey(path string) (Key, error) {
	fail := func(err error, hint string) (Key, error) {
		return Key{}, &KeyFileError{Path: path, Err: err, Hint: hint}
	}
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fail(errors.New("does not exist"), "Give the key of your earlier deliveries. For the first one, make it with: lvv keygen "+path)
	}
	if err != nil {
		return fail(fmt.Errorf("cannot be examined: %w", err), "Check the path and your rights.")
	}
	if err := checkKeyFile(info); err != nil {
		return fail(err, "Give the regular file itself, not a link or a folder.")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fail(fmt.Errorf("can be used by others (mode %04o)", info.Mode().Perm()), "Run: chmod 600 "+path)
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(fmt.Errorf("cannot be opened: %w", err), "Check your rights.")
	}
	defer f.Close()
	// The file may have been replaced since it was examined.
	if opened, err := f.Stat(); err != nil || !os.SameFile(info, opened) {
		return fail(errors.New("changed while it was opened"), "Try again.")
	}
	b, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return fail(fmt.Errorf("cannot be read: %w", err), "Check the disk.")
	}
	k, err := ParseKey(string(b))
	if err != nil {
		return fail(err, "Give a file that lvv keygen made.")
	}
	return k, nil
}

func checkKeyFile(info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New("is a symbolic link")
	case info.IsDir():
		return errors.New("is a folder")
	case !info.Mode().IsRegular():
		return errors.New("is not a regular file")
	}
	return nil
}

// WriteKeyFile writes a new key file with mode 0600. An existing file, even a dangling link, is
// never overwritten: a lost key cannot be made again.
func WriteKeyFile(path string, k Key) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &KeyFileError{Path: path, Err: errors.New("already exists"), Hint: "A key is never overwritten. Give another name, or move the old key away first."}
	}
	if err != nil {
		return &KeyFileError{Path: path, Err: fmt.Errorf("cannot be made: %w", errors.Unwrap(err)), Hint: "Give a name in a folder that exists and that you may write."}
	}
	_, err = f.WriteString("# The root key of this programme's pseudonyms. Keep it secret, and keep a copy in a safe:\n" +
		"# without it later deliveries cannot be joined to earlier ones.\n" + k.Text() + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(path)
		return fmt.Errorf("write key file %s: %w", path, err)
	}
	return nil
}
