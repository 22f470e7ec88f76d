package verify

import (
	"bytes"
	"path/filepath"

	"lvv/anonymize/request"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// Answer checks that what the researcher gets is what the log of the request says, byte for byte. Whether it leaves every
// small group open cannot be told from the files: it takes the units behind the counts.
func Answer(r *Report, dir string) error {
	const name = "answer"
	f, err := regular.Open(filepath.Join(dir, filepath.FromSlash(request.LogFile)))
	if err != nil {
		return say.Errorf("read the log of the request: %w", err)
	}
	defer f.Close()
	a, err := request.Read(f)
	if err != nil {
		r.Add(name, false, "%v", err)
		return nil
	}
	var faults []error
	files := a.Files()
	for _, f := range files {
		var again bytes.Buffer
		if err := f.Fill(&again); err != nil {
			return say.Errorf("write %s again: %w", f.Path, err)
		}
		was, err := regular.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		switch {
		case err != nil:
			faults = append(faults, say.Errorf("%s cannot be read", f.Path))
		case !bytes.Equal(was, again.Bytes()):
			faults = append(faults, say.Errorf("%s is not what the log says", f.Path))
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
		faults = append(faults, say.Errorf("%d counts below %d are told", small, a.MinCell))
	}
	r.judge(name, faults, "%d files are what the log of the request says, and no count below %d is told", len(files), a.MinCell)
	r.Skip("hidden", "what an answer leaves open of small groups follows from the units behind its counts, which are in no file; lvv request proves it before it writes")
	return nil
}
