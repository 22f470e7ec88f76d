package former

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestVersions: versions come in the order of their numbers, and what bears no number is none.
func TestVersions(t *testing.T) {
	outputs := t.TempDir()
	output := filepath.Join(outputs, "2020-Q3")
	if got, err := Versions(output); len(got) > 0 || err != nil {
		t.Errorf("versions of nothing: %v, %v", got, err)
	}
	for _, name := range []string{"10", "2", "1", "01", "0", "-1", "mine"} {
		if err := os.MkdirAll(filepath.Join(output, filepath.FromSlash(Dir), name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(output, filepath.FromSlash(Dir), "3"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Versions(output)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, dir := range got {
		name := Name("2020-Q3", dir)
		names = append(names, name)
		if Folder(outputs, name) != dir {
			t.Errorf("%s is looked for in %s and lies in %s", name, Folder(outputs, name), dir)
		}
	}
	if want := []string{"2020-Q3/1", "2020-Q3/2", "2020-Q3/10"}; !slices.Equal(names, want) {
		t.Errorf("versions %q, want %q", names, want)
	}
	if name := Name("2020-Q3", output+"/"); name != "2020-Q3" || Folder(outputs, name) != output {
		t.Errorf("the output itself is called %s and looked for in %s", name, Folder(outputs, name))
	}
}
