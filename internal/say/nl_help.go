package say

var dutchHelp = map[string]string{
	"anonymize --data FILE --hierarchies DIR --qi a,b,c --out FILE": "anonymize --data BESTAND --hierarchies MAP --qi a,b,c --out BESTAND",
	"bridge --purpose P --from-epoch N --out FILE":                  "bridge --purpose P --from-epoch N --out BESTAND",
	"init DIR":    "init MAP",
	"keygen FILE": "keygen BESTAND",
	"network --config programma.yaml --period P --identity FILE --out DIR": "network --config programma.yaml --period P --identity BESTAND --out MAP",
	"purge --before DATE DIR":                        "purge --before DATUM MAP",
	"request FILE":                                   "request BESTAND",
	"samples --persons N --seed S --out DIR":         "samples --persons N --seed S --out MAP",
	"share --programme age1... --period P --out DIR": "share --programme age1... --period P --out MAP",
	"verify DIR":                                     "verify MAP",
	"trace PSEUDONYM...":                             "trace PSEUDONIEM...",
	"  lvv run                                     the samples, into ./out\n" +
		"  lvv init mijn-pilot                         a folder to start from\n" +
		"  lvv check --config mijn-pilot/pilot.yaml    what is wrong with a delivery\n" +
		"  lvv run --config mijn-pilot/pilot.yaml --key mijn-pilot/sleutel.key --period 2020-Q3": "" +
		"  lvv run                                     de voorbeelden, naar ./out\n" +
		"  lvv init mijn-pilot                         een map om mee te beginnen\n" +
		"  lvv check --config mijn-pilot/pilot.yaml    wat er mis is met een aanlevering\n" +
		"  lvv run --config mijn-pilot/pilot.yaml --key mijn-pilot/sleutel.key --period 2020-Q3",
	"request answers a request for tables (art. 9) without letting the data out: it counts persons, cases, courses,\n" +
		"trajectories or nights as FILE asks, and tells of that what leaves no small group open, given every report of the\n" +
		"pilot and every answer that lie in --out or are named with --previous. It writes a new folder in --out: antwoord/\n" +
		"for the researcher, beheer/ with the log. What was answered once is never replaced. lvv init writes an example.\n" +
		"\n" +
		"What can be asked:": "request beantwoordt een verzoek om tabellen (art. 9) zonder de gegevens uit handen te geven: het telt personen,\n" +
		"aanmeldingen, begeleidingsperiodes, trajecten of nachten zoals BESTAND vraagt, en vertelt daarvan wat geen kleine\n" +
		"groep prijsgeeft, gegeven elk rapport van de pilot en elk antwoord in --out of genoemd met --previous. Het schrijft\n" +
		"een nieuwe map in --out: antwoord/ voor de onderzoeker, beheer/ met het logboek. Wat eenmaal beantwoord is wordt\n" +
		"nooit vervangen. lvv init schrijft een voorbeeld.\n" +
		"\n" +
		"Wat er te vragen is:",
	"%s has no flag %s\n" +
		"  %[1]s --help shows the flags": "%s kent de optie %s niet\n" +
		"  %[1]s --help noemt de opties",
	"%s has no flag %s; did you mean --%s?\n" +
		"  %[1]s --help shows the flags": "%s kent de optie %s niet; bedoelde u --%s?\n" +
		"  %[1]s --help noemt de opties",
	"%s needs a value\n" +
		"  %s --help shows the flags": "%s heeft een waarde nodig\n" +
		"  %s --help noemt de opties",
	"%s=%s is not a language of the program\n" +
		"  Give nl or en.": "%s=%s is geen taal van het programma\n" +
		"  Geef nl of en.",
	"--%s does not take %q\n" +
		"  %s --help shows the flags": "--%s kan niet %q zijn\n" +
		"  %s --help noemt de opties",
	"A folder to start from: terms, key, and what to deliver":                    "Een map om mee te beginnen: afspraken, sleutel, en wat aan te leveren",
	"CSS `file` that replaces the custom properties of the report's house style": "CSS-`bestand` in plaats van de kleuren en letters van de huisstijl van het rapport",
	"Check an output folder by its files alone":                                  "Controleer een map met uitvoer aan de hand van alleen haar bestanden",
	"From a participant of an AMIF account to the rows of the exports":           "Van een deelnemer in een AMIF-verantwoording naar de rijen van de exports",
	"Lead those entitled from old pseudonyms to new ones":                        "Breng wie daartoe gerechtigd is van oude naar nieuwe pseudoniemen",
	"Make a new key, readable by its owner alone":                                "Maak een nieuwe sleutel, alleen voor de eigenaar leesbaar",
	"Make a synthetic set of exports of any size":                                "Maak een verzonnen stel exports van elke omvang",
	"Make any table k-anonymous with value hierarchies":                          "Maak een willekeurige tabel k-anoniem met waardehiërarchieën",
	"Make the package of one pilot for the programme":                            "Maak het pakket van één pilot voor het programma",
	"Print what every figure means":                                              "Toon wat elk cijfer betekent",
	"Remove outputs that are past their date":                                    "Verwijder uitvoer die over haar datum is",
	"Reports and evaluation data for a shelter-and-guidance programme":           "Rapporten en onderzoeksgegevens voor een programma van opvang en begeleiding",
	"Tables for a researcher from the exact data, after disclosure control":      "Tabellen voor een onderzoeker uit de exacte gegevens, na onthullingscontrole",
	"Take the packages of all pilots together":                                   "Neem de pakketten van alle pilots samen",
	"The whole job: exports in, reports out":                                     "De hele taak: exports erin, rapporten eruit",
	"Usage:\n" +
		"  {{.UseLine}}{{if .HasAvailableLocalFlags}} [flags]{{end}}{{if .HasAvailableSubCommands}}\n" +
		"  {{.CommandPath}} COMMAND{{end}}{{if .HasExample}}\n" +
		"\n" +
		"Examples:\n" +
		"{{.Example}}{{end}}{{if .HasAvailableSubCommands}}\n" +
		"\n" +
		"Commands:{{range .Commands}}{{if .IsAvailableCommand}}\n" +
		"  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}\n" +
		"\n" +
		"lvv COMMAND --help shows the flags of a command.{{end}}{{if .HasAvailableLocalFlags}}\n" +
		"\n" +
		"Flags:\n" +
		"{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}\n": "Gebruik:\n" +
		"  {{.UseLine}}{{if .HasAvailableLocalFlags}} [opties]{{end}}{{if .HasAvailableSubCommands}}\n" +
		"  {{.CommandPath}} OPDRACHT{{end}}{{if .HasExample}}\n" +
		"\n" +
		"Voorbeelden:\n" +
		"{{.Example}}{{end}}{{if .HasAvailableSubCommands}}\n" +
		"\n" +
		"Opdrachten:{{range .Commands}}{{if .IsAvailableCommand}}\n" +
		"  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}\n" +
		"\n" +
		"lvv OPDRACHT --help noemt de opties van een opdracht.{{end}}{{if .HasAvailableLocalFlags}}\n" +
		"\n" +
		"Opties:\n" +
		"{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}\n",
	"What is wrong with a delivery, and what to do about it": "Wat er mis is met een aanlevering, en wat eraan te doen",
	"Wrote\n" +
		"  %[1]s\n" +
		"      the pilot's terms: check every line against your covenant\n" +
		"  %[2]s\n" +
		"      the key (fingerprint %[3]s): keep a copy in a safe place\n" +
		"  %[4]s\n" +
		"      put the exports here\n" +
		"  %[5]s\n" +
		"      says what the parties deliver\n" +
		"  %[6]s\n" +
		"      an example of a request for tables, for lvv request\n" +
		"  %[7]s\n" +
		"      for your notes on the report, given with --notes\n" +
		"\n" +
		"Then, in that folder:\n" +
		"  lvv check\n" +
		"  lvv run": "Geschreven:\n" +
		"  %[1]s\n" +
		"      de afspraken van de pilot: loop elke regel na met uw convenant ernaast\n" +
		"  %[2]s\n" +
		"      de sleutel (vingerafdruk %[3]s): bewaar een kopie op een veilige plaats\n" +
		"  %[4]s\n" +
		"      zet hier de exports neer\n" +
		"  %[5]s\n" +
		"      zegt wat de partijen aanleveren\n" +
		"  %[6]s\n" +
		"      een voorbeeld van een aanvraag voor tabellen, voor lvv request\n" +
		"  %[7]s\n" +
		"      voor uw toelichting bij het rapport, te geven met --notes\n" +
		"\n" +
		"Daarna, in die map:\n" +
		"  lvv check\n" +
		"  lvv run",
	"`amount` of memory for the database; beyond it, it uses a private temporary folder": "`hoeveelheid` geheugen voor de database; wat meer is komt in een eigen tijdelijke map",
	"`column` that says whose row it is (default: every row is a person)":                "`kolom` die zegt wiens rij het is (anders is elke rij een persoon)",
	"`date`, yyyy-mm-dd": "`datum`, jjjj-mm-dd",
	"`epoch` of the old pseudonyms (default: that of pilot.yaml)":                                                        "`epoch` van de oude pseudoniemen (anders die van pilot.yaml)",
	"`file` deelnemers.csv of an earlier AMIF account; nobody in it is claimed twice (may be repeated)":                  "`bestand` deelnemers.csv van een eerdere AMIF-verantwoording; niemand daarin wordt nog eens opgevoerd (mag vaker)",
	"`file` for the published table":                                                                                     "`bestand` voor de gepubliceerde tabel",
	"`file` that lists the pilots and their packages, programma.yaml":                                                    "`bestand` met de pilots en hun pakketten, programma.yaml",
	"`file` with old pseudonyms; only those in it are written":                                                           "`bestand` met oude pseudoniemen; alleen die worden geschreven",
	"`file` with the pilot's terms (default: pilot.yaml in this folder)":                                                 "`bestand` met de afspraken van de pilot (anders pilot.yaml in deze map)",
	"`file` with the table, under a header":                                                                              "`bestand` met de tabel, onder een kopregel",
	"`folder` for the output; a folder for the period is made in it":                                                     "`map` voor de uitvoer; daarin komt een map voor de periode",
	"`folder` of the outputs: reports and answers in it are taken into account, and the answer gets a folder of its own": "`map` met de uitvoer: rapporten en antwoorden daarin tellen mee, en het antwoord krijgt er een eigen map",
	"`folder` of the packages that a programme's output was made from":                                                   "`map` met de pakketten waaruit de uitvoer van een programma is gemaakt",
	"`folder` of the value hierarchies":                                                                                  "`map` met de waardehiërarchieën",
	"`folder` to write the package into":                                                                                 "`map` waarin het pakket komt",
	"`folder` with the exports (default: exports beside pilot.yaml)":                                                     "`map` met de exports (anders exports naast pilot.yaml)",
	"`language` of all that is said and written: nl or en":                                                               "`taal` van alles wat gezegd en geschreven wordt: nl of en",
	"`language` of the report and of all that is said: nl or en":                                                         "`taal` van het rapport en van alles wat gezegd wordt: nl of en",
	"`language` of the terms and of the page that says what to deliver: nl or en":                                        "`taal` van de afspraken en van de pagina die zegt wat aan te leveren: nl of en",
	"`language`: nl or en":                                                                "`taal`: nl of en",
	"`mode` of generalising: local or uniform":                                            "`wijze` van veralgemenen: local of uniform",
	"`number` of municipalities of a programme, each in a folder of its own":              "`aantal` gemeenten van een programma, elk in een eigen map",
	"`number` of persons":                                                                 "`aantal` personen",
	"`number` of threads (default: one a core); the output does not depend on it":         "`aantal` threads (anders één per kern); de uitvoer hangt er niet van af",
	"`period` for the checks that need a reference date (default: the pilot until today)": "`periode` voor de controles die een peildatum nodig hebben (anders de pilot tot vandaag)",
	"`period` of the account":                                                             "`periode` van de verantwoording",
	"`period` to report: 2020-Q3, 2020-09, 2020 or 2020-07-01..2020-09-30":                "`periode` van het rapport: 2020-Q3, 2020-09, 2020 of 2020-07-01..2020-09-30",
	"`period` to report: 2020-Q3, 2020-09, 2020, 2020-07-01..2020-09-30 or all (default: the last quarter that the registers cover whole)": "`periode` van het rapport: 2020-Q3, 2020-09, 2020, 2020-07-01..2020-09-30 of all (anders het laatste kwartaal dat de registers heel beslaan)",
	"`period` to share: 2020-Q3, 2020-09, 2020 or 2020-07-01..2020-09-30":                                                                  "`periode` om te delen: 2020-Q3, 2020-09, 2020 of 2020-07-01..2020-09-30",
	"`period`: what is known on its last day is counted":                                                                                   "`periode`: geteld wordt wat op haar laatste dag bekend is",
	"`purpose` whose files are joined: amif or beheer":                                                                                     "`doel` waarvan de bestanden gekoppeld worden: amif of beheer",
	"`seed` of all chance":                        "`begingetal` van alle toeval",
	"age identity `file` that opens the packages": "`bestand` met de age-identiteit die de pakketten opent",
	"age public `key` (age1...) for which the evaluator's data are encrypted (may be repeated)": "publieke age-`sleutel` (age1...) waarvoor de gegevens van de onderzoeker versleuteld worden (mag vaker)",
	"age public `key` (age1...) of the programme's office (may be repeated)":                    "publieke age-`sleutel` (age1...) van het programmabureau (mag vaker)",
	"anonymize publishes a table so that every combination of the quasi-identifiers is shared by\n" +
		"at least k persons, and each sensitive column takes at least l values among them (fewer only\n" +
		"where the whole table has fewer), at the least loss of information it can find.\n" +
		"\n" +
		"A hierarchy is a file whose name ends in _<column>.csv with one row a value: the value, then\n" +
		"its generalisations from narrow to wide (value;level 1;level 2;...;*), as ARX has them. Every\n" +
		"value of the table needs a place in its hierarchy. Delimiters and encodings are found by looking.\n" +
		"\n" +
		"Mode local generalises each class only as far as it needs. Mode uniform takes one level a\n" +
		"column: of all choices the one that loses least, a suppressed cell counting 1, and of equals\n" +
		"the one that leaves out the fewest persons. A suppressed row is written with the top of each\n" +
		"hierarchy (*) and keeps its other columns; in local mode that is a class like the others, made\n" +
		"only where it loses least.\n" +
		"\n" +
		"All other columns are written as they are, but for the --person column: it is an identifier,\n" +
		"and becomes a number that is the same within a class and differs between classes, so that\n" +
		"persons can be counted and rows of different classes not joined. Remove other identifiers first.\n" +
		"Rows are written in the order of what is published, because the order of the input can tell\n" +
		"what the values no longer say; --keep-order is for use in-house.": "anonymize publiceert een tabel zo dat elke combinatie van de quasi-identificatoren door ten minste k\n" +
		"personen gedeeld wordt, en elke gevoelige kolom onder hen ten minste l waarden heeft (minder alleen als\n" +
		"de hele tabel er minder heeft), met zo weinig verlies van informatie als het kan vinden.\n" +
		"\n" +
		"Een hiërarchie is een bestand waarvan de naam eindigt op _<kolom>.csv, met één rij per waarde: de waarde,\n" +
		"dan wat haar veralgemeent van smal naar breed (waarde;niveau 1;niveau 2;...;*), zoals ARX ze heeft. Elke\n" +
		"waarde van de tabel heeft een plaats in haar hiërarchie nodig. Scheidingstekens en tekensets worden herkend.\n" +
		"\n" +
		"De wijze local veralgemeent elke klasse alleen zover als nodig. De wijze uniform neemt één niveau per\n" +
		"kolom: van alle keuzes die het minst verliest, waarbij een weggelaten cel 1 telt, en bij gelijke stand\n" +
		"die de minste personen weglaat. Een weggelaten rij krijgt de top van elke hiërarchie (*) en houdt haar\n" +
		"andere kolommen; bij local is dat een klasse als de andere, alleen gemaakt waar zij het minst verliest.\n" +
		"\n" +
		"Alle andere kolommen blijven zoals ze zijn, behalve die van --person: die wijst iemand aan, en wordt een\n" +
		"nummer dat binnen een klasse hetzelfde is en tussen klassen verschilt, zodat personen te tellen zijn en\n" +
		"rijen van verschillende klassen niet te koppelen. Haal andere identificatoren er eerst uit. Rijen staan\n" +
		"in de volgorde van wat gepubliceerd wordt, omdat de volgorde van de invoer kan verraden wat de waarden\n" +
		"niet meer zeggen; --keep-order is voor gebruik binnenshuis.",
	"bridge writes, for one purpose, the pseudonyms that persons had before a rotation beside those\n" +
		"that they have now. Pseudonyms rotate when epoch in pilot.yaml is raised, or when another key is\n" +
		"taken. Whoever holds the old delivery and the new one cannot join them; with this file they can,\n" +
		"so it is for those who are entitled to, and no longer than they need it.\n" +
		"\n" +
		"--purpose says whose files are joined: amif (everybody in its project) or beheer (the steward's\n" +
		"persons and cases). --delivered keeps only the pseudonyms that stand in a file of the earlier\n" +
		"delivery, so that nobody learns more, and notices a wrong key. The evaluator's data hold no\n" +
		"pseudonyms. The file is readable by its owner alone; it never replaces another.": "bridge zet voor één doel de pseudoniemen die personen voor een wisseling hadden naast die van nu.\n" +
		"Pseudoniemen wisselen als epoch in pilot.yaml omhoog gaat, of als een andere sleutel genomen wordt. Wie de\n" +
		"oude en de nieuwe levering heeft kan ze niet koppelen; met dit bestand wel, dus is het alleen voor wie dat\n" +
		"mag, en niet langer dan nodig.\n" +
		"\n" +
		"--purpose zegt wiens bestanden gekoppeld worden: amif (iedereen in dat project) of beheer (de personen en\n" +
		"casussen van de gegevensbeheerder). --delivered houdt alleen de pseudoniemen die in een bestand van de\n" +
		"eerdere levering staan, zodat niemand meer te weten komt, en merkt een verkeerde sleutel op. De gegevens\n" +
		"van de onderzoeker bevatten geen pseudoniemen. Alleen de eigenaar kan het bestand lezen; het vervangt nooit een ander.",
	"earlier output `folder` that does not lie in --out; its delivery to the evaluator counts too (may be repeated)":     "`map` met eerdere uitvoer die niet in --out staat; wat daaruit aan de onderzoeker is geleverd telt mee (mag vaker)",
	"earlier output `folder`; what has changed since is reported, beside the earlier periods in --out (may be repeated)": "`map` met eerdere uitvoer; wat sindsdien veranderd is wordt gemeld, naast de eerdere perioden in --out (mag vaker)",
	"key `file` (default: the one that LVV_KEY_FILE names, else sleutel.key beside pilot.yaml)":                          "sleutel`bestand` (anders dat van LVV_KEY_FILE, of sleutel.key naast pilot.yaml)",
	"key `file` of the old pseudonyms (default: the same key)":                                                           "sleutel`bestand` van de oude pseudoniemen (anders dezelfde sleutel)",
	"key `file` that the pilots share, so that persons who move are recognised":                                          "sleutel`bestand` dat de pilots delen, zodat wie verhuist herkend wordt",
	"lvv reads the case exports of the parties in a shelter-and-guidance programme (LVV),\n" +
		"replaces every identity by a keyed pseudonym while reading, computes the figures of the\n" +
		"covenant, and writes the report of the steering group, the AMIF account and the\n" +
		"evaluator's anonymised data.\n" +
		"\n" +
		"Exit codes: 0 done; 1 the job failed; 2 wrong command line or terms; 3 done, but rows were\n" +
		"quarantined and --strict was given.": "lvv leest de casusexports van de partijen in een programma van opvang en begeleiding (LVV), vervangt tijdens\n" +
		"het lezen elke identiteit door een pseudoniem onder een sleutel, berekent de cijfers van het convenant, en\n" +
		"schrijft het rapport van de stuurgroep, de AMIF-verantwoording en de geanonimiseerde gegevens van de onderzoeker.\n" +
		"\n" +
		"Eindcodes: 0 gedaan; 1 mislukt; 2 verkeerde opdracht of afspraken; 3 gedaan, maar er zijn rijen afgekeurd en\n" +
		"--strict was gegeven.",
	"network opens the packages that the pilots made with lvv share, and writes OUT/<period>/: the report to the\n" +
		"programme council (programmaraad/, page, workbook and document), with each pilot beside the others and all\n" +
		"together, and the exact figures for the programme's office alone (beheer/kpis.json).\n" +
		"\n" +
		"What adds up is added up, shares from their summed numerators and denominators; the rest, such as distinct\n" +
		"persons and medians, is counted anew over the rows of all pilots. A package that is missing, or is of another\n" +
		"period, is named, and every figure says on how many pilots it rests. The report shows of each pilot what the pilot\n" +
		"published itself, and of all together nothing that would narrow what any of them hides.\n" +
		"\n" +
		"programma.yaml names the programme and lists the pilots, each with its name and the file of its package.\n" +
		"--identity is the file that age-keygen made, with the secret key to the packages.": "network opent de pakketten die de pilots met lvv share maakten, en schrijft OUT/<periode>/: het rapport aan de\n" +
		"programmaraad (programmaraad/, pagina, werkmap en document), met elke pilot naast de andere en alle samen, en\n" +
		"de exacte cijfers voor alleen het programmabureau (beheer/kpis.json).\n" +
		"\n" +
		"Wat optelt wordt opgeteld, aandelen uit hun opgetelde tellers en noemers; de rest, zoals verschillende personen\n" +
		"en medianen, wordt opnieuw geteld over de rijen van alle pilots. Een pakket dat ontbreekt, of van een andere\n" +
		"periode is, wordt genoemd, en elk cijfer zegt op hoeveel pilots het berust. Het rapport toont van elke pilot wat\n" +
		"die zelf publiceerde, en van alle samen niets dat zou verkleinen wat een van hen verbergt.\n" +
		"\n" +
		"programma.yaml noemt het programma en de pilots, elk met naam en het bestand van het pakket. --identity is het\n" +
		"bestand dat age-keygen maakte, met de geheime sleutel van de pakketten.",
	"new or empty `folder` to write into":                                                   "nieuwe of lege `map` om in te schrijven",
	"output `folder` of a report or an answer that does not lie in --out (may be repeated)": "`map` met uitvoer van een rapport of antwoord dat niet in --out staat (mag vaker)",
	"output `folder` of an earlier delivery (may be repeated)":                              "`map` met uitvoer van een eerdere levering (mag vaker)",
	"output `folder` of lvv run, where the pilot's reports are":                             "`map` met de uitvoer van lvv run, waar de rapporten van de pilot staan",
	"quasi-identifiers, by name of the `columns`":                                           "quasi-identificatoren, met de namen van de `kolommen`",
	"reference `date` of the account (default: the period's last day)":                      "`peildatum` van de verantwoording (anders de laatste dag van de periode)",
	"reference `date` of the packages (default: the period's last day)":                     "`peildatum` van de pakketten (anders de laatste dag van de periode)",
	"reference `date`; nothing after it is known (default: the period's last day)":          "`peildatum`; wat daarna komt is niet bekend (anders de laatste dag van de periode)",
	"run reads the exports, replaces every identity by a pseudonym while reading, computes the\n" +
		"figures of the period, and writes OUT/<period>/ - all of it, or nothing. In a folder with a\n" +
		"pilot.yaml it takes that; elsewhere, without --config and --exports, the synthetic samples.\n" +
		"\n" +
		"A run of the same period again replaces the output. With --final the output is marked as handed out:\n" +
		"then it is only renewed with --replace, and what was handed out counts as an earlier report, as do\n" +
		"the other periods in --out. Answers of lvv request that lie there count, too.": "run leest de exports, vervangt tijdens het lezen elke identiteit door een pseudoniem, berekent de cijfers van\n" +
		"de periode, en schrijft OUT/<periode>/ - alles, of niets. In een map met pilot.yaml neemt het die; elders, zonder\n" +
		"--config en --exports, de verzonnen voorbeelden.\n" +
		"\n" +
		"Een run van dezelfde periode vervangt de uitvoer. Met --final wordt de uitvoer gemerkt als uitgereikt: dan\n" +
		"vernieuwt alleen --replace haar, en telt wat is uitgereikt als eerder rapport, net als de andere perioden in --out.\n" +
		"Antwoorden van lvv request die daar liggen tellen ook mee.",
	"samples writes the exports of a pilot that does not exist, with every table of the contract,\n" +
		"and the terms to match: to try the program on, or to measure it. The same number of persons and\n" +
		"the same seed give the same bytes on any machine.\n" +
		"\n" +
		"With --pilots it writes a programme: a folder for each municipality, of different size, the first one of\n" +
		"--persons, and programma.yaml, which lists the packages that they are to share. Persons move between\n" +
		"the municipalities, one municipality has terms of its own, and one shares late.": "samples schrijft de exports van een pilot die niet bestaat, met elke tabel van het contract, en de afspraken die\n" +
		"erbij passen: om het programma te proberen of te meten. Hetzelfde aantal personen en hetzelfde begingetal geven op\n" +
		"elke machine dezelfde bytes.\n" +
		"\n" +
		"Met --pilots schrijft het een programma: een map voor elke gemeente, van verschillende grootte, de eerste van\n" +
		"--persons, en programma.yaml, met de pakketten die zij gaan delen. Personen verhuizen tussen de gemeenten, één\n" +
		"gemeente heeft eigen afspraken, en één deelt te laat.",
	"sensitive `columns`": "gevoelige `kolommen`",
	"share writes programma-<pilot>-<period>.tar.age: the pilot's terms, its exact figures with numerators and\n" +
		"denominators, what its readers see of them, and its pseudonymised rows, encrypted for the programme's office\n" +
		"alone. The office lays the packages of all pilots beside each other, and takes them together, with lvv network.\n" +
		"\n" +
		"What readers see is the report of the period in --reports, the folder that lvv run writes to. It must rest on the\n" +
		"same exports; else the package is refused. Where there is none yet, the package holds what lvv run would publish.\n" +
		"\n" +
		"Numbers of cases, stays and trajectories are pseudonyms under the pilot's own key. With --programme-key a\n" +
		"person with a V-number is the same in every pilot that gives the same file, so that who moves is one person;\n" +
		"without it each pilot has its own. The file is a key as lvv keygen makes it, another one than the pilot's. The\n" +
		"pilots keep it among themselves: whoever holds it and can open a package could try V-numbers.": "share schrijft programma-<pilot>-<periode>.tar.age: de afspraken van de pilot, de exacte cijfers met tellers en\n" +
		"noemers, wat de lezers ervan zien, en de gepseudonimiseerde rijen, versleuteld voor alleen het programmabureau. Het\n" +
		"bureau legt de pakketten van alle pilots naast elkaar, en neemt ze samen, met lvv network.\n" +
		"\n" +
		"Wat lezers zien is het rapport van de periode in --reports, de map waarin lvv run schrijft. Het moet op dezelfde\n" +
		"exports berusten; anders wordt het pakket geweigerd. Is er nog geen, dan bevat het pakket wat lvv run zou publiceren.\n" +
		"\n" +
		"Nummers van casussen, verblijven en trajecten zijn pseudoniemen onder de sleutel van de pilot zelf. Met\n" +
		"--programme-key is een persoon met een V-nummer dezelfde in elke pilot die hetzelfde bestand geeft, zodat wie\n" +
		"verhuist één persoon is; zonder heeft elke pilot zijn eigen. Het bestand is een sleutel zoals lvv keygen die maakt,\n" +
		"een andere dan die van de pilot. De pilots houden hem onder elkaar: wie hem heeft en een pakket kan openen, zou\n" +
		"V-nummers kunnen proberen.",
	"lvv version {{.Version}}\n": "lvv versie {{.Version}}\n",
	"show the version":           "toon de versie",
	"show this help":             "toon deze hulp",
	"the `file` to write":        "het `bestand` om te schrijven",
	"the command line cannot be read: %w\n" +
		"  %s --help shows the flags": "de opdracht kan niet gelezen worden: %w\n" +
		"  %s --help noemt de opties",
	"there is no command %q\n" +
		"  lvv --help lists the commands": "er is geen opdracht %q\n" +
		"  lvv --help noemt de opdrachten",
	"there is no command %q; did you mean %s?\n" +
		"  lvv --help lists the commands": "er is geen opdracht %q; bedoelde u %s?\n" +
		"  lvv --help noemt de opdrachten",
	"verify recomputes what an output folder promises from what is written in it:\n" +
		"\n" +
		"  - every file has the hash that the manifest says;\n" +
		"  - the evaluator's tables are what their description says, without identifiers, the same in CSV and\n" +
		"    Parquet;\n" +
		"  - k, l, alpha and the loss of information of each of them;\n" +
		"  - k over the deliveries that it continues, found beside it or given with --earlier;\n" +
		"  - how many persons the participants of the AMIF accounts fit, by every combination of shared columns;\n" +
		"  - for every small count that the report hides, each number below the threshold remains possible\n" +
		"    given all that is shown;\n" +
		"  - the published document shows exact figures, hides what was decided to hide, and carries the\n" +
		"    definitions of this program;\n" +
		"  - page and workbook, drawn anew from that document, are the same byte for byte.\n" +
		"\n" +
		"It prints a line a promise: ok, FAIL (then the exit code is 1), or ---- where it cannot be checked\n" +
		"for want of a file, which does not count as kept. DIR may also be the evaluator's folder alone, or the\n" +
		"answer to a request: then it checks the manifest, and that every file is what the log says.\n" +
		"\n" +
		"Of the output of lvv network it checks the manifest, the drawing, that what is shown is exact, that each pilot's\n" +
		"hidden counts stay hidden, that the figures together say no more of them than the pilots do, and, with\n" +
		"--packages, that the packages are those that were used.": "verify rekent na wat een map met uitvoer belooft, uit wat erin geschreven staat:\n" +
		"\n" +
		"  - elk bestand heeft de vingerafdruk die het manifest noemt;\n" +
		"  - de tabellen van de onderzoeker zijn wat hun beschrijving zegt, zonder identificatoren, in CSV en Parquet\n" +
		"    hetzelfde;\n" +
		"  - k, l, alpha en het verlies van informatie van elk ervan;\n" +
		"  - k over de leveringen waarop dit volgt, ernaast gevonden of gegeven met --earlier;\n" +
		"  - op hoeveel personen de deelnemers van de AMIF-verantwoording passen, bij elke combinatie van gedeelde kolommen;\n" +
		"  - bij elk klein aantal dat het rapport verbergt blijft elk getal onder de grens mogelijk, gegeven alles wat het\n" +
		"    toont;\n" +
		"  - het gepubliceerde document toont exacte cijfers, verbergt wat besloten was te verbergen, en heeft de definities\n" +
		"    van dit programma;\n" +
		"  - pagina en werkmap, opnieuw getekend uit dat document, zijn byte voor byte hetzelfde.\n" +
		"\n" +
		"Het toont een regel per belofte: ok, FOUT (dan is de eindcode 1), of ---- waar zij niet te controleren is omdat een\n" +
		"bestand ontbreekt; dat telt niet als gehouden. MAP mag ook alleen de map van de onderzoeker zijn, of het antwoord op\n" +
		"een aanvraag: dan controleert het het manifest, en of elk bestand is wat het logboek zegt.\n" +
		"\n" +
		"Van de uitvoer van lvv network controleert het het manifest, de tekening, of wat getoond wordt exact is, of de\n" +
		"verborgen aantallen van elke pilot verborgen blijven, of de cijfers samen er niet meer over zeggen dan de pilots zelf,\n" +
		"en met --packages of de pakketten die zijn die gebruikt zijn.",
	"what computes: duckdb, or `sc://host:15002`, a server that speaks Spark Connect and sees the store's folder": "wat rekent: duckdb, of `sc://host:15002`, een server die Spark Connect spreekt en de map van de opslag ziet",
	"write only these `parts`: stuurgroep, amif, evaluator (beheer is always written)":                            "schrijf alleen deze `delen`: stuurgroep, amif, evaluator (beheer wordt altijd geschreven)",
	"%s (default: %s)":            "%s (anders: %s)",
	"only flags":                  "alleen opties",
	"the folder to make":          "de map die gemaakt moet worden",
	"the file for the new key":    "het bestand voor de nieuwe sleutel",
	"the folder with the outputs": "de map met de uitvoer",
	"the file with the request":   "het bestand met het verzoek",
	"the output folder":           "de map met de uitvoer",
}
