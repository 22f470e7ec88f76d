package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"lvv/internal/regular"
	"lvv/internal/say"
)

// held is what the store has of an input.
type held struct {
	*part
	place int   // among the parts of its table
	input Input // as it is now
}

// holdings are the parts of each table; those that were given to a file are nil.
type holdings map[*Table][]*part

func (k *KeptStore) holdings() holdings {
	h := holdings{}
	for _, p := range k.index.Files {
		t := TableNamed(p.Account.Table)
		h[t] = append(h[t], p)
	}
	return h
}

// place returns the place of the first part that was made from a file such as this, or -1. An empty
// HMAC is like any.
func (h holdings) place(in *input, hmac string) int {
	for i, p := range h[in.table] {
		if p != nil && p.Format == in.format && p.Input.Size == in.info.Size() && (hmac == "" || hmac == p.Input.HMAC) {
			return i
		}
	}
	return -1
}

// compare finds out which inputs are as they were, whatever they are called now, and whether what is
// kept of them is sound.
func (r *reading) compare(ctx context.Context, inputs []*input, faults *[]*Fault) error {
	c := &comparison{reading: r}
	holdings := r.kept.holdings()
	var likely, same []*input
	for _, in := range inputs {
		if holdings.place(in, "") >= 0 {
			likely = append(likely, in)
			c.total += in.info.Size()
		}
	}
	found := make([]Input, len(likely))
	failed := make([]*Fault, len(likely))
	err := c.each(ctx, likely, func(ctx context.Context, i int) (err error) {
		found[i], err = c.input(ctx, likely[i])
		if errors.As(err, &failed[i]) {
			return nil // told together with those of others
		}
		return err
	})
	if err != nil {
		return err
	}
	for i, in := range likely {
		if failed[i] != nil {
			*faults = append(*faults, failed[i])
			in.faulty = true
		} else if at := holdings.place(in, found[i].HMAC); at >= 0 {
			in.held = &held{holdings[in.table][at], at, found[i]}
			holdings[in.table][at] = nil
			same, r.reusing = append(same, in), true
		}
	}
	return c.segments(ctx, same)
}

// segments gives up what is kept of the inputs where it is damaged.
func (c *comparison) segments(ctx context.Context, inputs []*input) error {
	for _, in := range inputs {
		if info, err := os.Stat(c.path(in.held.Segment.File)); err == nil {
			c.total += info.Size()
		}
	}
	sound := make([]bool, len(inputs))
	err := c.each(ctx, inputs, func(ctx context.Context, i int) (err error) {
		sound[i], err = c.sound(ctx, inputs[i].held.Segment)
		return err
	})
	if err != nil {
		return err
	}
	for i, in := range inputs {
		if !sound[i] {
			c.kept.notices = append(c.kept.notices, say.Errorf("the store %s is damaged (%s): %s is read again", c.storeDir, in.held.Segment.File, in.shown))
			in.held = nil
		}
	}
	return nil
}

// comparison hashes files, several at a time.
type comparison struct {
	*reading
	mu          sync.Mutex
	done, total int64 // bytes
}

// input hashes an input, and notices where it changes meanwhile.
func (c *comparison) input(ctx context.Context, in *input) (Input, error) {
	f, err := in.open()
	if err != nil {
		return Input{}, err
	}
	defer f.Close()
	src := &raw{in: in, file: f, hash: sha256.New()}
	if err := drain(ctx, src, c.tell); err != nil {
		return Input{}, err
	}
	return src.finish()
}

// sound reports whether a segment is what was written.
func (c *comparison) sound(ctx context.Context, s segment) (bool, error) {
	f, err := regular.Open(c.path(s.File))
	if err != nil {
		return false, nil // what cannot be opened is not sound
	}
	defer f.Close()
	src := &hashed{f, sha256.New()}
	if err := drain(ctx, src, c.tell); err != nil {
		return false, ctx.Err() // what cannot be read is not sound
	}
	return hex.EncodeToString(src.hash.Sum(nil)) == s.SHA256, nil
}

// hashed hashes what is read.
type hashed struct {
	src  io.Reader
	hash hash.Hash
}

func (h *hashed) Read(p []byte) (int, error) {
	n, err := h.src.Read(p)
	h.hash.Write(p[:n])
	return n, err
}

// drain reads to the end and tells the progress.
func drain(ctx context.Context, src io.Reader, tell func(int64)) error {
	buf := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := src.Read(buf)
		tell(int64(n))
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (c *comparison) tell(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done += n
	if c.progress != nil {
		c.progress(Progress{Bytes: c.done, Total: c.total})
	}
}

// path is where a file of the store lies.
func (r *reading) path(file string) string { return filepath.Join(r.storeDir, file) }
