// Package match finds many phrases in folded text.
//
// Phrases begin where a sentence, a block or a label begins, so there is no
// need to look for them at every byte, as an Aho–Corasick automaton would: the
// caller names the places (one in some fifty bytes of prose), and a table
// answers which phrases begin there. The table is a list of the phrases' first
// literals in buckets, by a hash of their first bytes, and each bucket is
// sorted. Take the last literal of the bucket that is not greater than the text
// at hand: every literal that is a prefix of the text is either that one or a
// prefix of it, for whatever sorts between a prefix of the text and the text
// shares that prefix. So one binary search among a few, and a walk along
// "longest literal that is a prefix of this one" links find them all, longest
// first. Sorting is all it takes to build, and it needs a few bytes a phrase
// beside the phrases, where the states of an automaton over 75 languages would
// fill the caches.
package match

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

// MaxGap is the number of folded bytes that a gap between two literals spans
// at most.
const MaxGap = 240

// A Pattern is a phrase in folded form: literals with gaps between them.
type Pattern struct {
	Literals  []string // one or more, none empty
	OpenStart bool     // a gap comes first: it matches at any word
	OpenEnd   bool     // a gap comes last
}

// A Hit is a place where a pattern's literals match.
type Hit struct {
	Pattern    int // index in the list given to Compile
	Start, End int // folded bytes, from the first literal to the end of the last
}

// A Set is a compiled list of patterns, safe for concurrent use.
type Set struct {
	tails            map[int32][][]byte // of each pattern that has more than one literal: the others
	anchored, afloat table
}

// Compile builds the set of patterns. A first literal has two bytes or more.
func Compile(patterns []Pattern) *Set {
	s := &Set{tails: map[int32][][]byte{}}
	var anchored, afloat []int
	for i, p := range patterns {
		for _, literal := range p.Literals[1:] {
			s.tails[int32(i)] = append(s.tails[int32(i)], []byte(literal))
		}
		if p.OpenStart {
			afloat = append(afloat, i)
		} else {
			anchored = append(anchored, i)
		}
	}
	s.anchored = newTable(patterns, anchored)
	s.afloat = newTable(patterns, afloat)
	return s
}

// Anchored appends to dst the hits of patterns without an open start that
// begin at offset at of the folded text, longest first literal first.
func (s *Set) Anchored(dst []Hit, t *fold.Text, at int) []Hit {
	return s.find(dst, &s.anchored, t, at)
}

// Afloat does the same for patterns with an open start.
func (s *Set) Afloat(dst []Hit, t *fold.Text, at int) []Hit {
	return s.find(dst, &s.afloat, t, at)
}

func (s *Set) find(dst []Hit, in *table, t *fold.Text, at int) []Hit {
	b := t.Bytes[at:]
	if len(b) < 2 {
		return dst
	}
	head := headOf(b)
	for levels := in.pairs[pair(b)]; levels != 0; levels &= levels - 1 {
		level := bits.TrailingZeros8(levels)
		if lengths[level] > len(b) {
			continue
		}
		h := in.hash(head, level)
		if in.bits[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		h /= bitsPerBucket
		for i := in.longest(b, int(in.buckets[h]), int(in.buckets[h+1])); i >= 0; i = int(in.prefix[i]) {
			literal := in.literal(i)
			first := at + len(literal)
			if levelOf(literal) != level || !t.Boundary(first) {
				continue
			}
			for _, p := range in.patterns[in.from[i]:in.from[i+1]] {
				if end := follow(t, first, s.tails[p]); end >= 0 {
					dst = append(dst, Hit{int(p), at, end})
				}
			}
		}
	}
	return dst
}

// follow returns where the last of the literals ends when they follow one
// another in t from offset end on, with gaps before them, or -1.
func follow(t *fold.Text, end int, literals [][]byte) int {
next:
	for _, literal := range literals {
		window := t.Bytes[end:min(len(t.Bytes), end+MaxGap+len(literal))]
		for from := 0; ; {
			i := bytes.Index(window[from:], literal)
			if i < 0 {
				return -1
			}
			start := end + from + i
			if t.Boundary(start) && t.Boundary(start+len(literal)) {
				end = start + len(literal)
				continue next
			}
			from += i + 1
		}
	}
	return end
}

// A table holds the first literals of patterns.
type table struct {
	pairs    Pairs
	bits     []uint64 // a bit for each hash that a literal has
	shift    int      // of a hash, to as many bits as there are
	buckets  []int32  // literals buckets[h] up to buckets[h+1] are those of bucket h
	literals string   // each once, sorted within a bucket, one after the other
	starts   []int32  // literals[starts[i]:starts[i+1]] is literal i
	prefix   []int32  // of each literal: the longest other of its bucket that it begins with, or -1
	from     []int32  // patterns[from[i]:from[i+1]] begin with literal i
	patterns []int32  // indexes of patterns
}

// bitsPerBucket is how many hashes share a bucket: bits are cheaper.
const bitsPerBucket = 8

// lengths are the numbers of bytes that are hashed, by level: of a literal, the
// most that it has.
var lengths = [...]int{8, 4, 3, 2}

func levelOf(literal string) (level int) {
	for len(literal) < lengths[level] {
		level++
	}
	return level
}

// Pairs holds the levels of literals, a bit each, by their first two bytes.
type Pairs [1 << 12]uint8

// Has reports whether a literal may begin as b does.
func (p *Pairs) Has(b []byte) bool { return len(b) >= 2 && p[pair(b)] != 0 }

// Add adds the literals of the patterns with an open start to p.
func (p *Pairs) Add(s *Set) {
	for i, levels := range s.afloat.pairs {
		p[i] |= levels
	}
}

// pair mixes the first two bytes; what tells them apart is in the lower six bits.
func pair(b []byte) int { return int(b[0]&0x3f) | int(b[1]&0x3f)<<6 }

// headOf returns the first eight bytes of b, with zeros after its end.
func headOf(b []byte) (head uint64) {
	if len(b) >= 8 {
		return binary.LittleEndian.Uint64(b)
	}
	for i, c := range b {
		head |= uint64(c) << (8 * i)
	}
	return head
}

// hash returns the hash of the first bytes of a literal of the level.
func (t *table) hash(head uint64, level int) uint64 {
	return (head<<(64-8*lengths[level]) ^ uint64(level)) * 0x9e3779b97f4a7c15 >> t.shift
}

func newTable(all []Pattern, which []int) table {
	size := max(bits.Len(uint(len(which))), 3)
	t := table{
		bits: make([]uint64, bitsPerBucket<<size/64), shift: 64 - bits.Len(bitsPerBucket<<size-1),
		buckets: make([]int32, 1<<size+1), patterns: make([]int32, 0, len(which)),
	}
	type place struct{ bucket, pattern int32 }
	places := make([]place, len(which))
	for i, p := range which {
		literal := []byte(all[p].Literals[0])
		level := levelOf(all[p].Literals[0])
		h := t.hash(headOf(literal), level)
		t.pairs[pair(literal)] |= 1 << level
		t.bits[h/64] |= 1 << (h % 64)
		places[i] = place{int32(h / bitsPerBucket), int32(p)}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.bucket != b.bucket {
			return cmp.Compare(a.bucket, b.bucket)
		}
		return cmp.Or(strings.Compare(all[a.pattern].Literals[0], all[b.pattern].Literals[0]), cmp.Compare(a.pattern, b.pattern))
	})
	var literals []string
	bucket, first := int32(-1), int32(0) // the first literal of the bucket
	for _, p := range places {
		literal := all[p.pattern].Literals[0]
		if n := int32(len(literals)); n == 0 || literals[n-1] != literal {
			if p.bucket != bucket {
				bucket, first = p.bucket, n
			}
			prefix := n - 1
			for prefix >= first && !strings.HasPrefix(literal, literals[prefix]) {
				prefix = t.prefix[prefix]
			}
			if prefix < first {
				prefix = -1
			}
			literals = append(literals, literal)
			t.prefix = append(t.prefix, prefix)
			t.from = append(t.from, int32(len(t.patterns)))
			t.buckets[p.bucket+1] = n + 1
		}
		t.patterns = append(t.patterns, p.pattern)
	}
	for h := 1; h < len(t.buckets); h++ { // empty ones end where the one before ends
		t.buckets[h] = max(t.buckets[h], t.buckets[h-1])
	}
	t.from = append(t.from, int32(len(t.patterns)))
	t.prefix, t.from = slices.Clip(t.prefix), slices.Clip(t.from)
	t.literals, t.starts = strings.Join(literals, ""), make([]int32, len(literals)+1)
	for i, literal := range literals {
		t.starts[i+1] = t.starts[i] + int32(len(literal))
	}
	return t
}

func (t *table) literal(i int) string { return t.literals[t.starts[i]:t.starts[i+1]] }

// longest returns the index of the longest literal that b begins with, of those
// from i up to j, or -1.
func (t *table) longest(b []byte, i, j int) int {
	first := i
	for i < j { // to the first literal that is greater than b; the one before is the candidate
		m := int(uint(i+j) / 2)
		if literal := t.literal(m); string(b[:min(len(b), len(literal))]) < literal {
			j = m
		} else {
			i = m + 1
		}
	}
	if i == first {
		return -1
	}
	for i--; i >= 0 && !beginsWith(b, t.literal(i)); {
		i = int(t.prefix[i])
	}
	return i
}

func beginsWith(b []byte, literal string) bool {
	return len(b) >= len(literal) && string(b[:len(literal)]) == literal
}
