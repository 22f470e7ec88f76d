package release

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/anonymize/verify"
)

// Whatever is changed in a written delivery, verify finds it.
func TestVerifyFindsWhatWasChanged(t *testing.T) {
	clean, _ := deliver(t, "2020-Q2")
	for _, c := range []struct {
		name, file, check string
		change            func(text string) string
	}{
		{"a person is taken out", PersonsFile, "tables", func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			return strings.Join(append(lines[:1:1], lines[2:]...), "")
		}},
		{"a value is made precise", PersonsFile, "k", func(s string) string { return strings.Replace(s, ",*,", ",44,", 1) }},
		{"a value has no meaning", PersonsFile, "loss", func(s string) string { return strings.Replace(s, ",Africa,", ",Atlantis,", 1) }},
		{"the sensitive values are made one", PersonsFile, "l", func(s string) string {
			return strings.NewReplacer("medical", "none", "stateless", "none", "hard_to_return", "none", ",other", ",none").Replace(s) + "Z,male,*,*,*,*,medical,running,0,0\n"
		}},
		{"the rows stand in another order", PersonsFile, "tables", func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			lines[1], lines[2] = lines[2], lines[1]
			return strings.Join(lines, "")
		}},
		{"a trajectory is nobody's", TrajectoriesFile, "tables", func(s string) string { return s + "NOBODY,1,return,0-29,true,,0,,false\n" }},
		{"risk.json promises more", RiskFile, "k", func(s string) string { return strings.Replace(s, `"required_k": 5`, `"required_k": 6`, 1) }},
		{"risk.json claims less loss", RiskFile, "loss", func(s string) string { return strings.Replace(s, `"ncp": 0.`, `"ncp": 0.0`, 1) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(clean, Folder))); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, c.file)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			after := c.change(string(b))
			if after == string(b) {
				t.Fatal("nothing was changed")
			}
			if err := os.WriteFile(path, []byte(after), 0o600); err != nil {
				t.Fatal(err)
			}
			var r verify.Report
			if err := verify.Output(&r, dir, nil); err != nil {
				t.Fatal(err)
			}
			for _, check := range r.Checks {
				if check.Name == c.check && !check.OK {
					return
				}
			}
			t.Errorf("check %s passed: %+v", c.check, r.Checks)
		})
	}
}

// An earlier delivery that this one does not continue is found: here one of other classes.
func TestVerifyFindsBrokenHistory(t *testing.T) {
	first, _ := deliver(t, "2020-Q1")
	second, _ := deliver(t, "2020-Q2") // made without regard to the first
	var r verify.Report
	if err := verify.Output(&r, filepath.Join(second, Folder), []string{first}); err != nil {
		t.Fatal(err)
	}
	if r.OK() {
		t.Errorf("two deliveries made apart hold k together: %+v", r.Checks)
	}
}
