package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
)

// Verification is what [VerifyPublished] found.
type Verification struct {
	Counts int      // counts of persons by a characteristic in the report
	Hidden int      // of these, the hidden ones
	Proven int      // small counts for which all that must remain possible was found possible
	Faults []string // what is wrong, by figure; never a count. Empty when all is well
}

// VerifyPublished recomputes the audit from what a run wrote: its decisions (beheer/published.json) and its exact
// figures (beheer/kpis.json). It audits the system in the file, with the earlier reports in it, and
// once more a system built anew from the figures alone, so that a relation left out of the file is found;
// it holds every mark and every shown count against the exact ones; and it decides again which means, quantiles
// and shares rest on too few persons. The duration curves are not decided again: their steps are not in kpis.json.
func VerifyPublished(d *Decisions, exact *transform.Results, cat *sql.Catalogue) (*Verification, error) {
	v := &Verification{}
	pub, err := d.publication()
	if err != nil {
		return nil, fmt.Errorf("verify the published tables: %w", err)
	}
	names := make([]string, len(d.Audit.Cells))
	for i, c := range d.Audit.Cells {
		names[i] = c.Name
	}
	v.audit(pub, names)

	b := newBuilder(cat, d.MinCell)
	k := b.book(exact, false, nil)
	v.compare(d, k)
	v.audit(b.publication(d), b.names)
	v.derived(d, k, exact)
	return v, nil
}

// derived decides anew which figures are hidden with the counts that they rest on.
func (v *Verification) derived(d *Decisions, k *book, exact *transform.Results) {
	c := control{
		Published: &Published{results: *exact, MinCell: d.MinCell, Notes: map[string]Note{}},
		exact:     exact, cat: k.b.cat, book: k, marks: d.marks,
	}
	c.results.Figures = slices.Clone(exact.Figures)
	c.hideDerived()
	for i := range c.results.Figures {
		f := &c.results.Figures[i]
		if f.Status == transform.Suppressed && !d.Hides(f) {
			v.fault("%s rests on too few persons, or on a hidden number of them, and is shown", name(f.ID, f.Dims))
		}
	}
}

// compare holds the marks and values of the file against the exact figures.
func (v *Verification) compare(d *Decisions, k *book) {
	shown, read := map[string]int64{}, map[string]string{}
	for _, c := range d.Audit.Cells {
		read[c.Name] = c.Mark
		if c.Value != nil {
			shown[c.Name] = *c.Value
		}
	}
	figures := map[string]bool{}
	for _, f := range k.r.Figures {
		figures[name(f.ID, f.Dims)] = true
	}
	for _, h := range d.Hidden {
		if !figures[h.Figure] {
			v.fault("%s is hidden, and no figure of kpis.json", h.Figure)
		}
	}
	for i, c := range k.b.sys.Cells {
		n := k.b.names[i]
		if c.Role != cells.Open && c.Role != cells.Fixed || k.cell[n] != i {
			continue
		}
		mark := d.marks[n]
		small := c.Value > 0 && c.Value < int64(d.MinCell)
		if c.Role == cells.Open {
			v.Counts++
			if mark != cells.Shown {
				v.Hidden++
			}
		}
		value, has := shown[n]
		switch {
		case c.Role == cells.Open && small && mark == cells.Shown:
			v.fault("%s is below the threshold and shown", n)
		case mark == cells.Shown && (!has || value != c.Value):
			v.fault("%s is not the count in kpis.json", n)
		case mark == cells.Small && !small, mark == cells.Large && small:
			v.fault("%s has a mark that is not true of it", n)
		case read[n] != markNames[mark]:
			v.fault("%s is hidden under another mark than it was audited with", n)
		}
	}
}

// publication is the system of the figures alone under the marks of the file. All numbers below the
// threshold must remain possible for the small counts, except in tables of which nothing is shown.
func (b *builder) publication(d *Decisions) *cells.Publication {
	pub := &cells.Publication{MinCell: b.sys.MinCell, Cells: make([]cells.Known, len(b.sys.Cells)), Relations: b.sys.Relations}
	inPart := map[int]bool{} // tables of which something is shown
	for i, c := range b.sys.Cells {
		if c.Role == cells.Open && d.marks[b.names[i]] != cells.Any {
			inPart[c.Table] = true
		}
	}
	for i, c := range b.sys.Cells {
		k := cells.Known{Mark: d.marks[b.names[i]], Value: c.Value}
		if c.Role == cells.Implied {
			k.Mark = cells.Any
		}
		if c.Role == cells.Open && k.Mark != cells.Shown && c.Value > 0 && c.Value < b.sys.MinCell && inPart[c.Table] {
			for x := int64(1); x < b.sys.MinCell; x++ {
				k.Must = append(k.Must, x)
			}
		}
		pub.Cells[i] = k
	}
	return pub
}

func (v *Verification) audit(pub *cells.Publication, names []string) {
	report, err := cells.Audit(pub, cells.DefaultLimits)
	if err != nil {
		v.fault("%v", err)
		return
	}
	for _, f := range report.Findings {
		if len(f.Missing) > 0 {
			v.fault("%s can be narrowed: %d of the numbers below the threshold are excluded by what is shown", names[f.Cell], len(f.Missing))
		} else {
			v.Proven++
		}
	}
}

func (v *Verification) fault(format string, args ...any) {
	v.Faults = append(v.Faults, fmt.Sprintf(format, args...))
}
