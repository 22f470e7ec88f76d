package amif

import (
	"io"
	"testing"
)

// BenchmarkWrite writes the account of 10,000 participants.
func BenchmarkWrite(b *testing.B) {
	a := randomAccount(1, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, a, meta); err != nil {
			b.Fatal(err)
		}
	}
}
