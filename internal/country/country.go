// Package country knows the countries of ISO 3166 by their Dutch and English names, by the Dutch
// words for their people, and by the regions of the United Nations' M.49 classification.
package country

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// The codes of ICAO 9303 for who has no country and for whose country is not known. Its codes for
// refugees (XXB, XXC) say nothing about a country, and registers write UNK for unknown.
const (
	Stateless = "XXA"
	Unknown   = "XXX"
)

// place is a country.
type place struct {
	alpha3 string
	region language.Region // zero for Stateless and Unknown
}

// table is built once and not changed afterwards.
type table struct {
	places []place // in order of alpha3
	codes  []string
	names  map[string]int // folded name to index in places
	// subregions are those of M.49, by alpha3
	subregions map[string]string
}

var countries = build()

// Codes returns every code that [Index] can give, in alphabetical order. The caller must not change
// them.
func Codes() []string { return countries.codes }

// Index finds a country by its Dutch or English name, the Dutch adjective ("Marokkaanse") or noun
// ("Marokkaan") of its nationality, or its alpha-2 or alpha-3 code, and returns its place in
// [Codes]. Case, diacritics, spaces and punctuation do not matter. "staatloos" is [Stateless],
// "onbekend" is [Unknown].
func Index(name string) (int, bool) {
	folded := fold(name)
	i, ok := countries.names[folded]
	for _, a := range additions {
		if ok {
			break
		}
		if rest, found := strings.CutPrefix(folded, a); found {
			i, ok = countries.names[rest]
		} else if rest, found := strings.CutSuffix(folded, a); found {
			i, ok = countries.names[rest]
		}
	}
	return i, ok
}

// additions are what the national table of nationalities puts before the name of a country or behind an
// adjective: Burger van Mali, Brits onderdaan.
var additions = []string{"burgervande", "burgervanhet", "burgervan", "burger", "onderdaan", "nationaliteit"}

// fold keeps letters and digits, in lower case and without diacritics.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '&':
			b.WriteString("en")
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// build reads the names out of the CLDR data of x/text and adds the words of this package.
func build() table {
	t := table{names: map[string]int{}, subregions: map[string]string{}}
	dutch, english := display.Regions(language.Dutch), display.Regions(language.English)
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string(a) + string(b))
			if err == nil && r.IsCountry() && r.Canonicalize() == r && !notISO[r.String()] {
				t.places = append(t.places, place{alpha3(r), r})
				t.subregions[alpha3(r)] = subregionOf(r)
			}
		}
	}
	t.places = append(t.places, place{alpha3: Stateless}, place{alpha3: Unknown})
	slices.SortFunc(t.places, func(a, b place) int { return strings.Compare(a.alpha3, b.alpha3) })
	for i, p := range t.places {
		t.codes = append(t.codes, p.alpha3)
		t.names[fold(p.alpha3)] = i
		if p.region != (language.Region{}) {
			for _, n := range []string{p.region.String(), dutch.Name(p.region), english.Name(p.region)} {
				t.names[fold(n)] = i
			}
		}
	}
	for code, list := range wordLines {
		i, ok := slices.BinarySearch(t.codes, code)
		if !ok {
			panic("country: the table of words names " + code)
		}
		for _, w := range list {
			t.names[fold(w)] = i
		}
	}
	return t
}

// words are the Dutch adjectives and nouns of nationality, by alpha-3 code, and names that CLDR does
// not have: older ones, official ones, and what registers write. Adjectives stand with and without
// their e, nouns in the masculine and, where it differs from the adjective, the feminine form.
//
//go:embed words.txt
var words string

// wordLines yields the lines of the table of words: a code, and its words.
func wordLines(yield func(code string, list []string) bool) {
	for line := range strings.Lines(words) {
		code, list, _ := strings.Cut(strings.TrimSpace(line), ":")
		if !yield(code, strings.Split(list, ",")) {
			return
		}
	}
}

// notISO are the codes of CLDR that are no country of ISO 3166: parts of one, groups, and former ones.
var notISO = map[string]bool{
	"AC": true, "AN": true, "CP": true, "CQ": true, "CS": true, "DG": true, "EA": true, "EZ": true, "FQ": true,
	"IC": true, "NT": true, "PC": true, "SU": true, "TA": true, "UN": true, "YU": true,
}

// alpha3 is the ISO code; Kosovo has none, and goes by the user-assigned code in common use.
func alpha3(r language.Region) string {
	if r.String() == "XK" {
		return "XKX"
	}
	return r.ISO3()
}

// areas lists the regions of M.49 with their subregions: the intermediate regions (Eastern Africa,
// the Caribbean) where M.49 divides a subregion further, else the subregions themselves.
var areas = []struct {
	region     string
	subregions []string
}{
	{"002", []string{"015", "011", "017", "014", "018"}},
	{"019", []string{"021", "013", "029", "005"}},
	{"142", []string{"143", "030", "034", "035", "145"}},
	{"150", []string{"151", "154", "039", "155"}},
	{"009", []string{"053", "054", "057", "061"}},
}

// remote are the territories that CLDR leaves out of the subregion that M.49 puts them in.
var remote = map[string]string{
	"BV": "005", "GS": "005", "CC": "053", "CX": "053", "HM": "053", "IO": "014", "TF": "014", "UM": "057",
}

// subregionOf returns the code of the subregion, or "".
func subregionOf(r language.Region) string {
	for _, a := range areas {
		for _, s := range a.subregions {
			if language.MustParseRegion(s).Contains(r) {
				return s
			}
		}
	}
	return remote[r.String()]
}

// Subregion returns the M.49 subregion of the country with the alpha-3 code in English, such as Northern Africa; "" for
// who has no country, the unknown, and Antarctica.
func Subregion(alpha3 string) string { return nameOf(countries.subregions[alpha3]) }

// Region returns the M.49 region of the country, as [Subregion] does: Africa, Americas, Asia, Europe or Oceania.
func Region(alpha3 string) string {
	subregion := countries.subregions[alpha3]
	for _, a := range areas {
		if slices.Contains(a.subregions, subregion) {
			return nameOf(a.region)
		}
	}
	return ""
}

// official are the names of M.49 that CLDR words in its own way.
var official = map[string]string{
	"035": "South-eastern Asia", "053": "Australia and New Zealand", "057": "Micronesia",
}

func nameOf(code string) string {
	if name, ok := official[code]; ok || code == "" {
		return name
	}
	return display.Regions(language.English).Name(language.MustParseRegion(code))
}
