package sparkconnect

import (
	"errors"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for _, c := range []struct {
		address, target string
		secure, bad     bool
	}{
		{address: "sc://localhost:15002", target: "localhost:15002"},
		{address: "sc://spark.example", target: "spark.example:15002"},
		{address: "sc://spark.example:443/;use_ssl=true", target: "spark.example:443", secure: true},
		{address: "sc://[::1]:15002/", target: "[::1]:15002"},
		{address: "spark://localhost:7077", bad: true},
		{address: "localhost:15002", bad: true},
		{address: "sc://", bad: true},
		{address: "sc://host/;token=geheim", bad: true},
		{address: "sc://user@host:15002", bad: true},
	} {
		target, secure, err := ParseAddress(c.address)
		if (err != nil) != c.bad || target != c.target || secure != c.secure {
			t.Errorf("%s: got %q, %v, %v", c.address, target, secure, err)
		}
	}
}

func TestTokenIsRefusedInClear(t *testing.T) {
	if _, err := Dial("sc://spark.example:15002", "geheim"); !errors.Is(err, ErrTokenInClear) {
		t.Errorf("a token over a plain connection: %v", err)
	}
	for _, address := range []string{"sc://localhost:15002", "sc://127.0.0.1", "sc://[::1]:15002", "sc://spark.example/;use_ssl=true"} {
		c, err := Dial(address, "geheim")
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		_ = c.conn.Close()
	}
}
