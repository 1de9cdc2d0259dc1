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
	start, visible := 0, -1 // of the line in hand; end of its last visible rune, -1 if there is none
	flush := func() {
		if visible >= 0 {
			if len(dst) > first {
				dst[len(dst)-1].next = start
			}
			dst = append(dst, block{Span: Span{start, visible}, next: len(text)})
		}
	}
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch {
		case c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029':
			flush()
			start, visible = i, -1
		case c > ' ' && c < utf8.RuneSelf || !invisible(c):
			visible = i
		}
	}
	flush()
	return dst
}

// invisible reports whether r leaves no mark on a page by itself: white space
// and the marks of width, direction and byte order.
func invisible(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r <= ' ' && r != 0
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
	tokens := sentences.FromString(text[span.Start:span.End])
	goesOn := false
	for tokens.Next() {
		start, next := span.Start+tokens.Start(), span.Start+tokens.End()
		end := start + visibleLen(text[start:next])
		if n := len(dst); n > first && (goesOn || end == start) {
			dst[n-1].next = next
			if end > start {
				dst[n-1].End = end
			}
		} else {
			dst = append(dst, sentence{Span{start, end}, next})
		}
		s := dst[len(dst)-1]
		goesOn = endsInTitle(text[s.Start:s.End]) || inBrackets(text[s.Start:s.End])
	}
	return dst
}

// endsInTitle reports whether s ends in an initial or a short title.
func endsInTitle(s string) bool {
	word, ok := strings.CutSuffix(s, ".")
	if !ok {
		return false
	}
	word = word[strings.LastIndexAny(word, " (.-\u00a0")+1:]
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || len(word) > 3*utf8.UTFMax {
		return false
	}
	rest := word[size:]
	return utf8.RuneCountInString(rest) <= 2 && strings.ToLower(rest) == rest
}

// inBrackets reports whether s opens a bracket that it does not close, not
// longer ago than a bracket is long.
func inBrackets(s string) bool {
	const longest = 400 // bytes
	s = s[max(0, len(s)-longest):]
	return strings.LastIndexByte(s, '(') > strings.LastIndexByte(s, ')')
}
