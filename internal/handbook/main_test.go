package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

// TestHandbook makes the stewards' page and finds in it their pictures, its title, and nothing to load.
func TestHandbook(t *testing.T) {
	var b bytes.Buffer
	if err := write(&b, "../../LEESMIJ.md"); err != nil {
		t.Fatal(err)
	}
	html := b.String()
	if want := strings.Count(html, "<img "); want == 0 || strings.Count(html, `src="data:image/png;base64,`) != want {
		t.Errorf("%d pictures, of which %d are in the page", want, strings.Count(html, `src="data:image/png;base64,`))
	}
	for _, want := range []string{"<title>lvv voor de gegevensbeheerder</title>", "<table>", "<h2 id="} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s", want)
		}
	}
	if loads := regexp.MustCompile(`(src|href)="(https?:)?//[^"]*"`).FindAllString(html, -1); loads != nil {
		t.Errorf("the page loads %q", loads)
	}
	if err := write(&b, "absent.md"); err == nil {
		t.Error("a file that is not there is no error")
	}
}
