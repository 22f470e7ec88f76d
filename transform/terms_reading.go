package transform

import (
	"lvv/ingest"
	"lvv/internal/settings"
)

// reading reads how files are to be read whose register cannot be changed.
func (r *termsReader) reading(n *settings.Node) []ingest.Setting {
	var list []ingest.Setting
	for _, item := range r.list(n, "reading", "{table: verblijf, files: 'verblijf_hvo*', date_order: month_first}") {
		s := r.Settings(item, "reading.", "table", "files", "date_order", "decimal", "encoding", "sheet", "columns")
		text := func(name string) string { return r.Text(s.Optional(name)) }
		o := ingest.Setting{
			Table: r.Text(s.Required("table")), Files: text("files"), DateOrder: text("date_order"), Decimal: text("decimal"),
			Encoding: text("encoding"), Sheet: text("sheet"), Columns: r.columns(s.Optional("columns")),
		}
		if wrong := o.Check(); wrong != "" && r.Err() == nil {
			r.Faultf(item.Line, "reading: %s", wrong)
		}
		list = append(list, o)
	}
	return list
}

// columns reads which column of a file holds which field.
func (r *termsReader) columns(n *settings.Node) map[string]string {
	if n == nil {
		return nil
	}
	if n.Kind != settings.Map {
		r.Faultf(n.Line, "reading.columns: expected the file's name of a column and the field that it holds, such as {vertrekdatum: date_out}")
		return nil
	}
	out := map[string]string{}
	for i, name := range n.Names {
		if out[name.Text] != "" {
			r.Faultf(name.Line, "%s: %q stands twice; name each once", "reading.columns", name.Text)
		}
		out[name.Text] = r.Text(n.Items[i])
	}
	return out
}
