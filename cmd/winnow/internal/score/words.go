// Package score measures cleaned text against what people marked as right.
package score

import (
	"strings"
	"unicode"
)

// unspaced are the scripts that write no spaces between words. Each of their
// characters counts as a word.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// Words splits text as Python's \w+ does, lower-cased.
func Words(text string) []string {
	var words []string
	start := -1
	text = strings.ToLower(text)
	for i, r := range text {
		word := r < 0x80 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') || r == '_' || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsNumber(r))
		single := word && r >= 0xe00 && unicode.In(r, unspaced...)
		if start >= 0 && (!word || single) {
			words = append(words, text[start:i])
			start = -1
		}
		if single {
			words = append(words, string(r))
		} else if word && start < 0 {
			start = i
		}
	}
	if start >= 0 {
		words = append(words, text[start:])
	}
	return words
}

// An Overlap is how much of two multisets is the same.
type Overlap struct{ P, R, F1 float64 }

// compare counts what a prediction and the gold have in common.
func compare(predicted, gold []string) Overlap {
	if len(predicted) == 0 && len(gold) == 0 {
		return Overlap{1, 1, 1}
	}
	counts := make(map[string]int, len(gold))
	for _, w := range gold {
		counts[w]++
	}
	common := 0
	for _, w := range predicted {
		if counts[w] > 0 {
			counts[w]--
			common++
		}
	}
	if common == 0 {
		return Overlap{}
	}
	p, r := float64(common)/float64(len(predicted)), float64(common)/float64(len(gold))
	return Overlap{p, r, harmonic(p, r)}
}

// shingles are all runs of four words, or all words when there are fewer.
func shingles(words []string) []string {
	const n = 4
	if len(words) == 0 {
		return nil
	}
	if len(words) <= n {
		return []string{strings.Join(words, " ")}
	}
	all := make([]string, 0, len(words)-n+1)
	for i := range len(words) - n + 1 {
		all = append(all, strings.Join(words[i:i+n], " "))
	}
	return all
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
