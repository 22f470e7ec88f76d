// Package bridge leads from the pseudonyms of one key or epoch to those of the next, for those who
// are entitled to join the deliveries before a rotation to those after it.
package bridge

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"lvv/anonymize/pseudonym"
	"lvv/internal/say"
	"lvv/transform"
	"lvv/transform/engine"
)

// Source is the register as it was read under one key and epoch.
type Source struct {
	Engine engine.Engine
	Terms  *transform.Terms
	Period transform.Period // of the terms; the bridge does not depend on it
	Key    pseudonym.Key
	Epoch  int
}

// Names are the pseudonyms of a register for one purpose, in an order that depends on the exports
// alone: two readings of the same exports give the same places to the same persons and cases.
type Names []pseudonym.Pseudonym

// Read makes the pseudonyms of everybody who can stand in what is written for the purpose. The
// steward's files name cases beside persons; the other purposes have persons alone.
func Read(ctx context.Context, s Source, purpose pseudonym.Purpose) (Names, error) {
	z := pseudonym.NewPseudonymizer(s.Key, s.Terms.Pilot, purpose, s.Epoch)
	var names Names
	err := transform.Select(ctx, s.Engine, s.Terms, s.Period, "pseudonyms", func(row engine.Row) error {
		if inAccount := row.Get("amif").Str() == "true"; purpose == pseudonym.ForAMIF && !inAccount {
			return nil
		}
		person, err := pseudonym.ParsePseudonym(row.Get("person_key").Str())
		if err != nil {
			return err
		}
		names = append(names, z.ForRecipient(person))
		if purpose != pseudonym.ForSteward {
			return nil
		}
		one, err := pseudonym.ParsePseudonym(row.Get("case_key").Str())
		if err != nil {
			return err
		}
		names = append(names, z.ForRecipient(one))
		return nil
	})
	if err != nil {
		return nil, say.Errorf("read pseudonyms: %w", err)
	}
	return names, nil
}

// Pair is the pseudonym of one person or case before and after a rotation.
type Pair struct{ Old, New pseudonym.Pseudonym }

// Join lays two readings of the same exports side by side. The pairs stand in the order of the old
// pseudonyms, each once. Readings that do not fit each other are an error.
func Join(before, after Names) ([]Pair, error) {
	if len(before) != len(after) {
		return nil, say.Errorf("the readings differ: %d pseudonyms before, %d after", len(before), len(after))
	}
	pairs := make([]Pair, len(before))
	for i := range before {
		pairs[i] = Pair{before[i], after[i]}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return bytes.Compare(slices.Concat(a.Old[:], a.New[:]), slices.Concat(b.Old[:], b.New[:]))
	})
	pairs = slices.Compact(pairs)
	taken := make(map[pseudonym.Pseudonym]bool, len(pairs))
	for i, p := range pairs {
		if i > 0 && p.Old == pairs[i-1].Old || taken[p.New] {
			return nil, say.Errorf("the readings differ: one pseudonym belongs to two")
		}
		taken[p.New] = true
	}
	return pairs, nil
}

// Delivered keeps the pairs whose old pseudonym stands in a delivered file, whatever its format.
func Delivered(pairs []Pair, file []byte) []Pair {
	named := map[string]bool{}
	for _, word := range bytes.FieldsFunc(file, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '2' || r > '7') }) {
		named[string(word)] = true
	}
	return slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return !named[p.Old.String()] })
}

// Write writes the pairs as CSV.
func Write(w io.Writer, pairs []Pair) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "pseudoniem_oud,pseudoniem_nieuw")
	for _, p := range pairs {
		fmt.Fprintf(b, "%s,%s\n", p.Old, p.New)
	}
	if err := b.Flush(); err != nil {
		return say.Errorf("write bridge: %w", err)
	}
	return nil
}
