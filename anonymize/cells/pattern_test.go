package cells

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSmallestPattern tries every set of cells that could be hidden, and finds none that is safe and
// cheaper than the chosen one.
func TestSmallestPattern(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 5))
			tried := 0
			for n := range kind.n / 4 {
				m := kind.make(r)
				p, _, err := Choose(&m.sys, DefaultOptions)
				if err != nil {
					t.Fatalf("system %d: %v", n, err)
				}
				if !p.Optimal {
					t.Fatalf("system %d: not proven", n)
				}
				if !partnersTellNothing(&m.sys, p) {
					t.Fatalf("system %d: the partners of %v say something\n%+v", n, p.Marks, m.sys)
				}
				free := freeCells(&m.sys, p)
				if len(free) > 12 || len(free) == 0 {
					continue
				}
				tried++
				got := patternCost(&m.sys, p)
				for set := range 1 << len(free) {
					q := *p
					q.Marks = slices.Clone(p.Marks)
					for j, i := range free {
						q.Marks[i] = Shown
						if set>>j&1 == 1 {
							q.Marks[i] = Large
							if p.Levels[m.sys.Cells[i].Table] == Blurred && !m.sys.Cells[i].Crossed {
								q.Marks[i] = Vague
							}
						}
					}
					if slices.Compare(patternCost(&m.sys, &q), got) >= 0 {
						continue
					}
					report, err := Audit(q.Publication(&m.sys), DefaultLimits)
					if err != nil {
						t.Fatal(err)
					}
					if report.Cleared && partnersTellNothing(&m.sys, &q) {
						t.Fatalf("system %d: %v hides less than %v and is safe too\n%+v", n, q.Marks, p.Marks, m.sys)
					}
				}
			}
			if tried < kind.n/50 {
				t.Errorf("%d systems tried: too few to mean anything", tried)
			}
		})
	}
}

// partnersTellNothing reports whether, in every sum of open cells with a small count and a partner, each small count can be 1
// while all come to too little to do without the partner, and the largest small number while all come to too much; and no two
// partners serve that sum alone.
func partnersTellNothing(s *System, p *Pattern) bool {
	sums := make([]int, len(s.Cells))
	for _, rel := range s.Relations {
		for _, term := range rel.Terms {
			sums[term.Cell]++
		}
	}
next:
	for _, rel := range s.Relations {
		var small, partners []int
		alone, coef := 0, int64(0)
		for _, term := range rel.Terms {
			i := term.Cell
			switch c := &s.Cells[i]; {
			case c.constant() || p.Marks[i] == Shown:
			case p.Marks[i] == Small && (coef == 0 || coef == term.Coef):
				coef = term.Coef
				small = append(small, i)
			case p.Marks[i] == Large:
				partners = append(partners, i)
				if sums[i] == 1 {
					alone++
				}
			default:
				continue next
			}
		}
		if s.MinCell < 3 || len(small) == 0 || len(partners) == 0 {
			continue
		}
		if alone > 1 {
			return false
		}
		n := int64(len(small))
		for _, k := range small {
			for x, sum := range map[int64]Known{1: {High: n + s.MinCell - 3}, s.MinCell - 1: {Low: (s.MinCell-1)*(n-1) + 2, High: maxCount}} {
				pub := p.Publication(s)
				for i := range pub.Cells {
					pub.Cells[i].Must = nil
				}
				pub.Cells[k].Must = []int64{x}
				pub.Cells = append(pub.Cells, sum)
				rel := Relation{Terms: []Term{{len(s.Cells), -1}}}
				for _, j := range small {
					rel.Terms = append(rel.Terms, Term{j, 1})
				}
				pub.Relations = append(slices.Clip(pub.Relations), rel)
				if report, err := Audit(pub, DefaultLimits); err != nil || !report.Cleared {
					return false
				}
			}
		}
	}
	return true
}

// freeCells are those that the choice could have shown or hidden.
func freeCells(s *System, p *Pattern) []int {
	var out []int
	for i, c := range s.Cells {
		if c.Role == Open && c.Value >= s.MinCell && p.Marks[i] != Any {
			out = append(out, i)
		}
	}
	return out
}

func patternCost(s *System, p *Pattern) []int64 {
	cost := make([]int64, 2)
	for i, c := range s.Cells {
		if c.Role == Open && p.Marks[i] != Shown {
			if c.Crossed {
				cost[1] += costOfCell + c.Rank
			} else {
				cost[0] += costOfCell + c.Rank
			}
		}
	}
	return cost
}
