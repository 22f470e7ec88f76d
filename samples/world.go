package samples

import (
	"fmt"

	"lvv/internal/day"
)

// The registers run from shortly before the pilot's start up to and including this day: nothing
// later is in them.
var (
	pilotStart = day.Of(2019, 3, 1)
	extracted  = day.Of(2020, 9, 30)
)

// nation is a nationality with its share per mille of the persons.
type nation struct {
	code, adjective, name string // ISO 3166 alpha-3; Dutch adjective and name
	weight                int
}

// nations are those of which most people without a right to reside were reported in Amsterdam; the
// weights are invented.
var nations = []nation{
	{"MAR", "Marokkaanse", "Marokko", 130}, {"DZA", "Algerijnse", "Algerije", 60}, {"GHA", "Ghanese", "Ghana", 75},
	{"NGA", "Nigeriaanse", "Nigeria", 90}, {"SUR", "Surinaamse", "Suriname", 45}, {"EGY", "Egyptische", "Egypte", 40},
	{"ERI", "Eritrese", "Eritrea", 70}, {"ETH", "Ethiopische", "Ethiopië", 60}, {"SOM", "Somalische", "Somalië", 85},
	{"SDN", "Soedanese", "Soedan", 60}, {"IRQ", "Iraakse", "Irak", 60}, {"IRN", "Iraanse", "Iran", 45},
	{"AFG", "Afghaanse", "Afghanistan", 40}, {"GIN", "Guinese", "Guinee", 40}, {"GMB", "Gambiaanse", "Gambia", 20},
	{"CHN", "Chinese", "China", 15}, {"ARM", "Armeense", "Armenië", 15}, {"UGA", "Oegandese", "Oeganda", 20},
	{"XXA", "staatloos", "staatloos", 20}, {"XXX", "onbekend", "onbekend", 10},
}

// Indices of nations that are no country: nobody returns there.
const stateless, unknownNation = 18, 19

// onward are countries to which people move on, as indices behind nations in countryAt.
var onward = []nation{{"ESP", "Spaanse", "Spanje", 1}, {"ITA", "Italiaanse", "Italië", 1}, {"CAN", "Canadese", "Canada", 1}}

func countryAt(i int64) *nation {
	if int(i) < len(nations) {
		return &nations[i]
	}
	return &onward[int(i)-len(nations)]
}

// given are names that nobody mistakes for a person's. Some have letters outside ASCII, as real
// registers do.
var given = []string{"Proef", "Fictief", "Denkbeeldig", "Façade", "Noëlle-Test", "Verzonnen", "Bedacht, Zo", "Schets"}

// organisation is an NGO; the same ones shelter and guide.
var organisations = []string{"Stichting Voorbeeldhuis", "De Proefhaven", "Vangnet Fictief", "Opvang \"Het Ontwerp\""}

// site is a location. In every town each organisation has two: the one of its own index in siteNames,
// and the fourth after it.
type site struct {
	name   string
	places int     // when fully open
	opened day.Day // day.None: before the pilot
}

// world is what all persons of a set share.
type world struct {
	seed       uint64
	persons    int
	before     int    // persons of the municipalities before this one in a programme
	origin     *world // from which some moved here; nil in a set of its own
	idWidth    int    // digits of a person's number
	byYear     bool
	towns      int
	sites      []site // of the first town, then of the next
	orgWeights []int  // places of an organisation
	nationW    []int
	places     int       // agreed
	prefixes   [4]string // of case numbers, by year of application from 2018
}

// siteNames are streets that do not exist.
var siteNames = []string{"Voorbeeldkade", "Proefplein", "Fictieweg", "Façadehof", "Schetslaan", "Ontwerpstraat", "Modelgracht", "Testdijk"}

// siteShares are the places of the eight locations of a pilot of 360 places.
var siteShares = []int{72, 60, 54, 48, 40, 36, 30, 20}

// siteOpened says which locations opened during the pilot.
var siteOpened = []day.Day{day.None, day.None, day.None, day.None, day.None, day.None, day.Of(2019, 7, 1), day.Of(2019, 9, 16)}

// newWorld lays out the locations of a pilot of the given number of places: eight of them, and
// eight a town in a network of up to forty.
func newWorld(seed uint64, persons, places int) *world {
	w := &world{seed: seed, persons: persons, places: places, idWidth: 4}
	for n := persons; n >= 10_000; n /= 10 {
		w.idWidth++
	}
	w.towns = min(max(persons/1000, 1), 40)
	w.orgWeights = make([]int, len(organisations))
	for t := range w.towns {
		for i, name := range siteNames {
			if w.towns > 1 {
				name = fmt.Sprintf("%s %d", name, t+1)
			}
			s := site{name: name, places: (places*siteShares[i]/360 + t) / w.towns, opened: siteOpened[i]}
			w.orgWeights[i%len(organisations)] += s.places
			w.sites = append(w.sites, s)
		}
	}
	for _, n := range nations {
		w.nationW = append(w.nationW, n.weight)
	}
	for i := range w.prefixes {
		w.prefixes[i] = fmt.Sprintf("LVV-%d-", 2018+i)
	}
	return w
}

// siteOf draws one of an organisation's two locations in a town in proportion to their places, among
// those open on the day. A location that opened during the pilot fills up at twice the rate.
func (w *world) siteOf(r *random, town, organisation int, on day.Day) *site {
	first := town*len(siteNames) + organisation
	second := first + len(organisations)
	if on < w.sites[second].opened {
		return &w.sites[first]
	}
	weight := w.sites[second].places
	if w.sites[second].opened != day.None {
		weight *= 2
	}
	if r.below(w.sites[first].places+weight+1) < weight {
		return &w.sites[second]
	}
	return &w.sites[first]
}
