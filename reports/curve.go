package reports

import (
	"slices"

	"lvv/anonymize/disclose"
	"lvv/transform"
)

// Disclosure control leaves out of a curve the days on which few trajectories ended. A curve is not
// drawn when fewer than so many days are left, or when so large a share of the trajectories ended
// between two of them: it would look as if they had all ended on one day.
const (
	fewestDays  = 4
	highestStep = 0.2
)

// Undrawn says as a sentence why a curve by day is not drawn; empty when it is. The column running of
// the series has the share that still runs, and f is a figure that tells why a curve was not computed.
func (l Lang) Undrawn(p *disclose.Published, series, running string, f *transform.Figure) string {
	s := p.Results().SeriesNamed(series)
	none := s == nil || len(s.Rows) == 0
	switch {
	case none && (f == nil || f.Status != "" || f.Value.IsNull()):
		return l.Missing(f)
	case none || p.MinCell > 0 && sparse(s, running):
		return l.Pick("Het verloop is niet getekend: van te weinig trajecten mag worden getoond wanneer ze eindigden. De tabel toont wat wel mag.",
			"The course is not drawn: of too few trajectories it may be shown when they ended. The table has what may be shown.")
	}
	return ""
}

func sparse(s *transform.Series, running string) bool {
	column := slices.Index(s.Columns, running)
	for i := 1; i < len(s.Rows); i++ {
		if s.Rows[i-1][column].Float()-s.Rows[i][column].Float() > highestStep {
			return true
		}
	}
	return len(s.Rows) < fewestDays
}
