package model

import (
	"sync"
	"unicode"
)

// The classes of runes, as far as the shape of a text is concerned.
const (
	symbol   = iota // and all else that is not below
	space           // white space, and the marks that leave none
	lower           // letter
	upper           // letter, or in title case
	letter          // without case, in a script that has words
	unspaced        // a letter in a script that writes no spaces between words
	digit           //
	stop            // ends a sentence
	comma           //
	colon           //
	quote           //
	open            // bracket
	closing         // bracket
	bar             // between links, or before an item
	sign            // ©, @, #, currency
	mark            // combining: part of the letter before it
	hyphen          // and apostrophe: joins words
	numClasses
)

// classes returns the class of each rune of the basic plane. It is made when
// it is first asked for, which takes about a millisecond.
var classes = sync.OnceValue(func() *[1 << 16]uint8 {
	t := new([1 << 16]uint8)
	set := func(class uint8, tables ...*unicode.RangeTable) {
		for _, table := range tables {
			for _, r := range table.R16 {
				for c := int(r.Lo); c <= int(r.Hi); c += int(r.Stride) {
					t[c] = class
				}
			}
		}
	}
	set(letter, unicode.Letter, unicode.Mc)
	set(lower, unicode.Ll)
	set(upper, unicode.Lu, unicode.Lt)
	set(mark, unicode.Mn, unicode.Me)
	for _, table := range []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar} {
		for _, r := range table.R16 {
			for c := int(r.Lo); c <= int(r.Hi); c += int(r.Stride) {
				if t[c] == letter {
					t[c] = unspaced
				}
			}
		}
	}
	set(digit, unicode.Nd)
	set(space, unicode.White_Space)
	set(open, unicode.Ps)
	set(closing, unicode.Pe)
	set(quote, unicode.Pi, unicode.Pf)
	set(sign, unicode.Sc)
	each := func(class uint8, runes string) {
		for _, r := range runes {
			t[r] = class
		}
	}
	for c := 1; c < ' '; c++ { // NUL shows, as filter has it
		t[c] = space
	}
	each(unspaced, "ーｰ々〆")
	each(space, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
	each(mark, "\u200c\u200d")
	each(stop, ".!?…。！？｡．؟۔।॥։།။៕።፧‼⁇⁈⁉")
	each(comma, ",;，、；､،؛·፣")
	each(colon, ":：")
	each(quote, "\"“”„‟‚‘«»‹›「」『』〝〞")
	each(bar, "|/\\•‣▪●■◆★☆–—―→←›»>·*+=~¦<‹^_")
	each(sign, "©®™@#%&§№")
	each(hyphen, "-'’‐‑´`")
	each(quote, "«»‹›")
	return t
})

// fold brings the letters of the bicameral scripts that are met most to lower
// case, as far as an addition does it: enough to see a word again.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 32
		}
	case r >= 0xc0 && r <= 0xde, r >= 0x391 && r <= 0x3a9, r >= 0x410 && r <= 0x42f:
		return r + 32
	case r >= 0x400 && r <= 0x40f:
		return r + 80
	case r >= 0x100 && r <= 0x17f && r&1 == 0:
		return r + 1
	}
	return r
}
