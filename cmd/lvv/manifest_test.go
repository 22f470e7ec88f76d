package main

import (
	"encoding/json"
	"testing"
)

func TestOrEmpty(t *testing.T) {
	for _, c := range []struct {
		in   []string
		want string
	}{{nil, `[]`}, {[]string{}, `[]`}, {[]string{"a"}, `["a"]`}} {
		if got, err := json.Marshal(orEmpty(c.in)); err != nil || string(got) != c.want {
			t.Errorf("%v becomes %s, %v; want %s", c.in, got, err, c.want)
		}
	}
}
