package main

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"lvv/cmd/lvv/internal/outdir"
)

// lineageFile tells those who collect OpenLineage events what was made from what.
const lineageFile = "beheer/openlineage.json"

// OpenLineage run events, https://openlineage.io/spec/2-0-2/OpenLineage.json.
const (
	lineageSchema   = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
	checksumSchema  = "https://openlineage.io/spec/facets/1-0-0/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet"
	lineageProducer = "https://spdx.org/licenses/EUPL-1.2.html#lvv"
)

type runEvent struct {
	EventTime string `json:"eventTime"`
	EventType string `json:"eventType"`
	Producer  string `json:"producer"`
	SchemaURL string `json:"schemaURL"`
	Run       struct {
		RunID string `json:"runId"`
	} `json:"run"`
	Job struct {
		Namespace string `json:"namespace"`
		Name      string `json:"name"`
	} `json:"job"`
	Inputs  []lineageDataset `json:"inputs"`
	Outputs []lineageDataset `json:"outputs"`
}

type lineageDataset struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Facets    struct {
		Version lineageVersion `json:"version"`
	} `json:"facets"`
}

type lineageVersion struct {
	Producer  string `json:"_producer"`
	SchemaURL string `json:"_schemaURL"`
	Version   string `json:"datasetVersion"` // SHA-256 of an output, HMAC of an input
}

// lineage describes the run as a START and a COMPLETE event. Its run id is derived from inputs,
// terms and period, so that the same run has the same id.
func lineage(m *manifest, outputs []outdir.Output) []runEvent {
	namespace := "lvv/" + m.Pilot
	event := runEvent{
		EventTime: m.Created, Producer: lineageProducer, SchemaURL: lineageSchema,
		Inputs: []lineageDataset{}, Outputs: []lineageDataset{},
	}
	event.Job.Namespace, event.Job.Name = namespace, "run "+m.Period.Label
	dataset := func(name, sum string) lineageDataset {
		d := lineageDataset{Namespace: namespace, Name: name}
		d.Facets.Version = lineageVersion{Producer: lineageProducer, SchemaURL: checksumSchema, Version: sum}
		return d
	}
	id := []string{m.Pilot, m.Period.Label, m.Period.AsOf.String(), m.Terms.SHA256, m.Program.Version, m.Options.Language, strings.Join(m.Options.Only, ",")}
	for _, in := range m.Inputs {
		event.Inputs = append(event.Inputs, dataset("exports/"+in.Name, in.HMAC))
		id = append(id, in.Name, in.HMAC)
	}
	event.Run.RunID = nameUUID(strings.Join(id, "\n"))
	start := event
	start.EventType = "START"
	event.EventType = "COMPLETE"
	for _, out := range outputs {
		event.Outputs = append(event.Outputs, dataset(m.Period.Label+"/"+out.Path, out.SHA256))
	}
	return []runEvent{start, event}
}

// nameUUID is a UUID of version 8 (RFC 9562) made from SHA-256 of the name.
func nameUUID(name string) string {
	sum := sha256.Sum256([]byte("lvv/run\n" + name))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
