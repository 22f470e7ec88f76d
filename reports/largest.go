package reports

import (
	"math"
	"slices"

	"lvv/transform"
)

// Largest returns the parts of a breakdown that were certainly the most: at most so many, the largest
// first, and none that is not above every other part. A part that is hidden may be large too: "<5" is
// below the threshold, and "·" takes at most what the total leaves. Where it cannot be said which part
// is the largest, nothing is returned.
func Largest(parts []transform.Figure, total *transform.Figure, minCell, most int) []*transform.Figure {
	var shown []*transform.Figure
	rest := math.Inf(1) // what the total leaves for the hidden parts
	if total != nil && total.Status == "" && !total.Value.IsNull() {
		rest = total.Value.Float()
	}
	bound, anyCovered := 0.0, false
	for i := range parts {
		switch f := &parts[i]; {
		case f.Status == "" && !f.Value.IsNull():
			shown = append(shown, f)
			rest -= f.Value.Float()
		case small(f):
			bound = float64(minCell - 1)
			rest-- // it is 1 at least
		case f.Status == transform.Suppressed:
			anyCovered = true
		default:
			return nil
		}
	}
	if anyCovered {
		bound = max(bound, rest)
	}
	slices.SortStableFunc(shown, func(a, b *transform.Figure) int {
		x, y := a.Value.Float(), b.Value.Float()
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	for n := min(most, len(shown)); n > 0; n-- {
		next := bound
		if n < len(shown) {
			next = max(next, shown[n].Value.Float())
		}
		if shown[n-1].Value.Float() > next {
			return shown[:n]
		}
	}
	return nil
}

// AnyHidden reports whether one of the figures is hidden.
func AnyHidden(figures []transform.Figure) bool {
	return slices.ContainsFunc(figures, func(f transform.Figure) bool { return f.Status == transform.Suppressed })
}
