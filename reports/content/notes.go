package content

import (
	"lvv/internal/lists"
	"lvv/transform"
)

// notes explains how the workbook is to be read, and which rules for spreadsheets it keeps: those of the Analysis
// Function of the government of the United Kingdom, Releasing statistics in spreadsheets. Where it does not keep
// one, it says why.
func (b *builder) notes() Section {
	p := b.Pick
	table := func(id, title string, columns []string, rows ...[]string) Part {
		return b.tablePart(&Table{ID: id, Caption: title,
			Columns: lists.Map(columns, func(c string) Column { return Column{Title: c} }),
			Rows:    lists.Map(rows, func(r []string) []Cell { return lists.Map(r, text) })})
	}
	var marks [][]string
	if b.doc.MinCell > 1 {
		marks = append(marks, []string{b.say("<%d", "<%d", b.doc.MinCell), b.say("Meer dan nul, maar minder dan %d. Het aantal is te klein om te tonen.", "More than none, but fewer than %d. The number is too small to show.", b.doc.MinCell)},
			[]string{"5-11", p("Voorbeeld. Het aantal ligt tussen deze twee getallen, en kan er ook gelijk aan zijn.", "An example. The number lies between these two, or is one of them.")},
			[]string{b.StatusText(transform.Suppressed), p("Het cijfer rust op te weinig mensen, of er is een klein aantal uit af te leiden.", "The figure rests on too few people, or a small number could be derived from it.")})
	}
	marks = append(marks, []string{b.StatusText(transform.NotAvailable), p("Het register is niet aangeleverd, of er is geen waarde bekend. In tabellen staat dan ook wel een streepje.", "The register was not delivered, or no value is known. Tables may have a dash for it.")},
		[]string{b.StatusText(transform.Undefined), p("Er is niets om door te delen, of er is nog te weinig afgerond.", "There is nothing to divide by, or too little has been completed yet.")},
		[]string{b.notApplicable().Text, p("Niet van toepassing: dit cijfer bestaat hier niet.", "Not applicable: there is no such figure here.")})
	yes, partly, no := p("ja", "yes"), p("deels", "partly"), p("nee", "no")
	return Section{ID: "notes", Title: p("Toelichting bij deze werkmap", "Notes on this workbook"), Sheet: p("Toelichting", "Notes"),
		Lead: p("Hoe u deze werkmap leest, en volgens welke regels hij is opgezet.", "How to read this workbook, and by which rules it is set up."),
		Parts: []Part{
			table("notes-marks", p("Wat er in plaats van een getal kan staan", "What may stand in the place of a number"), []string{p("Teken", "Mark"), p("Betekenis", "Meaning")}, marks...),
			table("notes-units", p("Eenheden", "Units"), []string{p("Soort cijfer", "Kind of figure"), p("Eenheid", "Unit")},
				[]string{p("Aantal", "Count"), p("zoals de naam van het cijfer zegt: mensen, casussen, plaatsen of nachten", "as the name of the figure says: people, cases, places or nights")},
				[]string{p("Aandeel", "Share"), p("procent; een verschil tussen twee aandelen in procentpunt", "per cent; a difference between two shares in percentage points")},
				[]string{p("Duur", "Duration"), p("dagen", "days")},
				[]string{p("Bedrag", "Amount"), p("euro", "euros")}),
			table("notes-rules", p("Regels voor werkmappen", "Rules for spreadsheets"), []string{p("Regel", "Rule"), p("Gevolgd", "Kept"), p("Hoe, of waarom niet", "How, or why not")},
				[]string{p("Elke tabel is opgemaakt als tabel en heeft een naam", "Every table is marked up as one and has a name"), yes, p("een totaal staat onder de tabel, zodat filteren het niet raakt", "a total stands below its table, so that filters leave it alone")},
				[]string{p("Eén tabel per blad", "One table a sheet"), no, p("tabellen over één onderwerp staan bij elkaar, onder hun eigen kop en bij hun grafiek", "tables on one subject stand together, each under its heading and with its chart")},
				[]string{p("Geen samengevoegde cellen", "No merged cells"), partly, p("in tabellen niet; wel bij lopende tekst, die anders bij afdrukken wordt afgesneden", "none in tables; running text is merged, because it would be cut off in print")},
				[]string{p("Geen lege cellen in tabellen", "No blank cells in tables"), partly, p("alleen waar iets wordt getekend: onder een lijntje, en op het blad achter de grafieken waar een waarde ontbreekt", "only where something is drawn: under a small line, and on the sheet behind the charts where a value is missing")},
				[]string{p("Eenheden staan erbij", "Units are stated"), yes, p("bij het getal waar een tabel verschillende eenheden heeft", "with the number where a table has several units")},
				[]string{p("Geen verborgen bladen", "No hidden sheets"), yes, p("ook de gegevens achter de grafieken zijn zichtbaar", "the data behind the charts are visible too")},
				[]string{p("Elk blad heeft zijn titel in cel A1", "Every sheet has its title in cell A1"), yes, p("met eronder, in een zin, waar het blad over gaat", "with a sentence beneath it on what the sheet is about")},
				[]string{p("Het eerste blad wijst de weg", "The first sheet shows the way"), yes, p("met een koppeling naar elk ander blad dat om te lezen is", "with a link to every other sheet that is there to be read")},
				[]string{p("Letters zonder schreef, 10 punten of groter", "Letters without serifs, of 10 points or more"), partly, p("overal 11 punten of groter; alleen in grafieken 9", "11 points or more everywhere; only 9 in charts")},
				[]string{p("Geen cursieve tekst", "No italics"), yes, p("wat in plaats van een getal staat, is grijs en zegt zelf wat het is", "what stands in the place of a number is grey, and says what it is")},
				[]string{p("Geen gekleurde achtergrond", "No coloured backgrounds"), partly, p("alleen in de kop van een tabel, en bij de controles", "only in the head of a table, and at the checks")},
				[]string{p("Geen koptekst of voettekst", "No headers or footers"), no, p("de voettekst is voor papier: de naam van het blad en het paginanummer", "the footer is for paper: the name of the sheet and the number of the page")},
				[]string{p("Afkortingen in vierkante haken", "Shorthand in square brackets"), no, p("gewone woorden, zoals ‘niet getoond’; de tabel hierboven legt ze uit", "plain words, such as ‘not shown’; the table above explains them")},
				[]string{p("Grafieken zijn ook te lezen", "Charts can be read too"), yes, p("elke grafiek heeft een tekst voor wie haar niet ziet, en haar gegevens staan op een eigen blad", "every chart has a text for those who cannot see it, and its data stand on a sheet of their own")},
				[]string{p("Kleur is nooit het enige verschil", "Colour is never the only difference"), yes, p("een negatief bedrag is rood en heeft een minteken", "a negative amount is red and has a minus sign")}),
		}}
}
