package outdir

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// Claim is what a run says of the output that it is about to write. A folder is only replaced where its
// manifest names the same pilot and key, it holds exactly the files that the manifest lists, nothing that
// the run reads lies in it, and the run writes every part that it has; what was handed out, only where the run says so.
type Claim struct {
	Pilot string
	Key   string   // its fingerprint
	Parts []string // that the run writes
	Reads []string // files and folders of which the run needs that they stay
	// Replace says that an output that was handed out may be replaced.
	Replace bool
}

// ClaimError says that outputs of the same pilot were made with another key, or that the one that stands there was
// handed out.
type ClaimError struct{ say.Speaker }

// strangers refuses to write beside outputs of the same pilot that were made with another key.
func (c *Claim) strangers(parent string) error {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return say.Errorf("read output folder: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(parent, e.Name())
		m, _, err := ReadManifest(path)
		if err == nil && m.Pilot == c.Pilot && m.Key.Fingerprint != c.Key {
			return &ClaimError{say.Errorf("%s was made with key %s; this run has key %s: nobody could be followed from one to the other\n"+
				"  Give the key of the earlier outputs with --key. Where it was replaced on purpose, give another folder with --out.", path, m.Key.Fingerprint, c.Key)}
		}
	}
	return nil
}

// mayReplace refuses to write where something stands that no run wrote, or that this run would not write again.
func (c *Claim) mayReplace(target string) error {
	for _, path := range c.Reads {
		if Within(path, target) {
			return say.Errorf("%s lies in %s, which this run would replace\n  Move it to another place, or give another folder with --out.", path, target)
		}
	}
	info, err := os.Lstat(target)
	if gone(err) {
		return nil
	}
	if err != nil {
		return say.Errorf("examine the output folder: %w", err)
	}
	inTheWay := func(why error) error {
		return say.Errorf("%s is in the way: %w\n  Move it to another place, or give another folder with --out.", target, why)
	}
	if !info.IsDir() {
		return inTheWay(say.Errorf("it is not a folder"))
	}
	m, _, err := ReadManifest(target)
	switch {
	case gone(err):
		return inTheWay(say.Errorf("it holds no %s, so no run wrote it", ManifestFile))
	case err != nil:
		return inTheWay(withoutRemedy{err})
	case m.Pilot != c.Pilot:
		return inTheWay(say.Errorf("it is of pilot %q, this run of pilot %q", m.Pilot, c.Pilot))
	}
	if m.Final && !c.Replace {
		return &ClaimError{say.Errorf("%s is final: it was handed out\n"+
			"  To renew it, add --replace: what was handed out then stays in it and counts as an earlier report. To only look, give another folder with --out.", target)}
	}
	d, err := compare(target, m.Outputs)
	if err != nil {
		return say.Errorf("examine the output folder: %w", err)
	}
	for _, found := range []struct {
		names []string
		why   error
	}{
		{d.foreign, say.Errorf("no run wrote %w", enumerate(d.foreign))},
		{d.changed, say.Errorf("somebody has changed %w", enumerate(d.changed))},
		{d.missing, say.Errorf("somebody has taken away %w", enumerate(d.missing))},
	} {
		if len(found.names) > 0 {
			return inTheWay(found.why)
		}
	}
	var lost []string
	for _, o := range m.Outputs {
		if part := Part(o.Path); !slices.Contains(c.Parts, part) && !slices.Contains(lost, part) {
			lost = append(lost, part)
		}
	}
	if len(lost) > 0 {
		return say.Errorf("%s holds %s, which this run does not write and would remove\n"+
			"  Leave out --only, move the folder to another place, or give another folder with --out.", target, enumerate(lost))
	}
	return nil
}

// enumerate names the first few.
func enumerate(names []string) error {
	const few = 3
	shown := lists.Map(names[:min(len(names), few)], Shown)
	text := strings.Join(shown, ", ")
	if len(names) > few {
		return say.Errorf("%s and %d more", text, len(names)-few)
	}
	return say.Errorf("%s", text)
}

// withoutRemedy is an error without its way out, which is another here.
type withoutRemedy struct{ error }

func (e withoutRemedy) Error() string { return e.In(say.English) }

// In is the first line of the error in a language.
func (e withoutRemedy) In(lang say.Lang) string {
	why, _, _ := strings.Cut(say.In(lang, e.error), "\n")
	return why
}

// Shown is the name of a file that others may have named: where it holds what is not printed, quoted.
func Shown(name string) string {
	if strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		return strconv.Quote(name)
	}
	return name
}

// Within reports whether a path is a folder or lies in it, wherever their names lead through links.
func Within(path, folder string) bool {
	rel, err := filepath.Rel(resolve(folder), resolve(path))
	return err == nil && filepath.IsLocal(rel)
}

// resolve follows the links in as much of the path as there is.
func resolve(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	rest := ""
	for {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Join(target, rest)
		}
		parent := filepath.Dir(path)
		if parent == path {
			return filepath.Join(path, rest)
		}
		path, rest = parent, filepath.Join(filepath.Base(path), rest)
	}
}
