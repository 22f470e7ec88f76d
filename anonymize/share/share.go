// Package share makes and opens the programme's packages: what one pilot hands to the programme's office, so
// that pilots can be laid beside each other and taken together.
//
// A package holds the pilot's terms, its exact figures, what its readers see of them, and its store in Parquet, under
// pseudonyms of a purpose of their own. It is an age file for the office alone, and is never on disk in the clear but in the private work
// folder of a run.
//
// Who holds what:
//
//   - A municipality holds its own key. The numbers of cases, stays, trajectories and issues, and persons without
//     V-number, are pseudonyms under it: the same number in two municipalities gives two pseudonyms, and no other
//     municipality, nor the office, can try numbers against them.
//   - Municipalities that want to recognise persons who move share the programme's key. A person with a V-number is
//     a pseudonym under it, the same in each of them. Whoever holds this key and an opened package can try every
//     V-number against the package; therefore the municipalities, which hold the key, cannot open a package, not
//     even their own, and whoever opens packages needs no key. The office that hands the key out is to destroy its
//     copy, or to leave the making of the key to one of the municipalities.
//   - The office holds the identity that opens packages. On reading, it gives every person a new pseudonym under a
//     key that is drawn for the run and forgotten with it. So nothing that the office keeps, lays on a cluster or
//     passes on can be tried by a municipality that holds the programme's key, nor joined to another run.
//
// What cryptography cannot do here: an office that does keep the programme's key can try V-numbers, as can a
// municipality that gets at an opened package. And an age file does not say who made it: the office must know by the
// way on which it came that a package is from the pilot that it names.
package share

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"lvv/ingest"
	"lvv/sql"
	"lvv/transform"
)

// The files of a package beside the tables.
const (
	indexFile = "index.json"
	termsFile = "pilot.yaml"
	kpisFile  = "kpis.json"
	// documentFile is what the pilot's readers see of the figures.
	documentFile = "published.json"
)

// textFiles are those in the clear text of a package, in order.
var textFiles = []string{termsFile, kpisFile, documentFile}

// schema names the form of a package.
const schema = "lvv-programme-package/2"

// Index says what a package holds and what made it.
type Index struct {
	Schema string           `json:"schema"`
	Seal   string           `json:"seal"` // see package seal
	Pilot  string           `json:"pilot"`
	Period transform.Period `json:"period"`
	// Program is the version of the program that made it, and Definitions the hash of the definitions and of
	// the contract that it was made by.
	Program     string `json:"program"`
	Definitions string `json:"definitions"`
	// ProgrammeKey is the fingerprint of the key under which persons are shared; empty where they are the
	// pilot's own.
	ProgrammeKey string  `json:"programme_key"`
	Files        []File  `json:"files"`  // the terms, the figures, and the published document
	Tables       []Table `json:"tables"` // in the order of the contract; those that were delivered
}

// File is a file of a package.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Table is a table of the store in a package.
type Table struct {
	Table string `json:"table"` // canonical name
	Rows  int64  `json:"rows"`
	File
}

// tablePath is where a pilot's rows of a table lie: a layout that other tools read as a column pilot.
func tablePath(table, pilot string) string {
	return table + "/pilot=" + url.PathEscape(pilot) + "/part.parquet"
}

// FileName is what the package of a pilot and period is called.
func FileName(pilot, period string) string {
	name := strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, pilot+"-"+period)
	return "programma-" + name + ".tar.age"
}

// Definitions is the hash of all that gives a figure or a column its meaning: the SELECTs, the catalogue and the
// contract. Packages with different ones cannot be taken together.
func Definitions() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(sql.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(sql.Files(), path)
		fmt.Fprintf(h, "%s %d\n", path, len(b))
		h.Write(b)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("hash the definitions: %w", err)
	}
	contract, err := json.Marshal(ingest.Contract())
	if err != nil {
		return "", fmt.Errorf("hash the contract: %w", err)
	}
	h.Write(contract)
	return hex.EncodeToString(h.Sum(nil)), nil
}
