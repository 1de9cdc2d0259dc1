package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A shape is what a unit looks like, whatever its language.
type shape struct {
	size     int  // in code points
	words    int  // an unspaced script counts a word every two letters
	numbers  int  // groups of digits
	terminal bool // ends like a sentence
	cut      bool // ends in an ellipsis
	date     bool // little more than a date or a time
}

// shapeOf looks at a text.
func shapeOf(text string) shape {
	var s shape
	unspaced, inWord, inNumber, letters := 0, false, false, 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		s.size++
		if inWord && r|0x20 >= 'a' && r|0x20 <= 'z' { // most text, so a shorter way
			letters++
			inNumber = false
			continue
		}
		digit := '0' <= r && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r)
		if digit && !inNumber {
			s.numbers++
		}
		inNumber = digit
		switch {
		case r >= 0x0e00 && unspacedLetter(r):
			unspaced++
			letters++
			inWord = false
		case r < utf8.RuneSelf && (r|0x20 < 'a' || r|0x20 > 'z') && !digit, r >= utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsMark(r) && !digit:
			if r != '\'' && r != '’' {
				inWord = false
			}
		default:
			if !inWord {
				s.words++
			}
			inWord = true
			if !digit {
				letters++
			}
		}
	}
	s.words += (unspaced + 1) / 2
	end := strings.TrimRight(text, " \u00a0\"'”’»)]）」』】")
	s.cut = strings.HasSuffix(end, "...") || strings.HasSuffix(end, "…")
	last, _ := utf8.DecodeLastRuneInString(end)
	s.terminal = !s.cut && strings.ContainsRune(".!?:;。！？：；؟۔।៕။។", last)
	s.date = s.numbers >= 2 && s.words <= 10 && letters <= 24
	return s
}

func unspacedLetter(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// prose reports whether the shape is that of running text.
func (s shape) prose() bool { return s.words >= 30 || s.terminal && s.words >= 10 }
