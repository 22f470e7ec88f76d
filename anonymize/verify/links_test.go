package verify

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func parsed(t *testing.T, text string) *table {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return &table{rows[0], rows[1:]}
}

func TestLinks(t *testing.T) {
	const personHead = "person_id,sex,age_band\n"
	const courseHead = "person_id,scenario,duration_band,running,outcome,guidance_hours_band\n"
	const head = "pseudoniem,geslacht,leeftijdsgroep,start,einde,uitkomst,begeleidingsuren,trajecten\n"
	tests := []struct {
		name, persons, courses, account string
		want                            string // of the detail
		ok                              bool
	}{
		{"two persons fit", "A,male,20-39\nB,*,*\n", "A,return,30-59,false,return,0-5\nB,return,*,false,*,*\n",
			"P,man,18 tot en met 60,2020-01-01,2020-02-05,terugkeer,2.50,1\nQ,man,18 tot en met 60,2020-01-01,2020-02-05,terugkeer,2.50,1\n", "both at once: 0 ", true},
		{"one fits alone", "A,male,20-39\nB,female,20-39\n", "A,return,30-59,false,return,0-5\nB,return,30-59,false,return,0-5\n",
			"P,man,18 tot en met 60,2020-01-01,2020-02-05,terugkeer,2.50,1\n", "both at once: 1 ", false},
		{"by the hours", "A,male,20-39\nB,male,20-39\n", "A,return,30-59,true,,0-5\nB,return,30-59,true,,5-10\n",
			"P,man,18 tot en met 60,2020-08-20,,,5.25,1\n", "both at once: 1 ", false},
		{"nobody fits", "A,male,70+\n", "A,return,30-59,false,return,0-5\n", "P,man,18 tot en met 60,2020-01-01,2020-02-05,terugkeer,2.50,1\n", "both at once: 0 ", true},
		{"two trajectories, of which the account gives sums", "A,male,20-39\nB,male,20-39\n",
			"A,return,0-29,false,,0-5\nA,return,0-29,false,return,0\nB,return,30-59,false,return,0-5\n",
			"P,man,18 tot en met 60,2020-01-01,2020-09-05,terugkeer,2.50,2\n", "both at once: 1 ", false},
		{"one fits alone, who fits another participant too", "A,male,20-39\nB,male,20-39\n",
			"A,return,0-29,false,,0-5\nA,return,30-59,false,return,0-5\nB,return,30-59,false,return,0-5\n",
			"P,man,18 tot en met 60,2020-01-01,2020-09-05,terugkeer,2.50,2\nQ,man,18 tot en met 60,2020-01-01,2020-02-05,terugkeer,2.50,1\n", "alone: 1 (risk.json says 0); persons who fit one participant alone: 1; both at once: 0 ", false},
		{"two trajectories have ended, and one person has two that did", "A,male,20-39\nB,male,20-39\n",
			"A,return,0-29,false,,0-5\nA,return,30-59,false,return,0-5\nB,return,30-59,false,return,0-5\nB,return,30-59,true,,0-5\n",
			"P,man,18 tot en met 60,2020-01-01,2020-09-05,terugkeer,2.50,2\n", "both at once: 1 ", false},
		{"one of two trajectories is running, and nobody has two of whom one is", "A,male,20-39\n",
			"A,return,0-29,false,,0-5\nA,return,30-59,false,return,0-5\n", "P,man,18 tot en met 60,2020-01-01,,,2.50,2\n", "alone: 0 (risk.json says 0)", true},
		{"one pseudonym in both", "A,male,20-39\n", "", "A,man,18 tot en met 60,2020-01-01,2020-02-05,terugkeer,2.50,1\n", "AMIF account: 1;", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "amif"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "amif", "deelnemers.csv"), []byte(head+test.account), 0o600); err != nil {
				t.Fatal(err)
			}
			d := &delivery{persons: parsed(t, personHead+test.persons), trajectories: parsed(t, courseHead+test.courses)}
			d.AsOf = "2020-09-30"
			if err := json.Unmarshal([]byte(`{"resources":[{"name":"trajecten","schema":{"fields":[{"name":"outcome","categories":[{"value":"return","label_nl":"terugkeer"}]}]}}]}`), &d.description); err != nil {
				t.Fatal(err)
			}
			var r Report
			if err := d.checkLinks(&r, dir); err != nil {
				t.Fatal(err)
			}
			if c := r.Checks[0]; c.OK != test.ok || !strings.Contains(c.Detail, test.want) {
				t.Errorf("%+v, want %v %q", c, test.ok, test.want)
			}
		})
	}
}
