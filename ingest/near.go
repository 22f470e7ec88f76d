package ingest

import (
	"bytes"
	"slices"
)

// maxShapes bounds the shapes that are remembered of the numbers of a file.
const maxShapes = 16

// shapeText is a number with 9, A and a in place of its digits and letters.
func shapeText(number []byte) string {
	b := slices.Clone(number)
	for i, c := range b {
		switch classOf(c) {
		case 'd':
			b[i] = '9'
		case 'l':
			b[i] = 'A' | c&0x20
		}
	}
	return string(b)
}

// classOf tells digits and letters from what stands between them.
func classOf(c byte) byte {
	switch {
	case c-'0' <= 9:
		return 'd'
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return 'l'
	}
	return 0
}

// runs takes a number apart into runs of digits and of letters. What separates them is dropped.
func runs(number []byte) [][]byte {
	var out [][]byte
	for i := 0; i < len(number); {
		class, j := classOf(number[i]), i+1
		for j < len(number) && classOf(number[j]) == class {
			j++
		}
		if class != 0 {
			out = append(out, number[i:j])
		}
		i = j
	}
	return out
}

// inShape writes a number as others of its register are written, or returns nil where it cannot be: in
// their case, with their blanks and dashes, with their zeros in front, without a fraction of nothing.
func inShape(number []byte, shape string) []byte {
	for _, fraction := range []string{".0", ",0", ".00", ",00"} {
		number = bytes.TrimSuffix(number, []byte(fraction))
	}
	have := runs(number)
	var out []byte
	for i := 0; i < len(shape); {
		class, j := classOf(shape[i]), i+1
		for j < len(shape) && classOf(shape[j]) == class {
			j++
		}
		want := shape[i:j]
		i = j
		switch {
		case class == 0:
			out = append(out, want...)
			continue
		case len(have) == 0 || classOf(have[0][0]) != class:
			return nil
		case class == 'l':
			if len(have[0]) != len(want) {
				return nil
			}
			for k, c := range have[0] {
				out = append(out, c&^0x20|want[k]&0x20)
			}
		default:
			digits := bytes.TrimLeft(have[0], "0")
			if len(digits) > len(want) {
				return nil
			}
			out = append(out, bytes.Repeat([]byte{'0'}, len(want)-len(digits))...)
			out = append(out, digits...)
		}
		have = have[1:]
	}
	if len(have) > 0 {
		return nil
	}
	return out
}

// noteShape remembers how a number is written: of the first rows of a batch, which is enough.
func (r *rowParser) noteShape(number []byte) {
	const sampled = 16
	if r.b.rows >= sampled || len(r.shapes) == maxShapes {
		return
	}
	if shape := shapeText(number); !slices.Contains(r.shapes, shape) {
		r.shapes = append(r.shapes, shape)
	}
}

// nearMatch reports whether a row of the parent has the number but for its spelling.
func (t *tableReading) nearMatch(number []byte) bool {
	if t.speller == nil {
		t.speller = newRowParser(t.plan, nil, t.pseudonyms.Clone(), t.screen)
	}
	for _, p := range t.parent.parts {
		for _, shape := range p.Shapes {
			spelt := inShape(number, shape)
			if spelt != nil && t.parent.byInput.find(t.speller.refKey(spelt)) != nil {
				return true
			}
		}
	}
	return false
}
