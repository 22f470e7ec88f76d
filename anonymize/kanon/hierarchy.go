package kanon

import (
	"errors"
	"io"
	"math"
	"strings"

	"lvv/internal/dsv"
	"lvv/internal/lists"
	"lvv/internal/say"
)

// Star is the label of a suppressed cell, and of the top that a hierarchy without a common top gets.
const Star = "*"

// costUnit is the loss of a suppressed cell. Losses are whole numbers of this unit, so that a sum
// does not depend on its order.
const costUnit = 1 << 30

// Hierarchy is the value hierarchy of one column: a tree whose leaves are the values that the data
// may hold. Two nodes with one label in different branches are different nodes.
type Hierarchy struct {
	// Levels counts the levels, leaves and top included.
	Levels int
	leaf   map[string]int32 // value → node

	label  []string
	parent []int32 // of the top: itself
	level  []int32 // 0 for a leaf
	// published is the node whose label stands for the node in the output: itself, unless an
	// ancestor's label says more. That happens where one label occurs in several branches: a reader
	// cannot tell them apart, so it counts the leaves of all of them.
	published []int32
	leaves    []int32 // hierarchy rows that carry the label of the node
	cost      []int64 // of publishing the node, in costUnit; never falls on the way up
	count     int     // leaves of the whole hierarchy
	lca       []uint16
	joint     []uint32 // cost of the common ancestor, in the places of lca
}

// lcaTableNodes is the largest hierarchy whose common ancestors are looked up in a table; in a
// larger one they are found by climbing.
const lcaTableNodes = 1024

// ReadHierarchy reads a hierarchy from a file in the layout of ARX: one row a value, the value
// first, then its generalisations from narrow to wide. Delimiter and encoding are found by looking;
// blanks around a label do not count.
func ReadHierarchy(path string) (*Hierarchy, error) {
	in, err := dsv.Open(path)
	if err != nil {
		return nil, say.Errorf("read hierarchy: %w", err)
	}
	defer in.Close()
	var rows [][]string
	var lines []int
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, say.Errorf("read hierarchy: %w", err)
		}
		rows, lines = append(rows, lists.Map(fields, strings.TrimSpace)), append(lines, in.Line())
	}
	h, at, err := newHierarchy(rows)
	if err != nil && at >= 0 {
		return nil, say.Errorf("read hierarchy %s:%d: %w", path, lines[at], err)
	}
	if err != nil {
		return nil, say.Errorf("read hierarchy %s: %w", path, err)
	}
	return h, nil
}

// NewHierarchy builds a hierarchy from rows: a value, then its generalisations from narrow to wide.
// A row that is shorter than the longest keeps its last label up to the top; an empty label repeats
// the one before it. Where the last labels differ, or one of them is a value, a top "*" is added.
func NewHierarchy(rows [][]string) (*Hierarchy, error) {
	h, at, err := newHierarchy(rows)
	if err != nil && at >= 0 {
		return nil, say.Errorf("hierarchy row %d: %w", at+1, err)
	}
	return h, err
}

// newHierarchy returns the index of the row at fault beside an error, -1 for none.
func newHierarchy(given [][]string) (*Hierarchy, int, error) {
	rows := squared(given)
	if len(rows) == 0 {
		return nil, -1, say.Errorf("it has no rows\n  Give one row a value: value;level 1;...;*")
	}
	h := &Hierarchy{Levels: len(rows[0]), leaf: make(map[string]int32, len(rows))}
	top := h.Levels - 1
	h.add(rows[0][top], 0, top)
	type edge struct {
		parent int32
		label  string
	}
	children := map[edge]int32{}
	for i, row := range rows {
		at := int32(0)
		for l := top - 1; l >= 0; l-- {
			e := edge{at, row[l]}
			child, ok := children[e]
			if !ok {
				child = h.add(row[l], at, l)
				children[e] = child
			}
			at = child
		}
		if first, ok := h.leaf[row[0]]; ok && first != at {
			return nil, i, say.Errorf("value %q stands here a second time, with other generalisations\n  Keep one row a value.", row[0])
		}
		h.leaf[row[0]] = at
	}
	h.weigh()
	return h, -1, nil
}

// squared gives every row the same length and a common last label.
func squared(given [][]string) [][]string {
	width := 0
	rows := make([][]string, len(given))
	for i, row := range given {
		n := len(row)
		for n > 1 && row[n-1] == "" {
			n--
		}
		rows[i] = append([]string(nil), row[:n]...)
		width = max(width, n)
	}
	common := true
	for i, row := range rows {
		for j := 1; j < len(row); j++ {
			if row[j] == "" {
				row[j] = row[j-1]
			}
		}
		last := rows[0][len(rows[0])-1]
		common = common && row[len(row)-1] == last && row[0] != last
		for len(row) < width {
			row = append(row, row[len(row)-1])
		}
		rows[i] = row
	}
	if !common {
		for i := range rows {
			rows[i] = append(rows[i], Star)
		}
	}
	return rows
}

func (h *Hierarchy) add(label string, parent int32, level int) int32 {
	h.label = append(h.label, label)
	h.parent = append(h.parent, parent)
	h.level = append(h.level, int32(level))
	return int32(len(h.label) - 1)
}

// weigh fills in what follows from the tree.
func (h *Hierarchy) weigh() {
	n := len(h.label)
	h.count = len(h.leaf)
	carried := make(map[string]int32, n) // label → rows that carry it
	last := make(map[string]int32, n)    // label → the leaf that counted it last
	for id := range h.label {
		if h.level[id] != 0 {
			continue
		}
		for at := int32(id); ; at = h.parent[at] {
			if seen, ok := last[h.label[at]]; !ok || seen != int32(id) {
				last[h.label[at]] = int32(id)
				carried[h.label[at]]++
			}
			if at == 0 {
				break
			}
		}
	}
	h.leaves, h.published, h.cost = make([]int32, n), make([]int32, n), make([]int64, n)
	for id := range n { // a parent stands before its children
		h.leaves[id] = carried[h.label[id]]
		h.published[id] = int32(id)
		if up := h.published[h.parent[id]]; h.leaves[up] < h.leaves[id] {
			h.published[id] = up
		}
		h.cost[id] = int64(math.Round(h.ncp(int32(id)) * costUnit))
	}
	if n > lcaTableNodes {
		return
	}
	h.lca, h.joint = make([]uint16, n*n), make([]uint32, n*n)
	for a := range n {
		for b := range n {
			up := h.climb(int32(a), int32(b))
			h.lca[a*n+b], h.joint[a*n+b] = uint16(up), uint32(h.cost[up])
		}
	}
}

// ncp returns the loss of one cell that is published as the node: 0 for a value itself, 1 for the
// top (of one value too: the cell is suppressed).
func (h *Hierarchy) ncp(node int32) float64 {
	if node == 0 {
		return 1
	}
	if h.count == 1 {
		return 0
	}
	return float64(h.leaves[h.published[node]]-1) / float64(h.count-1)
}

// common returns the lowest common ancestor of two nodes.
func (h *Hierarchy) common(a, b int32) int32 {
	if h.lca != nil {
		return int32(h.lca[int(a)*len(h.label)+int(b)])
	}
	return h.climb(a, b)
}

func (h *Hierarchy) climb(a, b int32) int32 {
	for a != b {
		if h.level[a] <= h.level[b] {
			a = h.parent[a]
		} else {
			b = h.parent[b]
		}
	}
	return a
}

// commonCost returns what the lowest common ancestor of two nodes costs.
func (h *Hierarchy) commonCost(a, b int32) int64 {
	if h.joint == nil {
		return h.cost[h.climb(a, b)]
	}
	return int64(h.joint[int(a)*len(h.label)+int(b)])
}

// up returns the ancestor of a leaf at a level.
func (h *Hierarchy) up(leaf int32, level int) int32 {
	for h.level[leaf] < int32(level) {
		leaf = h.parent[leaf]
	}
	return leaf
}

// Has reports whether the value is one of the leaves.
func (h *Hierarchy) Has(value string) bool {
	_, ok := h.leaf[value]
	return ok
}
