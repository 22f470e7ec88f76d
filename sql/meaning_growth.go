package sql

import (
	"fmt"
	"strconv"
)

// checkGrowth expects that the figure has a breakdown by the dimensions of what it is compared with, and, where it lags behind, by
// days; and that what comes after something else happens in a period, as that does.
func (c *Catalogue) checkGrowth(f *Figure, g *Growth) error {
	for _, n := range []*Count{&g.Count, g.After} {
		if n == nil {
			continue
		}
		if err := c.checkCount(n); err != nil {
			return err
		}
		if is := c.Figure(n.Figure).Accumulates; g.After != nil && is != Period {
			return fmt.Errorf("after: %s accumulates over %s, not %s", n, is, Period)
		}
	}
	if g.Of != "" && !f.owns(g.Of) || g.Of == "" && f.Unit == "ratio" {
		return fmt.Errorf("count is %q; of a share, give the numerator or denominator that is its own", g.Of)
	}
	dims := g.Count.Free()
	if g.Matured != "" {
		dims = append(dims, g.Matured)
	}
	b := f.breakdown(dims)
	if len(dims) > 0 && b == nil {
		return fmt.Errorf("%s has dimensions that no breakdown of the figure has", g.Count)
	}
	for _, l := range b {
		for _, v := range l.Values {
			if _, err := strconv.ParseUint(v.Value, 10, 31); l.Dim == g.Matured && err != nil {
				return fmt.Errorf("matured: %s of %s is no number of days", v.Value, l.Dim)
			}
		}
	}
	return nil
}
