package pseudonym

import (
	"strings"

	"lvv/internal/say"
)

// Bech32, as BIP-173 defines it (https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki) and age
// writes its keys: a prefix, "1", the data in digits of five bits, and six digits of a BCH code. In a text of
// this length it notices any four wrong characters, and of other mistakes all but one in 2^30. The limit of
// 90 characters is kept.

const bech32Digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

const bech32CheckDigits = 6

var errBech32 = say.Errorf("its checksum is wrong")

// bech32Encode writes data behind a prefix, which is in lower case.
func bech32Encode(prefix string, data []byte) string {
	digits := regroup(data, 8, 5, true)
	check := bech32Sum(prefix, append(digits, make([]byte, bech32CheckDigits)...)) ^ 1
	for i := range bech32CheckDigits {
		digits = append(digits, byte(check>>(5*(bech32CheckDigits-1-i)))&31)
	}
	var b strings.Builder
	b.WriteString(prefix + "1")
	for _, d := range digits {
		b.WriteByte(bech32Digits[d])
	}
	return b.String()
}

// bech32Decode reads what bech32Encode writes, in lower or in upper case but not in both.
func bech32Decode(prefix, text string) ([]byte, error) {
	lower := strings.ToLower(text)
	body, ok := strings.CutPrefix(lower, prefix+"1")
	if !ok || text != lower && text != strings.ToUpper(text) || len(body) < bech32CheckDigits {
		return nil, errBech32
	}
	digits := make([]byte, len(body))
	for i := range body {
		d := strings.IndexByte(bech32Digits, body[i])
		if d < 0 {
			return nil, errBech32
		}
		digits[i] = byte(d)
	}
	if bech32Sum(prefix, digits) != 1 {
		return nil, errBech32
	}
	data := regroup(digits[:len(digits)-bech32CheckDigits], 5, 8, false)
	if data == nil {
		return nil, errBech32
	}
	return data, nil
}

// bech32Sum is the remainder of prefix and digits by the generator polynomial.
func bech32Sum(prefix string, digits []byte) uint32 {
	sum := uint32(1)
	add := func(digit byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(digit)
		for i, g := range []uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	for _, c := range []byte(prefix) {
		add(c >> 5)
	}
	add(0)
	for _, c := range []byte(prefix) {
		add(c & 31)
	}
	for _, d := range digits {
		add(d)
	}
	return sum
}

// regroup turns digits of some bits into digits of others. Without pad it returns nil where bits other
// than zeros, or a whole digit of them, would be lost.
func regroup(in []byte, from, to uint, pad bool) []byte {
	var acc, bits uint
	out := []byte{}
	for _, d := range in {
		acc, bits = acc<<from|uint(d), bits+from
		for bits >= to {
			bits -= to
			out = append(out, byte(acc>>bits)&(1<<to-1))
		}
		acc &= 1<<bits - 1
	}
	switch {
	case pad && bits > 0:
		out = append(out, byte(acc<<(to-bits))&(1<<to-1))
	case !pad && (bits >= from || acc != 0):
		return nil
	}
	return out
}
