package main

import (
	"strings"
	"testing"
	"time"

	"lvv/internal/say"
)

func TestProgressLines(t *testing.T) {
	var b strings.Builder
	now := time.Unix(0, 0)
	p := newProgress(&app{stderr: &b, lang: say.English}, false)
	p.now = func() time.Time { return now }
	p.begin("reading")
	p.at(5, 10)
	now = now.Add(1500 * time.Millisecond)
	p.begin("computing")
	now = now.Add(time.Second)
	p.end()
	want := "reading                                      1.50 s\ncomputing                                    1.00 s\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestProgressBar(t *testing.T) {
	p := &progress{step: "reading"}
	for _, c := range []struct {
		done, total int64
		took        time.Duration
		rate        func(float64) string
		want        string
	}{
		{0, 0, 0, byteRate, "reading ..."},
		{5, 10, time.Second, byteRate, "reading [############............]  50 %"},
		{50e6, 200e6, 5 * time.Second, byteRate, "reading [######..................]  25 %  10 MB/s  15s left"},
		{9, 36, 6 * time.Second, partRate, "reading [######..................]  25 %  1.5/s  18s left"},
		{12, 10, time.Second, byteRate, "reading [########################] 100 %"},
	} {
		if got := p.line(c.done, c.total, c.took, c.rate); got != c.want {
			t.Errorf("line(%d, %d, %v) = %q, want %q", c.done, c.total, c.took, got, c.want)
		}
	}
}

func TestProgressQuiet(t *testing.T) {
	var b strings.Builder
	p := newProgress(&app{stderr: &b, lang: say.English}, true)
	p.begin("reading")
	p.at(1, 2)
	p.end()
	if b.Len() > 0 {
		t.Errorf("quiet, but wrote %q", b.String())
	}
}
