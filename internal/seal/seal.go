// Package seal closes JSON files with their own hash, so that a bit that turned in them is noticed. A
// seal shows that a file is as it was written, and not by whom: for that, keep its hash elsewhere.
package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Close puts the SHA-256 of a JSON object into its field "seal", over the bytes with that field empty. It
// panics where the first field of that name is not empty, or there is none.
func Close(object []byte) []byte {
	from, to := place(object)
	if from < 0 || from != to {
		panic("seal: the object has no empty field for it")
	}
	return slices.Concat(object[:from], sum(object), object[to:])
}

// Intact reports whether an object is as Close made it.
func Intact(object []byte) bool {
	from, to := place(object)
	return from >= 0 && bytes.Equal(object[from:to], sum(object[:from], object[to:]))
}

// place is where the seal stands, between its quotes; -1 where there is no field for it.
func place(object []byte) (from, to int) {
	name := []byte(`"seal":`)
	from = bytes.Index(object, name)
	if from < 0 {
		return -1, -1
	}
	from += len(name)
	if rest := object[from:]; bytes.HasPrefix(rest, []byte(` "`)) { // as json.MarshalIndent writes it
		from++
	} else if !bytes.HasPrefix(rest, []byte(`"`)) {
		return -1, -1
	}
	from++
	length := bytes.IndexByte(object[from:], '"')
	if length < 0 {
		return -1, -1
	}
	return from, from + length
}

// sum is the hash of the parts, in hexadecimal digits.
func sum(parts ...[]byte) []byte {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.AppendEncode(nil, h.Sum(nil))
}
