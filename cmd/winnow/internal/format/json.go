package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/seed-966a822a/winnow/filter"
)

// encoding/json cannot change one value of an object and leave all other
// bytes alone: it sorts, reformats and replaces lone surrogates. So it only
// checks that a line is valid, and the walk below, which may then trust the
// line, finds where the value stands.

type jsonError struct {
	offset int
	msg    string
}

func (e *jsonError) Error() string { return "bad JSON: " + e.msg + ": passed through" }

// checkObject returns an error unless line is one JSON object.
func checkObject(line []byte) error {
	if json.Valid(line) {
		if c := bytes.TrimLeft(line, " \t\r\n")[0]; c != '{' {
			return fmt.Errorf("%s, not an object: passed through", kind(c))
		}
		return nil
	}
	var raw json.RawMessage
	var syntax *json.SyntaxError
	if err := json.Unmarshal(line, &raw); errors.As(err, &syntax) {
		return &jsonError{max(int(syntax.Offset)-1, 0), syntax.Error()}
	}
	return &jsonError{0, "not a JSON object"}
}

// kind names the kind of value that begins with c.
func kind(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// members yields where the keys and values of a valid object stand.
func members(line []byte) iter.Seq2[filter.Span, filter.Span] {
	return func(yield func(key, value filter.Span) bool) {
		i := bytes.IndexByte(line, '{') + 1
		for {
			for line[i] != '"' {
				if line[i] == '}' {
					return
				}
				i++
			}
			key := filter.Span{Start: i, End: skipString(line, i)}
			for i = key.End; line[i] != ':'; i++ {
			}
			for i++; line[i] == ' ' || line[i] == '\t' || line[i] == '\r' || line[i] == '\n'; i++ {
			}
			value := filter.Span{Start: i, End: skipValue(line, i)}
			if i = value.End; !yield(key, value) {
				return
			}
		}
	}
}

func skipString(b []byte, i int) int {
	for i++; ; i++ {
		next := bytes.IndexByte(b[i:], '"')
		slash := bytes.IndexByte(b[i:i+next], '\\')
		if slash < 0 {
			return i + next + 1
		}
		i += slash + 1 // the loop skips the byte behind the backslash
	}
}

func skipValue(b []byte, i int) int {
	depth := 0
	for {
		switch b[i] {
		case '"':
			i = skipString(b, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i // the end of a number that is the object's last value
			}
			depth--
			i++
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
}

// unquote decodes what stands between the quotes of a JSON string. Invalid
// UTF-8 stays as it is; a lone surrogate, which UTF-8 has not, is U+FFFD.
func unquote(raw []byte) string {
	slash := bytes.IndexByte(raw, '\\')
	if slash < 0 {
		return string(raw)
	}
	out := make([]byte, 0, len(raw))
	for slash >= 0 {
		out = append(out, raw[:slash]...)
		r, n := escape(raw[slash:])
		out = utf8.AppendRune(out, r)
		raw = raw[slash+n:]
		slash = bytes.IndexByte(raw, '\\')
	}
	return string(append(out, raw...))
}

// escape decodes the escape that b begins with and returns its length.
func escape(b []byte) (rune, int) {
	if len(b) < 2 {
		return utf8.RuneError, len(b)
	}
	switch b[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r := hex4(b[2:])
		if utf16.IsSurrogate(r) && len(b) >= 12 && b[6] == '\\' && b[7] == 'u' {
			if pair := utf16.DecodeRune(r, hex4(b[8:])); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return r, 6 // AppendRune writes U+FFFD for a surrogate
	}
	return rune(b[1]), 2
}

func hex4(b []byte) (r rune) {
	for _, c := range b[:4] {
		switch {
		case c <= '9':
			c -= '0'
		case c <= 'F':
			c -= 'A' - 10
		default:
			c -= 'a' - 10
		}
		r = r<<4 | rune(c)
	}
	return r
}

// rawSpans finds where spans of the decoded text stand in the raw string.
func rawSpans(raw []byte, spans []filter.Span) []filter.Span {
	if len(spans) == 0 || bytes.IndexByte(raw, '\\') < 0 {
		return spans
	}
	out := make([]filter.Span, len(spans))
	at, decoded := 0, 0
	seek := func(to int) int {
		for decoded < to && at < len(raw) {
			plain := bytes.IndexByte(raw[at:], '\\')
			if plain < 0 {
				plain = len(raw) - at
			}
			if plain > 0 {
				step := min(plain, to-decoded)
				at, decoded = at+step, decoded+step
				continue
			}
			r, n := escape(raw[at:])
			size := utf8.RuneLen(r)
			if size < 0 {
				size = utf8.RuneLen(utf8.RuneError)
			}
			if decoded+size > to {
				break // inside of a character: its start
			}
			at, decoded = at+n, decoded+size
		}
		return at
	}
	for i, s := range spans {
		out[i] = filter.Span{Start: seek(s.Start), End: seek(s.End)}
	}
	return out
}

// quote encodes s as most writers of JSON do, without the quotes.
func quote(s string) []byte {
	out := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c == '\n':
			out = append(out, `\n`...)
		case c == '\t':
			out = append(out, `\t`...)
		case c == '\r':
			out = append(out, `\r`...)
		case c == '\b':
			out = append(out, `\b`...)
		case c == '\f':
			out = append(out, `\f`...)
		case c < 0x20:
			out = fmt.Appendf(out, `\u%04x`, c)
		default:
			out = append(out, c)
		}
	}
	return out
}

// place says how to set a field of a valid object: by what to replace which
// bytes. A field that is there is replaced, else one is added as the last.
func place(line []byte, name string, value []byte) (start, end int, by []byte) {
	first := true
	for key, v := range members(line) {
		first = false
		if unquote(line[key.Start+1:key.End-1]) == name {
			start, end = v.Start, v.End
		}
	}
	if end > 0 {
		return start, end, value
	}
	brace := bytes.LastIndexByte(line, '}')
	by = append(by, `"`+name+`":`...)
	if !first {
		by = append([]byte(","), by...)
	}
	return brace, brace, append(by, value...)
}
