package reports_test

import (
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/sql"
	"lvv/transform"
)

// TestTwinsReadTheSame makes a second set of results that differs from the first in hidden figures alone: the
// hidden counts are changed, together so that every sum remains, and so is each hidden mean and share. The
// two are published with the same decisions; the published documents must then be the same to the byte, or
// something in them depends on what is hidden.
func TestTwinsReadTheSame(t *testing.T) {
	exact, terms := sampleResults(t)
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	render := func(p *disclose.Published) string {
		d := p.Document(cat)
		d.Lang, d.Terms = "nl", published.TermsOf(terms, d.Period)
		var b strings.Builder
		if err := published.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	protect := func(r *transform.Results) (*disclose.Published, string) {
		p, err := disclose.Protect(r, cat, disclose.DefaultOptions(5))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := disclose.WriteDecisions(&b, p.Decisions); err != nil {
			t.Fatal(err)
		}
		return p, b.String()
	}
	p, decisions := protect(exact)
	twin, changed := copied(exact), 0
	for i, f := range p.Results().Figures {
		if f.Status == transform.Suppressed && exact.Figures[i].Value.Kind() == transform.Real {
			twin.Figures[i].Value = transform.RealOf(exact.Figures[i].Value.Float() + 0.125)
			changed++
		}
	}
	for _, move := range hiddenMoves(exact, p) {
		next := copied(twin)
		for i, by := range move {
			next.Figures[i].Value = transform.CountOf(next.Figures[i].Value.Int() + by)
		}
		if _, same := protect(next); same == decisions { // else a smaller total is hidden another way
			twin = next
			changed += len(move)
		}
	}
	if changed*2 < p.Hidden {
		t.Errorf("only %d of %d hidden figures were changed: too few to mean anything", changed, p.Hidden)
	}
	q, _ := protect(twin)
	if render(p) != render(q) {
		t.Error("the documents of the two differ")
	}
	if render(disclose.Uncontrolled(exact)) == render(disclose.Uncontrolled(twin)) {
		t.Error("without control the changes do not show: this test finds nothing")
	}
}

// hiddenMoves are changes of hidden counts, by figure, that share no figure.
func hiddenMoves(exact *transform.Results, p *disclose.Published) []map[int]int64 {
	at := map[string]int{}
	for i, f := range exact.Figures {
		at[figureName(&f)] = i
	}
	s := newMoves(exact, p, at)
	var out []map[int]int64
	done := map[int]bool{}
	for start := range s.value {
		for _, step := range []int64{1, -1} {
			move := map[int]int64{start: step}
			if done[start] || !s.allowed(start, step) || !s.complete(move, 7) {
				continue
			}
			figures := map[int]int64{}
			for cell, by := range move {
				figures[at[s.name[cell]]] = by
				done[cell] = true
				s.hidden[cell] = false // moved once
			}
			out = append(out, figures)
		}
	}
	return out
}

func copied(r *transform.Results) *transform.Results {
	out := *r
	out.Figures = slices.Clone(r.Figures)
	return &out
}

// figureName is the name that the decisions give a figure.
func figureName(f *transform.Figure) string {
	var dims []string
	for _, d := range f.Dims {
		dims = append(dims, d.Name+"="+d.Value)
	}
	slices.Sort(dims)
	return strings.Join(append([]string{f.ID}, dims...), "|")
}

// moves are the changes that leave every sum, and every mark true.
type moves struct {
	name   []string
	mark   []string
	value  []int64
	hidden []bool // and a figure of the results
	sums   []map[int]int64
	in     [][]int // cell -> sums
}

func newMoves(exact *transform.Results, p *disclose.Published, at map[string]int) *moves {
	s := &moves{}
	for _, c := range p.Decisions.Audit.Cells {
		i, figure := at[c.Name]
		value := int64(0)
		if figure {
			value = exact.Figures[i].Value.Int()
		}
		s.name, s.mark, s.value = append(s.name, c.Name), append(s.mark, c.Mark), append(s.value, value)
		s.hidden = append(s.hidden, figure && c.Mark != "shown")
	}
	s.in = make([][]int, len(s.name))
	for i, r := range p.Decisions.Audit.Relations {
		terms := map[int]int64{}
		for _, t := range r.Terms {
			terms[int(t[0])] = t[1]
			s.in[t[0]] = append(s.in[t[0]], i)
		}
		s.sums = append(s.sums, terms)
	}
	return s
}

// allowed reports whether a hidden count may be changed so: it remains what its mark says, and small or not.
func (s *moves) allowed(cell int, by int64) bool {
	n := s.value[cell] + by
	small := s.value[cell] > 0 && s.value[cell] < 5
	return s.hidden[cell] && (small && n > 0 && n < 5 || !small && s.value[cell] > 0 && n >= 5)
}

// complete adds changes of 1 to a move until every sum holds again, at most so many.
func (s *moves) complete(move map[int]int64, left int) bool {
	for i, terms := range s.sums {
		off := int64(0)
		for cell, by := range move {
			off += terms[cell] * by
		}
		if off == 0 {
			continue
		}
		if left == 0 {
			return false
		}
		var cells []int
		for cell := range s.sums[i] {
			cells = append(cells, cell)
		}
		slices.Sort(cells)
		for _, cell := range cells {
			for _, by := range []int64{1, -1} {
				if _, moved := move[cell]; moved || off*terms[cell]*by >= 0 || !s.allowed(cell, by) {
					continue
				}
				move[cell] = by
				if s.complete(move, left-1) {
					return true
				}
				delete(move, cell)
			}
		}
		return false
	}
	return true
}
