//go:build peers

package amif

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lvv/reports"
)

// accountsToRecalculate is how many random accounts LibreOffice recalculates; LVV_PEER_ACCOUNTS=1000
// does all that were asked for.
func accountsToRecalculate(t *testing.T) int {
	text := os.Getenv("LVV_PEER_ACCOUNTS")
	if text == "" {
		return 60
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("LVV_PEER_ACCOUNTS: %v", err)
	}
	return n
}

// LibreOffice recalculates every formula of random accounts to the printed value.
func TestPeerLibreOffice(t *testing.T) {
	dir := t.TempDir()
	const batch = 100 // files a call; more only cost memory
	n := accountsToRecalculate(t)
	for from := 0; from < n; from += batch {
		var files []string
		for seed := from; seed < min(n, from+batch); seed++ {
			m := meta
			if seed%2 == 1 {
				m.Lang = reports.English
			}
			path := filepath.Join(dir, fmt.Sprintf("account%d.xlsx", seed))
			if err := os.WriteFile(path, write(t, randomAccount(uint64(seed), seed%37), m), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, path)
		}
		recalculate(t, dir, files)
	}
}

func recalculate(t *testing.T, dir string, files []string) {
	t.Helper()
	out := filepath.Join(dir, "out")
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", out}, files...)
	if text, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	for _, file := range files {
		path := filepath.Join(out, filepath.Base(file))
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		agreed := 0
		for sheet, rows := range sheets(t, book) {
			for i, row := range rows {
				for _, cell := range row {
					switch {
					case strings.HasPrefix(cell, "#") || strings.HasPrefix(cell, "Err:"):
						t.Errorf("%s, %s, row %d: error cell %q", filepath.Base(file), sheet, i+1, cell)
					case cell == "WIJKT AF" || cell == "DIFFERS":
						t.Errorf("%s, %s: a check differs: %q", filepath.Base(file), sheet, row)
					case cell == "klopt" || cell == "agrees":
						agreed++
					}
				}
			}
		}
		if agreed < 20 {
			t.Errorf("%s: only %d checks were recalculated", filepath.Base(file), agreed)
		}
		os.Remove(file)
		os.Remove(path)
	}
}
