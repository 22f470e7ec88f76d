package kanon

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lvv/internal/thorough"
)

// world is a table with its hierarchies as rows of text, so that the checks below share no code
// with what they check.
type world struct {
	hierarchies [][][]string
	qi          [][]string
	sensitive   [][]string
	person      []string
	persons     bool
}

// randomWorld makes a table. Clean hierarchies are trees with one length; others have short rows,
// repeated labels and labels that stand in several branches.
func randomWorld(rng *rand.Rand, clean bool) *world {
	w := &world{persons: rng.IntN(2) == 0}
	for range 1 + rng.IntN(4) {
		w.hierarchies = append(w.hierarchies, randomHierarchy(rng, clean))
	}
	ns := rng.IntN(3)
	for i := range 5 + rng.IntN(120) {
		var qi, s []string
		if i > 0 && w.persons && rng.IntN(3) == 0 {
			qi = slices.Clone(w.qi[rng.IntN(i)])
		} else {
			for _, h := range w.hierarchies {
				// Skewed, so that some values are rare.
				qi = append(qi, h[min(rng.IntN(len(h)), rng.IntN(len(h)))][0])
			}
		}
		for range ns {
			s = append(s, fmt.Sprint("s", min(rng.IntN(4), rng.IntN(4))))
		}
		w.qi, w.sensitive = append(w.qi, qi), append(w.sensitive, s)
		p := fmt.Sprint("p", i)
		if w.persons && i > 0 && rng.IntN(3) == 0 {
			p = w.person[rng.IntN(i)]
		}
		w.person = append(w.person, p)
	}
	return w
}

func randomHierarchy(rng *rand.Rand, clean bool) [][]string {
	leaves, levels := 1+rng.IntN(9), rng.IntN(4)
	rows := make([][]string, leaves)
	for i := range rows {
		rows[i] = []string{fmt.Sprint("v", i)}
	}
	width := 1
	for l := range levels {
		width *= 2 + rng.IntN(2)
		for i := range rows {
			label := fmt.Sprintf("g%d.%d", l, i/width)
			if !clean && rng.IntN(6) == 0 {
				label = rows[i][l] // the same label once more
			}
			if !clean && rng.IntN(8) == 0 {
				label = "Other"
			}
			rows[i] = append(rows[i], label)
		}
	}
	for i := range rows {
		if !clean && rng.IntN(6) == 0 {
			rows[i] = rows[i][:1+rng.IntN(len(rows[i]))]
		} else if clean || rng.IntN(4) != 0 {
			rows[i] = append(rows[i], "*")
		}
	}
	return rows
}

func (w *world) table(t *testing.T, order []int) *Table {
	t.Helper()
	var hs []*Hierarchy
	for _, rows := range w.hierarchies {
		h, err := NewHierarchy(rows)
		if err != nil {
			t.Fatal(err)
		}
		hs = append(hs, h)
	}
	table := NewTable(hs, len(w.sensitive[0]), w.persons)
	for _, i := range order {
		if err := table.Add(w.qi[i], w.sensitive[i], w.person[i]); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

func (w *world) countPersons(rows []int) int {
	if !w.persons {
		return len(rows)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		seen[w.person[r]] = true
	}
	return len(seen)
}

func (w *world) values(rows []int, field int) int {
	seen := map[string]bool{}
	for _, r := range rows {
		seen[w.sensitive[r][field]] = true
	}
	return len(seen)
}

func (w *world) all() []int {
	rows := make([]int, len(w.qi))
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// meets reports whether rows may stand together, by the rule as disclosure.md puts it.
func (w *world) meets(rows []int, k, l int) bool {
	if w.countPersons(rows) < k {
		return false
	}
	for f := range w.sensitive[0] {
		if w.values(rows, f) < min(l, w.values(w.all(), f)) {
			return false
		}
	}
	return true
}

// cellLoss is (leaves below the label - 1) / (leaves - 1), from the rows of the hierarchy.
func cellLoss(rows [][]string, label string) float64 {
	if label == Star {
		return 1
	}
	if len(rows) == 1 && len(rows[0]) > 1 && label == rows[0][len(rows[0])-1] && label != rows[0][0] {
		return 1 // the top: suppressed
	}
	if len(rows) == 1 {
		return 0
	}
	below := 0
	for _, row := range rows {
		if slices.Contains(row, label) {
			below++
		}
	}
	return float64(below-1) / float64(len(rows)-1)
}

// check recomputes everything that a result says.
func (w *world) check(t *testing.T, r *Result, k, l int) {
	t.Helper()
	byText := map[string][]int{}
	loss, suppressed := 0.0, 0
	for row := range w.qi {
		labels := r.Labels[r.Class[row]]
		top := true
		for c, label := range labels {
			path := w.hierarchies[c][slices.IndexFunc(w.hierarchies[c], func(p []string) bool { return p[0] == w.qi[row][c] })]
			if !slices.Contains(path, label) && label != Star {
				t.Fatalf("row %d: %q is published as %q", row, w.qi[row][c], label)
			}
			if label == Star {
				loss++
			} else {
				loss += cellLoss(w.hierarchies[c], label)
				top = false
			}
		}
		if top {
			suppressed++
		}
		text := strings.Join(labels, "\x00")
		byText[text] = append(byText[text], row)
	}
	loss /= float64(len(w.qi) * len(w.hierarchies))
	if math.Abs(loss-r.NCP) > 1e-9 {
		t.Errorf("ncp %v, recomputed %v", r.NCP, loss)
	}
	if len(byText) != len(r.Labels) {
		t.Errorf("%d classes, recomputed %d", len(r.Labels), len(byText))
	}
	smallest := math.MaxInt
	for text, rows := range byText {
		if !w.meets(rows, k, l) {
			t.Errorf("class %q of rows %v does not meet k = %d, l = %d", text, rows, k, l)
		}
		smallest = min(smallest, w.countPersons(rows))
		for f := range r.SmallestL {
			if n := w.values(rows, f); n < r.SmallestL[f] {
				t.Errorf("class %q takes %d values, the result says at least %d", text, n, r.SmallestL[f])
			}
		}
	}
	if smallest != r.SmallestK {
		t.Errorf("smallest class %d, recomputed %d", r.SmallestK, smallest)
	}
	if suppressed > r.SuppressedRows && r.Levels == nil {
		t.Errorf("%d rows are all %s, the result says %d", suppressed, Star, r.SuppressedRows)
	}
}

// bestGlobal tries every combination of levels: the best of all, and the best of those whose
// suppressed rows meet k and l too.
func (w *world) bestGlobal(k, l int) (best, protected float64) {
	levels := make([]int, len(w.hierarchies))
	best, protected = math.Inf(1), math.Inf(1)
	for {
		groups := map[string][]int{}
		for row, qi := range w.qi {
			key := ""
			for c, v := range qi {
				for _, path := range w.hierarchies[c] {
					if path[0] == v {
						key += path[levels[c]] + "\x00"
					}
				}
			}
			groups[key] = append(groups[key], row)
		}
		loss := 0.0
		var out []int
		for key, rows := range groups {
			labels := strings.Split(key, "\x00")
			kept := w.meets(rows, k, l)
			if !kept {
				out = append(out, rows...)
			}
			for c := range levels {
				if kept {
					loss += float64(len(rows)) * cellLoss(w.hierarchies[c], labels[c])
				} else {
					loss += float64(len(rows))
				}
			}
		}
		loss /= float64(len(w.qi) * len(levels))
		best = min(best, loss)
		if len(out) == 0 || w.meets(out, k, l) {
			protected = min(protected, loss)
		}
		c := 0
		for ; c < len(levels); c++ {
			if levels[c]++; levels[c] < len(w.hierarchies[c][0]) {
				break
			}
			levels[c] = 0
		}
		if c == len(levels) {
			return best, protected
		}
	}
}

// tries is how many random tables a test tries, of so many.
func tries(all uint64) uint64 {
	if thorough.On {
		return all
	}
	return all / 5
}

func TestGuaranteesHoldOnRandomTables(t *testing.T) {
	for seed := range tries(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		w := randomWorld(rng, seed%2 == 0)
		k, l := 2+rng.IntN(5), 1+rng.IntN(3)
		for _, mode := range []Mode{Local, Uniform} {
			res, err := Anonymize(t.Context(), w.table(t, w.all()), Options{K: k, L: l, Mode: mode})
			if w.countPersons(w.all()) < k {
				if err == nil || !strings.Contains(err.Error(), "a class needs") {
					t.Fatalf("seed %d: too few persons: error %v", seed, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			w.check(t, res, k, l)
			if t.Failed() {
				t.Fatalf("seed %d, mode %s, k %d, l %d", seed, mode, k, l)
			}
		}
	}
}

func TestLocalIsNeverWorseThanGlobal(t *testing.T) {
	for seed := range tries(150) {
		rng := rand.New(rand.NewPCG(seed, 2))
		w := randomWorld(rng, true)
		k, l := 2+rng.IntN(3), 1+rng.IntN(2)
		if w.countPersons(w.all()) < k {
			continue
		}
		best, protected := w.bestGlobal(k, l)
		ncp := map[Mode]float64{}
		for _, mode := range []Mode{Local, Uniform} {
			res, err := Anonymize(t.Context(), w.table(t, w.all()), Options{K: k, L: l, Mode: mode})
			if err != nil {
				t.Fatal(err)
			}
			ncp[mode] = res.NCP
		}
		const eps = 1e-9
		if ncp[Local] > ncp[Uniform]+eps || ncp[Uniform] > protected+eps || ncp[Uniform] < best-eps {
			t.Errorf("seed %d: local %v, uniform %v, best global recoding %v (%v with its suppressed rows protected)",
				seed, ncp[Local], ncp[Uniform], best, protected)
		}
	}
}

func TestResultDoesNotDependOnTheOrderOfRows(t *testing.T) {
	for seed := range tries(40) {
		rng := rand.New(rand.NewPCG(seed, 3))
		w := randomWorld(rng, false)
		if w.countPersons(w.all()) < 3 {
			continue
		}
		describe := func(order []int) string {
			res, err := Anonymize(t.Context(), w.table(t, order), Options{K: 3, L: 2})
			if err != nil {
				t.Fatal(err)
			}
			var rows []string
			for i, row := range order {
				rows = append(rows, fmt.Sprint(w.qi[row], w.sensitive[row], res.Labels[res.Class[i]]))
			}
			slices.Sort(rows)
			return strings.Join(rows, "\n")
		}
		if a, b := describe(w.all()), describe(rng.Perm(len(w.qi))); a != b {
			t.Fatalf("seed %d: the result depends on the order of rows", seed)
		}
	}
}
