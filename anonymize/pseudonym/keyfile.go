package pseudonym

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lvv/internal/durable"
	"lvv/internal/private"
	"lvv/internal/say"
)

// KeyFileError says why a key file was refused, and what to do.
type KeyFileError struct {
	Path string // the file
	Err  error  // what is wrong with it
	Hint error  // what to do
}

func (e *KeyFileError) Error() string { return e.In(say.English) }

// In says it in a language.
func (e *KeyFileError) In(lang say.Lang) string {
	return say.Text(lang, "key file %s %v\n  %v", e.Path, e.Err, e.Hint)
}

// LoadKey reads a key file. It refuses what is not a regular file (a symbolic link included) and
// what the group or others may read, since such a key no longer protects anyone.
func LoadKey(path string) (Key, error) {
	k, _, err := readKeyFile(path)
	return k, err
}

// readKeyFile is LoadKey, and returns the text of the file too.
func readKeyFile(path string) (Key, string, error) {
	fail := func(err error, hint error) (Key, string, error) {
		return Key{}, "", &KeyFileError{Path: path, Err: err, Hint: hint}
	}
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fail(say.Errorf("does not exist"), say.Errorf("Give the key of your earlier deliveries. For the first one, make it with: lvv keygen %s", path))
	}
	if err != nil {
		return fail(say.Errorf("cannot be examined: %w", err), say.Errorf("Check the path and your rights."))
	}
	if err := checkKeyFile(info); err != nil {
		return fail(err, say.Errorf("Give the regular file itself, not a link or a folder."))
	}
	others, err := private.Others(path, info)
	if err != nil {
		return fail(say.Errorf("cannot be examined: %w", err), say.Errorf("Check the path and your rights."))
	}
	if others != "" {
		return fail(say.Errorf("can be used by others (%s)", others), say.Errorf("Run: %s", private.Remedy(path, info)))
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(say.Errorf("cannot be opened: %w", err), say.Errorf("Check your rights."))
	}
	defer f.Close()
	// The file may have been replaced since it was examined.
	if opened, err := f.Stat(); err != nil || !os.SameFile(info, opened) {
		return fail(say.Errorf("changed while it was opened"), say.Errorf("Try again."))
	}
	b, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return fail(say.Errorf("cannot be read: %w", err), say.Errorf("Check the disk."))
	}
	k, err := ParseKey(string(b))
	if err != nil {
		return fail(err, say.Errorf("Give a file that lvv keygen made, or restore it from your copy."))
	}
	return k, string(b), nil
}

func checkKeyFile(info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return say.Errorf("is a symbolic link")
	case info.IsDir():
		return say.Errorf("is a folder")
	case !info.Mode().IsRegular():
		return say.Errorf("is not a regular file")
	}
	return nil
}

// WriteKeyFile writes a new key file for its owner alone. An existing file, even a dangling link, is
// never overwritten: a lost key cannot be made again.
func WriteKeyFile(path string, k Key) error {
	f, err := private.Create(path)
	if errors.Is(err, fs.ErrExist) {
		return &KeyFileError{Path: path, Err: say.Errorf("already exists"), Hint: say.Errorf("A key is never overwritten. Give another name, or move the old key away first.")}
	}
	if err != nil {
		return &KeyFileError{Path: path, Err: say.Errorf("cannot be made: %w", errors.Unwrap(err)), Hint: say.Errorf("Give a name in a folder that exists and that you may write.")}
	}
	_, err = f.WriteString("# The root key of this programme's pseudonyms. Keep it secret, and keep a copy in a safe:\n" +
		"# without it later deliveries cannot be joined to earlier ones.\n" + k.Text() + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
		return say.Errorf("write key file %s: %w", path, err)
	}
	return nil
}

// ConvertKeyFile writes a key of the old form in the new one, in its own file, whole or not at all. What
// else stands in the file stays. It reports false where the key has its checksum already.
func ConvertKeyFile(path string) (k Key, converted bool, err error) {
	k, text, err := readKeyFile(path)
	if err != nil || !k.unchecked {
		return k, false, err
	}
	old, err := keyLine(text)
	if err != nil {
		return k, false, err
	}
	f, err := private.CreateTemp(filepath.Dir(path), ".lvv-key-")
	if err != nil {
		return k, false, &KeyFileError{Path: path, Err: say.Errorf("cannot be rewritten: %w", err), Hint: say.Errorf("Check your rights to its folder.")}
	}
	defer os.Remove(f.Name()) // gone already when all went well
	_, err = f.WriteString(strings.Replace(text, old, k.Text(), 1))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = durable.Rename(f.Name(), path)
	}
	if err != nil {
		return k, false, &KeyFileError{Path: path, Err: say.Errorf("cannot be rewritten: %w", err), Hint: say.Errorf("Check the disk. The file is as it was.")}
	}
	return k, true, nil
}
