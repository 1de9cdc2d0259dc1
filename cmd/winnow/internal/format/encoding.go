package format

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// CheckEncoding returns the WHATWG name of an encoding, for any of its names.
func CheckEncoding(name string) (string, error) {
	e, err := htmlindex.Get(name)
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
