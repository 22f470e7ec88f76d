package excel

import (
	"fmt"
	"io"
	"testing"

	"lvv/reports"
)

// BenchmarkWrite writes the workbook of a programme with many locations.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{8, 300} {
		b.Run(fmt.Sprint(n, "locations"), func(b *testing.B) {
			locations := make([]string, n)
			for i := range locations {
				locations[i] = fmt.Sprint("Locatie ", i)
			}
			d := document(reports.Dutch, locations...)
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
