// Package samples holds a small synthetic set of exports, which shows what the programme does without
// anybody's data, and the generator that made it and makes sets of any size. No person in it exists:
// every family name is "Voorbeeld-" and a number, and every V-number begins with 00.
package samples

import (
	"bytes"
	"embed"
	"io/fs"
	"strconv"

	"lvv/anonymize/pseudonym"
)

// Period is the reporting period for which the samples are meant: the last quarter in them.
const Period = "2020-Q3"

// Terms is the name of the pilot's terms in [FS]. It is also the commented template for a new pilot.
const Terms = "pilot.yaml"

// Exports is the folder of the exports in [FS].
const Exports = "exports"

//go:embed exports pilot.yaml
var files embed.FS

// FS returns the checked-in samples: the folder [Exports] and the file [Terms].
func FS() fs.FS { return files }

// publishedKey is 32 bytes. It protects nothing: whoever reads this has it.
const publishedKey = "published-key-of-the-lvv-samples"

// Key returns the published key of the samples. It must never serve for real exports.
func Key() pseudonym.Key { return pseudonym.KeyFrom([pseudonym.KeySize]byte([]byte(publishedKey))) }

// template is the terms of the checked-in samples.
//
//go:embed pilot.yaml
var template []byte

// terms are the samples' terms with another number of places.
func terms(places int) []byte {
	return bytes.Replace(template, []byte("\nplaces: 360 "), []byte("\nplaces: "+strconv.Itoa(places)+" "), 1)
}
