package format

import (
	"bytes"
	"errors"
	"hash/crc32"
	"slices"

	"github.com/seed-966a822a/winnow/filter"
)

// A Removal is what was taken out of one record and what it takes to put it
// back: a row in the file of removed text.
type Removal struct {
	File     Name      `json:"file,omitempty"`
	Record   int       `json:"record"`
	ID       string    `json:"id,omitempty"`
	Lang     string    `json:"lang"` // of the document
	Encoding string    `json:"encoding,omitempty"`
	Sum      uint32    `json:"crc32"` // of the record as it was
	Spans    []Removed `json:"spans"`
	Edits    []Edit    `json:"edits,omitempty"`
	// Original is the whole record as it was, when nothing less will do.
	Original []byte `json:"original,omitempty"`
}

// A Removed is one stretch of removed text.
type Removed struct {
	Start    int             `json:"start"` // in code points of the document's text
	End      int             `json:"end"`
	Byte     int             `json:"byte"` // in the text as the record stores it
	Category filter.Category `json:"category"`
	Rule     string          `json:"rule,omitempty"`
	Score    float64         `json:"score"`
	Lang     string          `json:"lang"`
	Text     string          `json:"text"`
	Bytes    []byte          `json:"bytes,omitempty"` // as stored, when Text cannot say it
}

// An Edit is any other change: to undo it, put Was for Len bytes at Byte of
// the record as it was written.
type Edit struct {
	Byte int    `json:"byte"`
	Len  int    `json:"len"`
	Was  []byte `json:"was,omitempty"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// ErrMismatch says that cleaned and removed are not of one run.
var ErrMismatch = errors.New("the cleaned text and the removed text do not fit together: one was changed, or is of another run, or the run had a --format or --text-field that restore needs too")

// flat is a record whose text stands in its bytes in one run. It is the base
// of every format that is a stream of bytes.
type flat struct {
	At
	raw  []byte
	body filter.Span // of raw
}

func (f *flat) Size() int { return len(f.raw) }

func (f *flat) Append(dst []byte) []byte { return append(dst, f.raw...) }

// cut takes stretches of the body, given by their offsets in it, out of raw.
// quote says how text is stored.
func (f *flat) cut(gone []filter.Span, quote func(string) []byte, r *Removal) {
	if r != nil {
		r.Sum = sum(f.raw)
		for i, s := range gone {
			stored := f.raw[f.body.Start+s.Start : f.body.Start+s.End]
			r.Spans[i].Byte = s.Start
			if !bytes.Equal(quote(r.Spans[i].Text), stored) {
				r.Spans[i].Bytes = bytes.Clone(stored)
			}
		}
	}
	if len(gone) == 0 {
		return
	}
	out := make([]byte, 0, len(f.raw))
	at := 0
	for _, s := range gone {
		out = append(out, f.raw[at:f.body.Start+s.Start]...)
		at = f.body.Start + s.End
	}
	before := len(f.raw)
	f.raw = append(out, f.raw[at:]...)
	f.body.End -= before - len(f.raw)
}

// edit replaces raw[start:end], outside the body.
func (f *flat) edit(start, end int, by []byte, r *Removal) {
	if r != nil {
		// Edits are undone from the last to the first, so that each may
		// speak of the record as its own left it.
		r.Edits = append(r.Edits, Edit{start, len(by), bytes.Clone(f.raw[start:end])})
	}
	f.raw = slices.Concat(f.raw[:start], by, f.raw[end:])
	if grown := len(by) - (end - start); end <= f.body.Start {
		f.body.Start += grown
		f.body.End += grown
	}
}

// restore undoes edits and cuts.
func (f *flat) restore(quote func(string) []byte, r Removal) ([]byte, error) {
	if r.Original != nil {
		return r.Original, nil
	}
	raw, body := f.raw, f.body
	for _, e := range slices.Backward(r.Edits) {
		if e.Byte < 0 || e.Len < 0 || e.Byte+e.Len > len(raw) {
			return nil, ErrMismatch
		}
		raw = slices.Concat(raw[:e.Byte], e.Was, raw[e.Byte+e.Len:])
		if e.Byte < body.Start {
			body.Start += len(e.Was) - e.Len
		}
	}
	var out []byte
	at, stood := 0, 0 // in raw, and in the body as it was
	for _, s := range r.Spans {
		stored := s.Bytes
		if stored == nil {
			stored = quote(s.Text)
		}
		next := body.Start + s.Byte - stood
		if next < at || next > len(raw) {
			return nil, ErrMismatch
		}
		out = append(append(out, raw[at:next]...), stored...)
		at = next
		stood += len(stored)
	}
	out = append(out, raw[at:]...)
	return out, nil
}

func plain(s string) []byte { return []byte(s) }

// verified checks what was restored.
func verified(raw []byte, err error, r Removal) ([]byte, error) {
	if err == nil && sum(raw) != r.Sum {
		err = ErrMismatch
	}
	return raw, err
}
