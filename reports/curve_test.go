package reports_test

import (
	"bytes"
	"strings"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/reports"
	"lvv/reports/excel"
	"lvv/reports/excel/workbook/booktest"
	"lvv/reports/html"
	"lvv/transform"
)

// Page and workbook judge alike of which curve too little is left to draw.
func TestSparseCurve(t *testing.T) {
	const median = 218
	type point struct {
		day     int64
		running float64
	}
	tests := []struct {
		name    string
		minCell int
		points  []point
		known   bool // whether half of the trajectories have ended
		want    string
	}{
		{"steps", 5, []point{{0, 1}, {90, 0.85}, {180, 0.66}, {270, 0.5}}, true, ""},
		{"three days", 5, []point{{0, 1}, {90, 0.85}, {180, 0.66}}, true, "Het verloop is niet getekend"},
		{"a high step", 5, []point{{0, 1}, {90, 0.85}, {180, 0.6}, {270, 0.5}}, true, "Het verloop is niet getekend"},
		{"the same without control", 0, []point{{0, 1}, {180, 0.6}}, true, ""},
		{"nothing left", 5, nil, true, "Het verloop is niet getekend"},
		{"not computed", 5, nil, false, "Dit is niet te bepalen"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := transform.Figure{ID: "duration.survival_median", Unit: "days", Dims: []transform.Dim{{Name: "stat", Value: "estimate"}}, Value: transform.CountOf(median)}
			if !test.known {
				f.Value, f.Status = transform.Value{}, transform.Undefined
			}
			s := transform.Series{ID: "duration.curve", Columns: []string{"day", "survival", "low", "high", "at_risk"}}
			for _, p := range test.points {
				v := transform.RealOf(p.running)
				s.Rows = append(s.Rows, []transform.Value{transform.CountOf(p.day), v, v, v, transform.CountOf(50)})
			}
			p := disclose.Uncontrolled(&transform.Results{Figures: []transform.Figure{f}, Series: []transform.Series{s}})
			p.MinCell = test.minCell
			d := &reports.Document{Published: p, Lang: reports.Dutch, Terms: &transform.Terms{}}
			if got := reports.Dutch.Undrawn(p, s.ID, "survival", &f); !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
				t.Errorf("%q, want %q", got, test.want)
			}

			drawn, err := html.Draw(d)
			if err != nil {
				t.Fatal(err)
			}
			var page, book bytes.Buffer
			if err := html.Write(&page, d, drawn); err != nil {
				t.Fatal(err)
			}
			if err := excel.Write(&book, d); err != nil {
				t.Fatal(err)
			}
			if inPage := strings.Contains(page.String(), `id="chart-duration-survival"`); inPage != (test.want == "") {
				t.Errorf("the page draws it: %v", inPage)
			}
			behind, said := false, false
			for sheet, rows := range booktest.Sheets(t, book.Bytes(), true) {
				for _, row := range rows {
					const title = "Aandeel trajecten dat na zoveel dagen nog loopt"
					behind = behind || sheet == "Grafiekgegevens" && len(row) > 0 && row[0] == title
					said = said || len(row) > 0 && test.want != "" && strings.HasPrefix(row[0], title+". "+test.want)
				}
			}
			if behind != (test.want == "") || said != (test.want != "") {
				t.Errorf("the workbook draws it: %v, says why not: %v", behind, said)
			}
		})
	}
}
