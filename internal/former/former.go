// Package former knows where an output keeps its former versions: what was handed out for the same period before it was
// renewed. A version is a folder below beheer/eerder, numbered from 1, the oldest first; in it lie the files
// of the former output that later runs and verify read, under their own names.
package former

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// Dir is the folder of the versions in an output, with forward slashes.
const Dir = "beheer/eerder"

// Versions lists the folders of an output's former versions, the oldest first. An output without any, or that is not
// there, has none.
func Versions(output string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(output, filepath.FromSlash(Dir)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Errorf("look for former versions: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && n > 0 && e.Name() == strconv.Itoa(n) && e.IsDir() {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return lists.Map(numbers, func(n int) string { return filepath.Join(output, filepath.FromSlash(Version(n))) }), nil
}

// Version is the folder of a version below its output, with forward slashes.
func Version(n int) string { return path.Join(Dir, strconv.Itoa(n)) }

// Name is what an output or a former version is called, by the label of its period: 2020-Q3, or 2020-Q3/1.
func Name(label, dir string) string {
	dir = filepath.ToSlash(filepath.Clean(dir))
	if strings.HasSuffix(path.Dir(dir), "/"+Dir) {
		return label + "/" + path.Base(dir)
	}
	return label
}

// Folder is where what is called so lies, in the folder that holds the outputs.
func Folder(outputs, name string) string {
	label, version, is := strings.Cut(name, "/")
	if !is {
		return filepath.Join(outputs, label)
	}
	return filepath.Join(outputs, label, filepath.FromSlash(Dir), version)
}
