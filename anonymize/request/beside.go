package request

import (
	"context"
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// Beside says for the control of a report what earlier answers told of the units that its figures count: those figures of the
// catalogue that a request can make.
func Beside(ctx context.Context, eng engine.Engine, terms *transform.Terms, period transform.Period, cat *sql.Catalogue, answers []*Answer) (*disclose.Beside, error) {
	if len(answers) == 0 {
		return nil, nil
	}
	o := &Options{Engine: eng, Terms: terms, Period: period, Earlier: answers}
	tallies, err := o.answered()
	if err != nil {
		return nil, err
	}
	told := len(tallies)
	for _, t := range tallies {
		t.now = true // what was told of is what the report is held against
	}
	figures, err := figuresOf(cat, period)
	if err != nil {
		return nil, err
	}
	tallies = append(tallies, figures...)
	all, err := o.read(ctx, tallies)
	if err != nil {
		return nil, err
	}
	b := &disclose.Beside{}
	for _, a := range all.atoms {
		b.Groups = append(b.Groups, a.size)
	}
	counts := make([]disclose.BesideCount, len(all.cells))
	for i, c := range all.cells {
		t := tallies[c.tally]
		counts[i] = disclose.BesideCount{Name: t.name, Groups: c.atoms}
		if c.tally < told {
			counts[i].Told = true
			counts[i].Low, counts[i].High = t.known(c.labels)
			continue
		}
		counts[i].Name = t.equal.name(t.by, c.labels)
	}
	b.Counts = counts
	for _, l := range all.links() {
		b.Links = append(b.Links, disclose.BesideLink{Parts: l.parts, Whole: l.whole, Over: l.over})
	}
	return b, nil
}

// GivenAway lists the tables, and the totals, of a report that is about to be published that give a small count away, one of their own or one of an
// earlier answer, to whoever has both. They are to be withdrawn, see [disclose.Options].
func GivenAway(ctx context.Context, eng engine.Engine, terms *transform.Terms, report *published.Document, cat *sql.Catalogue, answers []*Answer, search cells.Options) ([]string, error) {
	if len(answers) == 0 {
		return nil, nil
	}
	o := &Options{Engine: eng, Terms: terms, Earlier: answers}
	tallies, err := o.answered()
	if err != nil {
		return nil, err
	}
	equals, err := equalsOf(cat)
	if err != nil {
		return nil, err
	}
	tallies = append(tallies, reported(equals, report, len(tallies))...)
	all, err := o.read(ctx, tallies)
	if err != nil {
		return nil, err
	}
	c := &control{universe: all, tallies: tallies, minCell: int64(terms.MinCell), threshold: int64(terms.MinCell), fresh: map[int]bool{}}
	c.enterCells()
	given, err := c.givenAway(search)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, t := range tallies {
		if given[i] {
			dims := lists.Map(t.by, func(l label) string { return l.name })
			for _, d := range t.equal.dims {
				dims = append(dims, d.Name)
			}
			out = append(out, disclose.TableName(t.equal.figure, t.equal.of, dims))
		}
	}
	return out, nil
}

// figuresOf are the counts of a report that a request can make, a tally for each breakdown.
func figuresOf(cat *sql.Catalogue, period transform.Period) ([]*counted, error) {
	equals, err := equalsOf(cat)
	if err != nil {
		return nil, err
	}
	var out []*counted
	for i := range equals {
		e := &equals[i]
		for _, b := range cat.Figure(e.figure).Breakdowns {
			if one, _ := e.tally(period, b.Dims()); one != nil {
				out = append(out, &counted{tally: one, equal: e})
			}
		}
	}
	return out, nil
}

// toCome are the totals that the report of a period will tell: if an answer left a small count beside them, the report would have to withhold them.
// They are numbered from above source.
func toCome(cat *sql.Catalogue, period transform.Period, source int) ([]*counted, error) {
	figures, err := figuresOf(cat, period)
	out := slices.DeleteFunc(figures, func(t *counted) bool { return len(t.by) > 0 })
	for i, t := range out {
		t.source = source + 1 + i
		t.name, t.first = fmt.Sprintf("%s in the report of %s", t.equal.figure, period.Label), true
		if t.of = t.equal.values; t.of != "" {
			stats := t.equal.allStatistics(cat.Figure(t.equal.figure))
			t.statistics = func([]string) []string { return stats }
		}
	}
	return out, err
}

// name is that of a count of the figure.
func (e *equal) name(by []label, labels []string) string {
	var dims []transform.Dim
	for k, l := range labels {
		dims = append(dims, transform.Dim{Name: by[k].name, Value: l})
	}
	for _, d := range e.dims {
		dims = append(dims, transform.Dim(d))
	}
	if e.of != "" {
		return transform.FigureName(e.figure+"."+e.of, dims)
	}
	return transform.FigureName(e.figure, dims)
}
