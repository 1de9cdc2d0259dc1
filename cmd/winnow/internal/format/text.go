package format

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/seed-966a822a/winnow/filter"
)

// textReader reads a file as one document.
type textReader struct {
	in   *Input
	o    Options
	done bool
	err  error // that ended the text
}

func readText(in *Input, o Options) (Reader, error) { return &textReader{in: in, o: o}, nil }

func (t *textReader) Read() (Record, error) {
	if t.done {
		return nil, cmp.Or(t.err, io.EOF)
	}
	t.done = true
	var b bytes.Buffer
	if t.in.Compression == None {
		b.Grow(int(min(t.in.Size, t.o.MaxRecord, 1<<30)) + bytes.MinRead)
	}
	n, err := b.ReadFrom(io.LimitReader(t.in.buf, t.o.MaxRecord+1))
	if err != nil {
		t.err = t.in.explain(err)
		if cut := (Damaged{}); n == 0 || !errors.As(t.err, &cut) {
			return nil, t.err
		}
	}
	if n > t.o.MaxRecord {
		return nil, fmt.Errorf("more than %d bytes in one text: skipped; raise --max-record", t.o.MaxRecord)
	}
	raw := b.Bytes()
	encoding := t.o.Encoding
	if encoding == "" {
		encoding = byMark(raw)
	}
	r := &textRecord{flat: flat{At: At{N: 1}, raw: raw}}
	if encoding != "" {
		utf8, err := decode(raw, encoding)
		if err != nil {
			return nil, err
		}
		r.encoded, r.encoding, r.raw = raw, encoding, utf8
	} else if binary(raw) {
		if name := byZeros(raw); name != "" {
			return nil, fmt.Errorf("looks like %s without a byte order mark: skipped; if it is, say --encoding %s", strings.ToUpper(name), name)
		}
		return nil, ErrBinary
	}
	r.body = filter.Span{Start: 0, End: len(r.raw)}
	return r, nil
}

// ErrBinary says that a file is not text.
var ErrBinary = errors.New("binary, not text: skipped")

// binary tells pictures and archives from text, which may hold a NUL too.
func binary(b []byte) bool {
	if len(b) > 32<<10 {
		b = b[:32<<10]
	}
	nul, control := 0, 0
	for _, c := range b {
		switch {
		case c == 0:
			nul++
		case c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b:
			control++
		}
	}
	return nul*100 > len(b) || (nul+control)*20 > len(b) && !utf8.Valid(b)
}

type textRecord struct {
	flat
	encoding string
	encoded  []byte // the file, when it is not UTF-8
}

func (t *textRecord) Document() (filter.Document, error) {
	return filter.Document{Text: string(t.raw)}, nil
}

func (t *textRecord) Cut(gone []filter.Span, _ []byte, r *Removal) {
	whole := t.raw
	t.cut(gone, plain, r)
	if r == nil || t.encoding == "" {
		return
	}
	r.Encoding, r.Sum = t.encoding, sum(t.encoded)
	// Some encodings have two ways to write one character.
	if again, err := encode(whole, t.encoding); err != nil || !bytes.Equal(again, t.encoded) {
		r.Original = t.encoded
	}
}

func (t *textRecord) Restore(r Removal) ([]byte, error) {
	raw, err := t.restore(plain, r)
	if err == nil && r.Encoding != "" && r.Original == nil {
		raw, err = encode(raw, r.Encoding)
	}
	return verified(raw, err, r)
}
