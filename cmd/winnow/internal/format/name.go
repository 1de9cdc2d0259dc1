package format

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// A Name is a file's name in JSON. Names may hold any bytes; one that is not
// UTF-8 is written as Python does it, 0xFF as \udcff, and comes back whole.
type Name string

// MarshalJSON implements [json.Marshaler].
func (n Name) MarshalJSON() ([]byte, error) {
	out := []byte{'"'}
	for s := string(n); s != ""; {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			out = fmt.Appendf(out, `\udc%02x`, s[0])
		default:
			out = append(out, quote(s[:size])...)
		}
		s = s[size:]
	}
	return append(out, '"'), nil
}

// UnmarshalJSON implements [json.Unmarshaler].
func (n *Name) UnmarshalJSON(b []byte) error {
	if at(b, 0) != '"' {
		return errors.New("a file's name is no string")
	}
	var out []byte
	for b = b[1 : len(b)-1]; len(b) > 0; {
		if b[0] != '\\' {
			out, b = append(out, b[0]), b[1:]
			continue
		}
		r, size := escape(b)
		if r >= 0xdc80 && r <= 0xdcff {
			out = append(out, byte(r))
		} else {
			out = utf8.AppendRune(out, r)
		}
		b = b[size:]
	}
	*n = Name(out)
	return nil
}
