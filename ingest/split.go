package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"
)

// chunkSize is how much text a worker gets at a time.
const chunkSize = 512 << 10

// chunk is a part of a file that begins and ends with a record.
type chunk struct {
	data  []byte
	line  int64 // of its first record
	over  bool  // in place of one record that is too long to hold
	batch *batch
	done  chan struct{}
}

// splitter cuts text into chunks. It finds the same records as a scanner that reads all of it in one
// go, so that the result does not depend on where it cuts.
type splitter struct {
	src   io.Reader
	scan  scanner
	carry []byte
	line  int64
	eof   bool
	size  int // of a chunk, about
	pool  *sync.Pool
}

// next returns the next chunk, and io.EOF behind the last.
func (s *splitter) next() (*chunk, error) {
	buf := (*s.pool.Get().(*[]byte))[:0]
	buf = append(buf, s.carry...)
	for target := s.size; ; target += s.size {
		var err error
		if buf, err = s.fill(buf, target); err != nil {
			return nil, err
		}
		cut := s.cut(buf)
		switch {
		case cut > 0:
			s.carry = append(s.carry[:0], buf[cut:]...)
			c := &chunk{data: buf[:cut], line: s.line, done: make(chan struct{})}
			s.line += int64(bytes.Count(c.data, newline))
			return c, nil
		case s.eof:
			return nil, io.EOF
		case len(buf) > maxRecord && bytes.IndexByte(buf, '\n') < 0:
			return s.tooLong(buf)
		}
	}
}

// fill reads until buf holds target bytes or the text ends.
func (s *splitter) fill(buf []byte, target int) ([]byte, error) {
	for len(buf) < target && !s.eof {
		if cap(buf)-len(buf) < 64<<10 {
			buf = append(make([]byte, 0, max(target, cap(buf))+s.size/2+64<<10), buf...)
		}
		n, err := s.src.Read(buf[len(buf):min(cap(buf), max(target, len(buf)+1))])
		buf = buf[:len(buf)+n]
		breakLines(buf[max(0, len(buf)-n-1):])
		if errors.Is(err, io.EOF) {
			s.eof = true
		} else if err != nil {
			return buf, err
		}
	}
	return buf, nil
}

// cut returns the end of the last record that certainly ends in buf.
func (s *splitter) cut(buf []byte) int {
	if s.eof {
		return len(buf)
	}
	buf = bytes.TrimSuffix(buf, []byte{'\r'}) // which may become a line break
	pos := 0
	for {
		quote := bytes.IndexByte(buf[pos:], '"')
		if quote < 0 {
			return pos + bytes.LastIndexByte(buf[pos:], '\n') + 1
		}
		// The lines before the one with the quote are records.
		pos += bytes.LastIndexByte(buf[pos:pos+quote], '\n') + 1
		kind, size, _ := s.scan.next(buf[pos:], false)
		if kind == unclear {
			return pos
		}
		pos += size
	}
}

// tooLong drops the rest of a line of which buf holds the beginning.
func (s *splitter) tooLong(buf []byte) (*chunk, error) {
	c := &chunk{over: true, line: s.line, done: make(chan struct{})}
	s.line++
	for {
		if i := bytes.IndexByte(buf, '\n'); i >= 0 {
			s.carry = append(s.carry[:0], buf[i+1:]...)
			return c, nil
		}
		if s.eof {
			s.carry = s.carry[:0]
			return c, nil
		}
		var err error
		if buf, err = s.fill(buf[:0], s.size); err != nil {
			return nil, err
		}
	}
}

// readDelimited reads the rows of a delimited file with several workers and hands them to accept in
// their order.
func (r *reading) readDelimited(ctx context.Context, in *input, t *tableReading, accept func(*batch) error) (Input, error) {
	f, err := in.open()
	if err != nil {
		return Input{}, err
	}
	defer f.Close()
	src := &raw{in: in, file: f, hash: sha256.New(), report: r.reporter(in)}
	text, err := in.text(src)
	if err != nil {
		return Input{}, err
	}
	if _, err := io.CopyN(io.Discard, text, in.skip); err != nil {
		if errors.Is(err, io.EOF) {
			err = in.changed()
		}
		return Input{}, err
	}
	s := &splitter{src: text, scan: scanner{delim: in.delim, want: len(in.header.fields)}, line: in.line, size: chunkSize, pool: &r.buffers}
	if err := r.parallel(ctx, s, in, t, accept); err != nil {
		return Input{}, err
	}
	return src.finish()
}

// parallel runs the workers over the chunks of s.
func (r *reading) parallel(ctx context.Context, s *splitter, in *input, t *tableReading, accept func(*batch) error) error {
	g, ctx := errgroup.WithContext(ctx)
	work := make(chan *chunk)
	ordered := make(chan *chunk, r.workers+1) // bounds how far the workers run ahead
	g.Go(in.guard(func() error {
		defer close(work)
		defer close(ordered)
		for {
			if err := ctx.Err(); err != nil {
				return err
			}
			c, err := s.next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			for _, to := range []chan *chunk{ordered, work} {
				select {
				case to <- c:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
	}))
	workers := r.workers
	if in.blocks {
		workers = 1 // a row depends on the header of its block
	}
	for range workers {
		rows := t.rowParser(in)
		g.Go(in.guard(func() error {
			scan := scanner{delim: in.delim, want: len(in.header.fields)}
			var waiting *chunk // its last rows may be the title of the next one's first
			release := func() {
				if waiting != nil {
					close(waiting.done)
				}
				waiting = nil
			}
			defer release()
			for c := range work {
				rows.b = t.batch()
				c.parse(&scan, rows)
				c.batch = rows.b
				r.buffers.Put(&c.data)
				if rows.waitingIn != rows.b {
					rows.settle()
				}
				release()
				if waiting = c; rows.waiting == 0 {
					release()
				}
			}
			return nil
		}))
	}
	g.Go(in.guard(func() error {
		for c := range ordered {
			select {
			case <-c.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := accept(c.batch); err != nil {
				return err
			}
		}
		return nil
	}))
	return g.Wait()
}

// parse reads the records of the chunk.
func (c *chunk) parse(scan *scanner, rows *rowParser) {
	if c.over {
		rows.refuse(c.line, malformedRow)
		return
	}
	line := c.line
	for rest := c.data; len(rest) > 0; {
		kind, size, lines := scan.next(rest, true)
		switch kind {
		case whole:
			rows.row(line, scan.cells)
		case uneven:
			rows.uneven(line, scan.cells)
			scan.want = len(rows.header.fields) // of the block that may begin here
		case ragged:
			rows.broken(line, rest[:size])
		case blank:
			rows.blank(rest[:size])
		}
		rest, line = rest[size:], line+int64(lines)
	}
}
