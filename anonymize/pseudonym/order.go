package pseudonym

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Order hides numbers and keeps how those of one person compare. Definitions break ties by the smaller
// number, and a pseudonym cannot tell which that is.
//
// A number is taken for a fraction in base 256, to which a secret of its person is added: the output of
// AES-256 in counter mode, with the person's pseudonym as first counter block. Without the key a hidden
// number says nothing of the number itself, and nothing compares those of two persons. Of two numbers of
// one person it shows which is the smaller and how far they lie apart.
type Order struct{ block cipher.Block }

// A hidden number has orderMargin zero bytes in front, which keep the sum of number and secret from
// showing either, and at least one behind, which keeps a carry out of it.
const orderMargin = 3

// Order returns that of the purpose.
func (p *Pseudonymizer) Order() *Order {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte("order"))
	block, err := aes.NewCipher(mac.Sum(nil))
	if err != nil {
		panic("pseudonym: make cipher: " + err.Error()) // only for other lengths of key
	}
	return &Order{block}
}

// AppendNumber appends a normalised number in the form that [Order.Hide] takes. It is not hidden yet.
func AppendNumber(dst, number []byte) []byte {
	size := (orderMargin + len(number) + aes.BlockSize) / aes.BlockSize * aes.BlockSize
	dst = append(dst, make([]byte, orderMargin)...)
	dst = append(dst, number...)
	return append(dst, make([]byte, size-orderMargin-len(number))...)
}

// Hide hides what AppendNumber appended, in its place.
func (o *Order) Hide(number []byte, person Pseudonym) {
	hi, lo := binary.BigEndian.Uint64(person[:8]), binary.BigEndian.Uint64(person[8:])
	var counter, secret [aes.BlockSize]byte
	carry := uint64(0)
	for at := len(number) - aes.BlockSize; at >= 0; at -= aes.BlockSize {
		low, over := bits.Add64(lo, uint64(at/aes.BlockSize), 0)
		binary.BigEndian.PutUint64(counter[:8], hi+over)
		binary.BigEndian.PutUint64(counter[8:], low)
		o.block.Encrypt(secret[:], counter[:])
		if at == 0 {
			secret[0] &= 0x7f // the sum never overflows
		}
		block := number[at : at+aes.BlockSize]
		for half := 8; half >= 0; half -= 8 {
			var sum uint64
			sum, carry = bits.Add64(binary.BigEndian.Uint64(block[half:]), binary.BigEndian.Uint64(secret[half:]), carry)
			binary.BigEndian.PutUint64(block[half:], sum)
		}
	}
}
