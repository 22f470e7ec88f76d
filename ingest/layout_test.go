package ingest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
)

// A layout test writes stays of known content as registers come - in every encoding, delimiter and
// layout, as text and as workbooks - and compares what came through row by row.

// knownStay is a stay with what must become of it. The fields are as written; the map is the row of
// the store, nil where the row does not stay.
type knownStay struct {
	fields map[string]string // by canonical name
	stored map[string]string
	reject string // reason, "" for none
	field  string // of the reject
	bare   bool   // has fields too many, in a delimited file
}

type layout struct {
	encoding, newline, delim string
	gzip, workbook, titles   bool
	order                    []string // canonical names, "" for a column that nobody asked for
	headers                  map[string]string
}

var stayHeaders = map[string][]string{
	"stay_id": {"verblijfnummer", "Verblijf-Nummer", "STAY ID"}, "case_id": {"casusnummer", "Casus Nummer", "case_id"},
	"location": {"locatie", "Locatie", "location"}, "organisation": {"organisatie", "ORGANISATIE."}, "date_in": {"datum_in", "Datum in", "date in"},
	"date_out": {"datum_uit", "Dátum Uit"}, "exit_reason": {"reden_vertrek", "Reden vertrek"},
}

func randomLayout(r *rand.Rand) layout {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	l := layout{
		encoding: pick(encUTF8, encUTF8BOM, encUTF16LE, encUTF16BE, enc1252), newline: pick("\n", "\r\n"), delim: pick(";", ",", "\t", "|"),
		workbook: r.IntN(4) == 0, titles: r.IntN(3) == 0, headers: map[string]string{},
	}
	l.gzip = !l.workbook && r.IntN(5) == 0
	l.order = append(slices.Sorted(maps.Keys(stayHeaders)), "", "")
	r.Shuffle(len(l.order), func(i, j int) { l.order[i], l.order[j] = l.order[j], l.order[i] })
	for name, spellings := range stayHeaders {
		l.headers[name] = pick(spellings...)
	}
	return l
}

var (
	knownPlaces  = []string{"Walborg", "Café de Hoek", "Ringdijk 12; boven", "Huis \"West\"", "A, B | C", "=SOM(A1)", "€ uro"}
	knownExits   = map[string]string{"mob": "unknown_destination", "Bestendige oplossing": "durable_solution", "BEËINDIGD": "ended_by_decision", "n.v.t.": "", "": ""}
	uninvited    = []string{"06-12345678", "regel een\nregel twee", "\"geciteerd\"", "a;b,c|d", "", "=cmd()"}
	dateSpelling = []func(d day.Day) string{
		func(d day.Day) string { return d.String() },
		func(d day.Day) string { y, m, dd := d.Civil(); return fmt.Sprintf("%02d-%02d-%d", dd, m, y) },
		func(d day.Day) string { y, m, dd := d.Civil(); return fmt.Sprintf("%d/%d/%d", dd, m, y) },
		func(d day.Day) string { y, m, dd := d.Civil(); return fmt.Sprintf("%d%02d%02d 00:00:00", y, m, dd) },
	}
)

func keyText(p pseudonym.Pseudonym) string { return base64.StdEncoding.EncodeToString(p[:]) }

// orderText is the hidden number of a stay of one of the two cases.
func orderText(ids *pseudonym.Pseudonymizer, number, caseID string) string {
	b := pseudonym.AppendNumber(nil, []byte(number))
	person := ids.Of(pseudonym.CasePerson, []byte("C2"))
	if caseID == "C1" {
		person = ids.Of(pseudonym.Person, []byte("0123456789"))
	}
	ids.Order().Hide(b, person)
	return base64.StdEncoding.EncodeToString(b)
}

// randomStays makes stays of the two cases of the complete delivery.
func randomStays(t *testing.T, r *rand.Rand, n int) []knownStay {
	ids := testPseudonyms(t)
	var out []knownStay
	for i := range n {
		from := day.Of(2019, 3, 1) + day.Day(r.IntN(600))
		spell := func(d day.Day) string { return dateSpelling[r.IntN(len(dateSpelling))](d) }
		exit := slices.Sorted(maps.Keys(knownExits))[r.IntN(len(knownExits))]
		caseID := []string{"C1", "C2"}[r.IntN(2)]
		f := map[string]string{
			"stay_id": fmt.Sprintf("S%d", i), "case_id": caseID, "location": knownPlaces[r.IntN(len(knownPlaces))], "organisation": "HVO Querido",
			"date_in": spell(from), "date_out": "", "exit_reason": exit,
		}
		p := ids.Of(pseudonym.Case, []byte(caseID))
		s := map[string]string{
			"stay_key": keyText(ids.Of(pseudonym.Stay, []byte(f["stay_id"]))), "stay_order": orderText(ids, f["stay_id"], caseID), "case_key": keyText(p), "location": f["location"], "organisation": "HVO Querido", "date_in": from.String(),
		}
		if v := knownExits[exit]; v != "" {
			s["exit_reason"] = v
		}
		if r.IntN(2) == 0 {
			to := from + day.Day(r.IntN(100))
			f["date_out"], s["date_out"] = spell(to), to.String()
		}
		k := knownStay{fields: f, stored: s}
		k.spoil(r, i)
		out = append(out, k)
	}
	return out
}

// spoil makes one row in four wrong, each in one way.
func (k *knownStay) spoil(r *rand.Rand, i int) {
	reject := func(field, value, reason string) {
		k.fields[field] = value
		k.stored, k.reject, k.field = nil, reason, field
	}
	switch r.IntN(28) {
	case 0:
		reject("location", " - ", "missing_required")
	case 1:
		reject("date_in", "31-02-2020", "invalid_date")
	case 2:
		reject("case_id", "C3", "orphan")
	case 3:
		reject("date_out", "01-01-2018", "end_before_start")
	case 4:
		reject("stay_id", "", "missing_required")
	case 5:
		k.fields["exit_reason"] = "verdwenen"
		delete(k.stored, "exit_reason")
	case 6:
		if i > 0 {
			k.bare, k.stored, k.reject = true, nil, "malformed_row"
		}
	}
}

func (l layout) titleRows(r *rand.Rand) int {
	if !l.titles {
		return 0
	}
	return 1 + r.IntN(5)
}

func (l layout) name(base string) string {
	switch {
	case l.workbook:
		return base + ".xlsx"
	case l.gzip:
		return base + ".csv.gz"
	}
	return base + ".csv"
}

// render writes the file and returns the line on which every stay begins.
func (l layout) render(t *testing.T, r *rand.Rand, stays []knownStay) (content string, lines []int64) {
	if l.workbook {
		return l.renderWorkbook(t, r, stays)
	}
	var b strings.Builder
	write := func(fields []string) {
		for i, f := range fields {
			if strings.ContainsAny(f, "\"\n\r"+l.delim) || r.IntN(6) == 0 {
				f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
			}
			fields[i] = f
		}
		b.WriteString(strings.Join(fields, l.delim) + l.newline)
	}
	for range l.titleRows(r) {
		write([]string{"Overzicht " + l.encoding})
	}
	write(l.headerRow())
	for _, s := range stays {
		if r.IntN(20) == 0 {
			b.WriteString(l.newline)
		}
		lines = append(lines, int64(1+strings.Count(b.String(), "\n")))
		row := l.row(r, s)
		if s.bare {
			row = append(row, slices.Repeat([]string{"te veel"}, 20)...) // so that no line of it is a row by itself
		}
		write(row)
	}
	content = encode(t, b.String(), l.encoding)
	if l.gzip {
		content = compressed(t, content)
	}
	return content, lines
}

func (l layout) headerRow() []string {
	var out []string
	for i, name := range l.order {
		if name == "" {
			out = append(out, fmt.Sprintf("Notitie %d", i))
		} else {
			out = append(out, l.headers[name])
		}
	}
	return out
}

func (l layout) row(r *rand.Rand, s knownStay) []string {
	var out []string
	for _, name := range l.order {
		if name == "" {
			out = append(out, uninvited[r.IntN(len(uninvited))])
		} else {
			out = append(out, s.fields[name])
		}
	}
	return out
}

// renderWorkbook writes dates as text or as Excel dates; a row with fields too many is a good row there.
func (l layout) renderWorkbook(t *testing.T, r *rand.Rand, stays []knownStay) (content string, lines []int64) {
	f := excelize.NewFile()
	defer f.Close()
	sheet := "Sheet1"
	if r.IntN(2) == 0 {
		sheet = "Gegevens"
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		must(t, f.SetCellValue("Sheet1", "A1", "Toelichting"))
	}
	row := 1 + l.titleRows(r)
	if row > 1 {
		must(t, f.SetCellValue(sheet, "A1", "Overzicht"))
		must(t, f.MergeCell(sheet, "A1", "D1"))
	}
	cells := func(values []string, dates bool) {
		for i, v := range values {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				t.Fatal(err)
			}
			var value any = v
			if d, err := day.Parse(v); err == nil && dates && r.IntN(2) == 0 {
				value = d.Time()
			}
			if v != "" {
				must(t, f.SetCellValue(sheet, at, value))
			}
		}
		row++
	}
	cells(l.headerRow(), false)
	for i := range stays {
		if stays[i].reject == "malformed_row" {
			stays[i].reject, stays[i].field = "missing_required", "location"
			stays[i].fields["location"] = ""
		}
		if r.IntN(20) == 0 {
			row++
		}
		lines = append(lines, int64(row))
		must(t, f.SetRowVisible(sheet, row, r.IntN(5) > 0))
		cells(l.row(r, stays[i]), true)
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.String(), lines
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryLayout(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		l := randomLayout(r)
		stays := randomStays(t, r, r.IntN(60))
		content, lines := l.render(t, r, stays)
		name := l.name("Verblijf_hvo")
		d := complete(name, content)
		res, err := d.read(t, 1+r.IntN(3))
		if err != nil {
			t.Fatalf("seed %d, %+v: %v", seed, l, err)
		}
		accounts(t, res)
		var wantRows []map[string]string
		var wantRejects []string
		for i, s := range stays {
			if s.reject != "" {
				wantRejects = append(wantRejects, fmt.Sprintf("%s:%d %s %s", name, lines[i], s.field, s.reject))
				continue
			}
			s.stored["file_no"], s.stored["line_no"] = "1", fmt.Sprint(lines[i])
			wantRows = append(wantRows, s.stored)
		}
		var gotRejects []string
		for j := range res.Rejects.All() {
			field := j.Field
			if j.Reason == "malformed_row" {
				field = ""
			}
			gotRejects = append(gotRejects, fmt.Sprintf("%s:%d %s %s", j.File, j.Line, field, j.Reason))
		}
		for i, w := range wantRejects {
			if i >= len(gotRejects) || gotRejects[i] != w {
				t.Fatalf("seed %d, %+v:\nrejects %q\nwant    %q", seed, l, gotRejects, wantRejects)
			}
		}
		if len(gotRejects) != len(wantRejects) {
			t.Fatalf("seed %d: %d rejects, want %d", seed, len(gotRejects), len(wantRejects))
		}
		gotRows := stored(t, res.Store, "stays")
		for i := range min(len(gotRows), len(wantRows)) {
			if !reflect.DeepEqual(gotRows[i], wantRows[i]) {
				t.Fatalf("seed %d, %+v: row %d\n got %v\nwant %v", seed, l, i, gotRows[i], wantRows[i])
			}
		}
		if len(gotRows) != len(wantRows) {
			t.Fatalf("seed %d: %d rows in the store, want %d", seed, len(gotRows), len(wantRows))
		}
		account := res.Files[1]
		if account.Read != int64(len(stays)) || len(account.UnknownColumns) != 2 {
			t.Fatalf("seed %d: read %d of %d rows; unknown columns %q", seed, account.Read, len(stays), account.UnknownColumns)
		}
	}
}
