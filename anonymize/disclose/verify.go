package disclose

import (
	"fmt"

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
// and it holds every mark and every shown count against the exact ones.
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
	return v, nil
}

// compare holds the marks and values of the file against the exact figures.
func (v *Verification) compare(d *Decisions, k *book) {
	shown := map[string]int64{}
	for _, c := range d.Audit.Cells {
		if c.Value != nil {
			shown[c.Name] = *c.Value
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
		}
	}
}

// publication is the system of the figures alone under the marks of the file. What must remain possible
// is asked of the counts that read as small: all numbers below the threshold.
func (b *builder) publication(d *Decisions) *cells.Publication {
	pub := &cells.Publication{MinCell: b.sys.MinCell, Cells: make([]cells.Known, len(b.sys.Cells)), Relations: b.sys.Relations}
	for i, c := range b.sys.Cells {
		k := cells.Known{Mark: d.marks[b.names[i]], Value: c.Value}
		if c.Role == cells.Implied {
			k.Mark = cells.Any
		}
		if k.Mark == cells.Small {
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
