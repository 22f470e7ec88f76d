package samples

import "strings"

// pilotLayouts are the files of the checked-in samples: every party with its own program, headers and
// habits.
func pilotLayouts() []layout {
	return []layout{
		{file: "casussen_2019.csv", table: cases, part: 0, encoding: windows1252, delimiter: ';', codes: sentence, yes: "Ja", no: "Nee",
			columns: columns(cases, "case_id:Casusnummer", "v_number:V-nummer", "family_name:Achternaam", "given_names:Voornamen",
				"+Telefoon:06-00000000", "birth_date:Geboortedatum", "sex:Geslacht", "nationality:Nationaliteit", "applied_on:Aanmeld-datum",
				"referred_by:Aangemeld door", "exclusion_ground:Uitsluitingsgrond", "exceptional:Uitzondering",
				"identity_check_on:Identiteitsonderzoek", "decision:Besluit", "decided_on:Besluitdatum", "offer:Aanbod", "special_group:Bijzondere groep",
				"put_forward_on:Voorgedragen op", "solution_tested:Oplossing getest")},
		{file: "casussen_2020.xlsx", table: cases, part: 1, encoding: workbook, countries: countryName, yes: "x", no: "nee",
			title: []string{"Aanmeldingen 2020", "Verzonnen gegevens"},
			columns: columns(cases, "case_id:Casusnummer", "applied_on:Aanmelddatum", "v_number:Vreemdelingennummer", "family_name:ACHTERNAAM",
				"given_names:VOORNAMEN", "birth_date:Geboortedatum", "sex:Geslacht", "nationality:Nationaliteit", "referred_by:Aangemeld door",
				"exclusion_ground:Uitsluitingsgrond", "exceptional:Uitzondering", "identity_check_on:Identiteitsonderzoek",
				"decision:Besluit", "decided_on:Besluitdatum", "offer:Aanbod", "special_group:Bijzondere groep",
				"put_forward_on:Voorgedragen op", "solution_tested:Oplossing getest")},
		{file: "verblijf_voorbeeldhuis.xlsx", table: stays, part: 0, encoding: workbook, codes: sentence,
			title: []string{organisations[0], "", "Verblijf tot en met 30 september 2020"},
			columns: columns(stays, "stay_id:Verblijfnummer", "case_id:Casusnummer", "organisation:Organisatie", "location:Locatie",
				"+Kamer:1", "date_in:Datum in", "date_out:Datum uit", "exit_reason:Reden vertrek")},
		{file: "verblijf_proefhaven.csv", table: stays, part: 1, encoding: utf8BOM, delimiter: ',', dates: iso, quoted: true,
			columns: columns(stays, "stay_id", "case_id", "location", "organisation", "date_in", "date_out", "exit_reason")},
		{file: "verblijf_vangnet.csv", table: stays, part: 2, encoding: windows1252, delimiter: ';', dates: slashes, codes: capitals, empty: "-"},
		{file: "verblijf_ontwerp.txt", table: stays, part: 3, delimiter: '\t', dates: short},
		{file: "trajecten.csv", table: trajectories, encoding: utf16BOM, delimiter: '\t', dates: withMidnight, codes: sentence, countries: countryName, yes: "waar", no: "onwaar"},
		{file: "casusoverleg.csv", table: conferences, encoding: windows1252, delimiter: ';', yes: "J", no: "N",
			columns: columns(conferences, "case_id:casusnummer", "held_on:datum", "moment:moment", "conference_decision:besluit", "consensus:consensus",
				"end_ground:Beëindigingsgrond", "+notitie:vrije tekst;\nop twee regels"),
			tail: "LVV-2020-00010;01-07-2020\r\n"},
		{file: "mrt.csv", table: reviews, delimiter: '|', dates: compact, yes: "1", no: "0"},
		{file: "procedures.csv", table: procedures, delimiter: ',', dates: iso, empty: "n.v.t.",
			tail: "LVV-2020-00010,asiel,2020-07-01,,,,,\r\n"},
		{file: "begeleiding.csv", table: guidance, delimiter: ';', comma: true, yes: "j", no: "n"},
		{file: "capaciteit.csv", table: capacity, encoding: windows1252, delimiter: ';'},
		{file: "financiering.csv", table: payments, encoding: windows1252, delimiter: ';', dates: short, comma: true, grouped: true, euro: true},
		{file: "overleggen.csv", table: meetings, delimiter: ';', dates: slashes, codes: sentence},
		{file: "escalaties.csv", table: escalations, delimiter: ';', codes: sentence, yes: "ja", no: "nee"},
		{file: "kosten_2019-2020.csv", table: costs, encoding: windows1252, delimiter: ';', codes: sentence, comma: true, grouped: true,
			columns: columns(costs, "spent_on:Datum", "kind:Soort", "organisation:Organisatie", "amount:Bedrag", "reference:Kenmerk", "+Boekstuk:zie grootboek")},
	}
}

// columns reads a short notation: "field:header", "field" for the English name as header, and
// "+header:text" for a column that the contract does not know.
func columns(table int, notation ...string) []column {
	out := make([]column, len(notation))
	for i, n := range notation {
		name, header, found := strings.Cut(n, ":")
		if !found {
			header = name
		}
		if unknown, ok := strings.CutPrefix(name, "+"); ok {
			out[i] = column{header: unknown, field: -1, always: header}
			continue
		}
		out[i] = column{header: header, field: field(table, name)}
	}
	return out
}
