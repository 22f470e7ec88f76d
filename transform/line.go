package transform

import "lvv/internal/day"

// piece is a straight piece of the line of expected solutions: above from, up to and including to.
type piece struct {
	from, to           day.Day
	fromCases, toCases float64
}

// expected is the line of solutions to expect at an even pace, as known on a day: from 0 on the day
// before the pilot straight to its target at its end. An extension bends it on the day before it was
// decided, towards the new target at the new end. After the last end it is flat.
func (t *Terms) expected(on day.Day) []piece {
	line := []piece{{from: t.Start - 1, to: t.End, toCases: float64(t.TargetCases)}}
	for _, x := range t.Extensions {
		if x.Decided > on {
			continue
		}
		bend := max(x.Decided-1, t.Start-1)
		at, last := 0.0, len(line)-1
		switch p := &line[last]; {
		case bend > p.to: // the pilot had ended before it was extended
			line = append(line, piece{p.to, bend, p.toCases, p.toCases})
			at = p.toCases
		case bend <= p.from:
			at = p.fromCases
			line = line[:last]
		default:
			at = p.at(bend)
			p.to, p.toCases = bend, at
		}
		line = append(line, piece{bend, x.End, at, float64(x.TargetCases)})
	}
	end := line[len(line)-1]
	return append(line, piece{end.to, day.Of(9999, 12, 31), end.toCases, end.toCases})
}

// at reads the piece on one of its days.
func (p *piece) at(d day.Day) float64 {
	rise := (p.toCases - p.fromCases) * float64(d-p.from)
	return p.fromCases + rise/float64(p.to-p.from)
}
