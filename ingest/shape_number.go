package ingest

import "strings"

// numberShape is a number format of whole numbers that adds something to their digits: zeros in front,
// or fixed text before, among or behind them ("LVV-"00000).
type numberShape struct {
	tokens []shapeToken
	digits int // places among the tokens
}

// shapeToken is a character of the format: fixed text, or a place for a digit, which zero fills up.
type shapeToken struct {
	text        string
	digit, zero bool
}

// shapeOf reads a number format (ECMA-376 part 1, 18.8.31). It returns nil for one that shows no more
// than the digits, or anything else than a whole number with fixed text.
func shapeOf(code string) *numberShape {
	s := &numberShape{}
	adds := false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '0', '#', '?':
			s.tokens = append(s.tokens, shapeToken{digit: true, zero: c == '0'})
			s.digits++
			adds = adds || c == '0' && s.digits > 1
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return nil
			}
			s.tokens = append(s.tokens, shapeToken{text: code[i+1 : i+1+end]})
			adds = adds || end > 0
			i += end + 1
		case '\\':
			if i++; i == len(code) {
				return nil
			}
			s.tokens, adds = append(s.tokens, shapeToken{text: code[i : i+1]}), true
		case '-', ' ', '/', '(', ')', '+', ':', '$':
			s.tokens, adds = append(s.tokens, shapeToken{text: string(c)}), true
		case ';': // what follows is for negative numbers and text
			i = len(code)
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 || strings.HasPrefix(code[i:], "[$") { // a currency: the number is an amount
				return nil
			}
			i += end // a colour or a locale
		case '_', '*':
			i++ // the width of a character, or a filling
		default:
			return nil
		}
	}
	if !adds || s.digits == 0 || strings.Contains(code, "€") {
		return nil
	}
	return s
}

// show appends a whole number as the format shows it.
func (s *numberShape) show(dst, number []byte) []byte {
	left := len(number) // digits not written yet
	place := s.digits
	for _, t := range s.tokens {
		if !t.digit {
			dst = append(dst, t.text...)
			continue
		}
		// The first place takes all digits for which there is no place of their own.
		for ; left > place; left-- {
			dst = append(dst, number[len(number)-left])
		}
		switch {
		case left == place:
			dst = append(dst, number[len(number)-left])
			left--
		case t.zero:
			dst = append(dst, '0')
		}
		place--
	}
	return dst
}
