package ingest

import "bytes"

// breakLines turns carriage returns that stand alone into line breaks: old systems end lines so, all of
// them or some. The last byte is left as it is, for what follows it is not known.
func breakLines(b []byte) {
	for i := 0; ; i++ {
		at := bytes.IndexByte(b[i:], '\r')
		if at < 0 || i+at+1 >= len(b) {
			return
		}
		if i += at; b[i+1] != '\n' && b[i+1] != '\r' {
			b[i] = '\n'
		}
	}
}
