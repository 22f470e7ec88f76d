package ingest

import (
	"fmt"
	"strings"
)

// Explain says what the warning objects to, what was expected, and what to do, in "nl" or "en". A finding
// about a file, a sheet or a column as a whole names it; ok is false for any other warning, of which
// [Explain] says what there is to say.
func (w *Warning) Explain(lang string) (wrong, do string, ok bool) {
	texts, ok := findingTexts[w.Check]
	if !ok {
		return "", "", false
	}
	t := texts.nl
	if lang == "en" {
		t = texts.en
	}
	wrong, do = t.wrong, t.do
	switch {
	case w.Check == ColumnMissing && w.Near == "" && w.Severity == High:
		do = pick(lang, "Lever de kolom aan: zonder haar lopen verblijven of trajecten door, of ontbreken uitkomsten.", "Deliver the column: without it stays or trajectories run on, or outcomes are missing.")
	case w.Check == ColumnMissing && w.Near == "":
		do = pick(lang, "Lever de kolom aan als het register haar heeft; anders is niets nodig.", "Deliver the column if the register has it; else nothing is needed.")
	case w.Check == ColumnMissing:
		wrong += pick(lang, `; wel is er een kolom "{near}"`, `; there is a column "{near}"`)
	case w.Check == FileNotRead:
		wrong, do = t.why(w.Why)
	}
	var files []string
	for _, p := range w.Places {
		if len(files) == 0 || files[len(files)-1] != p.File {
			files = append(files, p.File)
		}
	}
	fill := strings.NewReplacer("{file}", strings.Join(files, ", "), "{column}", w.Column, "{sheet}", w.Sheet, "{near}", w.Near, "{table}", tableStem(w.Table), "{endings}", readEndings)
	return fill.Replace(wrong), fill.Replace(do) + w.Suggestion(lang), true
}

// Suggestion is a sentence with the line of pilot.yaml that would mend what the warning objects to, "" where
// none would.
func (w *Warning) Suggestion(lang string) string {
	if len(w.Places) == 0 {
		return Suggestion(w.Setting, w.Table, "", lang)
	}
	return Suggestion(w.Setting, w.Table, w.Places[0].File, lang)
}

// Suggestion is a sentence with the line of pilot.yaml, ready to paste, by which a setting applies to a file
// of the table with the canonical name. It is "" where there is no setting.
func Suggestion(setting, table, file, lang string) string {
	if setting == "" {
		return ""
	}
	return pick(lang, " Of zet in pilot.yaml onder reading: ", " Or write in pilot.yaml under reading: ") +
		fmt.Sprintf("- {table: %s, files: %s, %s}", tableStem(table), quoteYAML(file), setting)
}

// tableStem is how pilot.yaml calls the table with the canonical name.
func tableStem(table string) string {
	if t := TableNamed(table); t != nil {
		return t.Stem
	}
	return table
}

// findingText is what is said of a finding. {file}, {column}, {sheet}, {near}, {table} and {endings} are
// filled in.
type findingText struct {
	wrong, do string
	whys      map[string][2]string // of FileNotRead
}

func (t findingText) why(why string) (wrong, do string) { return t.whys[why][0], t.whys[why][1] }

var findingTexts = map[string]struct{ nl, en findingText }{
	MonthFirstDates: {
		findingText{wrong: `{file}, kolom {column}: de maand staat voorop, zoals 03/15/2020; datums die op twee manieren te lezen zijn, tellen niet mee`,
			do: "Laat het register datums leveren als 2020-03-15."},
		findingText{wrong: `{file}, column {column}: the month stands in front, as in 03/15/2020; dates that can be read in two ways do not count`,
			do: "Have the register deliver dates as 2020-03-15."},
	},
	ColumnMissing: {
		findingText{wrong: `{file}: kolom {column} ontbreekt`, do: `Geef de kolom "{near}" de naam {column}, als dat hem is.`},
		findingText{wrong: `{file}: the column {column} is missing`, do: `Give the column "{near}" the name {column}, if that is the one.`},
	},
	ColumnWithoutHeader: {
		findingText{wrong: `{file}: een ingevulde kolom heeft geen naam en is niet gelezen`, do: "Zet de naam van de kolom in de kopregel."},
		findingText{wrong: `{file}: a filled column has no name and was not read`, do: "Put the name of the column in the header."},
	},
	SameFileTwice: {
		findingText{wrong: `{file} is hetzelfde bestand als {near} en telt niet nog eens mee`, do: "Haal een van beide weg. Hoort er iets anders in te staan, lever dat dan."},
		findingText{wrong: `{file} is the same file as {near} and does not count again`, do: "Take one of the two away. If it should hold something else, deliver that."},
	},
	SheetNotRead: {
		findingText{wrong: `{file}: blad "{near}" heeft ook rijen onder dezelfde kop; alleen blad "{sheet}" is gelezen`, do: "Lever elk blad dat meetelt als eigen bestand, of haal het andere weg."},
		findingText{wrong: `{file}: sheet "{near}" has rows under the same header too; only sheet "{sheet}" was read`, do: "Deliver each sheet that counts as a file of its own, or take the other away."},
	},
	HiddenSheetRead: {
		findingText{wrong: `{file}: het gelezen blad "{sheet}" is verborgen`, do: "Controleer of dit het goede blad is."},
		findingText{wrong: `{file}: the sheet that was read, "{sheet}", is hidden`, do: "Check whether this is the right sheet."},
	},
	EncodingMixed: {
		findingText{wrong: `{file}: UTF-8, met op enkele rijen tekens uit een andere tekenset`, do: "Kijk op deze rijen de letters met accenten na, en sla het bestand op als CSV UTF-8."},
		findingText{wrong: `{file}: UTF-8, but some rows hold characters of another character set`, do: "Look at the letters with diacritics on these rows, and save the file as CSV UTF-8."},
	},
	NearMatch: {
		findingText{wrong: `{file}, kolom {column}: het nummer bestaat, maar is anders geschreven (hoofdletters, spaties, streepjes, nullen vooraan of .0 erachter)`,
			do: "Schrijf het nummer zoals het in het register staat waarnaar het verwijst."},
		findingText{wrong: `{file}, column {column}: the number exists, but is spelt in another way (capitals, blanks, dashes, zeros in front or .0 behind)`,
			do: "Write the number as it stands in the register that it refers to."},
	},
	SameRowsAgain: {
		findingText{wrong: `{file}: rijen die al eerder in deze tabel staan, in dit of een ander bestand; ze tellen dubbel mee`,
			do: "Lever elke rij één keer, als het om hetzelfde gaat."},
		findingText{wrong: `{file}: rows that this table has already, in this file or another; they count twice`,
			do: "Deliver each row once, if it is about the same."},
	},
	LocationSpelling: {
		findingText{wrong: `locaties die alleen in hoofdletters, spaties, streepjes of punten verschillen; ze gelden als verschillende locaties`,
			do: "Schrijf de naam van een locatie overal hetzelfde."},
		findingText{wrong: `locations that differ only in capitals, blanks, dashes or dots; they count as different locations`,
			do: "Write the name of a location in the same way everywhere."},
	},
	FileNotRead: {
		findingText{whys: map[string][2]string{
			whyEnding: {`{file}: de naam past bij tabel {table}, maar een bestand met deze extensie wordt niet gelezen`, "Sla het op als een bestand dat eindigt op {endings}, als het meetelt."},
			whyHeader: {`{file}: de naam begint als tabel {table}, maar het bestand heeft de kop van die tabel niet`, "Laat de naam beginnen met die van de tabel die erin staat, als het meetelt."},
			whyEmpty:  {`{file} is leeg: tabel {table} geldt als niet geleverd`, "Niets, als er niets te leveren is."},
		}},
		findingText{whys: map[string][2]string{
			whyEnding: {`{file}: the name fits table {table}, but a file with this ending is not read`, "Save it as a file that ends in {endings}, if it counts."},
			whyHeader: {`{file}: the name begins like table {table}, but the file does not have the header of that table`, "Let the name begin with that of the table that is in it, if it counts."},
			whyEmpty:  {`{file} is empty: table {table} counts as not delivered`, "Nothing, if there is nothing to deliver."},
		}},
	},
}
