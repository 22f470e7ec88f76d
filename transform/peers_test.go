//go:build peers

package transform

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPeerSurvival lets R compute the reference values of the curves anew.
func TestPeerSurvival(t *testing.T) {
	agreeWithR(t, reference(t, "survival"))
}

// TestPeerForecast lets R compute the quantiles of the negative binomial anew.
func TestPeerForecast(t *testing.T) {
	quantilesAgreeWithR(t, filepath.Join(reference(t, "forecast"), "expected.csv"))
}

// reference runs reference.R of a folder of testdata and returns where it wrote.
func reference(t *testing.T, name string) string {
	t.Helper()
	folder := t.TempDir()
	script := filepath.Join("testdata", name, "reference.R")
	if out, err := exec.CommandContext(t.Context(), "Rscript", script, folder).CombinedOutput(); err != nil {
		t.Fatalf("Rscript (needs R with the package survival): %v\n%s", err, out)
	}
	return folder
}
