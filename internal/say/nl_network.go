package say

var dutchNetwork = map[string]string{
	"\n" +
		"For the programme council:\n" +
		"  %s\n" +
		"  %s": "\n" +
		"Voor de programmaraad:\n" +
		"  %s\n" +
		"  %s",
	"%s and %s have the same name or the same package": "%s en %s hebben dezelfde naam of hetzelfde pakket",
	"%s exists already\n" +
		"  A bridge never replaces a file: give another name.": "%s bestaat al\n" +
		"  Een brug vervangt nooit een bestand: geef een andere naam.",
	"%s holds neither a report nor an answer of pilot %s\n" +
		"  Give a folder that lvv run or lvv request wrote.": "%s bevat geen rapport en geen antwoord van pilot %s\n" +
		"  Geef een map die lvv run of lvv request heeft geschreven.",
	"%s is an answer already, and what was answered is kept\n" +
		"  Give the file of this request another name.": "%s is al een antwoord, en wat beantwoord is blijft bewaard\n" +
		"  Geef het bestand van deze aanvraag een andere naam.",
	"%s is late: its package is of %s, reference date %s.": "%s is laat: het pakket is van %s, peildatum %s.",
	"%s is there already\n" +
		"  A package is never replaced: move it away, or give another folder with --out.": "%s is er al\n" +
		"  Een pakket wordt nooit vervangen: zet het ergens anders, of geef met --out een andere map.",
	"%s, %s, reference date %v: %d of %d pilots": "%s, %s, peildatum %v: %d van %d pilots",
	"%w\n" +
		"  Expected: programme: NAME, and pilots: a list of {name: PILOT, package: FILE}.": "%w\n" +
		"  Verwacht: programme: NAAM, en pilots: een lijst van {name: PILOT, package: BESTAND}.",
	"%s: %w\n" +
		"  Restore the folder as lvv request wrote it.": "%s: %w\n" +
		"  Zet de map terug zoals lvv request haar schreef.",
	"%s: its package is of %s, reference date %s.": "%s: het pakket is van %s, peildatum %s.",
	"%s: there is no %s.":                          "%s: er is geen %s.",
	"--%s is missing\n" +
		"  %s --help shows an example": "--%s ontbreekt\n" +
		"  %s --help toont een voorbeeld",
	"--config is missing: the file that lists the pilots and their packages\n" +
		"  lvv network --help shows an example": "--config ontbreekt: het bestand met de pilots en hun pakketten\n" +
		"  lvv network --help toont een voorbeeld",
	"--identity is missing: packages are encrypted for the programme's office\n" +
		"  Give the file that age-keygen made for it.": "--identity ontbreekt: pakketten zijn versleuteld voor het programmabureau\n" +
		"  Geef het bestand dat age-keygen ervoor maakte.",
	"--k must be at least 2 and --l at least 1, not %d and %d": "--k is ten minste 2 en --l ten minste 1, niet %d en %d",
	"--mode %q does not exist; it is %s or %s":                 "--mode %q bestaat niet; het is %s of %s",
	"--out is missing: the file to write\n" +
		"  lvv bridge --help shows an example": "--out ontbreekt: het bestand om te schrijven\n" +
		"  lvv bridge --help toont een voorbeeld",
	"--out is missing: the folder to write into\n" +
		"  %s --help shows an example": "--out ontbreekt: de map om in te schrijven\n" +
		"  %s --help toont een voorbeeld",
	"--out is missing: the folder to write the package into\n" +
		"  lvv share --help shows an example": "--out ontbreekt: de map waarin het pakket komt\n" +
		"  lvv share --help toont een voorbeeld",
	"--period is missing, or of no fixed days\n" +
		"  Give the quarter, month, year or range of days of the packages, e.g. --period 2020-Q3.": "--period ontbreekt, of heeft geen vaste dagen\n" +
		"  Geef het kwartaal, de maand, het jaar of de dagen van de pakketten, bijvoorbeeld --period 2020-Q3.",
	"--persons must lie between 1 and %d\n" +
		"  %s --help shows an example": "--persons ligt tussen 1 en %d\n" +
		"  %s --help toont een voorbeeld",
	"--pilots must lie between 1 and %d\n" +
		"  %s --help shows an example": "--pilots ligt tussen 1 en %d\n" +
		"  %s --help toont een voorbeeld",
	"--programme is missing: the public key of the programme's office\n" +
		"  It is the line that begins with age1 and that age-keygen prints; ask the office for it.": "--programme ontbreekt: de publieke sleutel van het programmabureau\n" +
		"  Het is de regel die met age1 begint en die age-keygen toont; vraag het bureau erom.",
	"--programme-key is the pilot's own key: whoever shares it could try the numbers of this pilot's cases\n" +
		"  Give a key that was made for the programme: lvv keygen programma.key": "--programme-key is de sleutel van de pilot zelf: wie hem deelt zou de nummers van de casussen van deze pilot kunnen proberen\n" +
		"  Geef een sleutel die voor het programma is gemaakt: lvv keygen programma.key",
	"--purpose %q is not one that pseudonyms are delivered for\n" +
		"  Give amif or beheer.": "--purpose %q is geen doel waarvoor pseudoniemen geleverd worden\n" +
		"  Geef amif of beheer.",
	"Exact figures, for the programme's office alone:\n" +
		"  %s": "Exacte cijfers, alleen voor het programmabureau:\n" +
		"  %s",
	"Not all pilots share persons under one programme key: a person counts once in each of those that do not.": "Niet alle pilots delen personen onder één programmasleutel: in elk van de andere telt een persoon apart.",
	"Without --programme-key a person who moves to another pilot counts once in each.":                         "Zonder --programme-key telt wie naar een andere pilot verhuist in elk van beide.",
	"Wrote %s: %d pseudonyms of purpose %s, from key %s, epoch %d, to key %s, epoch %d.\n" +
		"Give it to nobody but those entitled to join the deliveries, and destroy it when they have.": "Geschreven: %s: %d pseudoniemen voor het doel %s, van sleutel %s, epoch %d, naar sleutel %s, epoch %d.\n" +
		"Geef het aan niemand dan wie de leveringen mag koppelen, en vernietig het als dat gedaan is.",
	"Wrote %s: the exact figures and the pseudonymised rows of %s, %s, for the programme's office alone.": "Geschreven: %s: de exacte cijfers en de gepseudonimiseerde rijen van %s, %s, alleen voor het programmabureau.",
	"Wrote %s: the exports and terms of %d municipalities, and %s.":                                       "Geschreven: %s: de exports en afspraken van %d gemeenten, en %s.",
	"Wrote %s: the exports of %d persons, and %s.":                                                        "Geschreven: %s: de exports van %d personen, en %s.",
	"answering the request":          "aanvraag beantwoorden",
	"computing the account":          "verantwoording berekenen",
	"computing the figures together": "cijfers samen berekenen",
	"distinct values of each sensitive column in each class, at least": "verschillende waarden van elke gevoelige kolom in elke klasse, ten minste",
	"hash the models: %w":              "vingerafdruk van de modellen maken: %w",
	"%s: it holds no settings":         "%s: het bevat geen instellingen",
	"it lists no pilots":               "het noemt geen pilots",
	"joining the stores":               "opslag samenvoegen",
	"look for reports and answers: %w": "rapporten en antwoorden zoeken: %w",
	"look for reports: %w":             "rapporten zoeken: %w",
	"make samples: %w":                 "voorbeelden maken: %w",
	"make the output folder: %w":       "map voor de uitvoer maken: %w",
	"making the exports":               "exports maken",
	"making the pseudonyms":            "pseudoniemen maken",
	"neither --from-epoch nor --from-key is given: the old pseudonyms would be the new ones\n" +
		"  Give the epoch or the key of the earlier deliveries; their manifest.json names both.": "--from-epoch en --from-key ontbreken allebei: de oude pseudoniemen zouden de nieuwe zijn\n" +
		"  Geef de epoch of de sleutel van de eerdere leveringen; hun manifest.json noemt beide.",
	"no --period\n" +
		"  Give the period to share, e.g. --period 2020-Q3.": "geen --period\n" +
		"  Geef de periode om te delen, bijvoorbeeld --period 2020-Q3.",
	"`file` with the project leader's notes on sections of the report, toelichting.yaml": "`bestand` met de toelichting van de projectleider bij onderdelen van het rapport, toelichting.yaml",
	"the notes cannot be read: %w\n" +
		"  Give a file such as the toelichting.yaml that lvv init writes.": "de toelichting kan niet gelezen worden: %w\n" +
		"  Geef een bestand zoals de toelichting.yaml die lvv init schrijft.",
	"no progress": "toon geen voortgang",
	"nobody of --earlier-amif is in these exports: it was made under another key, epoch or pilot\n" +
		"  Give the key of the earlier account, or leave --earlier-amif out.": "niemand van --earlier-amif komt in deze exports voor: het is gemaakt onder een andere sleutel, epoch of pilot\n" +
		"  Geef de sleutel van de eerdere verantwoording, of laat --earlier-amif weg.",
	"nobody of these exports stands in %s under key %s, epoch %d and purpose %s\n" +
		"  Give the key and epoch of that delivery; its manifest.json names both.": "niemand van deze exports staat in %s onder sleutel %s, epoch %d en doel %s\n" +
		"  Geef de sleutel en epoch van die levering; haar manifest.json noemt beide.",
	"not in the account of %s: %s\n" +
		"  Use the key, the exports and the period of the account itself.": "niet in de verantwoording van %s: %s\n" +
		"  Gebruik de sleutel, de exports en de periode van de verantwoording zelf.",
	"opening the packages": "pakketten openen",
	"persons that share each published combination, at least": "personen die elke gepubliceerde combinatie delen, ten minste",
	"print the summary: %w":                                   "samenvatting tonen: %w",
	"putting the output in its place":                         "uitvoer op haar plaats zetten",
	"read an earlier answer: %w":                              "een eerder antwoord lezen: %w",
	"the answer to %s gets a folder of its name, and that has other signs than letters, digits, - and _\n" +
		"  Give the file another name.": "het antwoord op %s krijgt een map van die naam, en daarin staan andere tekens dan letters, cijfers, - en _\n" +
		"  Geef het bestand een andere naam.",
	"the earlier delivery cannot be read: %w\n" +
		"  Give a file with pseudonyms of purpose %s.": "de eerdere levering kan niet gelezen worden: %w\n" +
		"  Geef een bestand met pseudoniemen voor het doel %s.",
	"the exports changed while they were read\n" +
		"  Wait until nobody writes to the folder, and begin again.": "de exports zijn veranderd terwijl ze gelezen werden\n" +
		"  Wacht tot niemand meer in de map schrijft, en begin opnieuw.",
	"the identity %s holds no age identity\n" +
		"  Give the file that age-keygen made for the programme's office.": "de identiteit %s bevat geen age-identiteit\n" +
		"  Geef het bestand dat age-keygen voor het programmabureau maakte.",
	"the identity %s is not a regular file of its owner alone\n" +
		"  Run: %s": "de identiteit %s is geen gewoon bestand van de eigenaar alleen\n" +
		"  Geef de opdracht: %s",
	"the identity cannot be read: %w\n" +
		"  Give the file that age-keygen made for the programme's office.": "de identiteit kan niet gelezen worden: %w\n" +
		"  Geef het bestand dat age-keygen voor het programmabureau maakte.",
	"the name %q holds a colon and a space, which part pilot and location": "de naam %q bevat een dubbele punt en een spatie, die pilot en locatie scheiden",
	"the old pseudonyms are the new ones: both of key %s, epoch %d\n" +
		"  Give the epoch or the key of the earlier deliveries; their manifest.json names both.": "de oude pseudoniemen zijn de nieuwe: allebei van sleutel %s, epoch %d\n" +
		"  Geef de epoch of de sleutel van de eerdere leveringen; hun manifest.json noemt beide.",
	"the programme cannot be read: %w\n" +
		"  Give the file that lists the pilots and their packages with --config.": "het programma kan niet gelezen worden: %w\n" +
		"  Geef met --config het bestand met de pilots en hun pakketten.",
	"the report in %s has another key, or other days or another reference date than the package\n" +
		"  Give the key and --as-of of the report, or another folder with --reports.": "het rapport in %s heeft een andere sleutel, andere dagen of een andere peildatum dan het pakket\n" +
		"  Geef de sleutel en --as-of van het rapport, of met --reports een andere map.",
	"the report in %s is a draft: mark it as handed out with lvv run --final before the programme's is, so that a renewed one takes it into account": "het rapport in %s is een concept: merk het met lvv run --final als uitgereikt voordat dat van het programma dat is, zodat een vernieuwd rapport er rekening mee houdt",
	"the report in %s is not what these exports say: %s\n" +
		"  Run lvv run again on these exports, with --replace if it was handed out, or share the exports that it was made from.": "het rapport in %s is niet wat deze exports zeggen: %s\n" +
		"  Draai lvv run opnieuw op deze exports, met --replace als het is uitgereikt, of deel de exports waaruit het is gemaakt.",
	"the request cannot be read: %w\n" +
		"  Give the file with the request; lvv init writes an example.": "de aanvraag kan niet gelezen worden: %w\n" +
		"  Geef het bestand met de aanvraag; lvv init schrijft een voorbeeld.",
	"there is no package of %s, reference date %v\n" +
		"  %s": "er is geen pakket van %s, peildatum %v\n" +
		"  %s",
	"there is no report of %s in %s: the package holds what lvv run would publish\n" +
		"  Publish it from the same exports, or name the folder of the pilot's reports with --reports.": "er is geen rapport van %s in %s: het pakket bevat wat lvv run zou publiceren\n" +
		"  Publiceer het uit dezelfde exports, of noem met --reports de map met de rapporten van de pilot.",
	"trace leads an auditor from the AMIF pseudonyms of deelnemers.csv to the steward's pseudonyms\n" +
		"and to file and row of the exports, as CSV on stdout. It needs the key and the exports of the\n" +
		"account, and writes nothing.": "trace brengt een controleur van de AMIF-pseudoniemen in deelnemers.csv naar de pseudoniemen van de\n" +
		"gegevensbeheerder en naar bestand en rij van de exports, als CSV. Het heeft de sleutel en de exports van de\n" +
		"verantwoording nodig, en schrijft niets.",
	"trace needs at least one pseudonym\n" +
		"  Take it from the column pseudoniem of deelnemers.csv.": "trace heeft ten minste één pseudoniem nodig\n" +
		"  Neem het uit de kolom pseudoniem van deelnemers.csv.",
	"write the rows in the order of the input (in-house use)": "schrijf de rijen in de volgorde van de invoer (gebruik binnenshuis)",
	"writing the AMIF account":                                "AMIF-verantwoording schrijven",
	"writing the package":                                     "pakket schrijven",
	"the package of %s cannot be read: %w":                    "het pakket van %s kan niet gelezen worden: %w",
	"%s is the package of %s, and not of %s":                  "%s is het pakket van %s, en niet van %s",
	"the package of %s was made by version %s of the program, with definitions %.12s; this is version %s, with %.12s": "het pakket van %s is gemaakt door versie %s van het programma, met definities %.12s; dit is versie %s, met %.12s",
	"%w\n" +
		"  Have these packages made anew with lvv share of this version, for this office, and nothing is compared that was counted in two ways.": "%w\n" +
		"  Laat deze pakketten opnieuw maken met lvv share van deze versie, voor dit bureau: dan wordt niets vergeleken dat op twee manieren is geteld.",
}
