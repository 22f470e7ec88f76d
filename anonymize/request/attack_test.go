package request

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"lvv/anonymize/cells"
	"lvv/internal/thorough"
)

// A reader of a report and of requests, who knows of every combination of characteristics whether it occurs, and that there are
// no more persons of a kind than courses, and no more courses than trajectories, and who works exactly in whole numbers, gains
// nothing: of every small count that an answer says to be one each number below the threshold stays possible, and of every other small group each
// that the report and the knowledge of which cells are not empty had left open. Pairs of requests, in all units.
func TestDifferencing(t *testing.T) {
	pairs := 35
	if thorough.On {
		pairs = 200
	}
	answered, refused, small, shown, mixed, unknown, promised := 0, 0, 0, 0, 0, 0, 0
	for seed := range uint64(pairs) {
		g := &game{r: rand.New(rand.NewPCG(seed, 7)), promised: map[string]bool{}}
		g.register()
		report := g.draw()
		g.tell(report, g.report(report))
		for range 2 {
			q := g.draw()
			told, err := g.answer(q)
			if _, refusal := errors.AsType[*Refusal](err); refusal {
				refused++
				continue
			}
			if err != nil {
				t.Fatalf("pair %d: %v", seed, err)
			}
			answered++
			g.tell(q, told)
		}
		if slices.ContainsFunc(g.told, func(r reading) bool { return r.unit != report.unit }) {
			mixed++
		}
		before, after := g.possible(1), g.possible(len(g.told))
		for name, numbers := range after {
			for x := int64(1); x < 5; x++ {
				if !slices.Contains(numbers, x) && (slices.Contains(before[name], x) || g.promised[name]) {
					t.Errorf("pair %d: a reader excludes %d of %s", seed, x, name)
				}
			}
			small++
		}
		unknown, promised = unknown+g.unknown, promised+len(slices.DeleteFunc(slices.Collect(maps.Values(g.promised)), func(is bool) bool { return !is }))
		for _, one := range g.told[1:] {
			for _, b := range one.bounds {
				if b[0] == b[1] {
					shown++
				}
			}
		}
	}
	t.Logf("%d answered, %d refused, in several units %d; %d small groups stay open, %d are told to be small; %d counts are told; %d questions too hard for the reader",
		answered, refused, mixed, small, promised, shown, unknown)
	if answered < pairs || small < 2*pairs || promised < pairs || shown < 2*pairs || mixed < pairs/2 || unknown > small/4 { // of eight questions about each group
		t.Error("too little was told or protected for the attack to say anything")
	}
}

// TestAnswerBesideSmallTotal: a report tells a total whatever it is. Whoever asks how it is divided is told of no count that it is small, where total and rows that
// are not empty leave not every number below the threshold.
func TestAnswerBesideSmallTotal(t *testing.T) {
	for _, test := range []struct {
		counts    []int
		withdrawn bool
	}{
		{[]int{1}, true}, {[]int{1, 1}, true}, {[]int{1, 3}, true}, {[]int{2, 3}, false}, {[]int{2, 2, 2}, false}, {[]int{1, 2, 2}, true}, {[]int{9, 1, 1}, false},
	} {
		g := &game{rows: map[string][]row{}, promised: map[string]bool{}}
		total := query{unit: "trajectories"}
		for kind, n := range test.counts {
			for i := range n {
				person := fmt.Sprint(kind, "/", i)
				g.rows[total.unit] = append(g.rows[total.unit], row{member{person, person, []string{person, person, person}}, [3]int{kind}})
			}
		}
		g.tell(total, g.report(total))
		asked := query{unit: total.unit, by: []int{0}}
		told, err := g.answer(asked)
		if err != nil {
			t.Fatal(err)
		}
		if told.withdrawn != test.withdrawn {
			t.Errorf("%v: told %v, withdrawn %v", test.counts, told.bounds, told.withdrawn)
		}
		g.tell(asked, told)
		for name, numbers := range g.possible(len(g.told)) {
			if g.promised[name] && len(numbers) < 4 {
				t.Errorf("%v: told %v, which leaves %v", test.counts, told.bounds, numbers)
			}
		}
	}
}

// TestTotalBesideAnswer: of an answer that hides a count of 4 beside the 12 that it shows, the total of a report says how many they are. It is given away,
// and of a figure with a table of other groups the total alone.
func TestTotalBesideAnswer(t *testing.T) {
	for _, shown := range [][2]int64{{12, 12}, {5, 15}} {
		g := &game{rows: map[string][]row{}, promised: map[string]bool{}}
		for kind, n := range []int{4, 12} {
			for i := range n {
				person := fmt.Sprint(kind, "/", i)
				g.rows["persons"] = append(g.rows["persons"], row{member{person: person, key: person}, [3]int{kind, i % 2}})
			}
		}
		g.tell(query{unit: "persons", by: []int{0}}, &reading{bounds: map[string][2]int64{key([]string{"0"}): {1, 4}, key([]string{"1"}): shown}})
		g.tell(query{unit: "persons"}, g.report(query{unit: "persons"}))
		halves := query{unit: "persons", by: []int{1}}
		g.tell(halves, g.report(halves))
		tallies, all := g.before()
		tallies[2].source = tallies[1].source
		c := &control{universe: g.universe(all, nil), tallies: tallies, minCell: 5, threshold: 5, fresh: map[int]bool{}}
		c.enterCells()
		given, err := c.givenAway(cells.DefaultOptions)
		if want := shown[0] == shown[1]; err != nil || given[1] != want || given[0] || given[2] != want {
			t.Errorf("beside %v: %v are given away, %v", shown, given, err)
		}
	}
}

// TestAnswerBesideOneFigure: a figure of a report hides a count of 4 beside 7 that it shows. Whoever asks for both together is told of no sum
// that gives the 4 away: not where another figure, with what readers are taken to know, gave it away before; not of persons, where the figure
// counts their trajectories; and not where the figure itself left only a few small numbers. If the sum was answered first, the figure is known to give
// the 4 away.
func TestAnswerBesideOneFigure(t *testing.T) {
	hidden, shown := [2]int64{1, 4}, [2]int64{7, 7}
	for name, test := range map[string]struct {
		marks [2]int64
		unit  string
		other bool // another figure counts the four, by something else
		sum   bool // 11 is told
	}{
		"one figure":                     {hidden, "trajectories", false, false},
		"given away by another before":   {hidden, "trajectories", true, false},
		"of persons":                     {hidden, "persons", false, false},
		"of courses, given away before":  {hidden, "courses", true, false},
		"a range":                        {[2]int64{4, 8}, "trajectories", false, false},
		"a range that is open":           {[2]int64{0, 11}, "persons", false, false},
		"nothing hidden":                 {[2]int64{4, 4}, "trajectories", false, true},
		"nothing hidden, and of persons": {[2]int64{4, 4}, "persons", false, true},
	} {
		g := &game{rows: map[string][]row{}, promised: map[string]bool{}}
		for kind, n := range []int{4, 7, 4, 8} {
			for i := range n {
				person := fmt.Sprint(kind, "/", i)
				has := [3]int{kind, min(kind, 1)}
				g.rows["persons"] = append(g.rows["persons"], row{member{person: person, key: person}, has})
				g.rows["courses"] = append(g.rows["courses"], row{member{person, person, []string{person, person}}, has})
				g.rows["trajectories"] = append(g.rows["trajectories"], row{member{person, person, []string{person, person, person}}, has})
			}
		}
		figure := query{unit: "trajectories", by: []int{0}}
		g.tell(figure, &reading{report: true, bounds: map[string][2]int64{key([]string{"0"}): test.marks, key([]string{"1"}): shown, key([]string{"2"}): hidden, key([]string{"3"}): {8, 14}}})
		if test.other {
			total := query{unit: "trajectories", where: map[int][]int{1: {0}}}
			g.tell(total, g.report(total))
		}
		asked := query{unit: test.unit, where: map[int][]int{0: {0, 1}}}
		first := &game{rows: g.rows, told: slices.Clone(g.told[:1])}
		first.tell(asked, &reading{bounds: map[string][2]int64{key(nil): {11, 11}}})
		tallies, all := first.before()
		c := &control{universe: first.universe(all, nil), tallies: tallies, minCell: 5, threshold: 5, fresh: map[int]bool{}}
		c.enterCells()
		given, err := c.givenAway(cells.DefaultOptions)
		if err != nil {
			t.Fatal(err)
		}
		if (len(given) > 0) == test.sum {
			t.Errorf("%s: figures %v give it away once the sum was told", name, given)
		}
		told, err := g.answer(asked)
		if err != nil {
			t.Fatal(err)
		}
		if sum := !told.withdrawn && told.bounds[key(nil)] == [2]int64{11, 11}; sum != test.sum {
			t.Errorf("%s: told %v, withdrawn %v", name, told.bounds, told.withdrawn)
		}
	}
}

// game is a register and what was asked of it.
type game struct {
	r       *rand.Rand
	rows    map[string][]row // by unit
	told    []reading
	unknown int // questions that the reader gave up
	// promised are the groups of which an answer says that they are small.
	promised map[string]bool
}

// row is a unit with its characteristics: one that a person has in every unit; an outcome, of persons and courses that of
// the last trajectory; and of persons and courses the number of their trajectories, of a trajectory the scenario.
type row struct {
	member
	has [3]int
}

// noTrajectory is the outcome of a person without one.
const noTrajectory = 2

// query counts the units that fit values of some characteristics, by others.
type query struct {
	unit  string
	where map[int][]int
	by    []int
}

// reading is what is told of a query, by the labels of its cells; a cell that is not listed is empty.
type reading struct {
	query
	bounds    map[string][2]int64
	withdrawn bool
	report    bool
}

func (g *game) register() {
	g.rows = map[string][]row{}
	some := func(often float64) (n int) {
		for ; n < 2 && g.r.Float64() < often; n++ {
		}
		return n
	}
	add := func(unit string, m member, has ...int) { g.rows[unit] = append(g.rows[unit], row{m, [3]int(has)}) }
	for p := range 20 + g.r.IntN(40) {
		person, kind := fmt.Sprint(p), some(0.35)
		last, all := noTrajectory, 0
		for c := range some(0.3) + g.r.IntN(2) {
			course, number := fmt.Sprint(p, "/", c), 1+some(0.25)
			for n := range number {
				last = g.r.IntN(8) / 6
				add("trajectories", member{person, fmt.Sprint(course, "/", n), []string{person, person, course}}, kind, last, some(0.35))
			}
			add("courses", member{person, course, []string{person, person}}, kind, last, min(number, 2))
			all += number
		}
		add("persons", member{person: person, key: person}, kind, last, min(all, 2))
	}
}

func (g *game) draw() query {
	q := query{unit: []string{"persons", "courses", "trajectories"}[g.r.IntN(3)], where: map[int][]int{}}
	for i := range 3 {
		switch v := g.r.IntN(2); g.r.IntN(6) {
		case 0:
			q.where[i] = []int{v}
		case 1:
			q.where[i] = []int{1 - v, 2} // all others
		case 2, 3:
			q.by = append(q.by, i)
		}
	}
	return q
}

func (q *query) labels(has [3]int) ([]string, bool) {
	for i, v := range q.where {
		if !slices.Contains(v, has[i]) {
			return nil, false
		}
	}
	out := []string{}
	for _, i := range q.by {
		out = append(out, strconv.Itoa(has[i]))
	}
	return out, true
}

// report tells of a query what a report would: totals, all from 5 on, and "<5".
func (g *game) report(q query) *reading {
	out := &reading{bounds: map[string][2]int64{}, report: true}
	counts := map[string]int64{}
	for _, one := range g.rows[q.unit] {
		if labels, ok := q.labels(one.has); ok {
			counts[key(labels)]++
		}
	}
	for name, n := range counts {
		out.bounds[name] = [2]int64{n, n}
		if n < 5 && len(q.by) > 0 {
			out.bounds[name] = [2]int64{1, 4}
		}
	}
	return out
}

func (g *game) tell(q query, told *reading) {
	told.query = q
	g.told = append(g.told, *told)
}

// before are the tallies of what was told.
func (g *game) before() (tallies []*counted, all []query) {
	for i := range g.told {
		one, source := g.told[i], 0
		if one.report {
			source = 1 + i
		}
		tallies = append(tallies, &counted{name: fmt.Sprint("earlier ", i), source: source, answer: !one.report, first: true, known: func(labels []string) (int64, int64) {
			if one.withdrawn {
				return 0, cells.Unbounded
			}
			b := one.bounds[key(labels)]
			return b[0], b[1]
		}})
		all = append(all, one.query)
	}
	return tallies, all
}

// universe has the units of queries.
func (g *game) universe(all []query, joint map[string]bool) *universe {
	u := newUniverse(joint)
	for i := range all {
		for k := range g.rows[all[i].unit] {
			one := &g.rows[all[i].unit][k]
			if labels, ok := all[i].labels(one.has); ok {
				u.add(i, &one.member, unitNamed(all[i].unit), labels)
			}
		}
	}
	u.build()
	return u
}

// answer lets the control decide on a query, beside what was told before.
func (g *game) answer(now query) (*reading, error) {
	tallies, all := g.before()
	tallies, all = append(tallies, &counted{name: "now", now: true, first: true}), append(all, now)
	u := g.universe(all, map[string]bool{now.unit: true})
	c := &control{universe: u, tallies: tallies, minCell: 5, order: func(_ string, i, _ int) int { return i }}
	if err := c.decide(cells.DefaultOptions); err != nil {
		return nil, err
	}
	out := &reading{bounds: map[string][2]int64{}, withdrawn: c.withdrawn[len(all)-1]}
	for i, d := range c.told {
		out.bounds[u.cells[i].key] = [2]int64{d.low, d.high}
	}
	return out, nil
}
