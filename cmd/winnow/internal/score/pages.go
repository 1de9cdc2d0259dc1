package score

import (
	"strings"
	"unicode"

	"github.com/seed-966a822a/winnow/filter"
)

// A Page is one row of gold: a text and what should be left of it.
type Page struct{ Text, Gold string }

// Pages sums up the scores of pages.
type Pages struct {
	N             int
	Word, AllWord Overlap // of the cleaned text, and with nothing removed
	Gram, AllGram Overlap // of four words; F1 is the harmonic mean of P and R
	Clean, Hurt   int     // gold texts as input, and how many of them were damaged
	Chars, Kept   int     // of those gold texts, without white space
}

// Score scores one page. The gold as input is cleaned by another filter, clean,
// as a title that golds lack is to go from pages, but one that a gold has is
// part of it.
func (p Page) Score(f, clean *filter.Filter) Pages {
	gold, all, text := Words(p.Gold), Words(p.Text), Words(f.Scan(filter.Document{Text: p.Text}).Text())
	goldGrams := shingles(gold)
	s := Pages{
		N:    1,
		Word: compare(text, gold), AllWord: compare(all, gold),
		Gram: compare(shingles(text), goldGrams), AllGram: compare(shingles(all), goldGrams),
	}
	if len(gold) > 0 {
		s.Clean = 1
		hurt, chars, kept := damage(clean.Scan(filter.Document{Text: p.Gold}))
		s.Chars, s.Kept = chars, kept
		if hurt {
			s.Hurt = 1
		}
	}
	return s
}

// Add adds the sums of others.
func (p *Pages) Add(o Pages) {
	p.N += o.N
	p.Clean += o.Clean
	p.Hurt += o.Hurt
	p.Chars += o.Chars
	p.Kept += o.Kept
	for _, pair := range [][2]*Overlap{{&p.Word, &o.Word}, {&p.AllWord, &o.AllWord}, {&p.Gram, &o.Gram}, {&p.AllGram, &o.AllGram}} {
		pair[0].P += pair[1].P
		pair[0].R += pair[1].R
		pair[0].F1 += pair[1].F1
	}
}

// Mean turns sums into means over the pages.
func (p Pages) Mean() Pages {
	n := float64(max(p.N, 1))
	for _, o := range []*Overlap{&p.Word, &p.AllWord, &p.Gram, &p.AllGram} {
		o.P, o.R, o.F1 = o.P/n, o.R/n, o.F1/n
	}
	p.Gram.F1, p.AllGram.F1 = harmonic(p.Gram.P, p.Gram.R), harmonic(p.AllGram.P, p.AllGram.R)
	return p
}

// damage reports whether a line of a clean text lost more than a tenth of its
// characters, and how many characters, white space apart, were kept of how many.
func damage(r filter.Result) (hurt bool, chars, kept int) {
	lineChars, lineKept := 0, 0
	line := func() {
		hurt = hurt || (lineChars-lineKept)*10 > lineChars
		chars, kept = chars+lineChars, kept+lineKept
		lineChars, lineKept = 0, 0
	}
	for _, d := range r.Decisions {
		for _, c := range r.Document.Text[d.Span.Start:d.Span.End] {
			switch {
			case c == '\n':
				line()
			case !unicode.IsSpace(c):
				if lineChars++; d.Keep {
					lineKept++
				}
			}
		}
	}
	line()
	return hurt, chars, kept
}

// JoinLines removes a text's line breaks, as some pipelines do.
func JoinLines(text string) string { return strings.Join(strings.Fields(text), " ") }
