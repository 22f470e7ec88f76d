package disclose

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"lvv/anonymize/cells"
	"lvv/transform"
)

const decisionsSchema = "lvv-published/1"

// Decisions are what a run decided to hide: a file for the steward (beheer/published.json), from which later
// runs know what readers already have, and from which the decision can be audited again.
type Decisions struct {
	Schema  string           `json:"schema"`
	Period  transform.Period `json:"period"`
	MinCell int              `json:"min_cell"`
	Hidden  []HiddenFigure   `json:"hidden"`
	// Proven reports whether it was proven that no pattern hides fewer cells.
	Proven bool `json:"proven_smallest"`
	Audit  struct {
		Cells     []auditCell `json:"cells"`
		Relations []auditSum  `json:"sums"`
	} `json:"audit"`

	marks map[string]cells.Mark
}

// HiddenFigure is one figure that readers do not see, by its id and dimensions.
type HiddenFigure struct {
	Figure string `json:"figure"`
	Mark   string `json:"mark"` // small: reads <5; large: is 0 or at least min_cell; any: nothing is known
}

// auditCell is what a reader knows of one count. Hidden ones carry no value: the audit needs none.
type auditCell struct {
	Name  string  `json:"name"`
	Mark  string  `json:"mark"`
	Value *int64  `json:"value,omitempty"`
	Must  []int64 `json:"must,omitempty"` // the small numbers that remain possible
}

// auditSum says that cells, each with its weight, add up to Sum.
type auditSum struct {
	Terms [][2]int64 `json:"terms"`
	Sum   int64      `json:"sum"`
}

var markNames = []string{cells.Shown: "shown", cells.Small: "small", cells.Large: "large", cells.Any: "any"}

func newDecisions(p *control, b *builder) *Decisions {
	pattern := p.pattern
	d := &Decisions{Schema: decisionsSchema, Period: p.results.Period, MinCell: p.MinCell, Proven: pattern.Optimal}
	pub := pattern.Publication(&b.sys)
	for i, k := range pub.Cells {
		c := auditCell{Name: b.names[i], Mark: markNames[k.Mark], Must: k.Must}
		if k.Mark == cells.Shown {
			c.Value = &pub.Cells[i].Value
		}
		d.Audit.Cells = append(d.Audit.Cells, c)
	}
	for _, r := range pub.Relations {
		s := auditSum{Sum: r.Sum}
		for _, t := range r.Terms {
			s.Terms = append(s.Terms, [2]int64{int64(t.Cell), t.Coef})
		}
		d.Audit.Relations = append(d.Audit.Relations, s)
	}
	d.marks = map[string]cells.Mark{}
	for i := range p.results.Figures {
		f := &p.results.Figures[i]
		if f.Status != transform.Suppressed {
			continue
		}
		n, mark := name(f.ID, f.Dims), cells.Any
		if m, ok := p.marks[n]; ok {
			mark = m
		}
		d.Hidden = append(d.Hidden, HiddenFigure{Figure: n, Mark: markNames[mark]})
		d.marks[n] = mark
	}
	return d
}

// mark returns how a figure was shown; without decisions everything was.
func (d *Decisions) mark(figure string) cells.Mark {
	if d == nil {
		return cells.Shown
	}
	return d.marks[figure]
}

// Hides reports whether readers do not see a figure.
func (d *Decisions) Hides(f *transform.Figure) bool { return d.mark(name(f.ID, f.Dims)) != cells.Shown }

// under returns the decisions as they are known under a threshold. Marks of another threshold say
// something else; they are taken to say nothing.
func (d *Decisions) under(minCell int) *Decisions {
	if d == nil || d.MinCell == minCell {
		return d
	}
	out := *d
	out.marks = map[string]cells.Mark{}
	for n, m := range d.marks {
		if m != cells.Shown {
			m = cells.Any
		}
		out.marks[n] = m
	}
	return &out
}

// publication is the audit's input as the file has it.
func (d *Decisions) publication() (*cells.Publication, error) {
	pub := &cells.Publication{MinCell: int64(d.MinCell)}
	for _, c := range d.Audit.Cells {
		mark := slices.Index(markNames, c.Mark)
		if mark < 0 || (mark == int(cells.Shown)) != (c.Value != nil) {
			return nil, fmt.Errorf("%s: mark %q does not go with its value", c.Name, c.Mark)
		}
		k := cells.Known{Mark: cells.Mark(mark), Must: c.Must}
		if c.Value != nil {
			k.Value = *c.Value
		}
		pub.Cells = append(pub.Cells, k)
	}
	for _, s := range d.Audit.Relations {
		r := cells.Relation{Sum: s.Sum}
		for _, t := range s.Terms {
			r.Terms = append(r.Terms, cells.Term{Cell: int(t[0]), Coef: t[1]})
		}
		pub.Relations = append(pub.Relations, r)
	}
	return pub, nil
}

// WriteDecisions writes the file; equal decisions give equal bytes.
func WriteDecisions(w io.Writer, d *Decisions) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return fmt.Errorf("write decisions: %w", err)
	}
	return nil
}

// ReadDecisions reads a file that [WriteDecisions] wrote.
func ReadDecisions(r io.Reader) (*Decisions, error) {
	d := &Decisions{}
	if err := json.NewDecoder(r).Decode(d); err != nil {
		return nil, fmt.Errorf("read decisions: %w; expected a published.json that lvv run wrote", err)
	}
	if d.Schema != decisionsSchema {
		return nil, fmt.Errorf("read decisions: schema is %q, expected %q", d.Schema, decisionsSchema)
	}
	d.marks = map[string]cells.Mark{}
	for _, h := range d.Hidden {
		mark := slices.Index(markNames, h.Mark)
		if mark <= int(cells.Shown) {
			return nil, fmt.Errorf("read decisions: %s has mark %q", h.Figure, h.Mark)
		}
		d.marks[h.Figure] = cells.Mark(mark)
	}
	return d, nil
}
