// Package fold brings text into the form in which phrases are compared: no
// case, no accents, no compatibility forms (full width, ligatures, presentation
// forms), one kind of quote, dash and space, any number as "0". Every folded
// byte can be traced back to the input.
//
// Accents go because sites drop them in capitals ("À LIRE AUSSI", "A LIRE
// AUSSI"); Indic and South-East Asian vowel signs stay, for they are letters.
// Spaces beside letters of a script that is written without them go too, so
// that "责任编辑： 张三" and "责任编辑:张三" are the same.
package fold

import (
	"math"
	"sort"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Kind says how a phrase may begin at a place.
type Kind uint8

const (
	Word  Kind = iota // at a word within a sentence; in an unspaced script, at any letter
	Open              // at the beginning of the text, or after punctuation or a symbol
	Glued             // at a capital or letter stuck to a small letter or a digit: "2016Share"
)

// A Start is a place in the folded bytes where a word begins.
type Start struct {
	At   int32
	Kind Kind
}

// Text is folded text. The zero Text is ready to use, and reuse saves
// allocations.
type Text struct {
	Bytes   []byte
	Starts  []Start // in order
	Letters int     // letters and digits in Bytes, in code points
	runs    []run
}

// A run is a stretch over which folded and input offsets advance together.
type run struct{ folded, input int32 }

const broken = math.MinInt // no run is in hand

// Fold replaces what t holds by the folded form of s, which must be shorter
// than 2 GiB.
func (t *Text) Fold(s string) {
	t.Bytes, t.Starts, t.runs, t.Letters = t.Bytes[:0], t.Starts[:0], t.runs[:0], 0
	var (
		last  = symbol // class of the last rune written, spaces apart
		space = -1     // input offset of a space not yet written
		upper bool     // the last letter was a capital
		delta = broken // input offset less folded offset of the run in hand
	)
	for i := 0; i < len(s); {
		e, size := lookupIn(s, i)
		at := i
		i += size
		switch e.class {
		case nothing:
			continue
		case blank:
			if space < 0 {
				space = at
			}
			continue
		case digit: // a number with its separators is one zero
			for n := 1; n > 0 && i < len(s); i += n {
				n = numberGoesOn(s[i:])
			}
		}
		spaced := space >= 0 && len(t.Bytes) > 0 && last != unspaced && e.class != unspaced && !e.closes
		if spaced {
			delta = t.follow(delta, space)
			t.Bytes = append(t.Bytes, ' ')
		}
		delta = t.follow(delta, at)
		if e.class >= letter {
			t.Letters++
			if e.class == unspaced {
				t.Letters += 2
			} else if e.syllable {
				t.Letters++
			}
			kind, begins := Word, true
			switch {
			case last < letter && !t.goesOn(spaced):
				kind = Open
			case space >= 0 && e.class == unspaced: // a space there stands for a comma
				kind = Open
			case spaced || last < letter || e.class == unspaced && last == unspaced:
			case e.class != last, e.upper && !upper:
				kind = Glued
			default:
				begins = false
			}
			if begins {
				t.Starts = append(t.Starts, Start{int32(len(t.Bytes)), kind})
			}
			upper = e.upper
		}
		last, space = e.class, -1
		if e.n > 0 {
			t.Bytes = append(t.Bytes, e.to[:e.n]...)
		} else {
			r, _ := utf8.DecodeRuneInString(s[at:])
			t.Bytes = append(t.Bytes, folded(r)...)
		}
		if int(e.n) != i-at {
			delta = broken
		}
		n := 0
		switch e.class { // most text: what goes on in the same way
		case letter:
			n = t.smallWords(s, i, &delta)
		case unspaced:
			n = t.unspacedLetters(s, i, &delta)
		}
		if n > 0 {
			upper, i = false, i+n
		}
	}
}

// smallWords folds the small letters of a spaced script that s goes on with at
// offset at, and single spaces between them. It returns their length in s.
func (t *Text) smallWords(s string, at int, delta *int) int {
	i, from := at, at // s[from:i] stays as it is
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if c == ' ' && i+1 < len(s) {
				if e, _ := lookupIn(s, i+1); e.class == letter && !e.upper && e.plain {
					i++
					t.Starts = append(t.Starts, Start{int32(len(t.Bytes) + i - from), Word})
					continue
				}
			}
			if c < 'a' || c > 'z' {
				break
			}
			t.Letters++
			i++
			continue
		}
		e, size := lookupIn(s, i)
		if e.class != letter || e.upper || e.n == 0 {
			break
		}
		if e.syllable {
			t.Letters++
		}
		t.Letters++
		if !e.plain {
			t.copy(s, from, i, delta)
			*delta = t.follow(*delta, i)
			t.Bytes = append(t.Bytes, e.to[:e.n]...)
			if int(e.n) != size {
				*delta = broken
			}
			from = i + size
		}
		i += size
	}
	t.copy(s, from, i, delta)
	return i - at
}

// unspacedLetters does the same for letters of a script without spaces, as far
// as they stay as they are.
func (t *Text) unspacedLetters(s string, at int, delta *int) int {
	i := at
	for i < len(s) {
		e, size := lookupIn(s, i)
		if e.class != unspaced || !e.plain || e.upper {
			break
		}
		t.Letters += 3
		t.Starts = append(t.Starts, Start{int32(len(t.Bytes) + i - at), Word})
		i += size
	}
	t.copy(s, at, i, delta)
	return i - at
}

// copy writes s[from:to] as it is.
func (t *Text) copy(s string, from, to int, delta *int) {
	if from < to {
		*delta = t.follow(*delta, from)
		t.Bytes = append(t.Bytes, s[from:to]...)
	}
}

// goesOn reports whether the symbol at the end of the folded bytes, before a
// space if spaced, stands inside of a sentence: a comma, an apostrophe, a hyphen.
func (t *Text) goesOn(spaced bool) bool {
	b := t.Bytes
	if spaced {
		b = b[:len(b)-1]
	}
	n := len(b)
	return n > 1 && (b[n-1] == ',' || !spaced && isWordByte(b[n-2]) && (b[n-1] == '\'' || b[n-1] == '-'))
}

// follow begins a run at the end of the folded bytes, which comes from offset
// input, if the run in hand, at distance delta, does not lead there.
func (t *Text) follow(delta, input int) int {
	if input-len(t.Bytes) == delta {
		return delta
	}
	t.runs = append(t.runs, run{int32(len(t.Bytes)), int32(input)})
	return input - len(t.Bytes)
}

// lookupIn returns the entry of the rune at offset i of s, and its length.
func lookupIn(s string, i int) (*entry, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return &ascii[c], 1
	}
	// Two and three bytes are most of all; the rest is left to utf8.
	if i+2 < len(s) && s[i+1]&0xc0 == 0x80 {
		if 0xc2 <= c && c < 0xe0 {
			return lookup(rune(c&0x1f)<<6 | rune(s[i+1]&0x3f)), 2
		}
		if r := rune(c&0xf)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f); c&0xf0 == 0xe0 && s[i+2]&0xc0 == 0x80 && r >= 0x800 && r>>11 != 0xd800>>11 {
			return lookup(r), 3
		}
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return lookup(r), size
}

// Input returns the offset in the input of the folded byte at, or size, the
// input's length, for the end of the folded bytes.
func (t *Text) Input(at, size int) int {
	if at >= len(t.Bytes) {
		return size
	}
	i := sort.Search(len(t.runs), func(i int) bool { return int(t.runs[i].folded) > at }) - 1
	in := int(t.runs[i].input) + at - int(t.runs[i].folded)
	if i+1 < len(t.runs) { // a rune may have become longer
		in = min(in, int(t.runs[i+1].input))
	}
	return min(in, size)
}

// numberGoesOn returns the length of the digit that s begins with, or of a
// separator and a digit: "7", ":44", "-12", ".5"; 0 if the number ends here.
func numberGoesOn(s string) int {
	n := 0
	switch s[0] {
	case '.', ',', ':', '/', '-', '\'':
		n = 1
	}
	if n == len(s) {
		return 0
	}
	if c := s[n]; c < utf8.RuneSelf {
		if '0' <= c && c <= '9' {
			return n + 1
		}
		return 0
	}
	if r, size := utf8.DecodeRuneInString(s[n:]); unicode.IsDigit(r) {
		return n + size
	}
	return 0
}

type class uint8

const (
	nothing  class = iota // vanishes
	blank                 // white space
	symbol                // punctuation and the rest
	letter                // and marks, of a script with spaces between words
	digit                 // becomes 0
	unspaced              // a letter of a script without spaces between words
)

// An entry says what becomes of a rune.
type entry struct {
	to       [4]byte
	n        uint8 // length of to; 0 if that is too short: then see folded
	class    class
	upper    bool
	syllable bool // of Hangul
	closes   bool // punctuation before which typography may set a space
	plain    bool // it becomes itself
}

// isWordByte reports whether the folded byte b may be part of a letter or digit.
func isWordByte(b byte) bool {
	return b >= utf8.RuneSelf || 'a' <= b && b <= 'z' || b == '0'
}

// Boundary reports whether a word may begin or end at offset at of the folded
// bytes: anywhere but between two letters of a spaced script that stand in one
// word.
func (t *Text) Boundary(at int) bool {
	b := t.Bytes
	if at <= 0 || at >= len(b) || !isWordByte(b[at-1]) || !isWordByte(b[at]) {
		return true
	}
	before, _ := utf8.DecodeLastRune(b[:at])
	after, _ := utf8.DecodeRune(b[at:])
	if classOf(before) != letter || classOf(after) != letter || hangul(before) != hangul(after) {
		return true // particles stick to Latin names in Korean
	}
	i := sort.Search(len(t.Starts), func(i int) bool { return int(t.Starts[i].At) >= at })
	return i < len(t.Starts) && int(t.Starts[i].At) == at
}

func hangul(r rune) bool { return 0xac00 <= r && r <= 0xd7a3 }

// SkipSymbols returns the first offset from at on where a letter or digit
// stands, or the end of the folded bytes.
func (t *Text) SkipSymbols(at int) int {
	b := t.Bytes
	for at < len(b) {
		if b[at] < utf8.RuneSelf {
			if isWordByte(b[at]) {
				return at
			}
			at++
			continue
		}
		r, size := utf8.DecodeRune(b[at:])
		if classOf(r) >= letter {
			return at
		}
		at += size
	}
	return at
}

// EndOfLetters returns the offset after the last letter or digit of the folded
// bytes.
func (t *Text) EndOfLetters() int { return len(TrimSymbols(t.Bytes)) }

// TrimSymbols returns folded bytes up to their last letter or digit.
func TrimSymbols(b []byte) []byte {
	for len(b) > 0 {
		r, size := utf8.DecodeLastRune(b)
		if classOf(r) >= letter {
			break
		}
		b = b[:len(b)-size]
	}
	return b
}

func classOf(r rune) class {
	if r < utf8.RuneSelf {
		return ascii[r].class
	}
	return lookup(r).class
}

var ascii = func() (table [utf8.RuneSelf]entry) {
	for r := range table {
		table[r] = newEntry(rune(r))
	}
	return table
}()

const pageSize = 256

// pages hold the entries of runes beyond ASCII, each built on first use.
var pages [(unicode.MaxRune + 1) / pageSize]atomic.Pointer[[pageSize]entry]

func lookup(r rune) *entry {
	i := uint32(r) / pageSize
	page := pages[i].Load()
	if page == nil {
		page = new([pageSize]entry)
		for j := range page {
			page[j] = newEntry(rune(i)*pageSize + rune(j))
		}
		pages[i].Store(page)
	}
	return &page[uint32(r)%pageSize]
}

// same maps runes that readers take for one another, beyond what Unicode's
// compatibility decomposition and the loss of accents do.
var same = map[rune]string{
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '`': "'", '´': "'", 'ʼ': "'", '′': "'", 'ʻ': "'", '՚': "'", '‹': "'", '›': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '″': `"`, '״': `"`, '׳': "'", '「': `"`, '」': `"`, '『': `"`, '』': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-", '־': "-", '⁃': "-",
	'ß': "ss", 'ı': "i", 'ς': "σ", 'ø': "o", 'đ': "d", 'ł': "l", 'æ': "ae", 'œ': "oe",
	'ى': "ي", 'ی': "ي", 'ک': "ك", 'ہ': "ه", 'ة': "ه",
	'،': ",", '؛': ";", '؟': "?", '۔': ".", '。': ".", '、': ",", '।': ".", '։': ".", '…': "...", '․': ".",
	'【': "[", '】': "]", '〔': "[", '〕': "]", '《': `"`, '》': `"`, '・': "·", '•': "·", '‧': "·",
}

// newEntry works out what becomes of r.
func newEntry(r rune) entry {
	var e entry
	switch {
	case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
		e.class = blank
		return e
	case vanishes(r):
		return e
	case unicode.IsDigit(r):
		return entry{to: [4]byte{'0'}, n: 1, class: digit}
	}
	to := folded(r)
	if to == "" {
		return e
	}
	if len(to) <= len(e.to) {
		e.n = uint8(copy(e.to[:], to))
	}
	e.plain = to == string(r)
	e.upper, e.syllable = unicode.IsUpper(r), hangul(r)
	switch r, _ := utf8.DecodeRuneInString(to); {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && (unicode.IsLetter(r) || unicode.IsMark(r)) || r == 'ー':
		e.class = unspaced
	case unicode.IsLetter(r) || unicode.IsMark(r):
		e.class = letter
	case unicode.IsNumber(r):
		return entry{to: [4]byte{'0'}, n: 1, class: digit}
	case r == ' ':
		return entry{class: blank}
	default:
		e.class = symbol
		switch r {
		case ':', ';', '!', '?', ',', '.', ')', '%', ']':
			e.closes = true
		}
	}
	return e
}

// folded returns what r becomes, "" if it vanishes.
func folded(r rune) string {
	if to, ok := same[r]; ok {
		return to
	}
	if hangul(r) { // a Hangul syllable stays one letter
		return string(r)
	}
	var b []byte
	for _, d := range norm.NFKD.String(string(unicode.ToLower(r))) {
		if d = unicode.ToLower(d); accent(d) {
			continue
		}
		if to, ok := same[d]; ok {
			b = append(b, to...)
		} else {
			b = utf8.AppendRune(b, d)
		}
	}
	return string(b)
}

// accent reports whether r is a mark that writers leave out: Latin, Greek and
// Cyrillic accents, Hebrew and Arabic points, kana voicing as a mark by itself.
func accent(r rune) bool {
	return 0x300 <= r && r <= 0x36f || 0x483 <= r && r <= 0x489 ||
		0x591 <= r && r <= 0x5c7 && r != 0x5be && r != 0x5c0 && r != 0x5c3 && r != 0x5c6 ||
		0x610 <= r && r <= 0x61a || 0x64b <= r && r <= 0x65f || r == 0x670 ||
		0x6d6 <= r && r <= 0x6dc || 0x6df <= r && r <= 0x6e8 && r != 0x6e5 && r != 0x6e6 || 0x6ea <= r && r <= 0x6ed ||
		0x1ab0 <= r && r <= 0x1aff || 0x1dc0 <= r && r <= 0x1dff || 0x20d0 <= r && r <= 0x20ff ||
		r == 0x3099 || r == 0x309a || r == 0xff9e || r == 0xff9f
}

// vanishes reports whether r is never seen by itself: joiners, direction
// marks, soft hyphens, variation selectors, control characters, tatweel.
func vanishes(r rune) bool {
	return accent(r) || r == 0xad || r == 0x640 || r == 0x61c || 0xfe00 <= r && r <= 0xfe0f ||
		unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r)
}
