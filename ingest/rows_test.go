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
		switch r.IntN(4) {
		case 0:
			d["verblijf_b.csv"], rows["verblijf_b.csv"] = d["verblijf_a.csv"], rows["verblijf_a.csv"]
		case 1, 2: // the end of one file is the beginning of the next, and both hold more
			_, first, _ := strings.Cut(d["verblijf_a.csv"], "\n")
			shared := strings.SplitAfter(first, "\n")
			shared = shared[r.IntN(len(shared)):]
			_, own, _ := strings.Cut(d["verblijf_b.csv"], "\n")
			d["verblijf_b.csv"] = head + "\n" + strings.Join(shared, "") + own
			rows["verblijf_b.csv"] = int64(bytes.Count([]byte(d["verblijf_b.csv"]), newline)) - 1
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

// TestOverlappingFiles reads deliveries whose files share some of their rows, in other notations and between
// lines that are no rows, and counts what they share. A stay that comes again is a duplicate, or quarantined
// where it says another thing; an amount counts again, and the finding says how many do.
func TestOverlappingFiles(t *testing.T) {
	dates := []string{"01-03-2019", "2019-03-01", "1 maart 2019", "20190301"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		d := delivery{"casussen.csv": someCases, "trajecten.csv": someTrajectories}
		stays, amounts := map[string]string{}, map[string]int{} // to what the first row says, and the first file
		var duplicates, other, again int64
		apart := map[string]int64{}
		for file := range 2 + r.IntN(2) {
			stayFile, amountFile := fmt.Sprintf("verblijf_%d.csv", file), fmt.Sprintf("kosten_%d.csv", file)
			stay, amount := "verblijfnummer;casusnummer;locatie;datum_in\n", "datum;soort;bedrag;kenmerk\n"
			for range r.IntN(30) {
				id, place := fmt.Sprint("S", r.IntN(40)), []string{"Walborg", "Ringdijk"}[r.IntN(8)/7]
				stay += fmt.Sprintf("%s;C1;%s;%s\n", id, place, dates[r.IntN(len(dates))])
				switch said, known := stays[id]; {
				case !known:
					stays[id] = place
				case said == place:
					duplicates++
				default:
					other++
				}
				what := fmt.Sprint("nota ", r.IntN(40))
				amount += fmt.Sprintf("%s;onderdak;%s;%s\n", dates[r.IntN(len(dates))], []string{"1.250,50", "1250,50", "€ 1250.50"}[r.IntN(3)], what)
				if first, known := amounts[what]; !known {
					amounts[what] = file
				} else if first != file {
					again++
				}
				if r.IntN(6) == 0 {
					stay, amount = stay+"\n", amount+"Totaal;;1.250,50;\n"
					apart[stayFile]++
					apart[amountFile]++
				}
			}
			unlike := strings.Repeat("\n", 1+file) // no two files have the same bytes by chance
			d[stayFile], d[amountFile] = stay+unlike, amount+unlike
			apart[stayFile] += int64(len(unlike))
			apart[amountFile] += int64(len(unlike))
		}
		res := d.mustRead(t)
		accounts(t, res)
		var gotDuplicates, gotOther, gotAgain, twice int64
		for _, f := range res.Files {
			if f.Table == "stays" {
				gotDuplicates, gotOther = gotDuplicates+f.Duplicates, gotOther+f.Quarantined
			}
			n := int64(0)
			for _, rows := range f.SetApart {
				n += rows
			}
			if content := d[f.File]; f.Read+n != int64(strings.Count(content, "\n"))-1 {
				t.Errorf("seed %d: of %s %d rows are read and %d set apart, which are not all of\n%s", seed, f.File, f.Read, n, content)
			}
			if n != apart[f.File] {
				t.Errorf("seed %d: %d rows of %s are set apart, not %d", seed, n, f.File, apart[f.File])
			}
		}
		for _, w := range res.Warnings {
			switch w.Check {
			case SameRowsAgain:
				gotAgain += w.Count
			case SameFileTwice:
				twice++
			}
		}
		if gotDuplicates != duplicates || gotOther != other || gotAgain != again || twice > 0 {
			t.Errorf("seed %d: %d duplicates, %d quarantined, %d again; want %d, %d, %d", seed, gotDuplicates, gotOther, gotAgain, duplicates, other, again)
		}
	}
}
