package filter

import (
	"math"
	"math/bits"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
	"github.com/seed-966a822a/winnow/filter/model"
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

// A wording is what a vocabulary says of a stretch of words.
type wording struct {
	share    float64 // of the joints: those known in the category that knows most of them
	category Category
	words    int     // numbers apart
	mean     float64 // of their scores, 0 for those not known
	unknown  float64 // share of these; all, if nobody knows how common words are
}

// wording reads the words of t from one to before another, by their hashes and
// joints.
func (v *vocabulary) wording(t *fold.Text, words []uint64, joints []uint32, from, to int) wording {
	w := wording{category: Other, unknown: 1}
	if to < len(words) {
		joints = joints[:to]
	}
	joints = joints[from:]
	var known [numCategories]int
	for _, j := range joints {
		for set, _ := v.joints.at(j); set != 0; set &= set - 1 {
			c := Category(bits.TrailingZeros32(set))
			if known[c]++; known[c] > known[w.category] {
				w.category = c
			}
		}
	}
	w.share = float64(known[w.category]) / float64(len(joints))
	if v.words.slots == nil {
		return w
	}
	unknown := 0
	for k := from; k < to; k++ {
		if t.Bytes[t.Starts[k].At] == '0' {
			continue
		}
		w.words++
		if score, ok := v.words.at(wordID(words[k])); ok {
			w.mean += float64(score)
		} else {
			unknown++
		}
	}
	n := float64(max(w.words, 1))
	w.mean, w.unknown = w.mean/n, float64(unknown)/n
	return w
}

// wordings returns what the vocabularies of the block's own languages say of its
// words from one to before another. It holds until the next call; the same
// stretch again costs nothing.
func (r *reader) wordings(from, to int) []wording {
	if len(r.words) == 0 {
		r.words = appendWords(r.words, &r.text)
		r.joints = appendJoints(r.joints[:0], r.words)
	}
	if stretch := [2]int{from, to}; len(r.wordsSay) == 0 || stretch != r.stretch {
		r.stretch, r.wordsSay = stretch, r.wordsSay[:0]
		for _, v := range r.view.shelves {
			if v.native {
				r.wordsSay = append(r.wordsSay, v.words.wording(&r.text, r.words, r.joints, from, to))
			}
		}
	}
	return r.wordsSay
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
	s = Signal{Rule: vocabularyRule, Span: r.block}
	for _, w := range r.wordings(0, len(r.text.Starts)) {
		weight := 10 * (w.share - .3) * min(1, float64(len(r.joints))/4)
		if w.words > 0 {
			weight = vocabularyBias + 5.9*w.share + 1.9*w.mean + .5*w.unknown
		}
		if weight = min(weight, weightStrong-1); weight > s.Weight {
			s.Weight, s.Category = weight, w.category
		}
	}
	return s
}

// A logistic regression gave the factors, from lines of bodies and from
// boilerplate that no pack had (the phrases that winnow eval calls held back).
// The bias is the highest at which less than one in a thousand of the sentences
// beside boilerplate is damaged.
const vocabularyBias = -3.4 + strongest - 1.5

// terms tells the model what the words of the block in hand say, unit by unit: by
// the vocabulary that knows most of them, if the block may be in two languages.
func (r *reader) terms(units []model.Unit) {
	from, to := 0, 0
	for i := range units {
		u := &units[i]
		from, to = to, len(r.text.Starts)
		if i+1 < len(units) {
			to = r.startAt(units[i+1].Start)
		}
		if from == to {
			continue
		}
		best := wording{unknown: 1}
		for _, w := range r.wordings(from, to) {
			if w.unknown <= best.unknown {
				best = w
			}
		}
		u.Joints = uint8(127 * best.share)
		if best.words > 0 {
			u.Terms = uint8(min(max(64+float64(20*best.mean), 1), 127)) // no fused product: all machines agree
			u.Unknown = uint8(127 * best.unknown)
		}
	}
}

// startAt returns the first word of the block in hand from an offset of the input
// on, or their number.
func (r *reader) startAt(offset int) int {
	size := r.block.Len()
	return sort.Search(len(r.text.Starts), func(k int) bool {
		return r.block.Start+r.text.Input(int(r.text.Starts[k].At), size) >= offset
	})
}
