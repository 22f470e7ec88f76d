// Package outdir writes a run's output all or nothing: into a staging folder beside the target,
// fsynced, the manifest last, then one rename. A run that fails or is killed at any moment leaves
// the previous output whole and nothing of its own; what a killed run left behind, the next clears.
package outdir

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// stagingSuffix and oldSuffix mark folders that are not output: one in the making, and one that a
// file system without an atomic exchange moves aside for an instant.
const (
	stagingSuffix = ".lvv-new"
	oldSuffix     = ".lvv-old"
)

// Output describes one written file.
type Output struct {
	Path   string `json:"path"` // below the output folder, with forward slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Staging is an output folder in the making. It is not safe for concurrent use.
type Staging struct {
	parent  *os.File // locked while the run is at work
	target  string
	dir     string
	outputs []Output
	made    bool // parent was not there before
	done    bool
	observe Observer
	swap    func(a, b string) error // exchange; tests try file systems without it
}

// Observer is told of every change to the file system before it is made. Tests end a run there.
type Observer func(op string)

// ErrBusy means that another run is writing below the same folder.
var ErrBusy = errors.New("another run is writing there")

// New prepares the folder parent/name. It makes parent where it is missing, takes its lock, and
// clears what an earlier killed run left. The error says what to do.
// observe may be nil.
func New(parent, name string, observe Observer) (*Staging, error) {
	if observe == nil {
		observe = func(string) {}
	}
	_, err := os.Lstat(parent)
	made := errors.Is(err, fs.ErrNotExist)
	observe("make " + filepath.Base(parent))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("make output folder: %w\n  Give a folder that you may write with --out.", err)
	}
	f, err := os.Open(parent)
	if err != nil {
		return nil, fmt.Errorf("open output folder: %w", err)
	}
	ready := false
	defer func() {
		if !ready {
			f.Close()
		}
	}()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("%s: %w\n  Wait until it has ended, or give another folder with --out.", parent, ErrBusy)
		}
		return nil, fmt.Errorf("lock output folder %s: %w", parent, err)
	}
	s := &Staging{parent: f, target: filepath.Join(parent, name), dir: filepath.Join(parent, "."+name+stagingSuffix), made: made, observe: observe, swap: exchange}
	if err := s.recover(); err != nil {
		return nil, err
	}
	observe("stage")
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make output folder: %w\n  Give a folder that you may write with --out.", err)
	}
	ready = true
	return s, nil
}

// recover clears what killed runs left below the parent, and puts an old output back that was
// moved aside by a run that died before it could put the new one in its place.
func (s *Staging) recover() error {
	entries, err := os.ReadDir(filepath.Dir(s.target))
	if err != nil {
		return fmt.Errorf("read output folder: %w", err)
	}
	for _, e := range entries {
		path := filepath.Join(filepath.Dir(s.target), e.Name())
		name, isOld := strings.CutSuffix(strings.TrimPrefix(e.Name(), "."), oldSuffix)
		switch {
		case !strings.HasPrefix(e.Name(), ".") || !e.IsDir():
			continue
		case isOld:
			target := filepath.Join(filepath.Dir(s.target), name)
			if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
				s.observe("put back")
				if err := os.Rename(path, target); err != nil {
					return fmt.Errorf("put back the previous output: %w", err)
				}
				continue
			}
		case !strings.HasSuffix(e.Name(), stagingSuffix):
			continue
		}
		s.observe("clear")
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("clear what an earlier run left: %w", err)
		}
	}
	return nil
}

// Dir is the staging folder.
func (s *Staging) Dir() string { return s.dir }

// Target is where the output will appear.
func (s *Staging) Target() string { return s.target }

// Outputs lists the files written so far, by path.
func (s *Staging) Outputs() []Output { return slices.Clone(s.outputs) }

// Write creates the file at path (relative, forward slashes) and lets fill write it. It is fsynced
// and hashed as it is written.
func (s *Staging) Write(path string, fill func(io.Writer) error) error {
	s.observe("create " + path)
	full := filepath.Join(s.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode(path))
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	h := &hashing{w: f, h: sha256.New(), observe: s.observe}
	err = fill(h)
	if err == nil {
		s.observe("sync " + path)
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	s.add(Output{Path: path, Size: h.n, SHA256: hex.EncodeToString(h.h.Sum(nil))})
	return nil
}

// mode keeps what is exact (the steward's and the AMIF files) from the eyes of others.
func mode(path string) fs.FileMode {
	if strings.HasPrefix(path, "beheer/") || strings.HasPrefix(path, "amif/") {
		return 0o600
	}
	return 0o644
}

// Adopt takes files that were written straight into the staging folder into the list of outputs.
// Paths are relative to it, with forward slashes.
func (s *Staging) Adopt(paths ...string) error {
	for _, path := range paths {
		out, err := Describe(s.dir, path)
		if err != nil {
			return err
		}
		if err := syncPath(filepath.Join(s.dir, filepath.FromSlash(path))); err != nil {
			return err
		}
		s.add(out)
	}
	return nil
}

func (s *Staging) add(o Output) {
	i, _ := slices.BinarySearchFunc(s.outputs, o.Path, func(a Output, p string) int { return strings.Compare(a.Path, p) })
	s.outputs = slices.Insert(s.outputs, i, o)
}

// Describe hashes the file at path below dir.
func Describe(dir, path string) (Output, error) {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		return Output{}, fmt.Errorf("read %s: %w", path, err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return Output{}, fmt.Errorf("read %s: %w", path, err)
	}
	return Output{Path: path, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, nil
}

// Commit writes manifest.json last and puts the folder in its place with one rename. manifest gets
// the list of all other outputs. After Commit, Discard does nothing.
func (s *Staging) Commit(manifest func([]Output) ([]byte, error)) error {
	b, err := manifest(s.Outputs())
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := s.Write("manifest.json", func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		return err
	}
	s.observe("sync folders")
	if err := syncFolders(s.dir); err != nil {
		return err
	}
	s.observe("open to readers")
	if err := os.Chmod(s.dir, 0o755); err != nil {
		return fmt.Errorf("open the output folder to its readers: %w", err)
	}
	if err := s.place(); err != nil {
		return fmt.Errorf("put the output in its place: %w", err)
	}
	s.done = true
	s.observe("sync parent")
	if err := s.parent.Sync(); err != nil {
		return fmt.Errorf("put the output in its place: %w", err)
	}
	return s.parent.Close()
}

// place moves the staging folder to the target and removes what stood there.
func (s *Staging) place() error {
	s.observe("place")
	if _, err := os.Lstat(s.target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(s.dir, s.target)
	}
	if err := s.swap(s.dir, s.target); err == nil {
		s.observe("remove the previous output")
		return os.RemoveAll(s.dir)
	} else if !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	// No atomic exchange on this file system: recover puts the old output back if the run dies
	// between the two renames.
	old := filepath.Join(filepath.Dir(s.target), "."+filepath.Base(s.target)+oldSuffix)
	s.observe("move the previous output aside")
	if err := os.Rename(s.target, old); err != nil {
		return err
	}
	s.observe("move the new output in")
	if err := os.Rename(s.dir, s.target); err != nil {
		return errors.Join(err, os.Rename(old, s.target))
	}
	s.observe("remove the previous output")
	return os.RemoveAll(old)
}

// Discard removes the staging folder, and its parent if New made it and nothing else is in it, and
// releases the lock. It is safe to call after Commit.
func (s *Staging) Discard() error {
	if s.done {
		return nil
	}
	s.done = true
	err := os.RemoveAll(s.dir)
	if s.made {
		_ = os.Remove(filepath.Dir(s.dir)) // which fails, as it should, where something is in it
	}
	return errors.Join(err, s.parent.Close())
}

func syncFolders(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return syncPath(path)
	})
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", filepath.Base(path), err)
	}
	return nil
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
