package seal_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"lvv/internal/seal"
)

type object struct {
	Name string `json:"name"`
	Seal string `json:"seal"`
	Rest []int  `json:"rest"`
}

// forms are the ways in which the program writes JSON.
func forms(t *testing.T) map[string][]byte {
	o := object{Name: `"seal": "" and "seal":""`, Rest: []int{1, 2}}
	compact, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"compact": compact, "indented": indented}
}

func TestEveryFlippedBitIsNoticed(t *testing.T) {
	for name, open := range forms(t) {
		closed := seal.Close(open)
		var o object
		if err := json.Unmarshal(closed, &o); err != nil || len(o.Seal) != 64 || !strings.Contains(o.Name, `"seal": ""`) {
			t.Fatalf("%s: %+v, %v", name, o, err)
		}
		if !seal.Intact(closed) {
			t.Errorf("%s: what was sealed is not intact", name)
		}
		for i := range closed {
			for bit := range 8 {
				closed[i] ^= 1 << bit
				if seal.Intact(closed) {
					t.Errorf("%s: bit %d of byte %d (%q) goes unnoticed", name, bit, i, closed[max(0, i-9):i+1])
				}
				closed[i] ^= 1 << bit
			}
		}
	}
}

func TestNotIntact(t *testing.T) {
	for _, text := range []string{"", "{}", `{"seal":""}`, `{"seal": ""}`, `{"seal":1}`, `{"seal":`, `{"seal":"`, `{"seal":  ""}`} {
		if seal.Intact([]byte(text)) {
			t.Errorf("%q is intact", text)
		}
	}
}

func TestCloseWithoutAField(t *testing.T) {
	for _, text := range []string{`{}`, `{"seal":"a"}`, string(seal.Close([]byte(`{"seal":""}`)))} {
		func() {
			defer func() {
				if fmt.Sprint(recover()) != "seal: the object has no empty field for it" {
					t.Errorf("%q is sealed", text)
				}
			}()
			seal.Close([]byte(text))
		}()
	}
}
