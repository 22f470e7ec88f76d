package cells

import "testing"

// TestWithdrawnIsNotGivenAway: zeros of one table do not say what the only count of another that is withdrawn comes to; others stay.
func TestWithdrawnIsNotGivenAway(t *testing.T) {
	s := &System{MinCell: 5, Cells: []Cell{
		{Value: 1}, {Value: 0}, {Value: 1, Role: Fixed}, // a 1 beside its total: nothing can be said of the table
		{Value: 0, Table: 1}, {Value: 0, Table: 1}, // what the other count is made of
		{Value: 0, Table: 2}, {Value: 7, Table: 2}, {Value: 7, Role: Fixed},
	}, Relations: []Relation{
		{Terms: []Term{{0, 1}, {1, 1}, {2, -1}}}, {Terms: []Term{{3, 1}, {4, 1}, {1, -1}}}, {Terms: []Term{{5, 1}, {6, 1}, {7, -1}}},
	}}
	p, _, err := Choose(s, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Ranges(p.Publication(s), []int{0}, DefaultLimits)
	if err != nil || found[0] != (Range{0, 1}) {
		t.Errorf("the count reads %v, %v", found, err)
	}
	if p.Levels[0] != Withdrawn || p.Levels[1] != Withdrawn || p.Levels[2] != Sharp {
		t.Errorf("levels %v", p.Levels)
	}
}

// TestRangeIsNotClosed: nor do they say what a count of which an earlier report gave a range comes to.
func TestRangeIsNotClosed(t *testing.T) {
	s := &System{MinCell: 5, Cells: []Cell{
		{Value: 1, Role: Past, Known: true, High: 1}, {Value: 0, Role: Past, High: 1}, // one of the two, by an earlier report
		{Value: 6}, {Value: 0}, {Value: 6, Role: Fixed}, // since when they grew
		{Value: 5, Role: Implied}, {Value: 0, Role: Implied},
	}, Relations: []Relation{
		{Terms: []Term{{0, 1}, {1, 1}}, Sum: 1}, {Terms: []Term{{2, 1}, {3, 1}, {4, -1}}},
		{Terms: []Term{{0, 1}, {5, 1}, {2, -1}}}, {Terms: []Term{{1, 1}, {6, 1}, {3, -1}}},
	}}
	p, _, err := Choose(s, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := Ranges(p.Publication(s), []int{0}, DefaultLimits); err != nil || found[0] != (Range{0, 1}) {
		t.Errorf("the count reads %v, %v; marks %v", found, err, p.Marks)
	}
}
