package html

import (
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"modernc.org/quickjs"

	"lvv/internal/guard"
	"lvv/reports"
	"lvv/reports/content"
)

// The widths in pixels for which pictures are drawn: that of a column on A4, and that of a telephone.
const (
	wideWidth  = 660
	phoneWidth = 340
)

// drawingCode is what draws, compiled once, in the order in which it is loaded.
var drawingCode = sync.OnceValues(func() (list [][]byte, err error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("compile ECharts: %w", err)
	}
	defer func() { err = errors.Join(err, vm.Close()) }()
	for _, name := range []string{"draw.js", "formats.js", "echarts.js"} {
		code, err := vm.Compile(asset(name), quickjs.EvalGlobal)
		if err != nil {
			return nil, fmt.Errorf("compile %s: %w", name, err)
		}
		list = append(list, code)
	}
	return list, nil
})

// Prepare compiles what draws, so that a run can do it while it waits for something else. [Draw] does it where nobody
// has, and reports its errors.
func Prepare() {
	_ = guard.Run(func() error { _, err := drawingCode(); return err })
}

// output is a picture as ECharts drew it, once for each width.
type output struct {
	SVG   []string
	Plots [][]float64 // of each: left, top, width and height of what lies within the axes
	At    []float64   // how far along the horizontal axis each x lies: 0 to 1
}

// newRenderer returns a runtime that draws options to SVG.
func newRenderer() (*quickjs.VM, error) {
	list, err := drawingCode()
	if err != nil {
		return nil, err
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("load ECharts: %w", err)
	}
	for _, code := range list {
		if _, err := vm.EvalBytecode(code); err != nil {
			return nil, errors.Join(fmt.Errorf("load ECharts: %w", err), vm.Close())
		}
	}
	return vm, nil
}

func render(vm *quickjs.VM, options string, lang reports.Lang, widths []int, height int, xs []float64) (*output, error) {
	drawn, err := vm.Call("lvvDraw", options, string(lang), widths, height, xs)
	if err != nil {
		return nil, err
	}
	out := &output{}
	o, ok := drawn.(*quickjs.Object)
	if !ok {
		return nil, fmt.Errorf("ECharts gave %T", drawn)
	}
	return out, o.Into(out)
}

var (
	svgStyle     = regexp.MustCompile(`(?s)<style ?>.*?</style>`)
	svgClass     = regexp.MustCompile(` (?:class|ecmeta_[a-z_]+)="[^"]*"`)
	svgStyleAttr = regexp.MustCompile(` style="([^"]*)"`)
	svgStylePart = regexp.MustCompile(`([a-z-]+):([^;]+);?`)
	svgFont      = regexp.MustCompile(`^font: \w+ (\w+) ([\d.]+px)`)
	svgReference = regexp.MustCompile(`(id="|url\(#)zr\d+-`)
	svgOpen      = regexp.MustCompile(`^<svg [^>]*>`)
	svgDecimals  = regexp.MustCompile(`(\.\d)\d+`)
	svgTag       = regexp.MustCompile(`<[^>]+>`) // ECharts escapes > in attributes
	svgPath      = regexp.MustCompile(`<path [^>]*></path>\n?`)
	svgPlain     = regexp.MustCompile(`(?s)<pattern [^>]*id="([^"]+)">\s*<g ?>\s*(?:<path d="" [^>]*></path>\s*)*</g>\s*</pattern>\n?`)
	svgRibbon    = regexp.MustCompile(`(<path d="M[^"]*C[^>]* ecmeta_data_index="(\d+)"[^>]*)></path>`)
	svgNoBar     = regexp.MustCompile(`d="M\S+ \S+l0 0l`)
	svgDefaults  = strings.NewReplacer(` pointer-events="visible"`, "", ` fill-opacity="1"`, "", ` xml:space="preserve"`, "",
		` font-size="13px"`, "", ` font-family="sans-serif"`, "", ` dominant-baseline="central"`, "", ` baseProfile="full"`, "")
)

// draw gives the picture its drawings, as inline SVG without style elements or attributes, which the page's
// policy forbids, and with ids of their own.
func (p *picture) draw(vm *quickjs.VM, lang reports.Lang) error {
	options, err := drawingOf(p.Chart).options()
	if err != nil {
		return err
	}
	widths := []int{wideWidth, phoneWidth}
	if p.Small || p.Panel {
		widths = []int{smallWidth}
	}
	data := told(p.Chart)
	out, err := render(vm, options, lang, widths, p.Height, data.positions)
	if err != nil {
		return err
	}
	for i, text := range out.SVG {
		id, class := p.ID, "wide"
		if i > 0 {
			id, class = p.ID+"-phone", "phone"
		}
		if len(widths) == 1 {
			class = "both"
		}
		plot := ""
		if i < len(out.Plots) {
			plot = fmt.Sprintf(` data-plot="%.0f %.0f %.0f %.0f"`, out.Plots[i][0], out.Plots[i][1], out.Plots[i][2], out.Plots[i][3])
		}
		text = clean(text, id, p.Flows)
		open := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="%s" viewBox="0 0 %d %d" font-size="%dpx" dominant-baseline="central" role="img" aria-label="%s"%s>`,
			class, widths[i], p.Height, fontSize, template.HTMLEscapeString(p.Alt), plot)
		text = svgOpen.ReplaceAllLiteralString(text, open)
		p.Drawings = append(p.Drawings, template.HTML(strings.TrimSpace(text))) //nolint:gosec // ECharts escapes text; the options are data
	}
	p.Data, err = data.json(out.At)
	return err
}

// clean takes out what is of no use in a still picture, what nobody sees among it, and lets ribbons tell their
// numbers.
func clean(text, id string, flows []content.Ribbon) string {
	text = svgStyle.ReplaceAllString(text, "")
	plain := map[string]bool{}
	text = svgPlain.ReplaceAllStringFunc(text, func(pattern string) string {
		plain["fill=\"url(#"+svgPlain.FindStringSubmatch(pattern)[1]+")\""] = true
		return ""
	})
	text = svgPath.ReplaceAllStringFunc(text, func(path string) string {
		fill, ok := attribute(path, "fill")
		unseen := ok && (fill == `fill="none"` || plain[fill])
		if unseen && !strings.Contains(path, " stroke=") || plain[fill] || svgNoBar.MatchString(path) {
			return ""
		}
		return path
	})
	if len(flows) > 0 {
		text = svgRibbon.ReplaceAllStringFunc(text, func(path string) string {
			m := svgRibbon.FindStringSubmatch(path)
			i, err := strconv.Atoi(m[2])
			if err != nil || i >= len(flows) {
				return path
			}
			return m[1] + "><title>" + template.HTMLEscapeString(flows[i].From+" → "+flows[i].To+": "+flows[i].Text) + "</title></path>"
		})
	}
	text = svgTag.ReplaceAllStringFunc(text, func(tag string) string { return cleanTag(tag, id) })
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n", ""), "<g></g>", "")
}

func attribute(tag, name string) (string, bool) {
	_, rest, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		return "", false
	}
	value, _, ok := strings.Cut(rest, `"`)
	return name + `="` + value + `"`, ok
}

// cleanTag turns font styles into attributes, makes ids those of the picture, and leaves out what holds without
// being said.
func cleanTag(tag, id string) string {
	tag = svgClass.ReplaceAllString(tag, "")
	tag = svgStyleAttr.ReplaceAllStringFunc(tag, func(attr string) string {
		style := svgStyleAttr.FindStringSubmatch(attr)[1]
		if font := svgFont.FindStringSubmatch(style); font != nil { // the shorthand is no attribute of SVG
			return fmt.Sprintf(` font-weight="%s" font-size="%s"`, font[1], font[2])
		}
		return svgStylePart.ReplaceAllString(style, ` $1="$2"`)
	})
	tag = svgReference.ReplaceAllString(tag, "${1}"+id+"-")
	return svgDefaults.Replace(svgDecimals.ReplaceAllString(tag, "$1"))
}
