package request

import (
	"bytes"
	"strings"
	"testing"
)

// The example that lvv init writes is answered on the samples, in both languages alike.
func TestExample(t *testing.T) {
	o := optionsFor(t, "2020-Q3")
	for _, lang := range []string{"nl", "en"} {
		var text bytes.Buffer
		if err := WriteExample(&text, lang); err != nil {
			t.Fatal(err)
		}
		r, err := Parse("aanvraag.yaml", text.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		o.Request = r
		a, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files() {
			var b bytes.Buffer
			if err := f.Fill(&b); err != nil {
				t.Fatal(err)
			}
			if name := "antwoord/duur.csv"; f.Path == name && !strings.HasPrefix(b.String(), "region,count,count_low,count_high,mean\nEastern Africa,") {
				t.Errorf("%s: %s begins with\n%s", lang, name, b.String())
			}
		}
	}
}
