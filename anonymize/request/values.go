package request

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/sql"
)

// The statistics of a figure, as the catalogue names them, and how much of the units lies below each.
var quantiles = map[string]float64{"p25": 0.25, Median: 0.5, "p75": 0.75}

// spread is the values of a field in the units of a cell, the smallest first.
type spread []float64

// names reports whether a tally goes by bands of a field, or has a condition on it.
func (t *tally) names(field string) bool {
	return slices.ContainsFunc(t.where, func(w condition) bool { return w.Field == field }) ||
		slices.ContainsFunc(t.by, func(l label) bool { return l.field == field })
}

// limit says that of the atoms of a cell, weighed, there are no more than so many: what a mean or a quantile tells of units that others
// count by bands of the same field.
type limit struct {
	weights []int64 // by atom of the cell
	most    int64
}

// limits are what readers conclude of the atoms of a cell, of which they know in which band each unit is, who are told statistics of the values: the sum;
// and of a quantile the values that it lies between, as far as it tells these.
func (v spread) limits(stats []string, bands []band, sizes []int64) (out []limit) {
	add := func(weights []float64, most, scale float64) {
		l := limit{lists.Map(weights, func(w float64) int64 { return int64(math.Floor(w / scale)) }), int64(math.Floor(most / scale))}
		sum := int64(0)
		for i, w := range l.weights {
			sum += w * sizes[i]
		}
		// Where all weigh alike it says nothing, and where exports were corrected since a band was told, nothing true.
		if sum <= l.most && slices.Max(l.weights) > slices.Min(l.weights) {
			out = append(out, l)
		}
	}
	var known []ranked
	for name, q := range quantiles {
		if at := q * float64(len(v)-1); slices.Contains(stats, name) {
			for _, k := range []float64{math.Floor(at), math.Ceil(at)} {
				known = append(known, ranked{v[int(k)], k})
			}
		}
	}
	slices.SortFunc(known, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.before, b.before)) })
	known = slices.Compact(known)
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	largest := v[len(v)-1]
	for _, turned := range []bool{false, true} { // the same from above
		if turned {
			sum = -sum
			bands = lists.Map(bands, func(b band) band { return band{-b.high, -b.low} })
			known = lists.Map(known, func(r ranked) ranked { return ranked{-r.value, float64(len(v)-1) - r.before} })
			slices.Reverse(known)
		}
		for _, r := range known {
			add(lists.Map(bands, func(b band) float64 { return one(b.high < r.value) }), r.before, 1)
		}
		if slices.Contains(stats, Mean) {
			weights, most := leastSum(bands, known, float64(len(v)))
			add(weights, sum-most, math.Ceil(max(1, largest/maxWeight, largest*float64(len(v))/maxSum)))
		}
	}
	return out
}

// ranked is a value of a cell, and how many come before it when they stand in order.
type ranked struct{ value, before float64 }

// leastSum is what n values in bands, some of them known, add up to at least: the units of each band, weighed, and a constant. Each counts as the lower end of
// its band, and those that are no smaller than a known value, but in no band above it, as that much more.
func leastSum(bands []band, known []ranked, n float64) (weights []float64, constant float64) {
	weights = lists.Map(bands, func(b band) float64 { return b.low })
	counted := slices.Clone(weights)
	for _, r := range known {
		more := math.Inf(1)
		for i, b := range bands {
			if b.low <= r.value && r.value <= b.high {
				more = min(more, r.value-counted[i])
			}
		}
		if more == 0 || math.IsInf(more, 1) {
			continue
		}
		constant += float64(more * (n - r.before)) // rounded on every processor
		for i, b := range bands {
			switch {
			case b.low > r.value:
				weights[i] -= more
			case r.value <= b.high:
				counted[i] += more
			}
		}
	}
	return weights, constant
}

// one is 1 where something is so, else 0.
func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// The largest weight and the largest sum that are reckoned with; what is larger is scaled, to the outside.
const (
	maxWeight = 1_000
	maxSum    = cells.Unbounded / 2
)

// band is where readers know a value to lie.
type band struct{ low, high float64 }

// band is where the values of a field lie in the units of an atom, by the tables by that field that it stands in and by their conditions.
func (c *control) band(a *atom, field string, largest float64, parts bool) band {
	out := band{0, largest}
	within := func(low, high float64) { out.low, out.high = max(out.low, low), min(out.high, high) }
	for _, n := range a.cells {
		t := c.tallies[c.cells[n].tally]
		for k, l := range t.by {
			for i := range len(l.ends) + 1 {
				if l.field != field || c.cells[n].labels[k] != l.band(i) {
					continue
				}
				low, high := 0.0, math.Inf(1)
				if i > 0 {
					low = float64(l.ends[i-1] + 1)
				}
				if i < len(l.ends) {
					high = float64(l.ends[i])
				}
				within(low, high)
			}
		}
		for _, w := range t.where {
			if w.Field != field {
				continue
			}
			if low, err := strconv.ParseFloat(w.From, 64); err == nil {
				within(low, math.Inf(1))
			}
			if high, err := strconv.ParseFloat(w.To, 64); err == nil {
				within(0, high)
			}
		}
	}
	if parts {
		out.low = 0
	}
	out.low = min(out.low, largest) // what was told of another date, or corrected since, may contradict it
	return out
}

// parts reports whether a tally takes only a part of what a unit has of its field: the nights at one location.
func (t *tally) parts() bool {
	part := func(name string) bool { f := t.unit.field(name); return f != nil && f.Part }
	return slices.ContainsFunc(t.where, func(w condition) bool { return part(w.Field) }) ||
		slices.ContainsFunc(t.by, func(l label) bool { return part(l.name) })
}

// enterValues enters what means, quantiles and numbers of nights tell of units that tables count by the same field.
func (a *alone) enterValues() {
	a.values = map[int][]cells.Relation{}
	for i, n := range a.cells {
		t := a.tallies[n.tally]
		v := t.values[n.key]
		if len(v) == 0 {
			continue
		}
		bands := lists.Map(n.atoms, func(k int) band { return a.band(a.atoms[k], t.of, v[len(v)-1], t.parts()) })
		sizes := lists.Map(n.atoms, func(k int) int64 { return a.atoms[k].size })
		for _, l := range v.limits(t.statistics(n.labels), bands, sizes) {
			terms := []cells.Term{{Cell: len(a.sys.Cells), Coef: 1}} // what there are fewer than the most
			a.sys.Cells = append(a.sys.Cells, cells.Cell{})
			for k, atom := range n.atoms {
				if l.weights[k] != 0 {
					terms = append(terms, cells.Term{Cell: len(a.cells) + atom, Coef: l.weights[k]})
				}
			}
			a.values[i] = append(a.values[i], cells.Relation{Terms: terms, Sum: l.most})
		}
	}
}

// chooseValues decides of which cells that are asked now what was computed of their values is told: of all, if that narrows nothing, or of one after
// the other, as long as it does not.
func (c *control) chooseValues(pub *cells.Publication, each []*alone, o cells.Options) error {
	var all []*decided
	for i, n := range c.cells {
		if d := c.told[i]; d != nil && d.alone && n.persons >= int(c.minCell) && len(c.tallies[n.tally].values[n.key]) > 0 {
			all = append(all, d)
		}
	}
	if all == nil {
		return nil
	}
	try := func(some []*decided) (bool, error) {
		for _, d := range some {
			d.valued = true
		}
		holds, err := c.eachHolds(pub, each, o)
		for _, d := range some {
			d.valued = holds
		}
		return holds, err
	}
	holds, err := try(all)
	for i := 0; !holds && err == nil && i < len(all); i++ {
		_, err = try(all[i : i+1])
	}
	return err
}

// statistics lists, by the labels of a count of the figure, those that a document tells of the values beside it.
func (e *equal) statistics(d *published.Document) map[string][]string {
	out := map[string][]string{}
	for i := range d.Figures {
		f := &d.Figures[i]
		if e.values == "" || f.ID != e.figure || !f.Known() {
			continue
		}
		stat, dims := "", slices.Clone(f.Dims)
		for k := range dims {
			if dims[k].Name == e.dims[0].Name {
				stat, dims[k].Value = dims[k].Value, e.dims[0].Value
			}
		}
		if name, labels, ok := e.cell(dims); ok {
			at := name + "\x1e" + key(labels)
			out[at] = append(out[at], stat)
		}
	}
	return out
}

// allStatistics are those that a report tells of the figure.
func (e *equal) allStatistics(f *sql.Figure) (out []string) {
	for _, b := range f.Breakdowns {
		for _, l := range b {
			if l.Dim == e.dims[0].Name {
				out = append(out, lists.Map(l.Values, func(c sql.Code) string { return c.Value })...)
			}
		}
	}
	return out
}
