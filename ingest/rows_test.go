package ingest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestEveryRowIsAccountedFor reads random files of what registers put between their rows: second blocks, totals,
// headers again, rulers, comments, blanks, rows too short or too long, bytes of another encoding, and rows
// that another file has too. Read and set apart together are all rows but the header, whatever they are.
func TestEveryRowIsAccountedFor(t *testing.T) {
	const head = "verblijfnummer;casusnummer;locatie;datum_in;datum_uit"
	const other = "casusnummer;verblijfnummer;datum_in;locatie;organisatie;reden_vertrek"
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 11))
		number, wide := 0, false
		line := func() string {
			number++
			id, place := fmt.Sprintf("S%d", r.IntN(40)), []string{"Walborg", "Caf\xe9", "Façade"}[r.IntN(3)]
			switch r.IntN(14) {
			case 0:
				wide = true
				return other
			case 1:
				wide = false
				return head
			case 2:
				return []string{"Totaal;;;;", "Subtotaal Walborg;3", ";;;;", "", "\x1a", "------------", "# uitvoer; 2", "Locatie Zuid"}[r.IntN(8)]
			case 3:
				return id + ";C1;" + place
			case 4:
				return id + ";C1;" + place + ";0" + fmt.Sprint(1+r.IntN(9)) + "-03-2019;;x;;"
			case 5:
				return id + ";C1;" + place + ";03/" + fmt.Sprint(10+r.IntN(15)) + "/2019;"
			}
			if wide {
				return "C1;" + id + ";02-03-2019;" + place + ";HVO;mob"
			}
			return id + ";C1;" + place + ";02-03-2019;"
		}
		d := delivery{"casussen.csv": someCases, "trajecten.csv": someTrajectories}
		rows := map[string]int64{}
		for _, name := range []string{"verblijf_a.csv", "verblijf_b.csv"} {
			lines := []string{head}
			for range r.IntN(40) {
				lines = append(lines, line())
			}
			d[name], wide = strings.Join(lines, "\n")+"\n", false
			rows[name] = int64(bytes.Count([]byte(d[name]), newline)) - 1
		}
		if r.IntN(4) == 0 {
			d["verblijf_b.csv"], rows["verblijf_b.csv"] = d["verblijf_a.csv"], rows["verblijf_a.csv"]
		}
		res := d.mustRead(t)
		accounts(t, res)
		for _, f := range res.Files {
			apart := int64(0)
			for _, n := range f.SetApart {
				apart += n
			}
			if want, ok := rows[f.File]; ok && f.Read+apart != want {
				t.Fatalf("seed %d, %s: read %d and set apart %v of %d rows of\n%s", seed, f.File, f.Read, f.SetApart, want, d[f.File])
			}
		}
	}
}
