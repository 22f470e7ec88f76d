package ingest

import (
	"encoding/binary"
	"hash/maphash"

	"lvv/anonymize"
)

// key128 identifies a row, a case or a person: a pseudonym, or the hash of a number that is not
// secret. Chance collisions of 128 bits are not to be expected in any register.
type key128 struct{ hi, lo uint64 }

func pseudonymKey(p anonymize.Pseudonym) key128 {
	return key128{binary.BigEndian.Uint64(p[:8]), binary.BigEndian.Uint64(p[8:])}
}

// hasher hashes inputs under seeds of this process. Hashes are compared and never leave it.
type hasher struct{ a, b maphash.Seed }

func newHasher() hasher { return hasher{maphash.MakeSeed(), maphash.MakeSeed()} }

func (h hasher) key(b []byte) key128 { return key128{maphash.Bytes(h.a, b), maphash.Bytes(h.b, b)} }

func (h hasher) sum(b []byte) uint64 { return maphash.Bytes(h.a, b) }

// entry is what is remembered of a key.
type entry struct {
	key   key128
	check uint64 // hash of the input behind a pseudonym, to notice two inputs with one pseudonym
	sum   uint64 // hash of the parsed row, to tell a repeated row from a different one
}

// keyTable is a hash table of entries without pointers: 40 bytes a key at most, and nothing for the
// garbage collector to follow.
type keyTable struct {
	slots []uint32 // index of an entry, counted from 1
	pages [][]entry
	n     int
}

const pageSize = 1 << 13

func (t *keyTable) at(i uint32) *entry { return &t.pages[(i-1)/pageSize][(i-1)%pageSize] }

// find returns the entry of a key, or nil. It is safe for concurrent use while nothing is added.
func (t *keyTable) find(k key128) *entry {
	if t.n == 0 {
		return nil
	}
	mask := uint64(len(t.slots) - 1)
	for i := k.lo & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s == 0 {
			return nil
		}
		if e := t.at(s); e.key == k {
			return e
		}
	}
}

// add puts a key that is not there yet.
func (t *keyTable) add(e entry) {
	if t.n >= len(t.slots)/4*3 {
		t.grow()
	}
	if t.n%pageSize == 0 {
		t.pages = append(t.pages, make([]entry, 0, pageSize))
	}
	last := &t.pages[len(t.pages)-1]
	*last = append(*last, e)
	t.n++
	t.place(e.key, uint32(t.n))
}

func (t *keyTable) place(k key128, index uint32) {
	mask := uint64(len(t.slots) - 1)
	i := k.lo & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = index
}

func (t *keyTable) grow() {
	t.slots = make([]uint32, max(1024, 2*len(t.slots)))
	for i := 1; i <= t.n; i++ {
		t.place(t.at(uint32(i)).key, uint32(i))
	}
}
