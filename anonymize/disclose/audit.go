package disclose

import (
	"errors"
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
)

// Audit is what [AuditDocument] found.
type Audit struct {
	Counts int // counts of persons by a characteristic in the report
	Hidden int // of these, the hidden ones
	Proven int // small counts of which every number from 1 to the threshold less 1 was found possible
	// Apart counts those of them that the other reports contradict or exclude numbers of, as they read before they were
	// corrected: they were found so given this report alone.
	Apart  int
	Faults []error // what is wrong, by figure; never a count. Empty when all is well
}

// AuditDocument works out, as a reader would, what a published document leaves open: from the document, the others of
// the same pilot, and the catalogue, and from nothing else. Every count that reads as less than the threshold must be able
// to be each number from 1 to the threshold less 1, given the report alone, and given the others with it except where they
// contradict one another and one says that something was corrected; no count below the threshold may be shown.
func AuditDocument(d *published.Document, others []*published.Document, cat *sql.Catalogue) (*Audit, error) {
	a := &Audit{}
	if d.MinCell == 0 {
		return a, nil
	}
	if err := a.alone(d, cat); err != nil {
		return nil, say.Errorf("audit %s: %w", d.Period.Label, err)
	}
	if len(others) > 0 {
		if err := a.audit(append(slices.Clone(others), d), cat, false); err != nil {
			return nil, say.Errorf("audit %s with other reports: %w", d.Period.Label, err)
		}
	}
	return a, nil
}

// alone audits the document by itself.
func (a *Audit) alone(d *published.Document, cat *sql.Catalogue) error {
	for i := range d.Figures {
		f := &d.Figures[i]
		of := cat.Figure(f.ID)
		if !controlled(of, d.Period) || !characteristic(cat, f.Dims) {
			continue
		}
		if f.Unit == "ratio" && f.Known() {
			for _, n := range countsOf(cat, &transform.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Numerator: f.Numerator, Denominator: f.Denominator}) {
				if n.value > 0 && n.value < int64(d.MinCell) {
					if n.of == "numerator" {
						a.fault("%s rests on a numerator below the threshold and is shown", f.Name())
					} else {
						a.fault("%s rests on a denominator below the threshold and is shown", f.Name())
					}
				}
			}
		}
		if f.Unit != "count" || of != nil && of.RestsOn != nil && of.RestsOn.Curve != "" {
			continue
		}
		a.Counts++
		switch {
		case f.Suppressed():
			a.Hidden++
		case f.Known() && f.Value.Int() > 0 && f.Value.Int() < int64(d.MinCell):
			a.fault("%s is below the threshold and shown", f.Name())
		}
	}
	return a.audit([]*published.Document{d}, cat, true)
}

// audit works on documents together; the last is the one that is audited.
func (a *Audit) audit(docs []*published.Document, cat *sql.Catalogue, alone bool) error {
	last := docs[len(docs)-1]
	s := newSystem(cat, last.MinCell, last.Terms.Start, nil)
	corrected := slices.ContainsFunc(docs, func(d *published.Document) bool { return d.Withheld+len(d.Changes) > 0 })
	var reports []*report
	var must []map[string]bool
	for i, d := range docs {
		counts, small := publishedCounts(cat, d)
		r := s.report(fmt.Sprintf("%s (%d) ", d.Period.Label, i+1), d.Period, counts, audited)
		r.relate()
		if d == last || !corrected {
			r.tellsCurves(d)
		}
		reports, must = append(reports, r), append(must, small)
	}
	m := moment{reports: reports}
	for i, d := range docs {
		if d == last || !corrected {
			m.tell(s, reports[i].label, s.asidesOf(d), cells.Past)
		}
	}
	s.link(m)
	pub := s.publication()
	now := reports[len(reports)-1]
	for i := range now.counts {
		if n := &now.counts[i]; n.cell >= 0 && must[len(must)-1][n.name()] {
			pub.Cells[n.cell].Must = smallNumbers(last.MinCell)
		}
	}
	found, err := cells.Audit(pub, cells.DefaultLimits)
	if contradicted, ok := errors.AsType[*cells.ContradictionError](err); ok && corrected {
		a.Apart, err = len(contradicted.Cells), nil
	}
	if err != nil {
		return err
	}
	for _, f := range found.Findings {
		switch {
		case len(f.Missing) > 0 && corrected:
			a.Apart++
		case len(f.Missing) > 0:
			a.fault("%s can be narrowed: %d of the numbers below the threshold are excluded by what is shown", s.names[f.Cell], len(f.Missing))
		case alone:
			a.Proven++
		}
	}
	return nil
}

func (a *Audit) fault(format string, args ...any) {
	a.Faults = append(a.Faults, say.Errorf(format, args...))
}
