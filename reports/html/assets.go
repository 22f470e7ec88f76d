package html

import "embed"

//go:embed assets/echarts.js assets/draw.js assets/formats.js assets/page.js assets/page.css
//go:embed assets/page.gohtml assets/summary.gohtml
var assets embed.FS

// asset returns an embedded file. Its name is a constant of this package, so it is always there.
func asset(name string) string {
	b, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err)
	}
	return string(b)
}
