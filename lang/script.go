package lang

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A script is a row of [scripts].
type script uint8

const (
	none script = iota
	latin
	cyrillic
	arabic
	devanagari
	han
	kana
	hangul
)

// scripts lists the scripts that are told apart. One with a language of its
// own among the 75 needs no table; one without any is told as und-Script.
var scripts = [...]struct {
	code   string
	tables []*unicode.RangeTable
	lang   string // the one language of the script; "" when there are several or none
}{
	none:       {},
	latin:      {"Latn", []*unicode.RangeTable{unicode.Latin}, ""},
	cyrillic:   {"Cyrl", []*unicode.RangeTable{unicode.Cyrillic}, ""},
	arabic:     {"Arab", []*unicode.RangeTable{unicode.Arabic}, ""},
	devanagari: {"Deva", []*unicode.RangeTable{unicode.Devanagari}, ""},
	han:        {"Hani", []*unicode.RangeTable{unicode.Han}, ""},
	kana:       {"Jpan", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}, "ja"},
	hangul:     {"Kore", []*unicode.RangeTable{unicode.Hangul}, "ko"},
	{"Armn", []*unicode.RangeTable{unicode.Armenian}, "hy"},
	{"Beng", []*unicode.RangeTable{unicode.Bengali}, "bn"},
	{"Geor", []*unicode.RangeTable{unicode.Georgian}, "ka"},
	{"Grek", []*unicode.RangeTable{unicode.Greek}, "el"},
	{"Gujr", []*unicode.RangeTable{unicode.Gujarati}, "gu"},
	{"Guru", []*unicode.RangeTable{unicode.Gurmukhi}, "pa"},
	{"Hebr", []*unicode.RangeTable{unicode.Hebrew}, "he"},
	{"Taml", []*unicode.RangeTable{unicode.Tamil}, "ta"},
	{"Telu", []*unicode.RangeTable{unicode.Telugu}, "te"},
	{"Thai", []*unicode.RangeTable{unicode.Thai}, "th"},
	{"Bopo", []*unicode.RangeTable{unicode.Bopomofo}, ""},
	{"Cans", []*unicode.RangeTable{unicode.Canadian_Aboriginal}, ""},
	{"Cher", []*unicode.RangeTable{unicode.Cherokee}, ""},
	{"Copt", []*unicode.RangeTable{unicode.Coptic}, ""},
	{"Ethi", []*unicode.RangeTable{unicode.Ethiopic}, ""},
	{"Java", []*unicode.RangeTable{unicode.Javanese}, ""},
	{"Khmr", []*unicode.RangeTable{unicode.Khmer}, ""},
	{"Knda", []*unicode.RangeTable{unicode.Kannada}, ""},
	{"Laoo", []*unicode.RangeTable{unicode.Lao}, ""},
	{"Mlym", []*unicode.RangeTable{unicode.Malayalam}, ""},
	{"Mong", []*unicode.RangeTable{unicode.Mongolian}, ""},
	{"Mtei", []*unicode.RangeTable{unicode.Meetei_Mayek}, ""},
	{"Mymr", []*unicode.RangeTable{unicode.Myanmar}, ""},
	{"Nkoo", []*unicode.RangeTable{unicode.Nko}, ""},
	{"Olck", []*unicode.RangeTable{unicode.Ol_Chiki}, ""},
	{"Orya", []*unicode.RangeTable{unicode.Oriya}, ""},
	{"Sinh", []*unicode.RangeTable{unicode.Sinhala}, ""},
	{"Syrc", []*unicode.RangeTable{unicode.Syriac}, ""},
	{"Tfng", []*unicode.RangeTable{unicode.Tifinagh}, ""},
	{"Thaa", []*unicode.RangeTable{unicode.Thaana}, ""},
	{"Tibt", []*unicode.RangeTable{unicode.Tibetan}, ""},
	{"Yiii", []*unicode.RangeTable{unicode.Yi}, ""},
}

// A letter is a rune in lower case, with its script above bit 24.
// The zero letter is whatever stands between words.
type letter uint32

func (l letter) script() script { return script(l >> 24) }
func (l letter) rune() rune     { return rune(l & 0xFFFFFF) }

// alphabet holds the letters below U+3000, where most text is.
var alphabet = sync.OnceValue(func() *[0x3000]letter {
	a := new([0x3000]letter)
	for s := latin; int(s) < len(scripts); s++ {
		for _, t := range scripts[s].tables {
			for _, r := range t.R16 {
				for c := rune(r.Lo); c <= rune(r.Hi) && int(c) < len(a); c += rune(r.Stride) {
					if unicode.IsLetter(c) || unicode.IsMark(c) {
						a[c] = letter(s)<<24 | letter(unicode.ToLower(c))
					}
				}
			}
		}
	}
	return a
})

// beyond is alphabet for the rest of Unicode.
func beyond(r rune) letter {
	switch {
	case 0x4E00 <= r && r <= 0x9FFF:
		return letter(han)<<24 | letter(r)
	case 0xAC00 <= r && r <= 0xD7A3:
		return letter(hangul)<<24 | letter(r)
	case 0x3041 <= r && r <= 0x30FF && r != 0x30FB:
		return letter(kana)<<24 | letter(r)
	case 0xFF21 <= r && r <= 0xFF5A:
		if r -= 0xFEE0; 'A' <= r&^0x20 && r&^0x20 <= 'Z' {
			return letter(latin)<<24 | letter(r|0x20)
		}
		return 0
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return 0
	}
	for s := latin; int(s) < len(scripts); s++ {
		if unicode.In(r, scripts[s].tables...) {
			return letter(s)<<24 | letter(unicode.ToLower(r))
		}
	}
	return 0
}

// compositions puts a letter and an accent after it together, as most text has
// them. It is made when the first such accent is met.
var compositions = sync.OnceValue(func() map[[2]rune]letter {
	all := map[[2]rune]letter{}
	for range 2 { // letters with two accents need those with one
		for _, l := range alphabet() {
			if l == 0 || l.script() > cyrillic {
				continue
			}
			parts := []rune(norm.NFD.String(string(l.rune())))
			if len(parts) == 3 {
				parts = []rune{all[[2]rune{parts[0], parts[1]}].rune(), parts[2]}
			}
			if len(parts) == 2 && isMark(parts[1]) {
				all[[2]rune{parts[0], parts[1]}] = l
			}
		}
	}
	return all
})

func isMark(r rune) bool { return 0x300 <= r && r < 0x370 }

// Classes of bytes, for telling words from the rest.
const (
	lower = 1 << iota
	upper
	digit
	space
	dot  // joins the parts of a domain or a file name
	code // seldom stands in a word
	wide // begins a rune that is not ASCII
)

var class = [256]uint8{
	'\t': space, '\n': space, '\v': space, '\f': space, '\r': space, ' ': space, '.': dot,
	'_': code, '@': code, '=': code, '\\': code, '{': code, '}': code, '<': code, '>': code, '#': code, '$': code, '~': code, '|': space,
	'0': digit, '1': digit, '2': digit, '3': digit, '4': digit, '5': digit, '6': digit, '7': digit, '8': digit, '9': digit,
}

// init is a table literal that would be long to write.
func init() {
	for c := byte('a'); c <= 'z'; c++ {
		class[c], class[c-'a'+'A'] = lower, upper
	}
	for c := 0x80; c <= 0xFF; c++ {
		class[c] = wide
	}
}

// A reading is some letters of a text, with a zero between words.
type reading struct {
	letters [112]letter
	n       int                  // letters and zeros read
	count   [len(scripts)]uint16 // letters read, by script
	others  int                  // letters that are not Latin
}

// read appends up to max letters of text, to the end of the word that reaches
// max if there is room, and returns the bytes it took. It passes over what is
// no language: tokens of ASCII with a digit, an underscore or the like,
// camelCase, domains and file names, addresses.
func (rd *reading) read(text string, max int) int {
	alphabet := alphabet()
	limit := min(rd.n+max, len(rd.letters)-2)
	i := 0
	for i < len(text) && rd.n < limit {
		// One token: to the next space, or until there is no more room.
		first, from := rd.n, i
		room := len(rd.letters) - 1
		var seen, last uint8
		camel, latins := false, 0
		for i < len(text) && rd.n < room {
			c := text[i]
			k := class[c]
			if k == space {
				break
			}
			switch k {
			case lower, upper:
				camel = camel || last == lower && k == upper
				rd.letters[rd.n] = letter(latin)<<24 | letter(c|0x20)
				rd.n++
				latins++
			case wide:
				r, size := utf8.DecodeRuneInString(text[i:])
				i += size - 1
				var l letter
				if int(r) < len(alphabet) {
					l = alphabet[r]
				} else {
					l = beyond(r)
				}
				if l == 0 {
					if !isMark(r) || !rd.accent(first, r) {
						rd.gap()
					}
					break
				}
				rd.letters[rd.n] = l
				rd.n++
				if s := l.script(); s == latin {
					latins++
				} else {
					rd.count[s]++
					rd.others++
					if s >= han {
						room = limit // without spaces a token may be long
					}
				}
			default:
				rd.gap()
			}
			seen |= k
			last = k
			i++
		}
		if seen&wide == 0 && (camel || seen&(digit|code) != 0 || seen&dot != 0 && dotted(text[from:i])) ||
			seen&wide != 0 && seen&code != 0 && handle(text[from:i]) {
			for _, l := range rd.letters[first:rd.n] {
				if l != 0 && l.script() != latin {
					rd.count[l.script()]--
					rd.others--
				}
			}
			rd.n = first
		} else {
			rd.count[latin] += uint16(latins)
			rd.gap()
		}
		for i < len(text) && class[text[i]] == space {
			i++
		}
	}
	return i
}

// accent puts an accent on the letter before it, if there is one in the token
// that began at first and the two are known as one letter.
func (rd *reading) accent(first int, r rune) bool {
	if rd.n == first {
		return false
	}
	base := &rd.letters[rd.n-1]
	l, ok := compositions()[[2]rune{base.rune(), r}]
	if ok {
		*base = l
	}
	return ok
}

// gap ends a word.
func (rd *reading) gap() {
	if rd.n > 0 && rd.letters[rd.n-1] != 0 && rd.n < len(rd.letters) {
		rd.letters[rd.n] = 0
		rd.n++
	}
}

// dotted reports whether a token looks like a domain, an address or a file
// name: "example.com", "www.example.com/a", "index.html", but not "z.B." or
// "end.Next".
func dotted(token string) bool {
	for i := 1; i+2 < len(token); i++ {
		if token[i] == '.' && class[token[i-1]]&(lower|upper) != 0 && class[token[i+1]] == lower && class[token[i+2]] == lower {
			return true
		}
	}
	return false
}

// handle reports whether a token with letters beyond ASCII is a handle, an
// identifier or an address all the same.
func handle(token string) bool {
	for i := 0; i < len(token); i++ {
		if c := token[i]; c == '_' || c == '@' {
			return true
		}
	}
	return false
}

// script returns the script of most of the text, how many letters it has, and
// whether the others are few. Foreign names in Latin letters are common in all
// scripts, so letters of other scripts count double, and signs that stand for
// more than a sound four times.
func (rd *reading) script() (most script, letters int, clear bool) {
	if rd.others == 0 {
		return latin, int(rd.count[latin]), true
	}
	best, all := 0, 0
	for i, n := range rd.count {
		s, n := script(i), int(n)
		if n == 0 {
			continue
		}
		// Japanese is written in kana and Han together. One kana to eight Han
		// is enough: Chinese has a stray one at most.
		if k, h := int(rd.count[kana]), int(rd.count[han]); k > 0 && 8*k >= h {
			switch s {
			case han:
				continue
			case kana:
				n += h
			}
		}
		weight := n
		switch s {
		case latin:
		case han, kana, hangul:
			weight *= 4
		default:
			weight *= 2
		}
		all += weight
		if weight > best {
			most, letters, best = s, n, weight
		}
	}
	return most, letters, 4*best >= 3*all
}
