package request

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// sum is a bounded sum of unknowns, weighed.
type sum struct {
	of        []int
	by        []int64 // a weight for each; nil for 1
	low, high int64
}

func (s *sum) weight(k int) int64 {
	if s.by == nil {
		return 1
	}
	return s.by[k]
}

// much is more than there is of anything in a register of the tests.
const much = 240

// reader tries whole numbers for all unknowns, none negative, until every sum lies within its bounds.
type reader struct {
	n     int
	sums  []sum
	tries int // left
}

// may reports whether some assignment has x in a sum of unknowns. A reader who does not find out is taken to have
// excluded nothing, and counted.
func (r *reader) may(of []int, x int64) bool {
	sums := append(slices.Clone(r.sums), sum{of: of, low: x, high: x})
	low, high := make([]int64, r.n), make([]int64, r.n)
	for i := range high {
		high[i] = much
	}
	r.tries = 20_000
	return r.try(sums, low, high)
}

// try narrows the unknowns by the sums until nothing changes, and then tries the values of the narrowest one.
func (r *reader) try(sums []sum, low, high []int64) bool {
	if r.tries--; r.tries < 0 {
		return true
	}
	for changed := true; changed; {
		changed = false
		for i := range sums {
			s := &sums[i]
			least, most := int64(0), int64(0)
			for k, v := range s.of {
				if w := s.weight(k); w > 0 {
					least, most = least+w*low[v], most+w*high[v]
				} else {
					least, most = least+w*high[v], most+w*low[v]
				}
			}
			if least > s.high || most < s.low {
				return false
			}
			for k, v := range s.of {
				w := s.weight(k)
				top, bottom := s.high-least, s.low-most // what the term may rise above its least, or fall below its most
				switch {
				case w > 0:
					if at := low[v] + top/w; at < high[v] {
						most -= w * (high[v] - at)
						high[v], changed = at, true
					}
					if at := high[v] + bottom/w; at > low[v] {
						least += w * (at - low[v])
						low[v], changed = at, true
					}
				default:
					if at := high[v] - top/-w; at > low[v] {
						most += w * (at - low[v])
						low[v], changed = at, true
					}
					if at := low[v] - bottom/-w; at < high[v] {
						least -= w * (high[v] - at)
						high[v], changed = at, true
					}
				}
				if low[v] > high[v] {
					return false
				}
			}
		}
	}
	next := -1
	for i := range low {
		if low[i] < high[i] && (next < 0 || high[i]-low[i] < high[next]-low[next]) {
			next = i
		}
	}
	if next < 0 {
		return true
	}
	for v := low[next]; v <= high[next]; v++ {
		l, h := slices.Clone(low), slices.Clone(high)
		l[next], h[next] = v, v
		if r.try(sums, l, h) {
			return true
		}
	}
	return false
}

// kind is a combination of characteristics of a unit that occurs.
type kind struct {
	unit string
	has  [3]int
}

// possible finds, as a reader would, the numbers below 5 that what was told leaves for every small group: the units that no
// query tells apart, each cell, and each difference of two cells of which one lies in the other.
// Of the first readings the reader knows what they tell, of the others which cells are not empty; the groups are those of all.
func (g *game) possible(known int) map[string][]int64 {
	counts := map[kind]int64{}
	for unit, rows := range g.rows {
		for _, one := range rows {
			counts[kind{unit, one.has}]++
		}
	}
	var kinds []kind
	for k := range counts {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b kind) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	reader := &reader{n: len(kinds), sums: structure(kinds)}
	sign := make([]string, len(kinds))
	sets := map[string][]int{}
	for i := range g.told {
		one := &g.told[i]
		cellsOf := map[string][]int{}
		for n, k := range kinds {
			if labels, ok := one.labels(k.has); ok && k.unit == one.unit {
				cellsOf[key(labels)] = append(cellsOf[key(labels)], n)
				sign[n] += fmt.Sprintf("%q", labels)
			} else {
				sign[n] += "-"
			}
		}
		for name, in := range cellsOf {
			sets[fmt.Sprint(in)] = in
			b := one.bounds[name]
			switch {
			case one.withdrawn:
			case i < known:
				g.promised[fmt.Sprint(in)] = g.promised[fmt.Sprint(in)] || !one.report && b == [2]int64{1, 4}
				reader.sums = append(reader.sums, sum{of: in, low: b[0], high: b[1]})
			default: // that it is not empty is told by every table that lists it
				reader.sums = append(reader.sums, sum{of: in, low: 1, high: much})
			}
		}
	}
	alike := map[string][]int{}
	for n, k := range kinds {
		alike[k.unit+sign[n]] = append(alike[k.unit+sign[n]], n)
	}
	for _, in := range alike {
		sets[fmt.Sprint(in)] = in
	}
	whole := slices.Collect(maps.Values(sets))
	for _, a := range whole {
		for _, b := range whole {
			if rest, _, _ := compare(a, b); len(rest) == len(a)-len(b) && len(rest) > 0 {
				sets[fmt.Sprint(rest)] = rest
			}
		}
	}
	out := map[string][]int64{}
	for name, in := range sets {
		n := int64(0)
		for _, k := range in {
			n += counts[kinds[k]]
		}
		if n == 0 || n > 4 {
			continue
		}
		out[name] = []int64{}
		for x := int64(1); x < 5; x++ {
			if reader.may(in, x) {
				out[name] = append(out[name], x)
			}
			if reader.tries < 0 {
				g.unknown++
			}
		}
	}
	return out
}

// structure is what a reader knows of how units belong together: of every kind of person and outcome there are no more
// persons than courses, and no more courses than trajectories, and who has two trajectories counts for two.
func structure(kinds []kind) (out []sum) {
	atMost := func(is func(k kind) int64) {
		var s sum
		for n, k := range kinds {
			if w := is(k); w != 0 {
				s.of, s.by = append(s.of, n), append(s.by, w)
			}
		}
		s.high = 1 << 20
		out = append(out, s)
	}
	chain := []string{"persons", "courses", "trajectories"}
	for c := range 3 {
		for i, less := range chain {
			for _, more := range chain[i+1:] {
				for outcome := range noTrajectory {
					atMost(func(k kind) int64 {
						switch {
						case k.has[0] != c || k.has[1] != outcome:
						case k.unit == more:
							return 1
						case k.unit == less:
							return -1
						}
						return 0
					})
				}
				atMost(func(k kind) int64 {
					switch {
					case k.has[0] != c || k.has[1] == noTrajectory:
					case k.unit == more:
						return 1
					case k.unit == less && more == "trajectories":
						return -int64(k.has[2])
					case k.unit == less:
						return -1
					}
					return 0
				})
			}
		}
	}
	return out
}
