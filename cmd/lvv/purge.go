package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/day"
	"lvv/internal/say"
)

func newPurge(a *app) *cobra.Command {
	var before string
	var dry bool
	cmd := &cobra.Command{
		Use:   "purge --before DATE DIR",
		Short: "Remove outputs that are past their date",
		Long: `purge removes the outputs below DIR whose reference date lies before DATE, and says which. It removes
the files that the manifest of an output lists and that are as lvv wrote them, and the folders that are
empty then; it says what else it found there and left.`,
		Example: `  lvv purge --before 2019-01-01 --dry-run out
  lvv purge --before 2019-01-01 out`,
		Args: exactArgs(1, say.Errorf("the folder with the outputs")),
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

// purge removes what runs wrote, folder by folder, and says what it left. A folder whose manifest cannot
// be believed is left whole, and makes the command fail when the others are done.
func (a *app) purge(dir string, before day.Day, dry bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return usagef("%s cannot be read: %w\n  Give the folder that holds the outputs, such as out.", dir, err)
	}
	lock, err := outdir.Lock(dir)
	if err != nil {
		return err
	}
	defer lock.Close()
	var faults []error
	found := false
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if !e.IsDir() {
			continue
		}
		m, err := readManifest(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			faults = append(faults, err)
			continue
		case m.Period.AsOf >= before:
			continue
		}
		found = true
		left, err := outdir.Remove(path, dry)
		if err != nil {
			faults = append(faults, say.Errorf("remove %s: %w\n  Check your rights to it.", path, err))
			continue
		}
		what := []any{outdir.Shown(path), outdir.Shown(m.Pilot), m.Period.Label, m.Period.AsOf, len(m.Outputs)}
		switch {
		case dry && len(left) > 0:
			a.say("Would remove what a run wrote of %s: %s, %s, reference date %v, %d files", what...)
		case dry:
			a.say("Would remove %s: %s, %s, reference date %v, %d files", what...)
		case len(left) > 0:
			a.say("Removed what a run wrote of %s: %s, %s, reference date %v, %d files", what...)
		default:
			a.say("Removed %s: %s, %s, reference date %v, %d files", what...)
		}
		for _, name := range left {
			if shown := outdir.Shown(filepath.Join(path, filepath.FromSlash(name))); dry {
				a.say("  Would leave %s: no run wrote it as it is", shown)
			} else {
				a.say("  Left %s: no run wrote it as it is", shown)
			}
		}
	}
	if !found {
		a.say("Nothing in %s has a reference date before %v.", dir, before)
	}
	return errors.Join(faults...)
}

// readManifest reads the manifest of an output folder. The error is fs.ErrNotExist where there is none.
func readManifest(dir string) (*manifest, error) {
	_, b, err := outdir.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, say.Errorf("%s is damaged: %w\n  Leave out that folder, or restore it from a copy.", filepath.Join(dir, outdir.ManifestFile), err)
	}
	return &m, nil
}
