package excel

import (
	"bytes"
	"slices"
	"testing"

	"lvv/ingest"
	"lvv/reports"
	"lvv/reports/excel/workbook/booktest"
)

func TestRejects(t *testing.T) {
	rejects := []ingest.Reject{
		{File: "verblijf_hvo.xlsx", Sheet: "Blad1", Line: 214, Table: "stays", Field: "date_in", Header: "Datum in", Reason: "invalid_date", Value: "31-02-2020"},
		{File: "verblijf_hvo.xlsx", Sheet: "Blad1", Line: 214, Table: "stays", Field: "case_id", Header: "Casusnr", Reason: "orphan"},
		{File: "=cmd.csv", Line: 3, Table: "cases", Field: "sex", Header: "@geslacht", Reason: "invalid_code", Value: "=HYPERLINK(\"x\")"},
		{File: "trajecten.csv", Line: 9, Table: "trajectories", Reason: "malformed_row"},
	}
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		var first, again bytes.Buffer
		for _, buf := range []*bytes.Buffer{&first, &again} {
			if err := writeRejects(buf, slices.Values(rejects), len(rejects), lang); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Error("the same rejects gave other bytes")
		}
		rows := booktest.Sheets(t, first.Bytes(), true)[lang.Pick("Afgekeurd", "Rejected")]
		if len(rows) != 4+len(rejects) {
			t.Fatalf("%d rows for %d rejects", len(rows)-4, len(rejects))
		}
		for i, r := range rejects {
			wrong, expected, do := ingest.Explain(r.Reason, field(r), string(lang))
			want := []string{r.File, r.Sheet, []string{"214", "214", "3", "9"}[i], r.Header, r.Value, wrong, expected, do}
			if got := rows[4+i]; !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
			if wrong == "" || do == "" || wrong == r.Reason {
				t.Errorf("%s is not explained in %q", r.Reason, lang)
			}
		}
	}
}

// Where nothing was rejected, the workbook says so by being empty.
func TestNoRejects(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteRejects(&buf, &ingest.Result{}, reports.Dutch); err != nil {
		t.Fatal(err)
	}
	if rows := booktest.Sheets(t, buf.Bytes(), true)["Afgekeurd"]; len(rows) != 4 {
		t.Errorf("%q", rows)
	}
}
