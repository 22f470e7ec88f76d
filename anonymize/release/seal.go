package release

import (
	"archive/tar"
	"bytes"
	"io"
	"time"

	"filippo.io/age"

	"lvv/internal/say"
)

// seal writes the files as a tar archive encrypted with age. The plain text is never on disk.
func seal(w io.Writer, recipients []age.Recipient, at time.Time, files []file) error {
	sealed, err := age.Encrypt(w, recipients...)
	if err != nil {
		return say.Errorf("encrypt the delivery: %w", err)
	}
	archive := tar.NewWriter(sealed)
	for _, f := range files {
		var b bytes.Buffer
		if err := f.fill(&b); err != nil {
			return err
		}
		head := &tar.Header{Name: Folder + "/" + f.name, Mode: 0o600, Size: int64(b.Len()), ModTime: at, Format: tar.FormatPAX}
		err := archive.WriteHeader(head)
		if err == nil {
			_, err = archive.Write(b.Bytes())
		}
		if err != nil {
			return say.Errorf("encrypt the delivery: %w", err)
		}
	}
	if err := archive.Close(); err != nil {
		return say.Errorf("encrypt the delivery: %w", err)
	}
	return sealed.Close()
}
