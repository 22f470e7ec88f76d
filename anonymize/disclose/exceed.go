package disclose

import (
	"slices"

	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// pair is a count, or several together, that may exceed its counterpart, of another date or of another figure.
type pair struct {
	dims  []transform.Dim // of the first
	is    []int           // cells
	other int             // cell
}

// moved is how the persons of a pair's counterpart are counted: with the count itself, with the next one of the row, or no more; and
// what the count has more.
type moved struct{ stayed, on, gone, more exact }

// aYear is the days of the shortest year.
const aYear = 365

// rows puts pairs that persons may move between into rows, each in the order in which they do. With time persons advance along a list such
// as that of age groups, so that a count of an earlier time finds its persons further on, and its row runs back. Leaps says that so
// many days pass that they may pass over a value. There are no rows where a value of the list has no pair: who moved may be counted there.
func (s *system) rows(n *sql.Count, pairs []pair, earlier bool, days day.Day) (rows [][]pair, leaps bool) {
	list, years := s.cat.Advancing(n)
	if list == nil {
		for _, p := range pairs {
			rows = append(rows, []pair{p})
		}
		return rows, false
	}
	at := map[string]int{}
	for _, v := range list.Values {
		for _, p := range pairs {
			if !slices.Contains(p.dims, transform.Dim{Name: list.Dim, Value: v.Value}) {
				continue
			}
			if v.Value == "unknown" {
				rows = append(rows, []pair{p})
				continue
			}
			others := name("", slices.DeleteFunc(slices.Clone(p.dims), func(d transform.Dim) bool { return d.Name == list.Dim }))
			if _, known := at[others]; !known {
				at[others] = len(rows)
				rows = append(rows, nil)
			}
			rows[at[others]] = append(rows[at[others]], p)
		}
	}
	known := len(list.Values)
	if list.Value("unknown") != nil {
		known--
	}
	for _, k := range at {
		if len(rows[k]) < known {
			return nil, false
		}
		if earlier {
			slices.Reverse(rows[k])
		}
	}
	return rows, days >= day.Day(years*aYear)
}

// exceed says that what counts have more than their counterparts, but for persons who moved along the row, is together, and with other counts,
// no more than the wholes. Where the exact figures are otherwise, readers who take it to be so learn nothing.
func (s *system) exceed(rows [][]pair, leaps bool, wholes, also []int, rest string) {
	all, moves := s.added(wholes).less(s.added(also)), make([][]moved, len(rows))
	for i, row := range rows {
		moves[i] = s.fewest(row, leaps)
		for _, m := range moves[i] {
			all = all.less(m.more)
		}
	}
	if len(rows) == 0 || all.valued && all.value < 0 {
		return
	}
	beyond := slices.Clone(also)
	for i, row := range rows {
		beyond = append(beyond, s.move(row, moves[i], leaps)...)
	}
	s.atMost(beyond, wholes, rest)
}

// fewest returns how the persons of a row may have moved so that its counts have as few more as can be: those who came
// furthest count first, and all who are left move on as far as there is room.
func (s *system) fewest(row []pair, leaps bool) []moved {
	out := make([]moved, len(row))
	came, known := int64(0), true
	for k, p := range row {
		is, other := s.added(p.is), s.exact[p.other]
		known = known && is.valued && other.valued
		there, room := other.value, is.value-came
		if leaps {
			there, room = other.value+came, is.value
		}
		stayed := min(there, room)
		on := int64(0)
		if k+1 < len(row) {
			if on = there - stayed; !leaps {
				on = min(on, s.added(row[k+1].is).value)
			}
		}
		out[k] = moved{exact{stayed, known}, exact{on, known}, exact{there - stayed - on, known}, exact{room - stayed, known}}
		came = on
	}
	return out
}

// move enters a row, and returns the cells of what its counts have more.
func (s *system) move(row []pair, moves []moved, leaps bool) (beyond []int) {
	var came []int
	for k, p := range row {
		name := s.names[p.is[0]]
		more := s.implied("what "+name+" has more", moves[k].more, false)
		beyond = append(beyond, more)
		if len(row) == 1 {
			s.atMost(p.is, []int{p.other, more}, "what "+name+" has less")
			return beyond
		}
		stayed := s.implied("who stayed in "+name, moves[k].stayed, false)
		left := []int{stayed, s.implied("who left "+s.names[p.other], moves[k].gone, false)}
		there, here := []int{p.other}, []int{stayed, more}
		if leaps {
			there = append(there, came...)
		} else {
			here = append(here, came...)
		}
		if came = nil; k+1 < len(row) {
			came = []int{s.implied("who moved on from "+s.names[p.other], moves[k].on, false)}
		}
		s.sum(append(weighed(p.is, -1), weighed(here, 1)...))
		s.sum(append(weighed(append(left, came...), 1), weighed(there, -1)...))
	}
	return beyond
}
