package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// A block is one line of the document that has something on it. The white
// space after it, up to the next block or the end, is its gap; so the lead
// (white space before the first block), the blocks and the gaps tile the text.
type block struct {
	Span     // from the first byte of its line, indentation included, to its last visible byte
	next int // end of the gap: where the next block starts, or the end of the text
}

// split appends the blocks of text to dst. Lines end with LF, CR, CRLF, U+2028
// or U+2029; bytes that are not UTF-8 are visible bytes like any other.
func split(dst []block, text string) []block {
	first := len(dst)
	for start := 0; start < len(text); {
		end, next := lineEnd(text, start)
		if visible := start + visibleLen(text[start:end]); visible > start {
			if len(dst) > first {
				dst[len(dst)-1].next = start
			}
			dst = append(dst, block{Span{start, visible}, len(text)})
		}
		start = next
	}
	return dst
}

// lineEnd returns where the line at offset i ends, and where the next begins;
// CRLF counts as two, with an empty line between.
func lineEnd(text string, i int) (end, next int) {
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c > '\r' && c != 0xe2:
		case c == '\n' || c == '\r':
			return i, i + 1
		case c == 0xe2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			return i, i + len("\u2028")
		}
	}
	return i, i
}

// visibleLen returns the length of text without the invisible runes at its end.
func visibleLen(text string) int {
	end := len(text)
	for end > 0 {
		r, size := rune(text[end-1]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeLastRuneInString(text[:end])
		}
		if !invisible(r) {
			break
		}
		end -= size
	}
	return end
}

// invisible reports whether r leaves no mark on a page by itself: white space
// and the marks of width, direction and byte order.
func invisible(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r <= ' ' && r != 0
	case r == utf8.RuneError:
		return false
	case r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u2064':
		return true
	}
	return unicode.IsSpace(r)
}

// A sentence is a stretch of a block, without the white space after it, which
// ends at next.
type sentence struct {
	Span
	next int
}

// sentencesOf appends the sentences of text[span] to dst, after UAX #29 but for
// what it takes for ends and readers do not: initials and short titles ("J. S.
// Bach", "Mr. Wu"), and stops inside brackets. The sentences and the white
// space between them tile the span.
func sentencesOf(dst []sentence, text string, span Span) []sentence {
	first := len(dst)
	joins := false // the sentence in hand takes what comes next
	for start := span.Start; start < span.End; {
		next := sentenceEnd(text[:span.End], start)
		end := start + visibleLen(text[start:next])
		if n := len(dst); n > first && (joins || end == start) {
			dst[n-1].next = next
			if end > start {
				dst[n-1].End = end
			}
		} else {
			dst = append(dst, sentence{Span{start, end}, next})
		}
		if start = next; start < span.End {
			s := dst[len(dst)-1]
			joins = endsInTitle(text[s.Start:s.End]) || inBrackets(text[s.Start:s.End])
		}
	}
	return dst
}

// sentenceEnd returns where the sentence at start ends by UAX #29. None ends
// before a stop, and of what stands before it the rules look no further back
// than to a letter: so they are asked from there on, and most lines never ask.
func sentenceEnd(text string, start int) int {
	i := start
	for ; i < len(text); i++ {
		if c := text[i]; mayStop[c] {
			if c < utf8.RuneSelf {
				break
			}
			if r, _ := utf8.DecodeRuneInString(text[i:]); !goesOn(r) {
				break
			}
		}
	}
	if i == len(text) {
		return i
	}
	for i > start {
		i--
		if c := text[i]; c < utf8.RuneSelf || 0xe4 <= c && c <= 0xe9 { // ASCII, or the first byte of a Han character: no mark of a letter before
			break
		}
	}
	tokens := sentences.FromString(text[i:])
	tokens.Next()
	return i + tokens.End()
}

// mayStop tells which bytes may begin a stop. The first bytes of most alphabets
// do not: those from À to Armenian, of Han characters, of Hangul.
var mayStop = func() (first [256]bool) {
	for c := 0xc2; c < 256; c++ {
		first[c] = !(0xc3 <= c && c <= 0xd5 || 0xe4 <= c && c <= 0xe9 || 0xeb <= c && c <= 0xec)
	}
	for _, c := range ".!?\n\r" {
		first[c] = true
	}
	return first
}()

// goesOn reports whether no sentence ends after r, which is not ASCII: common
// runes whose first byte others share that are stops, or ends of lines.
func goesOn(r rune) bool {
	switch {
	case r < 0x580: // Latin, Greek, Cyrillic
		return r != '\u0085'
	case r < 0x700: // Hebrew, Arabic
		return r != '\u0589' && (r < '\u061d' || r > '\u061f') && r != '\u06d4'
	case 0x900 <= r && r < 0x1000: // scripts of India, Thai, Lao
		return r != '।' && r != '॥'
	case 0x2010 <= r && r <= 0x203a: // dashes, quotes, bullets
		return r != '\u2024' && r != '\u2028' && r != '\u2029'
	}
	return 0x3003 <= r && r < 0xa000 || 0xac00 <= r && r < 0xd800 || 0x1f000 <= r && r < 0x1fb00
}

// endsInTitle reports whether s ends in an initial or a short title.
func endsInTitle(s string) bool {
	word, ok := strings.CutSuffix(s, ".")
	if !ok {
		return false
	}
	word = word[strings.LastIndexAny(word, " (.-\u00a0")+1:]
	first, size := utf8.DecodeRuneInString(word)
	rest := word[size:]
	if rest == "" {
		return unicode.IsLetter(first)
	}
	if !unicode.IsUpper(first) || len(word) > 3*utf8.UTFMax {
		return false
	}
	return utf8.RuneCountInString(rest) <= 2 && strings.ToLower(rest) == rest
}

// inBrackets reports whether s opens a bracket that it does not close, not
// longer ago than a bracket is long.
func inBrackets(s string) bool {
	const longest = 400 // bytes
	s = s[max(0, len(s)-longest):]
	return strings.LastIndexByte(s, '(') > strings.LastIndexByte(s, ')')
}
