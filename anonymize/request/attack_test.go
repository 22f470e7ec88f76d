package request

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"lvv/anonymize/cells"
)

// A reader of two answers and a report, who knows of every combination of characteristics whether it occurs, and
// works exactly in whole numbers, gains nothing: of every small count that is asked each number below the threshold
// stays possible, and of every other small group each that the report and the knowledge of which cells are not empty had
// left open. 200 pairs of requests.
func TestDifferencing(t *testing.T) {
	answered, refused, small, shown := 0, 0, 0, 0
	for seed := range uint64(pairs) {
		g := &game{r: rand.New(rand.NewPCG(seed, 7))}
		g.register()
		report := g.draw()
		g.tell(report, g.report(report))
		for range 2 {
			g.ask = append(g.ask, g.draw())
			told, err := g.answer()
			if _, refusal := errors.AsType[*Refusal](err); refusal {
				g.ask = g.ask[:len(g.ask)-1]
				refused++
				continue
			}
			if err != nil {
				t.Fatalf("pair %d: %v", seed, err)
			}
			answered++
			g.tell(g.ask[len(g.ask)-1], told)
		}
		before, after := g.possible(1), g.possible(len(g.told))
		for name, numbers := range after {
			group := g.groups[name]
			for x := int64(1); x < 5; x++ {
				if slices.Contains(numbers, x) {
					continue
				}
				if group.asked || slices.Contains(before[name], x) {
					t.Errorf("pair %d: a reader excludes %d of %s", seed, x, name)
				}
			}
			small++
		}
		for _, one := range g.told[1:] {
			for _, b := range one.bounds {
				if b[0] == b[1] {
					shown++
				}
			}
		}
	}
	t.Logf("%d answered, %d refused; %d small groups stay open; %d counts are told", answered, refused, small, shown)
	if answered < 200 || small < 400 || shown < 400 {
		t.Error("too little was told or protected for the attack to say anything")
	}
}

// game is a register of persons with a few characteristics, and what was asked of it.
type game struct {
	r       *rand.Rand
	persons [][]int
	ask     []query
	told    []reading
	groups  map[string]group
}

// query counts the persons that fit values of some characteristics, by others.
type query struct {
	where map[int]int
	by    []int
}

// reading is what is told of a query, by the labels of its cells; a cell that is not listed is empty.
type reading struct {
	query
	bounds    map[string][2]int64
	withdrawn bool
	report    bool
}

// group is a set of persons that a reader is after.
type group struct {
	fits  map[string]bool // combinations of characteristics
	asked bool            // it is a cell of a request
}

const characteristics = 3

const pairs = 200

func (g *game) register() {
	for range 20 + g.r.IntN(40) {
		p := make([]int, characteristics)
		for i := range p {
			for p[i] = 0; p[i] < 2 && g.r.Float64() < 0.35; p[i]++ {
			}
		}
		g.persons = append(g.persons, p)
	}
}

func (g *game) draw() query {
	q := query{where: map[int]int{}}
	for i := range characteristics {
		switch g.r.IntN(4) {
		case 0:
			q.where[i] = g.r.IntN(2)
		case 1:
			q.by = append(q.by, i)
		}
	}
	return q
}

func (q *query) labels(p []int) ([]string, bool) {
	for i, v := range q.where {
		if p[i] != v {
			return nil, false
		}
	}
	out := []string{}
	for _, i := range q.by {
		out = append(out, strconv.Itoa(p[i]))
	}
	return out, true
}

// report tells of a query what a report would: all from 5 on, and "<5".
func (g *game) report(q query) *reading {
	out := &reading{bounds: map[string][2]int64{}, report: true}
	counts := map[string]int64{}
	for _, p := range g.persons {
		if labels, ok := q.labels(p); ok {
			counts[key(labels)]++
		}
	}
	for name, n := range counts {
		out.bounds[name] = [2]int64{n, n}
		if n < 5 {
			out.bounds[name] = [2]int64{1, 4}
		}
	}
	return out
}

func (g *game) tell(q query, told *reading) {
	told.query = q
	g.told = append(g.told, *told)
}

// answer lets the control decide on the last query, beside what was told before.
func (g *game) answer() (*reading, error) {
	var tallies []*counted
	var all []query
	for i := range g.told {
		one := g.told[i]
		tallies = append(tallies, &counted{name: fmt.Sprint("earlier ", i), first: true, known: func(labels []string) (int64, int64) {
			if one.withdrawn {
				return 0, cells.Unbounded
			}
			b := one.bounds[key(labels)]
			return b[0], b[1]
		}})
		all = append(all, one.query)
	}
	tallies = append(tallies, &counted{name: "now", now: true, first: true})
	all = append(all, g.ask[len(g.ask)-1])
	u := newUniverse()
	for n, p := range g.persons {
		for i := range all {
			if labels, ok := all[i].labels(p); ok {
				u.add(i, fmt.Sprint(n), fmt.Sprint(n), labels)
			}
		}
	}
	u.build()
	c := &control{universe: u, tallies: tallies, minCell: 5, order: func(_ string, i, _ int) int { return i }}
	told, withdrawn, err := c.decide(cells.DefaultOptions)
	if err != nil {
		return nil, err
	}
	out := &reading{bounds: map[string][2]int64{}, withdrawn: withdrawn[len(all)-1]}
	for i, d := range told {
		out.bounds[u.cells[i].key] = [2]int64{d.low, d.high}
	}
	return out, nil
}

// possible finds, as a reader would, the numbers below 5 that what was told leaves for every small group: each
// combination of characteristics, each cell, and each difference of two cells of which one lies in the other.
// Of the first readings the reader knows what they tell, of the others which cells are not empty; the groups are those of all.
func (g *game) possible(known int) map[string][]int64 {
	counts := map[string]int64{}
	var kinds []string
	of := map[string][]int{}
	for _, p := range g.persons {
		name := fmt.Sprint(p)
		if counts[name]++; counts[name] == 1 {
			kinds, of[name] = append(kinds, name), p
		}
	}
	slices.Sort(kinds)
	// Combinations that nothing told tells apart are one unknown to the reader.
	var sets []set
	sign := map[string]string{}
	for i, one := range g.told {
		cellsOf := map[string][]string{}
		for _, k := range kinds {
			if labels, ok := one.labels(of[k]); ok {
				cellsOf[key(labels)] = append(cellsOf[key(labels)], k)
				sign[k] += fmt.Sprintf("%q", labels)
			} else {
				sign[k] += "-"
			}
		}
		for name, in := range cellsOf {
			b := one.bounds[name]
			if one.withdrawn {
				b = [2]int64{0, 1 << 20}
			}
			sets = append(sets, set{in, b, !one.report && !one.withdrawn, i < known})
		}
	}
	slices.SortFunc(sets, func(a, b set) int { return slices.Compare(a.in, b.in) })
	merged := map[string]int{}
	var atoms [][]string
	for _, k := range kinds {
		n, ok := merged[sign[k]]
		if !ok {
			n = len(atoms)
			merged[sign[k]] = n
			atoms = append(atoms, nil)
		}
		atoms[n] = append(atoms[n], k)
	}
	number := func(in []string) (out []int) {
		for _, k := range in {
			if n := merged[sign[k]]; !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		slices.Sort(out)
		return out
	}
	reader := &reader{n: len(atoms)}
	for _, s := range sets {
		switch {
		case s.known:
			reader.sums = append(reader.sums, sum{number(s.in), s.bounds[0], s.bounds[1]})
		case s.bounds[0] > 0: // that it is not empty is told by every table that lists it
			reader.sums = append(reader.sums, sum{number(s.in), 1, 1 << 20})
		}
	}
	if g.groups == nil {
		g.groups = map[string]group{}
	}
	out := map[string][]int64{}
	look := func(name string, in []string, asked bool) {
		n := int64(0)
		fits := map[string]bool{}
		for _, k := range in {
			n += counts[k]
			fits[k] = true
		}
		if n == 0 || n > 4 {
			return
		}
		// A group that cuts through what the reader cannot tell apart is not narrowed by anything.
		for _, a := range number(in) {
			for _, k := range atoms[a] {
				if !fits[k] {
					out[name] = []int64{1, 2, 3, 4}
					return
				}
			}
		}
		g.groups[name] = group{fits, asked || g.groups[name].asked}
		var numbers []int64
		for x := int64(1); x < 5; x++ {
			if reader.may(number(in), x) {
				numbers = append(numbers, x)
			}
		}
		out[name] = numbers
	}
	for _, a := range atoms {
		look(fmt.Sprint("group ", a), a, false)
	}
	for _, s := range sets {
		look(fmt.Sprint("group ", s.in), s.in, s.asked)
		for _, other := range sets {
			var rest []string
			inside := true
			for _, k := range s.in {
				if !slices.Contains(other.in, k) {
					rest = append(rest, k)
				}
			}
			for _, k := range other.in {
				inside = inside && slices.Contains(s.in, k)
			}
			if inside {
				look(fmt.Sprint("group ", rest), rest, false)
			}
		}
	}
	return out
}

type set struct {
	in     []string
	bounds [2]int64
	asked  bool
	known  bool
}

// sum is a bounded sum of unknowns.
type sum struct {
	of        []int
	low, high int64
}

// reader tries whole numbers for all unknowns, none negative, until every sum lies within its bounds.
type reader struct {
	n    int
	sums []sum
}

// may reports whether some assignment has x in a sum of unknowns.
func (r *reader) may(of []int, x int64) bool {
	sums := append(slices.Clone(r.sums), sum{of, x, x})
	low, high := make([]int64, r.n), make([]int64, r.n)
	for i := range high {
		high[i] = 60
	}
	return try(sums, low, high)
}

// try narrows the unknowns by the sums until nothing changes, and then tries the values of the narrowest one.
func try(sums []sum, low, high []int64) bool {
	for changed := true; changed; {
		changed = false
		for _, s := range sums {
			least, most := int64(0), int64(0)
			for _, i := range s.of {
				least, most = least+low[i], most+high[i]
			}
			if least > s.high || most < s.low {
				return false
			}
			for _, i := range s.of {
				if at := s.high - least + low[i]; at < high[i] {
					most -= high[i] - at
					high[i], changed = at, true
				}
				if at := s.low - most + high[i]; at > low[i] {
					least += at - low[i]
					low[i], changed = at, true
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
		if try(sums, l, h) {
			return true
		}
	}
	return false
}
