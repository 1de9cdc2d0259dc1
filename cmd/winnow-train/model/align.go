package model

import (
	"math"
	"strings"
	"unicode"

	"github.com/seed-966a822a/winnow/filter/model"
)

var unspacedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// A vocab numbers words.
type vocab map[string]int32

// words appends the words of text as the measure counts them: lower-cased runs
// of letters, digits and underscores, and each character of an unspaced script.
func (v vocab) words(dst []int32, text string) []int32 {
	start := -1
	add := func(from, to int) {
		w := lowerCase(text[from:to])
		id, ok := v[w]
		if !ok {
			id = int32(len(v))
			v[w] = id
		}
		dst = append(dst, id)
	}
	for i, r := range text {
		wordy := r == '_' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' ||
			r >= 0x80 && (unicode.IsLetter(r) || unicode.IsNumber(r))
		if wordy && r >= 0xe00 && unicode.In(r, unspacedScripts...) {
			if start >= 0 {
				add(start, i)
				start = -1
			}
			n := 3
			if r > 0xffff {
				n = 4
			}
			add(i, i+n)
			continue
		}
		if wordy && start < 0 {
			start = i
		} else if !wordy && start >= 0 {
			add(start, i)
			start = -1
		}
	}
	if start >= 0 {
		add(start, len(text))
	}
	return dst
}

// matched marks the words of page that gold has, in gold's order: the longest
// run that both share first, then what is before and after it in both, as in
// Ratcliff and Obershelp's pattern matching.
func matched(page, gold []int32) []bool {
	hit := make([]bool, len(page))
	// Runs are found by their first three words.
	where := make(map[[3]int32][]int32, len(gold))
	for j := 0; j+3 <= len(gold); j++ {
		k := [3]int32(gold[j:])
		where[k] = append(where[k], int32(j))
	}
	var within func(a, b, c, d int)
	within = func(a, b, c, d int) { // page[a:b] and gold[c:d]
		for a < b && c < d {
			best, bi, bj := 0, 0, 0
			for i := a; i+3 <= b; i++ {
				if i > a && best > 0 && i < bi+best { // inside the run found: only longer ones start there
					continue
				}
				for n, j := range where[[3]int32(page[i:])] {
					if n > 200 {
						break
					}
					if int(j) < c || int(j)+3 > d {
						continue
					}
					k := 3
					for i+k < b && int(j)+k < d && page[i+k] == gold[int(j)+k] {
						k++
					}
					if k > best {
						best, bi, bj = k, i, int(j)
					}
				}
			}
			if best == 0 {
				if (b-a)*(d-c) <= 40000 {
					subsequence(page[a:b], gold[c:d], hit[a:b])
				}
				return
			}
			for i := bi; i < bi+best; i++ {
				hit[i] = true
			}
			within(a, bi, c, bj)
			a, c = bi+best, bj+best
		}
	}
	within(0, len(page), 0, len(gold))
	return hit
}

// subsequence marks the words of a longest common subsequence.
func subsequence(a, b []int32, hit []bool) {
	w := len(b) + 1
	table := make([]int16, (len(a)+1)*w)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i*w+j] = table[(i+1)*w+j+1] + 1
			} else {
				table[i*w+j] = max(table[(i+1)*w+j], table[i*w+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			hit[i] = true
			i++
			j++
		case table[(i+1)*w+j] >= table[i*w+j+1]:
			i++
		default:
			j++
		}
	}
}

// Labels returns the share of each unit's words that the gold has, in its
// order, and how many words the unit has.
func Labels(d *Doc, units []model.Unit) (body []float32, words []int32) {
	v := vocab{}
	var page []int32
	ends := make([]int, len(units))
	for i, u := range units {
		page = v.words(page, d.Text[u.Start:u.End])
		ends[i] = len(page)
	}
	hit := matched(page, v.words(nil, d.Gold))
	body, words = make([]float32, len(units)), make([]int32, len(units))
	for i, from := range append([]int{0}, ends...)[:len(units)] {
		n := 0
		for _, h := range hit[from:ends[i]] {
			if h {
				n++
			}
		}
		words[i] = int32(ends[i] - from)
		if words[i] > 0 {
			body[i] = float32(n) / float32(words[i])
		}
	}
	return body, words
}

// segmentLabels returns 1 for units that hold a segment to keep, 0 for those with
// one to drop, NaN for all others, and how many words units have. A segment to
// keep that is met twice tells nothing: only one of its units is the article.
func segmentLabels(d *Doc, units []model.Unit) (body []float32, words []int32) {
	v := vocab{}
	texts := make([]string, len(units))
	for i, u := range units {
		texts[i] = flat(d.Text[u.Start:u.End])
		body = append(body, float32(math.NaN()))
		words = append(words, int32(len(v.words(nil, texts[i]))))
	}
	mark := func(segments []string, label float32, most int) {
		for _, segment := range segments {
			segment = flat(segment)
			var in []int
			for i, text := range texts {
				if strings.Contains(text, segment) {
					in = append(in, i)
				}
			}
			if len(in) <= most {
				for _, i := range in {
					body[i] = label
				}
			}
		}
	}
	mark(d.With, 1, 1)
	mark(d.Without, 0, len(units))
	return body, words
}
