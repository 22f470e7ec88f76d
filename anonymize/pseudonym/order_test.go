package pseudonym

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func hide(o *Order, number string, person Pseudonym) []byte {
	b := AppendNumber(nil, []byte(number))
	o.Hide(b, person)
	return b
}

// Hidden numbers of one person compare as the numbers do, whatever their length and bytes.
func TestOrderKeepsTheOrder(t *testing.T) {
	o := NewPseudonymizer(fixedKey(1), "a", ForStore, 1).Order()
	r := rand.New(rand.NewPCG(1, 1))
	alphabet := []string{"\x20", "0", "1", "9", "T", "z", "é", "\U0010ffff"}
	number := func() string {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	for i := range 200_000 {
		var person Pseudonym
		for j := range person {
			person[j] = byte(r.IntN(256))
		}
		if i%3 == 0 { // counters that carry
			copy(person[4:], bytes.Repeat([]byte{0xff}, 12))
		}
		a, b := number(), number()
		switch r.IntN(3) {
		case 0:
			b = a + b
		case 1:
			b = a[:len(a)/2] + b
		}
		if got, want := bytes.Compare(hide(o, a, person), hide(o, b, person)), strings.Compare(a, b); got != want {
			t.Fatalf("%q and %q of %x compare as %d, want %d", a, b, person, got, want)
		}
	}
}

// Another person, purpose or key hides the same number in another way, and no byte of it stays in its place
// more often than chance has it.
func TestOrderHides(t *testing.T) {
	const number = "0123456789-T1-0123456789-T2"
	plain := AppendNumber(nil, []byte(number))
	stays := make([]int, len(plain))
	seen := map[string]string{}
	const people = 20_000
	for _, k := range []Key{fixedKey(1), fixedKey(2)} {
		for _, purpose := range []Purpose{ForStore, ForAMIF} {
			z := NewPseudonymizer(k, "a", purpose, 1)
			o := z.Order()
			for i := range people / 4 {
				who := fmt.Sprint(k, purpose, i)
				b := hide(o, number, z.Of(Person, fmt.Appendf(nil, "%010d", i)))
				if other, ok := seen[string(b)]; ok {
					t.Fatalf("%s and %s hide a number in the same way", who, other)
				}
				seen[string(b)] = who
				for at := range b {
					if b[at] == plain[at] {
						stays[at]++
					}
				}
			}
		}
	}
	for at, n := range stays {
		// 1 in 256, and twice that in the first byte, whose top bit is 0.
		if n > people/256*4 {
			t.Errorf("byte %d is as it was %d times in %d", at, n, people)
		}
	}
}
