package lookup

import "testing"

func TestIn(t *testing.T) {
	numbers := []int{1, 2, 4}
	if p := In(numbers, func(n *int) bool { return *n%2 == 0 }); p != &numbers[1] {
		t.Errorf("found %v", p)
	}
	if p := In(numbers, func(n *int) bool { return *n > 4 }); p != nil {
		t.Errorf("found %d", *p)
	}
}
