package transform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"lvv/internal/say"
)

// programmeSchema names the format of the kpis.json of a programme.
const programmeSchema = "lvv-programme-kpis/1"

// WriteProgrammeKPIs writes the figures of every pilot and of all together exactly, for the programme's office
// alone. packages says what became of every package. The same figures give the same bytes.
func WriteProgrammeKPIs(w io.Writer, programme string, p Period, packages any, pilots []PilotFigures, together []Joint) error {
	b := &bytes.Buffer{}
	fmt.Fprintf(b, "{\"schema\": %q, \"programme\": %s,\n \"period\": {\"label\": %s, \"from\": %q, \"to\": %q, \"as_of\": %q},\n \"packages\": ",
		programmeSchema, text(programme), text(p.Label), p.From, p.To, p.AsOf)
	states, err := json.Marshal(packages)
	if err != nil {
		return say.Errorf("write kpis: %w", err)
	}
	b.Write(states)
	b.WriteString(",\n \"pilots\": {")
	for i, pilot := range pilots {
		fmt.Fprintf(b, "%s%s: [", separator(i), text(pilot.Results.Pilot))
		if err := writeFigures(b, pilot.Results.Figures); err != nil {
			return err
		}
		b.WriteByte(']')
	}
	b.WriteString("},\n \"together\": [")
	for i := range together {
		if err := writeJoint(b, i, &together[i]); err != nil {
			return say.Errorf("write kpis: %s: %w", together[i].ID, err)
		}
	}
	b.WriteString("]}\n")
	if _, err := w.Write(b.Bytes()); err != nil {
		return say.Errorf("write kpis: %w", err)
	}
	return nil
}

// writeJoint writes a figure with the number of pilots that it rests on, and the names of those without it.
func writeJoint(b *bytes.Buffer, i int, j *Joint) error {
	if err := writeItem(b, i, j.Figure); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // its closing brace
	fmt.Fprintf(b, ", \"pilots\": %d", j.Pilots)
	if len(j.Without) > 0 {
		names, err := json.Marshal(j.Without)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, ", \"without\": %s", names)
	}
	b.WriteByte('}')
	return nil
}

// ReadProgrammeKPIs reads what [WriteProgrammeKPIs] wrote: the exact figures of each pilot, by name, and of all together.
func ReadProgrammeKPIs(r io.Reader) (pilots map[string]*Results, together *Results, err error) {
	var in struct {
		Schema    string
		Programme string
		Period    Period
		Pilots    map[string][]Figure
		Together  []Figure
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return nil, nil, say.Errorf("read kpis: %w; expected a kpis.json that lvv network wrote", err)
	}
	if in.Schema != programmeSchema {
		return nil, nil, say.Errorf("read kpis: schema is %q, expected %q", in.Schema, programmeSchema)
	}
	pilots = map[string]*Results{}
	for name, figures := range in.Pilots {
		pilots[name] = &Results{Pilot: name, Period: in.Period, Figures: figures}
	}
	return pilots, &Results{Pilot: in.Programme, Period: in.Period, Figures: in.Together}, nil
}
