package verify

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/internal/seal"
)

func TestManifest(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	output := func(path, text string) map[string]any {
		return map[string]any{"path": path, "size": len(text), "sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}
	}
	manifest := func(outputs ...map[string]any) {
		b, err := json.MarshalIndent(map[string]any{"outputs": outputs, "seal": ""}, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		write("manifest.json", string(seal.Close(b)))
	}
	check := func(want string) {
		t.Helper()
		var r Report
		if err := Manifest(&r, dir); err != nil {
			t.Fatal(err)
		}
		if r.OK() != (want == "") || !strings.Contains(r.Checks[0].Detail, want) {
			t.Errorf("%+v, want %q", r.Checks, want)
		}
	}
	check("holds no manifest.json")
	write("manifest.json", `{"outputs": []}`)
	check("manifest.json was changed")
	write("a", "text")
	manifest(output("a", "text"))
	check("")
	manifest(output("a", "other"))
	check("a was changed")
	manifest(output("a", "text"), output("b", "text"))
	check("b is missing")
	manifest()
	check("a is not in the manifest")
	manifest(output("a", "text"), output("../a", "text"))
	check("../a lies outside the folder")
}
