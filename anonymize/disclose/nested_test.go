package disclose

import (
	"math/rand/v2"
	"slices"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/sql"
)

// TestNestedDivisions: a reader who knows, by whatever he concluded it from, that one division holds another whose total is hardly smaller, excludes no number of
// a small count: of one report, and of two. Left out is where he excludes one even if of the last report nothing but zeros is told by that characteristic.
func TestNestedDivisions(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	first, second := [2]day.Day{day.Of(2019, 7, 1), day.Of(2019, 9, 30)}, [2]day.Day{day.Of(2019, 10, 1), day.Of(2019, 12, 31)}
	groups := [][]string{{"asylum", "regular", "no_fault", "medical"}, {"return", "onward", "legalisation", "undecided"}}
	small, closed := 0, 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 17))
		two := seed%2 == 1
		whole, part := map[string]int64{}, map[string]int64{}
		left := int64(r.IntN(5))
		names := groups[seed%2]
		for _, v := range names {
			whole[v] = int64(r.IntN(4) * (1 + r.IntN(4)))
			less := min(left, whole[v], int64(r.IntN(3)))
			part[v] = whole[v] - less
			left -= less
		}
		var out []*issue
		if two {
			out = handOut(t, cat, told(first[0], first[1], divideBy(cat, "caseload.cases", "scenario", whole)...), told(second[0], second[1], divideBy(cat, "caseload.cases", "scenario", part)...))
		} else {
			out = handOut(t, cat, told(first[0], first[1], append(divideBy(cat, "procedure.filed", "kind", whole), divideBy(cat, "procedure.decided", "kind", part)...)...))
		}
		now := out[len(out)-1].d
		of := [2]*published.Document{out[0].d, now}
		ids := [2]string{"procedure.filed", "procedure.decided"}
		if two {
			ids = [2]string{"caseload.cases", "caseload.cases"}
		}
		// possible are the numbers that each count of both divisions can be, with or without what the last report tells by the characteristic.
		possible := func(untold bool) [][]int64 {
			pub := &cells.Publication{MinCell: 5}
			for i, counts := range []map[string]int64{whole, part} {
				dim := []string{"kind", "scenario"}[seed%2]
				sum := cells.Relation{}
				for _, v := range names {
					known := cells.Known{High: cells.Unbounded}
					if f := figureOf(of[i], ids[i], dim, v); f != nil && !(untold && of[i] == now && (counts[v] > 0 || f.Suppressed())) {
						known = toldOf(f)
					}
					if counts[v] > 0 && counts[v] < 5 && known.Low < known.High {
						known.Must = []int64{1, 2, 3, 4}
					}
					sum.Terms = append(sum.Terms, cells.Term{Cell: len(pub.Cells), Coef: 1})
					sum.Sum += counts[v]
					pub.Cells = append(pub.Cells, known)
				}
				pub.Relations = append(pub.Relations, sum)
			}
			for i := range names {
				pub.Relations = append(pub.Relations, cells.Relation{Terms: []cells.Term{{Cell: i, Coef: 1}, {Cell: len(names) + i, Coef: -1}, {Cell: len(pub.Cells), Coef: -1}}})
				pub.Cells = append(pub.Cells, cells.Known{High: cells.Unbounded})
			}
			found, err := cells.Audit(pub, cells.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			all := make([][]int64, 2*len(names))
			for _, f := range found.Findings {
				all[f.Cell] = f.Possible
			}
			return all
		}
		before, after := possible(true), possible(false)
		if slices.ContainsFunc(before, func(open []int64) bool { return open != nil && len(open) < 4 }) {
			closed++
			continue
		}
		for i, open := range after {
			if open == nil {
				continue
			}
			small++
			for x := int64(1); x < 5; x++ {
				if !slices.Contains(open, x) {
					t.Errorf("%d: of %v in %v, number %d cannot be %d", seed, part, whole, i, x)
				}
			}
		}
	}
	t.Logf("%d small counts; in %d registers totals alone exclude a number of one", small, closed)
	if small < 200 || closed > 40 {
		t.Error("too few small counts to say anything")
	}
}

// divideBy is a figure by one dimension, and its total.
func divideBy(cat *sql.Catalogue, id, dim string, of map[string]int64) []published.Figure {
	total := int64(0)
	for _, n := range of {
		total += n
	}
	return append(table(cat, id, dim, of), figure(id, total))
}

// figureOf is the figure with one dimension and that value of it, or nil.
func figureOf(d *published.Document, id, dim, value string) *published.Figure {
	return lists.Find(d.Figures, func(f *published.Figure) bool {
		return f.ID == id && len(f.Dims) == 1 && f.Dims[0].Name == dim && f.Dims[0].Value == value
	})
}

// toldOf is what a figure tells of its count.
func toldOf(f *published.Figure) cells.Known {
	switch {
	case f.Known():
		return cells.Known{Low: f.Value.Int(), High: f.Value.Int()}
	case f.Hidden != "":
		return cells.Known{Low: 1, High: 4}
	case f.Range != nil && f.Range.High != published.Unbounded:
		return cells.Known{Low: f.Range.Low, High: f.Range.High}
	}
	return cells.Known{High: cells.Unbounded}
}
