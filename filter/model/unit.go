package model

import (
	"unicode"
	"unicode/utf8"
)

// A Unit is what the model judges: a line of the page, or a sentence of a line
// that has several. The text between two units is white space.
type Unit struct {
	Start, End int // bytes of the text, half-open, from the first to the last visible one
	Line       int // the number of its line among the lines that have anything on them, from 0

	// Hits are what phrases say about the unit, per [Group]: 0 nothing, 1 a
	// weak hint, 2 more than one hint, 3 a phrase that is boilerplate.
	Hits [NumGroups]uint8
	// What its words say, as phrases use them: Terms from 1 to 127, 64 if they
	// are as frequent there as in ordinary text, 0 if nobody knows; the share of
	// Unknown ones, and of Joints, pairs that phrases of one category know, in
	// 127ths.
	Terms, Unknown, Joints uint8
	// Guard says that a phrase vouches for the unit.
	Guard bool
	// Foreign says that its language is known and not that of the page.
	Foreign bool
}

// A Group is a set of categories whose phrases mean the same to the model.
type Group uint8

const (
	Call    Group = iota // share, newsletter, readmore, advert: somebody wants a click
	List                 // related, navigation, tags: what follows is a list of links
	Legal                // copyright, disclaimer, consent, account, syndication
	Credits              // byline, credit
	Voices               // comments
	NumGroups
)

// Split appends the units of text to dst: every line with something on it, and
// the sentences of lines that hold more than one.
func Split(dst []Unit, text string) []Unit {
	table := classes()
	line := 0
	for i := 0; i < len(text); {
		// The line from i: its first and last visible byte.
		start, end, stops := -1, i, false
		j := i
		for j < len(text) {
			if c := text[j]; c > ' ' && c < utf8.RuneSelf { // most of what there is, so a shorter way
				if start < 0 {
					start = j
				}
				j++
				end = j
				stops = stops || c == '.' || c == '!' || c == '?'
				continue
			}
			r, size := rune(text[j]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[j:])
			}
			if r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' {
				break
			}
			if r > 0xffff {
				r = '�'
			}
			j += size
			switch table[r] {
			case space:
				continue
			case stop:
				stops = true
			}
			if start < 0 {
				start = j - size
			}
			end = j
		}
		if start >= 0 {
			if stops {
				dst = sentences(dst, text, start, end, line, table)
			} else {
				dst = append(dst, Unit{Start: start, End: end, Line: line})
			}
			line++
		}
		i = j + 1
		if j < len(text) && text[j] >= utf8.RuneSelf {
			i = j + 3 // U+2028 and U+2029
		}
	}
	return dst
}

// sentences appends the sentences of text[start:end], one line. A sentence
// ends after a stop and what closes with it, where white space follows and
// then no lower-case letter, or at once after the stop of an unspaced script.
// What looks like an abbreviation (up to three letters, the first a capital)
// ends none.
func sentences(dst []Unit, text string, start, end, line int, table *[1 << 16]uint8) []Unit {
	next := func(i int) (class uint8, r rune, size int) {
		if r = rune(text[i]); r < utf8.RuneSelf {
			return table[r], r, 1
		}
		if r, size = utf8.DecodeRuneInString(text[i:]); r > 0xffff {
			return symbol, r, size
		}
		return table[r], r, size
	}
	from, letters, capital := start, 0, false // letters of the word before i; whether it begins with a capital
	for i := start; i < end; {
		if c := text[i]; 'a' <= c && c <= 'z' { // a shorter way
			if letters == 0 {
				capital = false
			}
			letters++
			i++
			continue
		}
		class, r, size := next(i)
		i += size
		switch class {
		case upper, lower, letter, digit:
			if letters == 0 {
				capital = class == upper
			}
			letters++
			continue
		case mark:
			continue
		case stop:
		default:
			letters = 0
			continue
		}
		abbreviation := r == '.' && capital && letters <= 3
		wide := r >= 0x2e80
		letters, capital = 0, false
		cut, spaces := i, 0
		for i < end {
			class, r, size := next(i)
			if class == space {
				spaces++
			} else if spaces > 0 || class != stop && class != closing && (class != quote || unicode.Is(unicode.Pi, r)) {
				break
			} else {
				cut = i + size
			}
			i += size
		}
		if i == end {
			break
		}
		if class, _, _ := next(i); !abbreviation && (wide || spaces > 0 && class != lower && class != comma && class != stop) {
			dst = append(dst, Unit{Start: from, End: cut, Line: line})
			from = i
		}
	}
	return append(dst, Unit{Start: from, End: end, Line: line})
}
