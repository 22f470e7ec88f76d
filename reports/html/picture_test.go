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

var (
	program     = flag.String("lvv", "", "program that makes the report of which the README shows the first screen; see make picture")
	pictureFile = flag.String("picture", filepath.Join("testdata", "report.png"), "file of that picture")
)

// The README's picture of the first screen: what a reader sees of the report on the samples.
const (
	pictureWidth  = 1280
	pictureHeight = 1340
	pictureBytes  = 150_000
)

// TestPicture holds the README's picture to its size. With -lvv it is taken anew, from the samples.
func TestPicture(t *testing.T) {
	if *program != "" {
		takePicture(t)
	}
	b, err := os.ReadFile(*pictureFile)
	if err != nil {
		t.Fatalf("%v; make picture takes it", err)
	}
	config, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if config.Width != pictureWidth || config.Height != pictureHeight || len(b) > pictureBytes {
		t.Errorf("the picture has %d by %d pixels and %d bytes; want %d by %d and at most %d; make picture takes it anew",
			config.Width, config.Height, len(b), pictureWidth, pictureHeight, pictureBytes)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(readme, []byte("](reports/html/testdata/report.png)")) {
		t.Error("the README does not show the picture")
	}
}

func takePicture(t *testing.T) {
	out := t.TempDir()
	if text, err := exec.CommandContext(t.Context(), *program, "run", "--quiet", "--only", "stuurgroep", "--out", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	pages, err := filepath.Glob(filepath.Join(out, "*", "stuurgroep", "stuurgroep-*.html"))
	if err != nil || len(pages) != 1 {
		t.Fatalf("no report in %s: %v", out, err)
	}
	text, err := os.ReadFile(pages[0])
	if err != nil {
		t.Fatal(err)
	}
	tab, _ := open(t, browser(t), string(text), chromedp.EmulateViewport(pictureWidth, pictureHeight), scheme("light"))
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
	if err := os.WriteFile(*pictureFile, b.Bytes(), 0o644); err != nil {
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
