package filter

import (
	"math"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

// A vocabulary knows the words of a shelf's phrases: how much more frequent
// each is there than in ordinary text, and which follow one another, begin and
// end phrases. Sites say the same thing in more ways than a pack can list; but
// a line of boilerplate is made of such words ("newsletter", "subscribe") and
// known joints ("to our", "our newsletter"), and prose is not. So a short block
// of them is most likely such a line, though no phrase is the same.
//
// Words that are everywhere ("what did you do") join in phrases of all kinds, a
// plug is of one.
type vocabulary struct {
	// Natural log of how many times more frequent a word, by its first letters, is
	// in phrases; of nothing if nobody knows how common words are in the language.
	words  frozen[float32]
	joints frozen[uint32] // the categories of each, a bit each
}

const vocabularyRule = "vocabulary"

// A block of more letters and numbers than this is not looked at.
const longestLine = 160

// newVocabulary collects the words and joints of phrases in a language; joints
// beside a gap do not count.
func newVocabulary(patterns []pattern, tag language.Tag) *vocabulary {
	known := map[uint32]uint32{} // joints
	type use struct {
		text    string
		phrases int
		last    *Phrase
	}
	uses := map[uint32]*use{}
	all := 0 // of phrases
	var t fold.Text
	var hashes []uint64
	var joints []uint32
	for _, e := range patterns {
		if e.Guard {
			continue
		}
		for i, literal := range e.literals {
			t.Fold(literal)
			hashes = appendWords(hashes[:0], &t)
			for k, hash := range hashes {
				u := uses[wordID(hash)]
				if u == nil {
					u = &use{text: string(stem(wordAt(&t, k)))}
					uses[wordID(hash)] = u
				}
				if u.last != e.Phrase { // once for all alternatives
					u.last = e.Phrase
					u.phrases++
					all++
				}
			}
			if e.Weak {
				continue
			}
			joints = appendJoints(joints[:0], hashes)
			if i > 0 || e.openStart {
				joints = joints[1:]
			}
			if i < len(e.literals)-1 || e.openEnd {
				joints = joints[:max(len(joints)-1, 0)]
			}
			for _, j := range joints {
				known[j] |= 1 << e.Category
			}
		}
	}
	v := &vocabulary{joints: freeze(known)}
	common := commonness(tag)
	if len(common) == 0 {
		return v
	}
	const prior = 100 // words of ordinary text that are added to the phrases'
	scores := make(map[uint32]float32, len(uses))
	for id, u := range uses {
		ordinary := max(common[u.text], rare)
		said := (float64(u.phrases) + prior*ordinary) / float64(all+prior)
		scores[id] = float32(min(math.Log(said/ordinary), 6))
	}
	v.words = freeze(scores)
	return v
}

// wordAt returns the word that begins at start k, without symbols.
func wordAt(t *fold.Text, k int) []byte {
	end := len(t.Bytes)
	if k+1 < len(t.Starts) {
		end = int(t.Starts[k+1].At)
	}
	return fold.TrimSymbols(t.Bytes[t.Starts[k].At:end])
}

// appendWords appends a hash of every word in t to dst.
func appendWords(dst []uint64, t *fold.Text) []uint64 {
	for k := range t.Starts {
		dst = append(dst, xxhash.Sum64(stem(wordAt(t, k))))
	}
	return dst
}

func wordID(hash uint64) uint32 { return uint32(hash >> 32) }

// appendJoints appends a hash of every pair of neighbours to dst: words, or
// letters of an unspaced script, and the edges.
func appendJoints(dst []uint32, words []uint64) []uint32 {
	before := uint64(0)
	for _, word := range words {
		dst = append(dst, joint(before, word))
		before = word
	}
	return append(dst, joint(before, 1))
}

func joint(before, after uint64) uint32 { return uint32((bits.RotateLeft64(before, 17) ^ after) >> 32) }

// stem returns the first letters of a word: endings change.
func stem(word []byte) []byte {
	if len(word) <= stemLetters {
		return word
	}
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
func (v *vocabulary) share(joints []uint32) (float64, Category) {
	var known [numCategories]int
	best := Other
	for _, j := range joints {
		for set, _ := v.joints.at(j); set != 0; set &= set - 1 {
			c := Category(bits.TrailingZeros32(set))
			if known[c]++; known[c] > known[best] {
				best = c
			}
		}
	}
	return float64(known[best]) / float64(len(joints)), best
}

// score returns the mean score of the words of t, numbers apart, and which part
// of them is not known.
func (v *vocabulary) score(t *fold.Text, words []uint64) (mean, unknown float64) {
	n := 0.0
	for k, s := range t.Starts {
		if t.Bytes[s.At] == '0' {
			continue
		}
		n++
		if w, ok := v.words.at(wordID(words[k])); ok {
			mean += float64(w)
		} else {
			unknown++
		}
	}
	return mean / max(n, 1), unknown / max(n, 1)
}

// vocabulary returns what the packs' vocabulary says of the block in hand, of
// which no phrase says much.
func (r *reader) vocabulary() (s Signal) {
	words, first := 0, byte(0) // and the highest first byte of one
	for _, s := range r.text.Starts {
		if c := r.text.Bytes[s.At]; c != '0' {
			words++
			first = max(first, c)
		}
	}
	if words < 2 || r.text.Letters > longestLine || r.alone() {
		return s // too little or too much to go by, or nothing that it could stand beside
	}
	if line := r.input[r.block.Start:r.block.End]; strings.ContainsAny(line[:1], "-*") || strings.ContainsAny(line, "{}=;_") || line[len(line)-1] == ',' {
		return s // an item of a list, code, or the beginning of something
	}
	if first >= 0xe0 && first < 0xe3 && r.text.Letters > 2*len(r.text.Starts) && r.text.Letters <= 3*len(r.text.Starts) {
		return s // Thai, Lao, Khmer, Burmese: pairs of their letters are in all texts
	}
	r.words = appendWords(r.words[:0], &r.text)
	r.joints = appendJoints(r.joints[:0], r.words)
	s = Signal{Rule: vocabularyRule, Span: r.block}
	for _, v := range r.view.shelves {
		if !v.native {
			continue
		}
		share, c := v.words.share(r.joints)
		weight := 10 * (share - .3) * min(1, float64(len(r.joints))/4)
		if v.words.words.slots != nil {
			mean, unknown := v.words.score(&r.text, r.words)
			weight = vocabularyBias + 5.9*share + 1.9*mean + .5*unknown
		}
		if weight = min(weight, weightStrong-1); weight > s.Weight {
			s.Weight, s.Category = weight, c
		}
	}
	return s
}

// A logistic regression gave the factors, from lines of bodies and from
// boilerplate that no pack had (the phrases that winnow eval calls held back).
// The bias is the highest at which less than one in a thousand of the sentences
// beside boilerplate is damaged.
const vocabularyBias = -3.4 + strongest - 1.5
