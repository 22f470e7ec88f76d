package say

var dutchGuide = map[string]string{
	"%s cannot be read: %w":             "%s kan niet gelezen worden: %w",
	"%s holds %d files.":                "%s bevat %d bestanden.",
	"%s is a draft.":                    "%s is een concept.",
	"%s was handed out.":                "%s is uitgereikt.",
	"Press Enter to close this window.": "Druk op Enter om dit venster te sluiten.",
	"Which period is to be reported? Enter takes %s; - stops.":                      "Over welke periode moet het rapport gaan? Enter neemt %s; - stopt.",
	"There is no pilot.yaml in %s.":                                                 "Er staat geen pilot.yaml in %s.",
	"Enter makes a folder to start from, %s; - stops.":                              "Enter maakt een map om mee te beginnen, %s; - stopt.",
	"Put the exports in the folder exports in it, and drop that folder on lvv.exe.": "Zet de exports in de map exports daarin, en sleep de map zelf op lvv.exe.",
	"Open: %s":                                 "Open: %s",
	"The pilot %s, from %v to %v.":             "De pilot %s, van %v tot en met %v.",
	"There is no key yet. Next: lvv keygen %s": "Er is nog geen sleutel. Nu: lvv keygen %s",
	"There are no exports yet. Next: put them in %s, and run lvv check":               "Er zijn nog geen exports. Nu: zet ze in %s, en geef de opdracht lvv check",
	"Next: lvv check says what is wrong with the exports; lvv run makes the reports.": "Nu: lvv check zegt wat er mis is met de exports; lvv run maakt de rapporten.",
	"write what was found to this `file` as a page, instead of printing it":           "schrijf wat gevonden is als pagina naar dit `bestand`, in plaats van het te tonen",
	"write the page: %w\n  Give a file in a folder that you may write with --html.":   "pagina schrijven: %w\n  Geef met --html een bestand in een map waarin u mag schrijven.",
}
