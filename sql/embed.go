// Package sql holds every definition: one SELECT a file, in the folders stage (shared models),
// metrics (figures), series (what pictures are drawn from), checks, release, amif and dialect
// (macros for what engines do differently), and the catalogue that says what the figures mean.
package sql

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed *.yaml */*.yaml */*.sql
var files embed.FS

// Files returns the SQL and the catalogue as they stand, for the manifest.
func Files() fs.FS { return files }

// Model is one SELECT.
type Model struct {
	Name   string // file name without its ending; unique over all folders
	Folder string
	Query  string
	// Table asks the engine to keep the rows, because several models read them. A file says so by
	// beginning with the line "-- table".
	Table bool
}

// Models returns the models of all folders but dialect, in order of folder and name.
func Models() ([]Model, error) {
	names, err := fs.Glob(files, "*/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	seen := map[string]string{}
	var models []Model
	for _, name := range names {
		m := Model{Name: strings.TrimSuffix(path.Base(name), ".sql"), Folder: path.Dir(name)}
		if m.Folder == "dialect" {
			continue
		}
		if other, ok := seen[m.Name]; ok {
			return nil, fmt.Errorf("models: %s and %s have the same name; rename one", other, name)
		}
		seen[m.Name] = name
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read model: %w", err)
		}
		m.Query = strings.TrimRight(strings.TrimSpace(string(text)), ";")
		m.Table = strings.HasPrefix(m.Query, "-- table\n")
		models = append(models, m)
	}
	return models, nil
}
