//go:build peers

package amif

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"lvv/reports"
	"lvv/reports/excel/workbook/recalc"
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
		recalc.Books(t, files, 20)
	}
}
