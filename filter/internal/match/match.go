// Package match finds many phrases in folded text.
//
// Phrases begin where a sentence, a block or a label begins, so there is no
// need to look for them at every byte, as an Aho–Corasick automaton would: the
// caller names the places (one in some fifty bytes of prose), and a sorted
// table answers which phrases begin there. The table is the sorted list of the
// phrases' first literals. Take the last one that is not greater than the text
// at hand: every literal that is a prefix of the text is either that one or a
// prefix of it, for whatever sorts between a prefix of the text and the text
// shares that prefix. So one binary search, where a hash of the first four bytes
// says that it is worth it, and a walk along "longest literal that is a prefix of this one"
// links find them all, longest first. Sorting is all it takes to build, and it
// needs a few bytes a phrase beside the phrases, where the states of an
// automaton over 75 languages would fill the caches.
package match

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
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
	tails            [][][]byte // of each pattern: its literals but the first
	anchored, afloat table
}

// Compile builds the set of patterns. A first literal has two bytes or more.
func Compile(patterns []Pattern) *Set {
	s := &Set{tails: make([][][]byte, len(patterns))}
	var anchored, afloat []int
	for i, p := range patterns {
		for _, literal := range p.Literals[1:] {
			s.tails[i] = append(s.tails[i], []byte(literal))
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
	for i := in.longest(t.Bytes[at:]); i >= 0; i = int(in.prefix[i]) {
		first := at + len(in.literals[i])
		if !t.Boundary(first) {
			continue
		}
		for _, p := range in.patterns[in.from[i]:in.from[i+1]] {
			if end := follow(t, first, s.tails[p]); end >= 0 {
				dst = append(dst, Hit{int(p), at, end})
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
	literals []string        // sorted, each once
	prefix   []int32         // of each literal: the longest other that it begins with, or -1
	from     []int32         // patterns[from[i]:from[i+1]] begin with literal i
	patterns []int32         // indexes of patterns
	byFour   [1 << 10]uint64 // a bit for each hash of the first four bytes, or of two and three of shorter ones
}

func newTable(all []Pattern, which []int) table {
	slices.SortFunc(which, func(x, y int) int {
		return cmp.Or(strings.Compare(all[x].Literals[0], all[y].Literals[0]), x-y)
	})
	t := table{patterns: make([]int32, 0, len(which))}
	for _, p := range which {
		literal := all[p].Literals[0]
		if n := len(t.literals); n == 0 || t.literals[n-1] != literal {
			prefix := int32(n - 1)
			for prefix >= 0 && !strings.HasPrefix(literal, t.literals[prefix]) {
				prefix = t.prefix[prefix]
			}
			t.literals = append(t.literals, literal)
			t.prefix = append(t.prefix, prefix)
			t.from = append(t.from, int32(len(t.patterns)))
			h := hash([]byte(literal[:min(len(literal), 4)]))
			t.byFour[h/64] |= 1 << (h % 64)
		}
		t.patterns = append(t.patterns, int32(p))
	}
	t.from = append(t.from, int32(len(t.patterns)))
	t.literals, t.prefix, t.from = slices.Clip(t.literals), slices.Clip(t.prefix), slices.Clip(t.from)
	return t
}

// longest returns the index of the longest literal that b begins with, or -1.
func (t *table) longest(b []byte) int {
	if !t.mayBegin(b) {
		return -1
	}
	// The first literal that is greater than b; the one before is the candidate.
	i := sort.Search(len(t.literals), func(i int) bool {
		literal := t.literals[i]
		return string(b[:min(len(b), len(literal))]) < literal
	}) - 1
	for i >= 0 && !beginsWith(b, t.literals[i]) {
		i = int(t.prefix[i])
	}
	return i
}

// mayBegin reports whether some literal may begin as b does, by its first four
// bytes, or all of it if it is shorter.
func (t *table) mayBegin(b []byte) bool {
	for n := min(len(b), 4); n >= 2; n-- {
		if h := hash(b[:n]); t.byFour[h/64]&(1<<(h%64)) != 0 {
			return true
		}
	}
	return false
}

// hash mixes two to four bytes into 16 bits.
func hash(b []byte) uint32 {
	h := uint32(len(b))
	for _, c := range b {
		h = h<<8 ^ h>>24 ^ uint32(c)
	}
	return h * 0x9e3779b1 >> 16
}

func beginsWith(b []byte, literal string) bool {
	return len(b) >= len(literal) && string(b[:len(literal)]) == literal
}
