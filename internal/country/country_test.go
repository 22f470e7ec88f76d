package country

import (
	"slices"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// lookup is Index for the code itself.
func lookup(name string) (code string, ok bool) {
	i, ok := Index(name)
	if !ok {
		return "", false
	}
	return Codes()[i], true
}

func TestLookup(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Marokkaanse", "MAR"}, {"Burger van Mali", "MLI"}, {"Burger van de Bondsrepubliek Duitsland", "DEU"}, {"Amerikaans burger", "USA"}, {"Brits onderdaan", "GBR"}, {"China (VR)", "CHN"}, {"UNK", "XXX"}, {"Marokkaan", "MAR"}, {"marokko", "MAR"}, {"MAR", "MAR"}, {"ma", "MAR"}, {"Morocco", "MAR"},
		{"Somalische", "SOM"}, {"Ghanese", "GHA"}, {"Guinese", "GIN"}, {"Guinee-Bissau", "GNB"}, {"Congolese", "COD"},
		{"Nigerese", "NER"}, {"Nigeriaanse", "NGA"}, {"Oekraiense", "UKR"}, {"oekraïne", "UKR"}, {"Cote d'Ivoire", "CIV"},
		{"Côte d’Ivoire", "CIV"}, {"Ivoorkust", "CIV"}, {"staatloos", "XXA"}, {"Onbekend", "XXX"}, {"XXA", "XXA"}, {"XXX", "XXX"},
		{"Dominicaanse Republiek", "DOM"}, {"Bosnië en Herzegovina", "BIH"}, {"Trinidad & Tobago", "TTO"}, {"uk", "GBR"},
		{"Kosovo", "XKX"}, {"Noord-Macedonië", "MKD"}, {"Swaziland", "SWZ"}, {"Turkije", "TUR"}, {"Soedanese", "SDN"},
		{"Syrian Arab Republic", "SYR"}, {"Iran (Islamic Republic of)", "IRN"}, {"Korea, Republic of", "KOR"}, {"The Gambia", "GMB"},
		{"Congo, Democratic Republic of the", "COD"}, {"Bosnia and Herzegovina", "BIH"}, {"Guineese", "GIN"}, {"Eritreese", "ERI"},
		{"Zuid-Soedanese", "SSD"}, {"Wit-Russische", "BLR"}, {"IJslandse", "ISL"}, {"Palestijnse", "PSE"}, {"gha", "GHA"},
		{"De Gambia", "GMB"}, {"Equatoriaal-Guinee", "GNQ"}, {"West-Saharaanse", "ESH"}, {"Kenyaanse", "KEN"}, {"Ruandese", "RWA"},
		{"Trinidadse", "TTO"}, {"Mongolische", "MNG"}, {"Filippijnse", "PHL"}, {"East Timor", "TLS"}, {"England", "GBR"},
		{"Hongkong", "HKG"}, {"Hong Kong", "HKG"}, {"Macau", "MAC"}, {"North Macedonia", "MKD"}, {"Eswatini", "SWZ"}, {"stateless", "XXA"}, {"unknown", "XXX"},
	} {
		if got, ok := lookup(c.in); !ok || got != c.want {
			t.Errorf("lookup(%q) = %q, %v; want %s", c.in, got, ok, c.want)
		}
	}
	for _, in := range []string{"", "-", "Atlantis", "ZZ", "ZZZ", "AN", "eurozone", "Afrika", "M"} {
		if got, ok := lookup(in); ok {
			t.Errorf("lookup(%q) = %q, want none", in, got)
		}
	}
}

// Every country is found by each of its names, and by no name of another.
func TestNamesLeadBack(t *testing.T) {
	codes := Codes()
	if !slices.IsSorted(codes) || len(codes) < 249 {
		t.Fatalf("%d codes, sorted: %v", len(codes), slices.IsSorted(codes))
	}
	for i, code := range codes {
		names := []string{code}
		if r := countries.places[i].region; r != (language.Region{}) {
			names = append(names, display.Regions(language.Dutch).Name(r), display.Regions(language.English).Name(r))
		}
		for _, name := range names {
			if got, ok := Index(name); !ok || got != i {
				t.Errorf("Index(%q) = %d, %v; want %d (%s)", name, got, ok, i, code)
			}
		}
	}
}

func TestAreas(t *testing.T) {
	for _, c := range []struct{ code, sub, region string }{
		{"MAR", "Northern Africa", "Africa"}, {"GHA", "Western Africa", "Africa"}, {"SOM", "Eastern Africa", "Africa"},
		{"IRN", "Southern Asia", "Asia"}, {"IRQ", "Western Asia", "Asia"}, {"CHN", "Eastern Asia", "Asia"}, {"SUR", "South America", "Americas"},
		{"XKX", "Southern Europe", "Europe"}, {"NLD", "Western Europe", "Europe"}, {"AUS", "Australia and New Zealand", "Oceania"}, {"XXA", "", ""}, {"XXX", "", ""}, {"???", "", ""},
	} {
		if s, r := Subregion(c.code), Region(c.code); s != c.sub || r != c.region {
			t.Errorf("%s lies in %q, %q; want %q, %q", c.code, s, r, c.sub, c.region)
		}
	}
	for _, code := range Codes() {
		if code == Stateless || code == Unknown || code == "ATA" {
			continue
		}
		if s, r := Subregion(code), Region(code); s == "" || r == "" {
			t.Errorf("%s has subregion %q and region %q", code, s, r)
		}
	}
}

// No word of the table stands for two countries.
func TestWordsAreUnambiguous(t *testing.T) {
	owner := map[string]string{}
	for code, list := range wordLines {
		for _, w := range list {
			f := fold(w)
			if other, ok := owner[f]; ok && other != code {
				t.Errorf("%q stands for %s and %s", w, other, code)
			}
			owner[f] = code
			if got, _ := lookup(w); got != code {
				t.Errorf("lookup(%q) = %s, want %s", w, got, code)
			}
			if f != fold(code) && len(f) == 2 && !slices.Contains([]string{"uk", "vs"}, f) {
				t.Errorf("%q of %s looks like an alpha-2 code", w, code)
			}
		}
	}
}
