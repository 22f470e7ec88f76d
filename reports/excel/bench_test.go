package excel

import (
	"fmt"
	"io"
	"testing"

	"lvv/reports/content"
	"lvv/reports/content/contenttest"
)

// BenchmarkWrite writes the workbook of a programme with many locations.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{8, 300} {
		b.Run(fmt.Sprint(n, "locations"), func(b *testing.B) {
			locations := make([]string, n)
			for i := range locations {
				locations[i] = fmt.Sprint("Locatie ", i)
			}
			r := content.Of(contenttest.Document("nl", locations...))
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
