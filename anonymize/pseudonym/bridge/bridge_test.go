package bridge

import (
	"bytes"
	"testing"

	"lvv/anonymize/pseudonym"
)

func name(b byte) pseudonym.Pseudonym { return pseudonym.Pseudonym{b} }

func TestJoin(t *testing.T) {
	// A person with two cases stands twice in both readings.
	pairs, err := Join(Names{name(3), name(1), name(3)}, Names{name(7), name(9), name(7)})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, pairs); err != nil {
		t.Fatal(err)
	}
	want := "pseudoniem_oud,pseudoniem_nieuw\n" + name(1).String() + "," + name(9).String() + "\n" + name(3).String() + "," + name(7).String() + "\n"
	if b.String() != want {
		t.Errorf("got %s, want %s", b.String(), want)
	}
	kept := Delivered(pairs, []byte(`{"person_id":"`+name(3).String()+`","other":"`+name(1).String()+`A"}`))
	if len(kept) != 1 || kept[0].Old != name(3) {
		t.Errorf("kept %v", kept)
	}
}

// Readings of different exports must never be laid side by side.
func TestJoinOfDifferentReadings(t *testing.T) {
	for _, c := range []struct{ before, after Names }{
		{Names{name(1)}, Names{}},
		{Names{name(1), name(1)}, Names{name(8), name(9)}}, // one person before, two after
		{Names{name(1), name(2)}, Names{name(9), name(9)}}, // two before, one after
	} {
		if pairs, err := Join(c.before, c.after); err == nil {
			t.Errorf("%v and %v were joined to %v", c.before, c.after, pairs)
		}
	}
}
