package html

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"lvv/reports"
)

// svgWidth is the width in pixels for which the static pictures are drawn: that of a column on A4.
const svgWidth = 660

// programs are compiled once; a goja program may run in any number of runtimes.
var programs = sync.OnceValues(func() ([]*goja.Program, error) {
	var list []*goja.Program
	for _, name := range []string{"echarts.min.js", "langNL.js", "charts.js"} {
		p, err := goja.Compile(name, asset(name), false)
		if err != nil {
			return nil, fmt.Errorf("compile %s: %w", name, err)
		}
		list = append(list, p)
	}
	return list, nil
})

// renderJS draws one picture. Without a browser ECharts guesses how wide text is, and guesses low; a
// label that is measured too wide leaves a margin, one that is measured too narrow is cut.
const renderJS = `(function () {
	var wide = {}, narrow = {}, sizes = {};
	'ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%€'.split('').forEach(function (c) { wide[c] = 1; });
	"iljtf.,:;()' ".split('').forEach(function (c) { narrow[c] = 1; });
	echarts.setPlatformAPI({measureText: function (text, font) {
		var size = sizes[font] || (sizes[font] = parseFloat((/([\d.]+)px/.exec(font) || [0, 12])[1])), width = 0;
		for (var i = 0; i < text.length; i++) { width += wide[text[i]] ? 0.78 : narrow[text[i]] ? 0.4 : 0.64; }
		return {width: width * size};
	}});
})();
(function (json, lang, width, height) {
	var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height, locale: lang === 'en' ? 'EN' : 'NL'});
	chart.setOption(lvvCharts.prepare(JSON.parse(json), lang));
	var svg = chart.renderToSVGString({useViewBox: true});
	chart.dispose();
	return svg;
})`

// svgRenderer draws options to SVG, with the same ECharts that the page carries.
type svgRenderer struct {
	render func(json, lang string, width, height int) (string, error)
}

func newSVGRenderer() (*svgRenderer, error) {
	list, err := programs()
	if err != nil {
		return nil, err
	}
	vm := goja.New()
	// ECharts puts off what only an animated chart needs. A still picture waits for nothing.
	later := func(goja.FunctionCall) goja.Value { return vm.ToValue(0) }
	for _, name := range []string{"setTimeout", "clearTimeout"} {
		if err := vm.Set(name, later); err != nil {
			return nil, fmt.Errorf("load ECharts: %w", err)
		}
	}
	for _, p := range list {
		if _, err := vm.RunProgram(p); err != nil {
			return nil, fmt.Errorf("load ECharts: %w", err)
		}
	}
	f, err := vm.RunString(renderJS)
	if err != nil {
		return nil, fmt.Errorf("load ECharts: %w", err)
	}
	r := &svgRenderer{}
	if err := vm.ExportTo(f, &r.render); err != nil {
		return nil, fmt.Errorf("load ECharts: %w", err)
	}
	return r, nil
}

var (
	svgStyle     = regexp.MustCompile(`(?s)<style ?>.*?</style>`)
	svgClass     = regexp.MustCompile(` (?:class|ecmeta_[a-z_]+)="[^"]*"`)
	svgStyleAttr = regexp.MustCompile(` style="([^"]*)"`)
	svgStylePart = regexp.MustCompile(`([a-z-]+):([^;]+);?`)
	svgFont      = regexp.MustCompile(`^font: \w+ (\w+) ([\d.]+px)`)
	svgReference = regexp.MustCompile(`(id="|url\(#)zr\d+-`)
	svgOpen      = regexp.MustCompile(`^<svg [^>]*>`)
	svgDecimals  = regexp.MustCompile(`(\.\d\d)\d+`)
	svgTag       = regexp.MustCompile(`<[^>]+>`) // ECharts escapes > in attributes
)

// draw returns the picture as inline SVG without style elements or attributes, which the page's
// policy forbids, and with ids of its own.
func (r *svgRenderer) draw(p *picture, lang reports.Lang) (template.HTML, error) {
	text, err := r.render(string(p.Options), string(lang), p.width(), p.Height)
	if err != nil {
		return "", fmt.Errorf("draw %s: %w", p.ID, err)
	}
	text = svgStyle.ReplaceAllString(text, "")
	text = svgTag.ReplaceAllStringFunc(text, func(tag string) string { return cleanTag(tag, p.ID) })
	open := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="100%%" height="%d" role="img" aria-label="%s" focusable="false">`,
		p.width(), p.Height, p.Height, template.HTMLEscapeString(p.Alt))
	text = svgOpen.ReplaceAllLiteralString(text, open)
	return template.HTML(strings.TrimSpace(text)), nil //nolint:gosec // ECharts escapes text; the options are data
}

// cleanTag takes out what is of no use in a still picture, turns font styles into attributes, and
// makes ids those of the picture.
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
	return svgDecimals.ReplaceAllString(tag, "$1")
}
