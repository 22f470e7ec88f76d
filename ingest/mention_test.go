package ingest

import (
	"slices"
	"testing"
)

// TestMentions finds the names and numbers of a delivery in texts that others will read, and no other words.
func TestMentions(t *testing.T) {
	s := newScreen(newHasher(), nil)
	for _, c := range [][4]string{{"LVV-2019-00010", "0010007919", "Verzonnen", "Ada Bé"}, {"17", "", "van den Bedacht", "Zo"}, {"18", "", "Mei", ""}, {"19", "", "X", "Y"}} {
		for _, word := range s.ofCase(nil, []byte(c[0]), []byte(c[1]), []byte(c[2]), []byte(c[3])) {
			s.words.add(word)
		}
	}
	for _, c := range []struct {
		text string
		want int // word; -1: none
	}{
		{"Met Verzonnen is gesproken.", 2},
		{"Er is gesproken met ADA VERZONNEN.", 5},
		{"Er was een verzonnen voorbeeld.", -1},
		{"De familie Van den Bedacht is verhuisd.", 3},
		{"Bedacht, van den: verhuisd", 1},
		{"In mei was er één locatie dicht.", -1},
		{"In Mei was er één locatie dicht.", 2},
		{"X en Y zijn dicht, 17 nachten lang.", -1},
		{"Casus LVV 2019 00010 is afgerond.", 0},
		{"V-nummer 10007919 is verhuisd.", 0},
		{"Ada was er.", -1},
	} {
		got := s.mentions([]string{"", c.text})
		want := []Mention{{1, c.want}}
		if c.want < 0 {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q mentions %v, want %v", c.text, got, want)
		}
	}
}
