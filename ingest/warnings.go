package ingest

import "slices"

// maxPlaces is how many rows a warning names.
const maxPlaces = 5

// note counts a row of the file to which a check objects.
func (p *part) note(c check, field int8, line int64, value []byte) {
	i := slices.IndexFunc(p.Notes, func(m noted) bool { return m.Check == c && m.Field == field })
	if i < 0 {
		i = len(p.Notes)
		p.Notes = append(p.Notes, noted{Check: c, Field: field})
	}
	m := &p.Notes[i]
	m.Count++
	if len(m.Lines) < maxPlaces {
		m.Lines, m.Values = append(m.Lines, line), append(m.Values, string(value))
	}
}

// severity is high where an emptied field makes a stay or trajectory run on.
func (t *tableReading) severity(c check, field int8) string {
	switch {
	case c == vNumberPadded, c == hiddenRow, c == decimalPoint:
		return Note
	case c == check(identifierInText):
		return High
	case c < check(reasons) && int(field) == t.plan.end, c == check(formulaNotCalculated) && t.plan.grave(int(field)):
		return High
	}
	return WarningLevel
}

// warnings adds the notes on the files up, by field in the order of the contract, then by check.
func (t *tableReading) warnings() {
	for field := int8(-1); field < int8(len(t.plan.fields)); field++ {
		name := ""
		if field >= 0 {
			name = t.plan.fields[field].Name
		}
		for c := range checks {
			all := Warning{Check: c.String(), Severity: t.severity(c, field), Table: t.plan.Name, Field: name}
			var files []Warning // what pilot.yaml can mend is said of each file
			for _, p := range t.parts {
				i := slices.IndexFunc(p.Notes, func(n noted) bool { return n.Check == c && n.Field == field })
				switch {
				case i < 0:
				case p.Notes[i].Setting == "":
					all.add(p, &p.Notes[i])
				default:
					w := Warning{Check: all.Check, Severity: all.Severity, Table: all.Table, Field: name}
					w.add(p, &p.Notes[i])
					files = append(files, w)
				}
			}
			if all.Count > 0 {
				t.result.Warnings = append(t.result.Warnings, all)
			}
			t.result.Warnings = append(t.result.Warnings, files...)
		}
	}
	t.result.Warnings = append(t.result.Warnings, t.fileFindings()...)
}

// add counts what a file has for the warning.
func (w *Warning) add(p *part, n *noted) {
	w.Count, w.Setting = w.Count+n.Count, n.Setting
	for i, line := range n.Lines[:min(len(n.Lines), maxPlaces-len(w.Places))] {
		w.Places = append(w.Places, Place{File: p.Account.File, Line: line, Value: n.Values[i]})
	}
}
