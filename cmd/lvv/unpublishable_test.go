package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/transform"
)

// TestUnpublishable: whoever cannot publish a report beside earlier ones reads why, and what to do.
func TestUnpublishable(t *testing.T) {
	other := errors.New("something else")
	for _, test := range []struct {
		err  error
		want []string
	}{
		{&disclose.NarrowsError{Period: "2019-03", Counts: 2}, []string{"2019 ", "2019-03", "(2 of them)", "\n  Take a period that begins and ends with those already reported"}},
		{fmt.Errorf("protect: %w", &cells.TooManyError{Cells: 140_000}), []string{"2019 ", "140000 counts", "\n  Report by longer periods"}},
		{other, []string{"something else"}},
	} {
		got := unpublishable(test.err, transform.Period{Label: "2019"})
		for _, want := range test.want {
			if !strings.Contains(got.Error(), want) {
				t.Errorf("%q says nothing of %q", got, want)
			}
		}
	}
	if unpublishable(nil, transform.Period{}) != nil {
		t.Error("an error where there is none")
	}
}
