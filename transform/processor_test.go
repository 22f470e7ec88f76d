package transform

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"lvv/internal/day"
	models "lvv/sql"
)

// statistics computes curves and forecasts of random lifetimes and sums up what they become as results.
func statistics() [sha256.Size]byte {
	h := sha256.New()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		var rows [][]float64
		var solved solutions
		on := day.Day(18000)
		for range 20 + r.IntN(300) {
			entered := float64(r.IntN(2) * r.IntN(200))
			rows = append(rows, []float64{entered + float64(r.IntN(700)), float64(r.IntN(5)), entered})
		}
		for range r.IntN(60) {
			on += day.Day(1 + r.IntN(20))
			solved = append(solved, struct {
				on day.Day
				n  int64
			}{on, int64(1 + r.IntN(3))})
		}
		for _, s := range NewCurve(competing, lived(rows)).Series(&models.Curve{}) {
			for _, row := range s.Rows {
				for _, v := range row {
					fmt.Fprintln(h, v)
				}
			}
		}
		fmt.Fprintln(h, solved.forecast(on, int64(1+r.IntN(900)), int64(r.IntN(900))))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// TestProcessors runs itself again as on a processor that does not multiply and add in one step.
func TestProcessors(t *testing.T) {
	const child = "LVV_TEST_STATISTICS"
	if os.Getenv(child) != "" {
		fmt.Printf("statistics %x\n", statistics())
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProcessors$")
	cmd.Env = append(os.Environ(), child+"=1", "GODEBUG=cpu.fma=off")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^statistics ([0-9a-f]+)$`).FindSubmatch(out)
	if m == nil {
		t.Fatalf("no statistics in %q", out)
	}
	if want := fmt.Appendf(nil, "%x", statistics()); !bytes.Equal(m[1], want) {
		t.Errorf("another processor gives %s, this one %s", m[1], want)
	}
}
