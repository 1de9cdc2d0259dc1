package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"path/filepath"

	"github.com/pemistahl/lingua-go/serialization"
	"google.golang.org/protobuf/proto"
)

// A source gives back words of a language, as likely as they were in the text
// that lingua counted.
//
// Lingua keeps P(c | the letters before) for all n-grams of up to five letters
// that occur, unpruned, of letters only. Multiplied out these are the counts of
// the n-grams. What of count(g) is not in any count(xg) stood at the head of a
// word, and what of count(g) is not in any count(gx) stood at its end. So the
// first four letters, and words of up to three, are drawn from the very
// distribution of the text, and longer words go on letter by letter, given the
// last four.
type source struct {
	head map[string]*choice // the letter after the first 0 to 3 letters of a word
	next map[string]*choice // the letter after any 4 letters
}

// A choice is a distribution over letters; what is missing from 1 is the end of the word.
type choice struct {
	letters []rune
	upTo    []float64
}

func (c *choice) add(r rune, p float64) {
	if n := len(c.upTo); n > 0 {
		p += c.upTo[n-1]
	}
	c.letters, c.upTo = append(c.letters, r), append(c.upTo, p)
}

// draw returns a letter, or 0 for the end of the word.
func (c *choice) draw(rng *rand.Rand) rune {
	if c == nil {
		return 0
	}
	p := rng.Float64()
	lo, hi := 0, len(c.upTo)
	for lo < hi {
		if mid := (lo + hi) / 2; c.upTo[mid] <= p {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(c.letters) {
		return 0
	}
	return c.letters[lo]
}

var fileNames = [...]string{1: "unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"}

// newSource reads the models of one language, by its ISO 639-1 code.
func newSource(models, iso string) (*source, error) {
	type counted struct {
		gram  string
		count float64
	}
	const noise = 1e-12 // far under one occurrence, far over the rounding errors
	s := &source{map[string]*choice{}, map[string]*choice{}}
	shorter := map[string]float64{"": 1} // counts of (n-1)-grams, as a share of all letters
	var heads [5][]counted               // n-grams, in the order of the file
	counts := [5]map[string]float64{}    // n-grams at the head of a word
	for n := 1; n <= 5; n++ {
		model, err := readModel(filepath.Join(models, iso, fileNames[n]+".pb.bin.zip"))
		if n > 1 && errors.Is(err, fs.ErrNotExist) {
			break // Chinese and Japanese have single characters only
		}
		if err != nil {
			return nil, fmt.Errorf("model of %s: %w", iso, err)
		}
		count := map[string]float64{}
		for _, set := range model.NgramSets {
			for _, g := range set.Ngrams {
				runes := []rune(g)
				prefix, suffix := string(runes[:n-1]), string(runes[1:])
				c := set.Probability * shorter[prefix]
				if n <= 4 {
					count[g] = c
					heads[n] = append(heads[n], counted{g, c})
				} else {
					at := s.next[prefix]
					if at == nil {
						at = new(choice)
						s.next[prefix] = at
					}
					at.add(runes[4], set.Probability)
				}
				if n > 1 {
					counts[n-1][suffix] -= c
				}
			}
		}
		shorter = count
		if n <= 4 {
			counts[n] = make(map[string]float64, len(count))
			for g, c := range count {
				counts[n][g] = c
			}
		}
	}
	words := 0.0
	for _, c := range heads[1] {
		if h := counts[1][c.gram]; h > noise {
			words += h
		}
	}
	for n := 1; n <= 4; n++ {
		for _, c := range heads[n] {
			h := counts[n][c.gram]
			if h <= noise {
				continue
			}
			runes := []rune(c.gram)
			prefix := string(runes[:n-1])
			total := words
			if n > 1 {
				total = counts[n-1][prefix]
			}
			if total <= noise {
				continue
			}
			at := s.head[prefix]
			if at == nil {
				at = new(choice)
				s.head[prefix] = at
			}
			at.add(runes[n-1], h/total)
		}
	}
	return s, nil
}

func readModel(path string) (*serialization.SerializableLanguageModel, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	m := new(serialization.SerializableLanguageModel)
	return m, proto.Unmarshal(data, m)
}

// word draws a word.
func (s *source) word(rng *rand.Rand, buf []rune) []rune {
	const longest = 40
	buf = buf[:0]
	for len(buf) < longest {
		var at *choice
		if len(buf) < 4 {
			at = s.head[string(buf)]
		} else {
			at = s.next[string(buf[len(buf)-4:])]
		}
		r := at.draw(rng)
		if r == 0 {
			break
		}
		buf = append(buf, r)
	}
	return buf
}
