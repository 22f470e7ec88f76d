package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvv/internal/day"
)

func newPurge(a *app) *cobra.Command {
	var before string
	var dry bool
	cmd := &cobra.Command{
		Use:   "purge --before DATE DIR",
		Short: "Remove outputs that are past their date",
		Long: `purge removes the outputs below DIR whose reference date lies before DATE, and says which. It
touches only folders with a manifest that lvv wrote.`,
		Example: `  lvv purge --before 2019-01-01 --dry-run out
  lvv purge --before 2019-01-01 out`,
		Args: exactArgs(1, "the folder with the outputs"),
		RunE: func(_ *cobra.Command, args []string) error {
			if before == "" {
				return usagef("--before is missing: outputs with a reference date before it are removed\n  Give a date, such as --before 2019-01-01.")
			}
			date, err := day.Parse(before)
			if err != nil {
				return usagef("--before %w\n  Outputs with a reference date before it are removed.", err)
			}
			return a.purge(args[0], date, dry)
		},
	}
	cmd.Flags().StringVar(&before, "before", "", "`date`, yyyy-mm-dd")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be removed, and remove nothing")
	return cmd
}

func (a *app) purge(dir string, before day.Day, dry bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return usagef("%s cannot be read: %w\n  Give the folder that holds the outputs, such as out.", dir, err)
	}
	removed := 0
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		m, err := readManifest(path)
		if errors.Is(err, fs.ErrNotExist) || !e.IsDir() {
			continue
		}
		if err != nil {
			return err
		}
		if m.Period.AsOf >= before {
			continue
		}
		verb := "Would remove"
		if !dry {
			verb = "Removed"
			if err := os.RemoveAll(path); err != nil {
				return fmt.Errorf("remove %s: %w", path, err)
			}
		}
		removed++
		fmt.Fprintf(a.stdout, "%s %s: %s, %s, reference date %v, %d files\n", verb, path, m.Pilot, m.Period.Label, m.Period.AsOf, len(m.Outputs))
	}
	if removed == 0 {
		fmt.Fprintf(a.stdout, "Nothing in %s has a reference date before %v.\n", dir, before)
	}
	return nil
}

// readManifest reads the manifest of an output folder. The error is fs.ErrNotExist where there is none.
func readManifest(dir string) (*manifest, error) {
	path := filepath.Join(dir, "manifest.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil || m.Schema != manifestSchema {
		return nil, fmt.Errorf("%s is not a manifest of this program (%s)\n  Leave out that folder, or restore it from a copy.", path, manifestSchema)
	}
	return &m, nil
}
