package ingest

import (
	"encoding/binary"
	"hash/maphash"

	"lvv/anonymize/pseudonym"
)

// key128 identifies a row or a person: a pseudonym, or a hash that never leaves the process. Chance collisions of 128 bits are not to be expected in any register.
type key128 struct{ hi, lo uint64 }

func pseudonymKey(p pseudonym.Pseudonym) key128 {
	return key128{binary.BigEndian.Uint64(p[:8]), binary.BigEndian.Uint64(p[8:])}
}

// pseudonym is the inverse of pseudonymKey.
func (k key128) pseudonym() (p pseudonym.Pseudonym) {
	k.put(p[:])
	return p
}

// put writes the key as the bytes of a pseudonym.
func (k key128) put(b []byte) {
	binary.BigEndian.PutUint64(b[:8], k.hi)
	binary.BigEndian.PutUint64(b[8:16], k.lo)
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

// keyTable is a hash table of entries without pointers, so that it gives the garbage collector
// nothing to follow.
type keyTable struct {
	paged[entry]
	slots []slot
	ahead uint64 // of what warm loaded; the compiler must believe that it is used
}

// slot holds the index of an entry, counted from 1, and half of its key: most misses end here.
type slot struct{ index, tag uint32 }

const pageSize = 1 << 13

// find returns the entry of a key, or nil. It is safe for concurrent use while nothing is added.
func (t *keyTable) find(k key128) *entry {
	if i := t.index(k); i > 0 {
		return t.at(i)
	}
	return nil
}

// index returns the place of a key, counted from 1 in the order in which keys were added, or 0.
func (t *keyTable) index(k key128) uint32 {
	if t.n == 0 {
		return 0
	}
	mask, tag := uint64(len(t.slots)-1), uint32(k.hi)
	for i := k.lo & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s.index == 0 || s.tag == tag && t.at(s.index).key == k {
			return s.index
		}
	}
}

// warm loads what find will need for the keys. The loads do not wait for each other, as those of
// successive calls of find do, which takes most of the time of a join that does not fit the caches:
// 1.0 s of 1.1 s for two million stays on a million cases. What others holds of the same places is loaded too.
func (t *keyTable) warm(keys []key128, others *paged[key128]) {
	if t.n == 0 {
		return
	}
	mask, sum := uint64(len(t.slots)-1), uint64(0)
	last := key128{}
	for _, k := range keys {
		if k == last {
			continue
		}
		last = k
		if s := t.slots[k.lo&mask]; s.tag == uint32(k.hi) && s.index != 0 {
			sum += t.at(s.index).check
			if others != nil && int(s.index) <= others.n {
				sum += others.at(s.index).lo
			}
		}
	}
	t.ahead += sum
}

// add puts a key that is not there yet.
func (t *keyTable) add(e entry) {
	if t.n >= len(t.slots)/4*3 {
		t.resize(max(1024, 2*len(t.slots)))
	}
	t.paged.add(e)
	t.place(e.key, uint32(t.n))
}

func (t *keyTable) place(k key128, index uint32) {
	mask := uint64(len(t.slots) - 1)
	i := k.lo & mask
	for t.slots[i].index != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = slot{index, uint32(k.hi)}
}

// maxReserved bounds what an estimate may claim ahead of need, in keys.
const maxReserved = 4 << 20

// reserve makes room for about so many more keys.
func (t *keyTable) reserve(keys int64) {
	size := 1024
	for int64(size/4*3) < int64(t.n)+min(keys, maxReserved) {
		size *= 2
	}
	if size > len(t.slots) {
		t.resize(size)
	}
}

func (t *keyTable) resize(size int) {
	t.slots = make([]slot, size)
	for i := 1; i <= t.n; i++ {
		t.place(t.at(uint32(i)).key, uint32(i))
	}
}

// paged is a list that grows without moving what is in it.
type paged[T any] struct {
	pages [][]T
	n     int
}

func (l *paged[T]) add(v T) {
	if l.n%pageSize == 0 {
		l.pages = append(l.pages, make([]T, 0, pageSize))
	}
	last := &l.pages[len(l.pages)-1]
	*last = append(*last, v)
	l.n++
}

// at returns what has the place, counted from 1.
func (l *paged[T]) at(i uint32) *T { return &l.pages[(i-1)/pageSize][(i-1)%pageSize] }
