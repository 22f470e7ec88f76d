package verify

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvv/internal/regular"
)

// page is what an HTML report holds for its readers to see, but for its sentences.
type page struct {
	tables   []grid
	pictures []*picture
}

// picture is a chart of a page as it was written.
type picture struct {
	id      string
	caption string // its title and the sentence that tells what to see; empty for those of the first screen
	label   string // of the drawing, for who cannot see it
	drawn   []string
	options []byte
	tables  []grid // those that stand with it
}

// readPage reads a page as a browser does.
func readPage(path string) (*page, error) {
	b, err := regular.ReadFile(path)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	p := &page{}
	p.read(root)
	return p, nil
}

// read takes in what stands under a node. Pictures and tables of one figure belong together.
func (p *page) read(n *html.Node) {
	switch {
	case n.DataAtom == atom.Table:
		p.tables = append(p.tables, tableOf(n))
		return
	case n.DataAtom == atom.Div && slices.Contains(strings.Fields(attribute(n, "class")), "canvas"):
		p.pictures = append(p.pictures, pictureOf(n))
		return
	case n.DataAtom != atom.Figure:
		for c := range n.ChildNodes() {
			p.read(c)
		}
		return
	}
	figure := &page{}
	for c := range n.ChildNodes() {
		figure.read(c)
	}
	for _, pic := range figure.pictures {
		pic.tables, pic.caption = figure.tables, captionOf(n)
	}
	p.tables, p.pictures = append(p.tables, figure.tables...), append(p.pictures, figure.pictures...)
}

func pictureOf(canvas *html.Node) *picture {
	pic := &picture{}
	for n := range canvas.Descendants() {
		switch {
		case n.DataAtom == atom.Script && pic.options == nil:
			pic.id = strings.TrimSuffix(strings.TrimPrefix(attribute(n, "id"), "chart-"), "-options")
			pic.options = []byte(textOf(n))
		case n.Data == "svg":
			pic.label = attribute(n, "aria-label")
		case n.Type == html.TextNode && n.Parent.Namespace == "svg" && strings.TrimSpace(n.Data) != "":
			pic.drawn = append(pic.drawn, n.Data)
		}
	}
	return pic
}

// captionOf is the title of a figure and its sentence, as they stand in the picture's description.
func captionOf(figure *html.Node) string {
	for n := range figure.Descendants() {
		if n.DataAtom != atom.Figcaption {
			continue
		}
		var parts []string
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode {
				parts = append(parts, strings.TrimSpace(textOf(c)))
			}
		}
		return strings.Join(parts, ". ")
	}
	return ""
}

func tableOf(table *html.Node) grid {
	var g grid
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Tr:
			g = append(g, nil)
		case atom.Td, atom.Th:
			if len(g) == 0 {
				g = grid{nil} // a cell out of place
			}
			g[len(g)-1] = append(g[len(g)-1], strings.TrimSpace(textOf(n)))
		}
	}
	return g
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var out strings.Builder
	for c := range n.ChildNodes() {
		out.WriteString(textOf(c))
	}
	return out.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// chart is what verify reads of the options of a picture.
type chart struct {
	Aria struct {
		Label struct {
			Description string `json:"description"`
		} `json:"label"`
	} `json:"aria"`
	XAxis  []axis   `json:"xAxis"`
	YAxis  []axis   `json:"yAxis"`
	Series []series `json:"series"`
	Legend struct {
		Show bool `json:"show"`
	} `json:"legend"`
}

type axis struct {
	Type string   `json:"type"`
	Show *bool    `json:"show"`
	Data []string `json:"data"`

	AxisLabel struct {
		CustomValues []float64 `json:"customValues"`
	} `json:"axisLabel"`
}

type series struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Stack string `json:"stack"`
	Data  []item `json:"data"`
	Links []item `json:"links"`
}

// item is a bar, a point, a stage, or a node or ribbon of a flow.
type item struct {
	Name      string     `json:"name"`
	Source    string     `json:"source"`
	Target    string     `json:"target"`
	Value     any        `json:"value"`
	Label     *itemLabel `json:"label"`
	EdgeLabel *itemLabel `json:"edgeLabel"`
	Tooltip   itemLabel  `json:"tooltip"`
}

type itemLabel struct {
	Show      *bool  `json:"show"`
	Formatter string `json:"formatter"`
}

// shown reports whether the label stands in the picture.
func (l *itemLabel) shown() bool { return l != nil && (l.Show == nil || *l.Show) }

// readChart reads options, and once more as a tree of everything that stands in them.
func readChart(options []byte) (c *chart, tree any, err error) {
	var full struct {
		chart
		Base *chart `json:"baseOption"`
	}
	if err := json.Unmarshal(options, &full); err != nil {
		return nil, nil, err
	}
	if err := json.Unmarshal(options, &tree); err != nil {
		return nil, nil, err
	}
	if full.Base != nil {
		return full.Base, tree, nil
	}
	return &full.chart, tree, nil
}
