package share

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/internal/seal"
	"lvv/transform"
)

// Options say what a package is made of.
type Options struct {
	Store   ingest.Store       // read under pseudonyms of purpose programme
	Terms   []byte             // pilot.yaml as it stands
	Results *transform.Results // exact, of the period
	// Document is what readers see of Results, and must be true of them.
	Document *published.Document
	Program  string // version of the program
	// ProgrammeKey is that under which the store's persons are shared; nil where they are the pilot's own.
	ProgrammeKey *pseudonym.Key
	WorkDir      string // an existing private folder
	Recipients   []age.Recipient
}

// Write writes the package. What it writes to the work folder is pseudonymised and stays for the caller to remove.
func Write(ctx context.Context, w io.Writer, o Options) error {
	definitions, err := Definitions()
	if err != nil {
		return err
	}
	x := Index{Schema: schema, Pilot: o.Results.Pilot, Period: o.Results.Period, Program: o.Program, Definitions: definitions}
	if o.ProgrammeKey != nil {
		x.ProgrammeKey = o.ProgrammeKey.Fingerprint()
	}
	var kpis, document bytes.Buffer
	if err := errors.Join(transform.WriteKPIs(&kpis, o.Results), published.Write(&document, o.Document)); err != nil {
		return err
	}
	contents := map[string][]byte{termsFile: o.Terms, kpisFile: kpis.Bytes(), documentFile: document.Bytes()}
	x.Files = lists.Map(textFiles, func(name string) File { return describe(name, contents[name]) })
	if x.Tables, err = pack(ctx, o); err != nil {
		return err
	}
	index, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		return err
	}

	sealed, err := age.Encrypt(w, o.Recipients...)
	if err != nil {
		return say.Errorf("encrypt the package: %w", err)
	}
	archive := tar.NewWriter(sealed)
	at := x.Period.AsOf.Time()
	if err := addFile(archive, indexFile, at, bytes.NewReader(seal.Close(append(index, '\n')))); err != nil {
		return err
	}
	for _, f := range x.Files {
		if err := addFile(archive, f.Path, at, bytes.NewReader(contents[f.Path])); err != nil {
			return err
		}
	}
	for _, t := range x.Tables {
		if err := addPath(archive, filepath.Join(o.WorkDir, t.Table+".parquet"), t.Path, at); err != nil {
			return err
		}
	}
	if err := errors.Join(archive.Close(), sealed.Close()); err != nil {
		return say.Errorf("write the package: %w", err)
	}
	return nil
}

// pack makes one file of every table that was delivered, in the order of the contract.
func pack(ctx context.Context, o Options) ([]Table, error) {
	segments := map[string][]string{}
	for _, s := range o.Store.Segments {
		segments[s.Table] = append(segments[s.Table], filepath.Join(o.Store.Dir, s.File))
	}
	var tables []Table
	for _, t := range ingest.Contract() {
		name, paths := t.Name, segments[t.Name]
		if len(paths) == 0 {
			continue
		}
		to := filepath.Join(o.WorkDir, name+".parquet")
		rows, err := ingest.Repacking{Table: name, Segments: paths, Pilot: o.Results.Pilot}.Write(ctx, to)
		if err != nil {
			return nil, err
		}
		size, sum, err := regular.Hash(to)
		if err != nil {
			return nil, err
		}
		tables = append(tables, Table{name, rows, File{tablePath(name, o.Results.Pilot), size, sum}})
	}
	return tables, nil
}

func describe(name string, content []byte) File {
	sum := sha256.Sum256(content)
	return File{name, int64(len(content)), hex.EncodeToString(sum[:])}
}

func addPath(archive *tar.Writer, from, name string, at time.Time) (err error) {
	f, err := os.Open(from)
	if err != nil {
		return say.Errorf("write the package: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return addFile(archive, name, at, f)
}

func addFile(archive *tar.Writer, name string, at time.Time, from io.ReadSeeker) error {
	size, err := from.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = from.Seek(0, io.SeekStart)
	}
	if err == nil {
		err = archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: at, Format: tar.FormatPAX})
	}
	if err == nil {
		_, err = io.Copy(archive, from)
	}
	if err != nil {
		return say.Errorf("write the package: %w", err)
	}
	return nil
}
