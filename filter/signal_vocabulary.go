package filter

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

// A vocabulary knows which words follow one another in the phrases of a shelf,
// and which begin and end them. Sites say the same thing in more ways than a
// pack can list; but a line of boilerplate is made of known joints: "subscribe
// to", "to our", "our newsletter", and prose is not. So a short block most of
// whose joints are known is most likely such a line, though no phrase is the
// same.
//
// Of each joint it knows the categories, a bit each: words that are everywhere
// ("what did you do") join in phrases of all kinds, a plug is of one.
type vocabulary map[uint32]uint32

const vocabularyRule = "vocabulary"

// A block of more letters and numbers than this is not looked at.
const longestLine = 160

// newVocabulary collects the joints of phrases; those beside a gap do not count.
func newVocabulary(entries []entry) vocabulary {
	v := vocabulary{}
	var t fold.Text
	var joints []uint32
	for _, e := range entries {
		if e.Guard || e.Weak {
			continue
		}
		for i, literal := range e.pattern.Literals {
			t.Fold(literal)
			joints = appendJoints(joints[:0], &t)
			if i > 0 || e.pattern.OpenStart {
				joints = joints[1:]
			}
			if i < len(e.pattern.Literals)-1 || e.pattern.OpenEnd {
				joints = joints[:max(len(joints)-1, 0)]
			}
			for _, j := range joints {
				v[j] |= 1 << e.Category
			}
		}
	}
	return v
}

// appendJoints appends a hash of every pair of neighbours in t to dst: words, or
// letters of an unspaced script, and the edges.
func appendJoints(dst []uint32, t *fold.Text) []uint32 {
	before := uint64(0)
	for i, s := range t.Starts {
		end := len(t.Bytes)
		if i+1 < len(t.Starts) {
			end = int(t.Starts[i+1].At)
		}
		word := xxhash.Sum64(stem(fold.TrimSymbols(t.Bytes[s.At:end])))
		dst = append(dst, joint(before, word))
		before = word
	}
	return append(dst, joint(before, 1))
}

func joint(before, after uint64) uint32 { return uint32((bits.RotateLeft64(before, 17) ^ after) >> 32) }

// stem returns the first letters of a word: endings change.
func stem(word []byte) []byte {
	for i, letters := 0, 0; i < len(word); letters++ {
		if letters == stemLetters {
			return word[:i]
		}
		_, size := utf8.DecodeRune(word[i:])
		i += size
	}
	return word
}

const stemLetters = 5

// share returns which part of joints is known in the category that knows most
// of them, 0 to 1, and that category.
func (v vocabulary) share(joints []uint32) (float64, Category) {
	var known [numCategories]int
	best := Other
	for _, j := range joints {
		for set := v[j]; set != 0; set &= set - 1 {
			c := Category(bits.TrailingZeros32(set))
			if known[c]++; known[c] > known[best] {
				best = c
			}
		}
	}
	return float64(known[best]) / float64(len(joints)), best
}

// vocabulary appends to dst what the packs' vocabulary says of the block in
// hand, of which no phrase says anything: from nothing, at half of the joints
// known, to less than a phrase at all of them.
func (r *reader) vocabulary(dst []Signal) []Signal {
	words := 0
	for _, s := range r.text.Starts {
		if r.text.Bytes[s.At] != '0' {
			words++
		}
	}
	if words < 2 || r.text.Letters > longestLine || r.block.Len() == len(strings.TrimSpace(r.input)) {
		return dst // too little or too much to go by, or nothing that it could stand beside
	}
	r.joints = appendJoints(r.joints[:0], &r.text)
	even := 0.45
	if first := r.text.Bytes[r.text.Starts[0].At]; r.text.Letters > 2*len(r.text.Starts) && r.text.Letters <= 3*len(r.text.Starts) && first >= 0xe0 {
		if first < 0xe3 {
			return dst // Thai, Lao, Khmer, Burmese: pairs of their letters are in all texts
		}
		even = 0.6 // those of Chinese and Japanese in many
	}
	s := Signal{Rule: vocabularyRule, Span: r.block}
	for _, v := range r.view.shelves {
		if !v.native {
			continue
		}
		share, c := v.words.share(r.joints)
		if weight := 7 * (share - even) * min(1, float64(len(r.joints))/4); weight > s.Weight {
			s.Weight, s.Category = weight, c
		}
	}
	if s.Weight > 0 {
		dst = append(dst, s)
	}
	return dst
}
