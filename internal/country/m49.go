package country

import (
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

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
func Subregion(alpha3 string) string { return nameOf(find(alpha3).subregion) }

// Region returns the M.49 region of the country, as [Subregion] does: Africa, Americas, Asia, Europe or Oceania.
func Region(alpha3 string) string {
	subregion := find(alpha3).subregion
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
