package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-966a822a/winnow/filter"
)

// wordsCmd lists, for every language that has a pack and writes words apart,
// the first letters of its commonest words and how common they are.
//
// Lingua's models give the frequencies of words almost exactly (see source); of
// languages that alone write their script it keeps letters only.
type wordsCmd struct {
	Models string  `help:"Directory of lingua's language models (default: found in the module cache)."`
	Real   string  `required:"" help:"JSONL with lang, kind and text: its sentences stand in for the languages of which lingua keeps no words." placeholder:"JSONL"`
	Out    string  `help:"Directory to write to." default:"filter/words"`
	Least  float64 `help:"How frequent a word must be to be listed." default:"1e-4"`
}

// stemLetters is how many letters of a word are kept: as many as filter looks
// up.
const stemLetters = 5

func (c *wordsCmd) Run() (err error) {
	if c.Models, err = linguaModels(c.Models); err != nil {
		return err
	}
	items, err := readItems(c.Real)
	if err != nil {
		return err
	}
	packs, err := fs.Glob(filter.Packs(), "*.txt")
	if err != nil {
		return err
	}
	for _, name := range packs {
		lang := strings.TrimSuffix(name, ".txt")
		if slices.Contains([]string{"und", "sr-Latn", "zh", "ja", "th"}, lang) {
			continue
		}
		source, err := newSource(c.Models, lang)
		if err != nil {
			return err
		}
		stems := source.stems(c.Least)
		if len(source.next) == 0 || lang == "hi" || lang == "mr" { // lingua cuts Devanagari at vowel signs
			stems = countStems(items, lang, c.Least)
		}
		if err := os.WriteFile(filepath.Join(c.Out, name), listing(stems), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// stems returns the first letters of words and how frequent they are in the
// text that lingua counted, from least on.
func (s *source) stems(least float64) map[string]float64 {
	stems := map[string]float64{}
	var walk func(head []rune, p float64)
	walk = func(head []rune, p float64) {
		if p < least {
			return
		}
		if len(head) == stemLetters {
			stems[string(head)] = p
			return
		}
		at := s.next[string(head)]
		if len(head) < 4 {
			at = s.head[string(head)]
		}
		before := 0.0
		if at != nil {
			for i, r := range at.letters {
				walk(append(slices.Clone(head), r), p*(at.upTo[i]-before))
				before = at.upTo[i]
			}
		}
		if end := p * (1 - before); end >= least && len(head) > 0 {
			stems[string(head)] = end
		}
	}
	walk(nil, 1)
	return stems
}

// countStems counts words in sentences of a language.
func countStems(items []item, lang string, least float64) map[string]float64 {
	counts, total := map[string]float64{}, 0.0
	for _, it := range items {
		if it.Lang != lang || it.Kind != "sentences" {
			continue
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(it.Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
			letters := []rune(word)
			counts[string(letters[:min(len(letters), stemLetters)])]++
			total++
		}
	}
	for s, n := range counts {
		if n < 2 || n/total < least {
			delete(counts, s)
		} else {
			counts[s] = n / total
		}
	}
	return counts
}

// listing writes a line for each degree of frequency.
func listing(stems map[string]float64) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# The first %d letters of common words: those on a line \"9 …\" are one word in 2⁹ of ordinary text.\n# Made by winnow-train words.\n", stemLetters)
	bits := func(s string) int { return int(math.Round(-math.Log2(stems[s]))) }
	sorted := slices.SortedFunc(maps.Keys(stems), func(a, b string) int {
		return cmp.Or(cmp.Compare(bits(a), bits(b)), cmp.Compare(a, b))
	})
	for i, s := range sorted {
		if i == 0 || bits(s) != bits(sorted[i-1]) {
			if i > 0 {
				b.WriteByte('\n')
			}
			fmt.Fprint(&b, bits(s))
		}
		b.WriteByte(' ')
		b.WriteString(s)
	}
	b.WriteByte('\n')
	return []byte(b.String())
}
