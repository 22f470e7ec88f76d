package cells

import (
	"testing"
)

// checkRanges compares the ranges of the hidden cells, and which of them are worked out, with those that counting all tables finds.
func checkRanges(t *testing.T, n int, pub *Publication, want []Range) {
	t.Helper()
	var hidden []int
	for i, c := range pub.Cells {
		if c.Low < c.High {
			hidden = append(hidden, i)
		}
	}
	got, err := Ranges(pub, hidden, DefaultLimits)
	if err != nil {
		t.Fatalf("system %d: %v", n, err)
	}
	for _, i := range hidden {
		if got[i] != want[i] {
			t.Fatalf("system %d, cell %d: range %v, counting finds %v", n, i, got[i], want[i])
		}
	}
	found, err := WorkedOut(pub, hidden, DefaultLimits)
	if err != nil {
		t.Fatalf("system %d: %v", n, err)
	}
	for _, i := range hidden {
		x, small := found[i]
		if is := want[i].Low == want[i].High && want[i].Low > 0 && want[i].Low < pub.MinCell; small != is || is && x != want[i].Low {
			t.Fatalf("system %d, cell %d: worked out %v %d, counting finds %v", n, i, small, x, want[i])
		}
	}
}

// TestUnboundedRange: what no sum binds has no upper bound.
func TestUnboundedRange(t *testing.T) {
	pub := &Publication{MinCell: 5, Cells: []Known{{Low: 5, High: Unbounded}, {Low: 1, High: Unbounded}, {Low: 40, High: 40}},
		Relations: []Relation{{Terms: []Term{{1, 1}, {2, -1}}}}}
	got, err := Ranges(pub, []int{0, 1}, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got[0] != (Range{5, Unbounded}) || got[1] != (Range{40, 40}) {
		t.Errorf("ranges %v", got)
	}
}
