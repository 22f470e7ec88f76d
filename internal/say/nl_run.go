package say

var dutchRun = map[string]string{
	"%s, as known on %v; reports beside it: %d, earlier answers: %d": "%s, zoals bekend op %v; rapporten ernaast: %d, eerdere antwoorden: %d",
	"; not told: %s":         "; niet vermeld: %s",
	"For the researcher: %s": "Voor de onderzoeker: %s",
	"folder %s is not empty\n" +
		"  Give a new or an empty folder; nothing is overwritten.": "map %s is niet leeg\n" +
		"  Geef een nieuwe of een lege map; er wordt niets overschreven.",
	"persons must lie between 1 and %d, not %d":                   "het aantal personen moet tussen 1 en %d liggen, niet %d",
	"pilots must lie between 1 and %d, not %d":                    "het aantal pilots moet tussen 1 en %d liggen, niet %d",
	"the persons of all pilots must lie between 1 and %d, not %d": "het aantal personen van alle pilots samen moet tussen 1 en %d liggen, niet %d",
	"\n" +
		"Open:": "\n" +
		"Open:",
	"\n" +
		"What was rejected, and what to do:\n" +
		"  %s": "\n" +
		"Wat is afgekeurd, en wat eraan te doen:\n" +
		"  %s",
	"  Left %s: no run wrote it as it is":                      "  Laat %s staan: zo heeft geen run het geschreven",
	"  Would leave %s: no run wrote it as it is":               "  Zou %s laten staan: zo heeft geen run het geschreven",
	"%d rows read: %d accepted, %d quarantined, %d duplicates": "%d rijen gelezen: %d aanvaard, %d afgekeurd, %d dubbel",
	"%s %s is not an age public key: %w\n" +
		"  It is the line that begins with age1 and that age-keygen prints; check that it is complete.": "%s %s is geen publieke age-sleutel: %w\n" +
		"  Het is de regel die met age1 begint en die age-keygen toont; kijk na of hij volledig is.",
	"%s cannot be read: %w\n" +
		"  Give the folder that holds the outputs, such as out.": "%s kan niet gelezen worden: %w\n" +
		"  Geef de map waarin de uitvoer staat, zoals out.",
	"%s cannot be used: %w\n" +
		"  Give a new folder.": "%s kan niet gebruikt worden: %w\n" +
		"  Geef een nieuwe map.",
	"%s has its checksum already (fingerprint %s): nothing was changed.": "%s heeft zijn controlegetal al (vingerafdruk %s): er is niets veranderd.",
	"%s holds no %s: it is not an earlier output, or not the steward's copy (%w)\n" +
		"  Give the folder of a period as lvv run wrote it.": "%s bevat geen %s: het is geen eerdere uitvoer, of niet die van de gegevensbeheerder (%w)\n" +
		"  Geef de map van een periode zoals lvv run haar schreef.",
	"%s is damaged: %w\n" +
		"  Leave out that folder, or restore it from a copy.": "%s is beschadigd: %w\n" +
		"  Laat die map weg, of zet haar terug uit een kopie.",
	"%s is not a folder\n" +
		"  Give the folder in which the exports lie with --exports.": "%s is geen map\n" +
		"  Geef met --exports de map waarin de exports staan.",
	"%s is not an earlier output folder\n" +
		"  Give the folder of a period, e.g. out/2020-Q2.": "%s is geen map van eerdere uitvoer\n" +
		"  Geef de map van een periode, bijvoorbeeld out/2020-Q2.",
	"%s is not empty\n" +
		"  Give a new folder.": "%s is niet leeg\n" +
		"  Geef een nieuwe map.",
	"%s is of pilot %q, the terms are of pilot %q\n" +
		"  Give an earlier output of the same pilot.": "%s is van pilot %q, de afspraken zijn van pilot %q\n" +
		"  Geef eerdere uitvoer van dezelfde pilot.",
	"%s lies in OneDrive, which copies it to a server outside your organisation's own network\n" +
		"  Move it to a folder that is not copied: key and exports together tell who somebody is.": "%s ligt in OneDrive, dat het kopieert naar een server buiten het netwerk van uw organisatie\n" +
		"  Zet het in een map die niet gekopieerd wordt: sleutel en exports zeggen samen wie iemand is.",
	"%s takes %w and nothing else\n" +
		"  %s --help shows an example": "%s verwacht %w en niets anders\n" +
		"  %s --help toont een voorbeeld",
	"%s was made with key %s, epoch %d; this run has key %s, epoch %d\n" +
		"  Give the key and epoch of that delivery, or leave it out of --earlier if its persons may no longer be recognised.": "%s is gemaakt met sleutel %s, epoch %d; deze run heeft sleutel %s, epoch %d\n" +
		"  Geef de sleutel en de epoch van die levering, of laat haar weg bij --earlier als haar personen niet meer herkend mogen worden.",
	"%s was skipped":            "%s is overgeslagen",
	"%s, %s, reference date %v": "%s, %s, peildatum %v",
	"%s: %w\n" +
		"  Give the folder as lvv run wrote it.": "%s: %w\n" +
		"  Geef de map zoals lvv run haar schreef.",
	"%s: %w\n" +
		"  It stands where the report of another period would. Move it, or restore it.": "%s: %w\n" +
		"  Het staat waar het rapport van een andere periode zou staan. Zet het ergens anders, of zet het terug.",
	"%s: %w\n" +
		"  Take it out of the file.": "%s: %w\n" +
		"  Haal het uit het bestand.",
	"--before %w\n" +
		"  Outputs with a reference date before it are removed.": "--before %w\n" +
		"  Uitvoer met een peildatum ervoor wordt verwijderd.",
	"--before is missing: outputs with a reference date before it are removed\n" +
		"  Give a date, such as --before 2019-01-01.": "--before ontbreekt: uitvoer met een peildatum ervoor wordt verwijderd\n" +
		"  Geef een datum, zoals --before 2019-01-01.",
	"--engine: %w\n" +
		"  Give duckdb, which is built in, or the address of a server that speaks Spark Connect.": "--engine: %w\n" +
		"  Geef duckdb, dat ingebouwd is, of het adres van een server die Spark Connect spreekt.",
	"--exports is given without --config\n" +
		"  The pilot's terms are needed: --config pilot.yaml. Make them with: lvv init DIR": "--exports is gegeven zonder --config\n" +
		"  De afspraken van de pilot zijn nodig: --config pilot.yaml. Maak ze met: lvv init MAP",
	"--lang %s is not a language of the definitions\n" +
		"  Give nl or en.": "--lang %s is geen taal van de definities\n" +
		"  Geef nl of en.",
	"--lang %s is not a language of the page\n" +
		"  Give nl or en.": "--lang %s is geen taal van de pagina\n" +
		"  Geef nl of en.",
	"--lang %s is not a language of the reports\n" +
		"  Give nl or en.": "--lang %s is geen taal van de rapporten\n" +
		"  Geef nl of en.",
	"--memory %s is not an amount of memory\n" +
		"  Give a number and a unit, such as 4GiB.": "--memory %s is geen hoeveelheid geheugen\n" +
		"  Geef een getal met een eenheid, zoals 4GiB.",
	"--no-earlier and --earlier contradict each other\n" +
		"  Leave one of them out.": "--no-earlier en --earlier spreken elkaar tegen\n" +
		"  Laat een van beide weg.",
	"--no-previous and --previous contradict each other\n" +
		"  Leave one of them out.": "--no-previous en --previous spreken elkaar tegen\n" +
		"  Laat een van beide weg.",
	"--only %q is not a part of the output\n" +
		"  Give one or more of stuurgroep, amif, evaluator.": "--only %q is geen deel van de uitvoer\n" +
		"  Geef een of meer van stuurgroep, amif, evaluator.",
	"--threads %d is not a number of threads\n" +
		"  Give 1 or more.": "--threads %d is geen aantal threads\n" +
		"  Geef 1 of meer.",
	"Draft: the next run of this period replaces it; --final marks what is handed out": "Concept: de volgende run van deze periode vervangt het; --final merkt wat is uitgereikt",
	"FAIL":                               "FOUT",
	"Final: renewed only with --replace": "Definitief: te vernieuwen met alleen --replace",
	"No earlier delivery to the evaluator was found in %s: name its output folder with --earlier, or say with --no-earlier that there was none.":                      "Geen eerdere levering aan de onderzoeker gevonden in %s: noem de map ervan met --earlier, of zeg met --no-earlier dat er geen was.",
	"These exports say otherwise of %s, which was made before and is of a later reference date: if they are an older delivery, make this report from the newest one.": "Deze exports zeggen iets anders over %s, dat eerder is gemaakt en een latere peildatum heeft: zijn het oudere exports, maak dit rapport dan met de nieuwste.",
	"%s is a draft of a later reference date, made without this report: make it again before you hand it out.":                                                        "%s is een concept met een latere peildatum, gemaakt zonder dit rapport: maak het opnieuw voor u het uitreikt.",
	"%s cannot be published any more: whatever it left out, small counts that the report of %s hides would be known better (%d of them), and that was handed out\n" +
		"  Take a period that begins and ends with those already reported, and make reports in the order of their reference dates. To only look, give another folder with --out, and hand nothing of it out.": "%s kan niet meer gepubliceerd worden: wat er ook uit wegblijft, kleine aantallen die het rapport van %s verbergt zouden beter bekend worden (%d ervan), en dat is uitgereikt\n" +
		"  Kies een periode die begint en eindigt met die al gerapporteerd zijn, en maak rapporten in de volgorde van hun peildatum. Alleen kijken kan in een andere map, met --out; reik daar niets van uit.",
	"No earlier report was found in %s: name its output folder with --previous, or say with --no-previous that none was published.": "Geen eerder rapport gevonden in %s: noem de map ervan met --previous, of zeg met --no-previous dat er geen is gepubliceerd.",
	"No half output was left. Please report the command and the version (%s).":                                                      "Er is geen halve uitvoer achtergebleven. Meld de opdracht en de versie (%s).",
	"Nothing in %s has a reference date before %v.":                                                                                 "Niets in %s heeft een peildatum voor %v.",
	"Removed %s: %s, %s, reference date %v, %d files":                                                                               "Verwijderd: %s: %s, %s, peildatum %v, %d bestanden",
	"Removed what a run wrote of %s: %s, %s, reference date %v, %d files":                                                           "Verwijderd wat een run schreef van %s: %s, %s, peildatum %v, %d bestanden",
	"SOURCE_DATE_EPOCH=%s is not a number of seconds\n" +
		"  Unset it, or give seconds since 1970.": "SOURCE_DATE_EPOCH=%s is geen aantal seconden\n" +
		"  Haal het weg, of geef seconden sinds 1970.",
	"Would remove %s: %s, %s, reference date %v, %d files":                                                  "Zou verwijderen: %s: %s, %s, peildatum %v, %d bestanden",
	"Would remove what a run wrote of %s: %s, %s, reference date %v, %d files":                              "Zou verwijderen wat een run schreef van %s: %s, %s, peildatum %v, %d bestanden",
	"Wrote %s (fingerprint %s). Keep a copy in a safe place.":                                               "Geschreven: %s (vingerafdruk %s). Bewaar een kopie op een veilige plaats.",
	"Wrote %s anew, with a checksum (fingerprint %s). Keep a copy in a safe place, instead of the old one.": "Opnieuw geschreven: %s, met een controlegetal (vingerafdruk %s). Bewaar een kopie op een veilige plaats, in plaats van de oude.",
	"a key itself stands in the command line or in %s, where other users and your history can see it\n" +
		"  Keep it in a file of mode 0600, and give the name of that file. Make a new one if others may have seen it: lvv keygen FILE.": "er staat een sleutel zelf in de opdracht of in %s, waar andere gebruikers en uw geschiedenis hem kunnen zien\n" +
		"  Bewaar hem in een bestand van u alleen, en geef de naam van dat bestand. Maak een nieuwe als anderen hem gezien kunnen hebben: lvv keygen BESTAND.",
	"check reads and checks the exports as run does, and prints what a run would quarantine and\n" +
		"warn about: grouped by what to do, worst first. It changes nothing. Without --config and --exports,\n" +
		"and outside a folder with a pilot.yaml, it checks the synthetic samples.": "check leest en controleert de exports zoals run dat doet, en toont wat een run zou afkeuren en waar die voor\n" +
		"zou waarschuwen: bijeen naar wat eraan te doen is, het ergste eerst. Het verandert niets. Zonder --config en\n" +
		"--exports en buiten een map met pilot.yaml controleert het de verzonnen voorbeelden.",
	"checking the contents": "inhoud controleren",
	"compute %s again: %w":  "%s opnieuw berekenen: %w",
	"computing the figures": "cijfers berekenen",
	"disclosure.%s is %d, below the usual %d: persons may be recognised in what is delivered, and the outputs say so\n" +
		"  Leave %[1]s out of %[4]s for the usual protection.": "disclosure.%s is %d, lager dan de gebruikelijke %d: personen kunnen herkend worden in wat geleverd wordt, en de uitvoer zegt dat\n" +
		"  Laat %[1]s weg uit %[4]s voor de gebruikelijke bescherming.",
	"drawing the report: %w": "rapport tekenen: %w",
	"exit with 3 when rows were quarantined or a finding is high":     "eindig met 3 als rijen zijn afgekeurd of een bevinding ernstig is",
	"exit with 3 when rows would be quarantined or a finding is high": "eindig met 3 als rijen afgekeurd zouden worden of een bevinding ernstig is",
	"give the key in FILE its checksum, if it has none":               "geef de sleutel in BESTAND zijn controlegetal, als hij er geen heeft",
	"init makes DIR with a commented pilot.yaml, a new key that only its owner may read, an empty folder\n" +
		"exports/ with a page that says what the parties deliver, an example of a request for tables, and a file\n" +
		"for notes on the report. It changes nothing that exists.": "init maakt MAP met een pilot.yaml met uitleg, een nieuwe sleutel die alleen de eigenaar mag lezen, een lege\n" +
		"map exports/ met een pagina die zegt wat de partijen aanleveren, een voorbeeld van een aanvraag voor tabellen,\n" +
		"en een bestand voor een toelichting bij het rapport. Het verandert niets dat bestaat.",
	"keep the former version: %w": "vorige versie bewaren: %w",
	"key file %s has no checksum: of a wrong character in it nobody would know\n" +
		"  If the fingerprint in your last manifest.json is this one's, run: lvv keygen --convert %s": "sleutelbestand %s heeft geen controlegetal: een verkeerd teken erin zou niemand merken\n" +
		"  Staat de vingerafdruk ervan in uw laatste manifest.json, geef dan de opdracht: lvv keygen --convert %s",
	"keygen writes a new random root key to FILE with mode 0600. It never overwrites a file.\n" +
		"\n" +
		"A key bears a checksum, so that a wrong character is noticed. With --convert the key of an\n" +
		"older file, which has none, gets one: it stays the same key, with the same fingerprint.": "keygen schrijft een nieuwe willekeurige sleutel naar BESTAND, voor de eigenaar alleen. Het overschrijft nooit\n" +
		"een bestand.\n" +
		"\n" +
		"Een sleutel heeft een controlegetal, zodat een verkeerd teken opvalt. Met --convert krijgt de sleutel van een\n" +
		"ouder bestand, die er geen heeft, er een: het blijft dezelfde sleutel, met dezelfde vingerafdruk.",
	"lay out the samples: %w":         "voorbeelden uitpakken: %w",
	"look for earlier reports: %w":    "eerdere rapporten zoeken: %w",
	"make %s: %w":                     "%s maken: %w",
	"making the evaluator's delivery": "levering aan de onderzoeker maken",
	"mark the output as handed out: it is then renewed with --replace only": "merk de uitvoer als uitgereikt: daarna vernieuwt alleen --replace haar",
	"metrics prints the catalogue: every figure with its definition, the article of the covenant that it\n" +
		"serves, what is divided by what, how it is broken down, and the tables it needs.": "metrics toont de catalogus: elk cijfer met zijn definitie, het artikel van het convenant waar het voor is,\n" +
		"wat door wat gedeeld wordt, hoe het is uitgesplitst, en de tabellen die het nodig heeft.",
	"the registers cover no whole quarter of the pilot\n" +
		"  Give the period to report, e.g. --period 2020-09.": "de registers beslaan geen heel kwartaal van de pilot\n" +
		"  Geef de periode van het rapport, bijvoorbeeld --period 2020-09.",
	"the period is %s, the last quarter that the registers cover whole (--period gives another)": "de periode is %s, het laatste kwartaal dat de registers heel beslaan (--period geeft een andere)",
	"no key: pseudonyms of real exports need one\n" +
		"  Make one with: lvv keygen FILE, and give it with --key FILE or LVV_KEY_FILE=FILE.\n" +
		"  Use the same key for every delivery, and keep a copy in a safe place.": "geen sleutel: pseudoniemen van echte exports hebben er een nodig\n" +
		"  Maak er een met: lvv keygen BESTAND, en geef hem met --key BESTAND of LVV_KEY_FILE=BESTAND.\n" +
		"  Gebruik voor elke levering dezelfde sleutel, en bewaar een kopie op een veilige plaats.",
	"print catalogue: %w":                      "catalogus tonen: %w",
	"print one JSON object":                    "toon één JSON-object",
	"print one JSON object, in both languages": "toon één JSON-object, in beide talen",
	"print the checks: %w":                     "controles tonen: %w",
	"protecting small counts":                  "kleine aantallen beschermen",
	"purge removes the outputs below DIR whose reference date lies before DATE, and says which. It removes\n" +
		"the files that the manifest of an output lists and that are as lvv wrote them, and the folders that are\n" +
		"empty then; it says what else it found there and left.": "purge verwijdert de uitvoer onder MAP waarvan de peildatum voor DATUM ligt, en zegt welke. Het verwijdert de\n" +
		"bestanden die het manifest noemt en die zijn zoals lvv ze schreef, en de mappen die dan leeg zijn; het zegt\n" +
		"wat het verder aantrof en liet staan.",
	"read catalogue: %w":                  "catalogus lezen: %w",
	"read the engine's token: %w":         "token van de engine lezen: %w",
	"read the template of the terms: %w":  "sjabloon van de afspraken lezen: %w",
	"read what was published earlier: %w": "lezen wat eerder is gepubliceerd: %w",
	"reading the exports":                 "exports lezen",
	"remove %s: %w\n" +
		"  Check your rights to it.": "%s verwijderen: %w\n" +
		"  Kijk uw rechten erop na.",
	"renew an output that was handed out; its former version is kept in it and counts as an earlier report": "vernieuw uitvoer die is uitgereikt; de vorige versie blijft erin en telt als eerder rapport",
	"say that no earlier report was published than those in --out":                                          "zeg dat er geen eerder rapport is gepubliceerd dan die in --out",
	"say that the evaluator got no earlier delivery than those in --out":                                    "zeg dat de onderzoeker geen eerdere levering kreeg dan die in --out",
	"say what would be removed, and remove nothing":                                                         "zeg wat verwijderd zou worden, en verwijder niets",
	"stopped (%v); nothing was written":                                                                     "gestopt (%v); er is niets geschreven",
	"the file that %s names cannot be read: %w\n" +
		"  Give a file with the server's token alone in it.": "het bestand dat %s noemt kan niet gelezen worden: %w\n" +
		"  Geef een bestand met alleen het token van de server erin.",
	"the file that %s names is not a regular file of its owner alone\n" +
		"  Run: %s": "het bestand dat %s noemt is geen gewoon bestand van de eigenaar alleen\n" +
		"  Geef de opdracht: %s",
	"the folder of exports cannot be examined: %w\n" +
		"  Check the path and your rights. Give the folder in which the exports lie with --exports.": "de map met exports kan niet bekeken worden: %w\n" +
		"  Kijk het pad en uw rechten na. Geef met --exports de map waarin de exports staan.",
	"the output stands whole in %s, but that could not be told: %w": "de uitvoer staat heel in %s, maar dat kon niet gemeld worden: %w",
	"the template of the terms has no header":                       "het sjabloon van de afspraken heeft geen kop",
	"the theme cannot be read: %w\n" +
		"  Give a CSS file with --theme.": "de huisstijl kan niet gelezen worden: %w\n" +
		"  Geef met --theme een CSS-bestand.",
	"there is no folder %s\n" +
		"  Give the folder in which the exports lie with --exports.": "er is geen map %s\n" +
		"  Geef met --exports de map waarin de exports staan.",
	"what was to be printed could not be written: %w\n" +
		"  What the command had to do is done.": "wat te tonen was kon niet geschreven worden: %w\n" +
		"  Wat de opdracht moest doen is gedaan.",
	"write the page: %w":          "pagina schrijven: %w",
	"writing the report":          "rapport schrijven",
	"writing the steward's lists": "lijsten voor de gegevensbeheerder schrijven",
	"%s  %s  %v left":             "%s  %s  nog %v",
}
