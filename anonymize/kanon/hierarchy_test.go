package kanon

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadHierarchyFaults(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {"", "has no rows"},
		"contradiction": {"a;x;*\nb;x;*\na;y;*\n", `:3: value "a" stands here a second time`},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "h_x.csv")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := ReadHierarchy(path)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestHierarchyLoss(t *testing.T) {
	for _, c := range []struct {
		name, rows, value string
		level             int
		label             string // published
		loss              float64
	}{
		{"leaf", "a,x,*|b,x,*|c,y,*", "a", 0, "a", 0},
		{"group", "a,x,*|b,x,*|c,y,*", "a", 1, "x", 0.5},
		{"top", "a,x,*|b,x,*|c,y,*", "c", 2, "*", 1},
		{"top is added", "a,x|b,x|c,y", "a", 2, "*", 1},
		{"other label at the top", "a,all|b,all", "a", 1, "all", 1},
		{"one value", "a,*", "a", 0, "a", 0},
		{"one value suppressed", "a,*", "a", 1, "*", 1},
		{"short row keeps its last label", "a,x,y,*|b,z,*|c,x,y,*", "b", 1, "z", 0},
		{"label that repeats", "a,a,*|b,x,*|c,x,*", "a", 1, "a", 0},
		{"label in two branches says less than the branch", "a,o,p,*|b,o,q,*|c,o,q,*|d,r,q,*", "a", 1, "p", 0},
		{"label in two branches counts both", "a,o,p,*|b,o,q,*|c,r,p,*|d,r,p,*|e,s,q,*", "a", 1, "o", 0.25},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows [][]string
			for r := range strings.SplitSeq(c.rows, "|") {
				rows = append(rows, strings.Split(r, ","))
			}
			h, err := NewHierarchy(rows)
			if err != nil {
				t.Fatal(err)
			}
			node := h.up(h.leaf[c.value], c.level)
			if got := h.label[h.published[node]]; got != c.label {
				t.Errorf("published as %q, want %q", got, c.label)
			}
			if got := h.ncp(node); got != c.loss {
				t.Errorf("loss %v, want %v", got, c.loss)
			}
		})
	}
}
