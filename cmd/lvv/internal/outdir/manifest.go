package outdir

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/internal/seal"
)

// ManifestFile lists the files of an output folder. It is written last and removed last.
const ManifestFile = "manifest.json"

// Schema is what a manifest calls its own form.
const Schema = "lvv-manifest/1"

// Manifest is what this package asks of a manifest: whose output it is, and which files it has.
type Manifest struct {
	Schema string `json:"schema"`
	Pilot  string `json:"pilot"`
	Final  bool   `json:"final"` // it was handed out
	Key    struct {
		Fingerprint string `json:"fingerprint"`
	} `json:"key"`
	Outputs []Output `json:"outputs"`
}

// Output describes one written file.
type Output struct {
	Path   string `json:"path"` // below the output folder, with forward slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// maxManifest is far more than a manifest takes.
const maxManifest = 16 << 20

// ReadManifest reads the manifest of an output folder: what it says, and its text. It refuses what
// this program does not write: a link, a broken seal, a path that is not one of an output. The error is
// fs.ErrNotExist where there is no manifest.
func ReadManifest(dir string) (*Manifest, []byte, error) {
	name := filepath.Join(dir, ManifestFile)
	refuse := func(why error) (*Manifest, []byte, error) {
		return nil, nil, say.Errorf("%s %w\n  Leave out that folder, or restore it from a copy.", name, why)
	}
	info, err := os.Lstat(name)
	if err != nil {
		return nil, nil, say.Errorf("read manifest: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxManifest {
		return refuse(say.Errorf("is not a manifest of this program"))
	}
	b, err := regular.ReadFile(name)
	if err != nil {
		return nil, nil, say.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil || m.Schema != Schema {
		return refuse(say.Errorf("is not a manifest of this program (%s)", Schema))
	}
	if !seal.Intact(b) {
		return refuse(say.Errorf("was changed since it was written"))
	}
	seen := map[string]bool{}
	for _, o := range m.Outputs {
		if Part(o.Path) == "" || seen[o.Path] {
			return refuse(say.Errorf("lists files that no run writes"))
		}
		seen[o.Path] = true
	}
	return &m, b, nil
}

// The parts of an output: each is a folder for readers of its own.
const (
	PartReport    = "stuurgroep"
	PartCouncil   = "programmaraad"
	PartAMIF      = "amif"
	PartEvaluator = "evaluator"
	PartSteward   = "beheer"
	PartAnswer    = "antwoord"
)

// Part returns the part of the output to which a file belongs, by its path with forward slashes; "" for
// what belongs to none. A sealed delivery lies beside the folders.
func Part(file string) string {
	if file != path.Clean(file) || !filepath.IsLocal(filepath.FromSlash(file)) || strings.ContainsAny(file, "\\\x00") {
		return ""
	}
	part, _, below := strings.Cut(file, "/")
	switch {
	case below && slices.Contains([]string{PartReport, PartCouncil, PartAMIF, PartEvaluator, PartSteward, PartAnswer}, part):
		return part
	case !below && strings.HasPrefix(file, PartEvaluator+"-") && strings.HasSuffix(file, ".tar.age"):
		return PartEvaluator
	}
	return ""
}

// difference is how a folder differs from what its manifest says.
type difference struct {
	foreign []string // in the folder and not in the manifest; a folder ends in a slash
	changed []string // other bytes than were written
	missing []string
}

func (d *difference) none() bool { return len(d.foreign)+len(d.changed)+len(d.missing) == 0 }

// compare looks at every file below dir. It follows no link.
func compare(dir string, outputs []Output) (d difference, err error) {
	listed := map[string]Output{ManifestFile: {}}
	for _, o := range outputs {
		listed[o.Path] = o
	}
	folders := foldersOf(outputs)
	found := map[string]bool{}
	err = filepath.WalkDir(dir, func(full string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, full)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		o, ours := listed[rel]
		switch {
		case e.IsDir() && !folders[rel] && rel != ".":
			d.foreign = append(d.foreign, rel+"/")
			return fs.SkipDir
		case e.IsDir():
			return nil
		case !ours || !e.Type().IsRegular():
			d.foreign = append(d.foreign, rel)
			return nil
		}
		found[rel] = true
		if rel == ManifestFile {
			return nil
		}
		if now, err := Describe(dir, rel); err != nil {
			return err
		} else if now != o {
			d.changed = append(d.changed, rel)
		}
		return nil
	})
	for _, o := range outputs {
		if !found[o.Path] {
			d.missing = append(d.missing, o.Path)
		}
	}
	return d, err
}

// foldersOf are the folders of an output in which its files lie.
func foldersOf(outputs []Output) map[string]bool {
	folders := map[string]bool{}
	for _, o := range outputs {
		for p := path.Dir(o.Path); p != "."; p = path.Dir(p) {
			folders[p] = true
		}
	}
	return folders
}

// Remove removes an output folder: the files that its manifest lists and that are as they were written,
// the folders that are empty then, and at last the manifest. It returns what is left, with forward slashes;
// where something is, the manifest stays too. No link is followed and nothing outside dir is touched. A dry
// removal only says what it would leave.
func Remove(dir string, dry bool) (left []string, err error) {
	m, _, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	d, err := compare(dir, m.Outputs)
	if err != nil {
		return nil, err
	}
	left = slices.Concat(d.foreign, d.changed)
	slices.Sort(left)
	if dry {
		return left, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	for _, o := range m.Outputs {
		if slices.Contains(left, o.Path) || slices.Contains(d.missing, o.Path) {
			continue
		}
		if err := root.Remove(filepath.FromSlash(o.Path)); err != nil {
			return left, err
		}
	}
	for _, p := range slices.Backward(slices.Sorted(maps.Keys(foldersOf(m.Outputs)))) { // the deepest first
		_ = root.Remove(filepath.FromSlash(p)) // which fails, as it should, where something is in it
	}
	if len(left) > 0 {
		return left, nil
	}
	// Windows removes no folder that is open.
	if err := errors.Join(root.Remove(ManifestFile), root.Close()); err != nil {
		return nil, err
	}
	return nil, os.Remove(dir)
}

// gone reports whether an error says that there is no such file.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) }
