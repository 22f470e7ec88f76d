package release

import (
	"os"
	"testing"
)

// TestMain removes the store that the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if w, err := openSamples(); err == nil {
		os.RemoveAll(w.dir)
	}
	os.Exit(code)
}
