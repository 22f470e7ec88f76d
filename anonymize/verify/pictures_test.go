package verify

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// figure is a page of one picture with its table.
const figure = `<figure><figcaption><h3>Grond</h3><p>Zie.</p></figcaption><div class="canvas">
<svg aria-label="Grond. Zie."><text>anders</text><text>Dublin</text><text>&lt;5</text><text>16</text></svg>
<script type="application/json" id="chart-grond-options">{"aria":{"label":{"description":"Grond. Zie."}},
"xAxis":[{"type":"value","show":false}],"yAxis":[{"type":"category","data":["anders","Dublin"]}],"series":[{"type":"bar","data":[
{"value":0.96,"label":{"show":true,"formatter":"<5"},"tooltip":{"formatter":"anders: <5"}},
{"value":16,"label":{"show":true,"formatter":"16"},"tooltip":{"formatter":"Dublin: 16"}}]}]}</script></div>
<table><tr><th>Grond<th>Afwijzingen</tr><tr><th>anders<td>&lt;5</tr><tr><th>Dublin<td>16</tr></table></figure>`

// What is damaged or forged is a finding, and never ends the program.
func TestPictures(t *testing.T) {
	tests := []struct{ name, old, new, want string }{ // want is part of the finding; "" for none
		{"as it stands", "", "", ""},
		{"a text", `"formatter":"<5"`, `"formatter":"3"`, `picture grond: what it shows of "anders" is not in the table`},
		{"a length", "0.96", "3", "picture grond: the length of \"anders\" says something"},
		{"a still text", "<text>&lt;5", "<text>3", "picture grond: what stands in the still picture"},
		{"texts that changed places", "<text>&lt;5</text><text>16</text>", "<text>16</text><text>&lt;5</text>", "picture grond: what stands in the still picture"},
		{"no options", `{"aria"`, `"aria"`, "picture grond: "},
		{"options of another shape", `"series":[`, `"series":[1,`, "picture grond: "},
		{"another kind", `"bar"`, `"scatter"`, "cannot be checked"},
		{"lists for lengths", `"type":"bar","data":[`, `"type":"funnel","data":[{"name":"a","value":[1]},{"name":"","value":[1]},`, "picture grond"},
		{"fewer bars", `["anders","Dublin"]`, `["anders"]`, "picture grond: it has 2 bars for 1 names"},
		{"a cell out of place", "<tr><th>Grond", "<caption><svg><td>1</td></svg></caption><tr><th>Grond", "is not in the table"},
		{"a scale that is not there", `"show":false`, `"show":true`, "picture grond: "},
		{"no table", "<table>", "<table hidden><tr></tr></table><p>", "is not in the table"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.html")
			if !strings.Contains(figure, test.old) {
				t.Fatalf("the page does not hold %s", test.old)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(figure, test.old, test.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			p, err := readPage(path)
			if err != nil {
				t.Fatal(err)
			}
			var r Report
			auditPictures(&r, path, p, nil)
			if got := r.Checks[0]; got.OK != (test.want == "") || !strings.Contains(got.Detail, test.want) || !strings.HasPrefix(got.Detail, "a.html: ") {
				t.Errorf("%+v, want %q", got, test.want)
			}
		})
	}
}

func TestComposed(t *testing.T) {
	names := []string{"op schema", "op schema naar 72", " "}
	for _, test := range []struct {
		texts []string
		want  bool
	}{
		{nil, true},
		{[]string{"op schema ", "naar 72", "op schema"}, true},
		{[]string{"op schema ", "naar 73"}, false},
		{[]string{"op"}, false},
	} {
		if got := composed(test.texts, names); got != test.want {
			t.Errorf("%q: %v", test.texts, got)
		}
	}
}

func TestReadChart(t *testing.T) {
	const ser = `<c><ser><tx><strRef><f>S!$B$1</f></strRef></tx><cat><strRef><f>'S'!$A$2:$A$3</f></strRef></cat><val><numRef><f>S!$B$2:$B$3</f></numRef></val></ser></c>`
	tests := []struct {
		name, text string
		own, whole bool
	}{
		{"references", ser, false, true},
		{"a number of its own", strings.Replace(ser, "</numRef>", "<numCache><pt><v>3</v></pt></numCache></numRef>", 1), true, true},
		{"a literal", strings.Replace(ser, "<numRef><f>S!$B$2:$B$3</f></numRef>", "<numLit><pt><v>3</v></pt></numLit>", 1), true, false},
		{"other rows", strings.Replace(ser, "$B$2:$B$3", "$B$3:$B$4", 1), false, false},
		{"two columns", strings.Replace(ser, "$B$2:$B$3", "$B$2:$C$3", 1), false, false},
		{"another sheet", strings.Replace(ser, "S!$B$2", "T!$B$2", 1), false, false},
		{"a formula", strings.Replace(ser, "S!$B$2:$B$3", "{3;4}", 1), false, false},
		{"a reference of no series", `<c><f>S!$A$1</f></c>`, true, true},
		{"text around", "x" + ser, false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := &book{}
			if err := b.readChart("chart1.xml", xml.NewDecoder(strings.NewReader(test.text))); err != nil {
				t.Fatal(err)
			}
			whole := true
			for _, s := range b.charts[0].series {
				whole = whole && s.whole()
			}
			if b.charts[0].own != test.own || whole != test.whole {
				t.Errorf("numbers of its own: %v, refers to a column: %v", b.charts[0].own, whole)
			}
		})
	}
}
