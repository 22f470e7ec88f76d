package ingest

import (
	"bytes"
	"strings"

	"lvv/internal/country"
)

// parse reads a cell into the value of its field.
func (r *rowParser) parse(index int, c cell) {
	f, v := &r.plan.fields[index], &r.values[index]
	c.text = trim(c.text)
	v.raw = c.text
	if f.dropped {
		return
	}
	if f.Type == DateType && c.kind < numberCell && r.judged[index] == 0 {
		if d, ok := parseCommonDate(c.text); ok { // as nearly all are
			r.seen[index] |= orderOf(c.text)
			v.n, v.state = int64(d), filled
			return
		}
	}
	if f.dictionary == nil || c.kind > numberCell {
		if c.text = clean(c.text, v.scratch, f.Type == TextType); notFilledIn(c.text, f.unknownEmpty) && c.kind < mergedCell {
			return
		}
	}
	var why reason
	switch {
	case c.kind == mergedCell:
		why = mergedAway
	case c.kind == formulaCell:
		why = formulaNotCalculated
	case f.dictionary != nil:
		if v.n, why = r.code(index, c); why == missingRequired {
			return
		}
	case isFormulaError(c):
		why = formulaError
	default:
		why = r.value(index, c)
	}
	if why == invalidDate && index == r.plan.end && r.neverEnds(index, c) {
		v.odd = openEnd
		return
	}
	v.why = why
	v.state = invalid
	if why == fine {
		v.state = filled
	}
}

// value reads a cell whose field has no list of values.
func (r *rowParser) value(index int, c cell) reason {
	f, v := &r.plan.fields[index], &r.values[index]
	ok := false
	switch f.Type {
	case DateType:
		d, why := r.date(index, c)
		v.n = int64(d)
		return why
	case BoolType:
		var yes bool
		yes, ok = parseBool(c)
		v.n = 0
		if yes {
			v.n = 1
		}
	case NumberType, WholeType:
		return r.number(index, c)
	case VNumberType:
		v.scratch, v.odd, ok = r.vNumber(v.scratch, c)
		v.text = v.scratch
	case TextType, KeyType:
		v.text, ok = parseText(c, v.scratch)
		if ok && f.Type == KeyType && isRounded(v.text) {
			return roundedNumber
		}
		r.total = r.total || ok && f.Required && (isTotal(v.text) || r.plan.key < 0 && beginsTotal(v.text))
		switch {
		case c.kind == numberCell && c.date:
			v.odd = dateInText
		case ok && damaged(v.text):
			v.odd = textDamaged
			r.pages &= pagesOf(v.text)
		}
		if ok && f.Type == TextType {
			return r.look(index)
		}
	}
	if !ok {
		return f.invalid
	}
	return fine
}

// look has a text screened, first among those seen before.
func (r *rowParser) look(index int) reason {
	v, seen := &r.values[index], r.screened[index]
	found, ok := seen[string(v.text)]
	if !ok {
		found = r.screen.judge(r.plan.fields[index].Field, v.text)
		if len(seen) < maxCached && len(v.text) <= 100 {
			seen[string(v.text)] = found
		}
	}
	switch found {
	case identifier:
		return identifierInText
	case unfamiliar:
		v.odd = locationUnknown
	}
	return fine
}

// remember has the numbers and the name of a case hashed, for the screen.
func (r *rowParser) remember() {
	number := func(field int) []byte {
		if v := &r.values[field]; v.state == filled {
			return v.text
		}
		return nil
	}
	name := func(field int) []byte {
		if raw := r.values[field].raw; !notFilledIn(raw, true) {
			return raw
		}
		return nil
	}
	p := r.plan
	r.b.words = r.screen.ofCase(r.b.words, number(p.key), number(p.person), name(p.familyName), name(p.givenNames))
}

// vNumber reads a V-number, and says whether its zeros were put back.
func (r *rowParser) vNumber(scratch []byte, c cell) ([]byte, check, bool) {
	r.scratch = append(r.scratch[:0], c.text...) // the clean text may lie in scratch itself
	c.text = r.scratch
	text, padded, ok := parseVNumber(scratch[:0], c)
	if padded {
		return text, vNumberPadded, ok
	}
	return text, nothingOdd, ok
}

// code looks a value up in the field's list, first among the spellings seen before. The reason is
// missingRequired for a value that stands for an empty one.
func (r *rowParser) code(index int, c cell) (int64, reason) {
	f := &r.plan.fields[index]
	if c.kind == boolCell {
		return 0, f.invalid
	}
	cache := r.cache[index]
	code, seen := cache[string(c.text)]
	if !seen {
		raw := c.text
		c.text = clean(c.text, nil, false)
		switch {
		case notFilledIn(c.text, f.unknownEmpty):
			code = notACode
		case isFormulaError(c):
			code = brokenCode
		default:
			code = f.lookup(c.text)
		}
		if len(cache) < maxCached && len(raw) <= 100 {
			cache[string(raw)] = code
		}
	}
	switch {
	case code >= 0:
		return int64(code), fine
	case code == notACode:
		return 0, missingRequired
	case code == brokenCode:
		return 0, formulaError
	}
	return 0, f.invalid
}

// What the cache holds of a spelling that is none of the field's values, beside -1.
const (
	notACode   = -2 // it stands for an empty one
	brokenCode = -3 // it is the error of a formula
)

// lookup returns the place of a value in the field's dictionary, or -1.
func (f *fieldPlan) lookup(text []byte) int16 {
	if len(text) > maxText {
		return -1
	}
	switch f.Type {
	case CountryType:
		if i, ok := country.Index(string(text)); ok {
			return int16(i)
		}
		return -1
	case CodesType:
		mask := int16(0)
		for _, choice := range choices(text) {
			bit, ok := f.codes[foldName(choice)]
			if !ok {
				return -1
			}
			mask |= 1 << bit
		}
		return mask
	}
	if i, ok := f.codes[foldName(text)]; ok {
		return i
	}
	return -1
}

// choices takes a value of several codes apart: begeleiding + onderdak, begeleiding en onderdak.
func choices(text []byte) [][]byte {
	for _, and := range []string{" en ", " and ", " & "} {
		text = bytes.ReplaceAll(text, []byte(and), []byte{'+'})
	}
	return bytes.Split(bytes.Map(func(r rune) rune {
		if strings.ContainsRune(",/;", r) {
			return '+'
		}
		return r
	}, text), []byte{'+'})
}
