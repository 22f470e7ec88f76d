package main

import (
	"path/filepath"
	"slices"
	"strings"

	"lvv/ingest"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/internal/settings"
)

// programme is programma.yaml: the pilots of a programme and where their packages lie.
type programme struct {
	Name   string
	Pilots []programmePilot // in order of name
}

type programmePilot struct{ Name, Package string }

// loadProgramme reads programma.yaml. Packages lie as seen from the file.
func loadProgramme(path string) (*programme, error) {
	text, err := regular.ReadFile(path)
	if err != nil {
		return nil, usagef("the programme cannot be read: %w\n  Give the file that lists the pilots and their packages with --config.", err)
	}
	p, err := parseProgramme(path, text)
	if err != nil {
		return nil, usagef("%w\n  Expected: programme: NAME, and pilots: a list of {name: PILOT, package: FILE}.", err)
	}
	for i := range p.Pilots {
		if !filepath.IsAbs(p.Pilots[i].Package) {
			p.Pilots[i].Package = filepath.Join(filepath.Dir(path), p.Pilots[i].Package)
		}
	}
	slices.SortFunc(p.Pilots, func(a, b programmePilot) int { return strings.Compare(a.Name, b.Name) })
	return p, nil
}

func parseProgramme(path string, text []byte) (*programme, error) {
	root, err := settings.Parse(path, text)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, say.Errorf("%s: it holds no settings", path)
	}
	r := &settings.Reader{File: path}
	s := r.Settings(root, "", "programme", "pilots")
	p := &programme{Name: r.Text(s.Required("programme"))}
	list := s.Required("pilots")
	if list != nil && (list.Kind != settings.List || len(list.Items) == 0) {
		r.Faultf(list.Line, "it lists no pilots")
		list = nil
	}
	if list != nil {
		for _, item := range list.Items {
			s := r.Settings(item, "pilots.", "name", "package")
			one := programmePilot{r.Text(s.Required("name")), r.Text(s.Required("package"))}
			if strings.Contains(one.Name, ingest.QualifiedLocation("", "")) {
				r.Faultf(item.Line, "the name %q holds a colon and a space, which part pilot and location", one.Name)
			}
			for _, other := range p.Pilots {
				if other.Name == one.Name || filepath.Clean(other.Package) == filepath.Clean(one.Package) {
					r.Faultf(item.Line, "%s and %s have the same name or the same package", other.Name, one.Name)
				}
			}
			p.Pilots = append(p.Pilots, one)
		}
	}
	return p, r.Err()
}
