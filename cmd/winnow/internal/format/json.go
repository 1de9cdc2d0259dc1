package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/seed-966a822a/winnow/filter"
)

// encoding/json cannot change one value of an object and leave all other
// bytes alone: it sorts, reformats and replaces lone surrogates. So the walk
// below finds where the values stand, and checks the line on its way; what is
// wrong with a bad one, encoding/json says.

type jsonError struct {
	offset int
	msg    string
}

func (e *jsonError) Error() string { return "bad JSON: " + e.msg + ": passed through" }

// wrong says what is wrong with a line that is not one JSON object.
func wrong(line []byte) error {
	var raw json.RawMessage
	var syntax *json.SyntaxError
	plain := unmarked(line)
	switch err := json.Unmarshal(plain, &raw); {
	case err == nil:
		return fmt.Errorf("%s, not an object: passed through", kind(bytes.TrimLeft(plain, " \t\r\n")[0]))
	case errors.As(err, &syntax):
		return &jsonError{len(line) - len(plain) + max(int(syntax.Offset)-1, 0), syntax.Error()}
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

// walk tells where the keys and values of an object stand, and reports whether
// line is one, in valid JSON, maybe after a byte order mark.
func walk(line []byte, member func(key, value filter.Span)) bool {
	start := len(line) - len(unmarked(line))
	end := walkObject(line, skipSpace(line, start), 0, member)
	return end >= 0 && skipSpace(line, end) == len(line)
}

// unmarked returns a line without the byte order mark that a file's first may
// begin with.
func unmarked(line []byte) []byte { return bytes.TrimPrefix(line, []byte("\uFEFF")) }

// All that follow return the index behind what begins at b[i], or -1 if
// nothing of the kind does.

func walkObject(b []byte, i, depth int, member func(key, value filter.Span)) int {
	if at(b, i) != '{' || depth > maxDepth {
		return -1
	}
	if i = skipSpace(b, i+1); at(b, i) == '}' {
		return i + 1
	}
	for {
		key := filter.Span{Start: i, End: skipString(b, i)}
		if key.End < 0 {
			return -1
		}
		if i = skipSpace(b, key.End); at(b, i) != ':' {
			return -1
		}
		i = skipSpace(b, i+1)
		value := filter.Span{Start: i, End: skipValue(b, i, depth+1)}
		if value.End < 0 {
			return -1
		}
		if member != nil {
			member(key, value)
		}
		switch i = skipSpace(b, value.End); at(b, i) {
		case '}':
			return i + 1
		case ',':
			i = skipSpace(b, i+1)
		default:
			return -1
		}
	}
}

const maxDepth = 9999 // as encoding/json has it

func skipList(b []byte, i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	if i = skipSpace(b, i+1); at(b, i) == ']' {
		return i + 1
	}
	for {
		if i = skipValue(b, i, depth+1); i < 0 {
			return -1
		}
		switch i = skipSpace(b, i); at(b, i) {
		case ']':
			return i + 1
		case ',':
			i = skipSpace(b, i+1)
		default:
			return -1
		}
	}
}

func skipValue(b []byte, i, depth int) int {
	switch at(b, i) {
	case '"':
		return skipString(b, i)
	case '{':
		return walkObject(b, i, depth, nil)
	case '[':
		return skipList(b, i, depth)
	case 't':
		return skipWord(b, i, "true")
	case 'f':
		return skipWord(b, i, "false")
	case 'n':
		return skipWord(b, i, "null")
	}
	return skipNumber(b, i)
}

func skipString(b []byte, i int) int {
	if at(b, i) != '"' {
		return -1
	}
	for i++; i < len(b); i++ {
		switch c := b[i]; {
		case c > '\\': // most bytes are
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			if i++; at(b, i) == 'u' {
				for range 4 {
					if i++; !isHex(at(b, i)) {
						return -1
					}
				}
			} else if bytes.IndexByte([]byte(`"\/bfnrt`), at(b, i)) < 0 {
				return -1
			}
		}
	}
	return -1
}

func skipNumber(b []byte, i int) int {
	if at(b, i) == '-' {
		i++
	}
	if at(b, i) == '0' {
		i++
	} else if i = skipDigits(b, i); i < 0 {
		return -1
	}
	if at(b, i) == '.' {
		if i = skipDigits(b, i+1); i < 0 {
			return -1
		}
	}
	if c := at(b, i); c == 'e' || c == 'E' {
		if i++; at(b, i) == '+' || at(b, i) == '-' {
			i++
		}
		return skipDigits(b, i)
	}
	return i
}

func skipDigits(b []byte, i int) int {
	from := i
	for c := at(b, i); c >= '0' && c <= '9'; c = at(b, i) {
		i++
	}
	if i == from {
		return -1
	}
	return i
}

func skipWord(b []byte, i int, word string) int {
	if !bytes.HasPrefix(b[i:], []byte(word)) {
		return -1
	}
	return i + len(word)
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// at returns b[i], and behind the end a byte that JSON has no place for.
func at(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}

// unquote decodes what stands between the quotes of a JSON string. Invalid
// UTF-8 stays as it is; a lone surrogate, which UTF-8 has not, is U+FFFD.
func unquote(raw []byte) string {
	slash := bytes.IndexByte(raw, '\\')
	if slash < 0 {
		return string(raw)
	}
	var out strings.Builder
	out.Grow(len(raw))
	for slash >= 0 {
		out.Write(raw[:slash])
		r, n := escape(raw[slash:])
		out.WriteRune(r)
		raw = raw[slash+n:]
		slash = bytes.IndexByte(raw, '\\')
	}
	out.Write(raw)
	return out.String()
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
	walk(line, func(key, v filter.Span) {
		first = false
		if unquote(line[key.Start+1:key.End-1]) == name {
			start, end = v.Start, v.End
		}
	})
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
