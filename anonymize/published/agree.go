package published

import (
	"lvv/internal/say"
	"lvv/transform"
	"lvv/transform/engine"
)

// Contradictions says where a document is not true of exact figures: what it shows must be exact, and what stands in
// the place of a value must hold of it.
func (d *Document) Contradictions(exact *transform.Results) []error {
	byName := map[string]*transform.Figure{}
	for i := range exact.Figures {
		byName[transform.FigureName(exact.Figures[i].ID, exact.Figures[i].Dims)] = &exact.Figures[i]
	}
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, say.Errorf(format, args...)) }
	for i := range d.Figures {
		said := &d.Figures[i]
		f := byName[said.Name()]
		switch {
		case f == nil && len(said.Dims) == 0 && said.Known(): // a total that is added up for the audit
		case f == nil && len(said.Dims) == 1 && maybeNone(said) && len(exact.Breakdown(said.ID, said.Dims[0].Name)) > 0: // a value that does not occur
		case f == nil:
			fault("%s is not in kpis.json", said.Name())
		case said.Hidden != "" && !within(f, &Range{1, int64(d.MinCell) - 1}), said.Range != nil && !within(f, said.Range):
			fault("%s has a mark that is not true of it", said.Name())
		case said.Suppressed():
		case said.Value != f.Value || said.Unit != f.Unit:
			fault("%s is not the figure in kpis.json", said.Name())
		case differs(said.Numerator, f.Numerator) || differs(said.Denominator, f.Denominator) || said.Date != f.Date:
			fault("%s does not rest on what kpis.json says", said.Name())
		}
	}
	if d.Pilot != exact.Pilot || d.Period.Label != exact.Period.Label {
		fault("it is of %s, %s, and kpis.json of %s, %s", d.Pilot, d.Period.Label, exact.Pilot, exact.Period.Label)
	}
	return faults
}

// maybeNone reports whether a count may be zero by what is said of it.
func maybeNone(said *Figure) bool {
	return said.Range != nil && said.Range.Low == 0 || said.Value == engine.CountOf(0)
}

// differs reports whether a part of a quotient is said, and not as it is.
func differs(said, exact engine.Value) bool { return !said.IsNull() && said != exact }

func within(f *transform.Figure, r *Range) bool {
	if f.Value.Kind() != engine.Count {
		return false
	}
	n := f.Value.Int()
	return n >= r.Low && (r.High == Unbounded || n <= r.High)
}
