package verify

import (
	"slices"
	"strings"

	"lvv/internal/lists"
)

// search counts the persons of a table whom tests fit.
type search struct {
	column map[string]int // place in label and values
	labels [][]string
	lines  [][]line
	below  []map[string][]string // of each quasi-identifier, the values that a label may stand for
}

func newSearch(t *released) *search {
	s := &search{column: map[string]int{}, below: lists.Map(t.hierarchies, valuesBelow)}
	for i, c := range append(slices.Clone(t.qi), t.sensitive...) {
		s.column[t.columns[c]] = i
	}
	for labels, lines := range t.classes() {
		s.labels, s.lines = append(s.labels, strings.Split(labels, recordSeparator)), append(s.lines, lines)
	}
	return s
}

// valuesBelow are the values of a hierarchy that each label may stand for.
func valuesBelow(hierarchy [][]string) map[string][]string {
	below := map[string][]string{}
	for _, path := range hierarchy {
		for at, label := range path {
			if !slices.Contains(path[:at], label) {
				below[label] = append(below[label], path[0])
			}
		}
	}
	return below
}

// persons counts those whom the chosen tests fit, up to enough.
func (s *search) persons(tests []test, chosen, enough int) int {
	of := map[string]bool{}
	for i, labels := range s.labels {
		fits := true
		for n, test := range tests {
			if at := s.column[test.column]; chosen>>n&1 == 1 && at < len(labels) {
				fits = fits && slices.ContainsFunc(s.below[at][labels[at]], test.holds)
			}
		}
		if !fits {
			continue
		}
		for _, l := range s.lines[i] {
			fits := true
			for n, test := range tests {
				if at := s.column[test.column] - len(labels); chosen>>n&1 == 1 && at >= 0 {
					fits = fits && test.holds(l.values[at])
				}
			}
			if fits {
				of[l.person] = true
			}
		}
		if len(of) >= enough {
			break
		}
	}
	return len(of)
}
