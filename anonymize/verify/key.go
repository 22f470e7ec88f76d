package verify

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"lvv/internal/regular"
	"lvv/internal/say"
)

// key names what pseudonyms were made with; two files with different keys share none.
type key struct {
	Fingerprint string `json:"fingerprint"`
	Epoch       int    `json:"epoch"`
}

// readKey reads the key that the manifest of an output names. The error is fs.ErrNotExist where
// there is no manifest, as in an evaluator's copy.
func readKey(dir string) (k key, err error) {
	b, err := regular.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return k, say.Errorf("read manifest: %w", err)
	}
	m := struct {
		Key *key `json:"key"`
	}{&k}
	if err := json.Unmarshal(b, &m); err != nil {
		return k, say.Errorf("manifest.json of %s is damaged: %w", dir, err)
	}
	return k, nil
}

// keys checks that the deliveries laid side by side were made with one key and epoch: with several,
// nobody would be found in two of them, and every history would look safe.
func keys(r *Report, dir string, earlier []string) {
	const name = "key"
	own, err := readKey(dir)
	if errors.Is(err, fs.ErrNotExist) || len(earlier) == 0 {
		return
	}
	if err != nil {
		r.Add(name, false, "%v", err)
		return
	}
	for _, e := range earlier {
		k, err := readKey(e)
		if errors.Is(err, fs.ErrNotExist) {
			r.Skip(name, "%s holds no manifest.json, which names the key: give the output folder", e)
			return
		}
		if err != nil {
			r.Add(name, false, "%v", err)
			return
		}
		if k != own {
			r.Add(name, false, "%s was made with key %s, epoch %d, this output with key %s, epoch %d: nobody can be followed from one to the other", e, k.Fingerprint, k.Epoch, own.Fingerprint, own.Epoch)
			return
		}
	}
	r.Add(name, true, "made with the key and epoch of the %d earlier deliveries", len(earlier))
}
