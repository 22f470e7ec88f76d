package outdir

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lvv/internal/durable"
	"lvv/internal/private"
	"lvv/internal/say"
)

// Commit writes manifest.json last and puts the folder in its place with one rename. manifest gets
// the list of all other outputs. After Commit, Discard does nothing.
func (s *Staging) Commit(manifest func([]Output) ([]byte, error)) error {
	b, err := manifest(s.Outputs())
	if err != nil {
		return say.Errorf("write manifest: %w", err)
	}
	if err := s.Write(ManifestFile, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		return err
	}
	s.observe("unmark")
	if err := os.Remove(filepath.Join(s.dir, stagingMark)); err != nil {
		return say.Errorf("put the output in its place: %w", err)
	}
	s.observe("sync folders")
	if err := durable.SyncFolders(s.dir); err != nil {
		return err
	}
	s.observe("open to readers")
	if err := private.Share(s.dir); err != nil {
		return say.Errorf("open the output folder to its readers: %w", err)
	}
	// Much may have happened to it since the run began.
	if err := s.claim.mayReplace(s.target); err != nil {
		return err
	}
	if err := s.place(); err != nil {
		return say.Errorf("put the output in its place: %w", err)
	}
	s.observe("sync parent")
	if err := durable.SyncFolder(filepath.Dir(s.target)); err != nil {
		return say.Errorf("put the output in its place: %w", err)
	}
	return s.parent.Close()
}

// place puts the output in its place and removes what stood there, both or neither where the run is ended.
func (s *Staging) place() error {
	s.ending.Lock()
	defer s.ending.Unlock()
	if s.done {
		return fs.ErrClosed
	}
	old, err := s.exchange()
	if err != nil {
		return err
	}
	s.done = true
	s.removeOld(old)
	return nil
}

// exchange moves the staging folder to the target, and returns where it put what stood there; "" for nothing.
func (s *Staging) exchange() (old string, err error) {
	s.observe("place")
	if _, err := os.Lstat(s.target); gone(err) {
		return "", durable.Rename(s.dir, s.target)
	}
	if err := s.swap(s.dir, s.target); err == nil {
		return s.dir, nil
	} else if !errors.Is(err, errors.ErrUnsupported) {
		return "", err
	}
	// No atomic exchange on this file system: recover puts the old output back if the run dies
	// between the two renames.
	old = filepath.Join(filepath.Dir(s.target), "."+filepath.Base(s.target)+oldSuffix)
	s.observe("move the previous output aside")
	if err := durable.Rename(s.target, old); err != nil {
		return "", err
	}
	s.observe("move the new output in")
	if err := durable.Rename(s.dir, s.target); err != nil {
		return "", errors.Join(err, durable.Rename(old, s.target))
	}
	return old, nil
}

// removeOld removes the previous output. The new one stands in its place already: what goes wrong is told.
func (s *Staging) removeOld(old string) {
	if old == "" {
		return
	}
	s.observe("remove the previous output")
	left, err := Remove(old, false)
	switch {
	case err != nil:
		s.notices = append(s.notices, say.Errorf("the new output is in its place, but the previous one could not be removed: %v\n  Remove %s.", err, old))
	case len(left) > 0:
		s.notices = append(s.notices, say.Errorf("the new output is in its place; of the previous one there is left what no run wrote: %s\n  Look at it in %s, and move it.", enumerate(left), old))
	}
}
