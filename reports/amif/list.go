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

	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/transform"
)

// listColumns is the header of deelnemers.csv: fixed, whatever the language, so that a list can serve
// as --earlier-amif years later.
var listColumns = []string{
	"pseudoniem", "ngo", "geslacht", "leeftijdsgroep", "start", "einde", "scenario", "uitkomst", "vertrekdatum",
	"begeleidingsuren", "vertrekbewijs", "trajecten", "activiteiten", "activiteiten_met_bewijs", "teruggekeerd", "teruggekeerd_met_bewijs",
	"herintegratie", "aan_te_vullen", "bestemd_voor",
}

// listMarking stands in every row of the list, because a row outlives its file.
const listMarking = "vertrouwelijk: alleen AMIF-verantwoording (art. 15.3)"

// WriteList writes deelnemers.csv: the rows of the sheet of participants, with ISO dates and decimal
// points. A text that a spreadsheet would take for a formula gets an apostrophe in front.
func WriteList(w io.Writer, a *transform.Account) error {
	x := &account{Account: a, lang: reports.Dutch}
	rows := [][]string{listColumns}
	for i := range a.Participants {
		rows = append(rows, x.listRow(&a.Participants[i]))
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return say.Errorf("write list of participants: %w", err)
	}
	return nil
}

func (x *account) listRow(p *transform.Participant) []string {
	outcome := ""
	if p.Outcome != "" {
		outcome = x.label("outcome", p.Outcome)
	}
	known := func(text string) string { // that rests on the register of guidance
		if !x.Guidance {
			return ""
		}
		return text
	}
	return []string{
		p.Pseudonym, harmless(x.label("organisation", p.Organisation)), x.label("sex", p.Sex), x.label("age_band", p.AgeBand),
		p.Start.String(), p.End.String(), x.label("scenario", "return"), outcome, p.Departed.String(),
		known(decimalHours(p.Hours)), x.yes(p.Evidence), strconv.Itoa(len(p.Trajectories)),
		known(strconv.FormatInt(p.Activities, 10)), known(strconv.FormatInt(p.Evidenced, 10)),
		x.yes(p.Returned), x.yes(p.WithEvidence), known(x.yes(p.Reintegration)), x.reasons(p), listMarking,
	}
}

// decimalHours writes hours with two decimals, or up to four where it takes them.
func decimalHours(units int64) string {
	s := fmt.Sprintf("%.4f", float64(units)/transform.HourUnits)
	for range 2 {
		s = strings.TrimSuffix(s, "0")
	}
	return s
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
	first, _ := in.Peek(len(listColumns[0]) + 1)
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
	if head[0] != listColumns[0] {
		return fail("does not begin with the column %s", listColumns[0])
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
