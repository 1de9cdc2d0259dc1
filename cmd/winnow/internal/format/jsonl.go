package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/seed-966a822a/winnow/filter"
)

// jsonlReader reads one JSON object a line.
type jsonlReader struct {
	in *Input
	o  Options
	at At
}

func readJSONL(in *Input, o Options) (Reader, error) {
	return &jsonlReader{in: in, o: o, at: At{N: 0, Byte: 0}}, nil
}

func (j *jsonlReader) Read() (Record, error) {
	j.at.N++
	at := j.at
	var line []byte
	for {
		part, err := j.in.buf.ReadSlice('\n')
		line = append(line, part...)
		j.at.Byte += int64(len(part))
		if err == nil || err == io.EOF && len(line) > 0 {
			return &jsonRecord{flat: flat{At: at, raw: line}, o: &j.o}, nil
		}
		if err != bufio.ErrBufferFull {
			if len(line) > 0 {
				// Give out what could be read before the error, which comes
				// again at the next call.
				return &jsonRecord{flat: flat{At: at, raw: line}, o: &j.o}, nil
			}
			return nil, j.in.explain(err)
		}
		if int64(len(line)) > j.o.MaxRecord {
			return &Long{At: at, Head: line, rest: j.restOfLine,
				Err: fmt.Errorf("a line of more than %d bytes is passed through; raise --max-record", j.o.MaxRecord)}, nil
		}
	}
}

// restOfLine reads on to the line's end.
func (j *jsonlReader) restOfLine(w io.Writer) error {
	for {
		part, err := j.in.buf.ReadSlice('\n')
		j.at.Byte += int64(len(part))
		if _, werr := w.Write(part); werr != nil {
			return werr
		}
		if err == io.EOF || err == nil {
			return nil
		}
		if err != bufio.ErrBufferFull {
			return j.in.explain(err)
		}
	}
}

// A jsonRecord is one line. Only the text field's value is ever touched, and
// that by cutting: what is kept of it keeps its escapes.
type jsonRecord struct {
	flat
	o *Options
}

func (j *jsonRecord) Document() (filter.Document, error) {
	line := j.raw
	start := 0
	if j.N == 1 && bytes.HasPrefix(line, []byte("\uFEFF")) {
		start = 3
	}
	if len(bytes.TrimSpace(line[start:])) == 0 {
		return filter.Document{}, ErrPass
	}
	if err := checkObject(line[start:]); err != nil {
		var at *jsonError
		if errors.As(err, &at) {
			where := j.At
			where.Byte += int64(start + at.offset)
			return filter.Document{}, &Error{where, at}
		}
		return filter.Document{}, &Error{j.At, err}
	}
	var doc filter.Document
	var value filter.Span
	var names []string
	for key, v := range members(line) {
		name := unquote(line[key.Start+1 : key.End-1])
		names = append(names, name)
		// Of a name that comes twice the last one counts, as for every parser.
		if name == j.o.TextField {
			value = v
		}
		if raw := line[v.Start:v.End]; name == j.o.IDField {
			doc.ID = string(raw)
			if raw[0] == '"' {
				doc.ID = unquote(raw[1 : len(raw)-1])
			}
		} else if name == "url" && raw[0] == '"' {
			doc.URL = unquote(raw[1 : len(raw)-1])
		}
	}
	switch {
	case value.End == 0:
		return doc, &Error{j.At, fmt.Errorf("no field %q (its fields: %s): choose one with --text-field", j.o.TextField, list(names))}
	case line[value.Start] != '"':
		return doc, &Error{j.At, fmt.Errorf("%q is %s, not a string: passed through", j.o.TextField, kind(line[value.Start]))}
	}
	j.body = filter.Span{Start: value.Start + 1, End: value.End - 1}
	doc.Text = unquote(line[j.body.Start:j.body.End])
	return doc, nil
}

func (j *jsonRecord) Cut(gone []filter.Span, note []byte, r *Removal) {
	j.cut(rawSpans(j.raw[j.body.Start:j.body.End], gone), quote, r)
	if note != nil {
		start, end, by := place(j.raw, "winnow", note)
		j.edit(start, end, by, r)
	}
}

func (j *jsonRecord) Restore(r Removal) ([]byte, error) {
	if r.Original == nil {
		if _, err := j.Document(); err != nil {
			return nil, err
		}
	}
	raw, err := j.restore(quote, r)
	return verified(raw, err, r)
}

// list names a few fields.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	if len(names) > 8 {
		names = append(names[:8:8], "…")
	}
	return strings.Join(names, ", ")
}

// A Long is a record that is longer than --max-record. It is passed through
// by Stream, before anything more is read.
type Long struct {
	At
	Head []byte
	Err  error
	rest func(io.Writer) error
}

// Document says what is wrong.
func (l *Long) Document() (filter.Document, error) { return filter.Document{}, &Error{l.At, l.Err} }

// Stream writes all of the record.
func (l *Long) Stream(w io.Writer) error {
	if _, err := w.Write(l.Head); err != nil {
		return err
	}
	return l.rest(w)
}

// Cut is never called: the record has no document.
func (*Long) Cut([]filter.Span, []byte, *Removal) {}

// Restore is never called: nothing was cut.
func (l *Long) Restore(Removal) ([]byte, error) { return nil, ErrMismatch }

// Append is not for records of this size; see [Long.Stream].
func (l *Long) Append(dst []byte) []byte { return append(dst, l.Head...) }
