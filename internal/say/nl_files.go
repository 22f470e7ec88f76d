package say

var dutchFiles = map[string]string{
	"a run ended while it put its output in the place of %s: what stood there before was put back": "een run eindigde terwijl hij zijn uitvoer op de plaats van %s zette: wat daar eerder stond, is teruggezet",

	"%s %w\n" +
		"  Leave out that folder, or restore it from a copy.": "%s %w\n" +
		"  Laat die map weg, of zet haar terug uit een kopie.",
	"%s holds %s, which this run does not write and would remove\n" +
		"  Leave out --only, move the folder to another place, or give another folder with --out.": "%s bevat %s, dat deze run niet schrijft en zou verwijderen\n" +
		"  Laat --only weg, zet de map ergens anders, of geef met --out een andere map.",
	"%s is final: it was handed out\n" +
		"  To renew it, add --replace: what was handed out then stays in it and counts as an earlier report. To only look, give another folder with --out.": "%s is definitief: het is uitgereikt\n" +
		"  Vernieuwen kan met --replace: wat is uitgereikt blijft er dan in en telt als eerder rapport. Alleen kijken kan in een andere map, met --out.",
	"%s is in the way, and no run made what is in it\n" +
		"  Move it to another place, or give another folder with --out.": "%s staat in de weg, en wat erin zit heeft geen run gemaakt\n" +
		"  Zet het ergens anders, of geef met --out een andere map.",
	"%s is in the way: %w\n" +
		"  Move it to another place, or give another folder with --out.": "%s staat in de weg: %w\n" +
		"  Zet het ergens anders, of geef met --out een andere map.",
	"%s is open in another program, such as Excel\n" +
		"  Close it there, and begin again.": "%s is open in een ander programma, zoals Excel\n" +
		"  Sluit het daar, en begin opnieuw.",
	"%s lies in %s, which this run would replace\n" +
		"  Move it to another place, or give another folder with --out.": "%s ligt in %s, dat deze run zou vervangen\n" +
		"  Zet het ergens anders, of geef met --out een andere map.",
	"%s was made with key %s; this run has key %s: nobody could be followed from one to the other\n" +
		"  Give the key of the earlier outputs with --key. Where it was replaced on purpose, give another folder with --out.": "%s is gemaakt met sleutel %s; deze run heeft sleutel %s: niemand zou van het een naar het ander te volgen zijn\n" +
		"  Geef met --key de sleutel van de eerdere uitvoer. Is die met opzet vervangen, geef dan met --out een andere map.",
	"%s: %w\n" +
		"  Wait until it has ended, or give another folder with --out.": "%s: %w\n" +
		"  Wacht tot die klaar is, of geef met --out een andere map.",
	"A key is never overwritten. Give another name, or move the old key away first.": "Een sleutel wordt nooit overschreven. Geef een andere naam, of zet eerst de oude sleutel ergens anders.",
	"Check the disk.":                                                 "Kijk de schijf na.",
	"Check the disk. The file is as it was.":                          "Kijk de schijf na. Het bestand is zoals het was.",
	"Check the path and your rights.":                                 "Kijk het pad en uw rechten na.",
	"Check your rights to its folder.":                                "Kijk uw rechten op de map na.",
	"Check your rights.":                                              "Kijk uw rechten na.",
	"Give a file that lvv keygen made, or restore it from your copy.": "Geef een bestand dat lvv keygen heeft gemaakt, of zet het terug uit uw kopie.",
	"Give a name in a folder that exists and that you may write.":     "Geef een naam in een map die bestaat en waarin u mag schrijven.",
	"Give the key of your earlier deliveries. For the first one, make it with: lvv keygen %s": "Geef de sleutel van uw eerdere leveringen. Maak hem voor de eerste met: lvv keygen %s",
	"Give the regular file itself, not a link or a folder.":                                   "Geef het gewone bestand zelf, geen verwijzing en geen map.",
	"Run: %s":                            "Geef de opdracht: %s",
	"Try again.":                         "Probeer het nog eens.",
	"already exists":                     "bestaat al",
	"another run is writing there":       "een andere run schrijft daar",
	"can be used by others (%s)":         "kan door anderen gebruikt worden (%s)",
	"cannot be examined: %w":             "kan niet bekeken worden: %w",
	"cannot be made: %w":                 "kan niet gemaakt worden: %w",
	"cannot be opened: %w":               "kan niet geopend worden: %w",
	"cannot be read: %w":                 "kan niet gelezen worden: %w",
	"cannot be rewritten: %w":            "kan niet herschreven worden: %w",
	"changed while it was opened":        "is veranderd terwijl het geopend werd",
	"clear what an earlier run left: %w": "wat een eerdere run achterliet opruimen: %w",
	"does not exist":                     "bestaat niet",
	"examine the output folder: %w":      "map van de uitvoer bekijken: %w",
	"holds a damaged key: a character is wrong, missing or too many": "bevat een beschadigde sleutel: een teken is fout, ontbreekt of is er te veel",
	"holds no line that begins with %s1":                             "bevat geen regel die begint met %s1",
	"holds more than one key line":                                   "bevat meer dan één regel met een sleutel",
	"is a folder":                                                    "is een map",
	"is a symbolic link":                                             "is een verwijzing (symbolic link)",
	"is not a regular file":                                          "is geen gewoon bestand",
	"its checksum is wrong":                                          "het controlegetal klopt niet",
	"key file %s %v\n" +
		"  %v": "sleutelbestand %s %v\n" +
		"  %v",
	"lock output folder: %w":                "map van de uitvoer vastzetten: %w",
	"lock the private temporary folder: %w": "eigen tijdelijke map vastzetten: %w",
	"make a private temporary folder: %w":   "eigen tijdelijke map maken: %w",
	"make a private temporary folder: %w\n" +
		"  Set %s to a folder that you may write.": "eigen tijdelijke map maken: %w\n" +
		"  Stel %s in op een map waarin u mag schrijven.",
	"make output folder: %w": "map voor de uitvoer maken: %w",
	"make output folder: %w\n" +
		"  Give a folder that you may write with --out.": "map voor de uitvoer maken: %w\n" +
		"  Geef met --out een map waarin u mag schrijven.",
	"open the output folder to its readers: %w": "map van de uitvoer openzetten voor haar lezers: %w",
	"put back the previous output: %w":          "vorige uitvoer terugzetten: %w",
	"put the output in its place: %w":           "uitvoer op haar plaats zetten: %w",
	"read %s: %w":                               "%s lezen: %w",
	"read manifest: %w":                         "manifest lezen: %w",
	"read output folder: %w":                    "map van de uitvoer lezen: %w",
	"read random bytes: %w":                     "willekeurige bytes lezen: %w",
	"the new output is in its place, but the previous one could not be removed: %v\n" +
		"  Remove %s.": "de nieuwe uitvoer staat op haar plaats, maar de vorige kon niet verwijderd worden: %v\n" +
		"  Verwijder %s.",
	"the new output is in its place; of the previous one there is left what no run wrote: %s\n" +
		"  Look at it in %s, and move it.": "de nieuwe uitvoer staat op haar plaats; van de vorige is over wat geen run schreef: %s\n" +
		"  Kijk ernaar in %s, en zet het ergens anders.",
	"write %s: %w": "%s schrijven: %w",
	"write %s: %w\n" +
		"  Give a folder that you may write.": "%s schrijven: %w\n" +
		"  Geef een map waarin u mag schrijven.",
	"write %s: %w\n" +
		"  Give another name.": "%s schrijven: %w\n" +
		"  Geef een andere naam.",
	"write key file %s: %w":                   "sleutelbestand %s schrijven: %w",
	"write manifest: %w":                      "manifest schrijven: %w",
	"it is not a folder":                      "het is geen map",
	"it holds no %s, so no run wrote it":      "er staat geen %s in, dus geen run heeft het geschreven",
	"it is of pilot %q, this run of pilot %q": "het is van pilot %q, deze run van pilot %q",
	"no run wrote %w":                         "geen run heeft dit geschreven: %w",
	"somebody has changed %w":                 "iemand heeft dit veranderd: %w",
	"somebody has taken away %w":              "iemand heeft dit weggehaald: %w",
	"%s and %d more":                          "%s en nog %d",
	"is not a manifest of this program":       "is geen manifest van dit programma",
	"is not a manifest of this program (%s)":  "is geen manifest van dit programma (%s)",
	"was changed since it was written":        "is veranderd sinds het geschreven werd",
	"lists files that no run writes":          "noemt bestanden die geen run schrijft",
	"this work takes about %d MiB, and the process may use %d (ulimit -%s)\n" +
		"  Raise the limit: ulimit -%[3]s %[4]d, or let the work do with less: --memory 256MB --threads 1.": "dit werk kost ongeveer %d MiB, en het proces mag %d gebruiken (ulimit -%s)\n" +
		"  Verhoog de grens: ulimit -%[3]s %[4]d, of laat het werk met minder toe: --memory 256MB --threads 1.",
	"open store: %w":           "opslag openen: %w",
	"create store file: %w":    "bestand van de opslag maken: %w",
	"begin store file %s: %w":  "bestand van de opslag beginnen %s: %w",
	"write store table %s: %w": "tabel %s van de opslag schrijven: %w",
	"end store table %s: %w":   "tabel %s van de opslag afsluiten: %w",
}
