package disclose

import (
	"encoding/binary"

	"lvv/anonymize/cells"
	"lvv/anonymize/pseudonym"
)

// Order says in which order the cells of a table are hidden to protect others: the rank of the i-th of so many, the smallest
// first. It must look at nothing but the table's name, and come from a key, so that who runs the program again cannot tell which
// of two tables it hid.
type Order func(table string, i, values int) int

// inOrder is the order of the code list.
func inOrder(_ string, i, _ int) int { return i }

// A cell is moved to before up to two of those behind it; one table in so many is in any order.
const (
	places   = 3
	anyOrder = 6
)

// KeyedOrder begins at the end of the code list: code lists name what is common first, so that less is lost with what is hidden.
// An HMAC of table and place, under a key that serves nothing else, moves each cell a little, and puts some tables into any order:
// without the key nobody can tell that a cell was passed over, which would say how small those are that it could not protect.
func KeyedOrder(k pseudonym.Key, pilot string, epoch int) Order {
	z := pseudonym.NewPseudonymizer(k, pilot, pseudonym.ForTables, epoch)
	draw := func(of []byte, n int) int {
		hash := z.Of("table", of)
		return int(binary.BigEndian.Uint64(hash[:8]) % uint64(n))
	}
	return func(table string, i, values int) int {
		place := max(1, min(16, cells.MaxRank/(values+places)))
		cell := binary.BigEndian.AppendUint32([]byte(table), uint32(i))
		if draw([]byte(table), anyOrder) == 0 {
			return draw(cell, values*place)
		}
		return (values-1-i)*place + draw(cell, places*place)
	}
}
