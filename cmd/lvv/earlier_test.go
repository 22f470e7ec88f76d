package main

import (
	"testing"

	"lvv/anonymize/disclose"
	"lvv/internal/day"
	"lvv/transform"
)

// TestInOrderMade: who names another in the manifest was made after it; else dates tell, and else the order given.
func TestInOrderMade(t *testing.T) {
	out := func(label string, asOf day.Day, after ...string) *earlierOutput {
		return &earlierOutput{
			Earlier:  disclose.Earlier{Results: &transform.Results{Period: transform.Period{Label: label, AsOf: asOf}}},
			manifest: label, after: after,
		}
	}
	for name, tt := range map[string]struct {
		given []*earlierOutput
		want  string
	}{
		"dates":      {[]*earlierOutput{out("c", 3), out("a", 1), out("b", 2)}, "abc"},
		"as given":   {[]*earlierOutput{out("b", 1), out("a", 1)}, "ba"},
		"made after": {[]*earlierOutput{out("a", 1, "c"), out("b", 2), out("c", 3, "b")}, "bca"},
		"unknown":    {[]*earlierOutput{out("a", 1, "x"), out("b", 2, "a")}, "ab"},
		"in a ring":  {[]*earlierOutput{out("a", 1, "b"), out("b", 2, "a")}, "ab"},
	} {
		got := ""
		for _, e := range inOrderMade(tt.given) {
			got += e.Results.Period.Label
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
