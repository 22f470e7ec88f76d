package ingest

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lvv/internal/say"
)

// format is what a file's name says that it is.
type format uint8

const (
	delimited format = iota
	gzipped
	workbook
)

// candidate is a file that belongs to a table by its name.
type candidate struct {
	name   string
	shown  string // the same, fit for messages
	table  *Table
	format format
	info   fs.FileInfo
}

// ending is that of a file's name, with what it says.
type ending struct {
	suffix string
	format format
}

// formats by the ending of the name, in lower case.
var endings = []ending{
	{".csv.gz", gzipped}, {".txt.gz", gzipped}, {".tsv.gz", gzipped},
	{".csv", delimited}, {".txt", delimited}, {".tsv", delimited}, {".xlsx", workbook},
}

// sheetEndings are workbooks that the contract does not know. To skip one would lose its rows.
var sheetEndings = []string{".xls", ".xlsb", ".xlsm", ".ods", ".numbers"}

// list divides the folder's files over the tables. The candidates stand in the order of reading:
// the contract's tables, then by name without regard to case, then by bytes. Folders and files
// that belong to no table are skipped and named, and so are those that do by the beginning of their
// name, but not by its end.
func list(dir string) (found, unread []candidate, skipped []string, faults []*Fault) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, nil, []*Fault{{
			File: dir, Found: say.Errorf("the folder of exports cannot be opened"), Err: plainCause(err),
			Remedy: say.Errorf("Check the path and your rights. Give the folder in which the exports lie with --exports."),
		}}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name())), cmp.Compare(a.Name(), b.Name()))
	})
	byTable := make([][]candidate, len(Contract()))
	for i, e := range entries {
		c, index, fault := classify(dir, e, i+1)
		switch {
		case fault != nil:
			faults = append(faults, fault)
		case index < 0 && c.table != nil:
			unread = append(unread, c)
		case index < 0:
			skipped = append(skipped, c.shown)
		default:
			byTable[index] = append(byTable[index], c)
		}
	}
	if len(faults) == 0 && len(slices.Concat(byTable...)) == 0 {
		return nil, unread, skipped, []*Fault{noExports(dir)}
	}
	refused := len(faults) > 0 // the missing table may be among them
	for i := range Contract() {
		if t := &Contract()[i]; t.Required && len(byTable[i]) == 0 && !refused {
			faults = append(faults, missingTable(dir, t))
		}
		found = append(found, byTable[i]...)
	}
	return found, unread, skipped, faults
}

// readEndings are those of endings, as a message lists them.
const readEndings = ".csv, .csv.gz, .txt, .tsv, .xlsx"

// noExports says that a folder is another than the one that is meant, or not filled yet.
func noExports(dir string) *Fault {
	var stems []string
	for i := range Contract() {
		if Contract()[i].Required {
			stems = append(stems, Contract()[i].Stem)
		}
	}
	return &Fault{
		File: dir, Found: say.Errorf("no file of any table"),
		Expected: say.Errorf("at least files for %s, whose names begin so and end in %s", strings.Join(stems, ", "), readEndings),
		Remedy:   say.Errorf("Put the exports in the folder, or give the folder in which they lie with --exports."),
	}
}

// classify finds the table of an entry of the folder, whose place counts from 1; index is -1 for none.
func classify(dir string, e fs.DirEntry, place int) (c candidate, index int, fault *Fault) {
	lower := strings.ToLower(e.Name())
	index = slices.IndexFunc(Contract(), func(t Table) bool { return strings.HasPrefix(lower, t.Stem) })
	c = candidate{name: e.Name(), shown: shownName(e.Name(), "", "", place)}
	if index < 0 || e.IsDir() {
		return c, -1, nil
	}
	name := shownName(e.Name(), Contract()[index].Stem, path.Ext(lower), place)
	for _, s := range sheetEndings {
		if strings.HasSuffix(lower, s) {
			return c, -1, &Fault{
				File: name, Found: say.Errorf("a workbook of a kind that is not read (%s)", s), Expected: say.Errorf(".xlsx or .csv"),
				Remedy: say.Errorf("Open it in Excel or LibreOffice, save it as .xlsx, and take the old file out of the folder."),
			}
		}
	}
	for _, end := range endings {
		if !strings.HasSuffix(lower, end.suffix) {
			continue
		}
		// What a listing says of a file that was written to may be old.
		info, err := os.Lstat(filepath.Join(dir, e.Name()))
		if err != nil {
			return c, -1, &Fault{File: name, Found: say.Errorf("the file cannot be examined"), Err: plainCause(err), Remedy: say.Errorf("Check your rights to it.")}
		}
		if !info.Mode().IsRegular() {
			what := say.Errorf("not a regular file")
			if info.Mode()&fs.ModeSymlink != 0 {
				what = say.Errorf("a symbolic link")
			}
			return c, -1, &Fault{File: name, Found: what, Expected: say.Errorf("the file itself"),
				Remedy: say.Errorf("Put the file itself in the folder: a link could point at anything on this machine.")}
		}
		return candidate{name: e.Name(), shown: name, table: &Contract()[index], format: end.format, info: info}, index, nil
	}
	return candidate{name: e.Name(), shown: name, table: &Contract()[index]}, -1, nil
}

// plainCause strips the path from an operating system's error: the message already names the file.
func plainCause(err error) error {
	if p, ok := err.(*fs.PathError); ok { //nolint:errorlint // a wrapped one says more than its cause
		return p.Err
	}
	return err
}
