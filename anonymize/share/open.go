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
	"path/filepath"
	"slices"

	"filippo.io/age"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/durable"
	"lvv/internal/private"
	"lvv/internal/say"
	"lvv/internal/seal"
	"lvv/transform"
)

// Package is a package that was opened.
type Package struct {
	Index
	Terms   *transform.Terms
	Results *transform.Results // without series and changes, which a package does not hold
	// Document is what the pilot's readers see of Results.
	Document *published.Document
	dir      string // of the tables, under the paths of the index
}

// maxText is far more than an index, terms or figures take.
const maxText = 64 << 20

// Open decrypts a package and lays its tables out in a folder, which must exist and be private. Of what the
// package holds nothing is believed that its index does not name, with its size and hash.
func Open(r io.Reader, dir string, identities ...age.Identity) (*Package, error) {
	plain, err := age.Decrypt(r, identities...)
	if err != nil {
		return nil, say.Errorf("cannot be opened: %w", err)
	}
	archive := tar.NewReader(plain)
	p := &Package{dir: dir}
	index, err := p.next(archive, indexFile, maxText)
	if err != nil {
		return nil, err
	}
	if err := p.parseIndex(index); err != nil {
		return nil, err
	}
	for _, f := range p.Files {
		content, err := p.next(archive, f.Path, f.Size)
		if err != nil {
			return nil, err
		}
		if describe(f.Path, content) != f {
			return nil, errDamaged
		}
		switch f.Path {
		case termsFile:
			p.Terms, err = transform.ParseTerms(termsFile, content)
		case kpisFile:
			p.Results, err = transform.ReadKPIs(bytes.NewReader(content))
		default:
			p.Document, err = published.Read(bytes.NewReader(content))
		}
		if err != nil {
			return nil, say.Errorf("holds %s that this program does not understand: %w", f.Path, err)
		}
	}
	for _, t := range p.Tables {
		if err := p.layOut(archive, t); err != nil {
			return nil, err
		}
	}
	if _, err := archive.Next(); err != io.EOF {
		return nil, errDamaged
	}
	if p.Terms.Pilot != p.Pilot || p.Results.Pilot != p.Pilot || p.Results.Period != p.Period || p.Document.Period != p.Period {
		return nil, errDamaged
	}
	if faults := p.Document.Contradictions(p.Results); len(faults) > 0 {
		return nil, say.Errorf("holds a published document that its figures contradict: %s", faults[0])
	}
	return p, nil
}

var errDamaged = say.Errorf("is damaged: what it holds is not what its index says")

// next reads the next file of the archive, which must have the name and be no larger than the limit.
func (p *Package) next(archive *tar.Reader, name string, limit int64) ([]byte, error) {
	head, err := archive.Next()
	if err != nil {
		return nil, say.Errorf("is no package of this program, or was cut off: %w", err)
	}
	if head.Name != name || head.Typeflag != tar.TypeReg || head.Size > limit || limit > maxText {
		return nil, errDamaged
	}
	b, err := io.ReadAll(archive)
	if err != nil {
		return nil, say.Errorf("was cut off: %w", err)
	}
	return b, nil
}

// parseIndex accepts an index that [Write] may have written, and no other.
func (p *Package) parseIndex(b []byte) error {
	if !seal.Intact(b) || json.Unmarshal(b, &p.Index) != nil {
		return errDamaged
	}
	if p.Schema != schema {
		return say.Errorf("is of the form %q, expected %q: it was made by another version of the program", p.Schema, schema)
	}
	if !slices.EqualFunc(p.Files, textFiles, func(f File, name string) bool { return f.Path == name }) {
		return errDamaged
	}
	var tables []string
	for _, t := range p.Tables {
		if ingest.TableNamed(t.Table) == nil || t.Path != tablePath(t.Table, p.Pilot) || slices.Contains(tables, t.Table) {
			return errDamaged
		}
		tables = append(tables, t.Table)
	}
	return nil
}

// layOut writes a table into the folder.
func (p *Package) layOut(archive *tar.Reader, t Table) (err error) {
	head, err := archive.Next()
	if err != nil {
		return say.Errorf("was cut off: %w", err)
	}
	if head.Name != t.Path || head.Typeflag != tar.TypeReg || head.Size != t.Size {
		return errDamaged
	}
	path := filepath.Join(p.dir, filepath.FromSlash(t.Path))
	if err := private.MkdirAll(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := private.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(f, h), archive); err != nil {
		return say.Errorf("was cut off: %w", err)
	}
	if hex.EncodeToString(h.Sum(nil)) != t.SHA256 {
		return errDamaged
	}
	return nil
}

// Union makes one store of the tables of several packages, which must have been laid out in one folder, in their
// order. Every person gets a new pseudonym under the key, so that the pseudonyms of the packages do not stay.
func Union(ctx context.Context, dir string, packages []*Package, key pseudonym.Key) (ingest.Store, error) {
	z := pseudonym.NewPseudonymizer(key, "", pseudonym.ForProgramme, 0)
	store := ingest.Store{Dir: dir}
	for _, table := range ingest.Contract() {
		for _, p := range packages {
			at := slices.IndexFunc(p.Tables, func(t Table) bool { return t.Table == table.Name })
			if at < 0 {
				continue
			}
			t := p.Tables[at]
			if slices.ContainsFunc(table.StoreFields(), ingest.StoreField.IsPerson) {
				if err := rekey(ctx, filepath.Join(dir, filepath.FromSlash(t.Path)), t, z); err != nil {
					return store, err
				}
			}
			store.Segments = append(store.Segments, ingest.Segment{Table: t.Table, File: filepath.FromSlash(t.Path), FileNo: len(store.Segments), Rows: t.Rows})
		}
	}
	return store, nil
}

// rekey puts new pseudonyms in the place of a table's persons.
func rekey(ctx context.Context, path string, t Table, z *pseudonym.Pseudonymizer) error {
	fresh := path + ".new"
	rows, err := ingest.Repacking{Table: t.Table, Segments: []string{path}, Person: z.ForRecipient}.Write(ctx, fresh)
	if err != nil {
		return err
	}
	if rows != t.Rows {
		return errDamaged
	}
	return durable.Rename(fresh, path)
}
