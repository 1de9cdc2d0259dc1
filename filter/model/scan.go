package model

import "unicode/utf8"

// stats is what one pass over the bytes of a unit finds.
type stats struct {
	count    [numClasses]int32 // runes by class
	runes    int32
	quarters int32 // length in quarters of a word; see below
	words    int32 // that begin with a letter, in scripts that have words
	capitals int32 // words that begin with a capital
	shouted  int32 // words of two letters or more, all capitals
	long     int32 // words of eight letters or more
	numbers  int32 // runs of digits
	years    int32 // of four digits, 1900 to 2099
	times    int32 // two numbers with only a colon, a stop, a slash or a hyphen between
	inner    int32 // stops and colons with white space after them
	marks    int32 // exclamation and question marks
	links    int32 // "://", "www." and "@"
	first    uint8 // class of the first rune
	last     uint8 // class of the last rune that is no bracket, quote or mark
	dots     bool  // ends with an ellipsis
	from, to int32 // its words in scorer.words
	hash     uint32

	rare, echo, novel int32 // of the words that are not frequent on the page: all, in prose elsewhere, for the first time
}

// A word of an unspaced script has no borders that a scan could see: two Han,
// Kana or similar characters count as a word, and four letters of Thai, Lao,
// Khmer or Burmese. So lengths are counted in quarters of a word.
func quartersOf(r rune) int32 {
	if r < 0x2e80 {
		return 1
	}
	return 2
}

const (
	offset32 = 2166136261
	prime32  = 16777619
)

// scan reads one unit, and appends the hashes of its words (pairs of
// characters, in unspaced scripts) to words.
func scan(s *stats, text string, table *[1 << 16]uint8, words []uint16) []uint16 {
	*s = stats{from: int32(len(words)), last: symbol, first: space, hash: offset32}
	var (
		prev       uint8 = space
		hash       uint32
		length     int32 // letters and digits of the word in hand, 0 outside of words
		up         int32 // of them capitals
		digits     int32 // of them digits, at its head
		capital    bool
		value      int32 // of its digits
		previous   rune  // the character before, in unspaced scripts
		lastNumber = -4  // where the number before ended
	)
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			if r, size = utf8.DecodeRuneInString(text[i:]); r > 0xffff {
				if r >= 0x20000 && r < 0x40000 {
					r = '一' // Han beyond the basic plane
				} else {
					r = '�'
				}
			}
		}
		class := table[r]
		s.count[class]++
		if class == space {
			if prev == stop || prev == colon {
				s.inner++
			}
		} else {
			s.hash = (s.hash ^ uint32(r)) * prime32
			if s.first == space {
				s.first = class
			}
			switch class {
			case mark, quote, closing:
			default:
				s.last = class
			}
		}
		switch class {
		case lower, upper, letter, digit:
			if length == 0 {
				hash, up, digits, value, capital = offset32, 0, 0, 0, class == upper
				if class == digit && i-lastNumber == 1 && (prev == colon || prev == stop || prev == bar || prev == hyphen) {
					s.times++
				}
			}
			if class == upper {
				up++
			} else if class == digit && digits == length {
				digits++
				value = value*10 + int32(r&0xf)
			}
			hash = (hash ^ uint32(fold(r))) * prime32
			length++
		case mark:
		default:
			if length > 0 {
				if digits == length {
					s.numbers++
					lastNumber = i
					if length == 4 && value >= 1900 && value < 2100 {
						s.years++
					}
				} else {
					words = append(words, uint16(hash^hash>>16))
					s.words++
					if capital {
						s.capitals++
					}
					if up == length && length > 1 {
						s.shouted++
					}
					if length >= 8 {
						s.long++
					}
				}
				s.quarters += 4
				length = 0
			}
			switch class {
			case unspaced:
				s.quarters += quartersOf(r)
				if prev == unspaced {
					hash = (uint32(previous)*prime32 ^ uint32(r)) * prime32
					words = append(words, uint16(hash^hash>>16))
				}
				previous = r
			case stop:
				if r == '!' || r == '?' || r == '！' || r == '？' || r == '؟' {
					s.marks++
				}
				s.dots = r == '…' || r == '.' && prev == stop
			case sign:
				if r == '@' {
					s.links++
				}
			case colon:
				if i+2 < len(text) && text[i+1] == '/' && text[i+2] == '/' {
					s.links++
				}
			}
			if class != stop && class != space && class != closing && class != quote {
				s.dots = false
			}
		}
		prev = class
		i += size
		if class == lower || class == upper { // the rest of an ASCII word, by a shorter way
			from := i
			for ; i < len(text) && 'a' <= text[i] && text[i] <= 'z'; i++ {
				hash = (hash ^ uint32(text[i])) * prime32
				s.hash = (s.hash ^ uint32(text[i])) * prime32
			}
			if n := int32(i - from); n > 0 {
				length += n
				s.count[lower] += n
				s.last, prev = lower, lower
			}
		}
	}
	if length > 0 { // as above
		if digits == length {
			s.numbers++
			if length == 4 && value >= 1900 && value < 2100 {
				s.years++
			}
		} else {
			words = append(words, uint16(hash^hash>>16))
			s.words++
			if capital {
				s.capitals++
			}
			if up == length && length > 1 {
				s.shouted++
			}
			if length >= 8 {
				s.long++
			}
		}
		s.quarters += 4
		s.dots = false
	}
	for _, n := range s.count {
		s.runes += n
	}
	s.to = int32(len(words))
	return words
}
