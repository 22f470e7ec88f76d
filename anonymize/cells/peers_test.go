//go:build peers

package cells

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestPeerSmallestPattern has GLPK solve the whole problem as one mixed-integer program - for every small
// count and every number that must remain possible a table of its own, which may differ from the true one where a
// cell is hidden - and compares the optimum with the chosen pattern's.
func TestPeerSmallestPattern(t *testing.T) {
	if _, err := exec.LookPath("glpsol"); err != nil {
		t.Fatalf("glpsol is needed (Debian package glpk-utils): %v", err)
	}
	r := rand.New(rand.NewPCG(6, 1))
	dir := t.TempDir()
	compared, secondary := 0, 0
	atThreshold := map[int64]int{}
	for n := 0; compared < 200; n++ {
		if n > 2000 {
			t.Fatalf("only %d of %d systems could be compared", compared, n)
		}
		size := [2]int{2 + r.IntN(3), 3 + r.IntN(2)}
		min := int64(3)
		if n%2 == 1 {
			min, size = 5, [2]int{2 + r.IntN(2), 3} // as a run has it; larger counts, so that few are small
		}
		m := twoWay(min, size[0], size[1], counts(r, size[0]*size[1], 6*min-6))
		if n%4 >= 2 && n%8 < 4 {
			m = linkedTables(min, 2, 2, 2, r, 6*min-9)
		}
		p, _, err := Choose(&m.sys, DefaultOptions)
		if err != nil {
			t.Fatal(err)
		}
		small := 0
		sharp := true
		for i := range m.sys.Cells {
			if m.sys.small(i) {
				small++
			}
		}
		for _, l := range p.Levels {
			sharp = sharp && l == Sharp
		}
		if !sharp || small == 0 || small > 4 || small > 2 && min == 5 {
			continue
		}
		compared++
		atThreshold[min]++
		want := glpk(t, filepath.Join(dir, fmt.Sprintf("%d.lp", n)), &m.sys)
		got := int64(0)
		for i, c := range m.sys.Cells {
			if c.Role == Open && p.Marks[i] == Large {
				got += peerCost(c.Rank)
				secondary++
			}
		}
		if got != want {
			t.Errorf("system %d: hides cells at cost %d, GLPK at %d\n%+v", n, got, want, m.sys)
		}
	}
	if atThreshold[5] < 40 {
		t.Errorf("%v systems compared by threshold: too few of threshold 5", atThreshold)
	}
	if secondary < 200 {
		t.Errorf("%d cells hidden to protect others in %d systems: too few to mean anything", secondary, compared)
	}
}

// peerCost weighs one cell more than any total of ranks in these small tables.
func peerCost(rank int64) int64 { return 1000 + rank }

var objective = regexp.MustCompile(`Objective:.* = ([0-9.e+]+)`)

// glpk returns the cost of the best pattern.
func glpk(t *testing.T, path string, s *System) int64 {
	t.Helper()
	text, most := program(s)
	if most == 0 {
		return 0
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out := path + ".out"
	if log, err := exec.Command("glpsol", "--lp", path, "--cuts", "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("glpsol: %v\n%s", err, log)
	}
	report, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(report), "INTEGER OPTIMAL") {
		t.Fatalf("glpsol found no optimum:\n%.600s", report)
	}
	found := objective.FindStringSubmatch(string(report))
	cost, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(cost + 0.5)
}

// together has the small counts of a sum come to so little, or so much, that they need a partner, where a cell beside them is hidden.
func together(rows *strings.Builder, s *System, cluster *Relation, little bool, x func(i int) string) {
	sum, n := "", int64(0)
	for _, t := range cluster.Terms {
		if s.small(t.Cell) {
			sum, n = sum+" + "+x(t.Cell), n+1
		}
	}
	most, much := n*(s.MinCell-1), (s.MinCell-1)*(n-1)+2
	for _, t := range cluster.Terms {
		if c := s.Cells[t.Cell]; c.Role == Open && c.Value >= s.MinCell {
			if little {
				fmt.Fprintf(rows, "%s + %d y%d <= %d\n", sum, most-(n+s.MinCell-3), t.Cell, most)
			} else {
				fmt.Fprintf(rows, "%s - %d y%d >= %d\n", sum, much-n, t.Cell, n)
			}
		}
	}
}

// program writes the problem in CPLEX LP format. y is 1 where a cell is hidden to protect others; x is a
// table in which the small count has the number, and of the smallest and largest one more for each sum that the count stands in.
func program(s *System) (text string, tables int) {
	most := int64(0)
	for _, c := range s.Cells {
		most = max(most, c.Value)
	}
	var goal, rows, general, binary strings.Builder
	goal.WriteString("minimize\n cost: 0 zero")
	for i, c := range s.Cells {
		if c.Role == Open && c.Value >= s.MinCell {
			fmt.Fprintf(&goal, " + %d y%d", peerCost(c.Rank), i)
			fmt.Fprintf(&binary, " y%d\n", i)
		}
	}
	for k := range s.Cells {
		if !s.small(k) {
			continue
		}
		type table struct {
			v       int64
			cluster *Relation // whose small counts need a partner
		}
		var wanted []table
		for v := int64(1); v < s.MinCell; v++ {
			wanted = append(wanted, table{v, nil})
		}
		for i := range s.Relations {
			if rel := &s.Relations[i]; slices.ContainsFunc(rel.Terms, func(t Term) bool { return t.Cell == k }) {
				wanted = append(wanted, table{1, rel}, table{s.MinCell - 1, rel})
			}
		}
		for _, want := range wanted {
			v := want.v
			tables++
			x := func(i int) string { return fmt.Sprintf("x%d_%d", i, tables) }
			for i, c := range s.Cells {
				fmt.Fprintf(&general, " %s\n", x(i))
				switch {
				case c.Role == Fixed:
					fmt.Fprintf(&rows, " %s = %d\n", x(i), c.Value)
				case i == k:
					fmt.Fprintf(&rows, " %s = %d\n", x(i), v)
				case c.Value == 0:
					fmt.Fprintf(&rows, " %s = 0\n", x(i))
				case s.small(i):
					fmt.Fprintf(&rows, " %s >= 1\n %s <= %d\n", x(i), x(i), s.MinCell-1)
				default:
					fmt.Fprintf(&rows, " %s - %d y%d <= %d\n", x(i), most-c.Value, i, c.Value)
					fmt.Fprintf(&rows, " %s + %d y%d >= %d\n", x(i), c.Value, i, c.Value)
					fmt.Fprintf(&rows, " %s >= %d\n", x(i), s.MinCell)
				}
			}
			for _, rel := range s.Relations {
				for _, term := range rel.Terms {
					fmt.Fprintf(&rows, " %+d %s", term.Coef, x(term.Cell))
				}
				fmt.Fprintf(&rows, " = %d\n", rel.Sum)
			}
			if want.cluster != nil {
				together(&rows, s, want.cluster, v == 1, x)
			}
		}
	}
	return goal.String() + "\nsubject to\n" + rows.String() + "bounds\n zero = 0\ngeneral\n" + general.String() + "binary\n" + binary.String() + "end\n", tables
}
