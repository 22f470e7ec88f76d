package verify

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"lvv/anonymize/request"
	"lvv/internal/regular"
)

// isAnswer reports whether the folder is the answer to a request.
func isAnswer(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(request.LogFile)))
	return err == nil
}

// Answer checks that what the researcher gets is what the log of the request says, byte for byte. Whether it leaves every
// small group open cannot be told from the files: it takes the units behind the counts.
func Answer(r *Report, dir string) error {
	const name = "answer"
	f, err := regular.Open(filepath.Join(dir, filepath.FromSlash(request.LogFile)))
	if err != nil {
		return fmt.Errorf("read the log of the request: %w", err)
	}
	defer f.Close()
	a, err := request.Read(f)
	if err != nil {
		r.Add(name, false, "%v", err)
		return nil
	}
	var faults []string
	files := a.Files()
	for _, f := range files {
		var again bytes.Buffer
		if err := f.Fill(&again); err != nil {
			return fmt.Errorf("write %s again: %w", f.Path, err)
		}
		was, err := regular.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		switch {
		case err != nil:
			faults = append(faults, f.Path+" cannot be read")
		case !bytes.Equal(was, again.Bytes()):
			faults = append(faults, f.Path+" is not what the log says")
		}
	}
	small := 0
	for i := range a.Tables {
		for _, c := range a.Tables[i].Counts {
			for _, cell := range c.Cells {
				if cell.Low == cell.High && cell.High > 0 && cell.High < int64(a.MinCell) {
					small++
				}
			}
		}
	}
	if small > 0 {
		faults = append(faults, fmt.Sprintf("%d counts below %d are told", small, a.MinCell))
	}
	add(r, name, faults, "%d files are what the log of the request says, and no count below %d is told", len(files), a.MinCell)
	r.Skip("hidden", "what an answer leaves open of small groups follows from the units behind its counts, which are in no file; lvv request proves it before it writes")
	return nil
}
