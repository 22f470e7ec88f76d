package verify

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestKeys(t *testing.T) {
	output := func(fingerprint string, epoch int) string {
		dir := t.TempDir()
		text := fmt.Sprintf(`{"key": {"fingerprint": %q, "epoch": %d}}`, fingerprint, epoch)
		if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	own, same, copied := output("A", 1), output("A", 1), t.TempDir()
	for _, c := range []struct {
		name    string
		earlier []string
		checks  int
		ok      bool
		skipped bool
	}{
		{"no earlier delivery", nil, 0, false, false},
		{"the same key", []string{same, own}, 1, true, false},
		{"another key", []string{same, output("B", 1)}, 1, false, false},
		{"another epoch", []string{output("A", 2)}, 1, false, false},
		{"a copy without manifest", []string{copied}, 1, false, true},
	} {
		var r Report
		keys(&r, own, c.earlier)
		if len(r.Checks) != c.checks || len(r.Checks) == 1 && (r.Checks[0].OK != c.ok || r.Checks[0].Skipped != c.skipped) {
			t.Errorf("%s: %+v", c.name, r.Checks)
		}
	}
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "manifest.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{{damaged, same}, {same, damaged}} {
		var r Report
		if keys(&r, pair[0], pair[1:]); r.OK() {
			t.Error("a damaged manifest passed")
		}
	}
}
