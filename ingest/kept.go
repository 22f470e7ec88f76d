package ingest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"lvv/internal/durable"
	"lvv/internal/lock"
	"lvv/internal/private"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// KeptStore is a folder in which the store of one reading stays for the next. It holds segments and
// the index that says what they are made from. A process that ends at any moment leaves the previous
// store or the new one, whole, and what it leaves beside that the next one removes.
type KeptStore struct {
	dir     string
	folder  *lock.Folder      // keeps others out
	index   *keptIndex        // what may be used of it
	inUse   []string          // the segments of which the index in the folder speaks
	sum     [sha256.Size]byte // of that index
	reading sync.Mutex
	notices []error
	observe func() // called before every change to the folder, for tests
}

// StoreIdentity says whose pseudonyms a store holds, and which reader filled it.
type StoreIdentity struct {
	Pilot   string
	Key     string // fingerprint of the key
	Epoch   int
	Program string // version of the program, whatever its form
	// Settings say how files are read; other ones make other rows of them.
	Settings []Setting
}

// StoreRefusal says why a folder is not taken for a store. Nothing in it was touched.
type StoreRefusal struct {
	Dir    string
	Found  error // what is wrong
	Remedy error // what to do
}

func (e *StoreRefusal) Error() string { return e.In(say.English) }

// In says it in a language.
func (e *StoreRefusal) In(lang say.Lang) string {
	return say.Text(lang, "the store %s %v\n  %v", e.Dir, e.Found, e.Remedy)
}

// ErrStoreBusy is returned where another run has the store open.
var ErrStoreBusy = say.Errorf("another run has it open")

// storeRemedy says what to do about a kept store that cannot be written.
const storeRemedy = "\n  Check the disk of --store, and your rights to it. What was kept is as it was."

const (
	indexName = "store.json"
	indexTemp = "store.json.new"
)

// segmentName is what files of the store are called: table, generation, place in the table.
var segmentName = regexp.MustCompile(`^[a-z]+-[0-9]+-[0-9]+\.parquet$`)

// isSegment reports whether a file bears the name of a segment of a table.
func isSegment(name string) bool {
	table, _, _ := strings.Cut(name, "-")
	return segmentName.MatchString(name) && TableNamed(table) != nil
}

// OpenStore opens a store for one run, and makes the folder where it does not exist. Folders that
// are not a store, that others can enter, or that hold pseudonyms of another pilot, key or epoch are
// refused with a *[StoreRefusal]. What another version of the reader wrote is not used, nor is what
// is damaged: see [KeptStore.Notices]. The caller closes the store.
func OpenStore(dir string, id StoreIdentity) (_ *KeptStore, err error) {
	k := &KeptStore{dir: filepath.Clean(dir), observe: func() {}}
	if path, err := filepath.Abs(dir); err != nil || strings.ContainsAny(path, "*?[") {
		return nil, k.refuse(say.Errorf("has one of * ? [ in its path, which a database takes for a pattern"), say.Errorf("Give a folder without them with --store."))
	}
	if err := k.lock(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = k.folder.Close()
		}
	}()
	if err := k.load(id); err != nil {
		return nil, err
	}
	k.clear()
	return k, nil
}

// Close lets others open the store. Where a reading that was given up has not ended yet, the lock
// goes with the process.
func (k *KeptStore) Close() error {
	if !k.reading.TryLock() {
		return nil
	}
	return k.folder.Close()
}

// Notices returns a line for each thing that was found damaged and is read again.
func (k *KeptStore) Notices() []error { return slices.Clone(k.notices) }

func (k *KeptStore) refuse(found, remedy error) error {
	return &StoreRefusal{Dir: k.dir, Found: found, Remedy: remedy}
}

// lock opens the folder, judges it, and takes its lock.
func (k *KeptStore) lock() error {
	another := say.Errorf("Give another folder with --store.")
	info, err := os.Lstat(k.dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := private.MkdirAll(k.dir); err != nil {
			return say.Errorf("make store: %w\n  Give a folder that you may write with --store.", err)
		}
		info, err = os.Lstat(k.dir)
	}
	switch {
	case err != nil:
		return say.Errorf("open store: %w\n  Check the path and your rights, or give another folder with --store.", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return k.refuse(say.Errorf("is a symbolic link"), say.Errorf("Give the folder itself: a link could be turned to another place."))
	case !info.IsDir():
		return k.refuse(say.Errorf("is not a folder"), another)
	}
	k.folder, err = lock.TakeItself(k.dir)
	if errors.Is(err, lock.ErrHeld) {
		return say.Errorf("the store %s: %w\n  Wait until that run has ended, or give another folder with --store.", k.dir, ErrStoreBusy)
	}
	if err != nil {
		return say.Errorf("open store: %w\n  Check your rights to it, or give another folder with --store.", err)
	}
	if err := k.judge(); err != nil {
		_ = k.folder.Close()
		return err
	}
	return nil
}

// judge looks at the folder that was opened, whatever its name points at by now.
func (k *KeptStore) judge() error {
	info, err := k.folder.Stat()
	if err != nil {
		return say.Errorf("open store: %w", err)
	}
	if !private.Own(k.dir, info) {
		return k.refuse(say.Errorf("belongs to another user"), say.Errorf("Give a folder of your own with --store."))
	}
	others, err := private.Others(k.dir, info)
	if err != nil {
		return say.Errorf("open store: %w", err)
	}
	if others != "" {
		return k.refuse(say.Errorf("can be entered by others (%s)", others), say.Errorf("Run: %s", private.Remedy(k.dir, info)))
	}
	return nil
}

// load reads the index, or begins a store in an empty folder.
func (k *KeptStore) load(id StoreIdentity) error {
	fresh := &keptIndex{Reader: readerVersion(id.Program, id.Settings), Pilot: id.Pilot, Key: id.Key, Epoch: id.Epoch}
	b, err := regular.ReadFile(filepath.Join(k.dir, indexName))
	if errors.Is(err, fs.ErrNotExist) {
		if err := k.onlyOurs(); err != nil {
			return err
		}
		// Without segments yet: so that what a killed run leaves is known for what it is.
		k.index = fresh
		return k.replace(fresh)
	}
	if err != nil {
		return say.Errorf("read store: %w\n  Check your rights to it, or give another folder with --store.", err)
	}
	index, err := parseIndex(b)
	switch {
	case err != nil && len(b) > 0 && !bytes.Contains(b[:min(len(b), 64)], []byte(storeFamily)):
		return k.refuse(say.Errorf("holds a %s that is not of a store", indexName), say.Errorf("Give a new or empty folder with --store."))
	case err != nil:
		k.notices = append(k.notices, say.Errorf("the store %s is damaged (%s): every file is read again", k.dir, indexName))
		k.index = fresh
		return nil //nolint:nilerr // said, and mended by reading again
	case len(index.Files) > 0 && (index.Pilot != id.Pilot || index.Key != id.Key || index.Epoch != id.Epoch):
		return k.refuse(say.Errorf("is of pilot %q, key %s, epoch %d; this run has pilot %q, key %s, epoch %d",
			index.Pilot, index.Key, index.Epoch, id.Pilot, id.Key, id.Epoch),
			say.Errorf("Give the key and the terms that it was made with, or another folder with --store."))
	}
	k.index = index
	k.stands(index, b)
	if len(index.Files) == 0 || index.Reader != fresh.Reader {
		fresh.Generation = index.Generation
		k.index = fresh
	}
	return nil
}

// onlyOurs refuses a folder without index that holds anything but an unfinished one.
func (k *KeptStore) onlyOurs() error {
	entries, err := os.ReadDir(k.dir)
	if err != nil {
		return say.Errorf("read store: %w", err)
	}
	for _, e := range entries {
		if e.Name() != indexTemp && e.Name() != lock.FileName {
			return k.refuse(say.Errorf("is not a store: it holds other files and no %s", indexName), say.Errorf("Give a new or empty folder with --store."))
		}
	}
	return nil
}

func segmentFile(table string, generation, place int) string {
	return fmt.Sprintf("%s-%d-%d.parquet", table, generation, place+1)
}

// commit makes parts the content of the store, and removes the segments that are no longer in it.
func (k *KeptStore) commit(parts []*part, rejects *RejectList, known string) error {
	index := *k.index
	index.Known = known
	index.Files = parts
	for _, p := range parts {
		p.Rejects = rejects.columns(p.span)
	}
	if slices.ContainsFunc(parts, func(p *part) bool { return p.fresh }) {
		index.Generation++
	}
	err := k.replace(&index)
	k.clear()
	// Rejects can be many: another reading would begin from nothing.
	index.Files = nil
	k.index = &index
	return err
}

// replace puts the index in the place of the one before, unless that says the same.
func (k *KeptStore) replace(index *keptIndex) error {
	b, err := index.sealed()
	if err != nil {
		return say.Errorf("write store: %w", err)
	}
	if sha256.Sum256(b) == k.sum {
		return nil
	}
	temp := filepath.Join(k.dir, indexTemp)
	// The segments must have their names before the index speaks of them.
	k.observe()
	err = errors.Join(writeSynced(temp, b), durable.SyncFolder(k.dir))
	if err == nil {
		k.observe()
		err = durable.Rename(temp, filepath.Join(k.dir, indexName))
	}
	if err != nil {
		_ = os.Remove(temp)
		return say.Errorf("write store: %w%s", err, storeRemedy)
	}
	k.stands(index, b)
	if err := durable.SyncFolder(k.dir); err != nil {
		return say.Errorf("write store: %w", err)
	}
	return nil
}

// stands remembers the index that stands in the folder.
func (k *KeptStore) stands(index *keptIndex, b []byte) {
	k.sum, k.inUse = sha256.Sum256(b), nil
	for _, p := range index.Files {
		k.inUse = append(k.inUse, p.Segment.File)
	}
}

func writeSynced(path string, b []byte) error {
	// What stands there was left by a run that was killed.
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := private.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// clear removes the segments of which the index says nothing, and nothing that is not ours.
func (k *KeptStore) clear() {
	entries, err := os.ReadDir(k.dir)
	if err != nil {
		return // the next run will
	}
	for _, e := range entries {
		name := e.Name()
		if name == indexTemp || isSegment(name) && !slices.Contains(k.inUse, name) {
			k.observe()
			_ = os.Remove(filepath.Join(k.dir, name))
		}
	}
}
