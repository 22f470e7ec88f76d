package sql

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// named are the places outside this folder where ids of figures may stand: the reports, which choose what to show, and what
// transform computes itself because SQL cannot say it well.
var named = []string{
	"reports/", "transform/account_count.go", "transform/account_returns.go", "transform/changes.go", "transform/compute.go",
	"transform/records.go", "transform/series.go",
}

// TestNoFigureIsNamedInGo: what a figure means stands in the catalogue alone, so that a new one is taken along everywhere.
func TestNoFigureIsNamedInGo(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, f := range c.Figures {
		ids[f.ID] = true
	}
	for _, s := range c.Series {
		ids[s.ID] = true
	}
	literal := regexp.MustCompile("[\"`]([a-z]+\\.[a-z_]+)")
	files, found := 0, 0
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		name := strings.TrimPrefix(path, "../")
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "sql" || d.Name() == "testdata" || len(d.Name()) > 2 && d.Name()[0] == '.'):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, m := range literal.FindAllStringSubmatch(string(text), -1) {
			if !ids[m[1]] {
				continue
			}
			found++
			if !slices.ContainsFunc(named, func(p string) bool { return strings.HasPrefix(name, p) }) {
				t.Errorf("%s names %s", name, m[1])
			}
		}
		return nil
	})
	if err != nil || files < 100 || found < 100 {
		t.Errorf("%d files, %d ids, %v", files, found, err)
	}
}
