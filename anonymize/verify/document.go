package verify

import (
	"reflect"

	"lvv/anonymize/published"
	"lvv/internal/say"
	"lvv/transform"
)

// compareDocument holds a published document against the exact figures and against what the steward keeps of it: what it
// shows is exact, what it hides is hidden there too, and no figure is left out.
func compareDocument(r *Report, p *published.Document, exact *transform.Results, kept *published.Document) {
	faults := p.Contradictions(exact)
	for i := range p.Figures {
		if i >= len(kept.Figures) || !reflect.DeepEqual(p.Figures[i], kept.Figures[i]) {
			faults = append(faults, say.Errorf("%s is not what beheer/published.json says", p.Figures[i].Name()))
		}
	}
	if len(p.Figures) != len(kept.Figures) {
		faults = append(faults, say.Errorf("it has %d figures, and beheer/published.json %d", len(p.Figures), len(kept.Figures)))
	}
	r.judge("shown", faults, "%d figures of the published document are exact or hidden as decided", len(p.Figures))
}
