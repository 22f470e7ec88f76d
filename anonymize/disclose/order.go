package disclose

import (
	"encoding/binary"

	"lvv/anonymize/pseudonym"
)

// KeyedOrder rotates the code list of a table by an HMAC of its name, under a key that serves nothing else. It begins in
// the second half of the list: code lists name what is common first, so that less is lost with what is hidden.
func KeyedOrder(k pseudonym.Key, pilot string, epoch int) Order {
	z := pseudonym.NewPseudonymizer(k, pilot, pseudonym.ForTables, epoch)
	return func(table string, values int) int {
		hash := z.Of("table", []byte(table))
		half := values / 2
		return half + int(binary.BigEndian.Uint64(hash[:8])%uint64(values-half))
	}
}
