package format

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// CheckEncoding returns the WHATWG name of an encoding, for any of its names.
func CheckEncoding(name string) (string, error) {
	e, err := htmlindex.Get(name)
	if err != nil { // latin-1 is latin1, and utf_16 is utf-16
		e, err = htmlindex.Get(strings.ReplaceAll(name, "-", ""))
	}
	if err != nil {
		e, err = htmlindex.Get(strings.ReplaceAll(name, "_", "-"))
	}
	if err != nil {
		return "", fmt.Errorf("unknown encoding %q: use a name of the WHATWG Encoding Standard, such as windows-1252, gbk, shift_jis or utf-16le", name)
	}
	canonical, err := htmlindex.Name(e)
	if canonical == "utf-8" {
		canonical = ""
	}
	return canonical, err
}

// byMark recognises UTF-16 by its byte order mark. UTF-8 needs no decoding,
// with a mark or without.
func byMark(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "utf-16be"
	}
	return ""
}

// byZeros recognises UTF-16 without a mark by the zeros of its ASCII.
func byZeros(b []byte) string {
	b = b[:min(len(b), 32<<10)&^1]
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	if len(b) < 16 {
		return ""
	}
	switch few, many := len(b)/100, len(b)/5; {
	case zeros[1] > many && zeros[0] <= few:
		return "utf-16le"
	case zeros[0] > many && zeros[1] <= few:
		return "utf-16be"
	}
	return ""
}

// Legacy reports whether a text is likely to be in an encoding of before
// UTF-8: most of what is not ASCII in it is not UTF-8 either.
func Legacy(text string) bool {
	wrong, right := 0, 0
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			wrong++
		case r >= utf8.RuneSelf:
			right++
		}
	}
	return wrong > right
}

// lookup keeps a byte order mark as a character, so that it comes back.
func lookup(name string) (encoding.Encoding, error) {
	switch name {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), nil
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), nil
	}
	return htmlindex.Get(name)
}

// decode returns UTF-8, or an error that says which byte is wrong.
func decode(b []byte, name string) ([]byte, error) {
	e, err := lookup(name)
	if err != nil {
		return nil, err
	}
	text, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return nil, fmt.Errorf("not %s: %w", strings.ToUpper(name), err)
	}
	if at := bytes.Index(text, []byte("\uFFFD")); at >= 0 {
		// The mark of a decoding error, unless it stood in the file.
		before, err := e.NewEncoder().Bytes(text[:at])
		again, err2 := encode(text, name)
		if err != nil || err2 != nil || !bytes.Equal(again, b) {
			return nil, fmt.Errorf("not %s at byte %d: skipped; name its encoding with --encoding", strings.ToUpper(name), len(before))
		}
	}
	return text, nil
}

func encode(text []byte, name string) ([]byte, error) {
	e, err := lookup(name)
	if err != nil {
		return nil, errors.New("unknown encoding " + name)
	}
	return e.NewEncoder().Bytes(text)
}
