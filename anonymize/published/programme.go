package published

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"lvv/internal/say"
	"lvv/transform"
)

// ProgrammeSchema names the format of the document of a programme.
const ProgrammeSchema = "lvv-published-programme/1"

// Programme is the published document of a programme: what each pilot published, beside each other, and what they
// come to together. All that the programme council is told is drawn from it.
type Programme struct {
	Name     string
	Period   transform.Period
	Packages []Package // of every pilot of the programme, in order of name
	// Pilots are the reports of the pilots whose packages are used, as they were published, in the same order.
	Pilots []*Document
	// Together holds the figures of all of Pilots, with the definitions that hold for every document here.
	Together *Document
	Joined   []Joined
	Overlaps []Overlap
}

// Package says what became of the package of a pilot.
type Package struct {
	Pilot  string `json:"pilot"`
	State  string `json:"state"`            // used, missing, late (of an earlier period or reference date) or other
	Period string `json:"period,omitempty"` // its label
	AsOf   string `json:"as_of,omitempty"`  // its reference date
	// Recognised reports whether persons of the pilot are recognised in others that recognise theirs.
	Recognised bool `json:"recognised,omitempty"`
}

// The states of a package.
const (
	PackageUsed    = "used"
	PackageMissing = "missing"
	PackageLate    = "late"
	PackageOther   = "other"
)

// Joined says how the figures of an id came together, or one of them where it rests on fewer pilots.
type Joined struct {
	ID      string         `json:"id"`
	Dims    transform.Dims `json:"dims,omitempty"`
	Alone   bool           `json:"alone,omitempty"`   // of the figure with these Dims alone
	How     string         `json:"how"`               // sum or union, as the catalogue declares
	Pilots  int            `json:"pilots"`            // on how many it rests
	Without []string       `json:"without,omitempty"` // the others of those used
}

// Overlap says of a count over the union how much the pilots' own counts, added up, exceed it: who is counted in more
// than one pilot. Less than none: who is counted only when pilots are seen together.
type Overlap struct {
	ID     string
	Added  int64 // the pilots' counts added up
	Excess int64 // Added less the count over the union; 0 where it is hidden
	Hidden bool  // it is from 1 to MinCell-1, either way
}

type wireOverlap struct {
	ID     string `json:"id"`
	Added  int64  `json:"added"`
	Excess *int64 `json:"excess,omitempty"`
	Hidden string `json:"hidden,omitempty"`
}

// MarshalJSON writes the overlap without an excess that is hidden.
func (o Overlap) MarshalJSON() ([]byte, error) {
	if o.Hidden {
		return json.Marshal(wireOverlap{o.ID, o.Added, nil, Small})
	}
	return json.Marshal(wireOverlap{o.ID, o.Added, &o.Excess, ""})
}

// Validate says what is wrong with the document: beside what [Document.Validate] refuses, a report of another period,
// or of a pilot whose package is not used.
func (p *Programme) Validate() error {
	used := 0
	for _, one := range p.Packages {
		if !slices.Contains([]string{PackageUsed, PackageMissing, PackageLate, PackageOther}, one.State) {
			return say.Errorf("the package of %s has the unknown state %q", one.Pilot, one.State)
		}
		if one.State != PackageUsed {
			continue
		}
		if used >= len(p.Pilots) || p.Pilots[used].Pilot != one.Pilot {
			return say.Errorf("the report of %s is not there, or not in its place", one.Pilot)
		}
		used++
	}
	if used == 0 || used != len(p.Pilots) || p.Together == nil {
		return say.Errorf("it holds %d reports of %d pilots, and must hold one of each and one together", len(p.Pilots), used)
	}
	for _, d := range append(slices.Clone(p.Pilots), p.Together) {
		if d.Period != p.Period || d.Lang != p.Together.Lang {
			return say.Errorf("the report of %s is of another period or in another language", d.Pilot)
		}
		if err := d.Validate(); err != nil {
			return say.Errorf("%s: %w", d.Pilot, err)
		}
	}
	if p.Together.Pilot != p.Name {
		return say.Errorf("the figures together are of %q, and the programme is %q", p.Together.Pilot, p.Name)
	}
	return nil
}

// JoinedAs says how the figure of an id with the dimensions came together; nil where no figure of the id did.
func (p *Programme) JoinedAs(id string, dims []transform.Dim) (of *Joined) {
	for i := range p.Joined {
		j := &p.Joined[i]
		switch {
		case j.ID != id:
		case !j.Alone && of == nil:
			of = j
		case j.Alone && transform.FigureName(id, j.Dims) == transform.FigureName(id, dims):
			return j
		}
	}
	return of
}

// ForProgramme returns what of a pilot's report has a part in the document of a programme, in its language: its terms,
// figures, series and what became of its rows. Definitions stand once for all.
func (d *Document) ForProgramme(lang string) *Document {
	return &Document{
		Pilot: d.Pilot, Period: d.Period, Lang: lang, Version: d.Version, MinCell: d.MinCell, DataTo: d.DataTo, Terms: d.Terms,
		Figures: d.Figures, Series: d.Series, Protection: d.Protection, Quality: Quality{Tables: d.Quality.Tables},
	}
}

// WriteProgramme writes the document as JSON. The same document gives the same bytes. One that [Programme.Validate]
// refuses is an error.
func WriteProgramme(w io.Writer, p *Programme) error {
	if err := p.Validate(); err != nil {
		return say.Errorf("write the programme's document: %w", err)
	}
	var e encoder
	e.member("schema", ProgrammeSchema)
	e.member("programme", p.Name)
	e.member("period", p.Period)
	list(&e, "packages", p.Packages)
	list(&e, "joined", p.Joined)
	list(&e, "overlaps", p.Overlaps)
	e.open("pilots", '[')
	for i, d := range p.Pilots {
		if i > 0 {
			e.b.WriteByte(',')
		}
		e.document(d)
	}
	e.close(']')
	e.name("together")
	e.document(p.Together)
	if err := e.end(w); err != nil {
		return say.Errorf("write the programme's document: %w", err)
	}
	return nil
}

// document writes a document within another.
func (e *encoder) document(d *Document) {
	var b bytes.Buffer
	if err := Write(&b, d); err != nil && e.err == nil {
		e.err = err
	}
	e.b.WriteByte('\n')
	e.b.Write(bytes.TrimSpace(b.Bytes()))
}

// ReadProgramme reads a document that [WriteProgramme] wrote, as strictly as [Read].
func ReadProgramme(r io.Reader) (*Programme, error) {
	p, err := readProgramme(r)
	if err != nil {
		return nil, say.Errorf("read the programme's document: %w", err)
	}
	return p, nil
}

func readProgramme(r io.Reader) (*Programme, error) {
	var in struct {
		Schema   string            `json:"schema"`
		Name     string            `json:"programme"`
		Period   transform.Period  `json:"period"`
		Packages []Package         `json:"packages"`
		Joined   []Joined          `json:"joined"`
		Overlaps []wireOverlap     `json:"overlaps"`
		Pilots   []json.RawMessage `json:"pilots"`
		Together json.RawMessage   `json:"together"`
	}
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return nil, say.Errorf("%w; expected a programmaraad-<period>.json that lvv network wrote", inJSON(err))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, say.Errorf("something follows the document")
	}
	if in.Schema != ProgrammeSchema {
		return nil, say.Errorf("schema is %q, expected %q", in.Schema, ProgrammeSchema)
	}
	p := &Programme{Name: in.Name, Period: in.Period, Packages: in.Packages, Joined: in.Joined}
	for _, o := range in.Overlaps {
		if (o.Excess == nil) != (o.Hidden == Small) {
			return nil, say.Errorf("the overlap of %s must be a number or hidden", o.ID)
		}
		one := Overlap{ID: o.ID, Added: o.Added, Hidden: o.Excess == nil}
		if o.Excess != nil {
			one.Excess = *o.Excess
		}
		p.Overlaps = append(p.Overlaps, one)
	}
	for _, text := range append(in.Pilots, in.Together) {
		d, err := Read(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		p.Pilots = append(p.Pilots, d)
	}
	last := len(p.Pilots) - 1
	p.Pilots, p.Together = p.Pilots[:last], p.Pilots[last]
	return p, p.Validate()
}
