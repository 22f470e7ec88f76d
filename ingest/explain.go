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
		explanation{"geen bestaande datum", "", "Verbeter de datum."},
		explanation{"not a date that exists", "", "Correct the date."},
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
		explanation{"geen getal, of te groot", "", "Verbeter het getal: 1,5 uur en niet 1:30; 1234 of 1,23 en niet 1,234."},
		explanation{"not a number, or too large", "", "Correct the number: 1,5 hours and not 1:30; 1234 or 1,23 and not 1,234."},
	},
	InvalidBoolean: {
		explanation{"geen ja of nee", "", "Vul ja of nee in."},
		explanation{"neither yes nor no", "", "Fill in ja or nee."},
	},
	InvalidText: {
		explanation{"tekst is te lang of bevat tekens die niet mogen", "", "Kort de tekst in en haal regeleinden en andere stuurtekens weg."},
		explanation{"the text is too long or holds characters that may not be in it", "", "Shorten the text, and take out line breaks and other control characters."},
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
	VNumberPadded: {
		explanation{"V-nummer stond als getal en kreeg zijn nullen vooraan terug", "", "Zet de kolom in Excel op Tekst."},
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
	en := lang == "en"
	pick := func(nl, english string) string {
		if en {
			return english
		}
		return nl
	}
	switch f.Type {
	case DateType:
		return pick("een datum zoals 31-01-2020", "a date such as 31-01-2020")
	case VNumberType:
		return pick("tien cijfers", "ten digits")
	case BoolType:
		return pick("ja of nee", "ja or nee")
	case NumberType:
		return pick("een getal zoals 1234,56", "a number such as 1234,56")
	case WholeType:
		return pick("een heel getal, 0 of meer", "a whole number, 0 or more")
	case CodeType, CodesType:
		names := make([]string, len(f.Codes))
		for i, c := range f.Codes {
			names[i] = c.Dutch
		}
		list := strings.Join(names, ", ")
		if f.Type == CodesType {
			return pick("een of meer van ", "one or more of ") + list + pick(", verbonden met +", ", joined by +")
		}
		return pick("een van ", "one of ") + list
	case CountryType:
		return pick("een land of nationaliteit, zoals Marokko, Marokkaanse of MAR", "a country or nationality, such as Marokko, Marokkaanse or MAR")
	case KeyType:
		return pick("een nummer", "a number")
	}
	return pick("tekst van ten hoogste 500 tekens op één regel", "text of at most 500 characters on one line")
}
