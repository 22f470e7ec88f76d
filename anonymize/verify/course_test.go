package verify

import (
	"testing"
)

func TestSame(t *testing.T) {
	tests := []struct {
		cell, text string
		want       bool
	}{
		{"16", "16", true},
		{"16", "17", false},
		{"1.234", "1234", true},
		{"1,234", "1234", true},
		{"1.234", "1235", false},
		{"88,3%", "0.8834", true},
		{"88,3%", "0.885", false},
		{"0.8834", "88.3%", true},
		{"0.017", "0.1%", false}, // no 01% with a point among thousands
		{"€ 10.440.000,00", "€\u00a010.440.000", true},
		{"€10,440,000.00", "10440000", true},
		{"€ 80.245,79", "€\u00a080.246", true}, // a picture has whole euros
		{"€\u00a080.246", "80245.79", true},
		{"−€80,246", "-80245.79", true},
		{"€\u00a080.247", "80245.79", false},
		{"80.246", "80245.79", false},
		{"−3,5", "-3.5", true},
		{"218 dagen", "218", true},
		{"·", "·", true},
		{"·niet getoond", "·", true},
		{"·3", "·", false},
		{"<5", "3", false},
		{"3", "<5", false},
		{"", "", true},
		{"·", "", false},
	}
	for _, test := range tests {
		if got := same(test.cell, test.text); got != test.want {
			t.Errorf("same(%q, %q) is %v", test.cell, test.text, got)
		}
	}
}

func TestMissing(t *testing.T) {
	tables := []grid{
		{{"Grond", "Afwijzingen"}, {"anders", "<5"}, {"Dublin", "16"}},
		{{"Reden", "Vertrek"}, {"anders", "3"}, {"Dublin", "4"}},
		{{"Groep", "Bestendig", "Geen"}, {"anders", "7", "8"}},
	}
	tests := []struct {
		name   string
		course course
		want   string // the label that is missing; "" for none
	}{
		{"as it stands", course{entries: []entry{{[]string{"Anders"}, "<5"}, {[]string{"Dublin"}, "16"}}}, ""},
		{"a part", course{entries: []entry{{[]string{"Dublin"}, "16"}}}, ""},
		{"one of another table", course{entries: []entry{{[]string{"anders"}, "3"}, {[]string{"Dublin"}, "16"}}}, "anders"},
		{"another label", course{entries: []entry{{[]string{"anders"}, "<5"}, {[]string{"overig"}, "16"}}}, "overig"},
		{"the column of its name", course{head: "geen", entries: []entry{{[]string{"anders"}, "8"}}}, ""},
		{"not that of another", course{head: "geen", entries: []entry{{[]string{"anders"}, "7"}}}, "anders"},
		{"by another name", course{entries: []entry{{[]string{"?", "Dublin"}, "4"}}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list := tables
			if test.course.head != "" {
				list = tables[2:]
			}
			if got, missing := test.course.missing(list); got != test.want || missing != (test.want != "") {
				t.Errorf("%q, %v; want %q", got, missing, test.want)
			}
		})
	}
}

func TestEven(t *testing.T) {
	tests := []struct {
		scale []string
		want  bool
	}{
		{nil, true},
		{[]string{"0", "50", "100"}, true},
		{[]string{"0", "51", "100"}, false},
		{[]string{"0%", "20%", "40%", "0", "100", "200"}, true},
		{[]string{"1%", "20%", "40%", "0", "100", "200"}, false},
		{[]string{"€ 0", "€ 500.000", "€ 1,0 mln", "€ 1,5 mln"}, true},
		{[]string{"€0", "€250,000", "€500,000", "€750,000", "€1.0m", "€1.3m", "€1.5m"}, true},
		{[]string{"0", "5", "10", "€3"}, false},
	}
	for _, test := range tests {
		if got := even(test.scale); got != test.want {
			t.Errorf("%q: %v", test.scale, got)
		}
	}
}

func TestMarked(t *testing.T) {
	tests := []struct{ row, want []string }{
		{[]string{"IND (·)", ""}, []string{"IND", "·"}},
		{[]string{"politie (AVIM)", "7"}, []string{"politie (AVIM)", "7"}},
		{[]string{"politie (AVIM) (<5)", ""}, []string{"politie (AVIM)", "<5"}},
		{[]string{"anders (<5) (·)", "", "7", ""}, []string{"anders", "<5", "7", "·"}},
		{[]string{"anders (<5)", "3"}, []string{"anders (<5)", "3"}},
		{[]string{"44000", "", "3"}, []string{"44000", "", "3"}},
	}
	for _, test := range tests {
		if got := marked(append([]string(nil), test.row...)); !equalGrids(grid{got}, grid{test.want}) {
			t.Errorf("%q: %q, want %q", test.row, got, test.want)
		}
	}
}

func TestDescriptionOfAChart(t *testing.T) {
	tables := []grid{{{"Grond", "Afwijzingen", "Later"}, {"anders", "<5", "2"}, {"a, b; c: d", "0.883", ""}, {"Dublin", "16", "1"}}}
	tests := []struct{ text, want string }{ // want is the label that is missing; "" for none
		{"T. anders: <5, 2; a, b; c: d: 88,3%, ; Dublin: 16, 1", ""},
		{"T. anders: <5, 2; En nog 2 rijen: zie de tabel.", ""},
		{"T. anders: <5, 2; And 2 more rows: see the table.", ""},
		{"T. In woorden: 3 van 4; en meer.", ""},
		{"T. anders: 3, 2; Dublin: 16, 1", "anders"},
		{"T. anders: <5, 2; a, b; c: d: 88,4%, ; Dublin: 16, 1", "a, b; c: d"},
		{"T. Dublin: 16, 1; anders : 3, 2", "anders : 3, 2"},
	}
	for _, test := range tests {
		d := drawn{title: "T", text: test.text}
		if got, missing := d.missing(tables); got != test.want && missing || missing != (test.want != "") {
			t.Errorf("%s: %q, %v; want %q", test.text, got, missing, test.want)
		}
	}
}
