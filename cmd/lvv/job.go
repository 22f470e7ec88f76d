package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"lvv/anonymize/pseudonym"
	"lvv/cmd/lvv/internal/memory"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/say"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/engine"
)

// delivery is a set of exports that has been read: under which terms, with which key, into which
// store. It is what run and check have in common.
type delivery struct {
	src     *source
	exports string   // the folder that is read
	texts   []string // that others will read
	terms   *transform.Terms
	raw     []byte // pilot.yaml as it stands
	key     pseudonym.Key
	shares  bool           // for the programme, not for a report
	common  *pseudonym.Key // the programme's, or nil
	work    *outdir.WorkDir
	store   string // for this run alone
	read    *ingest.Result
	engine  engine.Engine
}

// open finds terms and key, and makes the private work folder. The samples bring their own.
func (s *source) open(a *app, key func() (pseudonym.Key, error)) (_ *delivery, err error) {
	if err := memory.Fit(s.exports, s.threads, s.memory); err != nil {
		return nil, err
	}
	s.warnOfCloud()
	d := &delivery{src: s, exports: s.exports}
	if !s.isSamples() {
		if d.key, err = key(); err != nil {
			return nil, err
		}
		if err := d.loadTerms(s.config); err != nil {
			return nil, err
		}
	}
	if d.work, err = outdir.NewWorkDir(); err != nil {
		return nil, err
	}
	a.leftovers.add(func() { _ = d.work.Close() })
	if err := d.work.Divert(); err != nil {
		return nil, errors.Join(err, d.work.Close())
	}
	defer func() {
		if err != nil {
			d.close()
		}
	}()
	if s.isSamples() {
		if err := d.useSamples(); err != nil {
			return nil, err
		}
	}
	d.store, err = d.work.Sub("store")
	return d, err
}

func (d *delivery) loadTerms(path string) (err error) {
	if d.raw, err = transform.ReadTerms(path); err == nil {
		d.terms, err = transform.ParseTerms(path, d.raw)
	}
	if err != nil {
		return &usageError{err}
	}
	for _, l := range d.terms.Lowered() {
		d.src.warn(say.Errorf("disclosure.%s is %d, below the usual %d: persons may be recognised in what is delivered, and the outputs say so\n"+
			"  Leave %[1]s out of %[4]s for the usual protection.", l.Name, l.Value, l.Default, path))
	}
	return nil
}

// useSamples lays the embedded samples out in the work folder and reads them from there.
func (d *delivery) useSamples() error {
	dir, err := d.work.Sub("samples")
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, samples.FS()); err != nil {
		return say.Errorf("lay out the samples: %w", err)
	}
	d.exports = filepath.Join(dir, samples.Exports)
	d.key = samples.Key()
	return d.loadTerms(filepath.Join(dir, samples.Terms))
}

// readExports reads the exports into the store and opens the engine on it.
func (d *delivery) readExports(ctx context.Context, p *progress) (err error) {
	for _, warning := range d.src.warnings[d.src.warned:] {
		p.say(warning)
	}
	d.src.warned = len(d.src.warnings)
	p.begin("reading the exports")
	d.read, err = ingest.Read(ctx, ingest.Options{
		Dir: d.exports, Settings: d.terms.Reading, StoreDir: d.store, Workers: d.src.threads,
		Pseudonyms: d.pseudonyms(),
		Known:      d.terms.Words(), Texts: d.texts,
		Progress: p.at,
	})
	if err != nil {
		return err
	}
	return d.openEngine(ctx)
}

// pseudonyms are those under which the exports are read.
func (d *delivery) pseudonyms() *pseudonym.Pseudonymizer {
	if !d.shares {
		return pseudonym.NewPseudonymizer(d.key, d.terms.Pilot, pseudonym.ForStore, d.terms.Epoch)
	}
	z := pseudonym.NewPseudonymizer(d.key, d.terms.Pilot, pseudonym.ForProgramme, d.terms.Epoch)
	if d.common != nil {
		z = z.SharedPersons(*d.common)
	}
	return z
}

// close frees the engine and removes the work folder with the store.
func (d *delivery) close() {
	if d.engine != nil {
		d.engine.Close()
	}
	if d.work != nil {
		d.work.Close()
	}
}

// text is a file's content that is at hand.
func text(b []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(b); return err }
}
