package model

import (
	"encoding/binary"
	"errors"
)

// A tree is oblivious: all nodes of a level ask the same question, "is this
// column of the unit so many places away at least so much?". So a unit's leaf
// is a number with one bit a level, and eight units are led down a tree at
// once: columns are bytes below 128, and the question to eight of them is one
// subtraction in a 64-bit word.

// depth is the number of levels.
const depth = 6

type split struct {
	column    uint8
	shift     int8 // which unit: 0 itself, -1 the one before
	threshold uint8
}

type tree struct {
	splits [depth]split
	leaves [1 << depth]int16
}

// A forest adds up trees. Its sum is a log-odds in 1/1024: integers, so that
// all machines agree to the bit.
type forest struct {
	bias  int32
	trees []tree
}

const treeSize = 3*depth + 2<<depth

// parse reads a forest as cmd/winnow-train writes it, and returns the rest:
//
//	trees uint32 | bias int32 | per tree: depth × (column, shift, threshold) bytes, 2^depth × leaf int16
//
// all little endian.
func (f *forest) parse(data []byte) (rest []byte, err error) {
	if len(data) < 8 {
		return nil, errors.New("model: truncated")
	}
	n := int(binary.LittleEndian.Uint32(data))
	f.bias = int32(binary.LittleEndian.Uint32(data[4:]))
	data = data[8:]
	if n > len(data)/treeSize {
		return nil, errors.New("model: truncated")
	}
	f.trees = make([]tree, n)
	for i := range f.trees {
		t := &f.trees[i]
		for d := range t.splits {
			s := split{data[0], int8(data[1]), data[2]}
			if int(s.column) >= numColumns || s.shift < -pad || s.shift > pad || s.threshold == 0 || s.threshold > 127 {
				return nil, errors.New("model: a split out of range")
			}
			t.splits[d] = s
			data = data[3:]
		}
		for l := range t.leaves {
			t.leaves[l] = int16(binary.LittleEndian.Uint16(data))
			data = data[2:]
		}
	}
	return data, nil
}

// score writes the forest's sum for every unit to dst.
func (f *forest) score(s *Scorer, dst []int32) {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
	)
	for i := range dst {
		dst[i] = f.bias
	}
	n := len(dst)
	for k := range f.trees {
		t := &f.trees[k]
		var col [depth][]byte
		var least [depth]uint64
		for d, sp := range t.splits {
			from := int(sp.column)*s.stride + pad + int(sp.shift)
			col[d] = s.cols[from : from+n+8]
			least[d] = uint64(0x80-sp.threshold) * ones
		}
		c0, c1, c2, c3, c4, c5 := col[0], col[1], col[2], col[3], col[4], col[5]
		for i := 0; i < n; i += 8 {
			// A byte b with its high bit set, less t, keeps that bit if b ≥ t.
			leaf := (binary.LittleEndian.Uint64(c0[i:]) + least[0]) & high >> 7
			leaf |= (binary.LittleEndian.Uint64(c1[i:]) + least[1]) & high >> 6
			leaf |= (binary.LittleEndian.Uint64(c2[i:]) + least[2]) & high >> 5
			leaf |= (binary.LittleEndian.Uint64(c3[i:]) + least[3]) & high >> 4
			leaf |= (binary.LittleEndian.Uint64(c4[i:]) + least[4]) & high >> 3
			leaf |= (binary.LittleEndian.Uint64(c5[i:]) + least[5]) & high >> 2
			if i+8 <= n {
				out := dst[i : i+8 : i+8]
				out[0] += int32(t.leaves[leaf&63])
				out[1] += int32(t.leaves[leaf>>8&63])
				out[2] += int32(t.leaves[leaf>>16&63])
				out[3] += int32(t.leaves[leaf>>24&63])
				out[4] += int32(t.leaves[leaf>>32&63])
				out[5] += int32(t.leaves[leaf>>40&63])
				out[6] += int32(t.leaves[leaf>>48&63])
				out[7] += int32(t.leaves[leaf>>56&63])
				continue
			}
			for j := i; j < n; j++ {
				dst[j] += int32(t.leaves[leaf&63])
				leaf >>= 8
			}
		}
	}
}
