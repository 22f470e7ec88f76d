package country

import "slices"

import "golang.org/x/text/language"

// Area is a region or subregion of M.49.
type Area struct {
	Code   string // three digits; empty for who has no country, the unknown, and Antarctica
	NL, EN string
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

// Subregion returns the M.49 subregion of the country with the alpha-3 code, such as 015, Northern Africa.
func Subregion(alpha3 string) Area {
	return area(find(alpha3).subregion)
}

// Region returns the M.49 region of the country with the alpha-3 code: Africa, America, Asia,
// Europe or Oceania.
func Region(alpha3 string) Area {
	p := find(alpha3)
	for _, a := range areas {
		if slices.Contains(a.subregions, p.subregion) {
			return area(a.region)
		}
	}
	return Area{}
}

// official are the names of M.49 that CLDR words in its own way.
var official = map[string]string{
	"035": "South-eastern Asia", "053": "Australia and New Zealand", "057": "Micronesia",
}

func area(code string) Area {
	if code == "" {
		return Area{}
	}
	r := language.MustParseRegion(code)
	en, ok := official[code]
	if !ok {
		en = displayName(r, "en")
	}
	return Area{Code: code, NL: displayName(r, "nl"), EN: en}
}
