package verify

import (
	"fmt"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/transform"
)

// compareDocument holds a published document against the exact figures and against what was decided to hide:
// what it shows is exact, what was to be hidden is not in it, and no figure is left out.
func compareDocument(r *Report, p *published.Document, exact *transform.Results, d *disclose.Decisions) {
	byName := map[string]*published.Figure{}
	for i := range p.Figures {
		byName[p.Figures[i].Name()] = &p.Figures[i]
	}
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	carried := 0
	for i := range exact.Figures {
		f := &exact.Figures[i]
		name := transform.FigureName(f.ID, f.Dims)
		said := byName[name]
		if said == nil {
			continue
		}
		carried++
		hide := d != nil && d.Hides(f)
		switch {
		case hide && !said.Suppressed():
			fault("%s is to be hidden, and is shown", name)
		case !hide && said.Suppressed():
			fault("%s is to be shown, and is hidden", name)
		case !hide && (said.Value != f.Value || said.Unit != f.Unit):
			fault("%s is not the figure in kpis.json", name)
		case said.Hidden != "" && !smallCount(f, p.MinCell), said.Range != nil && !within(f, said.Range):
			fault("%s has a mark that is not true of it", name)
		case !hide && (differs(said.Numerator, f.Numerator) || differs(said.Denominator, f.Denominator) || said.Date != f.Date):
			fault("%s does not rest on what kpis.json says", name)
		}
	}
	if carried != len(p.Figures) {
		fault("%d of its %d figures are not in kpis.json", len(p.Figures)-carried, len(p.Figures))
	}
	if p.Pilot != exact.Pilot || p.Period.Label != exact.Period.Label {
		fault("it is of %s, %s, and kpis.json of %s, %s", p.Pilot, p.Period.Label, exact.Pilot, exact.Period.Label)
	}
	add(r, "shown", faults, "%d figures of the published document are exact or hidden as decided", carried)
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
