package release

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/anonymize/verify"
)

// Whatever is changed in a written delivery, verify finds it.
func TestVerifyFindsWhatWasChanged(t *testing.T) {
	clean, _ := deliver(t, "2020-Q2")
	lines := func(change func([]string) []string) func(string) string {
		return func(s string) string { return strings.Join(change(strings.SplitAfter(s, "\n")), "") }
	}
	replace := func(old, with string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, with, 1) }
	}
	const persons, trajectories, risk = "evaluator/personen.csv", "evaluator/trajecten.csv", "evaluator/risk.json"
	for _, c := range []struct {
		name, file, check string
		change            func(text string) string
	}{
		{"a row is taken out", persons, "tables", lines(func(l []string) []string { return append(l[:1:1], l[2:]...) })},
		{"the rows stand in another order", persons, "tables", lines(func(l []string) []string { l[1], l[2] = l[2], l[1]; return l })},
		{"a row has a number", trajectories, "tables", lines(func(l []string) []string {
			for i := range l[:len(l)-1] {
				l[i] = "n," + l[i]
			}
			return l
		})},
		{"a value is made precise", persons, "tables", replace(",*,", ",44,")},
		{"a value has no meaning", persons, "loss", replace(",Africa,", ",Atlantis,")},
		{"a person of the record is in a class of their own", RecordFile, "k", replace(" | * | ", " | 44 | ")},
		{"two persons of the record become one", RecordFile, "k", func(s string) string {
			people := regexp.MustCompile(`(?m)^personen,(\w+),`).FindAllStringSubmatch(s, -1)
			for _, p := range people[1:] {
				s = strings.ReplaceAll(s, "personen,"+p[1]+",", "personen,"+people[0][1]+",")
			}
			return s
		}},
		{"the outcomes are made one", RecordFile, "l", func(s string) string {
			return regexp.MustCompile(`(?m)^(verlopen,.*),\w+$`).ReplaceAllString(s, "$1,durable") + "verlopen,X,Y,A | B | C,none\n"
		}},
		{"most outcomes are made one", RecordFile, "alpha", func(s string) string {
			return regexp.MustCompile(`(?m)^(trajecten,.*false.*),(?:onward|unknown_destination|unknown|legalisation)$`).ReplaceAllString(s, "$1,return")
		}},
		{"risk.json asks for more", risk, "k", replace(`"required_k": 5`, `"required_k": 6`)},
		{"risk.json claims less loss", risk, "loss", replace(`"ncp": 0.`, `"ncp": 0.0`)},
		{"risk.json claims a smaller share", risk, "alpha", func(s string) string {
			return regexp.MustCompile(`("alpha": \{\s+"\w+": )0\.\d`).ReplaceAllString(s, "${1}0.1")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(clean)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, filepath.FromSlash(c.file))
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			after := c.change(string(b))
			if after == string(b) {
				t.Fatal("nothing was changed")
			}
			if err := os.WriteFile(path, []byte(after), 0o600); err != nil {
				t.Fatal(err)
			}
			var r verify.Report
			if err := verify.Release(&r, dir, nil); err != nil {
				t.Fatal(err)
			}
			for _, check := range r.Checks {
				if check.Name == c.check && !check.OK && !check.Skipped {
					return
				}
			}
			t.Errorf("check %s passed: %+v", c.check, r.Checks)
		})
	}
}

// A trajectory that stands only on the sheet of all return trajectories is looked for too: one as long as
// any other and with any outcome, after a delivery that was made without regard to it.
func TestVerifyFindsWhomTheWorkbookFits(t *testing.T) {
	clean, _ := deliver(t, "2020-Q2")
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(clean)); err != nil {
		t.Fatal(err)
	}
	rows := [][]any{{"Alle terugkeertrajecten"}, {"Pseudoniem", "Begin", "Einde", "Uitkomst"}}
	for days := 15; days < 700; days += durationWidths[0] {
		for _, c := range listed("trajectories", "outcome") {
			rows = append(rows, []any{fmt.Sprint(len(rows)), 43700, 43700 + days, c.NL})
		}
	}
	for _, c := range []struct {
		rows int
		want string // what the check says
	}{{2, "skipped"}, {3, "holds"}, {len(rows), "fails"}} {
		book := excelize.NewFile()
		for i, row := range rows[:c.rows] {
			if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		header := []byte("pseudoniem,geslacht,leeftijdsgroep,start,einde,uitkomst,begeleidingsuren,trajecten,teruggekeerd\n")
		create := into(dir)
		err := create(AccountFile, func(w io.Writer) error { _, err := w.Write(header); return err })
		if err == nil {
			err = create(WorkbookFile("2020-Q2"), func(w io.Writer) error { return book.Write(w) })
		}
		if err != nil {
			t.Fatal(err)
		}
		var r verify.Report
		if err := verify.Release(&r, dir, nil); err != nil {
			t.Fatal(err)
		}
		for _, check := range r.Checks {
			got := map[bool]string{true: "holds", false: "fails"}[check.OK]
			if check.Skipped {
				got = "skipped"
			}
			if check.Name == "links" && got != c.want {
				t.Errorf("%d rows: links %s, want %s: %s", c.rows, got, c.want, check.Detail)
			}
		}
	}
}

// An earlier delivery that this one does not continue is found: here one of other classes.
func TestVerifyFindsBrokenHistory(t *testing.T) {
	first, _ := deliver(t, "2020-Q1")
	second, _ := deliver(t, "2020-Q2") // made without regard to the first
	var r verify.Report
	if err := verify.Release(&r, second, []string{first}); err != nil {
		t.Fatal(err)
	}
	if r.OK() {
		t.Errorf("two deliveries made apart hold k together: %+v", r.Checks)
	}
}
