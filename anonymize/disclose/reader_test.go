package disclose

import (
	"slices"
	"testing"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
)

// count is a figure that counts cases by at most one characteristic.
func count(id string, value int64, dims ...string) transform.Figure {
	f := transform.Figure{ID: id, Value: transform.CountOf(value), Unit: "count"}
	for i := 0; i < len(dims); i += 2 {
		f.Dims = append(f.Dims, transform.Dim{Name: dims[i], Value: dims[i+1]})
	}
	return f
}

// A reader tries all numbers for the hidden counts that fit what is shown, the marks, and one more thing
// that follows from what the figures mean. Every small count may still be any number below 5.
func TestReaderWhoKnowsWhatFiguresMean(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		figures []transform.Figure
		parts   int   // the first so many figures are those the reader puzzles over
		total   int64 // what these add up to, at most
		fits    func(x []int64) bool
	}{
		{
			name: "the admissions of all quarters add up to the admitted of all groups",
			figures: []transform.Figure{
				count("subgoal.admitted", 40, "special_group", "none"), count("subgoal.admitted", 10, "special_group", "medical"),
				count("subgoal.admitted", 1, "special_group", "stateless"), count("subgoal.admitted", 13, "special_group", "hard_to_return"),
				count("subgoal.admitted", 3, "special_group", "other"),
			},
			parts: 5,
			total: 67,
			fits:  func(x []int64) bool { return x[0]+x[1]+x[2]+x[3]+x[4] == 67 },
		},
		{
			name: "every end was decided in a conference",
			figures: []transform.Figure{
				count("conference.end_grounds", 1, "end_ground", "left"), count("conference.end_grounds", 0, "end_ground", "nuisance"),
				count("conference.end_grounds", 0, "end_ground", "other"),
				count("conference.held", 2),
			},
			parts: 3,
			total: 2,
			fits:  func([]int64) bool { return true },
		},
		{
			name: "a case that became durable in the period had a trajectory that did",
			figures: []transform.Figure{
				count("outflow.trajectories", 1, "outcome", "return"), count("outflow.trajectories", 0, "outcome", "onward"),
				count("outflow.trajectories", 3, "outcome", "legalisation"), count("outflow.trajectories", 1, "outcome", "repeat_application"),
				count("outflow.trajectories", 1, "outcome", "unknown_destination"), count("outflow.trajectories", 6),
				count("outflow.level", 4, "level", "durable"), count("outflow.level", 1, "level", "semi_durable"), count("outflow.level", 1, "level", "none"),
				count("durable.cases_in_period", 4),
			},
			parts: 5,
			total: 6,
			fits:  func(x []int64) bool { return x[0]+x[1]+x[2] >= 4 && x[0]+x[1]+x[2]+x[3]+x[4] == 6 },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Protect(&transform.Results{Figures: c.figures}, cat, DefaultOptions(5))
			if err != nil {
				t.Fatal(err)
			}
			marks := make([]cells.Mark, c.parts)
			for i, f := range c.figures[:c.parts] {
				marks[i] = p.Decisions.mark(name(f.ID, f.Dims))
			}
			possible := make([]map[int64]bool, c.parts)
			for i := range possible {
				possible[i] = map[int64]bool{}
			}
			solve(c.figures, marks, make([]int64, 0, c.parts), c.total, func(x []int64) {
				if c.fits(x) {
					for i, n := range x {
						possible[i][n] = true
					}
				}
			})
			if !slices.ContainsFunc(marks, func(m cells.Mark) bool { return m != cells.Any }) {
				return // nothing is shown
			}
			for i, f := range c.figures[:c.parts] {
				for n := int64(1); n < 5; n++ {
					if v := f.Value.Int(); v > 0 && v < 5 && !possible[i][n] {
						t.Errorf("%s is small, and cannot be %d (marks %v)", name(f.ID, f.Dims), n, marks)
					}
				}
			}
		})
	}
}

// solve tries all numbers that the marks allow and that add up to the total at most.
func solve(figures []transform.Figure, marks []cells.Mark, x []int64, total int64, try func([]int64)) {
	if len(x) == len(marks) {
		try(x)
		return
	}
	mark, shown := marks[len(x)], figures[len(x)].Value.Int()
	for n := int64(0); n <= total; n++ {
		small := n > 0 && n < 5
		if mark == cells.Shown && n != shown || mark == cells.Small && !small || mark == cells.Large && small {
			continue
		}
		solve(figures, marks, append(x, n), total-n, try)
	}
}
