package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lvv/ingest"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// programme is programma.yaml: the pilots of a programme and where their packages lie.
type programme struct {
	Name   string
	Pilots []programmePilot // in order of name
}

type programmePilot struct{ Name, Package string }

// loadProgramme reads programma.yaml. Packages lie as seen from the file.
func loadProgramme(path string) (*programme, error) {
	b, err := regular.ReadFile(path)
	if err != nil {
		return nil, usagef("the programme cannot be read: %w\n  Give the file that lists the pilots and their packages with --config.", err)
	}
	p, line, err := parseProgramme(b)
	if err != nil {
		where := path
		if line > 0 {
			where = fmt.Sprintf("%s:%d", path, line)
		}
		return nil, usagef("%s: %w\n  Expected: programme: NAME, and pilots: a list of {name: PILOT, package: FILE}.", where, err)
	}
	for i := range p.Pilots {
		if !filepath.IsAbs(p.Pilots[i].Package) {
			p.Pilots[i].Package = filepath.Join(filepath.Dir(path), p.Pilots[i].Package)
		}
	}
	slices.SortFunc(p.Pilots, func(a, b programmePilot) int { return strings.Compare(a.Name, b.Name) })
	return p, nil
}

// parseProgramme returns the line of what is wrong, 0 where that is the whole.
func parseProgramme(b []byte) (_ *programme, line int, err error) {
	var root yaml.Node
	if err := yaml.Unmarshal(b, &root); err != nil {
		return nil, 0, errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(root.Content) != 1 || root.Content[0].Kind != yaml.MappingNode {
		return nil, 0, say.Errorf("it holds no settings")
	}
	p := &programme{}
	var list *yaml.Node
	for key, value := range pairs(root.Content[0]) {
		switch {
		case key.Value == "programme" && value.Kind == yaml.ScalarNode && p.Name == "":
			p.Name = strings.TrimSpace(value.Value)
		case key.Value == "pilots" && value.Kind == yaml.SequenceNode && list == nil:
			list = value
		default:
			return nil, key.Line, say.Errorf("%q is not a setting here, stands twice, or has a value of another kind", key.Value)
		}
	}
	if p.Name == "" {
		return nil, 0, say.Errorf("the programme has no name")
	}
	if list == nil || len(list.Content) == 0 {
		return nil, 0, say.Errorf("it lists no pilots")
	}
	for _, item := range list.Content {
		var one programmePilot
		if item.Kind != yaml.MappingNode {
			return nil, item.Line, say.Errorf("this is not a pilot")
		}
		for key, value := range pairs(item) {
			switch {
			case key.Value == "name" && value.Kind == yaml.ScalarNode && one.Name == "":
				one.Name = strings.TrimSpace(value.Value)
			case key.Value == "package" && value.Kind == yaml.ScalarNode && one.Package == "":
				one.Package = value.Value
			default:
				return nil, key.Line, say.Errorf("%q is not a setting here, stands twice, or has a value of another kind", key.Value)
			}
		}
		if one.Name == "" || one.Package == "" {
			return nil, item.Line, say.Errorf("a pilot lacks its name or its package")
		}
		if strings.Contains(one.Name, ingest.QualifiedLocation("", "")) {
			return nil, item.Line, say.Errorf("the name %q holds a colon and a space, which part pilot and location", one.Name)
		}
		for _, other := range p.Pilots {
			if other.Name == one.Name || filepath.Clean(other.Package) == filepath.Clean(one.Package) {
				return nil, item.Line, say.Errorf("%s and %s have the same name or the same package", other.Name, one.Name)
			}
		}
		p.Pilots = append(p.Pilots, one)
	}
	return p, 0, nil
}

// pairs goes over the keys and values of a mapping, in their order.
func pairs(n *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}
