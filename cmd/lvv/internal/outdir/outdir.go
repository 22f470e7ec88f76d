// Package outdir writes a run's output all or nothing: into a staging folder beside the target,
// fsynced, the manifest last, then one rename. A run that fails or is killed at any moment leaves
// the previous output whole and nothing of its own; what a killed run left behind, the next clears.
// It replaces and removes what runs wrote, as their manifests list it, and nothing else.
package outdir

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"lvv/internal/durable"
	"lvv/internal/lock"
	"lvv/internal/private"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// stagingSuffix and oldSuffix mark folders that are not output: one in the making, and one that a
// file system without an atomic exchange moves aside for an instant.
const (
	stagingSuffix = ".lvv-new"
	oldSuffix     = ".lvv-old"
)

// stagingMark is a file that stands in a staging folder until its manifest does: all that is in such a
// folder is of a run.
const stagingMark = ".lvv-staging"

// Staging is an output folder in the making. It is not safe for concurrent use, but for Discard, which may be
// called while another goroutine is at work.
type Staging struct {
	ending  sync.Mutex
	parent  *lock.Folder // locked while the run is at work
	claim   Claim
	target  string
	dir     string
	outputs []Output
	made    bool // parent was not there before
	done    bool // placed or discarded; ending guards it
	notices []error
	observe Observer
	swap    func(a, b string) error // exchange; tests try file systems without it
}

// Observer is told of every change to the file system before it is made. Tests end a run there.
type Observer func(op string)

// ErrBusy means that another run is writing below the same folder.
var ErrBusy = say.Errorf("another run is writing there")

// New prepares the folder parent/name. It makes parent where it is missing, takes its lock, clears what
// an earlier killed run left, and refuses to begin where the output may not stand: see [Claim]. The error
// says what to do. observe may be nil.
func New(parent, name string, claim Claim, observe Observer) (*Staging, error) {
	if observe == nil {
		observe = func(string) {}
	}
	_, err := os.Lstat(parent)
	made := gone(err)
	observe("make " + filepath.Base(parent))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, say.Errorf("make output folder: %w\n  Give a folder that you may write with --out.", err)
	}
	f, err := Lock(parent)
	if err != nil {
		return nil, err
	}
	s := &Staging{
		parent: f, claim: claim, target: filepath.Join(parent, name), dir: filepath.Join(parent, "."+name+stagingSuffix),
		made: made, observe: observe, swap: durable.Exchange,
	}
	ready := false
	defer func() {
		if !ready {
			_ = s.release()
		}
	}()
	if err := s.begin(); err != nil {
		return nil, err
	}
	ready = true
	return s, nil
}

// Lock opens a folder of outputs and takes its lock; closing it lets go.
func Lock(dir string) (*lock.Folder, error) {
	f, err := lock.Take(dir)
	if errors.Is(err, lock.ErrHeld) {
		return nil, say.Errorf("%s: %w\n  Wait until it has ended, or give another folder with --out.", dir, ErrBusy)
	}
	if err != nil {
		return nil, say.Errorf("lock output folder: %w", err)
	}
	return f, nil
}

// begin makes the staging folder where the output may stand.
func (s *Staging) begin() error {
	if err := s.recover(); err != nil {
		return err
	}
	if err := s.claim.strangers(filepath.Dir(s.target)); err != nil {
		return err
	}
	if err := s.claim.mayReplace(s.target); err != nil {
		return err
	}
	switch file, err := durable.InUse(s.target); {
	case err != nil:
		return say.Errorf("examine the output folder: %w", err)
	case file != "":
		return say.Errorf("%s is open in another program, such as Excel\n  Close it there, and begin again.", file)
	}
	s.observe("stage")
	err := private.MkdirClosed(s.dir)
	if errors.Is(err, fs.ErrExist) {
		return say.Errorf("%s is in the way, and no run made what is in it\n  Move it to another place, or give another folder with --out.", s.dir)
	}
	if err != nil {
		return say.Errorf("make output folder: %w\n  Give a folder that you may write with --out.", err)
	}
	s.observe("mark")
	if err := os.WriteFile(filepath.Join(s.dir, stagingMark), nil, 0o600); err != nil {
		return errors.Join(say.Errorf("make output folder: %w", err), os.Remove(s.dir))
	}
	return nil
}

// recover clears what killed runs left below the parent, and puts an old output back that was
// moved aside by a run that died before it could put the new one in its place.
func (s *Staging) recover() error {
	parent := filepath.Dir(s.target)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return say.Errorf("read output folder: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(parent, e.Name())
		if name, isOld := strings.CutSuffix(e.Name()[1:], oldSuffix); isOld {
			if m, _, err := ReadManifest(path); err != nil {
				continue // no output
			} else if d, err := compare(path, m.Outputs); err != nil || !d.none() {
				continue // not as a run would have left it
			}
			target := filepath.Join(parent, name)
			if _, err := os.Lstat(target); gone(err) {
				s.observe("put back")
				if err := durable.Rename(path, target); err != nil {
					return say.Errorf("put back the previous output: %w", err)
				}
				s.notices = append(s.notices, say.Errorf("a run ended while it put its output in the place of %s: what stood there before was put back", target))
				continue
			}
		} else if !strings.HasSuffix(e.Name(), stagingSuffix) {
			continue
		}
		s.observe("clear")
		if err := sweep(path); err != nil {
			return say.Errorf("clear what an earlier run left: %w", err)
		}
	}
	return nil
}

// sweep removes a staging folder, or what is left of an output that another took the place of. What no
// run made is left.
func sweep(path string) error {
	if info, err := os.Lstat(filepath.Join(path, stagingMark)); err == nil && info.Mode().IsRegular() {
		return removeMarked(path, stagingMark, os.RemoveAll)
	}
	if _, _, err := ReadManifest(path); err == nil {
		_, err := Remove(path, false)
		return err
	}
	_ = os.Remove(path) // which fails, as it should, where something is in it
	return nil
}

// Dir is the staging folder.
func (s *Staging) Dir() string { return s.dir }

// Target is where the output will appear.
func (s *Staging) Target() string { return s.target }

// Notices returns a line for each thing that went wrong after the output was in its place.
func (s *Staging) Notices() []error { return slices.Clone(s.notices) }

// Outputs lists the files written so far, by path.
func (s *Staging) Outputs() []Output { return slices.Clone(s.outputs) }

// Write creates the file at path (relative, forward slashes) and lets fill write it. It is fsynced
// and hashed as it is written.
func (s *Staging) Write(path string, fill func(io.Writer) error) error {
	s.observe("create " + path)
	f, err := s.create(path)
	if err != nil {
		return say.Errorf("write %s: %w", path, err)
	}
	h := &hashing{w: f, h: sha256.New(), observe: s.observe}
	err = fill(h)
	if err == nil {
		s.observe("sync " + path)
		err = f.Sync()
	}
	if err = cmp.Or(err, f.Close()); err != nil {
		return say.Errorf("write %s: %w", path, err)
	}
	s.add(Output{Path: path, Size: h.n, SHA256: hex.EncodeToString(h.h.Sum(nil))})
	return nil
}

// create makes a file, unless the folder was discarded: then it would come back.
func (s *Staging) create(path string) (*os.File, error) {
	s.ending.Lock()
	defer s.ending.Unlock()
	if s.done {
		return nil, fs.ErrClosed
	}
	full := filepath.Join(s.dir, filepath.FromSlash(path))
	// All but the reports is kept from the eyes of others. The manifest has hashes of files with exact counts,
	// and whoever knows a report could try which counts lead to them.
	if part := Part(path); part != PartReport && part != PartCouncil {
		if err := private.MkdirAll(filepath.Dir(full)); err != nil {
			return nil, err
		}
		return private.Create(full)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	return os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (s *Staging) add(o Output) {
	i, _ := slices.BinarySearchFunc(s.outputs, o.Path, func(a Output, p string) int { return strings.Compare(a.Path, p) })
	s.outputs = slices.Insert(s.outputs, i, o)
}

// Describe hashes the file at path below dir.
func Describe(dir, path string) (Output, error) {
	size, sum, err := regular.Hash(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		return Output{}, say.Errorf("read %s: %w", path, err)
	}
	return Output{Path: path, Size: size, SHA256: sum}, nil
}

// Discard removes the staging folder, and its parent if New made it and nothing else is in it, and
// releases the lock. It is safe to call after Commit.
func (s *Staging) Discard() error {
	s.ending.Lock()
	defer s.ending.Unlock()
	if s.done {
		return nil
	}
	s.done = true
	return errors.Join(removeAll(s.dir, stagingMark), s.release())
}

// release lets go of the parent, and removes it if New made it.
func (s *Staging) release() error {
	if s.made {
		_ = s.parent.Remove(os.Remove) // which fails, as it should, where something is in it
		return nil
	}
	return s.parent.Close()
}

// removeMarked removes a folder, and the file that marks it last: a run that is killed on the way leaves a folder that the
// next one knows.
func removeMarked(dir, mark string, remove func(path string) error) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if e.Name() == mark {
			continue
		}
		if err := remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return remove(dir)
}

// removeAll removes a marked folder in which another goroutine may still be writing.
func removeAll(dir, mark string) (err error) {
	for range 20 {
		if err = removeMarked(dir, mark, os.RemoveAll); err == nil {
			return nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return err
}

type hashing struct {
	w       io.Writer
	h       hash.Hash
	n       int64
	observe Observer
}

func (w *hashing) Write(b []byte) (int, error) {
	w.observe("write")
	n, err := w.w.Write(b)
	w.h.Write(b[:n])
	w.n += int64(n)
	return n, err
}
