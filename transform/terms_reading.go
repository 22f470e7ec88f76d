package transform

import (
	"go.yaml.in/yaml/v3"

	"lvv/ingest"
)

// reading reads how files are to be read whose register cannot be changed.
func (r *termsReader) reading(n *yaml.Node) []ingest.Setting {
	var list []ingest.Setting
	for _, item := range r.list(n, "reading", "{table: verblijf, files: 'verblijf_hvo*', date_order: month_first}") {
		s := r.settings(item, "reading.", "table", "files", "date_order", "decimal", "encoding", "sheet", "columns")
		text := func(name string) string {
			if v := s.optional(name); v != nil {
				return r.text(v)
			}
			return ""
		}
		o := ingest.Setting{
			Table: r.text(s.required("table")), Files: text("files"), DateOrder: text("date_order"), Decimal: text("decimal"),
			Encoding: text("encoding"), Sheet: text("sheet"), Columns: r.columns(s.optional("columns")),
		}
		if wrong := o.Check(); wrong != "" && len(r.faults) == 0 {
			r.faultf(item.Line, "reading: %s", wrong)
		}
		list = append(list, o)
	}
	return list
}

// columns reads which column of a file holds which field.
func (r *termsReader) columns(n *yaml.Node) map[string]string {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.faultf(n.Line, "reading.columns: expected the file's name of a column and the field that it holds, such as {vertrekdatum: date_out}")
		return nil
	}
	out := map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		out[n.Content[i].Value] = r.text(n.Content[i+1])
	}
	return out
}
