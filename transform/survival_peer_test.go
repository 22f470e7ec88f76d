//go:build peers

package transform

import (
	"os/exec"
	"testing"
)

// TestPeerSurvival lets R compute the reference values anew.
func TestPeerSurvival(t *testing.T) {
	folder := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "Rscript", "testdata/survival/reference.R", folder).CombinedOutput(); err != nil {
		t.Fatalf("Rscript (needs R with the package survival): %v\n%s", err, out)
	}
	agreeWithR(t, folder)
}
