package filter

import "math/bits"

// A frozen map is one of keys that are hashes, and does not change any more. It
// is at most half full, so that one look tells of most keys that it has not got.
type frozen[V any] struct {
	slots []slot[V] // nil: nothing is known
	shift int
}

type slot[V any] struct {
	key   uint32 // 0: the slot is free
	value V
}

func freeze[V any](m map[uint32]V) frozen[V] {
	size := bits.Len(uint(len(m))) + 1
	f := frozen[V]{make([]slot[V], 1<<size), 32 - size}
	for k, v := range m {
		*f.slot(k) = slot[V]{max(k, 1), v}
	}
	return f
}

// at returns the value of a key, and whether there is one.
func (f *frozen[V]) at(key uint32) (v V, ok bool) {
	s := f.slot(key)
	return s.value, s.key != 0
}

// slot returns the slot of a key, or the free one where it would be.
func (f *frozen[V]) slot(key uint32) *slot[V] {
	key = max(key, 1)
	for i := key >> f.shift; ; i = (i + 1) & uint32(len(f.slots)-1) {
		if s := &f.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}
