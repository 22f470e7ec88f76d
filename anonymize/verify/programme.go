package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// councilFolder holds what the programme council gets.
const councilFolder = "programmaraad"

// IsProgramme reports whether the folder is the output of a programme.
func IsProgramme(dir string) bool {
	info, err := os.Lstat(filepath.Join(dir, councilFolder))
	return err == nil && info.IsDir()
}

// Programme checks the output of a programme: that page and workbook are what the document gives, byte for byte; that the
// document says what the exact figures say; that what each pilot hides stays hidden, alone and beside what is said of all
// together; and, where the folder of the packages is given, that they are those that were used.
func Programme(r *Report, dir, packages, version string, draw func(*published.Programme) (map[string][]byte, error)) error {
	if err := Manifest(r, dir); err != nil {
		return err
	}
	files, err := regular.Glob(dir, councilFolder+"/*")
	if err != nil {
		return err
	}
	at := slices.IndexFunc(files, func(f string) bool { return filepath.Ext(f) == ".json" })
	if at < 0 {
		r.Add("document", false, "%s/ holds no document (.json), from which the rest is drawn", councilFolder)
		return nil
	}
	name := filepath.Base(files[at])
	body, err := regular.ReadFile(files[at])
	if err != nil {
		return err
	}
	p, err := published.ReadProgramme(bytes.NewReader(body))
	if err != nil {
		r.Add("document", false, "%s: %v", name, err)
		return nil
	}
	cat, err := sql.Load()
	if err != nil {
		return err
	}
	if p.Together.Version != version {
		r.Skip("drawn", "%s was written by lvv %s, and this is lvv %s: another version draws other bytes", name, p.Together.Version, version)
	} else if err := programmeDrawn(r, p, name, body, files, cat, draw); err != nil {
		return err
	}
	if err := programmeExact(r, p, filepath.Join(dir, "beheer", "kpis.json")); err != nil {
		return err
	}
	programmeHidden(r, p, cat)
	return programmePackages(r, dir, packages)
}

func programmeDrawn(r *Report, p *published.Programme, name string, body []byte, files []string, cat *sql.Catalogue, draw func(*published.Programme) (map[string][]byte, error)) error {
	var again bytes.Buffer
	if err := published.WriteProgramme(&again, p); err != nil {
		return err
	}
	var faults []error
	if !bytes.Equal(again.Bytes(), body) {
		faults = append(faults, say.Errorf("it is not written as lvv network writes it"))
	}
	if !slices.EqualFunc(p.Together.Definitions, published.DefinitionsOf(cat, p.Together.Lang), sameArea) {
		faults = append(faults, say.Errorf("its definitions are not those of this program"))
	}
	if want := councilFolder + "-" + p.Period.Label + ".json"; name != want {
		faults = append(faults, say.Errorf("its name should be %s", want))
	}
	r.judge("document", faults, "%s is as lvv network writes it: %d pilots, %d figures together", name, len(p.Pilots), len(p.Together.Figures))
	drawn, err := draw(p)
	if err != nil {
		return say.Errorf("draw %s anew: %w", name, err)
	}
	return compareDrawn(r, files, drawn)
}

// programmeExact holds the document against the exact figures.
func programmeExact(r *Report, p *published.Programme, path string) error {
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		r.Skip("shown", "the folder holds no beheer/: verify the office's copy")
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	exact, together, err := transform.ReadProgrammeKPIs(f)
	if err != nil {
		r.Add("shown", false, "beheer/kpis.json: %v", err)
		return nil
	}
	var faults []error
	for _, d := range p.Pilots {
		if exact[d.Pilot] == nil {
			faults = append(faults, say.Errorf("%s is not in kpis.json", d.Pilot))
			continue
		}
		for _, fault := range d.Contradictions(exact[d.Pilot]) {
			faults = append(faults, say.Errorf("%s: %w", d.Pilot, fault))
		}
	}
	// Without the shares of some pilots, which are held against what these say, and what is not given.
	whole := *p.Together
	whole.Figures = slices.DeleteFunc(slices.Clone(whole.Figures), func(f published.Figure) bool {
		j := p.JoinedAs(f.ID, f.Dims)
		return j != nil && j.Alone || f.Reason == transform.CountedTwice
	})
	for _, fault := range whole.Contradictions(together) {
		faults = append(faults, say.Errorf("together: %w", fault))
	}
	r.judge("shown", faults, "what the document shows of %d pilots and of them together is exact, and its ranges hold", len(p.Pilots))
	return nil
}

// programmeHidden audits the report of each pilot, and that the figures together say no more of a pilot's hidden counts and
// withheld shares than the reports of the pilots do.
func programmeHidden(r *Report, p *published.Programme, cat *sql.Catalogue) {
	var faults []error
	proven, hidden := 0, 0
	for _, d := range p.Pilots {
		v, err := disclose.AuditDocument(d, nil, cat)
		if err != nil {
			faults = append(faults, say.Errorf("%s: %w", d.Pilot, err))
			continue
		}
		proven, hidden = proven+v.Proven, hidden+v.Hidden
		for _, fault := range v.Faults {
			faults = append(faults, say.Errorf("%s: %w", d.Pilot, fault))
		}
	}
	r.judge("hidden", faults, "the %d hidden counts of %d pilots: %d small ones were found to leave every number below the threshold possible by what the catalogue ties together, given the report of the pilot", hidden, len(p.Pilots), proven)
	faults = nil
	says := &sayings{p: p}
	for _, d := range p.Pilots {
		byName := map[string]*published.Figure{}
		for i := range d.Figures {
			byName[d.Figures[i].Name()] = &d.Figures[i]
		}
		says.of = append(says.of, byName)
	}
	for i := range p.Together.Figures {
		if fault := says.more(&p.Together.Figures[i], cat); fault != nil {
			faults = append(faults, fault)
		}
	}
	for _, o := range p.Overlaps {
		if !o.Hidden && o.Excess != 0 && max(o.Excess, -o.Excess) < int64(p.Together.MinCell) {
			faults = append(faults, say.Errorf("%s tells of a few persons that they are in more than one pilot", o.ID))
		}
	}
	r.judge("together", faults, "%d figures together say of no pilot's hidden count more than the pilots do", len(p.Together.Figures))
}

// sayings are what the pilots say, by pilot and by the name of a figure.
type sayings struct {
	p  *published.Programme
	of []map[string]*published.Figure
}

// said is what the parts of a figure come to, as far as the pilots say.
type said struct {
	low, high              int64 // of counts
	numerator, denominator int64 // of shares
	hidden, unbounded      bool
}

// parts adds up what the pilots on which a figure rests say of it.
func (s *sayings) parts(name string, without []string) said {
	var sum said
	for i, d := range s.p.Pilots {
		one := s.of[i][name]
		if one == nil || slices.Contains(without, d.Pilot) {
			continue
		}
		sum.hidden = sum.hidden || one.Suppressed()
		switch {
		case one.Value.Kind() == engine.Count:
			sum.low, sum.high = sum.low+one.Value.Int(), sum.high+one.Value.Int()
		case one.Hidden != "":
			sum.low, sum.high = sum.low+1, sum.high+int64(d.MinCell)-1
		case one.Range != nil:
			sum.low, sum.high, sum.unbounded = sum.low+one.Range.Low, sum.high+one.Range.High, sum.unbounded || one.Range.High == published.Unbounded
		}
		if one.Numerator.Kind() == engine.Count && one.Denominator.Kind() == engine.Count {
			sum.numerator, sum.denominator = sum.numerator+one.Numerator.Int(), sum.denominator+one.Denominator.Int()
		}
	}
	return sum
}

// more says what a figure together tells that the pilots do not; nil for nothing.
func (s *sayings) more(f *published.Figure, cat *sql.Catalogue) error {
	of := cat.Figure(f.ID)
	if of == nil || of.About == sql.Nothing || f.Status != "" {
		return nil
	}
	j := s.p.JoinedAs(f.ID, f.Dims)
	if j == nil {
		return say.Errorf("%s does not say how it came together", f.Name())
	}
	sum := s.parts(f.Name(), j.Without)
	byKind := slices.ContainsFunc(f.Dims, func(d transform.Dim) bool { return cat.Characteristic([]string{d.Name}) })
	switch {
	case j.Alone && (sum.hidden || f.Numerator != engine.CountOf(sum.numerator) || f.Denominator != engine.CountOf(sum.denominator)):
		return say.Errorf("%s is not what the pilots that it rests on show", f.Name())
	case f.Known() && sum.hidden:
		return say.Errorf("%s is shown, and a pilot hides its part", f.Name())
	case f.Range != nil && (byKind || sum.hidden) && (f.Range.Low > sum.low || f.Range.High != published.Unbounded && (sum.unbounded || f.Range.High < sum.high)):
		return say.Errorf("%s is narrower than the parts of the pilots leave it", f.Name())
	case f.Hidden != "" && (byKind || sum.hidden) && (sum.low < 1 || sum.unbounded || sum.high >= int64(s.p.Together.MinCell)):
		return say.Errorf("%s reads as small, and the parts of the pilots leave it more", f.Name())
	}
	return nil
}

// programmePackages holds the packages in a folder against the hashes of those that were used.
func programmePackages(r *Report, dir, packages string) error {
	const name = "packages"
	b, err := regular.ReadFile(filepath.Join(dir, "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // said of the manifest
	}
	if err != nil {
		return err
	}
	if !json.Valid(b) {
		return nil // said of the manifest
	}
	var m struct {
		Earlier []struct{ Path, SHA256 string }
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return say.Errorf("read the manifest: %w", err)
	}
	if packages == "" {
		r.Skip(name, "give the folder of the packages with --packages")
		return nil
	}
	var faults []error
	var same []string
	for _, e := range m.Earlier {
		if !filepath.IsLocal(e.Path) {
			faults = append(faults, say.Errorf("%s lies outside the folder", e.Path))
			continue
		}
		if strings.Contains(e.Path, "/") { // a report of another period, and no package
			continue
		}
		_, sum, err := regular.Hash(filepath.Join(packages, e.Path))
		switch {
		case err != nil:
			faults = append(faults, say.Errorf("%s cannot be read", e.Path))
		case sum != e.SHA256:
			faults = append(faults, say.Errorf("%s is not the package that was used", e.Path))
		default:
			same = append(same, e.Path)
		}
	}
	r.judge(name, faults, "have the hashes of those that were used: %s", strings.Join(same, ", "))
	return nil
}
