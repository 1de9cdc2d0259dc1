package format

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"github.com/seed-966a822a/winnow/filter"
)

// parquetReader reads rows, a few at a time.
type parquetReader struct {
	file     *parquet.File
	text, id int // columns; id is -1 if there is none
	groups   []parquet.RowGroup
	rows     parquet.Rows
	waiting  []parquet.Row
	buffer   []parquet.Row
	n        int
	group    int // of the waiting rows
}

func readParquet(in *Input, o Options) (_ Reader, err error) {
	// parquet-go may panic on files that are damaged.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged Parquet: %v", p)
		}
	}()
	file, size, err := in.seekable()
	if err != nil {
		return nil, err
	}
	f, err := parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("damaged Parquet, or none: %w", err)
	}
	column := func(name string) (parquet.LeafColumn, bool) { return f.Schema().Lookup(strings.Split(name, ".")...) }
	text, ok := column(o.TextField)
	if !ok {
		var names []string
		for _, path := range f.Schema().Columns() {
			names = append(names, strings.Join(path, "."))
		}
		return nil, fmt.Errorf("no column %q (its columns: %s): choose one with --text-field", o.TextField, list(names))
	}
	if text.MaxRepetitionLevel > 0 || text.Node.Type().Kind() != parquet.ByteArray {
		return nil, fmt.Errorf("the column %q is not one of strings: choose another with --text-field", o.TextField)
	}
	r := &parquetReader{file: f, text: text.ColumnIndex, id: -1, groups: f.RowGroups(), buffer: make([]parquet.Row, 64)}
	if id, ok := column(o.IDField); ok && id.MaxRepetitionLevel == 0 {
		r.id = id.ColumnIndex
	}
	return r, nil
}

func (p *parquetReader) Read() (_ Record, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = damaged("damaged Parquet: %v", problem)
		}
	}()
	for len(p.waiting) == 0 {
		if p.rows == nil {
			if p.group == len(p.groups) {
				return nil, io.EOF
			}
			p.rows = p.groups[p.group].Rows()
		}
		n, err := p.rows.ReadRows(p.buffer)
		for _, row := range p.buffer[:n] {
			p.waiting = append(p.waiting, row.Clone())
		}
		if err == io.EOF {
			p.rows.Close()
			p.rows = nil
			p.group++
		} else if err != nil {
			return nil, damaged("damaged Parquet: %w", err)
		}
	}
	row := p.waiting[0]
	p.waiting = p.waiting[1:]
	p.n++
	r := &rowRecord{At: At{p.n, -1}, row: row, at: -1, id: -1}
	for i, v := range row {
		switch v.Column() {
		case p.text:
			r.at = i
		case p.id:
			r.id = i
		}
	}
	return r, nil
}

// rowRecord is one row; its text is the value row[at].
type rowRecord struct {
	At
	row    parquet.Row
	at, id int
}

func (r *rowRecord) Size() int {
	size := 0
	for _, v := range r.row {
		size += 16
		if k := v.Kind(); k == parquet.ByteArray || k == parquet.FixedLenByteArray {
			size += len(v.ByteArray())
		}
	}
	return size
}

func (r *rowRecord) Document() (filter.Document, error) {
	if r.at < 0 || r.row[r.at].IsNull() {
		return filter.Document{}, &Error{r.At, errors.New("the text is null, not a string: passed through")}
	}
	doc := filter.Document{Text: string(r.row[r.at].ByteArray())}
	if r.id >= 0 && !r.row[r.id].IsNull() {
		doc.ID = r.row[r.id].String()
	}
	return doc, nil
}

func (r *rowRecord) flat() *flat {
	b := r.row[r.at].ByteArray()
	return &flat{raw: b, body: filter.Span{Start: 0, End: len(b)}}
}

func (r *rowRecord) set(b []byte) {
	old := r.row[r.at]
	r.row[r.at] = parquet.ByteArrayValue(b).Level(old.RepetitionLevel(), old.DefinitionLevel(), old.Column())
}

func (r *rowRecord) Cut(gone []filter.Span, _ []byte, rm *Removal) {
	f := r.flat()
	f.cut(gone, plain, rm)
	r.set(f.raw)
}

func (r *rowRecord) Restore(rm Removal) ([]byte, error) {
	if r.at < 0 {
		return nil, ErrMismatch
	}
	raw, err := r.flat().restore(plain, rm)
	if raw, err = verified(raw, err, rm); err == nil {
		r.set(raw)
	}
	return nil, err
}

// Append is for streams; rows go through a parquetWriter.
func (r *rowRecord) Append(dst []byte) []byte { return dst }

// parquetWriter writes the rows into groups of the same sizes as they had,
// with the schema, the compression and the notes of the file.
type parquetWriter struct {
	w      *parquet.GenericWriter[any]
	groups []parquet.RowGroup
	left   int64 // rows of the current group
}

func writeParquet(w io.Writer, r Reader) (RowWriter, error) {
	from := r.(*parquetReader)
	options := []parquet.WriterOption{
		parquet.NewSchema(from.file.Root().Name(), lean{from.file.Root()}),
		// A row group is whole before it is written: on disk, not in memory.
		parquet.ColumnPageBuffers(parquet.NewFileBufferPool(os.TempDir(), "winnow-*")),
		parquet.DictionaryMaxBytes(1 << 20), // texts repeat rarely
		// The footer would hold two whole texts for every page of them.
		parquet.SkipPageBounds(from.file.Schema().Columns()[from.text]...),
	}
	for _, kv := range from.file.Metadata().KeyValueMetadata {
		options = append(options, parquet.KeyValueMetadata(kv.Key, kv.Value))
	}
	p := &parquetWriter{w: parquet.NewGenericWriter[any](w, options...), groups: from.groups}
	return p, nil
}

// lean is a part of a schema whose columns, if compressed by zstd, are so by
// an encoder of less memory than parquet-go's own.
type lean struct{ parquet.Field }

func (l lean) Fields() []parquet.Field {
	fields := slices.Clone(l.Field.Fields())
	for i, f := range fields {
		fields[i] = lean{f}
	}
	return fields
}

func (l lean) Compression() compress.Codec {
	if codec := l.Field.Compression(); codec != nil && codec.CompressionCodec() == parquet.Zstd.CompressionCodec() {
		return leanZstd
	}
	return l.Field.Compression()
}

type zstdCodec struct {
	compress.Codec
	encoder *zstd.Encoder // safe for concurrent use
}

var leanZstd = zstdCodec{&parquet.Zstd, newZstd(nil)}

func (z zstdCodec) Encode(dst, src []byte) ([]byte, error) {
	return z.encoder.EncodeAll(src, dst[:0]), nil
}

func (p *parquetWriter) Write(rec Record) error {
	for p.left == 0 && len(p.groups) > 0 {
		p.left, p.groups = p.groups[0].NumRows(), p.groups[1:]
	}
	if _, err := p.w.WriteRows([]parquet.Row{rec.(*rowRecord).row}); err != nil {
		return err
	}
	if p.left--; p.left == 0 {
		return p.w.Flush()
	}
	return nil
}

func (p *parquetWriter) Close() error { return p.w.Close() }

// seekable returns the input as a file, by way of a temporary one if need be.
func (in *Input) seekable() (io.ReaderAt, int64, error) {
	if in.Size > 0 && in.Compression == None {
		return in.file, in.Size, nil
	}
	tmp, err := os.CreateTemp("", "winnow-*.parquet")
	if err != nil {
		return nil, 0, err
	}
	os.Remove(tmp.Name()) // it lives until it is closed
	in.tmp = tmp
	n, err := io.Copy(tmp, in.buf)
	return tmp, n, err
}
