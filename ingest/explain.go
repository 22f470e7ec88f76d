package ingest

import "strings"

// Explain says in a few words what a reason code or a reader's check means, what was expected of
// the field, and what to do. lang is "nl" or "en". f is nil where the whole row is meant.
func Explain(reason string, f *Field, lang string) (wrong, expected, do string) {
	e, ok := explanations[reason]
	if !ok {
		return reason, Expected(f, lang), ""
	}
	t := e.nl
	if lang == "en" {
		t = e.en
	}
	if f != nil && reason == MissingRequired && f.UnlessField != "" {
		t.wrong = pick(lang, "verplicht, want er is een besluit", "required, for there is a decision")
	}
	if f != nil && reason == InvalidNumber {
		t.do = writeNumber(f, lang)
	}
	expected = t.expected
	if expected == "" {
		expected = Expected(f, lang)
	}
	return t.wrong, expected, t.do
}

type explanation struct{ wrong, expected, do string }

// explanations by reason code and check; an empty expected is that of the field.
var explanations = map[string]struct{ nl, en explanation }{
	MissingRequired: {
		explanation{"verplichte waarde ontbreekt", "", "Vul de waarde in."},
		explanation{"a required value is missing", "", "Fill the value in."},
	},
	InvalidDate: {
		explanation{"geen bestaande datum, of een notatie die niet te lezen is", "", "Schrijf de datum als dag-maand-jaar: 31-01-2020."},
		explanation{"not a date that exists, or a notation that cannot be read", "", "Write the date as day-month-year: 31-01-2020."},
	},
	InvalidVNumber: {
		explanation{"geen V-nummer", "", "Verbeter het nummer; zet de kolom in Excel op Tekst, zodat nullen vooraan blijven staan."},
		explanation{"not a V-number", "", "Correct the number; format the column as Text in Excel, so that leading zeros stay."},
	},
	InvalidCode: {
		explanation{"waarde staat niet in de lijst", "", "Kies een waarde uit de lijst."},
		explanation{"the value is not in the list", "", "Choose a value of the list."},
	},
	InvalidNumber: {
		explanation{"geen getal, of te groot", "", "Verbeter het getal."},
		explanation{"not a number, or too large", "", "Correct the number."},
	},
	InvalidBoolean: {
		explanation{"geen ja of nee", "", "Vul ja of nee in."},
		explanation{"neither yes nor no", "", "Fill in ja or nee."},
	},
	InvalidText: {
		explanation{"tekst is te lang of bevat tekens die niet mogen", "tekst van ten hoogste 500 tekens op één regel", "Kort de tekst in en haal regeleinden en andere stuurtekens weg."},
		explanation{"the text is too long or holds characters that may not be in it", "text of at most 500 characters on one line", "Shorten the text, and take out line breaks and other control characters."},
	},
	InvalidCountry: {
		explanation{"land of nationaliteit is niet herkend", "", "Schrijf de naam van het land voluit, of gebruik de code van twee of drie letters."},
		explanation{"the country or nationality is not recognised", "", "Write the name of the country in full, or use its code of two or three letters."},
	},
	DuplicateKey: {
		explanation{"nummer komt al eerder voor, met andere gegevens", "een nummer dat maar één keer voorkomt", "Haal de rij weg die niet klopt, of geef haar een eigen nummer. De eerste rij telt mee."},
		explanation{"the number occurs before, with other data", "a number that occurs once", "Take out the row that is wrong, or give it a number of its own. The first row counts."},
	},
	Orphan: {
		explanation{"verwijst naar een nummer dat er niet is of zelf is afgekeurd", "een nummer uit het register waarnaar de rij verwijst", "Verbeter het nummer, of herstel eerst de rij waarnaar deze verwijst."},
		explanation{"refers to a number that is not there or was rejected itself", "a number of the register that the row refers to", "Correct the number, or first mend the row that this one refers to."},
	},
	EndBeforeStart: {
		explanation{"einde ligt voor het begin", "een datum op of na het begin", "Verbeter een van beide datums."},
		explanation{"the end lies before the start", "a date on or after the start", "Correct one of the two dates."},
	},
	MalformedRow: {
		explanation{"rij heeft een verkeerd aantal velden of een aanhalingsteken dat niet sluit", "evenveel velden als de kopregel, en aanhalingstekens in paren", "Herstel de rij in een teksteditor, of lever het register als .xlsx aan."},
		explanation{"the row has a wrong number of fields or a quote that does not close", "as many fields as the header, and quotes in pairs", "Mend the row in a text editor, or deliver the register as .xlsx."},
	},
	IdentifierInText: {
		explanation{"tekst bevat of is een V-nummer, casusnummer of naam van iemand in de aanlevering; hij is niet ingelezen", "een tekst die over niemand gaat", "Haal het nummer of de naam uit deze kolom. Is het een locatie of bron van de pilot, zet die dan in capaciteit of in pilot.yaml (locations, funding_sources)."},
		explanation{"the text holds or is a V-number, case number or name of somebody in the delivery; it was not read", "a text that is about nobody", "Take the number or the name out of this column. If it is a location or source of the pilot, put it in capaciteit or in pilot.yaml (locations, funding_sources)."},
	},
	LocationUnknown: {
		explanation{"locatie staat niet in capaciteit en niet in pilot.yaml", "een locatie van de pilot", "Kijk na of hier een locatie staat en geen naam of adres van iemand. Zet haar anders in capaciteit, of in pilot.yaml onder locations."},
		explanation{"the location stands neither in capaciteit nor in pilot.yaml", "a location of the pilot", "See that it is a location and not somebody's name or address. If so, put it in capaciteit, or in pilot.yaml under locations."},
	},
	TimeZone: {
		explanation{"tijdstip in een andere tijdzone: de datum kan hier een dag later zijn", "", "Laat het register de datum in Nederlandse tijd leveren, zonder tijdstip."},
		explanation{"a time in another time zone: the date may be a day later here", "", "Have the register deliver the date in Dutch time, without the time of day."},
	},
	ShortYear: {
		explanation{"jaartal van twee cijfers", "", "Schrijf het jaartal voluit: 2020 en niet 20."},
		explanation{"a year of two digits", "", "Write the year in full: 2020 and not 20."},
	},
	YearOnly: {
		explanation{"alleen een jaartal, geen datum", "", "Vul de hele datum in, of laat het veld leeg als die niet bekend is."},
		explanation{"a year alone, no date", "", "Fill the whole date in, or leave the field empty where it is not known."},
	},
	AmbiguousDate: {
		explanation{"dag en maand kunnen verwisseld zijn: elders in dit bestand staat de maand voorop", "", "Laat het register de datum leveren als 2020-01-31, of vul in pilot.yaml bij reading in: date_order: month_first."},
		explanation{"day and month may have changed places: elsewhere in this file the month stands in front", "", "Have the register deliver dates as 2020-01-31, or write in pilot.yaml under reading: date_order: month_first."},
	},
	AmbiguousNumber: {
		explanation{"punt of komma kan duizendtallen of decimalen scheiden, en de kolom laat niet zien welk van beide", "", "Schrijf alle getallen in de kolom op één manier: 1234,56. Kan dat niet, zeg dan in pilot.yaml bij reading welk van beide het decimaalteken is: decimal: point of decimal: comma."},
		explanation{"point or comma may separate thousands or decimals, and the column does not show which", "", "Write all numbers of the column in one way: 1234,56. Where that cannot be, say in pilot.yaml under reading which of the two is the decimal sign: decimal: point or decimal: comma."},
	},
	FormulaError: {
		explanation{"formulefout in de cel", "", "Herstel de formule, of vul de waarde zelf in."},
		explanation{"the cell holds the error of a formula", "", "Mend the formula, or fill in the value itself."},
	},
	FormulaNotCalculated: {
		explanation{"formule die nog niet is berekend: de waarde staat niet in het bestand", "", "Open het bestand in Excel, sla het op en lever het opnieuw."},
		explanation{"a formula that was not calculated: its value is not in the file", "", "Open the file in Excel, save it, and deliver it again."},
	},
	MergedCell: {
		explanation{"samengevoegde cellen: alleen de eerste rij heeft de waarde", "", "Hef in Excel de samenvoeging op en vul de waarde in elke rij in."},
		explanation{"merged cells: only the first row has the value", "", "Unmerge the cells in Excel and fill the value in on every row."},
	},
	OtherHeader: {
		explanation{"rij staat onder een kop die niet die van deze tabel is", "een bestand of blad per tabel", "Lever de rijen onder die kop als eigen bestand, met een naam die begint als hun tabel."},
		explanation{"the row stands under a header that is not that of this table", "a file or sheet for each table", "Deliver the rows under that header as a file of their own, whose name begins like their table."},
	},
	RoundedNumber: {
		explanation{"Excel heeft het nummer afgerond tot een macht van tien, zoals 2,02E+07: cijfers zijn verloren", "", "Zet de kolom in Excel op Tekst en haal de nummers opnieuw uit het register."},
		explanation{"Excel rounded the number to a power of ten, such as 2,02E+07: digits are lost", "", "Format the column as Text in Excel, and take the numbers from the register again."},
	},
	DecimalPoint: {
		explanation{"getal met drie cijfers achter de punt gelezen met de punt als decimaalteken, zoals elders in de kolom", "", "Controleer of dat klopt."},
		explanation{"a number with three digits behind the point was read with a decimal point, as elsewhere in the column", "", "Check that this is right."},
	},
	HiddenRowsRead: {
		explanation{"rijen die in Excel verborgen zijn, tellen mee", "", "Haal ze weg als ze niet mee moeten tellen."},
		explanation{"rows that Excel hides count too", "", "Take them away if they should not count."},
	},
	DateInText: {
		explanation{"Excel heeft van de tekst een datum gemaakt", "", "Zet de kolom in Excel op Tekst en vul de waarde opnieuw in, bijvoorbeeld 1-3."},
		explanation{"Excel made a date of the text", "", "Format the column as Text in Excel and fill the value in again, for instance 1-3."},
	},
	TextDamaged: {
		explanation{"letters met accenten zijn beschadigd: het bestand is in een andere tekenset opgeslagen dan het lijkt", "", "Lever het bestand als .xlsx of als CSV UTF-8. Kan dat niet, noem dan in pilot.yaml bij reading de tekenset."},
		explanation{"letters with diacritics are damaged: the file was saved in another character set than it seems", "", "Deliver the file as .xlsx or as CSV UTF-8. Where that cannot be, name the character set in pilot.yaml under reading."},
	},
	OpenEnd: {
		explanation{"een datum zoals 31-12-9999 is gelezen als: geen einddatum bekend", "", "Laat het veld liever leeg; controleer of deze rijen nog lopen."},
		explanation{"a date such as 31-12-9999 was read as: no end is known", "", "Rather leave the field empty; check that these rows still run."},
	},
	VNumberPadded: {
		explanation{"V-nummer stond als getal; de voorloopnullen zijn aangevuld", "", "Zet de kolom in Excel op Tekst."},
		explanation{"the V-number was a number and got its leading zeros back", "", "Format the column as Text in Excel."},
	},
	IdentityUnknown: {
		explanation{"aanmelding zonder V-nummer: de persoon is alleen via de zaak bekend en telt bij een tweede zaak als iemand anders", "", "Vul het V-nummer in zodra het bekend is."},
		explanation{"a case without V-number: the person is known by the case alone and counts as somebody else in a second case", "", "Fill the V-number in as soon as it is known."},
	},
}

// Expected says in a few words what a field accepts. It is "" for nil.
func Expected(f *Field, lang string) string {
	if f == nil {
		return ""
	}
	switch f.Type {
	case DateType:
		return pick(lang, "een datum zoals 31-01-2020", "a date such as 31-01-2020")
	case VNumberType:
		return pick(lang, "tien cijfers", "ten digits")
	case BoolType:
		return pick(lang, "ja of nee", "ja or nee")
	case NumberType:
		if f.Name == "hours" {
			return pick(lang, "uren zoals 1,5", "hours such as 1,5")
		}
		return pick(lang, "een bedrag zoals 1234,56", "an amount such as 1234,56")
	case WholeType:
		return pick(lang, "een heel getal, 0 of meer", "a whole number, 0 or more")
	case CodeType, CodesType:
		names := make([]string, len(f.Codes))
		for i, c := range f.Codes {
			names[i] = c.Dutch
		}
		list := strings.Join(names, ", ")
		if f.Type == CodesType {
			return pick(lang, "een of meer van ", "one or more of ") + list + pick(lang, ", verbonden met +", ", joined by +")
		}
		return pick(lang, "een van ", "one of ") + list
	case CountryType:
		return pick(lang, "een land of nationaliteit, zoals Marokko, Marokkaanse of MAR", "a country or nationality, such as Marokko, Marokkaanse or MAR")
	case TextType:
		if f.Name == "location" {
			return pick(lang, "naam van de locatie", "name of the location")
		}
	}
	return pick(lang, f.NL, f.EN)
}

// writeNumber says how a number of the field is to be written.
func writeNumber(f *Field, lang string) string {
	switch {
	case f.Type == WholeType:
		return pick(lang, "Vul een heel getal in, zonder decimalen.", "Fill in a whole number, without decimals.")
	case f.Name == "hours":
		return pick(lang, "Schrijf uren als 1,5 en niet als 1:30 of 1,500.", "Write hours as 1,5 and not as 1:30 or 1,500.")
	}
	return pick(lang, "Schrijf het bedrag als 1234,56 en niet als 1,234.", "Write the amount as 1234,56 and not as 1,234.")
}

func pick(lang, nl, en string) string {
	if lang == "en" {
		return en
	}
	return nl
}
