package dsv

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func TestOpen(t *testing.T) {
	utf16 := func(s string) string {
		out, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct {
		name, text string
		delimiter  rune
		want       []string
	}{
		{"semicolon", "a;b\nx;é\n", ';', []string{"x", "é"}},
		{"comma, mark, CRLF", "\xef\xbb\xbfa,b\r\nx,\"y\r\nz\"\r\n", ',', []string{"x", "y\nz"}},
		{"tab, Windows-1252", "a\tb\nx\t\xe9\x80\n", '\t', []string{"x", "é€"}},
		{"bar, UTF-16", utf16("a|b\nx|ü\n"), '|', []string{"x", "ü"}},
		{"decimal commas in values", "1,5-2,5;*\n2,5-3,5;*\n", ';', []string{"2,5-3,5", "*"}},
		{"delimiter inside quotes does not count", "\"a,,,\";b\nx;y\n", ';', []string{"x", "y"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "t.csv")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			f, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if f.Delimiter != c.delimiter {
				t.Errorf("delimiter %q, want %q", f.Delimiter, c.delimiter)
			}
			var last []string
			for {
				row, err := f.Read()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				last = slices.Clone(row)
			}
			if !slices.Equal(last, c.want) {
				t.Errorf("last row %q, want %q", last, c.want)
			}
		})
	}
}

func TestReadNamesTheLineOfABadQuote(t *testing.T) {
	for text, want := range map[string]string{
		"a;b\nx\"y;z\n":     ":2: ",
		"a;b\nx;\"y\nz;z\n": "the row begins on line 2",
	} {
		path := filepath.Join(t.TempDir(), "t.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for err == nil {
			_, err = f.Read()
		}
		if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "Close every quote") {
			t.Errorf("%q: error %v, want one with %q and a remedy", text, err, want)
		}
	}
}
