package release

import (
	"fmt"

	"lvv/anonymize/kanon"
	"lvv/ingest"
	"lvv/internal/country"
)

const unknown = "unknown"

// hierarchyRows returns the value hierarchies of the quasi-identifiers: rows of a value and its
// generalisations. The years of admission are those that the persons need, in full.
func hierarchyRows(persons []*person) [qiCount][][]string {
	return [qiCount][][]string{
		qiSex: sexRows(), qiAge: ageRows(), qiNationality: nationalityRows(), qiAdmitted: admittedRows(persons),
		qiTrajectories: {{"0", kanon.Star}, {"1", kanon.Star}, {"2", kanon.Star}, {"3+", kanon.Star}},
	}
}

func sexRows() (rows [][]string) {
	for _, c := range ingest.TableNamed("cases").Field("sex").Codes {
		rows = append(rows, []string{c.Value, kanon.Star})
	}
	return rows
}

// ageRows: years, 5, 10 and 20 years.
func ageRows() (rows [][]string) {
	for age := range oldest {
		row := []string{fmt.Sprint(age)}
		for _, width := range []int{5, 10, 20} {
			from := age / width * width
			row = append(row, fmt.Sprintf("%d-%d", from, from+width-1))
		}
		rows = append(rows, append(row, kanon.Star))
	}
	top := fmt.Sprintf("%d+", oldest)
	return append(rows, []string{top, top, top, top, kanon.Star}, []string{unknown, unknown, unknown, unknown, kanon.Star})
}

// nationalityRows: countries, subregions and regions of M.49.
func nationalityRows() (rows [][]string) {
	for _, code := range country.Codes() {
		sub, region := country.Subregion(code).EN, country.Region(code).EN
		switch {
		case code == country.Stateless:
			sub, region = "stateless", "stateless"
		case code == country.Unknown:
			sub, region = unknown, unknown
		case sub == "":
			sub, region = "other", "other"
		}
		rows = append(rows, []string{code, sub, region, kanon.Star})
	}
	return rows
}

// admittedRows: months, quarters, half-years and years.
func admittedRows(persons []*person) (rows [][]string) {
	first, last := 9999, 0
	for _, p := range persons {
		var y int
		_, _ = fmt.Sscanf(p.qi[qiAdmitted], "%d-", &y)
		first, last = min(first, y), max(last, y)
	}
	for y := first; y <= last; y++ {
		for m := 1; m <= 12; m++ {
			rows = append(rows, []string{
				fmt.Sprintf("%04d-%02d", y, m), fmt.Sprintf("%04d-Q%d", y, (m+2)/3), fmt.Sprintf("%04d-H%d", y, (m+5)/6), fmt.Sprintf("%04d", y), kanon.Star,
			})
		}
	}
	return rows
}
