//go:build peers

package release

import "testing"

// The recipes in R answer as those in Python do.
func TestPeerR(t *testing.T) {
	dir, risk := deliver(t, "2020-Q3")
	within(t, "R", risk, recipe(t, dir, "Rscript", "--vanilla", "vragen.R"), truths(t, optionsFor(t, "2020-Q3")))
}
