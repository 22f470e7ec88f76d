package verify

import (
	"fmt"
	"reflect"

	"lvv/anonymize/published"
	"lvv/transform"
)

// compareDocument holds a published document against the exact figures and against what the steward keeps of it: what it
// shows is exact, what it hides is hidden there too, and no figure is left out.
func compareDocument(r *Report, p *published.Document, exact *transform.Results, kept *published.Document) {
	byName := map[string]*transform.Figure{}
	for i := range exact.Figures {
		byName[transform.FigureName(exact.Figures[i].ID, exact.Figures[i].Dims)] = &exact.Figures[i]
	}
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for i := range p.Figures {
		said := &p.Figures[i]
		if i >= len(kept.Figures) || !reflect.DeepEqual(*said, kept.Figures[i]) {
			fault("%s is not what beheer/published.json says", said.Name())
		}
		f := byName[said.Name()]
		switch {
		case f == nil && len(said.Dims) == 0 && said.Known(): // a total that is added up for the audit
		case f == nil:
			fault("%s is not in kpis.json", said.Name())
		case said.Hidden != "" && !smallCount(f, p.MinCell), said.Range != nil && !within(f, said.Range):
			fault("%s has a mark that is not true of it", said.Name())
		case said.Suppressed():
		case said.Value != f.Value || said.Unit != f.Unit:
			fault("%s is not the figure in kpis.json", said.Name())
		case differs(said.Numerator, f.Numerator) || differs(said.Denominator, f.Denominator) || said.Date != f.Date:
			fault("%s does not rest on what kpis.json says", said.Name())
		}
	}
	if len(p.Figures) != len(kept.Figures) {
		fault("it has %d figures, and beheer/published.json %d", len(p.Figures), len(kept.Figures))
	}
	if p.Pilot != exact.Pilot || p.Period.Label != exact.Period.Label {
		fault("it is of %s, %s, and kpis.json of %s, %s", p.Pilot, p.Period.Label, exact.Pilot, exact.Period.Label)
	}
	add(r, "shown", faults, "%d figures of the published document are exact or hidden as decided", len(p.Figures))
}

// differs reports whether a part of a quotient is said, and not as it is.
func differs(said, exact transform.Value) bool { return !said.IsNull() && said != exact }

func smallCount(f *transform.Figure, minCell int) bool {
	return f.Value.Kind() == transform.Count && f.Value.Int() >= 1 && f.Value.Int() < int64(minCell)
}

func within(f *transform.Figure, r *published.Range) bool {
	if f.Value.Kind() != transform.Count {
		return false
	}
	n := f.Value.Int()
	return n >= r.Low && (r.High == published.Unbounded || n <= r.High)
}
