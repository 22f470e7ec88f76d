package html

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"testing"

	"github.com/chromedp/chromedp"
)

var program = flag.String("lvv", "", "program that makes the pages of which README and LEESMIJ.md show the first screen; see make picture")

// pictures are what a reader sees first of pages, made from the samples by a command in a folder of its own.
var pictures = []struct {
	file    string
	shownIn string
	command []string
	page    string // a pattern
	height  int
	bytes   int // at most
}{
	{"report.png", "README.md", []string{"run", "--quiet", "--only", "stuurgroep", "--out", "."}, "*/stuurgroep/stuurgroep-*.html", 1340, 150_000},
	{"check.png", "LEESMIJ.md", []string{"check", "--html", "controle.html"}, "controle.html", 860, 60_000},
	{"delivery.png", "LEESMIJ.md", []string{"init", "mijn-pilot"}, "mijn-pilot/wat-u-aanlevert.html", 860, 60_000},
}

const pictureWidth = 1280

// TestPicture holds the pictures of README and LEESMIJ.md to their sizes. With -lvv they are taken anew.
func TestPicture(t *testing.T) {
	for _, p := range pictures {
		file := filepath.Join("testdata", p.file)
		if *program != "" {
			pages := t.TempDir()
			run := exec.CommandContext(t.Context(), *program, p.command...)
			run.Dir, run.Env = pages, append(os.Environ(), "LVV_LANG=nl")
			if said, err := run.CombinedOutput(); err != nil && run.ProcessState.ExitCode() != 1 { // 1: check has found something
				t.Fatalf("%v\n%s", err, said)
			}
			takePicture(t, filepath.Join(pages, p.page), file, p.height)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v; make picture takes it", err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if config.Width != pictureWidth || config.Height != p.height || len(b) > p.bytes {
			t.Errorf("%s has %d by %d pixels and %d bytes; want %d by %d and at most %d; make picture takes it anew",
				file, config.Width, config.Height, len(b), pictureWidth, p.height, p.bytes)
		}
		text, err := os.ReadFile("../../" + p.shownIn)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte("](reports/html/testdata/"+p.file+")")) {
			t.Errorf("%s does not show %s", p.shownIn, p.file)
		}
	}
}

func takePicture(t *testing.T, pattern, file string, height int) {
	pages, err := filepath.Glob(pattern)
	if err != nil || len(pages) != 1 {
		t.Fatalf("no page %s: %v", pattern, err)
	}
	text, err := os.ReadFile(pages[0])
	if err != nil {
		t.Fatal(err)
	}
	tab, _ := open(t, browser(t), string(text), chromedp.EmulateViewport(pictureWidth, int64(height)), scheme("light"))
	drawn(t, tab)
	shot, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, paletted(full)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// paletted keeps the 256 colours that occur most; a page of few colours loses nothing that shows.
func paletted(from image.Image) *image.Paletted {
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA {
		c, _ := color.RGBAModel.Convert(from.At(x, y)).(color.RGBA)
		return c
	}
	bounds := from.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	var colours []color.RGBA
	for c := range count {
		colours = append(colours, c)
	}
	key := func(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
	sort.Slice(colours, func(i, j int) bool {
		a, b := colours[i], colours[j]
		if count[a] != count[b] {
			return count[a] > count[b]
		}
		return key(a) < key(b)
	})
	palette := make(color.Palette, 0, 256)
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	out := image.NewPaletted(bounds, palette)
	nearest := map[color.RGBA]uint8{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			i, ok := nearest[c]
			if !ok {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}
