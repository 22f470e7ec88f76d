package disclose

import (
	"fmt"
	"maps"
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// moment is when a report was published: what it and those before it come to by the register of then.
type moment struct {
	reports []*report
	last    bool    // it is the one to be published now
	now     *moment // the last one
	asides  []toldAside
	told    map[string]bool // the keys of asides
}

// settled reports whether all counts of the figures are what they are in the last moment, so that nothing more follows from them.
func (m *moment) settled(ids []string) bool {
	for _, r := range m.reports {
		for i := range r.counts {
			if c := &r.counts[i]; slices.Contains(ids, c.id) && !m.settledCell(r, c) {
				return false
			}
		}
	}
	return !m.last
}

// settledCount is settled for the counts of one name.
func (m *moment) settledCount(name string) bool {
	for _, r := range m.reports {
		if k, ok := r.index[name]; ok && !m.settledCell(r, &r.counts[k]) {
			return false
		}
	}
	return !m.last
}

func (m *moment) settledCell(r *report, c *count) bool {
	if m.now == nil {
		return false
	}
	for _, now := range m.now.reports {
		if now.origin() == r.origin() {
			k, ok := now.index[c.name()]
			return ok && now.counts[k].cell == c.cell
		}
	}
	return false
}

// origin is the report that was handed out.
func (r *report) origin() *report {
	if r.was != nil {
		return r.was
	}
	return r
}

// enough is the number of cells above which what earlier reports said of one another when they were published is left out, the
// oldest first.
const enough = 24_000

// linkAll links the reports, of which the earlier ones come first, by the register of today, if one of today is among them, with what exact
// results tell beside them, and, where anything was ever corrected, by that of when each earlier one was published.
func (s *system) linkAll(reports []*report, results *transform.Results, earlier []Earlier, unlistedOf func(*Earlier) map[string]bool) {
	now := len(reports) > len(earlier)
	last := moment{last: now}
	corrected := false
	for i := range earlier {
		e := &earlier[i]
		corrected = corrected || len(e.Corrections)+len(e.Results.Restatements) > 0
	}
	if now || !corrected {
		for i := range earlier {
			last.reports = append(last.reports, s.restate(reports[i], earlier[i].Corrections, unlistedOf(&earlier[i]), true))
		}
		last.reports = append(last.reports, reports[len(earlier):]...)
		for i := range earlier {
			if !corrected {
				last.tell(s, reports[i].label, s.asidesBefore(&earlier[i]), cells.Past)
			}
		}
		if now {
			last.tell(s, "", slices.DeleteFunc(s.asidesIn(results), func(a aside) bool { return s.withheld[a.key()] }), cells.Fixed)
		}
		s.link(last)
	}
	for n := len(earlier) - 1; n >= 0 && corrected && len(s.sys.Cells) < enough; n-- {
		m := moment{}
		if now {
			m.now = &last
		}
		for i := range n {
			if of, known := correctionsThen(earlier, i, n); known {
				m.reports = append(m.reports, s.restate(reports[i], of, unlistedThen(&earlier[n], reports[i].period, of), false))
			}
		}
		m.reports = append(m.reports, reports[n])
		m.tell(s, reports[n].label, s.asidesBefore(&earlier[n]), cells.Past)
		s.link(m)
	}
}

// correctionsThen returns what the n-th report's exports said of an earlier one. It was computed for the last version of each
// period; another version is known where it is of the same days.
func correctionsThen(earlier []Earlier, i, n int) ([]transform.Restatement, bool) {
	period := earlier[i].Results.Period
	last := i
	for k := i + 1; k < n; k++ {
		if earlier[k].Results.Period.Label == period.Label {
			last = k
		}
	}
	then := map[string]transform.Restatement{}
	var listed []transform.Restatement
	for _, c := range earlier[n].Results.Restatements {
		if c.Period == period.Label {
			listed = append(listed, c)
			then[transform.FigureName(c.ID, c.Dims)] = c
		}
	}
	if last == i {
		return listed, true
	}
	if earlier[last].Results.Period != period {
		return nil, false
	}
	was := map[string]engine.Value{}
	for k := range earlier[i].Results.Figures {
		f := &earlier[i].Results.Figures[k]
		was[transform.FigureName(f.ID, f.Dims)] = f.Value
	}
	var out []transform.Restatement
	differs := func(id string, dims []transform.Dim, is engine.Value) {
		name := transform.FigureName(id, dims)
		if c, ok := then[name]; ok {
			is = c.Is
			delete(then, name)
		}
		if is.String() != was[name].String() {
			out = append(out, transform.Restatement{Period: period.Label, ID: id, Dims: dims, Was: was[name], Is: is})
		}
		delete(was, name)
	}
	for k := range earlier[last].Results.Figures {
		f := &earlier[last].Results.Figures[k]
		differs(f.ID, f.Dims, f.Value)
	}
	for _, c := range listed {
		if _, left := then[transform.FigureName(c.ID, c.Dims)]; left {
			differs(c.ID, c.Dims, c.Is)
		}
	}
	for k := range earlier[i].Results.Figures {
		f := &earlier[i].Results.Figures[k]
		if _, left := was[transform.FigureName(f.ID, f.Dims)]; left {
			differs(f.ID, f.Dims, engine.Value{})
		}
	}
	return out, true
}

// restate returns a report as a corrected register has it. Readers know what is listed of the totals. Of any other count they
// are taken to know in which direction it was corrected; what it comes to today and the correction are protected where they are small.
func (s *system) restate(r *report, of []transform.Restatement, unlisted map[string]bool, ofToday bool) *report {
	if len(of) == 0 {
		return r
	}
	changed := map[string]transform.Restatement{}
	for _, c := range of {
		changed[transform.FigureName(c.ID, c.Dims)] = c
	}
	now := &report{s: s, label: r.label, period: r.period, was: r, index: map[string]int{}, fresh: map[int]bool{}, unlisted: unlisted}
	now.curves = r.uncorrected(of)
	for i := range r.counts {
		c := r.counts[i]
		if c.remains || c.made {
			continue
		}
		if change, ok := changed[transform.FigureName(c.id, c.dims)]; ok && !now.correct(&c, change, ofToday) {
			continue
		}
		now.put(c)
	}
	for _, change := range of {
		f := s.cat.Figure(change.ID)
		c := count{id: change.ID, dims: change.Dims, valued: true}
		if _, known := r.index[c.name()]; known || f == nil || f.Unit != "count" || !carried(s.cat, f.ID) || !controlled(f, r.period) || !characteristic(s.cat, c.dims) && !s.linked[f.ID] {
			continue
		}
		c.cell = s.add(r.label+c.name(), cells.Cell{Role: cells.Past, Known: true, Table: s.tableNumber("")}, exact{0, true})
		if now.correct(&c, change, ofToday) {
			now.put(c)
		}
	}
	now.relate()
	return now
}

// correct makes a count what it comes to. It reports whether anything is known of that.
func (r *report) correct(c *count, change transform.Restatement, ofToday bool) bool {
	s := r.s
	is, known := countOr0(change.Is)
	if was, before := countOr0(change.Was); !known || !before || c.of != "" || !c.valued || was != c.value {
		return false
	}
	protect := ofToday && s.protected(c.id)
	name := r.label + c.name()
	guessed := !listed(s.cat.Figure(c.id), c.dims) || r.unlisted[c.id]
	told := ofToday && !guessed // by the report to be published, unless that withholds it
	key := fmt.Sprintf("%s %d %v %v", name, is, guessed, told)
	was := c.cell
	sign := int64(1)
	if is < c.value {
		sign = -1
	}
	by := exact{sign * (is - c.value), true}
	c.value, c.low, c.high = is, is, is
	if cell, ok := s.restated[key]; ok && was >= 0 {
		c.cell, r.fresh[cell] = cell, true
		return true
	}
	switch {
	case was < 0 && !s.linked[c.id]:
		return true
	case was < 0:
		c.low, c.high = 0, cells.Unbounded-1
		c.cell = s.implied(name+" as corrected", exact{is, true}, false)
	default:
		c.cell = s.implied(name+" as corrected", exact{is, true}, protect)
		difference := s.implied("the correction of "+name, by, protect && guessed && characteristic(s.cat, c.dims))
		s.sum([]cells.Term{{Cell: c.cell, Coef: -1}, {Cell: was, Coef: 1}, {Cell: difference, Coef: sign}})
		if !guessed {
			cell := s.cell(c.cell)
			cell.Role, cell.Low, cell.High = cells.Past, is, is
		}
		if told {
			s.corrections[c.id] = append(s.corrections[c.id], c.cell)
		}
	}
	r.fresh[c.cell], s.restated[key] = true, c.cell
	return true
}

// countOr0 is what a count was corrected from or to. What does not occur is 0.
func countOr0(v engine.Value) (int64, bool) {
	switch {
	case v.IsNull():
		return 0, true
	case v.Kind() == engine.Count:
		return v.Int(), true
	}
	return 0, false
}

// listed reports whether corrections of a figure are listed in the report: of plain totals, and of what is no person's.
func listed(f *sql.Figure, dims []transform.Dim) bool {
	if f == nil || !f.Printed {
		return false
	}
	plain := f.RestsOn == nil && f.Unit != "ratio" && f.Unit != "days"
	return f.About == sql.Nothing && f.Nightly == "" || plain && len(dims) == 0
}

// unlistedNow lists the figures of which no correction is listed, because a small count that has to do with them fell: with the
// total's, a reader may know by how much, and so that it was no less.
func (c *control) unlistedNow() map[string]bool {
	var fell []string
	for i := range c.options.Earlier {
		e := &c.options.Earlier[i]
		if e.Published == nil {
			continue
		}
		_, small := publishedCounts(c.cat, e.Published)
		for _, change := range e.Corrections {
			was, _ := countOr0(change.Was)
			if is, ok := countOr0(change.Is); ok && is < was && small[transform.FigureName(change.ID, change.Dims)] {
				fell = append(fell, change.ID)
			}
		}
	}
	out := map[string]bool{}
	for more := true; more; {
		more = false
		for i := range c.cat.Figures {
			for _, rel := range c.cat.Figures[i].Relations {
				for _, w := range rel.Whole {
					of := slices.Contains(fell, rel.Part.Figure) || out[rel.Part.Figure]
					if rel.Kind == sql.Wholly && of && !out[w.Figure] {
						out[w.Figure], more = true, true
					}
				}
			}
		}
	}
	return out
}

// isLater reports whether a period is of a later reference date than the report to be published.
func (c *control) isLater(p transform.Period) bool { return p.AsOf > c.exact.Period.AsOf }

// unlistedOf are the figures of an earlier report whose corrections are not listed: for what it withholds, neither.
func (c *control) unlistedOf(e *Earlier) map[string]bool {
	if c.isLater(e.Results.Period) {
		return totalsOf(e.Corrections)
	}
	if e.Published == nil {
		return c.unlisted
	}
	out := maps.Clone(c.unlisted)
	for i := range e.Published.Figures {
		if f := &e.Published.Figures[i]; len(f.Dims) == 0 && f.Suppressed() {
			out[f.ID] = true
		}
	}
	return out
}

// totalsOf are the figures whose totals were corrected.
func totalsOf(of []transform.Restatement) map[string]bool {
	out := map[string]bool{}
	for _, c := range of {
		out[c.ID] = out[c.ID] || len(c.Dims) == 0
	}
	return out
}

// unlistedThen are the figures of a period whose corrections an earlier report did not list.
func unlistedThen(e *Earlier, p transform.Period, of []transform.Restatement) map[string]bool {
	if e.Published == nil {
		return nil
	}
	out := totalsOf(of)
	for _, c := range e.Published.Changes {
		if c.Period == p.Label && len(c.Dims) == 0 {
			delete(out, c.ID)
		}
	}
	return out
}

// untouched reports whether a relation of a restated report is one of the report that it restates: none of its counts was corrected.
func (r *report) untouched(counts []int) bool {
	return r.was != nil && !slices.ContainsFunc(counts, func(i int) bool { return r.fresh[r.counts[i].cell] })
}
