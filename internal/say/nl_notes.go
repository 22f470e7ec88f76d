package say

var dutchNotes = map[string]string{
	"%d beside %q":         "%d bij %q",
	"a long number":        "een lang nummer",
	"a word about a birth": "een woord over een geboorte",
	"a word with a number in it, as cases have": "een woord met een nummer erin, zoals casussen hebben",
	"an e-mail address":                         "een e-mailadres",
	"notes is not a list\n" +
		"  Begin each note with - section: occupancy": "notes is geen lijst\n" +
		"  Begin elke toelichting met - section: occupancy",
	"%s is longer than %d bytes\n" +
		"  Shorten the notes.": "%s is langer dan %d bytes\n" +
		"  Maak de toelichtingen korter.",
	"the name of a person": "de naam van een persoon",
	"the note has %d letters, more than %d\n" +
		"  Say it in fewer words.": "de toelichting heeft %d letters, meer dan %d\n" +
		"  Zeg het in minder woorden.",
	"the note holds %w\n" +
		"  Leave out what points to one person; the report goes to many.": "in de toelichting staat %w\n" +
		"  Laat weg wat naar één persoon wijst; het rapport gaat naar velen.",
	"the note of %v on %s holds a number of somebody in the exports\n" +
		"  Leave it out; the report goes to many.": "in de toelichting van %v bij %s staat een nummer van iemand uit de exports\n" +
		"  Laat het weg; het rapport gaat naar velen.",
	"the note of %v on %s names somebody in the exports: see word %d\n" +
		"  Leave the name out. If it is an ordinary word, write it without a capital.": "de toelichting van %v bij %s noemt iemand uit de exports: zie woord %d\n" +
		"  Laat de naam weg. Is het een gewoon woord, schrijf het dan zonder hoofdletter.",
	"the note of %v on %s says %w, which the report hides\n" +
		"  Say it without the number, such as \"enkele\" or \"some\".": "de toelichting van %v bij %s zegt %w, en dat verbergt het rapport\n" +
		"  Zeg het zonder het getal, bijvoorbeeld met \"enkele\".",
	"the note says nothing\n" +
		"  Give it a text, or leave it out.": "de toelichting zegt niets\n" +
		"  Geef haar een tekst, of laat haar weg.",
	"there are %d notes, more than %d\n" +
		"  Keep those that help the steering group to decide.": "er zijn %d toelichtingen, meer dan %d\n" +
		"  Houd wat de stuurgroep helpt om te besluiten.",
}
