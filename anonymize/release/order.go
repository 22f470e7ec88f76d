package release

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"lvv/anonymize/pseudonym"
	"lvv/internal/lists"
)

// rowKind is what the keyed hash of a row is made of: see [pseudonym.Kind].
const rowKind pseudonym.Kind = "row"

// ordered returns the texts of the published rows, a value a column, in the order of a keyed hash of
// the text and of a counter that tells equal rows apart. Neither the order of the exports nor that of
// an earlier delivery can be told from it.
func (t *table) ordered(key *pseudonym.Pseudonymizer) [][]string {
	type line struct {
		values []string
		text   string
		hash   pseudonym.Pseudonym
	}
	var lines []line
	for _, r := range t.published() {
		values := slices.Concat(r.labels, r.sensitive)
		lines = append(lines, line{values: values, text: t.name + "\x1f" + strings.Join(values, "\x1f")})
	}
	counter := map[string]uint64{}
	for i := range lines {
		l := &lines[i]
		l.hash = key.Of(rowKind, binary.BigEndian.AppendUint64([]byte(l.text+"\x1f"), counter[l.text]))
		counter[l.text]++
	}
	slices.SortFunc(lines, func(a, b line) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	return lists.Map(lines, func(l line) []string { return l.values })
}
