package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/internal/seal"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// version is set by the linker.
var version = "unknown"

// shownVersion is the version that is shown: of a build without one, what Go knows of its source.
func shownVersion() string {
	if version != "unknown" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "unreleased"
}

// manifest says from what an output was made, so that it can be made again and verified. It holds
// no time of day: the same inputs give the same bytes.
type manifest struct {
	Schema  string           `json:"schema"`
	Seal    string           `json:"seal"` // see package seal
	Program programVersions  `json:"program"`
	Pilot   string           `json:"pilot"`
	Period  transform.Period `json:"period"`
	Final   bool             `json:"final"`   // it was handed out
	Created string           `json:"created"` // SOURCE_DATE_EPOCH, else the reference date
	Key     manifestKey      `json:"key"`
	Options manifestOptions  `json:"options"`
	Terms   fileHash         `json:"terms"`
	// Lowered are the terms that protect less than they do by default.
	Lowered []transform.Lowered `json:"below_default"`
	Inputs  []ingest.Input      `json:"inputs"`
	// Earlier are the manifests of earlier outputs that this one builds on, and the AMIF accounts
	// whose participants it does not claim again.
	Earlier   []fileHash               `json:"earlier"`
	Theme     *fileHash                `json:"theme,omitempty"` // of --theme
	Notes     *fileHash                `json:"notes,omitempty"` // of --notes
	Models    []fileHash               `json:"models"`          // the SQL and the catalogue
	Rows      map[string]ingest.Counts `json:"rows"`            // by canonical table: read and accepted
	Delivered delivered                `json:"delivered"`       // what became of them
	Outputs   []outdir.Output          `json:"outputs"`
}

type programVersions struct {
	Version string            `json:"version"`
	Go      string            `json:"go"`
	Engine  string            `json:"engine"` // with its own version
	Modules map[string]string `json:"modules"`
}

// delivered counts what left of the rows that were accepted; a part that was not asked for is absent.
type delivered struct {
	Evaluator *evaluatorCounts `json:"evaluator,omitempty"`
	AMIF      *amifCounts      `json:"amif,omitempty"`
}

type evaluatorCounts struct {
	Persons             int `json:"persons"`
	PersonsLeftOut      int `json:"persons_left_out"`
	Trajectories        int `json:"trajectories"`
	TrajectoriesLeftOut int `json:"trajectories_left_out"`
	Courses             int `json:"courses"`
	CoursesLeftOut      int `json:"courses_left_out"`
}

type amifCounts struct {
	Participants   int `json:"participants"`
	ClaimedEarlier int `json:"claimed_earlier"`
	Trajectories   int `json:"trajectories"` // of the participants
}

type manifestKey struct {
	Fingerprint string `json:"fingerprint"`
	Epoch       int    `json:"epoch"`
}

type manifestOptions struct {
	Language   string   `json:"language"`
	Only       []string `json:"only"`
	Recipients []string `json:"recipients"`
}

type fileHash struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// newManifest says what every manifest does: of which program and engine, and from which models.
func newManifest(ctx context.Context, e engine.Engine, p transform.Period) (*manifest, error) {
	release, err := e.Version(ctx)
	if err != nil {
		return nil, err
	}
	m := &manifest{Schema: outdir.Schema, Program: versions(release), Period: p}
	if m.Created, err = created(p.AsOf); err != nil {
		return nil, err
	}
	if m.Models, err = hashTree(sql.Files()); err != nil {
		return nil, say.Errorf("hash the models: %w", err)
	}
	return m, nil
}

// commit puts an output in its place, with the list of its files and under a seal.
func (m *manifest) commit(s *outdir.Staging) error {
	return s.Commit(func(out []outdir.Output) ([]byte, error) {
		m.Outputs = out
		b, err := indented(m)
		if err != nil {
			return nil, err
		}
		return seal.Close(b), nil
	})
}

// versions reads the versions of the program and its modules from the binary itself; the engine
// names its own.
func versions(release string) programVersions {
	v := programVersions{Version: version, Engine: release, Modules: map[string]string{}}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Go = info.GoVersion
	for _, m := range info.Deps {
		if !ofOneSystem(m.Path) {
			v.Modules[m.Path] = m.Version
		}
	}
	return v
}

// ofOneSystem reports whether a module is only in the program for one kind of system: it is not named, since the
// same inputs give the same manifest everywhere.
func ofOneSystem(module string) bool {
	switch module {
	case "github.com/inconshreveable/mousetrap", "github.com/mattn/go-isatty", "github.com/ncruces/go-strftime": // Windows
		return true
	}
	return strings.HasPrefix(module, "github.com/duckdb/duckdb-go-bindings/lib/")
}

// created is the time that files carry: SOURCE_DATE_EPOCH where it is set, else midnight of the
// reference date.
func created(asOf day.Day) (string, error) {
	const layout = "2006-01-02T15:04:05Z"
	text, ok := os.LookupEnv("SOURCE_DATE_EPOCH")
	if !ok || text == "" {
		return asOf.Time().Format(layout), nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 1<<40 {
		return "", usagef("SOURCE_DATE_EPOCH=%s is not a number of seconds\n  Unset it, or give seconds since 1970.", text)
	}
	return time.Unix(n, 0).UTC().Format(layout), nil
}

func hashOf(path string, b []byte) fileHash {
	sum := sha256.Sum256(b)
	return fileHash{Path: path, SHA256: hex.EncodeToString(sum[:])}
}

// hashTree hashes every file of an embedded tree, by path.
func hashTree(tree fs.FS) ([]fileHash, error) {
	var out []fileHash
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		out = append(out, hashOf(path, b))
		return nil
	})
	return out, err
}

func tableRows(r *ingest.Result) map[string]ingest.Counts {
	out := map[string]ingest.Counts{}
	for _, t := range r.Tables {
		if t.Delivered {
			out[t.Table] = t.Counts
		}
	}
	return out
}

// indented is the one way that JSON for people and programs is written.
func indented(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	return append(b, '\n'), err
}

// writeJSON writes a value as [indented] does.
func writeJSON(w io.Writer, v any) error {
	b, err := indented(v)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// orEmpty makes an absent list an empty one, so that JSON says [] and not null.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
