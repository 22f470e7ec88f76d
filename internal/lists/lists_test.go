package lists

import (
	"slices"
	"strconv"
	"testing"
)

func TestFind(t *testing.T) {
	numbers := []int{1, 2, 4}
	if p := Find(numbers, func(n *int) bool { return *n%2 == 0 }); p != &numbers[1] {
		t.Errorf("found %v", p)
	}
	if p := Find(numbers, func(n *int) bool { return *n > 4 }); p != nil {
		t.Errorf("found %d", *p)
	}
}

func TestMap(t *testing.T) {
	if got := Map([]int{3, 1}, strconv.Itoa); !slices.Equal(got, []string{"3", "1"}) {
		t.Errorf("mapped to %v", got)
	}
	if got := Map(nil, strconv.Itoa); got == nil {
		t.Error("nothing became nil")
	}
}
