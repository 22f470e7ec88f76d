// Package spark is an engine on a server that speaks Spark Connect: Apache Spark 4 or Sail.
package spark

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"lvv/ingest"
	"lvv/internal/say"
	"lvv/internal/sparkconnect"
	models "lvv/sql"
	"lvv/transform/engine"
)

// Options say which server computes, and where it finds the store.
type Options struct {
	Store   ingest.Store
	Address string // sc://host:port, see [sparkconnect.ParseAddress]
	Token   string // "" for none
}

// Engine is an [engine.Engine] on a server. The server reads the
// store's folder itself, so it runs on this machine or shares the folder with it.
type Engine struct {
	client    *sparkconnect.Client
	dialect   *models.Dialect
	delivered map[string]bool
	versions  engine.Versions
	kept      map[string]string // relation name → its checkpoint on the server
}

var _ engine.Engine = (*Engine)(nil)

// Open begins a session on the server and opens the store in it. The caller closes the engine.
func Open(ctx context.Context, o Options) (_ *Engine, err error) {
	dialect, err := models.DialectOf("spark")
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(o.Store.Dir)
	if err != nil {
		return nil, say.Errorf("open store: %w", err)
	}
	client, err := sparkconnect.Dial(o.Address, o.Token)
	if err != nil {
		return nil, err
	}
	e := &Engine{client: client, dialect: dialect, delivered: map[string]bool{}, versions: engine.Versions{}, kept: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.Close())
		}
	}()
	if err := client.Set(ctx, "spark.sql.ansi.enabled", "true", "spark.sql.session.timeZone", "UTC"); err != nil {
		return nil, say.Errorf("open engine %s: %w", o.Address, err)
	}
	if err := e.prepare(ctx, dir, o.Store.Segments); err != nil {
		return nil, say.Errorf("open store on %s: %w", o.Address, err)
	}
	return e, nil
}

// prepare names one relation for each table of the contract, and counts its rows: Sail takes a folder that it
// cannot see for an empty one.
func (e *Engine) prepare(ctx context.Context, dir string, segments []ingest.Segment) error {
	for _, table := range ingest.Contract() {
		schema := types.Columns(&table)
		var parts []string
		rows := int64(0)
		for i, s := range segments {
			if s.Table != table.Name {
				continue
			}
			part := fmt.Sprintf("segment_%d", i)
			if err := e.client.ViewOfParquet(ctx, part, schema, []string{path.Join(filepath.ToSlash(dir), s.File)}); err != nil {
				return say.Errorf("table %s: %w", table.Name, err)
			}
			parts = append(parts, fmt.Sprintf("SELECT *, %d AS file_no FROM %s", s.FileNo, part))
			rows += s.Rows
		}
		name := storePrefix + table.Name
		switch {
		case len(parts) > 0:
			e.delivered[table.Name] = true
			if err := e.client.ViewOfQuery(ctx, name, strings.Join(parts, " UNION ALL ")); err != nil {
				return say.Errorf("table %s: %w", table.Name, err)
			}
			if err := engine.CheckRows(ctx, e, table.Name, rows); err != nil {
				return err
			}
		case !table.Required:
			if err := e.client.ViewOfRows(ctx, name, schema+", file_no INT", nil); err != nil {
				return say.Errorf("table %s: %w", table.Name, err)
			}
		default:
			return say.Errorf("the required table %s was not delivered", table.Name)
		}
	}
	return nil
}

// storePrefix stands for the schema of the store's tables, because a view of a session cannot have one.
const storePrefix = "store_"

var types = engine.ColumnTypes{ID: "BINARY", Order: "BINARY", Text: "STRING"}

// expand writes a SELECT in the words of the server.
func (e *Engine) expand(query string) (string, error) {
	query, err := e.dialect.Expand(query)
	return strings.ReplaceAll(query, "store.", storePrefix), err
}

// Delivered implements [engine.Engine].
func (e *Engine) Delivered(table string) bool { return e.delivered[table] }

// Version implements [engine.Engine]; it is that of the server, such as 4.0.2.
func (e *Engine) Version(ctx context.Context) (string, error) {
	text, err := engine.ValueOf(ctx, e, "SELECT version()")
	version, _, _ := strings.Cut(text.Str(), " ")
	return "spark " + version, err
}

// Load implements [engine.Engine]. The rows are sent along, never written into SQL.
func (e *Engine) Load(ctx context.Context, p engine.Param) error {
	err := e.versions.Keep(p.Name, p.Version(), func() error {
		stream, schema, err := arrowStream(p)
		if err != nil {
			return err
		}
		return e.client.ViewOfRows(ctx, p.Name, schema, stream)
	})
	if err != nil {
		return say.Errorf("load %s: %w", p.Name, err)
	}
	return nil
}

// arrowStream writes the rows of a parameter table as an Arrow stream, and its schema in Spark's DDL. Without rows there is no stream.
func arrowStream(p engine.Param) (stream []byte, ddl string, err error) {
	fields := make([]arrow.Field, len(p.Columns))
	columns := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		t := map[engine.Kind]arrow.DataType{engine.Count: arrow.PrimitiveTypes.Int64, engine.Date: arrow.FixedWidthTypes.Date32, engine.Text: arrow.BinaryTypes.String, engine.Real: arrow.PrimitiveTypes.Float64}[c.Kind]
		fields[i] = arrow.Field{Name: c.Name, Type: t, Nullable: true}
		columns[i] = c.Name + " " + types.Param(c.Kind)
	}
	ddl = strings.Join(columns, ", ")
	if len(p.Rows) == 0 {
		return nil, ddl, nil
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, row := range p.Rows {
		for i, v := range row {
			if v.IsNull() {
				b.Field(i).AppendNull()
				continue
			}
			switch field := b.Field(i).(type) {
			case *array.Int64Builder:
				field.Append(v.Int())
			case *array.Date32Builder:
				field.Append(arrow.Date32(v.Day()))
			case *array.Float64Builder:
				field.Append(v.Float())
			case *array.StringBuilder:
				field.Append(v.Str())
			}
		}
	}
	rec := b.NewRecordBatch()
	defer rec.Release()
	var buf bytes.Buffer
	w := ipc.NewWriter(&buf, ipc.WithSchema(schema))
	if err := cmp.Or(w.Write(rec), w.Close()); err != nil {
		return nil, "", err
	}
	return buf.Bytes(), ddl, nil
}

// Define implements [engine.Engine]. Rows to keep are a checkpoint on the server.
func (e *Engine) Define(ctx context.Context, r engine.Relation) error {
	return e.versions.Keep(r.Name, r.Version, func() error { return e.define(ctx, r) })
}

func (e *Engine) define(ctx context.Context, r engine.Relation) error {
	query, err := e.expand(r.Query)
	if err == nil && !r.Table {
		err = e.client.ViewOfQuery(ctx, r.Name, query)
	}
	if err != nil {
		return say.Errorf("define %s: %w", r.Name, err)
	}
	if !r.Table {
		return nil
	}
	was := e.kept[r.Name]
	kept, err := e.client.Checkpoint(ctx, r.Name, query)
	if err != nil {
		return say.Errorf("keep the rows of %s: %w", r.Name, err)
	}
	e.kept[r.Name] = kept
	if was != "" {
		return e.client.Drop(ctx, was)
	}
	return nil
}

// Query implements [engine.Engine].
func (e *Engine) Query(ctx context.Context, query string, each func(engine.Row) error) error {
	query, err := e.expand(query)
	if err != nil {
		return say.Errorf("query: %w", err)
	}
	var row engine.Row
	err = e.client.Query(ctx, query, func(batch arrow.RecordBatch) error {
		if row.Columns == nil {
			for _, f := range batch.Schema().Fields() {
				row.Columns = append(row.Columns, f.Name)
			}
			row.Values = make([]engine.Value, len(row.Columns))
		}
		for i := range int(batch.NumRows()) {
			for c, col := range batch.Columns() {
				if row.Values[c], err = arrowValue(col, i); err != nil {
					return say.Errorf("column %s: %w", row.Columns[c], err)
				}
			}
			if err := each(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return say.Errorf("query: %w", err)
	}
	return nil
}

// Close implements [engine.Engine].
func (e *Engine) Close() error { return e.client.Close() }
