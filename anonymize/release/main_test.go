package release

import (
	"os"
	"testing"
)

// TestMain closes and removes the store that the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if w, err := openSamples(); err == nil {
		w.engine.Close()
		os.RemoveAll(w.dir)
	}
	os.Exit(code)
}
