package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bookXML is a workbook by the XML of its parts.
type bookXML struct {
	sheet, strings, styles, properties string
}

func (b bookXML) file(t testing.TB) string {
	t.Helper()
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	return parts(t,
		"_rels/.rels", `<Relationships><Relationship Id="r1" Type="`+rel+`officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<?xml version="1.0"?><workbook xmlns:r="x">`+b.properties+`<sheets><sheet name="Blad &amp; 1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="`+rel+`worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="r2" Type="`+rel+`sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="`+rel+`styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml", `<sst>`+b.strings+`</sst>`, "xl/styles.xml", `<styleSheet>`+b.styles+`</styleSheet>`,
		"xl/worksheets/sheet1.xml", b.sheet)
}

// inline makes cells of text.
func inline(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		fmt.Fprintf(&b, `<c t="inlineStr"><is><t>%s</t></is></c>`, s)
	}
	return b.String()
}

func TestWorkbookCells(t *testing.T) {
	d := complete("casussen.xlsx", bookXML{
		properties: `<workbookPr date1904="1"/>`,
		strings: `<si><t>C1</t></si><si><r><t>toe</t></r><r><rPr><b/></rPr><t xml:space="preserve">gelaten</t></r><rPh sb="0" eb="1"><t>fonetisch</t></rPh></si>` +
			`<si><t>LVV&#38;2_x000D_</t></si><si/>`,
		styles: `<numFmts><numFmt numFmtId="164" formatCode="[$-413]d\ mmmm\ yyyy;@"/><numFmt numFmtId="165" formatCode="&quot;dag&quot; 0"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>`,
		sheet: `<x:worksheet xmlns:x="y"><x:cols><x:col min="1"/></x:cols><x:sheetData>` +
			fmt.Sprintf(`<row r="2">%s</row>`, inline("casusnummer", "vreemdelingennummer", "aanmelddatum", "besluit", "besluitdatum", "uitzondering", "geboortedatum")) +
			// shared strings, a numeric V-number, a formula with its cached value, a boolean, dates counted from 1904
			`<row r="4" hidden="1"><c r="A4" t="s"><v>0</v></c><c r="B4"><v>123456789</v></c><c r="C4" s="1"><v>42063</v></c><c r="D4" t="s"><v>1</v></c>` +
			`<c r="E4"><f>C4+1</f><v>42064</v></c><c r="F4" t="b"><v>1</v></c><c r="G4" t="e"><v>#N/A</v></c></row>` +
			// no references, CDATA, text of a formula, an empty cell, an error, an ISO date
			`<row><c t="inlineStr"><is><t><![CDATA[C<2>]]></t></is></c><c/><c t="d"><v>2019-03-01T00:00:00</v></c><c t="str"><f>A1&amp;"x"</f><v>in behandeling</v></c><c/><c t="b"><v>0</v></c><c t="e"><v>#REF!</v></c></row>` +
			`<row r="7"><c r="A7" s="1"><v>42063</v></c><c r="C7" t="inlineStr"><is><t>42063</t></is></c><c r="D7" t="inlineStr"><is><t>pending</t></is></c></row>` +
			`<row r="8" spans="1:3"><c r="A8" s="1"/><c r="B8" t="s"><v>3</v></c></row>` +
			`</x:sheetData><x:mergeCells count="1"><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>`,
	}.file(t))
	r := d.mustRead(t)
	if got, want := rejected(r), ""; got != want {
		t.Errorf("rejects %q", got)
	}
	if f := r.Files[0]; f.HeaderRow != 2 || f.Sheet != "Blad & 1" || f.Encoding != "xlsx" || f.Read != 3 {
		t.Errorf("account %+v", f)
	}
	want := []map[string]string{
		{"applied_on": "2019-03-01", "decision": "admitted", "decided_on": "2019-03-02", "exceptional": "true", "identity_unknown": "false", "line_no": "4"},
		{"applied_on": "2019-03-01", "decision": "pending", "exceptional": "false", "identity_unknown": "true", "line_no": "5"},
		{"applied_on": "2019-03-01", "decision": "pending", "identity_unknown": "true", "line_no": "7"},
	}
	rows := stored(t, r.Store, "cases")
	for i, row := range rows {
		for _, k := range []string{"case_key", "person_key", "file_no"} {
			delete(row, k)
		}
		if fmt.Sprint(row) != fmt.Sprint(want[i]) {
			t.Errorf("row %d is %v, want %v", i, row, want[i])
		}
	}
	warnings := "hidden_rows_read cases. note 1 [{casussen.xlsx 4}]\ndate_in_text cases.case_id warning 1 [{casussen.xlsx 7}]\nv_number_padded cases.v_number note 1 [{casussen.xlsx 4}]\nidentity_unknown cases.v_number warning 2 [{casussen.xlsx 5} {casussen.xlsx 7}]\nformula_error cases.birth_date warning 1 [{casussen.xlsx 5} #REF!]"
	if got := warned(r); got != warnings {
		t.Errorf("warnings:\n%s\nwant:\n%s", got, warnings)
	}
}

func TestSheetIsFoundByItsHeader(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetCellValue("Sheet1", "A1", "Toelichting"))
	for _, name := range []string{"Oud", "Nieuw"} {
		_, err := f.NewSheet(name)
		must(t, err)
		at := map[string]int{"Oud": 21, "Nieuw": 20}[name]
		must(t, f.SetSheetRow(name, fmt.Sprintf("B%d", at), &[]any{"verblijfnummer", "casusnummer", "locatie", "datum_in"}))
		must(t, f.SetSheetRow(name, fmt.Sprintf("B%d", at+1), &[]any{"V1", "C1", name, "01-03-2019"}))
	}
	must(t, f.SetSheetVisible("Nieuw", false))
	for _, name := range []string{"Leeg", "Later"} { // a form to fill in, and next year's register
		_, err := f.NewSheet(name)
		must(t, err)
		must(t, f.SetSheetRow(name, "A1", &[]any{"verblijfnummer", "casusnummer", "locatie", "datum_in"}))
	}
	must(t, f.SetSheetRow("Later", "A3", &[]any{"V9", "C1", "A", "01-03-2020"}))
	var b bytes.Buffer
	must(t, f.Write(&b))
	r := complete("verblijf.xlsx", b.String()).mustRead(t)
	if others := r.UnreadSheets(); len(others) != 1 || others[0] != "verblijf.xlsx [Nieuw]" {
		t.Errorf("unread sheets %q", others)
	}
	if rows := stored(t, r.Store, "stays"); len(rows) != 1 || rows[0]["location"] != "A" || r.Files[1].HeaderRow != 1 || r.Files[1].Sheet != "Later" {
		t.Errorf("read %v from %+v", rows, r.Files[1])
	}
}

// Half past one is stored as 0.0625: the number of a cell that shows a time is not its hours.
func TestHoursTypedAsATime(t *testing.T) {
	var cells strings.Builder
	for i := 1; i <= 5; i++ {
		fmt.Fprintf(&cells, `<row>%s<c s="%d"><v>0.0625</v></c></row>`, inline("T1", "02-01-2020", "gesprek"), i)
	}
	d := complete("begeleiding.xlsx", bookXML{
		styles: `<numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/><numFmt numFmtId="165" formatCode="hh:mm;@"/><numFmt numFmtId="166" formatCode="0.0000\ &quot;uur&quot;"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>`,
		sheet: "<worksheet><sheetData><row>" + inline("trajectnummer", "datum", "soort", "uren") + "</row>" + cells.String() + "</sheetData></worksheet>",
	}.file(t))
	r := d.mustRead(t)
	var got []string
	for _, row := range stored(t, r.Store, "guidance") {
		got = append(got, row["hours"])
	}
	if fmt.Sprint(got) != "[    0.0625]" || !strings.Contains(warned(r), "invalid_number guidance.hours warning 4 ") {
		t.Errorf("hours %q, warnings %s", got, warned(r))
	}
}

func TestProtectedWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var b bytes.Buffer
	must(t, f.Write(&b, excelize.Options{Password: "geheim"}))
	_, err := complete("verblijf.xlsx", b.String()).read(t, 1)
	if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], "password") {
		t.Errorf("faults %q", got)
	}
}

func TestShowsDate(t *testing.T) {
	for code, want := range map[string]bool{
		"dd-mm-yyyy": true, "d mmmm": true, "[$-413]d\\ mmm\\ jj": true, "yyyy": true, "General": false, "0.00": false, "#,##0": false, `"dag" 0`: false,
		"[Red]0": false, `0\d`: false, "h:mm": true, "[h]:mm": true, "[ss]": true, "mmmm": true, "[$€-413] 0.00": false, "@": false, `"open`: false, "[open": false, "_d0": false,
	} {
		if got := showsDate(code); got != want {
			t.Errorf("showsDate(%q) = %v", code, got)
		}
	}
}

func TestXMLScanner(t *testing.T) {
	long := strings.Repeat("a", 200_000)
	for _, c := range []struct{ in, want string }{
		{`<a b="1>2" c='"'>x &lt; y<b/><!-- <z> --><![CDATA[<q>]]></a>`, `<a>[x < y]<b></b>[<q>]</a>`},
		{`<?xml version="1.0"?><p:a>` + long + `</p:a >`, `<a>[` + long + `]</a>`},
		{`<a>&amp;&quot;&apos;&#65;&#x42;&nbsp;&;&#xFFFFFFFF;</a>`, `<a>[&"'AB&nbsp;&;&#xFFFFFFFF;]</a>`},
		{`<a`, `error`}, {`<a><!-- x`, `<a>error`}, {`<!DOCTYPE a>`, `error`}, {`<a>` + strings.Repeat("x", 2*maxToken+5), `<a>error`}, {`<>`, `error`},
		{`<a b='` + strings.Repeat("x", 2*maxToken+5) + `'/>`, `error`},
	} {
		x := newXMLScanner(strings.NewReader(c.in))
		var b strings.Builder
		for {
			kind, err := x.next()
			if err != nil {
				if err.Error() != "EOF" {
					b.WriteString("error")
				}
				break
			}
			switch kind {
			case startTag:
				fmt.Fprintf(&b, "<%s>", x.name)
			case endTag:
				fmt.Fprintf(&b, "</%s>", x.name)
			case charData:
				fmt.Fprintf(&b, "[%s]", x.appendText(nil))
			}
		}
		if b.String() != c.want {
			t.Errorf("%.60q gives %.80q, want %.80q", c.in, b.String(), c.want)
		}
	}
}
