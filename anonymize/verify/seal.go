package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// openSeal is the field of a manifest that is yet to be sealed.
var openSeal = []byte(`"seal": ""`)

var closedSeal = regexp.MustCompile(`"seal": "([0-9a-f]{64})"`)

// Seal puts the SHA-256 of a manifest into its empty field "seal", over the bytes with that field empty.
// It shows that the manifest is as it was written, and not by whom: for that, keep its hash elsewhere.
func Seal(manifest []byte) []byte {
	sum := sha256.Sum256(manifest)
	return bytes.Replace(manifest, openSeal, []byte(`"seal": "`+hex.EncodeToString(sum[:])+`"`), 1)
}

// sealed reports whether a manifest is as it was when Seal made it.
func sealed(manifest []byte) bool {
	return closedSeal.Match(manifest) && bytes.Equal(manifest, Seal(closedSeal.ReplaceAllLiteral(manifest, openSeal)))
}
