package sql

import (
	"strings"
	"testing"
)

func TestReferences(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"SELECT * FROM a JOIN b ON a.x = b.x", "a b"},
		{"SELECT * FROM store.cases AS c CROSS JOIN period AS p", "period"},
		{"WITH a AS (SELECT 1 FROM b), d AS (SELECT * FROM a) SELECT * FROM a JOIN d ON TRUE", "b"},
		{"SELECT 'FROM x' FROM y -- FROM z\n/* JOIN q */", "y"},
		{"SELECT * FROM days_from((SELECT f FROM g), (SELECT u FROM h)) AS d", "g h"},
		{"SELECT * FROM (SELECT * from e) AS s LEFT join f ON TRUE", "e f"},
		{`SELECT a AS "from", b FROM c`, "c"},
	} {
		if got := strings.Join(References(c.query), " "); got != c.want {
			t.Errorf("%s\nreads %q, want %q", c.query, got, c.want)
		}
	}
}
