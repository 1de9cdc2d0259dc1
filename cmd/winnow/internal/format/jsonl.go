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
	if name, _ := CutCompression(strings.ToLower(in.Path)); strings.HasSuffix(name, ".json") && !in.empty() && !in.LooksLikeJSONL() {
		return nil, errors.New("JSON, but not one object on each line: skipped; jq -c . or jq -c '.[]' makes it so")
	}
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
		if long := int64(len(line)) > j.o.MaxRecord; long && (err == nil || err == io.EOF || err == bufio.ErrBufferFull) {
			return &Long{At: at, Head: line, rest: j.restOfLine(err == bufio.ErrBufferFull),
				Err: fmt.Errorf("a line of more than %d bytes is passed through; raise --max-record", j.o.MaxRecord)}, nil
		}
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
	}
}

// restOfLine returns what reads on to the line's end, if there is more of it.
func (j *jsonlReader) restOfLine(more bool) func(io.Writer) error {
	return func(w io.Writer) error {
		for more {
			part, err := j.in.buf.ReadSlice('\n')
			j.at.Byte += int64(len(part))
			if _, werr := w.Write(part); werr != nil {
				return werr
			}
			if more = err == bufio.ErrBufferFull; !more && err != nil && err != io.EOF {
				return j.in.explain(err)
			}
		}
		return nil
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
	if len(bytes.TrimSpace(unmarked(line))) == 0 {
		return filter.Document{}, ErrPass
	}
	var doc filter.Document
	var value filter.Span
	valid := walk(line, func(key, v filter.Span) {
		raw := line[v.Start:v.End]
		// Of a name that comes twice the last one counts, as for every parser.
		name := unquote(line[key.Start+1 : key.End-1])
		if name == j.o.TextField {
			value = v
		}
		if name == j.o.IDField {
			doc.ID = string(raw)
			if raw[0] == '"' {
				doc.ID = unquote(raw[1 : len(raw)-1])
			}
		} else if name == "url" && raw[0] == '"' {
			doc.URL = unquote(raw[1 : len(raw)-1])
		}
	})
	if !valid {
		err, at := wrong(line), j.At
		if bad, ok := err.(*jsonError); ok {
			at.Byte += int64(bad.offset)
		}
		return filter.Document{}, &Error{at, err}
	}
	switch {
	case value.End == 0:
		return doc, &Error{j.At, fmt.Errorf("no field %q (its fields: %s): choose one with --text-field", j.o.TextField, list(names(line)))}
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

// An Object is a record that can have more fields.
type Object interface {
	Set(name string, value []byte)
	Get(name string) []byte // as JSON, nil if there is none
}

// Get returns a field's value.
func (j *jsonRecord) Get(name string) (value []byte) {
	walk(j.raw, func(key, v filter.Span) {
		if unquote(j.raw[key.Start+1:key.End-1]) == name {
			value = j.raw[v.Start:v.End]
		}
	})
	return value
}

// Set sets a field to a JSON value.
func (j *jsonRecord) Set(name string, value []byte) {
	start, end, by := place(j.raw, name, value)
	j.edit(start, end, by, nil)
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

// names returns the names of an object's fields.
func names(line []byte) (all []string) {
	walk(line, func(key, _ filter.Span) { all = append(all, unquote(line[key.Start+1:key.End-1])) })
	return all
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

// Size returns what is in memory of it.
func (l *Long) Size() int { return len(l.Head) }

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
