package samples

import (
	"bytes"
	_ "embed"
	"strconv"
)

// template is the terms of the checked-in samples.
//
//go:embed pilot.yaml
var template []byte

// terms are the samples' terms with another number of places.
func terms(places int) []byte {
	return bytes.Replace(template, []byte("\nplaces: 360 "), []byte("\nplaces: "+strconv.Itoa(places)+" "), 1)
}
