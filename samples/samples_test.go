package samples

import (
	"io/fs"
	"strings"
	"testing"
)

func TestKeyIsThePublishedOne(t *testing.T) {
	if got := Key().Fingerprint(); got != "QZZPKQBV7CHBVUM7" {
		t.Errorf("the samples' key has fingerprint %s: every pseudonym of the samples would change", got)
	}
}

func TestTermsOfAnotherSize(t *testing.T) {
	checked, err := fs.ReadFile(FS(), Terms)
	if err != nil {
		t.Fatal(err)
	}
	if string(terms(360)) != string(checked) {
		t.Error("360 places are not the checked-in terms")
	}
	if got := string(terms(77)); strings.Count(got, "\nplaces: 77 ") != 1 || strings.Contains(got, "\nplaces: 360") {
		t.Errorf("77 places:\n%s", got)
	}
}
