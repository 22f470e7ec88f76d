// Package cells hides small counts in a system of linked tables, so that nobody can compute them
// back.
//
// A [System] is a list of whole, non-negative counts and the sums that bind them: rows and columns
// to their totals, tables that share a margin to each other, a period to the cumulative figure, this
// report to the one before. [Choose] decides which counts are shown; [Audit] is given only what is
// then published and finds, for every small count, the whole numbers that remain possible.
//
// # What the reader knows
//
// The reader is taken to know the rule, the threshold, every sum that binds the cells and everything
// shown, and that counts are whole and not negative. Zeros are shown. A hidden count reads one of two ways, and
// each says something, which the audit models as it is said:
//
//   - [Small], printed as "<5": the count is from 1 to min_cell-1.
//   - [Large], printed as its range: the count is hidden only so that a small one stays hidden. A small
//     count would have read "<5" and a zero would have been shown, so that this one is at least min_cell. A method that
//     gives hidden cells the range from 0 up would overlook that: of "<5" and a partner with total 6 the first
//     can only be 1.
//
// Where that would say too much, the hidden counts of a table all read as ranges, small ones too ([Vague]). A
// table that cannot be cleared even so is withdrawn: none of it is shown, zeros neither ([Any]). Both are said
// of the table ([Level]).
//
// The reader may also have this program, and run it on every table that agrees with what is published. So
// what is hidden to protect others is chosen by a cost that does not depend on the counts: the fewest cells, then
// the smallest [Cell].Rank, which its caller draws with a key. That a cell is hidden says too that the small counts beside it did not
// do without: each must be possible with that known as well, and where only two cells that serve one sum alone would do, the table
// reads vaguely. Of cells that stand in several sums such a reader still narrows some. Crossed cells come after all others are decided, and
// give way: of the parts of a small count nothing is said, because the number of zeros among them would say how small it is.
//
// # Exactness
//
// That a number remains possible is proven by a table of whole numbers that has it, checked sum by
// sum. That it does not is proven in exact integer arithmetic, or assumed where a limit on the work
// is met: the audit then fails, and what cannot be cleared is not shown. Limits count steps, never
// seconds, so that a result does not depend on the machine.
package cells

import "fmt"

// Mark is how a count appears, which is what its reader knows of it.
type Mark uint8

// The marks.
const (
	Shown Mark = iota // the count itself
	Small             // "<5": from 1 to the threshold less 1
	Large             // a range in a table of sharp marks: the threshold or more
	Vague             // a range in a vague table: 1 or more
	Any               // in a withdrawn table, or not printed at all: 0 or more
)

// Role is the part a cell plays in the choice.
type Role uint8

// The roles.
const (
	Open    Role = iota // a count of persons by a characteristic: hidden when small, or to protect another
	Fixed               // shown whatever it is: a total without a breakdown
	Past                // decided before, such as by an earlier report: a reader knows its Low and High
	Implied             // never printed, but a reader can compute it, such as the growth between two reports
)

// Level is how far a table had to be hidden.
type Level uint8

// The levels.
const (
	Sharp     Level = iota // small counts read "<5", what protects them a range
	Blurred                // all hidden counts read as ranges, or of crossed cells some, which may stand for small counts too
	Withdrawn              // nothing of the table is shown
)

// Cell is one count of a system.
type Cell struct {
	Value int64 // the exact count; of a Past or Implied cell only where Known
	Role  Role
	Table int // the printed table it stands in, from 0; its level is decided for the whole of it
	// Low and High are what a reader knows of a Past cell; equal when it was shown.
	Low, High int64
	// Known reports whether the Value of a Past or Implied cell is known. Small ones are protected
	// as far as what is shown unavoidably allows.
	Known bool
	// Crossed cells give way: no other is hidden or reads vaguely to protect them or because of them.
	Crossed bool
	// Unsaid cells read as nothing at all once they are hidden, as [Any]: of the counts behind a share that is withheld nothing is said.
	Unsaid bool
	// Rank decides between cells that protect equally well: the smaller is hidden. From 0 to [MaxRank].
	Rank int64
}

// MaxRank is the largest rank of a cell.
const MaxRank = 1 << 14

// Unbounded is the High of a Past cell that nothing bounds.
const Unbounded = maxCount

// Term is one cell in a sum, with its sign or weight.
type Term struct {
	Cell int
	Coef int64
}

// Relation says that the terms add up to Sum. The reader is taken to know it.
type Relation struct {
	Terms []Term
	Sum   int64
}

// System is what is to be published together.
type System struct {
	MinCell   int64 // the smallest count that is shown; at least 2
	Cells     []Cell
	Relations []Relation
}

// Known is what a reader knows of one cell: that it is from Low to High, equal when it is shown.
type Known struct {
	Low, High int64
	// Must lists the small numbers that must remain possible, ascending; empty for a cell that is
	// not a protected one.
	Must []int64
}

// Publication is what a reader has: the input of [Audit].
type Publication struct {
	MinCell   int64
	Cells     []Known
	Relations []Relation
}

// The sizes that the exact arithmetic is proven for. Counts above maxCount do not occur among
// persons, and a reader is not assumed to reckon with them.
const (
	maxCells = 1 << 17
	maxCount = 1 << 23
)

// TooManyError says that more cells are to be published together than the arithmetic is proven for.
type TooManyError struct{ Cells int }

func (e *TooManyError) Error() string {
	return fmt.Sprintf("check the system: %d cells, and the limit is %d", e.Cells, maxCells)
}

// check reports a system that is not what it claims to be.
func (s *System) check() error {
	if s.MinCell < 2 || s.MinCell > 1000 {
		return fmt.Errorf("check the system: a threshold of %d is not from 2 to 1000", s.MinCell)
	}
	if len(s.Cells) > maxCells {
		return &TooManyError{len(s.Cells)}
	}
	for i, c := range s.Cells {
		if c.valued() && (c.Value < 0 || c.Value > maxCount) {
			return fmt.Errorf("check the system: cell %d has a count outside 0 to %d", i, maxCount)
		}
		if c.Role == Past && (c.Low < 0 || c.High > maxCount || c.Low > c.High || c.Known && (c.Value < c.Low || c.Value > c.High)) {
			return fmt.Errorf("check the system: cell %d is known to be from %d to %d", i, c.Low, c.High)
		}
		if c.Rank < 0 || c.Rank > MaxRank {
			return fmt.Errorf("check the system: cell %d has a rank outside 0 to %d", i, MaxRank)
		}
		if c.Table < 0 || c.Table > len(s.Cells) {
			return fmt.Errorf("check the system: cell %d names a table outside 0 to %d", i, len(s.Cells))
		}
	}
	for k, r := range s.Relations {
		if abs(r.Sum) > maxKonst {
			return fmt.Errorf("check the system: relation %d has a sum outside %d", k, maxKonst)
		}
		sum, whole := int64(0), true
		for _, t := range r.Terms {
			if t.Cell < 0 || t.Cell >= len(s.Cells) {
				return fmt.Errorf("check the system: relation %d names cell %d of %d", k, t.Cell, len(s.Cells))
			}
			if t.Coef == 0 || abs(t.Coef) > maxWeight {
				return fmt.Errorf("check the system: relation %d has weight %d", k, t.Coef)
			}
			c := s.Cells[t.Cell]
			whole = whole && c.valued()
			sum += t.Coef * c.Value
		}
		if whole && sum != r.Sum {
			return fmt.Errorf("check the system: the cells of relation %d do not add up", k)
		}
	}
	return nil
}

// valued reports whether Value is the cell's count.
func (c *Cell) valued() bool { return c.Role == Open || c.Role == Fixed || c.Known }

// small reports whether the cell is to be protected.
func (s *System) small(i int) bool {
	c := &s.Cells[i]
	return c.Role != Fixed && c.valued() && c.Value > 0 && c.Value < s.MinCell &&
		(c.Role != Past || c.Low < c.High)
}

// Bounds returns what a mark says of a count under a threshold; value is looked at only where it is shown.
func (m Mark) Bounds(value, min int64) (low, high int64) {
	switch m {
	case Shown:
		return value, value
	case Small:
		return 1, min - 1
	case Large:
		return min, maxCount
	case Vague:
		return 1, maxCount
	}
	return 0, maxCount
}
