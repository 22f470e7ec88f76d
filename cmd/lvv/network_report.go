package main

import (
	"bytes"
	"io"
	"maps"
	"path"
	"slices"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/reports/content"
	"lvv/reports/excel"
	"lvv/reports/html"
	"lvv/sql"
	"lvv/transform"
)

// councilFile is the path of a file of the programme council.
func councilFile(p transform.Period, extension string) string {
	return path.Join(outdir.PartCouncil, outdir.PartCouncil+"-"+p.Label+extension)
}

// readOthers reads what the same folder holds of the programme's other periods: whoever has this report has those.
func (n *networkJob) readOthers() error {
	paths, err := regular.Glob(n.flags.out, "[^.]*/"+outdir.PartCouncil+"/"+outdir.PartCouncil+"-*.json")
	if err != nil {
		return say.Errorf("look for earlier reports: %w", err)
	}
	for _, path := range paths {
		b, err := regular.ReadFile(path)
		if err != nil {
			return say.Errorf("look for earlier reports: %w", err)
		}
		p, err := published.ReadProgramme(bytes.NewReader(b))
		if err != nil {
			return say.Errorf("%s: %w\n  It stands where the report of another period would. Move it, or restore it.", path, err)
		}
		if p.Name == n.programme.Name && p.Period.Label != n.period.Label {
			n.others = append(n.others, p)
			n.inputs = append(n.inputs, hashOf(p.Period.Label+"/"+councilFile(p.Period, ".json"), b))
		}
	}
	return nil
}

// recognise says of each pilot whether persons in it are recognised in another that is used.
func (n *networkJob) recognise() {
	pilots := map[string]int{}
	for _, p := range n.opened {
		pilots[p.ProgrammeKey]++
	}
	for i := range n.states {
		for _, p := range n.opened {
			if s := &n.states[i]; p.Pilot == s.Pilot && s.State == published.PackageUsed {
				s.Recognised = p.ProgrammeKey != "" && pilots[p.ProgrammeKey] > 1
			}
		}
	}
}

// report decides what the programme council sees, and draws it.
func (n *networkJob) report(staging *outdir.Staging, together []transform.Joint) error {
	n.progress.begin("writing the report")
	cat, err := sql.Load()
	if err != nil {
		return err
	}
	var members []disclose.Member
	for _, p := range n.opened {
		members = append(members, disclose.Member{Document: p.Document.ForProgramme(n.flags.lang), Exact: p.Results})
	}
	d := disclose.Programme(n.programme.Name, cat, members, together, n.others...)
	d.Packages = n.states
	d.Together.Lang, d.Together.Version, d.Together.Definitions = n.flags.lang, version, published.DefinitionsOf(cat, n.flags.lang)
	var b bytes.Buffer
	if err := published.WriteProgramme(&b, d); err != nil {
		return err
	}
	document := b.Bytes()
	if d, err = published.ReadProgramme(bytes.NewReader(document)); err != nil {
		return err
	}
	files, err := drawProgramme(d)
	if err != nil {
		return err
	}
	files[path.Base(councilFile(n.period, ".json"))] = document
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := staging.Write(path.Join(outdir.PartCouncil, name), text(files[name])); err != nil {
			return err
		}
	}
	return nil
}

// drawProgramme draws everything that is drawn from a programme's document, by the name of the file.
func drawProgramme(d *published.Programme) (map[string][]byte, error) {
	report := content.OfProgramme(d)
	return filled(map[string]func(io.Writer) error{
		path.Base(councilFile(d.Period, ".html")): func(w io.Writer) error { return html.Write(w, report) },
		path.Base(councilFile(d.Period, ".xlsx")): func(w io.Writer) error { return excel.Write(w, report) },
	})
}
