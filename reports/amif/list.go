package amif

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// listMarking stands in every row of the list, because a row outlives its file.
const listMarking = "vertrouwelijk: alleen AMIF-verantwoording (art. 15.3)"

// WriteList writes deelnemers.csv: the rows of the sheet of participants, with ISO dates and decimal
// points. A text that a spreadsheet would take for a formula gets an apostrophe in front.
func WriteList(w io.Writer, a *transform.Account) error {
	x := &account{Account: a, lang: reports.Dutch}
	fields := x.participants()
	rows := [][]string{append(lists.Map(fields, func(f field[transform.Participant]) string { return f.id }), "bestemd_voor")}
	for p := range each(a.Participants) {
		rows = append(rows, append(lists.Map(fields, func(f field[transform.Participant]) string { return listText(f.cell(p)) }), listMarking))
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return say.Errorf("write list of participants: %w", err)
	}
	return nil
}

// listText writes a cell as the list has it: hours with two decimals, or up to four where it takes them, and nothing
// where a note stands in the place of a value.
func listText(c workbook.Cell) string {
	switch v := c.Content().(type) {
	case nil:
		return ""
	case float64:
		s := strconv.FormatFloat(v, 'f', 4, 64)
		for range 2 {
			s = strings.TrimSuffix(s, "0")
		}
		return s
	case string:
		return harmless(v)
	default:
		return fmt.Sprint(v)
	}
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// pseudonymLength is that of a pseudonym in base32.
const pseudonymLength = 26

// ReadEarlier adds the pseudonyms of an earlier account's list of participants to those given. The
// error names what the file lacks; a list made under another key matches nobody, which the caller can
// see from the account's Earlier.
func ReadEarlier(path string, into map[string]bool) error {
	fail := func(format string, args ...any) error {
		return say.Errorf("earlier AMIF account %s %w\n  Give the deelnemers.csv of an earlier output", path, say.Errorf(format, args...))
	}
	f, err := regular.Open(path)
	if err != nil {
		return fail("cannot be opened: %w", errors.Unwrap(err))
	}
	defer f.Close()
	in := bufio.NewReader(f)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		if _, err := in.Discard(len(mark)); err != nil {
			return fail("cannot be read: %w", err)
		}
	}
	first, _ := in.Peek(len(pseudonymColumn) + 1)
	r := csv.NewReader(in)
	if strings.HasSuffix(string(first), ";") {
		r.Comma = ';' // as a Dutch Excel saves it again
	}
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return fail("is empty")
	}
	if err != nil {
		return fail("is not a CSV file: %w", err)
	}
	if head[0] != pseudonymColumn {
		return fail("does not begin with the column %s", pseudonymColumn)
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fail("is not a CSV file: %w", err)
		}
		if line, _ := r.FieldPos(0); len(row[0]) != pseudonymLength {
			return fail("holds no pseudonym at line %d", line)
		}
		into[row[0]] = true
	}
}
