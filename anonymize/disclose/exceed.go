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
// no more than the wholes.
func (s *system) exceed(rows [][]pair, leaps bool, wholes, also []int, rest string) {
	if len(rows) == 0 {
		return
	}
	s.agreeing(len(s.sys.Relations), func() {
		beyond := slices.Clone(also)
		for _, row := range rows {
			beyond = append(beyond, s.move(row, leaps)...)
		}
		s.atMost(beyond, wholes, rest)
	})
}

// move enters a row, and returns the cells of what its counts have more. The persons of a pair's counterpart are counted with the count itself,
// with the next one of the row, or no more.
func (s *system) move(row []pair, leaps bool) (beyond []int) {
	var came []int
	for k, p := range row {
		name := s.names[p.is[0]]
		more := s.implied("what "+name+" has more", exact{}, false)
		beyond = append(beyond, more)
		if len(row) == 1 {
			s.atMost(p.is, []int{p.other, more}, "what "+name+" has less")
			return beyond
		}
		stayed := s.implied("who stayed in "+name, exact{}, false)
		left := []int{stayed, s.implied("who left "+s.names[p.other], exact{}, false)}
		there, here := []int{p.other}, []int{stayed, more}
		if leaps {
			there = append(there, came...)
		} else {
			here = append(here, came...)
		}
		if came = nil; k+1 < len(row) {
			came = []int{s.implied("who moved on from "+s.names[p.other], exact{}, false)}
		}
		s.sum(append(weighed(p.is, -1), weighed(here, 1)...))
		s.sum(append(weighed(append(left, came...), 1), weighed(there, -1)...))
	}
	return beyond
}
