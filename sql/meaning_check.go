package sql

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lvv/internal/lists"
)

// checkMeanings looks up what the declarations name. A figure that says too little, or names what does not exist, is
// an error: the control could not see what hangs together.
func (c *Catalogue) checkMeanings() error {
	for _, name := range slices.Sorted(maps.Keys(c.dims)) {
		table := c.Moves(name)
		if table != "" && !slices.ContainsFunc(c.Figures, func(f Figure) bool { return slices.Contains(f.Tables, table) }) {
			return fmt.Errorf("dimension %s: moves names %q, and no figure needs such a table", name, table)
		}
	}
	for i := range c.Figures {
		f := &c.Figures[i]
		if err := c.checkFigure(f); err != nil {
			return fmt.Errorf("figure %s: %w", f.ID, err)
		}
	}
	for i := range c.Series {
		if err := c.checkSeries(&c.Series[i]); err != nil {
			return fmt.Errorf("series %s: %w", c.Series[i].ID, err)
		}
	}
	for _, k := range c.Curves {
		for _, id := range []string{k.Survival, k.Median, k.Incidence} {
			if f := c.Figure(id); f == nil || f.RestsOn == nil || f.RestsOn.Curve != k.ID {
				return fmt.Errorf("curve %s: %q is no figure that rests on it", k.ID, id)
			}
		}
		among := pointers(k.Among)
		if k.All != nil {
			among = append(among, k.All)
		}
		if err := c.checkOver(Period, among...); err != nil {
			return fmt.Errorf("curve %s: among and all: %w", k.ID, err)
		}
		for _, id := range []string{k.Steps, k.IncidenceSteps, k.Lifetimes} {
			if s := c.SeriesNamed(id); s == nil || s.RestsOn == nil || s.RestsOn.Curve != k.ID {
				return fmt.Errorf("curve %s: %q is no series that rests on it", k.ID, id)
			}
		}
	}
	return nil
}

func (c *Catalogue) checkFigure(f *Figure) error {
	for i := range f.Relations {
		if err := c.checkRelation(&f.Relations[i]); err != nil {
			return err
		}
	}
	for _, r := range slices.Concat(f.Falls, f.Rises) {
		if err := cmp.Or(c.checkRelation(&r), c.checkOver(Period, pointers(r.Whole)...)); err != nil {
			return fmt.Errorf("falls and rises: %w", err)
		}
	}
	for _, g := range f.Growth {
		if err := c.checkGrowth(f, &g); err != nil {
			return fmt.Errorf("growth: %w", err)
		}
	}
	if err := c.checkClimbs(f); err != nil {
		return fmt.Errorf("climbs: %w", err)
	}
	if err := c.checkBase(f.RestsOn); err != nil {
		return err
	}
	if b := f.RestsOn; (f.Unit == "ratio" || f.Unit == "eur" && f.Numerator != Text{}) && (b == nil || b.Curve == "" && (b.Numerator == nil || b.Denominator == nil)) {
		return fmt.Errorf("it is a quotient, so rests_on must name a numerator and a denominator, or a curve")
	}
	if err := c.checkCounts(append(pointers(f.Twice), f.OnDate)...); err != nil {
		return fmt.Errorf("on_date and twice: %w", err)
	}
	derived := f.Unit != "count" || f.Numerator != Text{}
	if f.About != Nothing && derived && f.RestsOn == nil {
		return fmt.Errorf("it is no plain count, so rests_on must say which counts are behind it")
	}
	for _, b := range f.Breakdowns {
		switch {
		case f.RestsOn == nil && b.along("stat") != nil:
			return fmt.Errorf("it is a statistic, so rests_on must say which counts are behind it")
		case f.About == Nothing:
		case f.OnDate == nil && slices.ContainsFunc(b, func(l *List) bool { return l.Open == "date" }):
			return fmt.Errorf("it is by date, so on_date must say which total it is on that date")
		case !c.Characteristic(b.Dims()) || derived && b.counts() == nil:
		case !slices.ContainsFunc(f.Relations, func(r Relation) bool { return r.ButFor == "" && r.Beyond == nil && r.Part.covers(b) }):
			return fmt.Errorf("neither parts nor at_most says what the breakdown by %v divides", b.Dims())
		}
	}
	return nil
}

// checkGrowth expects that the figure has a breakdown by the dimensions of what it is compared with, and, where it lags behind, by
// days; and that what comes after something else happens in a period, as that does.
func (c *Catalogue) checkGrowth(f *Figure, g *Growth) error {
	if err := c.checkCounts(&g.Count); err != nil {
		return err
	}
	if g.After != nil {
		if err := c.checkOver(Period, &g.Count, g.After); err != nil {
			return fmt.Errorf("after: %w", err)
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

// checkClimbs expects a breakdown by the dimension, with a list that is closed, and those by which the entering are counted: of an instant, of
// a period; for all values of the list but the last, a total from the start that grows by what comes so far.
func (c *Catalogue) checkClimbs(f *Figure) error {
	if f.Climbs == "" {
		return nil
	}
	entering := FromStart
	if f.Accumulates == Instant {
		entering = Period
	}
	if err := cmp.Or(c.checkOver(FromStart, pointers(f.ClimbsTo)...), c.checkOver(entering, f.Entering)); err != nil {
		return err
	}
	l := f.breakdown(append(f.Entering.Free(), f.Climbs)).along(f.Climbs)
	if l == nil || l.Open != "" {
		return fmt.Errorf("no breakdown has the dimension %s, with a list that is closed, and those of %s", f.Climbs, f.Entering)
	}
	if len(f.ClimbsTo) != len(l.Values)-1 || slices.ContainsFunc(f.ClimbsTo, func(n Count) bool { return len(n.Dims) > 0 }) {
		return fmt.Errorf("to names %v; give a total for the first value of %s, for the first two, and so on up to the last but one", f.ClimbsTo, l.Name)
	}
	return nil
}

func (c *Catalogue) checkSeries(s *Series) error {
	if err := c.checkBase(s.RestsOn); err != nil {
		return err
	}
	if s.About != Nothing && s.RestsOn == nil && len(s.Columns) == 0 {
		return fmt.Errorf("it is about %s, so columns or rests_on must say which counts it shows", s.About)
	}
	for column, count := range s.Columns {
		if err := c.checkCounts(&count); err != nil {
			return fmt.Errorf("column %s: %w", column, err)
		}
		if c.Characteristic(count.names()) {
			return fmt.Errorf("column %s: %s is divided by a characteristic; a series shows totals", column, count)
		}
	}
	return nil
}

// checkRelation expects that the whole's free dimensions are among the part's, or that one of these refines them. What is no more than
// counts of another time along a list that persons move along has nothing more than they, but for who moved.
func (c *Catalogue) checkRelation(r *Relation) error {
	all := append(pointers(r.Whole), &r.Part)
	if err := c.checkCounts(slices.Concat(all, pointers(r.Beside), []*Count{r.Before, r.Beyond, r.Or, r.Never})...); err != nil {
		return err
	}
	if r.Part.Of == "" && c.Figure(r.Part.Figure).Unit == "ratio" {
		return fmt.Errorf("%s is a share; count says whether its numerator or denominator is meant", r.Part)
	}
	for _, n := range r.Beside {
		if free := n.Free(); len(free) > 0 && !slices.Equal(free, r.Part.Free()) {
			return fmt.Errorf("%s beside %s: give it the same dimensions, or none without a value", n, r.Part)
		}
	}
	if r.Since {
		if err := c.checkOver(Period, all...); err != nil {
			return fmt.Errorf("since_start: %w", err)
		}
	}
	if r.AnyTime {
		if err := c.checkOver(FromStart, all...); err != nil {
			return fmt.Errorf("at_any_time: %w", err)
		}
	}
	if r.Beyond != nil {
		if !slices.Equal(r.Beyond.names(), r.Part.names()) {
			return fmt.Errorf("%s beyond %s: they have other dimensions", r.Part, r.Beyond)
		}
		if list, _ := c.Advancing(&r.Part); list != nil && !c.advancesTo(&r.Part, r.Beyond) {
			return fmt.Errorf("%s beyond %s: persons move along it, so one of them must be of an instant and both by the same list", r.Part, r.Beyond)
		}
	}
	for _, whole := range r.Whole {
		for _, dim := range whole.Free() {
			if _, ok := c.Source(&r.Part, dim); !ok {
				return fmt.Errorf("%s of %s: nothing says to which %s a part belongs", r.Part, whole, dim)
			}
		}
	}
	if r.Kind == AtMost && len(r.Whole) == 1 && r.Beyond == nil && slices.Equal(r.Part.names(), r.Whole[0].names()) && c.advancesTo(&r.Part, &r.Whole[0]) {
		r.Beyond, r.Whole = &r.Whole[0], nil
	}
	return nil
}

func (c *Catalogue) checkBase(b *Base) error {
	if b == nil {
		return nil
	}
	if b.Curve != "" && !slices.ContainsFunc(c.Curves, func(k Curve) bool { return k.ID == b.Curve }) {
		return fmt.Errorf("rests_on: there is no curve %s", b.Curve)
	}
	if err := c.checkCounts(b.Numerator, b.Denominator, b.Base); err != nil {
		return fmt.Errorf("rests_on: %w", err)
	}
	return nil
}

// pointers names counts one by one.
func pointers(counts []Count) (all []*Count) {
	for i := range counts {
		all = append(all, &counts[i])
	}
	return all
}

// checkOver expects of each count that the figure has such counts, and accumulates over the time.
func (c *Catalogue) checkOver(want Accumulation, counts ...*Count) error {
	if err := c.checkCounts(counts...); err != nil {
		return err
	}
	for _, n := range counts {
		if is := c.Figure(n.Figure).Accumulates; is != want {
			return fmt.Errorf("%s accumulates over %s, not %s", n, is, want)
		}
	}
	return nil
}

// checkCounts expects of each count, but for nil, that the figure has such counts. The total need not be printed.
func (c *Catalogue) checkCounts(counts ...*Count) error {
	for _, n := range counts {
		if n == nil {
			continue
		}
		f := c.Figure(n.Figure)
		if f == nil {
			return fmt.Errorf("%s: there is no figure %s", n, n.Figure)
		}
		if n.Of != "" && !f.owns(n.Of) {
			return fmt.Errorf("%s: the figure is no share with a %s of its own", n, n.Of)
		}
		b := f.breakdown(n.names())
		if len(n.Dims) > 0 && b == nil {
			return fmt.Errorf("%s: the figure has no breakdown by %v", n, n.names())
		}
		for _, d := range n.Dims {
			l := b.along(d.Name)
			for v := range strings.SplitSeq(d.Value, "|") {
				if v != "" && l.Open == "" && l.Value(v) == nil {
					return fmt.Errorf("%s: the list %s has no value %s", n, l.Name, v)
				}
			}
		}
	}
	return nil
}

// owns reports whether the numerator or denominator of a share is no count of another figure.
func (f *Figure) owns(of string) bool {
	if f.RestsOn == nil || f.Numerator == (Text{}) {
		return false
	}
	return slices.ContainsFunc([]*Count{f.RestsOn.Numerator, f.RestsOn.Denominator}, func(n *Count) bool {
		return n != nil && n.Figure == f.ID && n.Of == of
	})
}

// breakdown returns the breakdown by exactly the dimensions, in any order, or nil.
func (f *Figure) breakdown(dims []string) Breakdown {
	for _, b := range f.Breakdowns {
		if len(b) == len(dims) && !slices.ContainsFunc(dims, func(dim string) bool { return b.along(dim) == nil }) {
			return b
		}
	}
	return nil
}

// counts returns the values that are counts of the one list of statistics that a mean or quantile is broken
// down by, or nil when the breakdown has none.
func (b Breakdown) counts() []string {
	var out []string
	for _, l := range b {
		for _, v := range l.Values {
			if v.Unit == "count" {
				out = append(out, v.Value)
			}
		}
	}
	return out
}

// covers reports whether a count is of the breakdown, all values of it or those that are counts.
func (c *Count) covers(b Breakdown) bool {
	if len(c.Dims) != len(b) {
		return false
	}
	for _, d := range c.Dims {
		l := b.along(d.Name)
		if l == nil || d.Value != "" && !slices.Contains((Breakdown{l}).counts(), d.Value) {
			return false
		}
	}
	return true
}

// Characteristic reports whether one of the dimensions tells something about a person. A dimension that the catalogue
// does not name is taken to.
func (c *Catalogue) Characteristic(dims []string) bool {
	return slices.ContainsFunc(dims, func(d string) bool {
		dim := c.dims[d]
		return dim.Characteristic == nil || *dim.Characteristic
	})
}

// Advancing returns the list of a count along which persons move towards its end with time, and in how many years by one value at most;
// nil where it has none.
func (c *Catalogue) Advancing(n *Count) (list *List, years int) {
	for _, l := range c.Figure(n.Figure).breakdown(n.names()) {
		if years := c.dims[l.Dim].Advances; years > 0 && l.Open == "" && slices.Contains(n.Free(), l.Dim) {
			return l, years
		}
	}
	return nil, 0
}

// advancesTo reports whether two counts are by the same list along which persons move, of two times. One is no more than the other where,
// but for who has moved, it has nothing more.
func (c *Catalogue) advancesTo(n, other *Count) bool {
	list, _ := c.Advancing(n)
	same, _ := c.Advancing(other)
	return list != nil && list == same && c.OnReferenceDate(n) != c.OnReferenceDate(other)
}

// OnReferenceDate reports whether persons are counted as they are on the reference date, and not as they were when what is counted happened.
func (c *Catalogue) OnReferenceDate(n *Count) bool { return c.Figure(n.Figure).Accumulates == Instant }

// Source returns the dimension of a count that says to which value of dim it belongs: dim itself, or one that
// refines it.
func (c *Catalogue) Source(n *Count, dim string) (name string, ok bool) {
	for _, d := range n.Dims {
		if d.Name == dim {
			return d.Name, true
		}
	}
	for _, d := range n.Dims {
		if c.Refinement(d.Name, dim) != nil {
			return d.Name, true
		}
	}
	return "", false
}

// Refinement returns how one dimension refines another, or nil.
func (c *Catalogue) Refinement(from, to string) *Refinement {
	return lists.Find(c.Refinements, func(r *Refinement) bool { return r.From == from && r.To == to })
}

// SeriesNamed returns what a series means, or nil.
func (c *Catalogue) SeriesNamed(id string) *Series {
	return lists.Find(c.Series, func(s *Series) bool { return s.ID == id })
}
