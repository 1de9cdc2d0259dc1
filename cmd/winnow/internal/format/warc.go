package format

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/seed-966a822a/winnow/filter"
)

// warcReader reads WARC records, of WET files too. Records with plain text,
// as WET's conversion records, are documents; all others pass through.
type warcReader struct {
	in *Input
	o  Options
	at At
}

func readWARC(in *Input, o Options) (Reader, error) { return &warcReader{in: in, o: o}, nil }

// ErrHTML says that a record holds a web page as it was sent, not its text.
var ErrHTML = errors.New("a web response, not text")

const maxHeader = 1 << 20

func (w *warcReader) Read() (Record, error) {
	if _, err := w.in.buf.Peek(1); err != nil {
		return nil, w.in.explain(err)
	}
	w.at.N++
	at := w.at
	head, err := w.header()
	if err != nil {
		return nil, &Error{at, err}
	}
	length, err := strconv.ParseInt(field(head, "Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, &Error{at, damaged("a WARC record without a proper Content-Length")}
	}
	w.at.Byte += int64(len(head)) + length
	document, html := kindOf(head)
	if length > w.o.MaxRecord {
		long := &Long{At: at, Head: head, rest: func(dst io.Writer) error {
			if _, err := io.CopyN(dst, w.in.buf, length); err != nil {
				return w.in.explain(err)
			}
			_, err := dst.Write(w.ends())
			return err
		}}
		if document {
			long.Err = fmt.Errorf("a record of %d bytes is passed through; raise --max-record", length)
		}
		return long, nil
	}
	raw := make([]byte, len(head), int64(len(head))+length+4)
	copy(raw, head)
	n, err := io.ReadFull(w.in.buf, raw[len(head):int64(len(head))+length])
	raw = raw[:len(head)+n]
	r := &warcRecord{flat: flat{At: at, raw: raw, body: filter.Span{Start: len(head), End: len(raw)}}, document: document, html: html}
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err == io.ErrUnexpectedEOF && w.in.Compression == None {
			err = damaged("the file ends in the middle of a record")
		}
		return nil, &Error{at, w.in.explain(err)}
	}
	r.raw = append(r.raw, w.ends()...)
	return r, nil
}

// header reads to the empty line.
func (w *warcReader) header() (head []byte, err error) {
	for {
		line, err := w.in.buf.ReadSlice('\n')
		head = append(head, line...)
		if err != nil && err != bufio.ErrBufferFull {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			if w.in.Compression == None {
				err = damaged("the file ends in the middle of a record")
			}
			return nil, w.in.explain(err)
		}
		if !bytes.HasPrefix(head, []byte("WARC/")) || len(head) > maxHeader {
			return nil, damaged("not a WARC record")
		}
		if s := string(line); s == "\r\n" || s == "\n" {
			return head, nil
		}
	}
}

// ends reads the line ends behind a record, two by the standard.
func (w *warcReader) ends() (ends []byte) {
	for {
		next, _ := w.in.buf.Peek(1)
		if len(next) == 0 || next[0] != '\r' && next[0] != '\n' {
			w.at.Byte += int64(len(ends))
			return ends
		}
		w.in.buf.Discard(1)
		ends = append(ends, next[0])
	}
}

// field returns the value of a header field.
func field(head []byte, name string) string {
	for line := range bytes.Lines(head) {
		if key, value, ok := bytes.Cut(line, []byte(":")); ok && strings.EqualFold(string(key), name) {
			return string(bytes.TrimSpace(value))
		}
	}
	return ""
}

func kindOf(head []byte) (document, html bool) {
	mime := strings.ToLower(field(head, "Content-Type"))
	switch strings.ToLower(field(head, "WARC-Type")) {
	case "conversion", "resource":
		return strings.HasPrefix(mime, "text/plain"), strings.Contains(mime, "html")
	case "response":
		return false, true
	}
	return false, false
}

type warcRecord struct {
	flat
	document, html bool
}

func (w *warcRecord) Document() (filter.Document, error) {
	switch {
	case w.html:
		return filter.Document{}, ErrHTML
	case !w.document:
		return filter.Document{}, ErrPass
	}
	head := w.raw[:w.body.Start]
	return filter.Document{
		ID:   strings.Trim(field(head, "WARC-Record-ID"), "<>"),
		URL:  field(head, "WARC-Target-URI"),
		Text: string(w.raw[w.body.Start:w.body.End]),
	}, nil
}

func (w *warcRecord) Cut(gone []filter.Span, _ []byte, r *Removal) {
	w.cut(gone, plain, r)
	if len(gone) == 0 {
		return
	}
	// The header speaks of the block's length and digest.
	body := w.raw[w.body.Start:w.body.End]
	digest := sha1.Sum(body)
	var head []byte
	for line := range bytes.Lines(w.raw[:w.body.Start]) {
		key, value, _ := bytes.Cut(line, []byte(":"))
		end := line[len(bytes.TrimRight(line, "\r\n")):]
		switch name := strings.ToLower(string(key)); {
		case name == "content-length":
			line = fmt.Appendf(nil, "%s: %d%s", key, len(body), end)
		case (name == "warc-block-digest" || name == "warc-payload-digest") && bytes.HasPrefix(bytes.TrimSpace(value), []byte("sha1:")):
			line = fmt.Appendf(nil, "%s: sha1:%s%s", key, base32.StdEncoding.EncodeToString(digest[:]), end)
		case name == "warc-block-digest" || name == "warc-payload-digest":
			continue // of a kind that is not made here; none is better than a wrong one
		}
		head = append(head, line...)
	}
	w.edit(0, w.body.Start, head, r)
}

func (w *warcRecord) Restore(r Removal) ([]byte, error) {
	raw, err := w.restore(plain, r)
	return verified(raw, err, r)
}
