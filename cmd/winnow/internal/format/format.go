// Package format reads documents out of files and puts them back, cleaned,
// with everything around their text untouched.
//
// A format is one file of this package and one row in the table below.
package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/seed-966a822a/winnow/filter"
)

// A Format is one row in the table of formats.
type Format struct {
	Name string
	Exts []string // of file names, without .gz and .zst
	// Magic is how such a file begins, "" when it can begin in any way.
	Magic string
	// Joins says that outputs one after another are a file of the format too.
	Joins bool
	// Members says that, compressed, each record is a member of its own.
	Members bool

	read func(*Input, Options) (Reader, error)
	// Rows makes the writer of a format that is more than its records' bytes
	// one after another; nil for all others.
	Rows func(io.Writer, Reader) (RowWriter, error)
}

var formats = []*Format{
	{Name: "text", Exts: []string{".txt", ".text"}, read: readText},
	{Name: "jsonl", Exts: []string{".jsonl", ".ndjson", ".json"}, Joins: true, read: readJSONL},
	{Name: "wet", Exts: []string{".wet"}, Joins: true, Members: true, read: readWARC},
	{Name: "warc", Exts: []string{".warc"}, Magic: "WARC/", Joins: true, Members: true, read: readWARC},
	{Name: "parquet", Exts: []string{".parquet"}, Magic: "PAR1", read: readParquet, Rows: writeParquet},
}

// Text is the format of files that look like no other.
var Text = formats[0]

// Names returns the formats' names, for messages.
func Names() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.Name)
	}
	return names
}

// ByName returns the format of that name, nil if there is none.
func ByName(name string) *Format {
	for _, f := range formats {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// ByPath returns the format that a file's name speaks of, else nil.
func ByPath(path string) *Format {
	name, _ := CutCompression(strings.ToLower(filepath.Base(path)))
	for _, f := range formats {
		for _, ext := range f.Exts {
			if strings.HasSuffix(name, ext) {
				return f
			}
		}
	}
	return nil
}

func byMagic(head []byte) *Format {
	for _, f := range formats {
		if f.Magic != "" && bytes.HasPrefix(head, []byte(f.Magic)) {
			return f
		}
	}
	return Text
}

// Options say how to read records.
type Options struct {
	TextField string // of JSON and Parquet: what to clean
	IDField   string // of the same: what names a record
	Encoding  string // of text, as the WHATWG names it; "": UTF-8, or UTF-16 with a mark
	MaxRecord int64  // in bytes; longer ones are passed through
}

// A Reader takes an input apart. It is used by one goroutine.
type Reader interface {
	// Read returns the next record, or [io.EOF] after the last one.
	Read() (Record, error)
}

// A Record is one document in the shape that its format gives it.
type Record interface {
	Where() At
	Size() int
	// Document returns the record's document, [ErrPass] for a record that has
	// none by nature, such as a blank line, and another error for one that
	// should have. It may run beside other records' methods.
	Document() (filter.Document, error)
	// Cut takes spans of the document's text out of the record, and puts a
	// note in, a JSON object, unless it is nil. It fills in what r, unless
	// nil, needs to undo that; r.Spans are of the same length as gone.
	Cut(gone []filter.Span, note []byte, r *Removal)
	// Restore undoes a Cut, on a record read from the output.
	Restore(r Removal) ([]byte, error)
	// Append appends the record as it stands in a file.
	Append(dst []byte) []byte
}

// A RowWriter writes the records of a format that is not a plain stream.
type RowWriter interface {
	Write(Record) error
	Close() error
}

// ErrPass says that a record holds no document and passes through in silence.
var ErrPass = errors.New("not a document")

// An At is a place in an input.
type At struct {
	N    int   // of the record, from 1
	Byte int64 // offset of its first byte, decompressed; -1 where that means nothing
}

// Where returns the place.
func (a At) Where() At { return a }

func (a At) String() string {
	if a.Byte < 0 {
		return fmt.Sprintf("record %d", a.N)
	}
	return fmt.Sprintf("record %d, byte %d", a.N, a.Byte)
}

// A Damaged error ends the reading of an input that is damaged or ends too
// early. The records before it are whole.
type Damaged struct{ error }

func (d Damaged) Unwrap() error { return d.error }

func damaged(format string, args ...any) error { return Damaged{fmt.Errorf(format, args...)} }

// An Error is trouble with one record.
type Error struct {
	At  At
	Err error
}

func (e *Error) Error() string { return e.At.String() + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }
