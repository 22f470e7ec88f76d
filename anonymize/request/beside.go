package request

import (
	"context"

	"lvv/anonymize/disclose"
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
