package ingest

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"lvv/internal/say"
)

// WriteQuarantineCSV writes one line a reject, in the order of the source: UTF-8, separated by
// commas, with a header. Text that a spreadsheet would take for a formula begins with an apostrophe.
func WriteQuarantineCSV(w io.Writer, r *Result) error {
	out := csv.NewWriter(w)
	err := out.Write([]string{"file", "line", "table", "field", "reason", "sheet", "column", "value"})
	for j := range r.Rejects.All() {
		row := []string{j.File, strconv.FormatInt(j.Line, 10), j.Table, j.Field, j.Reason, j.Sheet, j.Header, j.Value}
		for i, s := range row {
			row[i] = inert(s)
		}
		if err != nil {
			break
		}
		err = out.Write(row)
	}
	out.Flush()
	if err = cmp.Or(err, out.Error()); err != nil {
		return say.Errorf("write quarantine list: %w", err)
	}
	return nil
}

// inert keeps a spreadsheet from taking text for a formula.
func inert(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r|%", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
